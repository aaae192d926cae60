//! Which members of an answer the client asked for: `items(groupCode,users(id))`, or all but some: `-users`.

use super::shape::{Member, Shape};

/// Nesting that a selection may have; recursive schemas would allow any.
const DEEPEST: usize = 16;

/// The members to keep. The default keeps everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// `None`: everything. Sorted as the schema is.
    kept: Option<Vec<(&'static str, Selection)>>,
}

static EVERYTHING: Selection = Selection { kept: None };

/// Where and why a selection cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Counted in characters, from 1.
    pub position: usize,
    pub message: String,
}

impl Selection {
    /// Keeps every member.
    pub const fn everything() -> Self {
        Self { kept: None }
    }

    pub fn is_everything(&self) -> bool {
        self.kept.is_none()
    }

    /// The selection inside a member, or `None` when the member is not wanted.
    pub fn member(&self, wire: &str) -> Option<&Self> {
        match &self.kept {
            None => Some(&EVERYTHING),
            Some(kept) => kept
                .iter()
                .find(|(name, _)| *name == wire)
                .map(|(_, below)| below),
        }
    }

    /// Whether the member at the end of a path of wire names is wanted, wholly or in part.
    /// `wants(&["items", "users"])` decides, for instance, whether users have to be read at all.
    pub fn wants(&self, path: &[&str]) -> bool {
        let mut at = self;
        for name in path {
            match at.member(name) {
                Some(below) => at = below,
                None => return false,
            }
        }
        true
    }

    /// Reads a selection of members of `shape`. Blank text selects everything.
    ///
    /// A name selects the member with all below it, `name(…)` only what the brackets select. A leading minus
    /// takes a member away. Where nothing is selected on a level, everything but what is taken away is.
    pub fn parse(text: &str, shape: &'static Shape) -> Result<Self, Unreadable> {
        let characters: Vec<char> = text.chars().collect();
        if text.trim().is_empty() {
            return Ok(Self::everything());
        }
        let mut parser = Parser {
            characters: &characters,
            at: 0,
        };
        let items = parser.items(shape, 0)?;
        if parser.at < characters.len() {
            return Err(parser.error("expected `,` or the end"));
        }
        Ok(resolve(shape, &items))
    }

    /// Adds what `other` selects.
    fn join(&mut self, other: Self) {
        match (&mut self.kept, other.kept) {
            (Some(kept), Some(more)) => {
                for (name, below) in more {
                    match kept.iter_mut().find(|(have, _)| *have == name) {
                        Some((_, have)) => have.join(below),
                        None => kept.push((name, below)),
                    }
                }
            }
            (kept, _) => *kept = None,
        }
    }
}

struct Item {
    minus: bool,
    member: &'static Member,
    below: Option<Vec<Item>>,
}

fn resolve(shape: &'static Shape, items: &[Item]) -> Selection {
    let mut selection = Selection::everything();
    let wanted: Vec<&Item> = items.iter().filter(|item| !item.minus).collect();
    if !wanted.is_empty() {
        selection.kept = Some(Vec::new());
    }
    for item in wanted {
        let below = match (&item.below, item.member.shape) {
            (Some(below), Some(shape)) => resolve(shape, below),
            _ => Selection::everything(),
        };
        selection.join(Selection {
            kept: Some(vec![(item.member.wire, below)]),
        });
    }
    for item in items.iter().filter(|item| item.minus) {
        let all = || {
            shape
                .members
                .iter()
                .map(|member| (member.wire, Selection::everything()))
                .collect()
        };
        selection
            .kept
            .get_or_insert_with(all)
            .retain(|(name, _)| *name != item.member.wire);
    }
    selection
}

struct Parser<'a> {
    characters: &'a [char],
    at: usize,
}

