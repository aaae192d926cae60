//! Objects, lists and enumerations.

use super::values::Value;
use super::{Comparison, Side};
use crate::document::Node;
use crate::ir::{Kind, Member, Schema, limits};

impl Comparison<'_> {
    /// Two named schemas that stand at the same place, once per operation and side.
    pub(super) fn schemas(&mut self, side: Side, title: &str, pointer: &str, was: &str, is: &str) {
        if !self.seen.insert((side, was.to_owned(), is.to_owned())) {
            return;
        }
        let (before, after) = (self.before, self.after);
        let (Some(old), Some(new)) = (before.schema(was), after.schema(is)) else {
            return;
        };
        let is_named = !old.is_inline && !new.is_inline;
        if is_named && before.schema(is).is_none() && after.schema(was).is_none() {
            self.note("schema-renamed", &new.node.pointer, format!("`{was}` -> `{is}`"));
        }
        match (&old.kind, &new.kind) {
            (
                Kind::Object {
                    is_closed: closed,
                    members: old_members,
                },
                Kind::Object { is_closed, members },
            ) => {
                if side == Side::Request && closed != is_closed {
                    let aspect = if *is_closed {
                        "request-object-closed"
                    } else {
                        "request-object-opened"
                    };
                    self.note(aspect, &new.node.pointer, format!("unknown members of `{is}`"));
                }
                self.xml(side, &old.node, &new.node);
                self.members(side, new, old_members, members);
            }
            (
                Kind::List {
                    items: old_items,
                    limits: old_limits,
                },
                Kind::List { items, limits },
            ) => {
                let (title, pointer) = (format!("`{is}`"), new.node.pointer.clone());
                self.limits(side, &title, &pointer, old_limits, limits);
                self.items(side, &title, &pointer, old_items, items);
                self.xml(side, &old.node, &new.node);
            }
            (Kind::Map(values_before), Kind::Map(values)) => {
                let title = format!("values of `{is}`");
                let within = |node: &Node<'_>| {
                    node.get("additionalProperties")
                        .as_ref()
                        .map(limits)
                        .unwrap_or_default()
                };
                let (before, after) = (within(&old.node), within(&new.node));
                let (was, is) = (
                    Value::within(values_before, &before),
                    Value::within(values, &after),
                );
                self.value(side, &title, &new.node.pointer, &was, &is);
                self.map_size(side, &old.node, &new.node);
            }
            (Kind::Choice(_), Kind::Choice(_)) => self.choices(side, was, is),
            _ => self.note_on(
                side,
                "type-changed",
                pointer,
                format!("{title}: `{was}` -> `{is}`"),
            ),
        }
    }

    fn members(&mut self, side: Side, schema: &Schema<'_>, was: &[Member<'_>], is: &[Member<'_>]) {
        for old in was {
            if is_hidden(side, old) && !is.iter().any(|new| new.wire == old.wire) {
                continue;
            }
            if let Some(new) = is.iter().find(|new| new.wire == old.wire) {
                self.member(side, old, new);
                continue;
            }
            let is_optional = side == Side::Response && !old.is_required;
            let aspect = if is_optional {
                "optional-removed"
            } else {
                "removed"
            };
            self.gone(&format!("{}-{aspect}", side.name()), &old.node, &title(old));
        }
        for new in is {
            if is_hidden(side, new) || was.iter().any(|old| old.wire == new.wire) {
                continue;
            }
            let is_needed = side == Side::Request && new.is_required;
            let aspect = if is_needed { "added-required" } else { "added" };
            self.note_on(
                side,
                aspect,
                &new.node.pointer,
                format!("{} of `{}`", title(new), schema.name),
            );
        }
    }

    fn member(&mut self, side: Side, was: &Member<'_>, is: &Member<'_>) {
        let (pointer, title) = (is.node.pointer.clone(), title(is));
        let hiding = if side == Side::Request {
            "read-only"
        } else {
            "write-only"
        };
        match (is_hidden(side, was), is_hidden(side, is)) {
            (true, true) => return,
            (false, true) => return self.note_on(side, &format!("became-{hiding}"), &pointer, title),
            (true, false) => return self.note_on(side, &format!("no-longer-{hiding}"), &pointer, title),
            (false, false) => {}
        }
        match (was.is_required, is.is_required) {
            (false, true) => self.note_on(side, "became-required", &pointer, &title),
            (true, false) => self.note_on(side, "became-optional", &pointer, &title),
            _ => {}
        }
        match (was.is_nullable, is.is_nullable) {
            (false, true) => self.note_on(side, "became-nullable", &pointer, &title),
            (true, false) => self.note_on(side, "became-not-nullable", &pointer, &title),
            _ => {}
        }
        if side == Side::Request && was.is_patch != is.is_patch {
            self.note_on(side, "null-changed", &pointer, &title);
        }
        let (old, new) = (was.node.value.get("default"), is.node.value.get("default"));
        if side == Side::Request && old != new {
            let shown =
                |value: Option<&serde_json::Value>| value.map_or("none".to_owned(), ToString::to_string);
            let text = format!("{title}: default {} -> {}", shown(old), shown(new));
            self.note_on(side, "default-changed", &pointer, text);
        }
        if side == Side::Response && was.fraction_digits != is.fraction_digits {
            let shown =
                |digits: Option<u64>| digits.map_or("as needed".to_owned(), |digits| digits.to_string());
            let text = format!(
                "{title}: {} -> {}",
                shown(was.fraction_digits),
                shown(is.fraction_digits)
            );
            self.note_on(side, "digits-changed", &pointer, text);
        }
        self.lifecycle(&was.node, &is.node);
        self.tolerances(&was.node, &is.node);
        self.xml(side, &was.node, &is.node);
        let (old, new) = (
            Value::within(&was.ty, &was.limits),
            Value::within(&is.ty, &is.limits),
        );
        self.value(side, &title, &pointer, &old, &new);
    }

    /// The `xml` object of a member, its items, or a schema, and the root of errors.
    fn xml(&mut self, side: Side, was: &Node<'_>, is: &Node<'_>) {
        for path in ["/xml", "/items/xml", "/x-roster-xml-root"] {
            let (old, new) = (was.value.pointer(path), is.value.pointer(path));
            if old != new {
                let shown =
                    |value: Option<&serde_json::Value>| value.map_or("none".to_owned(), ToString::to_string);
                let rule = if side == Side::Response {
                    "response-xml-changed"
                } else {
                    "request-xml-changed"
                };
                self.note(
                    rule,
                    &format!("{}{path}", is.pointer),
                    format!("{} -> {}", shown(old), shown(new)),
                );
            }
        }
    }

    /// How many members a map may have.
    fn map_size(&mut self, side: Side, was: &Node<'_>, is: &Node<'_>) {
        let most = |node: &Node<'_>| {
            node.value
                .get("maxProperties")
                .and_then(serde_json::Value::as_u64)
        };
        let (old, new) = (most(was), most(is));
        if old == new {
            return;
        }
        let none = u64::MAX;
        let is_less = new.unwrap_or(none) < old.unwrap_or(none);
        let aspect = if is_less {
            "bounds-narrowed"
        } else {
            "bounds-widened"
        };
        let shown = |size: Option<u64>| size.map_or("none".to_owned(), |size| size.to_string());
        let text = format!("`maxProperties` {} -> {}", shown(old), shown(new));
        self.note_on(side, aspect, &is.pointer, text);
    }

    /// The words of an enumeration.
    pub(super) fn choices(&mut self, side: Side, was: &str, is: &str) {
        let (before, after) = (self.before, self.after);
        let (Some(old), Some(new)) = (before.schema(was), after.schema(is)) else {
            return;
        };
        let (Kind::Choice(old), Kind::Choice(words)) = (&old.kind, &new.kind) else {
            return;
        };
        let pointer = new.node.pointer.clone();
        for word in old.iter().filter(|word| !words.contains(word)) {
            self.note_on(
                side,
                "enum-value-removed",
                &pointer,
                format!("`{word}` of `{is}`"),
            );
        }
        for word in words.iter().filter(|word| !old.contains(word)) {
            self.note_on(side, "enum-value-added", &pointer, format!("`{word}` of `{is}`"));
        }
    }
}

/// Whether a member does not travel in this direction.
fn is_hidden(side: Side, member: &Member<'_>) -> bool {
    match side {
        Side::Request => member.node.flag("readOnly"),
        Side::Response => member.is_write_only,
        Side::Parameter | Side::Header => false,
    }
}

fn title(member: &Member<'_>) -> String {
    format!("member `{}`", member.wire)
}
