//! The documents as judges: which operation a request meant, and whether an answer is one that is promised.

use crate::access::Access;
use crate::http::Reply;
use crate::xml;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const VERBS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Kibo's document.
pub static KIBO: LazyLock<Document> = LazyLock::new(|| {
    let rules = Rules {
        mounts: &["", "/api"],
        unknown_path: 404,
        folds: false,
        media_types: &["application/json"],
        correlation: "x-vol-correlation",
        access: crate::kibo::ACCESS,
    };
    Document::read(contract::kibo::DOCUMENT_JSON, rules)
});

/// Forms On Fire's document.
pub static FORMSONFIRE: LazyLock<Document> = LazyLock::new(|| {
    let rules = Rules {
        mounts: &[""],
        unknown_path: 405,
        folds: true,
        media_types: &["application/xml", "application/json"],
        correlation: "x-request-id",
        access: crate::formsonfire::ACCESS,
    };
    Document::read(contract::formsonfire::DOCUMENT_JSON, rules)
});

/// MyPreferences' document.
pub static MYPREFERENCES: LazyLock<Document> = LazyLock::new(|| {
    let rules = Rules {
        mounts: &[""],
        unknown_path: 404,
        folds: true,
        media_types: &["application/json"],
        correlation: "x-request-id",
        access: crate::mypreferences::ACCESS,
    };
    Document::read(contract::mypreferences::DOCUMENT_JSON, rules)
});

/// Propeller's document.
pub static PROPELLER: LazyLock<Document> = LazyLock::new(|| {
    let rules = Rules {
        mounts: &["", "/v2"],
        unknown_path: 404,
        folds: false,
        media_types: &["application/json"],
        correlation: "x-request-id",
        access: crate::propeller::ACCESS,
    };
    Document::read(contract::propeller::DOCUMENT_JSON, rules)
});

/// Taleo Learn's document.
pub static TALEOLEARN: LazyLock<Document> = LazyLock::new(|| {
    let rules = Rules {
        mounts: &["/learn.rest/v1"],
        unknown_path: 404,
        folds: true,
        media_types: &["application/json"],
        correlation: "x-request-id",
        access: crate::taleolearn::ACCESS,
    };
    Document::read(contract::taleolearn::DOCUMENT_JSON, rules)
});

/// What of an answer is not as promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    Status,
    Header,
    MediaType,
    Body,
}

/// Each breach, in words.
type Wrong = Vec<(Breach, String)>;

/// The schema of every error's body.
const ERROR: &str = "#/components/schemas/ErrorResponse";

/// What a document says in words only.
struct Rules {
    /// Where its paths are mounted.
    mounts: &'static [&'static str],
    /// The status where there is no operation.
    unknown_path: u16,
    /// Paths may have any letter case.
    folds: bool,
    /// In which errors are answered.
    media_types: &'static [&'static str],
    /// The header with the request's id.
    correlation: &'static str,
    access: Access,
}

/// One dialect's document.
pub struct Document {
    /// All of it.
    whole: Value,
    operations: Vec<Operation>,
    rules: Rules,
    /// One for each schema, by reference, as an answer has to keep it.
    schemas: BTreeMap<String, Validator>,
    /// Whether a header is required, and how to judge its value; by reference.
    headers: BTreeMap<String, (bool, Validator)>,
}

/// One operation of a document.
pub struct Operation {
    pub id: String,
    /// In upper case.
    pub method: String,
    pub path: String,
    /// Other spellings of the path.
    aliases: Vec<String>,
    pub secured: bool,
    /// By status, without references.
    responses: BTreeMap<u16, Value>,
}

impl Operation {
    fn read(document: &Value, path: &str, verb: &str, operation: &Value) -> Self {
        let responses = operation["responses"].as_object().unwrap();
        let security = operation.get("security").unwrap_or(&document["security"]);
        Self {
            id: operation["operationId"].as_str().unwrap().to_owned(),
            method: verb.to_ascii_uppercase(),
            path: path.to_owned(),
            aliases: aliases(&document["paths"][path]),
            secured: security.as_array().is_some_and(|schemes| !schemes.is_empty()),
            responses: responses
                .iter()
                .map(|(status, response)| (status.parse().unwrap(), resolve(document, response).clone()))
                .collect(),
        }
    }

    /// The statuses that the document has for it.
    pub fn statuses(&self) -> impl Iterator<Item = u16> {
        self.responses.keys().copied()
    }

    /// The name of the root element of its good answers.
    fn root<'a>(&'a self, document: &'a Value) -> Option<&'a str> {
        let schema = &self.responses.get(&200)?["content"]["application/xml"]["schema"];
        resolve(document, schema)["xml"]["name"].as_str()
    }

    fn has_path(&self, path: &str, folds: bool) -> bool {
        let mut spellings = std::iter::once(&self.path).chain(&self.aliases);
        spellings.any(|spelling| Self::fits(spelling, path, folds))
    }

