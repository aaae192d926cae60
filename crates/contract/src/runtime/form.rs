//! How values look on the wire, known at compile time: what XML needs beside the names of JSON, and which
//! kind of value stands where, so that names and words can be read in any letter case.
//!
//! Only dialects that have XML or take other letter case have forms; the others leave all to serde.

use serde_json::{Map, Value};

use super::json::explained;
use super::shape::escape;
use super::takes::Takes;
use super::text::FromText;
use super::wire::{Dashed, Instant, Plain, Read, Spelled, Whole};
use super::{Guid, Place, Violation};

/// How many violations are looked for in one body; whatever a client sends, an answer stays small.
pub(super) const MOST_VIOLATIONS: usize = 1000;

/// The form of a named schema, or of the items of a list.
#[derive(Debug)]
pub struct Form {
    /// The element that a value has as the root of a document or as the item of a list.
    pub element: Element,
    pub kind: Kind,
}

/// The name of an element or attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    pub name: &'static str,
    pub namespace: Option<Namespace>,
}

/// A namespace and the prefix that stands for it in answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namespace {
    pub uri: &'static str,
    pub prefix: &'static str,
}

/// The kind of a value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Text,
    Instant,
    Uuid,
    Guid,
    Int32,
    Int64,
    Number,
    Flag,
    /// Any JSON.
    Any,
    /// The words of an enumeration.
    Words(&'static [&'static str]),
    /// In the order in which XML has them.
    Object(&'static [Member]),
    /// A list, wrapped in XML, with the form of its items.
    List(&'static Form),
    /// A named schema.
    Named(&'static Form),
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// The name in JSON.
    pub wire: &'static str,
    /// Other names that are read, too.
    pub aliases: &'static [&'static str],
    pub element: Element,
    /// An attribute of the object's element, not a child.
    pub is_attribute: bool,
    pub is_required: bool,
    pub is_nullable: bool,
    pub takes: Takes,
    pub kind: Kind,
}

/// How a dialect reads more than its document says. All comparison is of ASCII letters only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folding {
    /// Names of members, elements and parameters in any letter case.
    pub names: bool,
    /// Words of enumerations, `true` and `false` in any letter case.
    pub values: bool,
}

impl Kind {
    /// The kind itself, where this one only names it.
    #[must_use]
    pub fn resolved(self) -> Self {
        match self {
            Self::Named(form) => form.kind.resolved(),
            other => other,
        }
    }

    /// The members, if the value is an object.
    pub fn members(self) -> &'static [Member] {
        match self.resolved() {
            Self::Object(members) => members,
            _ => &[],
        }
    }
}

impl Folding {
    /// Whether a name that was given means `wanted`.
    pub fn is_name(self, given: &str, wanted: &str) -> bool {
        given == wanted || self.names && given.eq_ignore_ascii_case(wanted)
    }

    /// The one spelling of a name by which duplicates are found.
    pub fn key(self, name: &str) -> String {
        if self.names {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        }
    }

    /// Looks a member up by the name that was given, or by another name that it is read by.
    pub fn member(self, members: &'static [Member], given: &str) -> Option<&'static Member> {
        let is_meant = |member: &&Member| {
            let mut names = std::iter::once(member.wire).chain(member.aliases.iter().copied());
            names.any(|name| self.is_name(given, name))
        };
        members.iter().find(is_meant)
    }
}

/// Finds everything in a value that is missing or of another kind, and puts something harmless in its place,
/// so that the rest can be checked as well. The caller drops what is found about a harmless value.
pub fn settle(kind: Kind, value: &mut Value, folding: Folding) -> Vec<Violation> {
    let mut settling = Settling {
        folding,
        violations: Vec::new(),
    };
    if !settling.value(kind, value, "") {
        *value = harmless(kind);
    }
    settling.violations
}

struct Settling {
    folding: Folding,
    violations: Vec<Violation>,
}

impl Settling {
    /// False, and told, if the value is of another kind.
    fn value(&mut self, kind: Kind, value: &mut Value, pointer: &str) -> bool {
        if self.violations.len() >= MOST_VIOLATIONS {
            return true;
        }
        match (kind.resolved(), value) {
            (Kind::Object(members), Value::Object(map)) => {
                self.members(members, map, pointer);
                true
            }
            (Kind::List(items), Value::Array(list)) => {
                for (index, item) in list.iter_mut().enumerate() {
                    if !self.value(items.kind, item, &format!("{pointer}/{index}")) {
                        *item = harmless(items.kind);
                    }
                }
                true
            }
            (kind, value) => match complaint(kind, value, self.folding) {
                None => true,
                Some((rule, message)) => {
                    self.tell(pointer, rule, message);
                    false
                }
            },
        }
    }

