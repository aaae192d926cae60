//! The keywords that documents may use, and those that the specification has beyond them.

use Holds::{Any, Flag, List, Map, One, Set, Text, Texts, Values};

/// The objects of OpenAPI, as far as documents may have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Root,
    Info,
    Contact,
    License,
    Server,
    Tag,
    ExternalDocs,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Media,
    Response,
    Header,
    Link,
    Example,
    Schema,
    Xml,
    Security,
    SecurityScheme,
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    One(Kind),
    Map(Kind),
    List(Kind),
    Text,
    Texts,
    /// Texts, each of them once.
    Set,
    /// A list of data.
    Values,
    Flag,
    Count,
    Number,
    /// `true`, `false` or a schema.
    FlagOrSchema,
    /// A type's name or a list of them.
    Types,
    /// Data that is not part of the description.
    Any,
    /// The specification has it in this place, but the generator does not know it there.
    Unsupported,
}

/// Keywords that the specification has and documents do not use: the generator does not know them.
pub const UNSUPPORTED: [&str; 52] = [
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "$vocabulary",
    "allOf",
    "allowEmptyValue",
    "allowReserved",
    "anyOf",
    "callbacks",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "discriminator",
    "else",
    "encoding",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalValue",
    "if",
    "jsonSchemaDialect",
    "maxContains",
    "minContains",
    "minProperties",
    "multipleOf",
    "not",
    "nullable",
    "pathItems",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "trace",
    "unevaluatedItems",
    "unevaluatedProperties",
    "variables",
    "webhooks",
    "flows",
    "openIdConnectUrl",
    "operationRef",
    "server",
    "termsOfService",
    "requestBodies",
    "itemSchema",
    "query",
];

type Table = &'static [(&'static str, Holds)];

/// What each object may have, beside extensions.
const MEMBERS: &[(Kind, Table)] = &[
    (Kind::Root, ROOT),
    (
        Kind::Info,
        &[
            ("title", Text),
            ("summary", Holds::Unsupported),
            ("description", Text),
            // The version is told by a rule of its own.
            ("version", Any),
            ("contact", One(Kind::Contact)),
            ("license", One(Kind::License)),
        ],
    ),
    (Kind::Contact, &[("name", Text), ("url", Text), ("email", Text)]),
    (
        Kind::License,
        &[("name", Text), ("identifier", Text), ("url", Text)],
    ),
    (Kind::Server, &[("url", Text), ("description", Text)]),
    (
        Kind::Tag,
        &[
            ("name", Text),
            ("description", Text),
            ("externalDocs", One(Kind::ExternalDocs)),
        ],
    ),
    (Kind::ExternalDocs, &[("url", Text), ("description", Text)]),
    (
        Kind::Components,
        &[
            ("schemas", Map(Kind::Schema)),
            ("parameters", Map(Kind::Parameter)),
            ("headers", Map(Kind::Header)),
            ("responses", Map(Kind::Response)),
            ("examples", Map(Kind::Example)),
            ("links", Map(Kind::Link)),
            ("securitySchemes", Map(Kind::SecurityScheme)),
        ],
    ),
    (Kind::PathItem, PATH_ITEM),
    (Kind::Operation, OPERATION),
    (
        Kind::Parameter,
        &[
            ("name", Text),
            ("in", Text),
            ("description", Text),
            ("required", Flag),
            ("deprecated", Flag),
            ("style", Text),
            ("explode", Flag),
            ("schema", One(Kind::Schema)),
            ("example", Any),
        ],
    ),
    (
        Kind::RequestBody,
        &[
            ("description", Text),
            ("required", Flag),
            ("content", Map(Kind::Media)),
        ],
    ),
    (
        Kind::Media,
        &[("schema", One(Kind::Schema)), ("examples", Map(Kind::Example))],
    ),
    (
        Kind::Response,
        &[
            ("description", Text),
            ("headers", Map(Kind::Header)),
            ("content", Map(Kind::Media)),
            ("links", Map(Kind::Link)),
        ],
    ),
    (
        Kind::Link,
        &[("operationId", Text), ("description", Text), ("parameters", Any)],
    ),
    (
        Kind::Header,
        &[
            ("description", Text),
            ("required", Flag),
            ("deprecated", Flag),
            ("explode", Flag),
            ("schema", One(Kind::Schema)),
            ("example", Any),
        ],
    ),
    (
        Kind::Example,
        &[("summary", Text), ("description", Text), ("value", Any)],
    ),
    (Kind::Schema, SCHEMA),
    (
        Kind::Xml,
        &[
            ("name", Text),
            ("namespace", Text),
            ("prefix", Text),
            ("attribute", Flag),
            ("wrapped", Flag),
        ],
    ),
    (
        Kind::SecurityScheme,
        &[
            ("type", Text),
            ("description", Text),
            ("name", Text),
            ("in", Text),
            ("scheme", Text),
            ("bearerFormat", Text),
        ],
    ),
];

