//! Texts from a `pattern`, by a walk along its syntax tree.

use std::collections::BTreeSet;

use regex::Regex;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

use crate::rng::Rng;

/// Texts that one part of a pattern may give.
const MOST_TEXTS: usize = 24;
/// Characters of a text that is made from a pattern.
const LONGEST: usize = 512;
/// How often a part without an upper limit is repeated.
const REPEATED: u32 = 6;
/// Characters outside of a pattern's classes.
const MOST_OUTSIDE: usize = 16;

/// A pattern that was read.
pub struct Pattern {
    regex: Regex,
    tree: Hir,
    /// Texts for each branch, the ends of each class and the limits of each repetition.
    pub texts: Vec<String>,
    /// Characters right beside the ranges of its classes.
    pub outside: Vec<char>,
}

impl Pattern {
    /// `None` if the pattern cannot be read.
    pub fn new(text: &str) -> Option<Self> {
        let regex = Regex::new(text).ok()?;
        let tree = regex_syntax::parse(text).ok()?;
        let mut texts = texts(&tree);
        texts.retain(|text| regex.is_match(text));
        let mut outside = BTreeSet::new();
        gather_outside(&tree, &mut outside);
        Some(Self {
            regex,
            tree,
            texts,
            outside: outside.into_iter().take(MOST_OUTSIDE).collect(),
        })
    }

    pub fn fits(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// Some text that fits.
    pub fn random(&self, rng: &mut Rng) -> Option<String> {
        let mut text = String::new();
        write(&self.tree, rng, &mut text);
        self.fits(&text).then_some(text)
    }
}

fn texts(tree: &Hir) -> Vec<String> {
    let mut texts = match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => vec![String::from_utf8_lossy(&literal.0).into_owned()],
        HirKind::Class(class) => ends(class).into_iter().map(String::from).collect(),
        HirKind::Capture(capture) => texts(&capture.sub),
        HirKind::Alternation(branches) => {
            let each: Vec<Vec<String>> = branches.iter().map(texts).collect();
            // First one of each branch, so that the limit cuts no branch off.
            let longest = each.iter().map(Vec::len).max().unwrap_or_default();
            let round = |round: usize| each.iter().filter_map(move |texts| texts.get(round).cloned());
            (0..longest).flat_map(round).collect()
        }
        HirKind::Concat(parts) => joined(&parts.iter().map(texts).collect::<Vec<_>>()),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or_else(|| repetition.min.max(1) + REPEATED);
            repeated(&texts(&repetition.sub), repetition.min, most)
        }
    };
    let mut seen = BTreeSet::new();
    texts.retain(|text| text.chars().count() <= LONGEST && seen.insert(text.clone()));
    texts.truncate(MOST_TEXTS);
    texts
}

/// The parts behind one another, each of their texts at least once.
fn joined(parts: &[Vec<String>]) -> Vec<String> {
    let rounds = parts.iter().map(Vec::len).max().unwrap_or_default();
    let text = |round: usize| {
        let part = |texts: &Vec<String>| texts.get(round % texts.len().max(1)).cloned();
        parts.iter().filter_map(part).collect()
    };
    (0..rounds).map(text).collect()
}

/// A part as few and as many times as it may stand, and one above and below.
fn repeated(texts: &[String], least: u32, most: u32) -> Vec<String> {
    let fill = |text: &str, count: u32| -> String {
        let others = texts.first().map(String::as_str).unwrap_or_default();
        let one = usize::from(count > 0);
        let rest = usize::try_from(count).unwrap_or_default().min(LONGEST) - one;
        text.repeat(one) + &others.repeat(rest)
    };
    let mut all = Vec::new();
    for count in [least, most, least.saturating_add(1).min(most)] {
        all.extend(texts.first().map(|text| fill(text, count)));
    }
    let usual = least.max(1).min(most);
    all.extend(texts.iter().map(|text| fill(text, usual)));
    let all_different: String = texts.iter().map(String::as_str).collect();
    if u32::try_from(texts.len()).is_ok_and(|count| (least..=most).contains(&count)) {
        all.push(all_different);
    }
    all
}

/// A plain character of the class, and the ends of its ranges.
fn ends(class: &Class) -> Vec<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => unicode(class),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|range| (char::from(range.start()), char::from(range.end())))
            .collect(),
    };
    let has = |wanted: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&wanted));
    let mut found: Vec<char> = ['a', 'm', '5', 'Q', ' ', '\u{e9}', '\u{1F600}']
        .into_iter()
        .filter(has)
        .collect();
    found.extend(ranges.iter().flat_map(|(start, end)| [*start, *end]));
    let mut seen = BTreeSet::new();
    found.retain(|character| seen.insert(*character));
    found.truncate(MOST_TEXTS);
    found
}

fn unicode(class: &ClassUnicode) -> Vec<(char, char)> {
    class
        .ranges()
        .iter()
        .map(|range| (range.start(), range.end()))
        .collect()
}

/// Characters next to those of a class, and those of a literal in the other letter case.
fn gather_outside(tree: &Hir, out: &mut BTreeSet<char>) {
    match tree.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            let mut others = class.clone();
            others.negate();
            for (start, end) in unicode(&others) {
                out.extend([start, end]);
            }
        }
        HirKind::Repetition(repetition) => gather_outside(&repetition.sub, out),
        HirKind::Capture(capture) => gather_outside(&capture.sub, out),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            for part in parts {
                gather_outside(part, out);
            }
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

fn write(tree: &Hir, rng: &mut Rng, out: &mut String) {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => out.extend(rng.pick(&ends(class))),
        HirKind::Capture(capture) => write(&capture.sub, rng, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, rng, out)),
        HirKind::Alternation(branches) => {
            if let Some(branch) = rng.pick(branches) {
                write(branch, rng, out);
            }
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let more = most.saturating_sub(repetition.min).min(REPEATED);
            let more = rng.below(usize::try_from(more).unwrap_or_default() + 1);
            let count = usize::try_from(repetition.min).unwrap_or_default() + more;
            for _ in 0..count.min(LONGEST) {
                write(&repetition.sub, rng, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn branches_ends_and_limits() {
        let pattern = Pattern::new("^(?:x|y[0-9]{2,3})-[b-d]*$").unwrap();
        for text in ["x-", "y55-bbbbbbb", "y555-b", "x-d"] {
            assert!(pattern.fits(text), "{text}");
        }
        let starts = |start: &str| pattern.texts.iter().any(|text| text.starts_with(start));
        assert!(
            starts("x-") && starts("y55-") && starts("y555-"),
            "{:?}",
            pattern.texts
        );
        assert!(pattern.texts.iter().any(|text| text.ends_with('-')));
        assert!(pattern.texts.iter().any(|text| text.ends_with('d')));
        assert!(pattern.texts.iter().all(|text| pattern.fits(text)));
        for beside in ['a', 'e', '/', ':'] {
            assert!(pattern.outside.contains(&beside), "{beside}");
        }
        assert!(Pattern::new("(").is_none());
    }
}
