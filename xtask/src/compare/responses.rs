//! Answers: their statuses, headers, bodies and links.

use super::values::Value;
use super::{Comparison, Side};
use crate::ir::{Header, Operation, Response, limits};

impl Comparison<'_> {
    pub(super) fn responses(&mut self, was: &Operation<'_>, is: &Operation<'_>) {
        let pointer = format!("{}/responses", is.node.pointer);
        let kind = |status: u16| if status < 400 { "success" } else { "error" };
        for old in &was.responses {
            if let Some(new) = is.responses.iter().find(|new| new.status == old.status) {
                self.response(old, new);
            } else {
                let (rule, status) = (format!("response-{}-removed", kind(old.status)), old.status);
                self.note(&rule, &format!("{pointer}/{status}"), format!("status {status}"));
            }
        }
        for new in &is.responses {
            if !was.responses.iter().any(|old| old.status == new.status) {
                let (rule, status) = (format!("response-{}-added", kind(new.status)), new.status);
                self.note(&rule, &format!("{pointer}/{status}"), format!("status {status}"));
            }
        }
    }

    fn response(&mut self, was: &Response<'_>, is: &Response<'_>) {
        let pointer = is.node.pointer.clone();
        let title = format!("the body of {}", is.status);
        match (&was.body, &is.body) {
            (None, None) => {}
            (Some(_), None) => self.note("response-body-removed", &pointer, title),
            (None, Some(_)) => self.note("response-body-added", &pointer, title),
            (Some((old, was)), Some((new, is))) => {
                self.media_types("response", &pointer, was, is);
                self.value(Side::Response, &title, &pointer, &Value::of(old), &Value::of(new));
            }
        }
        for old in &was.headers {
            if let Some(new) = is.headers.iter().find(|new| is_same(old, new)) {
                self.header(old, new);
                continue;
            }
            let rule = if old.is_required {
                "response-header-removed"
            } else {
                "response-header-optional-removed"
            };
            self.gone(rule, &old.node, &format!("header `{}`", old.wire));
        }
        for new in &is.headers {
            if !was.headers.iter().any(|old| is_same(old, new)) {
                let text = format!("header `{}`", new.wire);
                self.note(
                    "response-header-added",
                    &format!("{pointer}/headers/{}", new.wire),
                    text,
                );
            }
        }
        self.links(was, is);
    }

    fn header(&mut self, was: &Header<'_>, is: &Header<'_>) {
        let (pointer, title) = (is.node.pointer.clone(), format!("header `{}`", is.wire));
        match (was.is_required, is.is_required) {
            (true, false) => self.note("response-header-became-optional", &pointer, &title),
            (false, true) => self.note("response-header-became-required", &pointer, &title),
            _ => {}
        }
        self.lifecycle(&was.node, &is.node);
        let within = |header: &Header<'_>| header.node.get("schema").as_ref().map(limits).unwrap_or_default();
        let (old, new) = (within(was), within(is));
        let (old, new) = (Value::within(&was.ty, &old), Value::within(&is.ty, &new));
        self.value(Side::Header, &title, &pointer, &old, &new);
    }
}

fn is_same(one: &Header<'_>, other: &Header<'_>) -> bool {
    one.wire.eq_ignore_ascii_case(&other.wire)
}
