//! Schemas as types.

use serde_json::Value;

use super::taken::is_type_name;
use super::{Items, Kind, Limits, Member, Schema, Takes, Type, aliases, field_name, pascal, words};
use crate::document::Node;
use crate::finding::Finding;

/// Lowers schemas, gathering enumerations that stand inside of members and everything unsupported.
#[derive(Default)]
pub struct Lowering<'a> {
    pub schemas: Vec<Schema<'a>>,
    pub findings: Vec<Finding>,
}

/// A value's schema: its type, whether it may be null, and its limits.
pub struct Lowered {
    pub ty: Type,
    pub is_nullable: bool,
    pub limits: Limits,
}

impl<'a> Lowering<'a> {
    /// Lowers all named schemas.
    pub fn named(&mut self, root: &Node<'a>) {
        let Some(schemas) = root.path(&["components", "schemas"]) else {
            return;
        };
        for (name, node) in schemas.members() {
            let kind = match node.text("type") {
                Some("object") if is_map(&node) => self.map(name, &node),
                Some("object") => self.object(name, &node),
                Some("array") => self.list(name, &node),
                Some("string") if node.get("enum").is_some() => Some(Kind::Choice(texts(&node, "enum"))),
                _ => self.unsupported(
                    &node,
                    "a named schema is an object, a list or an enumeration of texts",
                ),
            };
            if !is_type_name(name) {
                let text = format!(
                    "`{name}` cannot be a type in Rust, or is one already; take another upper camel case name"
                );
                self.findings.push(node.finding("name-clash", text));
            }
            if let Some(kind) = kind {
                self.schemas.push(Schema {
                    name: name.to_owned(),
                    is_inline: false,
                    node,
                    kind,
                });
            }
        }
        self.check_choices();
        self.check_lists();
        self.mark_recursion();
    }

