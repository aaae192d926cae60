//! Request bodies, and what bodies of both directions share.

use super::values::Value;
use super::{Comparison, Side};
use crate::ir::{Body, Operation, default_media_type};

/// Longest body where an operation does not say one.
const LONGEST: u64 = 1_048_576;

impl Comparison<'_> {
    pub(super) fn body(&mut self, was: &Operation<'_>, is: &Operation<'_>) {
        let pointer = format!("{}/requestBody", is.node.pointer);
        match (&was.body, &is.body) {
            (None, None) => {}
            (Some(_), None) => self.note("request-body-removed", &pointer, "the request body"),
            (None, Some(new)) if new.is_required => {
                self.note("request-body-added-required", &pointer, "a request body");
            }
            (None, Some(_)) => self.note("request-body-added", &pointer, "a request body"),
            (Some(old), Some(new)) => {
                if let (Some(old), Some(new)) = (was.node.get("requestBody"), is.node.get("requestBody")) {
                    self.tolerances(&old, &new);
                }
                let limit = format!("{}/x-roster-max-body", is.node.pointer);
                self.bodies(&pointer, &limit, old, new);
            }
        }
    }

    /// `limit` is the place of what says how long the body may be.
    fn bodies(&mut self, pointer: &str, limit: &str, was: &Body, is: &Body) {
        match (was.is_required, is.is_required) {
            (false, true) => self.note("request-body-became-required", pointer, "the request body"),
            (true, false) => self.note("request-body-became-optional", pointer, "the request body"),
            _ => {}
        }
        let (old, new) = (was.limit.unwrap_or(LONGEST), is.limit.unwrap_or(LONGEST));
        if old != new {
            let rule = if new < old {
                "request-body-size-lowered"
            } else {
                "request-body-size-raised"
            };
            self.note(rule, limit, format!("{old} -> {new} bytes"));
        }
        self.media_types("request", pointer, &was.media_types, &is.media_types);
        let (old, new) = (Value::of(&was.ty), Value::of(&is.ty));
        self.value(Side::Request, "the request body", pointer, &old, &new);
    }

    pub(super) fn media_types(&mut self, side: &str, pointer: &str, was: &[String], is: &[String]) {
        let pointer = format!("{pointer}/content");
        for gone in was.iter().filter(|name| !is.contains(name)) {
            self.note(
                &format!("{side}-media-type-removed"),
                &pointer,
                format!("`{gone}`"),
            );
        }
        for new in is.iter().filter(|name| !was.contains(name)) {
            self.note(&format!("{side}-media-type-added"), &pointer, format!("`{new}`"));
        }
        let old = default_media_type(&self.before.root, was);
        let new = default_media_type(&self.after.root, is);
        if let (Some(old), Some(new)) = (old, new)
            && old != new
            && is.contains(old)
        {
            let text = format!("`{old}` -> `{new}`");
            self.note(&format!("{side}-media-type-default-changed"), &pointer, text);
        }
    }
}