    fn members(&mut self, members: &'static [Member], map: &mut Map<String, Value>, pointer: &str) {
        for member in members {
            let pointer = format!("{pointer}/{}", escape(member.wire));
            let is_well = match map.get_mut(member.wire) {
                Some(Value::Null) if member.is_nullable => true,
                Some(value) => {
                    member.takes.tidy(value, self.folding);
                    self.value(member.kind, value, &pointer)
                }
                None if member.is_required => {
                    self.tell(&pointer, "required", "is required".to_owned());
                    false
                }
                None => true,
            };
            if is_well {
                continue;
            }
            if member.is_required {
                map.insert(member.wire.to_owned(), harmless(member.kind));
            } else {
                map.remove(member.wire);
            }
        }
    }

    fn tell(&mut self, pointer: &str, rule: &'static str, message: String) {
        self.violations
            .push(Violation::new(Place::Body, pointer, rule, message));
    }
}

/// What is wrong with the kind of a value, in the words in which reading it would say so.
fn complaint(kind: Kind, value: &Value, folding: Folding) -> Option<(&'static str, String)> {
    match kind {
        Kind::Text => tried::<Plain<String>>(value),
        Kind::Instant => tried::<Instant>(value),
        Kind::Uuid => tried::<Dashed>(value),
        Kind::Guid => tried::<Spelled<Guid>>(value),
        Kind::Int32 => tried::<Whole<i32>>(value),
        Kind::Int64 => tried::<Whole<i64>>(value),
        Kind::Number => tried::<Plain<f64>>(value),
        Kind::Flag => tried::<Plain<bool>>(value),
        Kind::Words(words) => {
            let expected = || {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                words.join(" or ")
            };
            match value {
                Value::String(text) if words.iter().any(|word| folding.is_word(text, word)) => None,
                Value::String(_) => Some(("enum", format!("must be {}", expected()))),
                _ => Some(("type", format!("expected {}", expected()))),
            }
        }
        Kind::Object(_) => Some(("type", "expected an object".to_owned())),
        Kind::List(_) => Some(("type", "expected a list".to_owned())),
        Kind::Any | Kind::Named(_) => None,
    }
}

impl Folding {
    fn is_word(self, given: &str, wanted: &str) -> bool {
        given == wanted || self.values && given.eq_ignore_ascii_case(wanted)
    }
}

fn tried<R: Read>(value: &Value) -> Option<(&'static str, String)> {
    let error = R::read(value).err()?;
    let (_, rule, message) = explained(&error.to_string());
    Some((rule, message))
}

/// A value of a kind that can be read.
fn harmless(kind: Kind) -> Value {
    match kind.resolved() {
        Kind::Instant => "1970-01-01T00:00:00Z".into(),
        Kind::Uuid | Kind::Guid => "00000000-0000-0000-0000-000000000000".into(),
        Kind::Int32 | Kind::Int64 | Kind::Number => 0.into(),
        Kind::Flag => false.into(),
        Kind::Words(words) => words.first().copied().unwrap_or_default().into(),
        Kind::Object(members) => {
            let required = members.iter().filter(|member| member.is_required);
            let member = |member: &Member| (member.wire.to_owned(), harmless(member.kind));
            Value::Object(required.map(member).collect())
        }
        Kind::List(_) => Value::Array(Vec::new()),
        Kind::Any => Value::Null,
        Kind::Text | Kind::Named(_) => "".into(),
    }
}

/// The text of an element or attribute as the value that JSON would have. Text that is no value of the kind
/// stays text, and is found by `settle`.
pub fn from_text(kind: Kind, text: String, folding: Folding) -> Value {
    match kind {
        Kind::Int32 | Kind::Int64 => i64::from_text(text.trim()).map_or(Value::String(text), Value::from),
        Kind::Number => f64::from_text(text.trim()).map_or(Value::String(text), Value::from),
        Kind::Flag => match text.trim() {
            "1" => Value::Bool(true),
            "0" => Value::Bool(false),
            word if folding.is_word(word, "true") => Value::Bool(true),
            word if folding.is_word(word, "false") => Value::Bool(false),
            _ => Value::String(text),
        },
        _ => Value::String(text),
    }
}

#[cfg(test)]
pub(super) mod samples {
    //! A form with one of each, for tests.