    fn object(&mut self, name: &str, node: &Node<'a>) -> Option<Kind<'a>> {
        if let Some(open) = node
            .get("additionalProperties")
            .filter(|open| !open.value.is_boolean())
        {
            return self.unsupported(&open, "a schema for unknown members");
        }
        if let Some(count) = node.get("maxProperties") {
            return self.unsupported(&count, "a number of members of an object that is no map");
        }
        let required = texts(node, "required");
        let is_patch = node.flag("x-roster-patch");
        let mut members = Vec::new();
        for (wire, node) in node.members_of("properties") {
            self.check_field(&node, wire);
            let Some(lowered) = self.member(&node, &format!("{name}{}", pascal(wire))) else {
                continue;
            };
            let is_required = required.iter().any(|name| name == wire);
            members.push(Member {
                wire: wire.to_owned(),
                aliases: aliases(&node).into_iter().map(ToOwned::to_owned).collect(),
                field: field_name(wire),
                is_required,
                is_nullable: lowered.is_nullable,
                is_patch: is_patch && lowered.is_nullable && !is_required,
                is_write_only: node.flag("writeOnly"),
                credential: node.text("x-roster-credential").map(ToOwned::to_owned),
                fraction_digits: node.value.get("x-roster-fraction-digits").and_then(Value::as_u64),
                is_recursive: false,
                ty: lowered.ty,
                takes: takes(&node),
                limits: lowered.limits,
                node,
            });
        }
        for (index, member) in members.iter().enumerate() {
            if let Some(other) = members[..index].iter().find(|other| other.field == member.field) {
                let text = format!(
                    "`{}` and `{}` are both `{}` in Rust",
                    other.wire, member.wire, member.field
                );
                self.findings.push(member.node.finding("name-clash", text));
            }
        }
        let is_closed = node
            .get("additionalProperties")
            .is_some_and(|open| open.value == false);
        Some(Kind::Object { is_closed, members })
    }

    /// The value of a member: without any type it is any JSON.
    fn member(&mut self, node: &Node<'a>, name: &str) -> Option<Lowered> {
        if ["type", "$ref", "oneOf", "enum"]
            .iter()
            .any(|keyword| node.get(keyword).is_some())
        {
            return self.value(node, name);
        }
        Some(Lowered {
            ty: Type::Any,
            is_nullable: false,
            limits: Limits::default(),
        })
    }

    /// Values of one schema under any names.
    fn map(&mut self, name: &str, node: &Node<'a>) -> Option<Kind<'a>> {
        let values = node.get("additionalProperties")?;
        if values.get("enum").is_some() {
            return self.unsupported(&values, "an enumeration inside of a map; name it");
        }
        let lowered = self.value(&values, name)?;
        if lowered.is_nullable || lowered.ty == Type::Secret {
            return self.unsupported(&values, "a map of secrets or of values that may be null");
        }
        Some(Kind::Map(lowered.ty))
    }

    fn list(&mut self, name: &str, node: &Node<'a>) -> Option<Kind<'a>> {
        let lowered = self.value(node, name)?;
        match lowered.ty {
            Type::List(items) => Some(Kind::List {
                items: *items,
                limits: lowered.limits,
            }),
            _ => None,
        }
    }

    /// Lowers the schema of a value. `name` is the name of an enumeration that stands here.
    pub fn value(&mut self, node: &Node<'a>, name: &str) -> Option<Lowered> {
        let plain = |ty| {
            Some(Lowered {
                ty,
                is_nullable: false,
                limits: Limits::default(),
            })
        };
        if let Some(reference) = node.get("$ref") {
            return plain(self.reference(&reference)?);
        }
        if let Some(alternatives) = node.get("oneOf") {
            return self.nullable_reference(&alternatives);
        }
        let (kind, is_nullable) = self.kind(node)?;
        let limits = limits(node);
        let ty = match kind {
            "string" if node.get("enum").is_some() => {
                if is_nullable {
                    return self.unsupported(
                        node,
                        "an enumeration that may be null inside of a member; name it",
                    );
                }
                if !is_type_name(name) {
                    let text = format!(
                        "`{name}` would be the type of this enumeration, and is one already; name it under `components`"
                    );
                    self.findings.push(node.finding("name-clash", text));
                }
                let kind = Kind::Choice(texts(node, "enum"));
                self.schemas.push(Schema {
                    name: name.to_owned(),
                    is_inline: true,
                    node: node.clone(),
                    kind,
                });
                Type::Choice(name.to_owned())
            }
            "string" if node.text("x-roster-type") == Some("guid") => Type::Guid,
            "string" => match node.text("format") {
                Some("date-time") => Type::Instant,
                Some("uuid") => Type::Uuid,
                Some("password") => Type::Secret,
                Some("byte" | "binary") => return self.unsupported(node, "binary texts"),
                _ => Type::Text,
            },
            "integer" => match node.text("format") {
                Some("int32") => Type::Int32,
                Some("int64") => Type::Int64,
                _ => return self.unsupported(node, "an integer without `format: int32` or `int64`"),
            },
            "number" => match node.text("format") {
                Some("double") => Type::Number,
                _ => return self.unsupported(node, "a number without `format: double`"),
            },
            "boolean" => Type::Boolean,
            "array" => {
                let Some(items) = node.get("items") else {
                    return self.unsupported(node, "a list without `items`");
                };
                let items = self.value(&items, &format!("{name}Item"))?;
                if items.is_nullable {
                    return self.unsupported(node, "a list with items that may be null");
                }
                if items.ty == Type::Secret {
                    return self.unsupported(node, "a list of secrets");
                }
                Type::List(Box::new(Items {
                    ty: items.ty,
                    limits: items.limits,
                }))
            }
            "object" => {
                return self.unsupported(node, "an object inside of another; name it under `components`");
            }
            other => return self.unsupported(node, &format!("the type `{other}`")),
        };
        Some(Lowered {
            ty,
            is_nullable,
            limits,
        })
    }

    /// The one type beside `null`, and whether `null` is there.
    fn kind(&mut self, node: &Node<'a>) -> Option<(&'a str, bool)> {
        let Some(kind) = node.get("type") else {
            return self.unsupported(node, "a schema without `type`");
        };
        if let Some(kind) = kind.value.as_str() {
            return Some((kind, false));
        }
        let kinds: Vec<&str> = kind
            .value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|kind| kind.as_str())
            .collect();
        match kinds.as_slice() {
            [one] => Some((one, false)),
            [one, "null"] | ["null", one] => Some((one, true)),
            _ => self.unsupported(&kind, "several types besides null"),
        }
    }

    fn nullable_reference(&mut self, alternatives: &Node<'a>) -> Option<Lowered> {
        let items = alternatives.items();
        let is_null = |node: &Node<'_>| node.text("type") == Some("null");
        let (Some(reference), true) = (
            items.iter().find_map(|item| item.get("$ref")),
            items.iter().any(is_null),
        ) else {
            return self.unsupported(alternatives, "`oneOf`, other than of one reference and null");
        };
        if items.len() != 2 {
            return self.unsupported(alternatives, "`oneOf`, other than of one reference and null");
        }
        let ty = self.reference(&reference)?;
        Some(Lowered {
            ty,
            is_nullable: true,
            limits: Limits::default(),
        })
    }

    fn reference(&mut self, reference: &Node<'a>) -> Option<Type> {
        let text = reference.value.as_str().unwrap_or_default();
        let target = match reference.target(text) {
            Ok(target) => target,
            Err(finding) => {
                self.findings.push(finding);
                return None;
            }
        };
        match text.strip_prefix("#/components/schemas/") {
            Some(_) if target.get("enum").is_some() => Some(Type::Choice(target.name())),
            Some(_) => Some(Type::Named(target.name())),
            None => self.unsupported(reference, "a schema reference to anything but a named schema"),
        }
    }

    /// Notes something that the generator does not know.
    pub fn unsupported<T>(&mut self, node: &Node<'_>, what: &str) -> Option<T> {
        self.findings
            .push(node.finding("unsupported", format!("not supported: {what}")));
        None
    }
}

/// The keywords of a schema that limit its values.
pub fn limits(node: &Node<'_>) -> Limits {
    let count = |name: &str| node.value.get(name).and_then(Value::as_u64);
    let number = |name: &str| match node.value.get(name) {
        Some(Value::Number(number)) => Some(number.clone()),
        _ => None,
    };
    Limits {
        min_length: count("minLength").filter(|least| *least > 0),
        max_length: count("maxLength"),
        pattern: node.text("pattern").map(ToOwned::to_owned),
        says: node.text("x-roster-says").map(ToOwned::to_owned),
        minimum: number("minimum"),
        maximum: number("maximum"),
        min_items: count("minItems").filter(|least| *least > 0),
        max_items: count("maxItems"),
        unique_items: node.flag("uniqueItems"),
    }
}

/// An object without members of its own, with a schema for those that it has.
fn is_map(node: &Node<'_>) -> bool {
    let has_schema = node
        .get("additionalProperties")
        .is_some_and(|values| !values.value.is_boolean());
    has_schema && node.get("properties").is_none()
}

fn takes(node: &Node<'_>) -> Takes {
    let words = words(node);
    if words.contains(&"number") {
        Takes::Number
    } else if words.contains(&"linked-items") {
        Takes::LinkedItems
    } else {
        Takes::Type
    }
}

/// The texts of a list.
pub fn texts(node: &Node<'_>, name: &str) -> Vec<String> {
    let items = node.value.get(name).and_then(Value::as_array);
    items
        .into_iter()
        .flatten()
        .filter_map(|item| item.as_str())
        .map(ToOwned::to_owned)
        .collect()
}
