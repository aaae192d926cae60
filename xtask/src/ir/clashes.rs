//! Names that would be the same in Rust, or are none there.

use super::lower::required;
use super::schemas::Lowering;
use super::taken::is_free;
use super::{Operation, has_name, is_function_name, pascal, resource_name, snake, trait_name};
use crate::document::Node;

impl<'a> Lowering<'a> {
    /// Names of the document and its operations, schemes and shared answers.
    pub(super) fn check_names(&mut self, root: &Node<'a>, operations: &[Operation<'a>]) {
        let handlers = trait_name(&root.document().name);
        let same = self.schemas.iter().find(|schema| schema.name == handlers);
        let place = same.map_or_else(|| root.clone(), |schema| schema.node.clone());
        self.check_type(&place, &handlers);
        let ours = [
            "configure",
            "fault_status",
            "format",
            "operations",
            "problem",
            "refuse",
            "stray",
        ]
        .map(|name| (name.to_owned(), name.to_owned()));
        let mut names: Vec<(String, String)> = ours.to_vec();
        for operation in operations {
            self.check_path(operation, &mut names);
            let name = snake(&operation.id);
            if let Some((_, other)) = names.iter().find(|(have, _)| *have == name) {
                let text = format!("`{other}` and `{}` are both `{name}` in Rust", operation.id);
                self.clash(&operation.node, text);
            } else if !is_function_name(&operation.id) {
                let text = format!("`{}` cannot be a function in Rust", operation.id);
                self.clash(&operation.node, text);
            }
            for suffix in ["Params", "Response"] {
                self.check_type(&operation.node, &format!("{}{suffix}", pascal(&operation.id)));
            }
            for param in &operation.params {
                self.check_field(&param.node, &param.wire);
            }
            for header in operation.responses.iter().flat_map(|response| &response.headers) {
                self.check_field(&header.node, &header.wire);
            }
            names.push((name, operation.id.clone()));
        }
        self.check_components(root, operations);
    }

    /// The function that a path becomes, once for all its operations.
    fn check_path(&mut self, operation: &Operation<'a>, names: &mut Vec<(String, String)>) {
        let (name, path) = (resource_name(&operation.path), &operation.path);
        match names.iter().find(|(have, _)| *have == name) {
            Some((_, other)) if other == path => {}
            Some((_, other)) => {
                let text = format!("`{other}` and `{path}` are both `{name}` in Rust");
                self.clash(&operation.node, text);
            }
            None => names.push((name, path.clone())),
        }
    }

    /// What is made of the names of components that are no schemas.
    fn check_components(&mut self, root: &Node<'a>, operations: &[Operation<'a>]) {
        for name in operations.iter().flat_map(required).flatten() {
            let node = root.path(&["components", "securitySchemes", &name]);
            if let Some(node) = node.filter(|_| !is_function_name(&name)) {
                self.clash(&node, format!("`{name}` cannot be a function in Rust"));
            }
        }
        for response in operations.iter().flat_map(|operation| &operation.responses) {
            let Some(name) = &response.shared else { continue };
            let is_camel = name.starts_with(|first: char| first.is_ascii_uppercase())
                && name.chars().all(|c| c.is_ascii_alphanumeric());
            if is_camel {
                self.check_type(&response.node, &format!("{name}Answer"));
            } else {
                self.clash(&response.node, format!("`{name}` must be in upper camel case"));
            }
        }
    }

    /// A type that the generator makes has a name of its own.
    fn check_type(&mut self, node: &Node<'a>, name: &str) {
        if self.schemas.iter().any(|schema| schema.name == name) {
            let text = format!("a schema and a type that is made of this have one name, `{name}`");
            self.clash(node, text);
        } else if !is_free(name) {
            self.clash(node, format!("`{name}` is a type already; take another name"));
        }
    }

    /// A name that a field is made of.
    pub(super) fn check_field(&mut self, node: &Node<'a>, wire: &str) {
        if !has_name(wire) {
            let text = format!("`{wire}` gives no name in Rust: it has no letter and no digit of ASCII");
            self.clash(node, text);
        }
    }

    fn clash(&mut self, node: &Node<'a>, text: String) {
        let finding = node.finding("name-clash", text);
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}
