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
    /// Names that the shape does not have select nothing; brackets behind what has no members, or behind a
    /// minus, are passed over; brackets that are left open are closed at the end.
    pub fn parse(text: &str, shape: &'static Shape) -> Self {
        if text.trim().is_empty() {
            return Self::everything();
        }
        let mut parser = Parser { rest: text };
        let mut items = parser.items(shape, 0);
        while !parser.rest.is_empty() {
            items.extend(parser.items(shape, 0));
        }
        resolve(shape, &items)
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
    /// `None`: the shape has no such member.
    member: Option<&'static Member>,
    below: Option<Vec<Item>>,
}

fn resolve(shape: &'static Shape, items: &[Item]) -> Selection {
    let mut selection = Selection::everything();
    let wanted: Vec<&Item> = items.iter().filter(|item| !item.minus).collect();
    if !wanted.is_empty() {
        selection.kept = Some(Vec::new());
    }
    for (item, member) in wanted.iter().filter_map(|item| Some((item, item.member?))) {
        let below = match (&item.below, member.shape) {
            (Some(below), Some(shape)) => resolve(shape, below),
            _ => Selection::everything(),
        };
        selection.join(Selection {
            kept: Some(vec![(member.wire, below)]),
        });
    }
    let excluded = items.iter().filter(|item| item.minus);
    for member in excluded.filter_map(|item| item.member) {
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
            .retain(|(name, _)| *name != member.wire);
    }
    selection
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    /// The items up to a closing bracket, which is taken, or up to the end.
    fn items(&mut self, shape: &'static Shape, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        loop {
            let separators = |c: char| c == ',' || c.is_whitespace();
            self.rest = self.rest.trim_start_matches(separators);
            if self.rest.is_empty() || self.take(')') {
                return items;
            }
            items.extend(self.item(shape, depth));
        }
    }

    fn item(&mut self, shape: &'static Shape, depth: usize) -> Option<Item> {
        let minus = self.take('-');
        let is_end = |c: char| matches!(c, ',' | '(' | ')' | '-') || c.is_whitespace();
        self.rest = self.rest.trim_start();
        let name = &self.rest[..self.rest.find(is_end).unwrap_or(self.rest.len())];
        self.rest = self.rest[name.len()..].trim_start();
        let member = shape.member(name);
        let below = member.and_then(|member| member.shape);
        let below = if self.take('(') {
            let below = below.filter(|_| !minus && depth < DEEPEST);
            if below.is_none() {
                self.pass_over();
            }
            below.map(|below| self.items(below, depth + 1))
        } else {
            None
        };
        (!name.is_empty()).then_some(Item { minus, member, below })
    }

    /// Goes behind the bracket that closes what was just opened.
    fn pass_over(&mut self) {
        let mut open = 1_usize;
        let end = self.rest.find(|c| {
            match c {
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            open == 0
        });
        self.rest = end.map_or("", |end| &self.rest[end + 1..]);
    }

    fn take(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Selection;
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
        words(&Selection::parse(text, &PAGE))
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
    fn what_means_nothing_is_passed_over() {
        for (text, expected) in [
            ("nothing", "[]"),
            ("-nothing", "*"),
            ("nothing,total", "[total:*]"),
            ("nothing(code,(x)),total", "[total:*]"),
            ("items(code,x)", "[items:[code:*]]"),
            ("total(x)", "[total:*]"),
            ("items(code", "[items:[code:*]]"),
            ("items),total", "[items:* total:*]"),
            ("items()", "[items:*]"),
            (",", "*"),
            (")(", "*"),
            ("total,", "[total:*]"),
            ("--total", "[items:*]"),
            ("-items(users)", "[total:*]"),
            ("items total", "[items:* total:*]"),
            ("é(é)-", "[]"),
        ] {
            assert_eq!(wanted(text), expected, "{text}");
        }
        let deep = format!("items({}", "users(groups(".repeat(100));
        let mut selection = &Selection::parse(&deep, &PAGE);
        let mut depth = 0;
        while let Some((_, below)) = selection.kept.as_ref().and_then(|kept| kept.first()) {
            (selection, depth) = (below, depth + 1);
        }
        assert_eq!(depth, super::DEEPEST + 1);
    }

    #[test]
    fn wants_decides_what_is_read() {
        let selection = Selection::parse("items(code)", &PAGE);
        assert!(selection.wants(&["items", "code"]));
        assert!(selection.wants(&["items"]));
        assert!(!selection.wants(&["items", "users"]));
        assert!(!selection.wants(&["total"]));
        assert!(Selection::everything().wants(&["items", "users", "id"]));
    }
}
