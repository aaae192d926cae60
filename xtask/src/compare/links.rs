//! Links of answers: which came and went, where they lead, and what they give on the way. A link comes and goes with
//! the operation that it leads to, and a value with the parameter that it is for: that change says it all.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Comparison;
use super::parameters::is_same;
use crate::document::{Node, below};
use crate::ir::{Api, Operation, Param, Place, Response};

/// What the value for the body of a request is called, and the members of a link that hold it.
const BODY: &str = "the body";
const BODIES: [&str; 2] = ["requestBody", "x-roster-request-body"];

/// A link to an operation of its revision.
struct Link<'a> {
    name: &'a str,
    /// The link object, references followed.
    node: Node<'a>,
    to: &'a Operation<'a>,
    given: Vec<Given<'a>>,
}

/// A value that a link gives: an expression, or data with expressions inside.
struct Given<'a> {
    /// The parameter that it is for; none where it is for the body.
    param: Option<&'a Param<'a>>,
    node: Node<'a>,
}

impl Comparison<'_> {
    pub(super) fn links(&mut self, was: &Response<'_>, is: &Response<'_>) {
        let (old, new) = (links(&was.node, self.before), links(&is.node, self.after));
        let at = |name: &str| below(&format!("{}/links", is.node.pointer), name);
        let had: BTreeSet<&str> = old.iter().map(|link| link.name).collect();
        let mut heirs = BTreeSet::new();
        for old in &old {
            let Some(target) = self.counterpart(old.to) else {
                continue;
            };
            if let Some(new) = new.iter().find(|new| new.name == old.name) {
                self.link(old, new, target);
                continue;
            }
            let is_heir = |new: &&Link<'_>| {
                !had.contains(new.name) && !heirs.contains(new.name) && gives_the_same(old, new, target)
            };
            let Some(heir) = new.iter().find(is_heir).map(|new| new.name) else {
                self.note("response-link-removed", &at(old.name), old.title());
                continue;
            };
            heirs.insert(heir);
            let text = format!("link `{}` -> `{heir}`", old.name);
            self.note("response-link-renamed", &at(heir), text);
        }
        for new in &new {
            if !had.contains(new.name) && !heirs.contains(new.name) && self.ancestor(new.to).is_some() {
                self.note("response-link-added", &at(new.name), new.title());
            }
        }
    }

    /// A link of the same name in both revisions; `target` is what the earlier one leads to as it is now.
    fn link(&mut self, was: &Link<'_>, is: &Link<'_>, target: &Operation<'_>) {
        if target.id != is.to.id {
            let text = format!("link `{}`: `{}` -> `{}`", is.name, was.to.id, is.to.id);
            let pointer = below(&is.node.pointer, "operationId");
            self.note("response-link-target-changed", &pointer, text);
            return;
        }
        for old in was.given.iter().filter(|old| old.is_for(target)) {
            let text = format!("link `{}`: {}", is.name, old.title());
            match is.given.iter().find(|new| new.stands_for(old)) {
                None => {
                    let pointer = was.place_of(old, &is.node.pointer);
                    self.note("response-link-value-removed", &pointer, text);
                }
                Some(new) if new.node.value != old.node.value => {
                    let text = format!("{text} {} -> {}", shown(old.node.value), shown(new.node.value));
                    self.note("response-link-value-changed", &new.node.pointer, text);
                }
                Some(_) => {}
            }
        }
        for new in is.given.iter().filter(|new| new.is_for(was.to)) {
            if !was.given.iter().any(|old| new.stands_for(old)) {
                let text = format!("link `{}`: {}", is.name, new.title());
                self.note("response-link-value-added", &new.node.pointer, text);
            }
        }
    }
}

/// The links of an answer that lead to operations.
fn links<'a>(answer: &Node<'a>, api: &'a Api<'a>) -> Vec<Link<'a>> {
    let link = |(name, node): (&'a str, Node<'a>)| {
        let node = node.resolve().ok()?;
        let id = node.text("operationId")?;
        let to = api.operations.iter().find(|operation| operation.id == id)?;
        let given = given(&node, to);
        Some(Link {
            name,
            node,
            to,
            given,
        })
    };
    answer.members_of("links").into_iter().filter_map(link).collect()
}

/// The values that a link gives to parameters that there are, and to the body.
fn given<'a>(link: &Node<'a>, to: &'a Operation<'a>) -> Vec<Given<'a>> {
    let for_param = |(name, node): (&str, Node<'a>)| {
        let param = to.params.iter().find(|param| is_named(param, name))?;
        Some(Given {
            param: Some(param),
            node,
        })
    };
    let params = link.members_of("parameters").into_iter().filter_map(for_param);
    let bodies = BODIES.iter().filter_map(|name| link.get(name));
    let body = bodies.take(usize::from(to.body.is_some())).take(1);
    params
        .chain(body.map(|node| Given { param: None, node }))
        .collect()
}

/// Whether a link means this parameter: `id`, or `path.id`.
fn is_named(param: &Param<'_>, name: &str) -> bool {
    let place = match param.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    };
    let bare = name.strip_prefix(place).and_then(|rest| rest.strip_prefix('.'));
    [Some(name), bare]
        .into_iter()
        .flatten()
        .any(|name| match param.place {
            Place::Header => param.wire.eq_ignore_ascii_case(name),
            Place::Path | Place::Query => param.wire == name,
        })
}

/// Whether one link leads where another one led, with the same values.
fn gives_the_same(old: &Link<'_>, new: &Link<'_>, target: &Operation<'_>) -> bool {
    let is_kept = |old: &&Given<'_>| {
        let mut same = new.given.iter().filter(|new| new.stands_for(old));
        same.any(|new| new.node.value == old.node.value)
    };
    target.id == new.to.id && old.given.len() == new.given.len() && old.given.iter().all(|old| is_kept(&old))
}

impl Link<'_> {
    fn title(&self) -> String {
        format!("link `{}` to `{}`", self.name, self.to.id)
    }

    /// Where a value would stand in a link at this pointer.
    fn place_of(&self, given: &Given<'_>, pointer: &str) -> String {
        let rest = given.node.pointer.strip_prefix(&self.node.pointer);
        format!("{pointer}{}", rest.unwrap_or_default())
    }
}

impl Given<'_> {
    fn title(&self) -> String {
        self.param
            .map_or_else(|| BODY.to_owned(), |param| format!("`{}`", param.wire))
    }

    /// Whether an operation takes it.
    fn is_for(&self, operation: &Operation<'_>) -> bool {
        match self.param {
            None => operation.body.is_some(),
            Some(param) => operation.params.iter().any(|other| is_same(param, other)),
        }
    }

    /// Whether both are for the same parameter, or for the body.
    fn stands_for(&self, other: &Given<'_>) -> bool {
        match (self.param, other.param) {
            (None, None) => true,
            (Some(one), Some(other)) => is_same(one, other),
            _ => false,
        }
    }
}

/// Expressions in quotes, data as JSON.
fn shown(value: &Value) -> String {
    match value.as_str() {
        Some(text) => format!("`{text}`"),
        None => value.to_string(),
    }
}