    use super::{Element, Form, Kind, Member, Namespace, Takes};

    pub const fn plain(name: &'static str) -> Element {
        Element {
            name,
            namespace: None,
        }
    }

    const fn member(wire: &'static str, kind: Kind) -> Member {
        Member {
            wire,
            aliases: &[],
            element: plain(wire),
            is_attribute: false,
            is_required: false,
            is_nullable: false,
            takes: Takes::Kind,
            kind,
        }
    }

    pub const SPACE: Namespace = Namespace {
        uri: "urn:things",
        prefix: "t",
    };

    static WORD: Form = Form {
        element: plain("string"),
        kind: Kind::Text,
    };
    static IDS: Form = Form {
        element: plain("guid"),
        kind: Kind::Guid,
    };
    pub static THING: Form = Form {
        element: plain("Thing"),
        kind: Kind::Object(&[
            member("At", Kind::Instant),
            Member {
                is_nullable: true,
                ..member("Count", Kind::Int32)
            },
            member("Flag", Kind::Flag),
            member("Ids", Kind::List(&IDS)),
            Member {
                element: Element {
                    name: "Inner",
                    namespace: Some(SPACE),
                },
                ..member("Inner", Kind::Named(&INNER))
            },
            member("Kind", Kind::Words(&["small", "large"])),
            Member {
                is_required: true,
                ..member("Name", Kind::Text)
            },
            Member {
                is_attribute: true,
                ..member("Rank", Kind::Int64)
            },
            member("Ratio", Kind::Number),
            member("Things", Kind::List(&THING)),
            member("Words", Kind::List(&WORD)),
        ]),
    };
    static INNER: Form = Form {
        element: plain("Inner"),
        kind: Kind::Object(&[Member {
            element: Element {
                name: "Text",
                namespace: Some(SPACE),
            },
            ..member("Text", Kind::Text)
        }]),
    };
}

#[cfg(test)]
mod tests {
    use super::samples::THING;
    use super::{Folding, settle};
    use serde_json::json;

    #[test]
    fn everything_that_is_missing_or_of_another_kind_is_told() {
        let mut value = json!({
            "At": "now", "Count": null, "Flag": "yes", "Ids": ["x", "01a203b07c9271d48e52a0f19c3b5d6e"],
            "Inner": [], "Kind": "tiny", "Rank": 1.5, "Things": [{"Kind": 7}, 1], "Words": [null], "other": 1
        });
        let found = settle(THING.kind, &mut value, Folding::default());
        let told: Vec<String> = found
            .iter()
            .map(|violation| format!("{} {}: {}", violation.pointer, violation.rule, violation.message))
            .collect();
        assert_eq!(
            told,
            [
                "/At type: expected an RFC 3339 date and time",
                "/Flag type: expected `true` or `false`",
                "/Ids/0 pattern: must be 32 hexadecimal digits",
                "/Inner type: expected an object",
                "/Kind enum: must be `small` or `large`",
                "/Name required: is required",
                "/Rank type: expected a whole number of 64 bits",
                "/Things/0/Kind type: expected `small` or `large`",
                "/Things/0/Name required: is required",
                "/Things/1 type: expected an object",
                "/Words/0 type: expected text",
            ]
        );
        assert_eq!(settle(THING.kind, &mut value, Folding::default()), []);
        assert_eq!(value["Ids"][1], "01a203b07c9271d48e52a0f19c3b5d6e");
    }

    #[test]
    fn words_in_any_letter_case() {
        let folding = Folding {
            names: true,
            values: true,
        };
        let mut value = json!({"Name": "", "Kind": "SMALL"});
        assert_eq!(settle(THING.kind, &mut value, folding), []);
        assert_eq!(settle(THING.kind, &mut value, Folding::default()).len(), 1);
    }
}
