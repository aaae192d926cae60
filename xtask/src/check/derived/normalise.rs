//! Brings a document into the one form in which two spellings of the same API are equal.
//!
//! What is evened out here is not compared. Therefore the list is short, and all of it is in this folder:
//! references to anything but schemas are resolved, path-level parameters and inherited security and servers
//! are moved to the operations, defaults are filled in, sets lose their order, flags that are off and members
//! without a value disappear, and so do our own notes, `x-roster-…` and `x-sunset`. Everything else counts.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::node::{Node, Shape, below};
use crate::document::is_own_extension;

mod messages;
mod schema;

/// The verbs of a path item.
pub const VERBS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A normalised document and the references in it that lead nowhere.
pub struct Normalised {
    /// The document.
    pub root: Node,
    /// (pointer of the reference, reference) of those that lead nowhere.
    pub dangling: BTreeSet<(String, String)>,
}

/// Normalises a document.
pub fn normalise(document: &Value) -> Normalised {
    let walker = Walker {
        document,
        seen: RefCell::default(),
        dangling: RefCell::default(),
    };
    let root = walker.root();
    Normalised {
        root,
        dangling: walker.dangling.into_inner(),
    }
}

struct Walker<'a> {
    document: &'a Value,
    /// References that were resolved: the rest of the components is compared where it stands.
    seen: RefCell<BTreeSet<String>>,
    dangling: RefCell<BTreeSet<(String, String)>>,
}

/// The members of an operation that it inherits.
struct Inherited {
    parameters: BTreeMap<String, Node>,
    servers: Node,
}

impl Walker<'_> {
    fn root(&self) -> Node {
        let mut members = BTreeMap::new();
        let mut components = None;
        for (name, value, pointer) in fields(self.document, "") {
            let node = match name {
                // Said once more by every operation.
                "security" => continue,
                "components" => {
                    components = Some((value, pointer));
                    continue;
                }
                "paths" | "webhooks" => each_field(value, &pointer, |item, at| self.path_item(item, at)),
                "servers" | "tags" if plain(value, &pointer).is_empty() => continue,
                _ => plain(value, &pointer),
            };
            members.insert(name.to_owned(), node);
        }
        // After the rest, when it is known which components were resolved.
        if let Some((value, pointer)) = components {
            let node = self.components(value, &pointer);
            if !node.is_empty() {
                members.insert("components".to_owned(), node);
            }
        }
        Node::map(members, "")
    }

    fn components(&self, value: &Value, pointer: &str) -> Node {
        let mut members = BTreeMap::new();
        // Schemas refer to nothing but schemas, so they can go in any order.
        for (section, entries, at) in fields(value, pointer) {
            let node = match section {
                "schemas" => each(entries, &at, |schema, at| self.schema(schema, at)),
                "securitySchemes" => each(entries, &at, plain),
                _ => self.unreferenced(section, entries, &at),
            };
            if !node.is_empty() {
                members.insert(section.to_owned(), node);
            }
        }
        Node::map(members, pointer)
    }

    /// Components that nothing refers to; the others were compared where they are used.
    fn unreferenced(&self, section: &str, entries: &Value, pointer: &str) -> Node {
        let mut members = BTreeMap::new();
        for (name, value, at) in fields(entries, pointer) {
            if self.seen.borrow().contains(&format!("#{at}")) {
                continue;
            }
            let node = match section {
                "parameters" => self.parameter(value, &at),
                "headers" => self.header(value, &at),
                "responses" => self.response(value, &at),
                "requestBodies" => self.request_body(value, &at),
                "examples" => self.example(value, &at),
                "pathItems" => self.path_item(value, &at),
                _ => plain(value, &at),
            };
            members.insert(name.to_owned(), node);
        }
        Node::map(members, pointer)
    }

    fn path_item(&self, value: &Value, pointer: &str) -> Node {
        let servers = value.get("servers").map_or_else(
            || self.root_servers(),
            |servers| plain(servers, &below(pointer, "servers")),
        );
        let parameters = self.parameters(value, pointer);
        let inherited = Inherited { parameters, servers };
        let mut members = BTreeMap::new();
        for (name, value, at) in fields(value, pointer) {
            let node = match name {
                "parameters" | "servers" => continue,
                verb if VERBS.contains(&verb) => self.operation(value, &at, &inherited),
                _ => plain(value, &at),
            };
            members.insert(name.to_owned(), node);
        }
        Node::map(members, pointer)
    }

    fn root_servers(&self) -> Node {
        match self
            .document
            .get("servers")
            .filter(|list| list.as_array().is_some_and(|l| !l.is_empty()))
        {
            Some(servers) => plain(servers, "/servers"),
            None => plain(&json!([{ "url": "/" }]), ""),
        }
    }

    fn operation(&self, value: &Value, pointer: &str, inherited: &Inherited) -> Node {
        let mut members = BTreeMap::new();
        for (name, value, at) in fields(value, pointer) {
            let node = match name {
                "parameters" | "security" => continue,
                "deprecated" if value == false => continue,
                "tags" if plain(value, &at).is_empty() => continue,
                "requestBody" => self.request_body(value, &at),
                "responses" => each_field(value, &at, |response, at| self.response(response, at)),
                _ => plain(value, &at),
            };
            members.insert(name.to_owned(), node);
        }
        let mut parameters = inherited.parameters.clone();
        parameters.extend(self.parameters(value, pointer));
        if !parameters.is_empty() {
            let at = if value.get("parameters").is_some() {
                below(pointer, "parameters")
            } else {
                pointer.to_owned()
            };
            members.insert("parameters".to_owned(), Node::map(parameters, &at));
        }
        members
            .entry("servers".to_owned())
            .or_insert_with(|| inherited.servers.clone());
        members.insert("security".to_owned(), self.security(value, pointer));
        Node::map(members, pointer)
    }

    /// The alternatives an operation offers, its own or the document's; their order means nothing.
    fn security(&self, operation: &Value, pointer: &str) -> Node {
        let (value, at) = match (operation.get("security"), self.document.get("security")) {
            (Some(own), _) => (own, below(pointer, "security")),
            (None, Some(common)) => (common, "/security".to_owned()),
            (None, None) => return Node::list(Vec::new(), pointer),
        };
        let mut alternatives: Vec<Node> = Vec::new();
        for (index, alternative) in value.as_array().into_iter().flatten().enumerate() {
            let at = below(&at, &index.to_string());
            alternatives.push(each(alternative, &at, |scopes, at| {
                Node::set(scopes.as_array().map_or(&[], Vec::as_slice), at)
            }));
        }
        alternatives.sort_by_key(|node| node.value().to_string());
        Node::list(alternatives, &at)
    }
}

