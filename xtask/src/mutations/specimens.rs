//! Specimens: fixtures as dialects of the server, their code generated from edited texts. Each keyword that the derived
//! document tells is edited in one of them; edits that stand in each other's way go to different specimens.

use std::path::PathBuf;

use super::keywords::{self, Effect, Fixture, Keyword, Meaning};
use super::mutation::{Edit, Expected, Mutation, Place, edited, shown, told};
use super::row::Row;
use crate::check::Step;
use crate::document::Document;
use crate::finding::Finding;
use crate::generate::{GeneratedFile, render};
use crate::ir::lower;
use crate::workspace::Fault;

/// A change of generated code by hand, and the example that it makes wrong: specimen, file, from, to, pointer.
type ByHand = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const BY_HAND: &[ByHand] = &[(
    "loose",
    "models",
    "#[validate(length(max = 4000))]",
    "#[validate(length(max = 4))]",
    "/components/examples/Fault/value/text",
)];

/// A dialect that exists in the copy of the work tree only.
pub struct Specimen {
    name: String,
    fixture: Fixture,
    text: String,
    keywords: Vec<&'static Keyword>,
}

/// Whether a step that needs a build judges it.
fn is_built(keyword: &Keyword) -> bool {
    match keyword.meaning {
        Meaning::Other { effect, .. } => matches!(effect, Effect::Derived | Effect::Examples(_)),
        Meaning::Wrong(_) => false,
    }
}

/// Edits that hide others, or are hidden by them, do not stand in one specimen with these: operations that move take with
/// them whatever else is edited in them, and parameters of a path show in each of its operations.
fn class(keyword: &Keyword) -> usize {
    if keyword.shows == "PathItem.parameters" {
        return 2;
    }
    usize::from(keyword.shows.contains("PathItem."))
}

/// As few specimens as hold all edits.
pub fn all() -> Vec<Specimen> {
    let mut specimens: Vec<Specimen> = Vec::new();
    for keyword in keywords::all() {
        if !is_built(keyword) {
            continue;
        }
        let has_room = specimens
            .iter_mut()
            .find_map(|specimen| specimen.with(keyword).map(|text| (specimen, text)));
        if let Some((specimen, text)) = has_room {
            specimen.text = text;
            specimen.keywords.push(keyword);
            continue;
        }
        let (name, _) = keyword.fixture;
        let count = specimens
            .iter()
            .filter(|specimen| specimen.fixture.0 == name)
            .count();
        specimens.push(Specimen {
            name: if count == 0 {
                name.to_owned()
            } else {
                format!("{name}{count}")
            },
            fixture: keyword.fixture,
            text: keyword.edited(),
            keywords: vec![keyword],
        });
    }
    specimens
}

impl Specimen {
    /// The text with one more edit; none where it stands in the way of another.
    fn with(&self, keyword: &Keyword) -> Option<String> {
        if self.fixture.0 != keyword.fixture.0 || self.text.matches(keyword.from).count() != 1 {
            return None;
        }
        let (own, lines) = (Lines::of(keyword), |other: &&Keyword| Lines::of(other));
        if self
            .keywords
            .iter()
            .any(|other| class(other) != class(keyword) || lines(other).meets(&own))
        {
            return None;
        }
        let text = self.text.replacen(keyword.from, keyword.to, 1);
        let document = Document::parse(self.path(), &text).ok()?;
        lower(&document).is_ok().then_some(text)
    }

