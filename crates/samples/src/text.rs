//! Texts for a schema: from its limits, pattern, format and words, and from all corners of Unicode.

use std::rc::Rc;

use crate::formats;
use crate::judge;
use crate::pattern::Pattern;
use crate::rng::Rng;
use crate::schema::{Book, Schema};
use crate::{ASSERTED, LARGEST};

/// Texts that break the same keyword at one place.
const MOST_MISSES: usize = 4;

/// Texts that programs stumble over.
const CORNERS: &[&str] = &[
    "",
    " ",
    "a",
    " a b ",
    "0",
    "null",
    "true",
    "-1.0",
    "gr\u{fc}n",
    "gru\u{308}n",
    "\u{1F600}\u{1F469}\u{200D}\u{1F52C}",
    "\u{5d0}\u{202e}abc\u{202c}",
    "\u{feff}a\u{200b}",
    "\u{85}\u{a0}\u{2028}",
    "\u{10ffff}\u{d7ff}\u{e000}",
    "a\tb\nc\rd\r\n",
    "\u{0}\u{1}\u{1f}\u{7f}",
    "\u{fffe}\u{ffff}",
    "\"'\\/<&>]]>",
    "&lt;&#0;<!-- -->",
    "a,b;c=d&e=f?g#h%20%",
    "'; DROP TABLE t; --",
    "../../etc/passwd",
    "{}[]$ne",
    "\u{130}\u{131}\u{df}\u{1c5}",
];

/// Makes texts for one schema.
pub struct Texts<'t, 'd> {
    book: &'t Book<'d>,
    schema: &'t Schema<'d>,
    pattern: Option<Rc<Pattern>>,
}

impl<'t, 'd> Texts<'t, 'd> {
    pub fn new(book: &'t Book<'d>, schema: &'t Schema<'d>) -> Self {
        Self {
            book,
            schema,
            pattern: schema.text("pattern").and_then(|pattern| book.pattern(pattern)),
        }
    }

