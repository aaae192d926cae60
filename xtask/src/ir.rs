//! What a document means, in the words of the generator. Made from a document that passed the lint;
//! whatever the generator cannot express is a finding here, at its place in the document.

use serde_json::Number;

use crate::document::Node;

mod checks;
mod clashes;
mod lower;
mod names;
mod operations;
mod protocol;
mod schemas;
mod taken;

pub use lower::lower;
pub use names::{field_name, has_name, is_function_name, pascal, resource_name, snake, trait_name};
pub use operations::{METHODS, reason};
pub use protocol::{FORM, Format, Protocol, Tolerances, aliases, default_media_type, is_other_json, words};
pub use schemas::{limits, texts};

/// One dialect.
#[derive(Debug)]
pub struct Api<'a> {
    /// The name of the document, such as `kibo`.
    pub dialect: String,
    /// The root of the document.
    pub root: Node<'a>,
    pub schemas: Vec<Schema<'a>>,
    pub operations: Vec<Operation<'a>>,
    /// The name of the schema of all error bodies.
    pub error: String,
    /// Security schemes that operations use.
    pub schemes: Vec<Scheme>,
    /// What credentials may be shown together: names of schemes, each combination once.
    pub requirements: Vec<Vec<String>>,
    /// Responses under `components` that operations refer to.
    pub shared: Vec<Response<'a>>,
    /// The status of the server's own failures.
    pub fault_status: u16,
    /// Several media types or tolerated spellings; `None` where there is JSON only, read by the letter.
    pub protocol: Option<Protocol>,
}

/// A type of its own in Rust: a named schema, or the enumeration of a member.
#[derive(Debug)]
pub struct Schema<'a> {
    /// The name in Rust and, for named schemas, in the document.
    pub name: String,
    /// An enumeration that stands inside of a member: its schema is inline in the document.
    pub is_inline: bool,
    pub node: Node<'a>,
    pub kind: Kind<'a>,
}

#[derive(Debug)]
pub enum Kind<'a> {
    Object {
        is_closed: bool,
        members: Vec<Member<'a>>,
    },
    /// The texts of an enumeration.
    Choice(Vec<String>),
    List {
        items: Items,
        limits: Limits,
    },
    /// Values under any names; in answers only.
    Map(Type),
}

/// A member of an object.
#[derive(Debug)]
pub struct Member<'a> {
    pub wire: String,
    /// Other names that are read, too.
    pub aliases: Vec<String>,
    pub field: String,
    pub is_required: bool,
    pub is_nullable: bool,
    /// Absent and null are different: a member of a schema with `x-roster-patch`.
    pub is_patch: bool,
    pub is_write_only: bool,
    /// The security scheme whose credential the member is.
    pub credential: Option<String>,
    /// How many digits of the second an instant is written with.
    pub fraction_digits: Option<u64>,
    /// The type leads back to the object that the member is in.
    pub is_recursive: bool,
    pub ty: Type,
    pub takes: Takes,
    pub limits: Limits,
    pub node: Node<'a>,
}

/// What is read as a value beside what its type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Type,
    /// A whole number for a text.
    Number,
    /// A list of links for a list of numbers.
    LinkedItems,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    Secret,
    Instant,
    Uuid,
    Guid,
    Int32,
    Int64,
    Number,
    Boolean,
    /// Any JSON.
    Any,
    /// An object, a list or a map of its own.
    Named(String),
    /// An enumeration of texts.
    Choice(String),
    List(Box<Items>),
}

/// The items of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items {
    pub ty: Type,
    pub limits: Limits,
}

/// The keywords that limit a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub pattern: Option<String>,
    /// What a refusal says instead of the pattern.
    pub says: Option<String>,
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub unique_items: bool,
}

/// A security scheme that the generator knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name in the document.
    pub name: String,
    pub kind: SchemeKind,
    /// The value of `WWW-Authenticate`, where the scheme has one of its own.
    pub challenge: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    Bearer,
    Basic,
    /// A credential in a header of this name.
    Header(String),
    /// A credential in a query parameter of this name.
    Query(String),
}