/// The members of an object that count: none of our own notes, and null only where it is a value of the API.
fn fields<'v>(value: &'v Value, pointer: &str) -> impl Iterator<Item = (&'v str, &'v Value, String)> {
    let is_data = |name: &str| matches!(name, "default" | "const" | "example" | "value");
    let members = value.as_object().into_iter().flatten();
    members
        .filter(move |(name, value)| !value.is_null() || is_data(name))
        .filter(|(name, _)| !is_own_extension(name))
        .map(move |(name, value)| (name.as_str(), value, below(pointer, name)))
}

/// An object whose member names are data (paths, statuses, names), each value read by `read`.
fn each(value: &Value, pointer: &str, read: impl Fn(&Value, &str) -> Node) -> Node {
    let members = value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null());
    let nodes = members.map(|(name, value)| (name.clone(), read(value, &below(pointer, name))));
    Node::map(nodes.collect(), pointer)
}

/// An object whose member names are data, but which may carry extensions too.
fn each_field(value: &Value, pointer: &str, read: impl Fn(&Value, &str) -> Node) -> Node {
    let nodes = fields(value, pointer).map(|(name, value, at)| (name.to_owned(), read(value, &at)));
    Node::map(nodes.collect(), pointer)
}

/// Structure without rules of its own.
fn plain(value: &Value, pointer: &str) -> Node {
    match value {
        Value::Object(_) => {
            let members =
                fields(value, pointer).map(|(name, value, at)| (name.to_owned(), plain(value, &at)));
            Node::map(members.collect(), pointer)
        }
        Value::Array(items) => Node::list(items_of(items, pointer, plain), pointer),
        _ => Node::leaf(value, pointer),
    }
}

/// An example or default: a value in which nulls and all names count.
fn data(value: &Value, pointer: &str) -> Node {
    match value {
        Value::Object(members) => {
            let nodes = members
                .iter()
                .map(|(name, value)| (name.clone(), data(value, &below(pointer, name))));
            Node::map(nodes.collect(), pointer)
        }
        Value::Array(items) => Node::list(items_of(items, pointer, data), pointer),
        _ => Node::leaf(value, pointer),
    }
}

fn items_of(items: &[Value], pointer: &str, read: impl Fn(&Value, &str) -> Node) -> Vec<Node> {
    items
        .iter()
        .enumerate()
        .map(|(i, item)| read(item, &below(pointer, &i.to_string())))
        .collect()
}

/// Names of headers and media types are compared without letter case.
fn lower(mut node: Node) -> Node {
    if let Shape::Map(members) = &mut node.shape {
        *members = std::mem::take(members)
            .into_iter()
            .map(|(name, n)| (name.to_ascii_lowercase(), n))
            .collect();
    }
    node
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