impl Parser<'_> {
    fn items(&mut self, shape: &'static Shape, depth: usize) -> Result<Vec<Item>, Unreadable> {
        if depth > DEEPEST {
            return Err(self.error("is nested too deeply"));
        }
        let mut items = vec![self.item(shape, depth)?];
        while self.take(',') {
            items.push(self.item(shape, depth)?);
        }
        Ok(items)
    }

    fn item(&mut self, shape: &'static Shape, depth: usize) -> Result<Item, Unreadable> {
        let minus = self.take('-');
        self.skip_blanks();
        let start = self.at;
        let is_part = |c: &char| !matches!(c, ',' | '(' | ')' | '-') && !c.is_whitespace();
        while self.characters.get(self.at).is_some_and(is_part) {
            self.at += 1;
        }
        let name: String = self.characters[start..self.at].iter().collect();
        if name.is_empty() {
            return Err(self.error("expected the name of a member"));
        }
        let Some(member) = shape.member(&name) else {
            self.at = start;
            return Err(self.error(&format!("there is no such member in {}", shape.name)));
        };
        self.skip_blanks();
        let opening = self.at;
        if !self.take('(') {
            return Ok(Item {
                minus,
                member,
                below: None,
            });
        }
        let refused = match member.shape {
            _ if minus => Err("a member that is taken away is taken whole"),
            Some(below) => Ok(below),
            None => Err("the member has no members of its own"),
        };
        let below = refused.map_err(|message| {
            self.at = opening;
            self.error(message)
        })?;
        let below = self.items(below, depth + 1)?;
        if !self.take(')') {
            return Err(self.error("expected `,` or `)`"));
        }
        self.skip_blanks();
        Ok(Item {
            minus,
            member,
            below: Some(below),
        })
    }

    fn take(&mut self, wanted: char) -> bool {
        self.skip_blanks();
        let found = self.characters.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    fn skip_blanks(&mut self) {
        while self.characters.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    fn error(&self, message: &str) -> Unreadable {
        Unreadable {
            position: self.at + 1,
            message: message.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Selection, Unreadable};
    use crate::runtime::{Member, Shape};

    const fn member(wire: &'static str, shape: Option<&'static Shape>) -> Member {
        Member {
            wire,
            field: "",
            shape,
        }
    }
    static USER: Shape = Shape {
        name: "User",
        members: &[member("id", None), member("groups", Some(&GROUP))],
    };
    static GROUP: Shape = Shape {
        name: "Group",
        members: &[
            member("code", None),
            member("name", None),
            member("users", Some(&USER)),
        ],
    };
    static PAGE: Shape = Shape {
        name: "Page",
        members: &[member("total", None), member("items", Some(&GROUP))],
    };

    fn wanted(text: &str) -> String {
        fn words(selection: &Selection) -> String {
            let Some(kept) = &selection.kept else {
                return "*".to_owned();
            };
            let words: Vec<String> = kept
                .iter()
                .map(|(name, below)| format!("{name}:{}", words(below)))
                .collect();
            format!("[{}]", words.join(" "))
        }
        words(&Selection::parse(text, &PAGE).unwrap())
    }

    #[test]
    fn selections_and_exclusions() {
        for (text, expected) in [
            ("", "*"),
            ("  ", "*"),
            ("total", "[total:*]"),
            (" items ( code , name ) ", "[items:[code:* name:*]]"),
            ("items(code),items(name),total", "[items:[code:* name:*] total:*]"),
            ("items(code),items", "[items:*]"),
            ("items(users(id))", "[items:[users:[id:*]]]"),
            ("-items", "[total:*]"),
            ("items(-users)", "[items:[code:* name:*]]"),
            ("items,-items", "[]"),
            ("items(users(-groups))", "[items:[users:[id:*]]]"),
        ] {
            assert_eq!(wanted(text), expected, "{text}");
        }
    }

    #[test]
    fn unreadable_selections_say_where() {
        for (text, position, message) in [
            ("nothing", 1, "there is no such member in Page"),
            ("items(code,x)", 12, "there is no such member in Group"),
            ("total(x)", 6, "the member has no members of its own"),
            ("items(code", 11, "expected `,` or `)`"),
            ("items)", 6, "expected `,` or the end"),
            ("items()", 7, "expected the name of a member"),
            (",", 1, "expected the name of a member"),
            ("total,", 7, "expected the name of a member"),
            ("--total", 2, "expected the name of a member"),
            ("-items(users)", 7, "a member that is taken away is taken whole"),
            ("items code", 7, "expected `,` or the end"),
        ] {
            let unreadable = Unreadable {
                position,
                message: message.to_owned(),
            };
            assert_eq!(Selection::parse(text, &PAGE), Err(unreadable), "{text}");
        }
        let deep = format!("items({}", "users(groups(".repeat(100));
        assert!(
            Selection::parse(&deep, &PAGE)
                .unwrap_err()
                .message
                .contains("too deeply")
        );
    }

    #[test]
    fn wants_decides_what_is_read() {
        let selection = Selection::parse("items(code)", &PAGE).unwrap();
        assert!(selection.wants(&["items", "code"]));
        assert!(selection.wants(&["items"]));
        assert!(!selection.wants(&["items", "users"]));
        assert!(!selection.wants(&["total"]));
        assert!(Selection::everything().wants(&["items", "users", "id"]));
    }
}