#[derive(Debug)]
pub struct Operation<'a> {
    pub id: String,
    /// Lower case.
    pub method: String,
    pub path: String,
    /// Other spellings of the path.
    pub aliases: Vec<String>,
    pub params: Vec<Param<'a>>,
    pub body: Option<Body>,
    pub responses: Vec<Response<'a>>,
    /// Alternatives, each with the names of the schemes that it needs together; empty: open to everyone, unless
    /// the body carries a credential.
    pub security: Vec<Vec<String>>,
    /// A body may stand for parameters and credentials that the query lacks.
    pub takes_parameters_in_body: bool,
    /// `Accept` is looked at: the operation documents 406.
    pub negotiates: bool,
    pub node: Node<'a>,
}

/// A request body.
#[derive(Debug)]
pub struct Body {
    pub ty: Type,
    pub is_required: bool,
    /// The first is the default.
    pub media_types: Vec<String>,
    pub media: Media,
    /// In JSON the object may stand in another one, as its only member.
    pub may_be_wrapped: bool,
    /// Security schemes and the members that hold their credentials.
    pub credential: Vec<(String, String)>,
    /// Bytes, when the operation says so.
    pub limit: Option<u64>,
    /// The schema has objects that take unknown members.
    pub is_open: bool,
}

/// What a request body is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// The formats of the dialect.
    Own,
    /// JSON under another name, and the names that count as it.
    Json(Vec<String>),
    /// Pairs of names and texts.
    Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
}

#[derive(Debug)]
pub struct Param<'a> {
    pub wire: String,
    pub field: String,
    pub place: Place,
    pub is_required: bool,
    pub kind: ParamKind,
    pub limits: Limits,
    pub default: Option<serde_json::Value>,
    /// For a path value: how many segments stand behind it.
    pub from_end: usize,
    /// The parameter object, references followed.
    pub node: Node<'a>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamKind {
    One(Type),
    /// A list in the query; `explode` decides its spelling.
    Many {
        items: Items,
        explode: bool,
    },
    /// A selection of the members of this schema.
    Selection(String),
    /// The format of the answer: an enumeration.
    Format(String),
}

#[derive(Clone, Debug)]
pub struct Response<'a> {
    pub status: u16,
    /// The name of the variant: the reason phrase in camel case.
    pub variant: String,
    /// The name under `components/responses`, if it is there.
    pub shared: Option<String>,
    /// The schema of the body and its media types.
    pub body: Option<(Type, Vec<String>)>,
    pub headers: Vec<Header<'a>>,
    /// The response object, references followed.
    pub node: Node<'a>,
}

#[derive(Clone, Debug)]
pub struct Header<'a> {
    pub wire: String,
    pub field: String,
    pub is_required: bool,
    /// Written by middleware or by generated code, so no field of the answer.
    pub is_set_by_server: bool,
    pub ty: Type,
    /// The header object, references followed.
    pub node: Node<'a>,
}

impl Api<'_> {
    pub fn schema(&self, name: &str) -> Option<&Schema<'_>> {
        self.schemas.iter().find(|schema| schema.name == name)
    }

    pub fn scheme(&self, name: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}

impl Operation<'_> {
    /// The parameters that the handler gets.
    pub fn handed(&self) -> impl Iterator<Item = &Param<'_>> {
        self.params
            .iter()
            .filter(|param| !matches!(param.kind, ParamKind::Format(_)))
    }

    /// Whether somebody has to be known before the handler is called.
    pub fn has_caller(&self) -> bool {
        !self.security.is_empty() || self.body.as_ref().is_some_and(|body| !body.credential.is_empty())
    }

    /// The parameter that selects members of the answer.
    pub fn selection(&self) -> Option<&Param<'_>> {
        self.params
            .iter()
            .find(|param| matches!(param.kind, ParamKind::Selection(_)))
    }
}
