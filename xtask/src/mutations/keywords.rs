//! Mutations for each keyword that documents may use: one edit of a fixture for each, and what it means. The edit without
//! `generate` is found by `generated`, as a change of the contract by `breaking`, and code that was generated from the
//! edited document beside the document as it was by the steps that ask the server.

use std::collections::BTreeSet;
use std::path::Path;

use super::mutation::{Edit, Expected, Mutation, Place, shown};
use super::row::Row;
use super::tree::Tree;
use crate::catalogue;
use crate::check::Step;
use crate::finding::Finding;
use crate::lint::{extensions, keywords, tolerances};
use crate::workspace::{Fault, Workspace};

mod document;
mod extension;
mod operation;
mod parameter;
mod schema;

/// A fixture: its name and its text.
pub type Fixture = (&'static str, &'static str);

pub const EVERYTHING: Fixture = ("everything", include_str!("../../fixtures/everything.yaml"));
pub const LOOSE: Fixture = ("loose", include_str!("../../fixtures/loose.yaml"));
pub const TOLERANT: Fixture = ("tolerant", include_str!("../../fixtures/tolerant.yaml"));

const FIXTURES: [Fixture; 3] = [EVERYTHING, LOOSE, TOLERANT];

/// The text of a fixture.
pub fn fixture(name: &str) -> &'static str {
    FIXTURES
        .iter()
        .find(|(have, _)| *have == name)
        .map_or("", |(_, text)| text)
}

/// An edit of a fixture.
#[derive(Debug)]
pub struct Keyword {
    pub fixture: Fixture,
    /// The keywords that it shows, apart by spaces: `Object.name`, an extension, or a word of `x-roster-tolerates`.
    pub shows: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub meaning: Meaning,
}

/// What an edit means.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    /// The edited document is as good as before, and says something else.
    Other {
        /// The changes that clients notice, as a set.
        breaking: &'static [&'static str],
        /// Where it has effect beside the copy of the document.
        effect: Effect,
    },
    /// The edited document is wrong: the keyword has one value only, or others rely on it. These rules say so.
    Wrong(&'static [&'static str]),
}

/// What generated code makes of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing is generated from it.
    None,
    /// The server behaves in another way; the derived document does not say so.
    Behaviour,
    /// The derived document says it.
    Derived,
    /// The example at this pointer is written in another way.
    Examples(&'static str),
}

const fn keyword(
    fixture: Fixture,
    shows: &'static str,
    from: &'static str,
    to: &'static str,
    meaning: Meaning,
) -> Keyword {
    Keyword {
        fixture,
        shows,
        from,
        to,
        meaning,
    }
}

impl Keyword {
    /// The text of the fixture after the edit.
    pub fn edited(&self) -> String {
        self.fixture.1.replacen(self.from, self.to, 1)
    }

    pub fn name(&self) -> String {
        format!("{}: {}", self.shows, shown(self.from, self.to))
    }

    fn mutation(&self, step: Step, folder: &str, expected: Vec<Expected>) -> Mutation {
        Mutation {
            name: self.name(),
            step,
            edits: vec![Edit::replace(
                format!("{folder}/{}.yaml", self.fixture.0),
                self.from,
                self.to,
            )],
            expected,
        }
    }
}

pub fn all() -> impl Iterator<Item = &'static Keyword> {
    let parts = [
        document::KEYWORDS,
        operation::KEYWORDS,
        parameter::KEYWORDS,
        schema::KEYWORDS,
        extension::KEYWORDS,
    ];
    parts.into_iter().flatten()
}

/// Every keyword that the sources know, in the words of the table.
pub fn known() -> BTreeSet<String> {
    let objects = keywords::all().map(|(kind, name)| format!("{kind:?}.{name}"));
    let extensions = extensions::NAMES
        .into_iter()
        .chain(["x-sunset"])
        .map(ToOwned::to_owned);
    objects
        .chain(extensions)
        .chain(tolerances::all().map(ToOwned::to_owned))
        .collect()
}

/// The steps that need no build.
pub fn rows(workspace: &Workspace) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    for fixture in FIXTURES {
        let documents = Tree::new(&[(&openapi(fixture), fixture.1.as_bytes())])?.committed()?;
        let generated = generated_tree(workspace, fixture)?;
        for keyword in all().filter(|keyword| keyword.fixture.0 == fixture.0) {
            rows.extend(tried(keyword, &documents, &generated)?);
        }
    }
    Ok(rows)
}

