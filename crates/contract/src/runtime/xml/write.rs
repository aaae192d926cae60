//! Writes a value as XML, as its form says.

use serde_json::{Map, Value};

use super::super::form::{Element, Form, Kind, Member, Namespace};
use super::lexis::is_character;

/// Writes a document. `root` is the name of its element where that is not the one of the form. Members that are
/// null or that the form lacks are left out.
pub fn write(form: &'static Form, root: Option<&'static str>, value: &Value) -> String {
    let mut writer = Writer {
        out: String::new(),
        declared: Vec::new(),
    };
    let element = Element {
        name: root.unwrap_or(form.element.name),
        namespace: form.element.namespace,
    };
    writer.element(element, form.kind, value);
    writer.out
}

struct Writer {
    out: String,
    /// The namespaces that have a prefix where the writer is.
    declared: Vec<Namespace>,
}

impl Writer {
    fn element(&mut self, element: Element, kind: Kind, value: &Value) {
        let kind = kind.resolved();
        let outside = self.declared.len();
        self.declare(element.namespace);
        match (kind, value) {
            (Kind::Object(members), Value::Object(map)) => {
                for (member, _) in written(members, map) {
                    self.declare(member.element.namespace);
                }
            }
            (Kind::List(items), Value::Array(list)) if !list.is_empty() => {
                self.declare(items.element.namespace);
            }
            _ => {}
        }
        let name = qualified(element);
        self.out.push('<');
        self.out.push_str(&name);
        for namespace in &self.declared[outside..] {
            attribute(
                &mut self.out,
                &format!("xmlns:{}", namespace.prefix),
                namespace.uri,
            );
        }
        if let (Kind::Object(members), Value::Object(map)) = (kind, value) {
            for (member, value) in written(members, map).filter(|(member, _)| member.is_attribute) {
                attribute(&mut self.out, &qualified(member.element), &text(value));
            }
        }
        let start = self.out.len();
        self.out.push('>');
        self.content(kind, value);
        if self.out.len() == start + 1 {
            self.out.insert(start, '/');
        } else {
            self.out.push_str("</");
            self.out.push_str(&name);
            self.out.push('>');
        }
        self.declared.truncate(outside);
    }

    fn content(&mut self, kind: Kind, value: &Value) {
        match (kind, value) {
            (Kind::Object(members), Value::Object(map)) => {
                for (member, value) in written(members, map).filter(|(member, _)| !member.is_attribute) {
                    self.element(member.element, member.kind, value);
                }
            }
            (Kind::List(items), Value::Array(list)) => {
                for item in list {
                    self.element(items.element, items.kind, item);
                }
            }
            _ => escape(&mut self.out, &text(value), false),
        }
    }

    fn declare(&mut self, namespace: Option<Namespace>) {
        if let Some(namespace) = namespace.filter(|namespace| !self.declared.contains(namespace)) {
            self.declared.push(namespace);
        }
    }
}

/// The members that are there, in the order of the form.
fn written<'v>(
    members: &'static [Member],
    map: &'v Map<String, Value>,
) -> impl Iterator<Item = (&'static Member, &'v Value)> {
    let value = |member: &'static Member| map.get(member.wire).map(|value| (member, value));
    members
        .iter()
        .filter_map(value)
        .filter(|(_, value)| !value.is_null())
}

fn qualified(element: Element) -> String {
    match element.namespace {
        Some(namespace) => format!("{}:{}", namespace.prefix, element.name),
        None => element.name.to_owned(),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value, true);
    out.push('"');
}

/// Line feeds and tabs survive in text, not in attributes; a carriage return survives nowhere.
fn escape(out: &mut String, text: &str, is_attribute: bool) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_attribute => out.push_str("&quot;"),
            '\n' if is_attribute => out.push_str("&#10;"),
            '\t' if is_attribute => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            // The store refuses such characters; what came in some other way must not break the answer.
            other if !is_character(other) => out.push(char::REPLACEMENT_CHARACTER),
            other => out.push(other),
        }
    }
}
