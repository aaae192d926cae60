//! A cursor into a document that stands at a schema.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use crate::Direction;
use crate::pattern::Pattern;

/// References that follow one another; more are a circle.
const LONGEST_CHAIN: usize = 32;

/// The document, and the patterns that were met so far.
pub struct Book<'d> {
    document: &'d Value,
    patterns: RefCell<HashMap<String, Option<Rc<Pattern>>>>,
}

impl<'d> Book<'d> {
    pub fn new(document: &'d Value) -> Self {
        Self {
            document,
            patterns: RefCell::default(),
        }
    }

    /// The document itself.
    pub fn root(&self) -> &'d Value {
        self.document
    }

    /// The schema at a JSON pointer.
    pub fn at(&self, pointer: &str) -> Option<Schema<'d>> {
        let value = self.document.pointer(pointer)?;
        Some(Schema {
            value,
            at: pointer.to_owned(),
        })
    }

    /// Follows `$ref`. A reference that leads nowhere is the schema of everything.
    pub fn resolve<'s>(&self, schema: &Schema<'s>) -> Schema<'s>
    where
        'd: 's,
    {
        let mut schema = schema.clone();
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = schema.text("$ref") else {
                return schema;
            };
            match self.at(reference.trim_start_matches('#')) {
                Some(target) => schema = target,
                None => break,
            }
        }
        Schema {
            value: &Value::Bool(true),
            at: schema.at,
        }
    }

    /// A pattern, read once; `None` for one that cannot be read.
    pub fn pattern(&self, text: &str) -> Option<Rc<Pattern>> {
        let mut known = self.patterns.borrow_mut();
        if let Some(pattern) = known.get(text) {
            return pattern.clone();
        }
        let pattern = Pattern::new(text).map(Rc::new);
        known.insert(text.to_owned(), pattern.clone());
        pattern
    }
}

/// A schema and where it stands.
#[derive(Clone, Debug)]
pub struct Schema<'s> {
    pub value: &'s Value,
    /// JSON pointer into the document.
    pub at: String,
}

/// A member of an object.
pub struct Member<'s> {
    pub name: &'s str,
    pub schema: Schema<'s>,
    pub is_required: bool,
    /// The server's own: a client need not send it.
    pub is_theirs: bool,
}

impl<'s> Schema<'s> {
    pub fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name)?;
        Some(Self {
            value,
            at: below(&self.at, name),
        })
    }

    pub fn text(&self, name: &str) -> Option<&'s str> {
        self.value.get(name)?.as_str()
    }

    pub fn count(&self, name: &str) -> Option<usize> {
        let number = self.value.get(name)?;
        // `4.0` is as good a limit as `4`.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "limits are small and not negative"
        )]
        let rounded = || number.as_f64().map(|number| number as u64);
        usize::try_from(number.as_u64().or_else(rounded)?).ok()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.value.get(name) == Some(&Value::Bool(true))
    }

    /// Where a keyword stands.
    pub fn keyword(&self, name: &str) -> String {
        below(&self.at, name)
    }

    /// The schemas in a list, such as those of `oneOf`.
    pub fn each(&self, name: &str) -> Vec<Self> {
        let items = self.value.get(name).and_then(Value::as_array);
        let items = items.into_iter().flatten().enumerate();
        items
            .map(|(index, value)| Self {
                value,
                at: format!("{}/{index}", below(&self.at, name)),
            })
            .collect()
    }

    /// The names of the types that a value may have; `None` for any.
    pub fn types(&self) -> Option<Vec<&'s str>> {
        match self.value.get("type")? {
            Value::String(name) => Some(vec![name]),
            Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect()),
            _ => None,
        }
    }

    /// Whether there is a member that is required by name.
    pub fn requires(&self, name: &str) -> bool {
        let required = self.value.get("required").and_then(Value::as_array);
        required.is_some_and(|required| required.iter().any(|required| required == name))
    }

    /// The members that an object may have on its way; `writeOnly` ones are never answered.
    pub fn members(&self, direction: Direction, book: &Book<'s>) -> Vec<Member<'s>> {
        let properties = self.value.get("properties").and_then(Value::as_object);
        let member = |(name, value): (&'s String, &'s Value)| {
            let schema = Schema {
                value,
                at: below(&self.keyword("properties"), name),
            };
            let marked = |flag| schema.flag(flag) || book.resolve(&schema).flag(flag);
            if direction == Direction::Response && marked("writeOnly") {
                return None;
            }
            let is_theirs = direction == Direction::Request && marked("readOnly");
            Some(Member {
                name,
                is_required: self.requires(name),
                is_theirs,
                schema,
            })
        };
        properties.into_iter().flatten().filter_map(member).collect()
    }

    /// The schema of members that have no schema of their own; `None` where there are none.
    pub fn others(&self) -> Option<Self> {
        match self.value.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            Some(_) => self.get("additionalProperties"),
            None => Some(Self {
                value: &Value::Bool(true),
                at: self.at.clone(),
            }),
        }
    }
}

/// The pointer of a member.
pub fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The schemas that the walk is in, so that recursive ones come to an end.
pub struct Trail<'t> {
    up: Option<&'t Trail<'t>>,
    at: &'t str,
}

impl<'t> Trail<'t> {
    /// The walk goes into a schema.
    pub fn into(up: Option<&'t Self>, at: &'t str) -> Self {
        Self { up, at }
    }

    /// How often the walk went into the schema that it stands at.
    pub fn rounds(&self) -> usize {
        let mut rounds = 0;
        let mut trail = Some(self);
        while let Some(here) = trail {
            rounds += usize::from(here.at == self.at);
            trail = here.up;
        }
        rounds
    }
}