    fn breaks(&self, text: &str) -> Vec<&'static str> {
        judge::text(self.book, self.schema, text)
    }

    fn fits(&self, text: &str) -> bool {
        self.breaks(text).is_empty()
    }

    fn format(&self) -> &'static [&'static str] {
        self.schema.text("format").map(formats::right).unwrap_or_default()
    }

    /// A short text as a person would write it, different by chance where there is room for it.
    pub fn plain(&self, rng: &mut Rng) -> String {
        if let Some(text) = self.any_of_format(rng) {
            return text;
        }
        let chance = rng.number();
        let words = [
            format!("sample-{:08x}", chance & 0xFFFF_FFFF),
            format!("s{:05x}", chance & 0xF_FFFF),
            format!("S{:05}", chance % 100_000),
            format!("{:03x}", chance & 0xFFF),
            format!("{}", chance % 10),
            format!("{}", 1 + chance % 1_000_000_000),
            format!("{:032x}", u128::from(chance) << 32 | u128::from(chance >> 7)),
            format!("#{:06x}", chance & 0xFF_FFFF),
            format!("https://example.com/{:08x}", chance & 0xFFFF_FFFF),
        ];
        let by_pattern = |_| self.pattern.as_ref()?.random(rng).filter(|text| self.fits(text));
        words
            .into_iter()
            .find(|text| self.fits(text))
            .or_else(|| (0..32).find_map(by_pattern))
            .or_else(|| self.right().iter().find(|text| !text.trim().is_empty()).cloned())
            .or_else(|| self.shortest())
            .unwrap_or_default()
    }

    fn any_of_format(&self, rng: &mut Rng) -> Option<String> {
        let texts: Vec<&str> = self
            .format()
            .iter()
            .copied()
            .filter(|text| self.fits(text))
            .collect();
        match self.schema.text("format") {
            Some("uuid") => {
                let (high, low) = (rng.number(), rng.number());
                let text = format!(
                    "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
                    high >> 32,
                    high >> 16 & 0xFFFF,
                    high & 0xFFF,
                    low >> 52,
                    low & 0xFFFF_FFFF_FFFF
                );
                Some(text).filter(|text| self.fits(text))
            }
            Some("email") => {
                Some(format!("sample-{:08x}@example.com", rng.number() >> 32)).filter(|text| self.fits(text))
            }
            _ => texts.first().map(|text| (*text).to_owned()),
        }
    }

    /// The shortest text that could be found.
    pub fn shortest(&self) -> Option<String> {
        let right = self.right();
        right.iter().min_by_key(|text| text.chars().count()).cloned()
    }

    /// Texts that are valid.
    pub fn right(&self) -> Rc<Vec<String>> {
        self.book.right(self.schema.value, || self.all_right())
    }

    fn all_right(&self) -> Vec<String> {
        let mut found: Vec<String> = self.format().iter().map(|text| (*text).to_owned()).collect();
        if found.is_empty() {
            found.extend(self.pattern.iter().flat_map(|pattern| pattern.texts.clone()));
            let least = self.schema.count("minLength").unwrap_or_default();
            let most = self.schema.count("maxLength").unwrap_or(usize::MAX);
            let corners = CORNERS.iter().filter_map(|text| sized(text, least, most));
            found.extend(corners);
            for length in [least, least.saturating_add(1), most.saturating_sub(1), most] {
                found.extend(self.of_length(length, &['a', '0', '\u{e9}', '\u{1F600}']));
            }
        }
        kept(found, |text| self.fits(text))
    }

    /// Valid but for their length: each of the characters, else a valid text, stretched or cut.
    fn of_length(&self, length: usize, fillers: &[char]) -> Vec<String> {
        let mut found = Vec::new();
        let others = |text: &str| {
            let broken = self.breaks(text);
            broken
                .iter()
                .all(|rule| matches!(*rule, "minLength" | "maxLength"))
        };
        for filler in fillers {
            if length.saturating_mul(filler.len_utf8()) <= LARGEST {
                found.push(filler.to_string().repeat(length));
            }
        }
        found.retain(|text| others(text));
        if found.is_empty() && length <= 4096 {
            let texts = self.pattern.iter().flat_map(|pattern| pattern.texts.iter());
            found = texts
                .filter_map(|text| stretched(text, length, others))
                .take(2)
                .collect();
        }
        found
    }

    /// Texts that break one keyword, with its name. Where a keyword cannot be broken alone, with the others.
    pub fn wrong(&self) -> Rc<Vec<(String, &'static str)>> {
        self.book.wrong(self.schema.value, || self.all_wrong())
    }

    fn all_wrong(&self) -> Vec<(String, &'static str)> {
        let mut found = Vec::new();
        if let Some(least) = self.schema.count("minLength").filter(|least| *least > 0) {
            let texts = self.of_length(least - 1, &['a', '\u{1F600}', '0']);
            found.extend(self.misses("minLength", or(texts, || "a".repeat(least - 1))));
        }
        if let Some(most) = self.schema.count("maxLength").filter(|most| *most < LARGEST) {
            let fillers: &[char] = if most > 1024 {
                &['a', '0']
            } else {
                &['a', '\u{1F600}', '0']
            };
            let texts = self.of_length(most + 1, fillers);
            found.extend(self.misses("maxLength", or(texts, || "a".repeat(most + 1))));
        }
        if let Some(pattern) = &self.pattern {
            found.extend(self.misses("pattern", self.beside(pattern)));
        }
        if let Some(format) = self
            .schema
            .text("format")
            .filter(|format| ASSERTED.contains(format))
        {
            let texts = formats::wrong(format)
                .iter()
                .map(|text| (*text).to_owned())
                .collect();
            found.extend(self.misses("format", texts));
        }
        found
    }

    /// The texts that break one keyword alone; if there are none, those that break others besides.
    fn misses(&self, rule: &'static str, texts: Vec<String>) -> Vec<(String, &'static str)> {
        let texts = kept(texts, |text| self.breaks(text).contains(&rule));
        let (alone, others): (Vec<String>, Vec<String>) =
            texts.into_iter().partition(|text| self.breaks(text).len() == 1);
        let most = match rule {
            "format" => usize::MAX,
            "pattern" => MOST_MISSES,
            _ => 2,
        };
        let texts = if alone.is_empty() { others } else { alone };
        texts.into_iter().take(most).map(|text| (text, rule)).collect()
    }

    /// Valid texts with one character too much, too little or another.
    fn beside(&self, pattern: &Pattern) -> Vec<String> {
        let right = self.right();
        let mut found = Vec::new();
        let longer = right.iter().find(|text| text.chars().count() > 2);
        for text in right.first().into_iter().chain(longer) {
            found.push(format!("{text}\n"));
            for outside in pattern
                .outside
                .iter()
                .rev()
                .chain(&[' ', '\u{e9}', '\u{1F600}', 'x', 'X', '-'])
            {
                found.extend([format!("{outside}{text}"), format!("{text}{outside}")]);
                let rest: String = text.chars().skip(1).collect();
                found.push(format!("{outside}{rest}"));
            }
            let mut cut = text.clone();
            cut.pop();
            found.push(cut);
            found.push(text.chars().skip(1).collect());
            found.push(text.repeat(2));
            found.push(text.to_uppercase());
        }
        found.extend(["", " ", "a", "0", "\u{0}"].map(str::to_owned));
        // Different ways to miss, rather than many of one.
        let step = (found.len() / (MOST_MISSES * 2)).max(1);
        let spread = (0..step).flat_map(|start| found.iter().skip(start).step_by(step).cloned());
        spread.collect()
    }
}

fn or(texts: Vec<String>, other: impl Fn() -> String) -> Vec<String> {
    if texts.is_empty() { vec![other()] } else { texts }
}

/// A text cut or filled up to fit between two lengths; `None` if that takes too much of it.
fn sized(text: &str, least: usize, most: usize) -> Option<String> {
    let length = text.chars().count();
    if length > most {
        return Some(text.chars().take(most).collect());
    }
    let missing = least.saturating_sub(length);
    (missing <= 64).then(|| format!("{text}{}", "a".repeat(missing)))
}

/// A text made longer by one of its characters, or shorter, so that it is right otherwise.
fn stretched(text: &str, length: usize, is_right: impl Fn(&str) -> bool) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let more = length.saturating_sub(characters.len());
    let less = characters.len().saturating_sub(length);
    let at = |place: usize| {
        let (head, tail) = characters.split_at(place);
        let fill = head.last().or(tail.first()).copied();
        let fill = std::iter::repeat_n(fill.unwrap_or('a'), more);
        head.iter()
            .copied()
            .chain(fill)
            .chain(tail.iter().copied().skip(less))
            .collect::<String>()
    };
    let places = (0..=characters.len().min(64)).rev().map(at);
    places
        .into_iter()
        .find(|text| text.chars().count() == length && is_right(text))
}

fn kept(texts: Vec<String>, is_right: impl Fn(&str) -> bool) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.contains(&text) && is_right(&text) {
            kept.push(text);
        }
    }
    kept
}
