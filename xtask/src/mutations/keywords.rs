//! Mutations for each keyword that documents may use: one edit of a fixture for each, and what it means. The edit without
//! `generate` is found by `generated`, as a change of the contract by `breaking`, and code that was generated from the
//! edited document beside the document as it was by the steps that ask the server. Places are JSON pointers: of the
//! fixture as it was for `derived` and `examples`, else of the edited one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::mutation::{Edit, Expected, Mutation, Place, shown, told};
use super::row::Row;
use super::tree::Tree;
use crate::catalogue;
use crate::check::Step;
use crate::document::Document;
use crate::generate::render;
use crate::lint::{extensions, keywords, tolerances};
use crate::workspace::{Fault, TextFile, Workspace};

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
        /// The changes that clients notice: `rule pointer`.
        breaking: &'static [&'static str],
        /// The generated files that differ then, by name; `.` is the one that holds the others.
        generated: &'static str,
        effect: Effect,
    },
    /// The edited document is wrong: the keyword has one value only, or others rely on it. These are found:
    /// `rule pointer`.
    Wrong(&'static [&'static str]),
}

/// What generated code makes of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing is generated from it.
    None,
    /// The server behaves in another way; the derived document does not say so.
    Behaviour,
    /// The derived document differs at these pointers.
    Derived(&'static [&'static str]),
    /// The examples at these pointers are written in another way, each in one media type.
    Examples(&'static [&'static str]),
}

const fn keyword(
    fixture: Fixture,
    shows: &'static str,
    from: &'static str,
    to: &'static str,
    (breaking, generated): (&'static [&'static str], &'static str),
    effect: Effect,
) -> Keyword {
    Keyword {
        fixture,
        shows,
        from,
        to,
        meaning: Meaning::Other {
            breaking,
            generated,
            effect,
        },
    }
}

const fn wrong(
    fixture: Fixture,
    shows: &'static str,
    from: &'static str,
    to: &'static str,
    found: &'static [&'static str],
) -> Keyword {
    Keyword {
        fixture,
        shows,
        from,
        to,
        meaning: Meaning::Wrong(found),
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
        let generated = Generated::of(workspace, fixture)?;
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
struct Generated {
    tree: Tree,
    texts: Vec<TextFile>,
}

impl Generated {
    fn of(workspace: &Workspace, (name, text): Fixture) -> Result<Self, Fault> {
        let fixture = format!("xtask/fixtures/{name}.yaml");
        let mut texts = workspace.texts()?;
        texts.retain(|file| file.path.starts_with(folder(name)) || file.path == generated(name, "."));
        let rules = catalogue::markdown();
        let mut files = vec![
            (fixture, text.as_bytes()),
            (catalogue::FILE.to_owned(), rules.as_bytes()),
        ];
        let code = texts.iter();
        files.extend(code.map(|file| (file.path.to_string_lossy().into_owned(), file.text.as_bytes())));
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(path, bytes)| (path.as_str(), *bytes))
            .collect();
        let tree = Tree::new(&files)?;
        Ok(Self { tree, texts })
    }

    /// The generated files that an edit makes wrong, each at the first line that differs.
    fn stale(&self, keyword: &Keyword, names: &str) -> Result<Vec<Expected>, Fault> {
        let (name, _) = keyword.fixture;
        let path = format!("xtask/fixtures/{name}.yaml");
        let document = Document::parse(path.into(), &keyword.edited());
        let wanted = document
            .and_then(|document| render(&[document]))
            .map_err(|found| Fault(found.iter().map(told).collect::<Vec<_>>().join("\n")))?;
        let expected = |stem: &str| {
            let path = generated(name, stem);
            let have = self.texts.iter().find(|file| file.path == path);
            let want = wanted.iter().find(|file| file.path == path);
            let (rule, (line, column)) = match (have, want) {
                (Some(have), Some(want)) => ("generated-differs", differs(&have.text, &want.text)),
                (None, _) => ("generated-missing", (1, 1)),
                (Some(_), None) => ("generated-surplus", (1, 1)),
            };
            Expected::new(rule, path, Place::At(line, column))
        };
        Ok(names.split(' ').map(expected).collect())
    }
}

/// The folder of the code that is generated from a fixture.
fn folder(name: &str) -> PathBuf {
    Path::new("crates/contract/tests/fixtures").join(name)
}

/// A file of it; `.` is the one that holds the others.
fn generated(name: &str, stem: &str) -> PathBuf {
    match stem {
        "." => folder(name).with_extension("rs"),
        stem => folder(name).join(format!("{stem}.rs")),
    }
}

/// The first line in which two texts differ, and the column from which on.
fn differs(have: &str, want: &str) -> (usize, usize) {
    let lines = have.lines().zip(want.lines()).enumerate();
    let mut other = lines.filter(|(_, (have, want))| have != want);
    let Some((index, (have, want))) = other.next() else {
        return (have.lines().count().min(want.lines().count()) + 1, 1);
    };
    let same = have.chars().zip(want.chars()).take_while(|(a, b)| a == b);
    (index + 1, same.count() + 1)
}

fn tried(keyword: &Keyword, documents: &Tree, generated: &Generated) -> Result<Vec<Row>, Fault> {
    let (wrong, other) = match keyword.meaning {
        Meaning::Wrong(found) => (found, None),
        Meaning::Other {
            breaking, generated, ..
        } => (&[] as &[&str], Some((breaking, generated))),
    };
    let mut lint = keyword.mutation(Step::Lint, "openapi", Vec::new());
    let file = openapi(keyword.fixture);
    lint.expected = wrong.iter().map(|told| Expected::at_node(told, &file)).collect();
    let (found, texts) = documents.judge(&lint)?;
    let Some((breaking, names)) = other.filter(|_| found.is_empty()) else {
        return Ok(vec![super::judged(&lint, &found, &texts)]);
    };
    let stale = generated.stale(keyword, names)?;
    let differs = keyword.mutation(Step::Generated, "xtask/fixtures", stale);
    let mut rows = vec![super::tried(&generated.tree, &differs)?];
    let changes = breaking.iter().map(|told| Expected::at_node(told, &file));
    let mut change = keyword.mutation(Step::Breaking, "openapi", changes.collect());
    if !breaking.is_empty() {
        let raised = Expected::at_node("version-not-raised /info/version", &file);
        change.expected.push(raised);
    }
    let (found, texts) = documents.judge(&change)?;
    // What no client notices is no mutation of this step, unless the step says otherwise.
    if !breaking.is_empty() || !found.is_empty() {
        rows.push(super::judged(&change, &found, &texts));
    }
    Ok(rows)
}
