//! Mutations of handlers, of the code in front of them and of the document that is served: the suite that the
//! documents drive has to find each of them, under its rule, at its operation.

use std::collections::BTreeSet;

use super::mutation::{Edit, shown};
use super::row::Row;
use crate::cargo;
use crate::workspace::{Fault, Workspace};

mod table;
mod things;

/// The program of tests, and the test.
const SUITE: [&str; 9] = [
    "test",
    "--workspace",
    "--features",
    "server/introspection",
    "--test",
    "contract",
    "--",
    "--exact",
    "driven::documents",
];

/// The name of the suite in the table.
const STEP: &str = "driven";

/// How the suite tells a finding in one line for programs.
const TOLD: &str = "finding: ";

/// A small change of the server, and what the suite then has to find.
#[derive(Clone, Copy)]
pub struct Mutated {
    /// What becomes of it, in a few words.
    pub name: &'static str,
    pub file: &'static str,
    /// A text that stands in the file; the edit is the first one behind it. Empty where another table makes the edit.
    pub behind: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    /// Rule, dialect and operation of each finding; one finding may tell of several mutations.
    pub found: &'static [(&'static str, &'static str, &'static str)],
}

/// What the suite says of an operation: rule, dialect, `operationId`.
type Said = (String, String, String);

impl Mutated {
    /// The edit, with all that makes it stand once.
    fn edit(&self, workspace: &Workspace) -> Result<Edit, Fault> {
        let text = workspace.read(self.file)?.unwrap_or_default();
        let start = text.find(self.behind);
        let length = start.and_then(|start| text[start..].find(self.from));
        let Some((start, length)) = start.zip(length) else {
            let (name, file) = (self.name, self.file);
            return Err(Fault(format!("{name}: {file} has nothing to edit")));
        };
        let whole = &text[start..start + length + self.from.len()];
        let edited = format!("{}{}", &whole[..length], self.to);
        Ok(Edit::replace(self.file, whole, &edited))
    }

    fn said(&self) -> BTreeSet<Said> {
        let own = |(rule, dialect, operation): &(&str, &str, &str)| {
            ((*rule).to_owned(), (*dialect).to_owned(), (*operation).to_owned())
        };
        self.found.iter().map(own).collect()
    }
}

fn all() -> Vec<Mutated> {
    [table::ALL, things::ALL].concat()
}

/// All edits; all of them stand in the copy at once.
pub fn edits(workspace: &Workspace) -> Result<Vec<Edit>, Fault> {
    let all = all();
    let own = all.iter().filter(|mutated| !mutated.behind.is_empty());
    own.map(|mutated| mutated.edit(workspace)).collect()
}

/// Runs the suite on the copy, and gives each finding to the mutations that expect it. What nobody expects is a row of its own.
pub fn rows(workspace: &Workspace) -> Result<Vec<Row>, Fault> {
    let output = cargo::run(workspace, &SUITE)?;
    let said = read(&String::from_utf8_lossy(&output.stdout));
    if said.is_empty() {
        let last = cargo::last_lines(&output.stderr, 15);
        return Err(Fault(format!(
            "the suite found nothing in the copy with all mutations:\n{last}"
        )));
    }
    Ok(judged(&all(), &said))
}

fn read(text: &str) -> BTreeSet<Said> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(TOLD));
    let parts = lines.filter_map(|line| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some((words.next()?, words.next()?, words.next()?))
    });
    parts.collect()
}

fn judged(table: &[Mutated], said: &BTreeSet<Said>) -> Vec<Row> {
    let lines = |said: &BTreeSet<Said>| -> BTreeSet<String> { said.iter().map(told).collect() };
    let mut rows = Vec::new();
    let mut open = said.clone();
    for mutated in table {
        let expected = mutated.said();
        open.retain(|finding| !expected.contains(finding));
        let seen = said.intersection(&expected).cloned().collect();
        let name = match mutated.behind {
            "" => mutated.name.to_owned(),
            _ => format!("{}: {}", mutated.name, shown(mutated.from, mutated.to)),
        };
        rows.push(Row::compared(
            STEP,
            &name,
            mutated.file,
            &lines(&expected),
            &lines(&seen),
        ));
    }
    if !open.is_empty() {
        let name = "what no mutation expects";
        rows.push(Row::compared(STEP, name, "", &BTreeSet::new(), &lines(&open)));
    }
    rows
}

fn told((rule, dialect, operation): &Said) -> String {
    format!("{rule} {dialect} {operation}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Mutated] = &[Mutated {
        name: "nothing is deleted",
        file: "users.rs",
        behind: "delete",
        from: "a",
        to: "b",
        found: &[
            ("driven-deleted", "kibo", "getUser"),
            ("driven-deleted", "kibo", "deleteUser"),
        ],
    }];

    #[test]
    fn each_finding_belongs_to_a_mutation_and_each_mutation_is_found() {
        let head = "thread panicked:\n2 findings\n";
        for (told, verdicts) in [
            (
                "finding: driven-deleted kibo getUser\nfinding: driven-deleted kibo deleteUser\n",
                vec![true],
            ),
            ("finding: driven-deleted kibo getUser\n  seed 7\n", vec![false]),
            (
                "finding: driven-deleted kibo getUser\nfinding: driven-deleted kibo deleteUser\nfinding: driven-text kibo getUser\n",
                vec![true, false],
            ),
            ("", vec![false]),
        ] {
            let rows = judged(TABLE, &read(&format!("{head}{told}")));
            let killed: Vec<bool> = rows.iter().map(Row::is_killed).collect();
            assert_eq!(killed, verdicts, "{told}");
        }
    }

    #[test]
    fn an_edit_is_the_first_one_behind_its_place() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("users.rs"), "a create a delete a a").unwrap();
        let workspace = Workspace::at(folder.path());
        let edit = TABLE[0].edit(&workspace).unwrap();
        let Edit::Replace(_, from, to) = edit else {
            unreachable!("an edit replaces");
        };
        assert_eq!((from.as_str(), to.as_str()), ("delete a", "delete b"));
        let nowhere = Mutated {
            from: "z",
            ..TABLE[0]
        };
        assert!(nowhere.edit(&workspace).is_err());
    }
}
