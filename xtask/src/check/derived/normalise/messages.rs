//! Parameters, bodies, responses and headers in one form, with their references resolved.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Walker, data, each, fields, lower, plain, text};
use crate::check::derived::node::{Node, Shape, below};

impl Walker<'_> {
    pub(super) fn parameters(&self, owner: &Value, pointer: &str) -> BTreeMap<String, Node> {
        let list = owner.get("parameters").and_then(Value::as_array);
        let at = below(pointer, "parameters");
        list.into_iter()
            .flatten()
            .enumerate()
            .map(|(index, parameter)| {
                let node = self.parameter(parameter, &below(&at, &index.to_string()));
                let value = node.value();
                let key = format!("{}:{}", text(&value, "in"), text(&value, "name"));
                (key, node)
            })
            .collect()
    }

    pub(super) fn parameter(&self, value: &Value, pointer: &str) -> Node {
        self.referenced(value, pointer, &|value, at| {
            let place = text(value, "in");
            let style = if matches!(place, "query" | "cookie") {
                "form"
            } else {
                "simple"
            };
            let mut node = self.described(value, at, style);
            if let (Shape::Map(members), "header") = (&mut node.shape, place) {
                let name = json!(text(value, "name").to_ascii_lowercase());
                members.insert("name".to_owned(), Node::leaf(&name, &below(at, "name")));
            }
            node
        })
    }

    pub(super) fn header(&self, value: &Value, pointer: &str) -> Node {
        self.referenced(value, pointer, &|value, at| self.described(value, at, "simple"))
    }

    /// What parameters and headers have in common.
    fn described(&self, value: &Value, pointer: &str, default_style: &str) -> Node {
        let mut members = BTreeMap::new();
        for (name, value, at) in fields(value, pointer) {
            let node = match name {
                "deprecated" | "allowEmptyValue" | "allowReserved" if value == false => continue,
                "schema" => self.schema(value, &at),
                "content" => self.content(value, &at),
                "example" => data(value, &at),
                "examples" => each(value, &at, |example, at| self.example(example, at)),
                _ => plain(value, &at),
            };
            members.insert(name.to_owned(), node);
        }
        let mut fill = |name: &str, value: Value| {
            members
                .entry(name.to_owned())
                .or_insert_with(|| Node::leaf(&value, pointer));
        };
        fill("required", json!(false));
        if value.get("content").is_none() {
            let style = value
                .get("style")
                .and_then(Value::as_str)
                .unwrap_or(default_style);
            fill("style", json!(style));
            fill("explode", json!(style == "form"));
        }
        Node::map(members, pointer)
    }

    pub(super) fn request_body(&self, value: &Value, pointer: &str) -> Node {
        self.referenced(value, pointer, &|value, pointer| {
            let mut members = BTreeMap::new();
            for (name, value, at) in fields(value, pointer) {
                let node = if name == "content" {
                    self.content(value, &at)
                } else {
                    plain(value, &at)
                };
                members.insert(name.to_owned(), node);
            }
            members
                .entry("required".to_owned())
                .or_insert_with(|| Node::leaf(&json!(false), pointer));
            Node::map(members, pointer)
        })
    }

    pub(super) fn response(&self, value: &Value, pointer: &str) -> Node {
        self.referenced(value, pointer, &|value, pointer| {
            let mut members = BTreeMap::new();
            for (name, value, at) in fields(value, pointer) {
                let node = match name {
                    "headers" => lower(each(value, &at, |header, at| self.header(header, at))),
                    "content" => self.content(value, &at),
                    "links" => each(value, &at, |link, at| self.referenced(link, at, &plain)),
                    _ => plain(value, &at),
                };
                if !(node.is_empty() && matches!(name, "headers" | "content" | "links")) {
                    members.insert(name.to_owned(), node);
                }
            }
            Node::map(members, pointer)
        })
    }

    /// Media types by name.
    fn content(&self, value: &Value, pointer: &str) -> Node {
        lower(each(value, pointer, |media, pointer| {
            let mut members = BTreeMap::new();
            for (name, value, at) in fields(media, pointer) {
                let node = match name {
                    "schema" => self.schema(value, &at),
                    "example" => data(value, &at),
                    "examples" => each(value, &at, |example, at| self.example(example, at)),
                    _ => plain(value, &at),
                };
                if !(node.is_empty() && matches!(name, "examples" | "encoding")) {
                    members.insert(name.to_owned(), node);
                }
            }
            Node::map(members, pointer)
        }))
    }

    pub(super) fn example(&self, value: &Value, pointer: &str) -> Node {
        self.referenced(value, pointer, &|value, pointer| {
            let members = fields(value, pointer).map(|(name, value, at)| {
                let node = if name == "value" {
                    data(value, &at)
                } else {
                    plain(value, &at)
                };
                (name.to_owned(), node)
            });
            Node::map(members.collect(), pointer)
        })
    }

    /// Follows references (a short chain at most) and gives what stands there; `summary` and `description`
    /// beside a reference win over those of its target.
    pub(super) fn referenced(
        &self,
        value: &Value,
        pointer: &str,
        read: &dyn Fn(&Value, &str) -> Node,
    ) -> Node {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return read(value, pointer);
        };
        let mut node = self.followed(reference, pointer, read, 8);
        if let Shape::Map(members) = &mut node.shape {
            for (name, value, at) in fields(value, pointer).filter(|(name, ..)| *name != "$ref") {
                members.insert(name.to_owned(), plain(value, &at));
            }
        }
        node
    }

    fn followed(&self, reference: &str, from: &str, read: &dyn Fn(&Value, &str) -> Node, left: u8) -> Node {
        let target = reference
            .strip_prefix('#')
            .and_then(|at| Some((at, self.document.pointer(at)?)));
        let Some((at, target)) = target.filter(|_| left > 0) else {
            self.dangling
                .borrow_mut()
                .insert((from.to_owned(), reference.to_owned()));
            return Node::map(BTreeMap::new(), from);
        };
        self.seen.borrow_mut().insert(reference.to_owned());
        match target.get("$ref").and_then(Value::as_str) {
            Some(next) => self.followed(next, at, read, left - 1),
            None => read(target, at),
        }
    }
}
