//! Every member is one that the specification has in its place, with a value of the right kind, and every
//! reference leads somewhere.

use serde_json::Value;

use super::extensions::{self, Place};
use crate::document::{Document, Node};
use crate::finding::Finding;

/// The objects of OpenAPI, as far as documents may have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
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
    Example,
    Schema,
    Xml,
    Security,
    SecurityScheme,
}

/// What a member holds.
#[derive(Clone, Copy)]
enum Holds {
    One(Kind),
    Map(Kind),
    List(Kind),
    Text,
    Texts,
    Flag,
    Count,
    Number,
    /// `true`, `false` or a schema.
    FlagOrSchema,
    /// A type's name or a list of them.
    Types,
    /// Data that is not part of the description.
    Any,
}

/// Keywords that the specification has and documents do not use: the generator does not know them.
const UNSUPPORTED: [&str; 51] = [
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
    "links",
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
    "termsOfService",
    "requestBodies",
    "itemSchema",
    "query",
];

pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    let root = document.root();
    walk(&root, Kind::Root, &mut findings);
    for name in ["openapi", "info", "paths"] {
        if root.get(name).is_none() {
            findings.push(root.finding("missing-member", format!("`{name}` is missing")));
        }
    }
    if let Some(openapi) = root.get("openapi")
        && !openapi
            .value
            .as_str()
            .is_some_and(|version| version.starts_with("3.1."))
    {
        findings.push(openapi.finding("unsupported", "not supported: a version other than 3.1"));
    }
    findings
}

fn walk(node: &Node<'_>, kind: Kind, findings: &mut Vec<Finding>) {
    if !node.value.is_object() {
        findings.push(node.finding("wrong-type", "expected an object"));
        return;
    }
    if node.get("$ref").is_some() && may_be_reference(kind) {
        reference(node, kind, findings);
        if kind != Kind::Schema {
            return;
        }
    }
    for name in required(kind) {
        if node.get(name).is_none() {
            findings.push(node.finding("missing-member", format!("`{name}` is missing")));
        }
    }
    for (name, child) in node.members() {
        if name.starts_with("x-") {
            if name.starts_with("x-roster-") {
                extensions::check(&child, name, place(kind), findings);
            }
            continue;
        }
        match member(kind, name) {
            Some(holds) => value(&child, holds, findings),
            None if UNSUPPORTED.contains(&name) => {
                findings.push(child.finding("unsupported", format!("not supported: `{name}`")));
            }
            None => findings.push(child.finding("unknown-keyword", format!("`{name}` is no keyword here"))),
        }
    }
}

fn place(kind: Kind) -> Place {
    match kind {
        Kind::Root => Place::Root,
        Kind::PathItem => Place::PathItem,
        Kind::SecurityScheme => Place::SecurityScheme,
        Kind::Operation => Place::Operation,
        Kind::RequestBody => Place::RequestBody,
        Kind::Parameter => Place::Parameter,
        Kind::Header => Place::Header,
        Kind::Schema => Place::Schema,
        _ => Place::Other,
    }
}

fn value(node: &Node<'_>, holds: Holds, findings: &mut Vec<Finding>) {
    let is_texts = |value: &Value| {
        value
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_string))
    };
    let expected = match holds {
        Holds::One(kind) => return walk(node, kind, findings),
        Holds::Map(kind) if node.value.is_object() => {
            return node
                .members()
                .iter()
                .for_each(|(_, child)| walk(child, kind, findings));
        }
        Holds::List(kind) if node.value.is_array() => {
            return node.items().iter().for_each(|child| walk(child, kind, findings));
        }
        Holds::FlagOrSchema if node.value.is_object() => return walk(node, Kind::Schema, findings),
        Holds::Map(_) => "an object",
        Holds::List(_) => "a list",
        Holds::Text if !node.value.is_string() => "a text",
        Holds::Texts if !is_texts(node.value) => "a list of texts",
        Holds::Flag if !node.value.is_boolean() => "`true` or `false`",
        Holds::FlagOrSchema if !node.value.is_boolean() => "`true`, `false` or a schema",
        Holds::Count if !node.value.is_u64() => "a whole number from 0",
        Holds::Number if !node.value.is_number() => "a number",
        Holds::Types if !node.value.is_string() && !is_texts(node.value) => "a type or a list of types",
        _ => return,
    };
    findings.push(node.finding("wrong-type", format!("expected {expected}")));
}

fn may_be_reference(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Parameter | Kind::RequestBody | Kind::Response | Kind::Header | Kind::Example | Kind::Schema
    )
}

