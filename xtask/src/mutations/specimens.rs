//! Specimens: fixtures as dialects of the server, their code generated from edited texts. Each keyword that the derived
//! document tells is edited in one of them; edits that stand in each other's way go to different specimens.

use std::path::PathBuf;

use super::keywords::{self, Effect, Fixture, Keyword, Meaning};
use super::mutation::{Edit, Expected, Mutation, Place, shown, told};
use crate::check::Step;
use crate::document::Document;
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
        Meaning::Other { effect, .. } => matches!(effect, Effect::Derived(_) | Effect::Examples(_)),
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

    /// The keywords that the derived document tells, and where it differs from the document then.
    pub fn derived(&self) -> Vec<Mutation> {
        let derived = |keyword: &&'static Keyword| match keyword.meaning {
            Meaning::Other {
                effect: Effect::Derived(pointers),
                ..
            } => Some(self.mutation(keyword, Step::Derived, "derived", pointers)),
            _ => None,
        };
        self.keywords.iter().filter_map(derived).collect()
    }
}

/// Where a keyword is edited in its fixture.
struct Lines {
    /// The lines that change; none where something is put in.
    own: Vec<usize>,
    /// The head of the block around them.
    around: Option<usize>,
}

impl Lines {
    fn of(keyword: &Keyword) -> Self {
        let after = keyword.edited();
        let (old, new): (Vec<&str>, Vec<&str>) =
            (keyword.fixture.1.lines().collect(), after.lines().collect());
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let rest = old.len().min(new.len()) - head;
        let tails = old.iter().rev().zip(new.iter().rev()).take(rest);
        let tail = tails.take_while(|(a, b)| a == b).count();
        let depth = |line: &&str| line.len() - line.trim_start().len();
        let changed = old[head..old.len() - tail]
            .iter()
            .chain(&new[head..new.len() - tail]);
        let inner = changed.map(depth).min().unwrap_or_default();
        Self {
            own: (head..old.len() - tail).collect(),
            around: old[..head].iter().rposition(|line| depth(line) < inner),
        }
    }

    /// Whether one edit could change what is found for the other.
    fn meets(&self, other: &Self) -> bool {
        let is_put_beside = self.own.is_empty() && other.own.is_empty() && self.around == other.around;
        is_put_beside || self.own.iter().any(|line| other.own.contains(line))
    }
}

impl Specimen {
    /// The keywords that show in examples.
    pub fn examples(&self) -> Vec<Mutation> {
        let example = |keyword: &&'static Keyword| match keyword.meaning {
            Meaning::Other {
                effect: Effect::Examples(pointers),
                ..
            } => Some(self.mutation(keyword, Step::Examples, "example-fails", pointers)),
            _ => None,
        };
        self.keywords.iter().filter_map(example).collect()
    }

    /// A keyword that makes a step find this rule at each of these pointers of the document as it was.
    fn mutation(&self, keyword: &Keyword, step: Step, rule: &str, pointers: &[&str]) -> Mutation {
        let at = |pointer: &&str| Expected::new(rule, self.path(), Place::Node((*pointer).to_owned()));
        Mutation {
            name: keyword.name(),
            step,
            edits: vec![self.document()],
            expected: pointers.iter().map(at).collect(),
        }
    }
}

/// What the changes of generated code by hand have to make wrong.
pub fn by_hand() -> Vec<Mutation> {
    let mutation = |(specimen, file, from, to, pointer): &ByHand| Mutation {
        name: shown(from, to),
        step: Step::Examples,
        edits: vec![Edit::replace(
            format!("crates/contract/src/generated/{specimen}/{file}.rs"),
            from,
            to,
        )],
        expected: vec![Expected::new(
            "example-fails",
            format!("openapi/{specimen}.yaml"),
            Place::Node((*pointer).to_owned()),
        )],
    };
    BY_HAND.iter().map(mutation).collect()
}
