//! What the suite reads in a document: operations with all that a request for them needs.

pub mod lists;

use super::links::{self, Link};
use super::session::Answer;
use lists::List;
use serde_json::Value;
use std::collections::BTreeMap;
use testkit::document::Document;

const VERBS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
/// The longest body where an operation says nothing else.
const MAX_BODY: usize = 1 << 20;

/// One document.
pub struct Spec {
    pub name: &'static str,
    pub document: &'static Document,
    pub operations: Vec<Operation>,
    /// Where the paths are mounted; empty for the root.
    pub mounts: Vec<String>,
    pub links: Vec<Link>,
    /// By the operation that answers it.
    lists: BTreeMap<String, List>,
}

/// One operation of a document.
pub struct Operation {
    pub id: String,
    /// In upper case.
    pub method: String,
    pub path: String,
    pub params: Vec<Param>,
    pub body: Option<Body>,
    /// By status, without references at the top.
    pub answers: BTreeMap<u16, Value>,
    /// One of these sets of schemes opens it; empty when nothing is needed.
    pub security: Vec<Vec<String>>,
    /// In bytes.
    pub max_body: usize,
    /// Parameters may stand in a body, although the operation has none.
    pub takes_any_body: bool,
    /// What a change makes of a member that it leaves out: `keeps` or `default`.
    pub absent: Option<String>,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
}

/// One parameter.
pub struct Param {
    pub name: String,
    pub place: Place,
    pub is_required: bool,
    pub schema: Value,
    pub example: Value,
    /// What its schema does not say, see `x-roster-needs`.
    pub needs: Option<String>,
    /// All that the document says of it.
    pub whole: Value,
    /// Whether a value is one.
    pub fits: Fits,
}

/// A judge of values.
pub type Fits = Box<dyn Fn(&Value) -> bool + Send + Sync>;

/// A body.
pub struct Body {
    pub media_types: Vec<String>,
    /// As it stands in the document: mostly a reference.
    pub schema: Value,
    /// The longest first.
    pub examples: Vec<Value>,
    /// Whether a value is one, its credentials apart.
    pub fits: Fits,
    /// The members that are credentials, and their schemes.
    pub credentials: Vec<(String, String)>,
}

impl Spec {
    pub fn read(name: &'static str, document: &'static Document) -> Self {
        let whole = document.whole();
        let mut operations = Vec::new();
        for (path, item) in whole["paths"].as_object().unwrap() {
            for verb in VERBS {
                if let Some(operation) = item.get(verb) {
                    operations.push(Operation::read(document, path, item, verb, operation));
                }
            }
        }
        let servers = whole["servers"].as_array().unwrap();
        let mounts = servers.iter().map(|server| server["url"].as_str().unwrap());
        Self {
            name,
            document,
            links: links::read(document, &operations),
            lists: lists::read(document, &operations),
            operations,
            mounts: mounts.map(|url| url.trim_end_matches('/').to_owned()).collect(),
        }
    }

    /// A schema without references at its top; of something or null the something.
    pub fn named<'a>(&'a self, schema: &'a Value) -> &'a Value {
        named(self.document, schema)
    }

    /// The schema of what stands at a JSON pointer in values of a schema.
    pub fn at<'a>(&'a self, schema: &'a Value, pointer: &str) -> &'a Value {
        let names = pointer.split('/').skip(1);
        names.fold(schema, |schema, name| &self.named(schema)["properties"][name])
    }

    /// The list that an operation answers, if it does.
    pub fn list(&self, operation: &Operation) -> Option<&List> {
        self.lists.get(&operation.id)
    }

    /// The operation of this name.
    pub fn operation(&self, id: &str) -> &Operation {
        let found = self.operations.iter().find(|operation| operation.id == id);
        found.unwrap()
    }

    /// Whether the document tolerates something everywhere.
    pub fn tolerates(&self, word: &str) -> bool {
        let words = self.document.whole()["x-roster-tolerates"].as_array();
        words.is_some_and(|words| words.iter().any(|have| have == word))
    }

    /// The operations by their paths.
    pub fn paths(&self) -> BTreeMap<&str, Vec<&Operation>> {
        let mut paths: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
        for operation in &self.operations {
            paths.entry(&operation.path).or_default().push(operation);
        }
        paths
    }

    /// A security scheme, as the document describes it.
    pub fn scheme(&self, name: &str) -> &Value {
        &self.document.whole()["components"]["securitySchemes"][name]
    }
}