fn reference(node: &Node<'_>, kind: Kind, findings: &mut Vec<Finding>) {
    let section = match kind {
        Kind::Parameter => "parameters",
        Kind::RequestBody => "requestBodies",
        Kind::Response => "responses",
        Kind::Header => "headers",
        Kind::Example => "examples",
        _ => "schemas",
    };
    let Some(text) = node.get("$ref") else { return };
    let Some(target) = text.value.as_str() else {
        findings.push(text.finding("wrong-type", "expected a text"));
        return;
    };
    // Schemas may lead back to themselves; everything else may not.
    let outcome = if kind == Kind::Schema {
        text.target(target)
    } else {
        node.resolve()
    };
    if let Err(finding) = outcome {
        findings.push(finding);
    } else if !target.starts_with(&format!("#/components/{section}/")) {
        findings.push(text.finding(
            "dangling-ref",
            format!("`{target}` is not among `components/{section}`"),
        ));
    }
    if kind == Kind::Schema {
        return;
    }
    for (name, child) in node.members() {
        if !matches!(name, "$ref" | "summary" | "description") && !name.starts_with("x-") {
            findings.push(child.finding(
                "unknown-keyword",
                format!("`{name}` beside a reference says nothing"),
            ));
        }
    }
}

fn required(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Info => &["title", "version"],
        Kind::Server => &["url"],
        Kind::Tag | Kind::License => &["name"],
        Kind::Operation => &["responses"],
        Kind::Parameter => &["name", "in"],
        Kind::Response => &["description"],
        Kind::SecurityScheme => &["type"],
        Kind::RequestBody => &["content"],
        _ => &[],
    }
}

fn member(kind: Kind, name: &str) -> Option<Holds> {
    use Holds::{Any, Flag, List, Map, One, Text, Texts};
    Some(match (kind, name) {
        (Kind::Root, "info") => One(Kind::Info),
        (Kind::Root | Kind::PathItem | Kind::Operation, "servers") => List(Kind::Server),
        (Kind::Root | Kind::Operation, "security") => List(Kind::Security),
        (Kind::Root, "tags") => List(Kind::Tag),
        (Kind::Root, "paths") => Map(Kind::PathItem),
        (Kind::Root, "components") => One(Kind::Components),
        (Kind::Root | Kind::Tag | Kind::Operation, "externalDocs") => One(Kind::ExternalDocs),
        (Kind::Info, "contact") => One(Kind::Contact),
        (Kind::Info, "license") => One(Kind::License),
        (Kind::Info, "title" | "description" | "summary")
        | (Kind::Contact, "name" | "url" | "email")
        | (Kind::License, "name" | "identifier" | "url")
        | (Kind::Server | Kind::ExternalDocs, "url" | "description")
        | (Kind::Tag, "name" | "description")
        | (Kind::PathItem | Kind::Example, "summary" | "description")
        | (Kind::Operation, "operationId" | "summary" | "description")
        | (Kind::Parameter, "name" | "in" | "description" | "style")
        | (Kind::RequestBody | Kind::Response | Kind::Header, "description")
        | (Kind::Xml, "name" | "namespace" | "prefix")
        | (Kind::SecurityScheme, "type" | "description" | "name" | "in" | "scheme" | "bearerFormat") => Text,
        (Kind::Components, _) => return component(name),
        (Kind::PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch") => {
            One(Kind::Operation)
        }
        (Kind::PathItem | Kind::Operation, "parameters") => List(Kind::Parameter),
        (Kind::Operation, "tags") => Texts,
        (Kind::Operation, "requestBody") => One(Kind::RequestBody),
        (Kind::Operation, "responses") => Map(Kind::Response),
        (Kind::Operation, "deprecated")
        | (Kind::Xml, "attribute" | "wrapped")
        | (Kind::Parameter | Kind::Header, "deprecated" | "required" | "explode")
        | (Kind::RequestBody, "required") => Flag,
        (Kind::Parameter | Kind::Header | Kind::Media, "schema") => One(Kind::Schema),
        // The versions are told by rules of their own.
        (Kind::Root, "openapi")
        | (Kind::Info, "version")
        | (Kind::Parameter | Kind::Header, "example")
        | (Kind::Example, "value")
        | (Kind::Security, _) => Any,
        (Kind::RequestBody | Kind::Response, "content") => Map(Kind::Media),
        (Kind::Response, "headers") => Map(Kind::Header),
        (Kind::Media, "examples") => Map(Kind::Example),
        (Kind::Schema, _) => return schema(name),
        _ => return None,
    })
}

fn component(name: &str) -> Option<Holds> {
    let kind = match name {
        "schemas" => Kind::Schema,
        "parameters" => Kind::Parameter,
        "headers" => Kind::Header,
        "responses" => Kind::Response,
        "examples" => Kind::Example,
        "securitySchemes" => Kind::SecurityScheme,
        _ => return None,
    };
    Some(Holds::Map(kind))
}

fn schema(name: &str) -> Option<Holds> {
    Some(match name {
        "type" => Holds::Types,
        "format" | "title" | "description" | "pattern" | "$ref" => Holds::Text,
        "enum" | "required" => Holds::Texts,
        "minLength" | "maxLength" | "minItems" | "maxItems" | "maxProperties" => Holds::Count,
        "minimum" | "maximum" => Holds::Number,
        "uniqueItems" | "readOnly" | "writeOnly" | "deprecated" => Holds::Flag,
        "properties" => Holds::Map(Kind::Schema),
        "items" => Holds::One(Kind::Schema),
        "xml" => Holds::One(Kind::Xml),
        "oneOf" => Holds::List(Kind::Schema),
        "additionalProperties" => Holds::FlagOrSchema,
        "default" | "examples" | "example" => Holds::Any,
        _ => return None,
    })
}