fn openapi(fixture: Fixture) -> String {
    format!("openapi/{}.yaml", fixture.0)
}

/// A fixture with the code that was generated from it.
fn generated_tree(workspace: &Workspace, (name, text): Fixture) -> Result<Tree, Fault> {
    let home = "crates/contract/tests/fixtures";
    let fixture = format!("xtask/fixtures/{name}.yaml");
    let mut files = vec![
        (fixture, text.to_owned()),
        (catalogue::FILE.to_owned(), catalogue::markdown()),
    ];
    for file in workspace.texts()? {
        let path = file.path.to_string_lossy().into_owned();
        if file.path.starts_with(format!("{home}/{name}"))
            || file.path == Path::new(home).join(format!("{name}.rs"))
        {
            files.push((path, file.text));
        }
    }
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()))
        .collect();
    Tree::new(&files)
}

fn tried(keyword: &Keyword, documents: &Tree, generated: &Tree) -> Result<Vec<Row>, Fault> {
    let lint = keyword.mutation(Step::Lint, "openapi", Vec::new());
    let (found, _) = documents.judge(&lint)?;
    let (breaking, effect) = match keyword.meaning {
        Meaning::Wrong(rules) => return Ok(vec![by_rules(lint, rules, &found)]),
        Meaning::Other { breaking, effect } => (breaking, effect),
    };
    if !found.is_empty() {
        return Ok(vec![by_rules(lint, &[], &found)]);
    }
    let differs = keyword.mutation(Step::Generated, "xtask/fixtures", Vec::new());
    let (found, _) = generated.judge(&differs)?;
    let mut rows = vec![by_files(differs, keyword.fixture, effect, &found)];
    let change = keyword.mutation(Step::Breaking, "openapi", Vec::new());
    let (found, _) = documents.judge(&change)?;
    // What no client notices is no mutation of this step, unless the step says otherwise.
    if !breaking.is_empty() || !found.is_empty() {
        let rules: Vec<&str> = breaking.iter().copied().chain(["version-not-raised"]).collect();
        rows.push(by_rules(change, &rules, &found));
    }
    Ok(rows)
}

/// Judges by the set of rules: one edit may be one change for each operation.
fn by_rules(mut mutation: Mutation, rules: &[&str], found: &[Finding]) -> Row {
    let file = mutation
        .edits
        .first()
        .map(|edit| edit.file().to_path_buf())
        .unwrap_or_default();
    mutation.expected = rules
        .iter()
        .map(|rule| Expected::new(rule, &file, Place::Anywhere))
        .collect();
    let is_missed = |expected: &&Expected| !found.iter().any(|finding| expected.is(finding, "", ""));
    let missed = mutation
        .expected
        .iter()
        .filter(is_missed)
        .map(ToString::to_string)
        .collect();
    let is_surplus = |finding: &&Finding| {
        !mutation
            .expected
            .iter()
            .any(|expected| expected.is(finding, "", ""))
    };
    let surplus = found
        .iter()
        .filter(is_surplus)
        .map(super::mutation::told)
        .collect();
    Row::new(&mutation, found, missed, surplus)
}

/// The copy of the document differs in any case, and other files where the keyword has an effect; no file of another
/// document does.
fn by_files(mut mutation: Mutation, (name, _): Fixture, effect: Effect, found: &[Finding]) -> Row {
    let folder = format!("crates/contract/tests/fixtures/{name}");
    let source = Expected::new(
        "generated-differs",
        format!("{folder}/source.rs"),
        Place::Anywhere,
    );
    let is_source = |finding: &&Finding| source.is(finding, "", "");
    let is_own = |finding: &Finding| {
        finding.file.starts_with(&folder) || finding.file == Path::new(&format!("{folder}.rs"))
    };
    let mut missed: Vec<String> = Vec::new();
    if !found.iter().any(|finding| is_source(&finding)) {
        missed.push(source.to_string());
    }
    let others = found
        .iter()
        .filter(|finding| is_own(finding) && !is_source(finding))
        .count();
    if others == 0 && effect != Effect::None {
        missed.push(format!("generated-differs in another file of {folder}"));
    }
    let mut surplus: Vec<String> = found
        .iter()
        .filter(|finding| !is_own(finding))
        .map(super::mutation::told)
        .collect();
    if others > 0 && effect == Effect::None {
        surplus.push(format!("{others} files that it has no effect on"));
    }
    mutation.expected = vec![source];
    Row::new(&mutation, found, missed, surplus)
}