    /// Where its document is.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(format!("openapi/{}.yaml", self.name))
    }

    /// The document as it was.
    pub fn document(&self) -> Edit {
        Edit::Write(self.path(), self.fixture.1.into())
    }

    /// The code of the edited document, beside a copy of the document as it was.
    pub fn code(&self) -> Result<Vec<Edit>, Fault> {
        let rendered = |text: &str| {
            let document = Document::parse(self.path(), text);
            document
                .and_then(|document| render(&[document]))
                .map_err(|found| Fault(found.iter().map(told).collect::<Vec<_>>().join("\n")))
        };
        let is_copy = |file: &GeneratedFile| file.path.ends_with("source.rs");
        let copy = rendered(self.fixture.1)?.into_iter().filter(is_copy);
        let code = rendered(&self.text)?.into_iter().filter(|file| !is_copy(file));
        code.chain(copy).map(|file| self.by_hand(file)).collect()
    }

    fn by_hand(&self, file: GeneratedFile) -> Result<Edit, Fault> {
        let mut text = file.text;
        for (specimen, name, from, to, _) in BY_HAND {
            if self.name == *specimen && file.path.ends_with(format!("{specimen}/{name}.rs")) {
                if text.matches(from).count() != 1 {
                    return Err(Fault(format!(
                        "stands not once in {name}.rs of {specimen}: {from}"
                    )));
                }
                text = text.replacen(from, to, 1);
            }
        }
        Ok(Edit::Write(file.path, text.into_bytes()))
    }

    /// `pub mod name;`.
    pub fn module(&self) -> String {
        format!("    pub mod {0};\n", self.name)
    }

    /// How the crate names it beside its dialects.
    pub fn export(&self) -> String {
        format!("pub use generated::{0};\n", self.name)
    }

    /// Its entry in the server's list of documents, made from that of a dialect.
    pub fn entry(&self, like: &str) -> String {
        like.replace("kibo", &self.name)
    }

    /// Gives what the derived document differs in to the keywords, by the lines that they edit; what none of them
    /// edits is handed back.
    pub fn derived(&self, findings: Vec<Finding>) -> (Vec<Row>, Vec<Finding>) {
        let (own, mut others): (Vec<Finding>, Vec<Finding>) = findings
            .into_iter()
            .partition(|finding| finding.file == self.path());
        let mut seen: Vec<Vec<Finding>> = self.keywords.iter().map(|_| Vec::new()).collect();
        for finding in own {
            match self.cause(&finding) {
                Some(index) => seen[index].push(finding),
                None => others.push(finding),
            }
        }
        let is_derived = |keyword: &&&Keyword| {
            matches!(
                keyword.meaning,
                Meaning::Other {
                    effect: Effect::Derived,
                    ..
                }
            )
        };
        let row = |(keyword, seen): (&&Keyword, Vec<Finding>)| {
            let file = self.path();
            let missed = if seen.is_empty() {
                vec![format!("derived {} where it was edited", file.display())]
            } else {
                Vec::new()
            };
            let expected = Mutation {
                name: keyword.name(),
                step: Step::Derived,
                edits: vec![self.document()],
                expected: vec![Expected::new("derived", file, Place::Edited)],
            };
            Row::new(&expected, &seen, missed, Vec::new())
        };
        let pairs = self
            .keywords
            .iter()
            .zip(seen)
            .filter(|(keyword, _)| is_derived(keyword));
        (pairs.map(row).collect(), others)
    }

    /// The keyword whose edit is nearest: its own lines, else the block into which it puts something, else one around it.
    fn cause(&self, finding: &Finding) -> Option<usize> {
        let lines: Vec<Lines> = self.keywords.iter().map(|keyword| Lines::of(keyword)).collect();
        let line = finding.line;
        if self.keywords.len() == 1 {
            return Some(0);
        }
        let own = lines.iter().position(|lines| lines.own.contains(&line));
        let put = || {
            lines
                .iter()
                .position(|lines| lines.own.is_empty() && lines.around.first() == Some(&line))
        };
        // What is taken out of a list moves what is beside it.
        let beside = || {
            lines
                .iter()
                .position(|lines| lines.own.iter().any(|own| own.abs_diff(line) == 1))
        };
        let near = |lines: &Lines| lines.around.iter().position(|around| *around == line);
        own.or_else(put).or_else(beside).or_else(|| {
            let all = lines.iter().enumerate();
            let near = all.filter_map(|(index, lines)| Some((near(lines)?, index)));
            near.min().map(|(_, index)| index)
        })
    }
}

/// Where a keyword is edited in its fixture.
struct Lines {
    /// The lines that change; none where something is put in.
    own: Vec<usize>,
    /// The heads of the blocks around them, innermost first.
    around: Vec<usize>,
}

impl Lines {
    fn of(keyword: &Keyword) -> Self {
        let (before, after) = (keyword.fixture.1, keyword.edited());
        let head = before
            .lines()
            .zip(after.lines())
            .take_while(|(a, b)| a == b)
            .count();
        let (old, new) = (before.lines().count(), after.lines().count());
        let tails = before
            .lines()
            .rev()
            .zip(after.lines().rev())
            .take(old.min(new) - head);
        let tail = tails.take_while(|(a, b)| a == b).count();
        let around = edited(&after, before).into_iter().filter(|line| *line <= head);
        Self {
            own: (head + 1..=old - tail).collect(),
            around: around.collect(),
        }
    }

    /// Whether a finding about one could be about the other.
    fn meets(&self, other: &Self) -> bool {
        let is_put_beside =
            self.own.is_empty() && other.own.is_empty() && self.around.first() == other.around.first();
        is_put_beside || self.own.iter().any(|line| other.own.contains(line))
    }
}

impl Specimen {
    /// The keywords that show in examples.
    pub fn examples(&self) -> Vec<Mutation> {
        let example = |keyword: &&'static Keyword| match keyword.meaning {
            Meaning::Other {
                effect: Effect::Examples(pointer),
                ..
            } => Some((*keyword, pointer)),
            _ => None,
        };
        let shown = self.keywords.iter().filter_map(example);
        shown
            .map(|(keyword, pointer)| {
                let (line, column) = Document::parse(self.path(), self.fixture.1)
                    .map(|document| document.position(pointer))
                    .unwrap_or_default();
                Mutation {
                    name: keyword.name(),
                    step: Step::Examples,
                    edits: vec![self.document()],
                    expected: vec![Expected::new(
                        "example-fails",
                        self.path(),
                        Place::At(line, column),
                    )],
                }
            })
            .collect()
    }
}

/// What the changes of generated code by hand have to make wrong.
pub fn by_hand() -> Vec<Mutation> {
    BY_HAND
        .iter()
        .map(|(specimen, file, from, to, pointer)| {
            let path = PathBuf::from(format!("openapi/{specimen}.yaml"));
            let text = keywords::fixture(specimen);
            let (line, column) = Document::parse(path.clone(), text)
                .map(|document| document.position(pointer))
                .unwrap_or_default();
            Mutation {
                name: shown(from, to),
                step: Step::Examples,
                edits: vec![Edit::replace(
                    format!("crates/contract/src/generated/{specimen}/{file}.rs"),
                    from,
                    to,
                )],
                expected: vec![Expected::new("example-fails", path, Place::At(line, column))],
            }
        })
        .collect()
}
