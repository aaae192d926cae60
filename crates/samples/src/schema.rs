//! A cursor into a document that stands at a schema.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use crate::Direction;
use crate::pattern::Pattern;

/// References that follow one another; more are a circle.
const LONGEST_CHAIN: usize = 32;

/// Texts that a schema allows.
type Right = Rc<Vec<String>>;
/// Texts that break a schema, and the keyword that each breaks.
type Wrong = Rc<Vec<(String, &'static str)>>;

/// The document, and what was found out about its schemas so far. A schema is known by its place in memory, where the
/// document stays as long as the book.
pub struct Book<'d> {
    document: &'d Value,
    patterns: RefCell<HashMap<String, Option<Rc<Pattern>>>>,
    targets: RefCell<HashMap<String, Option<&'d Value>>>,
    members: RefCell<HashMap<(*const Value, Direction), Known<'d>>>,
    right: RefCell<HashMap<*const Value, Right>>,
    wrong: RefCell<HashMap<*const Value, Wrong>>,
}

/// The members of a schema, and the pointer under which it was met.
type Known<'d> = (String, Rc<[Member<'d>]>);

impl<'d> Book<'d> {
    pub fn new(document: &'d Value) -> Self {
        Self {
            document,
            patterns: RefCell::default(),
            targets: RefCell::default(),
            members: RefCell::default(),
            right: RefCell::default(),
            wrong: RefCell::default(),
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
            let at = reference.trim_start_matches('#');
            match self.target(at) {
                Some(value) => {
                    schema = Schema {
                        value,
                        at: at.to_owned(),
                    }
                }
                None => break,
            }
        }
        Schema {
            value: &Value::Bool(true),
            at: schema.at,
        }
    }

    fn target(&self, pointer: &str) -> Option<&'d Value> {
        let mut known = self.targets.borrow_mut();
        if let Some(target) = known.get(pointer) {
            return *target;
        }
        let target = self.document.pointer(pointer);
        known.insert(pointer.to_owned(), target);
        target
    }

    /// The texts that a schema allows, made once.
    pub fn right(&self, schema: &'d Value, make: impl FnOnce() -> Vec<String>) -> Right {
        once(&self.right, schema, make)
    }

    /// The texts that break a schema, made once.
    pub fn wrong(&self, schema: &'d Value, make: impl FnOnce() -> Vec<(String, &'static str)>) -> Wrong {
        once(&self.wrong, schema, make)
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

/// What is known, or is made now. Making it may ask for the same of other schemas.
fn once<T>(known: &RefCell<HashMap<*const Value, Rc<T>>>, schema: &Value, make: impl FnOnce() -> T) -> Rc<T> {
    let key = std::ptr::from_ref(schema);
    if let Some(found) = known.borrow().get(&key) {
        return Rc::clone(found);
    }
    let new = Rc::new(make());
    known.borrow_mut().insert(key, Rc::clone(&new));
    new
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
    pub fn members(&self, direction: Direction, book: &Book<'s>) -> Rc<[Member<'s>]> {
        let key = (std::ptr::from_ref(self.value), direction);
        if let Some((at, members)) = book.members.borrow().get(&key)
            && *at == self.at
        {
            return Rc::clone(members);
        }
        let members: Rc<[Member<'s>]> = self.gathered(direction, book).into();
        let known = (self.at.clone(), Rc::clone(&members));
        book.members.borrow_mut().insert(key, known);
        members
    }

    fn gathered(&self, direction: Direction, book: &Book<'s>) -> Vec<Member<'s>> {
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
