//! The whole document.

use super::protocol::protocol;
use super::schemas::Lowering;
use super::{Api, Operation, Response, Scheme, SchemeKind, Type};
use crate::document::{Document, Node};
use crate::finding::Finding;

/// Lowers a document, or says everything in it that the generator cannot express.
pub fn lower(document: &Document) -> Result<Api<'_>, Vec<Finding>> {
    let root = document.root();
    let mut lowering = Lowering::default();
    lowering.named(&root);
    let operations = lowering.operations(&root);
    let schemes = lowering.schemes(&root, &operations);
    let error = lowering.error(&root, &operations);
    lowering.check_names(&root, &operations);
    lowering.check_requests(&operations);
    let fault_status = fault_status(&root);
    lowering.check_faults(&operations, fault_status);
    let shared = shared(&operations);
    let requirements = requirements(&operations);
    let protocol = protocol(&root, &lowering.schemas, &operations, &schemes);
    let Lowering {
        mut schemas,
        findings,
    } = lowering;
    if !findings.is_empty() {
        return Err(findings);
    }
    schemas.sort_by_key(|schema| document.position(&schema.node.pointer));
    let error = error.unwrap_or_default();
    Ok(Api {
        dialect: document.name.clone(),
        root,
        schemas,
        operations,
        error,
        schemes,
        requirements,
        shared,
        fault_status,
        protocol,
    })
}

fn fault_status(root: &Node<'_>) -> u16 {
    let own = root.value.get("x-roster-fault-status");
    let own = own.and_then(serde_json::Value::as_u64);
    own.and_then(|status| u16::try_from(status).ok()).unwrap_or(500)
}

/// Each combination of schemes once, in the order of their first use.
fn requirements(operations: &[Operation<'_>]) -> Vec<Vec<String>> {
    let mut requirements: Vec<Vec<String>> = Vec::new();
    for requirement in operations.iter().flat_map(required) {
        if !requirements.contains(&requirement) {
            requirements.push(requirement);
        }
    }
    requirements
}

/// What an operation asks for, in its headers and query or in its body.
pub(super) fn required(operation: &Operation<'_>) -> Vec<Vec<String>> {
    let mut required = operation.security.clone();
    let credential = operation.body.iter().flat_map(|body| &body.credential);
    let in_body: Vec<String> = credential.map(|(scheme, _)| scheme.clone()).collect();
    if !in_body.is_empty() {
        required.push(in_body);
    }
    required
}

/// Each response under `components` once, by name.
fn shared<'a>(operations: &[Operation<'a>]) -> Vec<Response<'a>> {
    let mut shared: Vec<Response<'a>> = Vec::new();
    for response in operations.iter().flat_map(|operation| &operation.responses) {
        if response.shared.is_some() && !shared.iter().any(|other| other.shared == response.shared) {
            shared.push(response.clone());
        }
    }
    shared.sort_by(|a, b| a.shared.cmp(&b.shared));
    shared
}

impl<'a> Lowering<'a> {
    /// The alternatives of an operation's security.
    pub fn security(&mut self, root: &Node<'a>, operation: &Node<'a>) -> Vec<Vec<String>> {
        let Some(security) = operation.get("security").or_else(|| root.get("security")) else {
            return Vec::new();
        };
        let mut names = Vec::new();
        for requirement in security.items() {
            let schemes = requirement.members();
            if schemes.is_empty() {
                let _: Option<()> = self.unsupported(&requirement, "a credential as a choice");
            }
            for (_, scopes) in schemes.iter().filter(|(_, scopes)| !scopes.items().is_empty()) {
                let _: Option<()> = self.unsupported(scopes, "scopes");
            }
            names.push(schemes.iter().map(|(name, _)| (*name).to_owned()).collect());
        }
        names
    }

    fn schemes(&mut self, root: &Node<'a>, operations: &[Operation<'a>]) -> Vec<Scheme> {
        let mut schemes: Vec<Scheme> = Vec::new();
        let names = operations.iter().flat_map(|operation| {
            let names = required(operation).into_iter().flatten();
            names.map(move |name| (operation, name))
        });
        for (operation, name) in names {
            if schemes.iter().any(|scheme| scheme.name == name) {
                continue;
            }
            let Some(node) = root.path(&["components", "securitySchemes", &name]) else {
                let text = format!("there is no security scheme `{name}`");
                self.findings.push(operation.node.finding("dangling-ref", text));
                continue;
            };
            let kind = match (
                node.text("type"),
                node.text("scheme"),
                node.text("in"),
                node.text("name"),
            ) {
                (Some("http"), Some(scheme), ..) if scheme.eq_ignore_ascii_case("bearer") => {
                    SchemeKind::Bearer
                }
                (Some("http"), Some(scheme), ..) if scheme.eq_ignore_ascii_case("basic") => SchemeKind::Basic,
                (Some("apiKey"), _, Some("header"), Some(header)) => SchemeKind::Header(header.to_owned()),
                (Some("apiKey"), _, Some("query"), Some(name)) => SchemeKind::Query(name.to_owned()),
                _ => {
                    let _: Option<()> = self.unsupported(&node, "this kind of security scheme");
                    continue;
                }
            };
            let challenge = node.text("x-roster-challenge").map(ToOwned::to_owned);
            schemes.push(Scheme {
                name,
                kind,
                challenge,
            });
        }
        schemes
    }

    /// The schema of the bodies of all 4xx and 5xx answers.
    fn error(&mut self, root: &Node<'a>, operations: &[Operation<'a>]) -> Option<String> {
        let mut error: Option<&String> = None;
        for response in operations.iter().flat_map(|operation| &operation.responses) {
            if response.status < 400 {
                continue;
            }
            match &response.body {
                Some((Type::Named(name), _)) if error.is_none_or(|error| error == name) => error = Some(name),
                Some((Type::Named(_), _)) => {} // the lint says so
                _ => {
                    let _: Option<()> = self.unsupported(&response.node, "an error without a body");
                }
            }
        }
        if error.is_none() && self.findings.is_empty() {
            let _: Option<()> = self.unsupported(root, "a document without error answers");
        }
        error.cloned()
    }
}