    fn fits(template: &str, path: &str, folds: bool) -> bool {
        let mut segments = path.split('/');
        let same = template.split('/').all(|part| match segments.next() {
            Some(segment) if part.starts_with('{') => !segment.is_empty(),
            Some(segment) => segment == part || folds && segment.eq_ignore_ascii_case(part),
            None => false,
        });
        same && segments.next().is_none()
    }
}

/// The other spellings of a path that are said beside it.
fn aliases(item: &Value) -> Vec<String> {
    let words = item["x-roster-tolerates"].as_array();
    let words = words.into_iter().flatten().filter_map(Value::as_str);
    words
        .filter_map(|word| word.strip_prefix("alias:"))
        .map(str::to_owned)
        .collect()
}

pub(crate) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => resolve(
            document,
            document.pointer(reference.trim_start_matches('#')).unwrap(),
        ),
        None => value,
    }
}

impl Document {
    fn read(text: &str, rules: Rules) -> Self {
        let document: Value = serde_json::from_str(text).expect("the document is JSON");
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for verb in VERBS {
                if let Some(operation) = item.get(verb) {
                    operations.push(Operation::read(&document, path, verb, operation));
                }
            }
        }
        let components = &document["components"];
        Self {
            operations,
            rules,
            schemas: schemas(components),
            headers: headers(components),
            whole: document,
        }
    }

    /// All of it, with its references.
    pub fn whole(&self) -> &Value {
        &self.whole
    }

    /// A part of it, without a reference at its top.
    pub fn resolved<'a>(&'a self, part: &'a Value) -> &'a Value {
        resolve(&self.whole, part)
    }

    /// Tells whether a value fits a schema of the document, as a request may send it.
    pub fn fits(&self, schema: &Value) -> impl Fn(&Value) -> bool + Send + Sync + use<> {
        let mut whole = schema.clone();
        whole["components"] = json!({"schemas": self.whole["components"]["schemas"]});
        let validator = build(&whole);
        move |value| validator.is_valid(value)
    }

    /// How its clients show who they are.
    pub fn access(&self) -> &Access {
        &self.rules.access
    }

    /// Every operation.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operations at a path as it was sent, below any mount, with or without a slash at its end.
    fn at_path(&self, target: &str) -> Vec<&Operation> {
        let path = target.split('?').next().unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let below = self
            .rules
            .mounts
            .iter()
            .filter_map(|mount| self.below(mount, path));
        let mut here: Vec<&Operation> = below
            .flat_map(|path| {
                self.operations
                    .iter()
                    .filter(move |o| o.has_path(path, self.rules.folds))
            })
            .collect();
        // A path without templates wins over those that it would fit into.
        if here.iter().any(|operation| !operation.path.contains('{')) {
            here.retain(|operation| !operation.path.contains('{'));
        }
        here
    }

    /// True if there is an operation at a path as it was sent.
    pub fn has_path(&self, target: &str) -> bool {
        !self.at_path(target).is_empty()
    }

    fn below<'p>(&self, mount: &str, path: &'p str) -> Option<&'p str> {
        let (head, rest) = path.split_at_checked(mount.len())?;
        let same = head == mount || self.rules.folds && head.eq_ignore_ascii_case(mount);
        same.then_some(rest)
    }

    /// Compares an answer with what the document says of the operation at `target`, and names that operation.
    ///
    /// An unknown path must be answered with 404 or what the dialect has for it, a verb that a known path does not
    /// have with 405.
    pub fn check(&self, method: &str, target: &str, reply: &Reply) -> Result<Option<&str>, String> {
        let (operation, wrong) = self.judge(method, target, reply);
        if wrong.is_empty() {
            return Ok(operation);
        }
        let told: Vec<String> = wrong.into_iter().map(|(_, told)| told).collect();
        Err(told.join("\n"))
    }

    /// As [`Document::check`], with each breach by itself.
    pub fn judge(&self, method: &str, target: &str, reply: &Reply) -> (Option<&str>, Wrong) {
        let here = self.at_path(target);
        let mut wrong = Vec::new();
        let operation = here.iter().find(|operation| operation.method == method);
        match operation {
            Some(operation) => match operation.responses.get(&reply.status) {
                Some(response) => self.answer(operation, response, reply, &mut wrong),
                None => wrong.push((
                    Breach::Status,
                    format!("{} does not document {}", operation.id, reply.status),
                )),
            },
            None => self.refusal(method, !here.is_empty(), reply, &mut wrong),
        }
        self.correlation(reply, &mut wrong);
        (operation.map(|operation| operation.id.as_str()), wrong)
    }

    fn refusal(&self, method: &str, is_path_known: bool, reply: &Reply, wrong: &mut Wrong) {
        let expected = if is_path_known {
            405
        } else {
            self.rules.unknown_path
        };
        if reply.status != expected {
            wrong.push((
                Breach::Status,
                format!("no operation is here, so {expected} is due"),
            ));
        }
        let allow = reply.header("allow");
        if is_path_known && allow.is_none_or(|allow| allow.is_empty()) {
            wrong.push((Breach::Header, "405 without `Allow`".to_owned()));
        }
        if method != "HEAD" {
            let media = json!({"schema": {"$ref": ERROR}});
            let error = self
                .rules
                .media_types
                .iter()
                .map(|name| ((*name).to_owned(), media.clone()));
            self.content(None, Some(&Value::Object(error.collect())), reply, wrong);
        }
    }

    fn answer(&self, operation: &Operation, response: &Value, reply: &Reply, wrong: &mut Wrong) {
        self.content(Some(operation), response.get("content"), reply, wrong);
        let headers = response["headers"].as_object();
        for (name, header) in headers.into_iter().flatten() {
            let (is_required, validator) = &self.headers[header["$ref"].as_str().expect("headers are named")];
            match reply.header(&name.to_ascii_lowercase()) {
                Some(value) => {
                    let value = Value::String(value);
                    wrong.extend(
                        validator
                            .iter_errors(&value)
                            .map(|error| (Breach::Header, format!("header {name}: {error}"))),
                    );
                }
                None if *is_required => wrong.push((Breach::Header, format!("header {name} is missing"))),
                None => {}
            }
        }
    }

    /// The body of an answer as JSON, whatever its media type is; null when it is neither XML nor JSON.
    pub fn body(&self, method: &str, target: &str, reply: &Reply) -> Value {
        let here = self.at_path(target);
        let operation = here.iter().find(|operation| operation.method == method);
        let response = operation.and_then(|operation| operation.responses.get(&reply.status));
        let schema = response.map_or(
            &Value::Null,
            |response| &response["content"]["application/xml"]["schema"],
        );
        let schema = if schema.is_null() {
            json!({"$ref": ERROR})
        } else {
            schema.clone()
        };
        self.decoded(operation.copied(), &schema, reply)
            .unwrap_or_default()
    }

    fn decoded(&self, operation: Option<&Operation>, schema: &Value, reply: &Reply) -> Result<Value, String> {
        let is_xml = reply
            .header("content-type")
            .is_some_and(|media_type| media_type.starts_with("application/xml"));
        if !is_xml {
            return serde_json::from_slice(&reply.body)
                .map_err(|error| format!("the body is no JSON: {error}"));
        }
        let own = resolve(&self.whole, schema)["xml"]["name"].as_str();
        let root = match operation.and_then(|operation| operation.root(&self.whole)) {
            Some(root) if schema["$ref"] == ERROR => Some(root),
            _ => own,
        };
        xml::decode(&reply.body, &self.whole, schema, root.unwrap_or_default())
    }

    fn content(
        &self,
        operation: Option<&Operation>,
        documented: Option<&Value>,
        reply: &Reply,
        wrong: &mut Wrong,
    ) {
        let Some(documented) = documented else {
            if !reply.body.is_empty() {
                wrong.push((Breach::Body, "a body where none is documented".to_owned()));
            }
            return;
        };
        let media_type = reply.header("content-type").unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let Some(schema) = documented.get(essence).map(|media| &media["schema"]) else {
            wrong.push((
                Breach::MediaType,
                format!("media type `{media_type}` is not documented"),
            ));
            return;
        };
        let body = match self.decoded(operation, schema, reply) {
            Ok(body) => body,
            Err(error) => {
                wrong.push((Breach::Body, error));
                return;
            }
        };
        let validator = &self.schemas[schema["$ref"].as_str().expect("bodies are named schemas")];
        let errors = validator.iter_errors(&body);
        wrong.extend(errors.map(|error| {
            let told = format!("body at `{}`: {error}", error.instance_path());
            (Breach::Body, told)
        }));
    }

    /// The request id is in the head of every answer, and an error body names the same one.
    fn correlation(&self, reply: &Reply, wrong: &mut Wrong) {
        let header = reply.header(self.rules.correlation);
        let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        if header.is_none() {
            let told = format!("header {} is missing", self.rules.correlation);
            wrong.push((Breach::Header, told));
        }
        if let Some(id) = body.get("correlationId").and_then(Value::as_str)
            && header.as_deref() != Some(id)
        {
            let told = "the body names another request id than the head".to_owned();
            wrong.push((Breach::Body, told));
        }
    }
}

fn schemas(components: &Value) -> BTreeMap<String, Validator> {
    let mut schemas = components["schemas"].clone();
    hide_write_only(&mut schemas);
    let validator = |name: &String| {
        let reference = format!("#/components/schemas/{name}");
        let schema = json!({"$ref": reference, "components": {"schemas": schemas}});
        (reference, build(&schema))
    };
    schemas.as_object().unwrap().keys().map(validator).collect()
}

fn headers(components: &Value) -> BTreeMap<String, (bool, Validator)> {
    let judge = |header: &Value| (header["required"] == true, build(&header["schema"]));
    let all = components["headers"].as_object().unwrap();
    all.iter()
        .map(|(name, header)| (format!("#/components/headers/{name}"), judge(header)))
        .collect()
}

fn build(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(schema)
        .unwrap_or_else(|error| panic!("the document has a schema that is none: {error}"))
}

/// An answer never holds a `writeOnly` member: for answers the closed objects do not have them.
fn hide_write_only(schemas: &mut Value) {
    for schema in schemas.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.retain(|_, property| property["writeOnly"] != true);
        }
    }
}

#[cfg(test)]
mod tests;
