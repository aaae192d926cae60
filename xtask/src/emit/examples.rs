//! `examples.rs`: the examples of the document, each text once.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::{constant, ident, raw_text};
use crate::document::{Node, is_own_extension};
use crate::ir::snake;

/// Collects examples and gives them names.
#[derive(Default)]
pub struct Examples(Vec<(String, String)>);

impl Examples {
    /// The constant for an example. Its name is that of the component, or is made of `place`.
    pub fn constant(&mut self, node: &Node<'_>, place: &str) -> Ident {
        let (name, value) = match node.resolve() {
            Ok(target) if node.get("$ref").is_some() => (component(&target.name()), target.value),
            _ => (
                constant(&format!("{place}_{}", node.name())).to_string(),
                node.value,
            ),
        };
        let text = json(value);
        if let Some((name, _)) = self.0.iter().find(|(_, have)| *have == text) {
            return ident(name);
        }
        // Two components may have names that differ only in case.
        let taken = self.0.iter().filter(|(have, _)| *have == name).count();
        let name = if taken == 0 {
            name
        } else {
            format!("{name}_{}", self.0.len())
        };
        self.0.push((name.clone(), text));
        ident(&name)
    }

    pub fn emit(&self) -> TokenStream {
        let constants = self.0.iter().map(|(name, text)| {
            let (name, text) = (ident(name), raw_text(text));
            quote!(pub const #name: &str = #text;)
        });
        quote! {
            //! The examples of the document, as JSON.

            #(#constants)*
        }
    }
}

/// The name of a component as that of a constant, which does not begin with a digit.
fn component(name: &str) -> String {
    let name = snake(name).to_uppercase();
    if name.starts_with(|first: char| first.is_ascii_uppercase()) {
        name
    } else {
        format!("EXAMPLE_{name}")
    }
}

/// JSON over several lines, without our own notes.
pub fn json(value: &Value) -> String {
    serde_json::to_string_pretty(&without_notes(value)).unwrap_or_default()
}

/// Leaves out the extensions that speak to the generator and to readers of the document.
pub fn without_notes(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| !is_own_extension(name));
            Value::Object(
                members
                    .map(|(name, value)| (name.clone(), without_notes(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(without_notes).collect()),
        scalar => scalar.clone(),
    }
}