const ROOT: Table = &[
    // Told by a rule of its own.
    ("openapi", Any),
    ("info", One(Kind::Info)),
    ("servers", List(Kind::Server)),
    ("security", List(Kind::Security)),
    ("tags", List(Kind::Tag)),
    ("externalDocs", One(Kind::ExternalDocs)),
    ("paths", Map(Kind::PathItem)),
    ("components", One(Kind::Components)),
];

const PATH_ITEM: Table = &[
    ("summary", Holds::Unsupported),
    ("description", Holds::Unsupported),
    ("servers", Holds::Unsupported),
    ("parameters", List(Kind::Parameter)),
    ("get", One(Kind::Operation)),
    ("put", One(Kind::Operation)),
    ("post", One(Kind::Operation)),
    ("delete", One(Kind::Operation)),
    ("options", One(Kind::Operation)),
    ("head", One(Kind::Operation)),
    ("patch", One(Kind::Operation)),
];

const OPERATION: Table = &[
    ("operationId", Text),
    ("tags", Set),
    ("summary", Text),
    ("description", Text),
    ("externalDocs", One(Kind::ExternalDocs)),
    ("deprecated", Flag),
    ("servers", Holds::Unsupported),
    ("security", List(Kind::Security)),
    ("parameters", List(Kind::Parameter)),
    ("requestBody", One(Kind::RequestBody)),
    ("responses", Map(Kind::Response)),
];

const SCHEMA: Table = &[
    ("$ref", Text),
    ("type", Holds::Types),
    ("title", Text),
    ("description", Text),
    ("format", Text),
    ("pattern", Text),
    ("enum", Set),
    ("required", Set),
    ("minLength", Holds::Count),
    ("maxLength", Holds::Count),
    ("minItems", Holds::Count),
    ("maxItems", Holds::Count),
    ("maxProperties", Holds::Count),
    ("minimum", Holds::Number),
    ("maximum", Holds::Number),
    ("uniqueItems", Flag),
    ("readOnly", Flag),
    ("writeOnly", Flag),
    ("deprecated", Flag),
    ("properties", Map(Kind::Schema)),
    ("items", One(Kind::Schema)),
    ("xml", One(Kind::Xml)),
    ("oneOf", List(Kind::Schema)),
    ("additionalProperties", Holds::FlagOrSchema),
    ("default", Any),
    ("examples", Values),
    ("example", Any),
];

impl Holds {
    /// Whether nothing may be in it twice.
    pub fn is_set(self) -> bool {
        matches!(self, Set)
    }
}

/// What a member of an object holds; none where the object has no such member.
pub fn member(kind: Kind, name: &str) -> Option<Holds> {
    // Names of schemes, which are checked where they are used, each with its scopes.
    if kind == Kind::Security {
        return Some(Texts);
    }
    let (_, table) = MEMBERS.iter().find(|(of, _)| *of == kind)?;
    table
        .iter()
        .find(|(have, _)| *have == name)
        .map(|(_, holds)| *holds)
}

/// Every keyword that documents may use, as object and name.
pub fn all() -> impl Iterator<Item = (Kind, &'static str)> {
    MEMBERS
        .iter()
        .flat_map(|(kind, table)| table.iter().map(|(name, _)| (*kind, *name)))
}

/// The members that an object must have.
pub fn required(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Info => &["title", "version"],
        Kind::Server => &["url"],
        Kind::Tag | Kind::License => &["name"],
        Kind::Operation => &["responses"],
        Kind::Parameter => &["name", "in"],
        Kind::Response => &["description"],
        Kind::SecurityScheme => &["type"],
        Kind::RequestBody => &["content"],
        Kind::Link => &["operationId"],
        Kind::Example => &["value"],
        _ => &[],
    }
}
