//! `cargo xtask test mutations`: proof that the gate can fail. Each rule and each keyword has mutations, small changes of
//! a document, a generated file, an annotation, a route or a handler, and for each the gate has to find exactly what
//! the table says, where the table says it. A mutation that is not noticed has survived, and is a hole in the gate.

use std::time::Instant;

use crate::check::Step;
use crate::finding::Finding;
use crate::workspace::{Fault, Workspace};

mod breaking;
mod built;
mod complete;
mod driven;
mod generator;
mod keywords;
pub mod lint;
mod mutation;
mod reading;
mod row;
mod samples;
mod sources;
mod specimens;
mod stage;
mod tools;
mod tree;

use mutation::Mutation;
use row::Row;
use tree::{Texts, Tree};

/// Where the suite says what it sees.
pub trait Ear {
    /// A line for people.
    fn print(&mut self, line: &str) -> Result<(), Fault>;
    /// A line as a test program prints it, for the summary and for JUnit; people do not see it.
    fn count(&mut self, line: &str) -> Result<(), Fault>;
}

/// Tries every mutation, prints the table, and says whether each was killed.
pub fn run(workspace: &Workspace, ear: &mut dyn Ear) -> Result<bool, Fault> {
    let start = Instant::now();
    ear.count("     Running mutations (mutations)")?;
    let mut rows = Vec::new();
    for group in [
        reading::rows,
        lint_rows,
        generator::rows,
        breaking::rows,
        keywords::rows,
        sources::rows,
        tools::rows,
        built::rows,
    ] {
        tell(&mut rows, group(workspace)?, ear)?;
    }
    let missing = complete::rows(&rows);
    tell(&mut rows, missing, ear)?;
    conclude(&rows, start.elapsed().as_secs_f64(), ear)
}

fn tell(all: &mut Vec<Row>, rows: Vec<Row>, ear: &mut dyn Ear) -> Result<(), Fault> {
    for row in rows {
        ear.print(&row.line())?;
        let end = if row.is_killed() { "ok" } else { "FAILED" };
        ear.count(&format!("test {} ... {end}", row.test()))?;
        all.push(row);
    }
    Ok(())
}

fn conclude(rows: &[Row], seconds: f64, ear: &mut dyn Ear) -> Result<bool, Fault> {
    let survivors: Vec<&Row> = rows.iter().filter(|row| !row.is_killed()).collect();
    for row in &survivors {
        ear.count(&format!("---- {} stdout ----", row.test()))?;
        for line in row.explained().lines() {
            ear.count(line)?;
        }
        ear.print(&row.explained())?;
    }
    let (total, survived) = (rows.len(), survivors.len());
    let killed = total - survived;
    let end = if survived == 0 { "ok" } else { "FAILED" };
    ear.count(&format!(
        "test result: {end}. {killed} passed; {survived} failed; 0 ignored; 0 measured; 0 filtered out; finished in {seconds:.2}s"
    ))?;
    ear.print(&format!(
        "mutations: {total} tried, {killed} killed, {survived} survived, {seconds:.1} s"
    ))?;
    Ok(survived == 0)
}

fn lint_rows(_: &Workspace) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    for document in [lint::SMALL, lint::XML] {
        let tree = Tree::new(&[(lint::FILE, document.as_bytes())])?;
        rows.extend(one_by_one(&tree, lint::mutations(document))?);
    }
    Ok(rows)
}

/// Tries mutations on a tree that is clean without them.
fn one_by_one(tree: &Tree, mutations: Vec<Mutation>) -> Result<Vec<Row>, Fault> {
    let mut steps: Vec<Step> = Vec::new();
    let mut rows = Vec::new();
    for mutation in mutations {
        if !steps.contains(&mutation.step) {
            clean(mutation.step, &tree.find(mutation.step)?)?;
            steps.push(mutation.step);
        }
        rows.push(tried(tree, &mutation)?);
    }
    Ok(rows)
}

fn tried(tree: &Tree, mutation: &Mutation) -> Result<Row, Fault> {
    let (findings, texts) = tree.judge(mutation)?;
    Ok(judged(mutation, &findings, &texts))
}

/// Nothing can be shown on a tree that is red before it is touched.
fn clean(step: Step, findings: &[Finding]) -> Result<(), Fault> {
    match findings.first() {
        None => Ok(()),
        Some(finding) => Err(Fault(format!(
            "the step `{}` is red without any mutation: {finding}",
            step.name()
        ))),
    }
}

/// Every finding belongs to one that is expected, and every expected one is found.
fn judged(mutation: &Mutation, findings: &[Finding], texts: &[Texts]) -> Row {
    let mut open: Vec<&Finding> = findings.iter().collect();
    let mut missed = Vec::new();
    for expected in &mutation.expected {
        let texts = texts.iter().find(|texts| texts.file == expected.file);
        let after = texts.map_or("", |texts| texts.after.as_str());
        match open.iter().position(|finding| expected.is(finding, after)) {
            Some(index) => drop(open.remove(index)),
            None => missed.push(expected.to_string()),
        }
    }
    let surplus = open.iter().map(|finding| mutation::told(finding));
    Row::new(mutation, findings, missed, surplus.collect())
}