impl Operation {
    fn read(
        document: &'static Document,
        path: &str,
        item: &Value,
        verb: &str,
        operation: &'static Value,
    ) -> Self {
        let params = [item, operation].map(|holder| holder["parameters"].as_array());
        let params = params.into_iter().flatten().flatten();
        let body = operation.get("requestBody");
        let body = body.map(|body| Body::read(document, document.resolved(body)));
        let own = operation.get("security").unwrap_or(&document.whole()["security"]);
        let mut security: Vec<Vec<String>> = own.as_array().map_or_else(Vec::new, |all| {
            let names = |set: &Value| set.as_object().unwrap().keys().cloned().collect();
            all.iter().map(names).collect()
        });
        if let Some(body) = body.as_ref().filter(|body| !body.credentials.is_empty()) {
            let schemes = body.credentials.iter().map(|(_, scheme)| scheme.clone());
            security.push(schemes.collect());
        }
        let answers = operation["responses"].as_object().unwrap();
        let answers = answers
            .iter()
            .map(|(status, answer)| (status.parse().unwrap(), document.resolved(answer).clone()));
        let max_body = operation["x-roster-max-body"].as_u64();
        let tolerates = operation["x-roster-tolerates"].as_array();
        let takes_any_body =
            tolerates.is_some_and(|words| words.iter().any(|word| word == "parameters-in-body"));
        Self {
            id: operation["operationId"].as_str().unwrap().to_owned(),
            method: verb.to_ascii_uppercase(),
            path: path.to_owned(),
            params: params.map(|param| Param::read(document, param)).collect(),
            body,
            answers: answers.collect(),
            security,
            max_body: max_body.map_or(MAX_BODY, |bytes| usize::try_from(bytes).unwrap()),
            takes_any_body,
            absent: operation["x-roster-absent"].as_str().map(str::to_owned),
        }
    }

    /// True if it only reads, as far as its verb says.
    pub fn is_safe(&self) -> bool {
        self.method == "GET"
    }

    /// The schema of the body of a good answer; null where there is none.
    pub fn good(&self) -> &Value {
        let mut answers = self.answers.iter().filter(|(status, _)| **status / 100 == 2);
        answers.next().map_or(&Value::Null, |(_, answer)| content(answer))
    }

    /// The schema of an answer's body; null where there is none.
    pub fn schema(&self, answer: &Answer) -> &Value {
        self.answers.get(&answer.status()).map_or(&Value::Null, content)
    }

    pub fn documents(&self, status: u16) -> bool {
        self.answers.contains_key(&status)
    }

    pub fn in_place(&self, place: Place) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(move |param| param.place == place)
    }
}

impl Param {
    fn read(document: &Document, param: &Value) -> Self {
        let param = document.resolved(param);
        Self {
            name: param["name"].as_str().unwrap().to_owned(),
            place: match param["in"].as_str() {
                Some("path") => Place::Path,
                Some("query") => Place::Query,
                _ => Place::Header,
            },
            is_required: param["required"] == true,
            schema: param["schema"].clone(),
            example: param
                .get("example")
                .unwrap_or(&document.resolved(&param["schema"])["examples"][0])
                .clone(),
            needs: param["x-roster-needs"].as_str().map(str::to_owned),
            whole: param.clone(),
            fits: Box::new(document.fits(&param["schema"])),
        }
    }
}

impl Param {
    /// The value that a text in a path, a query or a header means; `None` when it is none.
    pub fn value(&self, document: &Document, text: &str) -> Option<Value> {
        let value = match document.resolved(&self.schema)["type"].as_str() {
            Some("integer" | "number" | "boolean") => serde_json::from_str(text).ok()?,
            Some("array") => text.split(',').map(Value::from).collect(),
            _ => Value::from(text),
        };
        Some(value).filter(|value| (self.fits)(value))
    }
}

impl Body {
    fn read(document: &Document, body: &Value) -> Self {
        let content = body["content"].as_object().unwrap();
        let (_, first) = content.iter().next().unwrap();
        let examples = first["examples"].as_object().into_iter().flatten();
        let examples = examples.map(|(_, example)| document.resolved(example)["value"].clone());
        let mut examples: Vec<Value> = examples.collect();
        examples.sort_by_key(|example| std::cmp::Reverse(example.to_string().len()));
        let members = document.resolved(&first["schema"])["properties"].as_object();
        let credentials: Vec<(String, String)> = members
            .into_iter()
            .flatten()
            .filter_map(|(name, member)| {
                let scheme = member["x-roster-credential"].as_str()?;
                Some((name.clone(), scheme.to_owned()))
            })
            .collect();
        Self {
            media_types: content.keys().cloned().collect(),
            schema: first["schema"].clone(),
            examples,
            fits: fits(document, &first["schema"], &credentials),
            credentials,
        }
    }
}

/// The schema of the body of a documented answer; null where there is none.
fn content(answer: &Value) -> &Value {
    let media = answer["content"]
        .as_object()
        .and_then(|content| content.values().next());
    media.map_or(&Value::Null, |media| &media["schema"])
}

/// A schema without references at its top; of something or null the something.
fn named<'a>(document: &'a Document, schema: &'a Value) -> &'a Value {
    let schema = document.resolved(schema);
    schema["oneOf"]
        .get(0)
        .map_or(schema, |first| document.resolved(first))
}

/// A judge of bodies that lack their credentials.
fn fits(document: &Document, schema: &Value, credentials: &[(String, String)]) -> Fits {
    if credentials.is_empty() {
        return Box::new(document.fits(schema));
    }
    let mut schema = document.resolved(schema).clone();
    if let Some(required) = schema["required"].as_array_mut() {
        required.retain(|name| !credentials.iter().any(|(member, _)| name == member));
    }
    Box::new(document.fits(&schema))
}

/// A value as text, in a path, a query or a header. Lists are apart by commas.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
