//! Parameters of operations.

use super::values::Value;
use super::{Comparison, Side};
use crate::ir::{Operation, Param, ParamKind, Place};

impl Comparison<'_> {
    pub(super) fn params(&mut self, was: &Operation<'_>, is: &Operation<'_>) {
        let side = Side::Parameter;
        for old in &was.params {
            match is.params.iter().find(|new| is_same(old, new)) {
                Some(new) => self.param(old, new),
                // A value in the path goes with its path.
                None if old.place == Place::Path => {}
                None => self.gone("request-parameter-removed", &old.node, &title(old)),
            }
        }
        for new in &is.params {
            if new.place == Place::Path || was.params.iter().any(|old| is_same(old, new)) {
                continue;
            }
            let aspect = if new.is_required {
                "added-required"
            } else {
                "added"
            };
            self.note_on(side, aspect, &new.node.pointer, title(new));
        }
    }

    fn param(&mut self, was: &Param<'_>, is: &Param<'_>) {
        let (side, pointer) = (Side::Parameter, is.node.pointer.clone());
        match (was.is_required, is.is_required) {
            (false, true) => self.note_on(side, "became-required", &pointer, title(is)),
            (true, false) => self.note_on(side, "became-optional", &pointer, title(is)),
            _ => {}
        }
        self.lifecycle(&was.node, &is.node);
        self.tolerances(&was.node, &is.node);
        if was.default != is.default {
            let shown = |param: &Param<'_>| {
                param
                    .default
                    .as_ref()
                    .map_or("none".to_owned(), ToString::to_string)
            };
            let text = format!("{}: default {} -> {}", title(is), shown(was), shown(is));
            self.note_on(side, "default-changed", &pointer, text);
        }
        if let (ParamKind::Many { explode: old, .. }, ParamKind::Many { explode: new, .. }) =
            (&was.kind, &is.kind)
            && old != new
        {
            let text = format!("{}: `explode` {old} -> {new}", title(is));
            self.note_on(side, "style-changed", &pointer, text);
        }
        let (old, new) = (Value::of_param(was), Value::of_param(is));
        self.value(side, &title(is), &pointer, &old, &new);
    }
}

/// Values in the path are known by their place, others by their name; header names fold.
pub(super) fn is_same(one: &Param<'_>, other: &Param<'_>) -> bool {
    one.place == other.place
        && match one.place {
            Place::Path => one.from_end == other.from_end,
            Place::Header => one.wire.eq_ignore_ascii_case(&other.wire),
            Place::Query => one.wire == other.wire,
        }
}

fn title(param: &Param<'_>) -> String {
    let place = match param.place {
        Place::Path => "path value",
        Place::Query => "query parameter",
        Place::Header => "header",
    };
    format!("{place} `{}`", param.wire)
}
