//! What the named schemas must be as a whole: names apart, recursion through lists only.

use std::collections::BTreeSet;

use super::schemas::Lowering;
use super::{Kind, Operation, Schema, Type, pascal};

impl Lowering<'_> {
    pub(super) fn check_choices(&mut self) {
        let mut names = BTreeSet::new();
        for schema in &self.schemas {
            if !names.insert(&schema.name) {
                let text = format!("`{}` would be two types in Rust", schema.name);
                self.findings.push(schema.node.finding("name-clash", text));
            }
            let Kind::Choice(texts) = &schema.kind else {
                continue;
            };
            let mut variants = BTreeSet::new();
            for text in texts {
                let variant = pascal(text);
                if variant.is_empty() || !variants.insert(variant) {
                    let text = format!("`{text}` gives no name of its own for a variant in Rust");
                    self.findings.push(schema.node.finding("name-clash", text));
                }
            }
        }
    }

    /// Named lists are bodies only: `validator` does not look into them from outside.
    pub(super) fn check_lists(&mut self) {
        let is_list = |name: &str| {
            self.schemas
                .iter()
                .any(|schema| schema.name == name && matches!(schema.kind, Kind::List { .. }))
        };
        let mut findings = Vec::new();
        for schema in &self.schemas {
            let members = match &schema.kind {
                Kind::Object { members, .. } => {
                    members.iter().map(|member| (&member.ty, &member.node)).collect()
                }
                Kind::List { items, .. } => vec![(&items.ty, &schema.node)],
                Kind::Map(ty) => vec![(ty, &schema.node)],
                Kind::Choice(_) => Vec::new(),
            };
            for (ty, node) in members {
                if target(ty).is_some_and(is_list) {
                    findings.push(node.finding(
                        "unsupported",
                        "not supported: a named list inside of another schema",
                    ));
                }
            }
        }
        self.findings.extend(findings);
    }

    /// Maps are answered only: nothing checks the values of one that is sent.
    pub(super) fn check_requests(&mut self, operations: &[Operation<'_>]) {
        let bodies = operations.iter().filter_map(|operation| operation.body.as_ref());
        let mut open: Vec<String> = bodies
            .filter_map(|body| target(&body.ty))
            .map(ToOwned::to_owned)
            .collect();
        let mut seen = BTreeSet::new();
        let mut findings = Vec::new();
        while let Some(name) = open.pop() {
            let Some(schema) = self.schemas.iter().find(|schema| schema.name == name) else {
                continue;
            };
            if !seen.insert(name) {
                continue;
            }
            if matches!(schema.kind, Kind::Map(_)) {
                let text = "not supported: a map in the body of a request";
                findings.push(schema.node.finding("unsupported", text));
            }
            open.extend(targets(schema));
        }
        self.findings.extend(findings);
    }

    /// Whoever answers with a failure of the server has nothing but its body.
    pub(super) fn check_faults(&mut self, operations: &[Operation<'_>], status: u16) {
        let responses = operations.iter().flat_map(|operation| &operation.responses);
        let headers = responses
            .filter(|response| response.status == status)
            .flat_map(|response| &response.headers);
        for header in headers.filter(|header| !header.is_set_by_server) {
            let text = "not supported: a header of a failure that is not set by the server";
            self.findings.push(header.node.finding("unsupported", text));
        }
    }

    /// Marks members whose type leads back to their object. Only lists may do that.
    pub(super) fn mark_recursion(&mut self) {
        let edges: Vec<(String, Vec<String>)> = self
            .schemas
            .iter()
            .map(|schema| (schema.name.clone(), targets(schema)))
            .collect();
        let reaches = |from: &str, to: &str| {
            let mut open = vec![from.to_owned()];
            let mut seen = BTreeSet::new();
            while let Some(name) = open.pop() {
                if name == to {
                    return true;
                }
                if seen.insert(name.clone()) {
                    let next = edges
                        .iter()
                        .find(|(schema, _)| *schema == name)
                        .map(|(_, next)| next.clone());
                    open.extend(next.unwrap_or_default());
                }
            }
            false
        };
        let mut findings = Vec::new();
        for schema in &mut self.schemas {
            let Kind::Object { members, .. } = &mut schema.kind else {
                continue;
            };
            for member in members {
                member.is_recursive = target(&member.ty).is_some_and(|to| reaches(to, &schema.name));
                if member.is_recursive && !matches!(member.ty, Type::List(_)) {
                    let text = "a member that holds its own object, other than in a list";
                    findings.push(
                        member
                            .node
                            .finding("unsupported", format!("not supported: {text}")),
                    );
                }
            }
        }
        self.findings.extend(findings);
    }
}

fn targets(schema: &Schema<'_>) -> Vec<String> {
    match &schema.kind {
        Kind::Object { members, .. } => members
            .iter()
            .filter_map(|member| target(&member.ty))
            .map(ToOwned::to_owned)
            .collect(),
        Kind::List { items, .. } => target(&items.ty).map(ToOwned::to_owned).into_iter().collect(),
        Kind::Map(ty) => target(ty).map(ToOwned::to_owned).into_iter().collect(),
        Kind::Choice(_) => Vec::new(),
    }
}

/// The named schema that a type leads to.
pub fn target(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(name) => Some(name),
        Type::List(items) => target(&items.ty),
        _ => None,
    }
}
