//! `trials.rs`: tries every example of a body in each of its media types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::examples::Examples;
use super::receive::check;
use super::{Context, forms, model_paths, models, paths, with_imports};
use crate::document::{Node, below};
use crate::ir::{FORM, Format, Response, Type};

pub fn emit(context: &Context<'_>, examples: &mut Examples) -> TokenStream {
    let mut trials = Trials {
        context,
        examples,
        seen: BTreeSet::new(),
        calls: Vec::new(),
    };
    for response in &context.api.shared {
        trials.answer(response, response.shared.as_deref().unwrap_or_default());
    }
    for operation in &context.api.operations {
        let body = operation
            .node
            .get("requestBody")
            .and_then(|node| node.resolve().ok());
        if let (Some(body), Some(node)) = (&operation.body, body) {
            let place = format!("{}_request", operation.id);
            trials.body(&node, &body.ty, &body.media_types, body.is_open, &place);
        }
        for response in operation
            .responses
            .iter()
            .filter(|response| response.shared.is_none())
        {
            trials.answer(response, &format!("{}_{}", operation.id, response.status));
        }
    }
    let calls = trials.calls;
    let body = quote! {
        /// What is wrong with the examples: each is decoded, checked and encoded again, in each media type.
        pub fn examples() -> Vec<Complaint> {
            TRIALS.iter().flat_map(|trial| trial()).collect()
        }

        /// One trial for each example, schema and media type.
        static TRIALS: &[fn() -> Vec<Complaint>] = &[#(|| #calls),*];
    };
    let made = model_paths(context.api);
    let known = paths(
        &made,
        &[
            ("Complaint", "contract::runtime::example::Complaint"),
            ("Example", "contract::runtime::example::Example"),
            ("wire", "contract::runtime::wire"),
            ("Format", "contract::runtime::Format"),
            ("forms", "super::forms"),
        ],
    );
    let body = with_imports(&body, &known);
    quote! {
        //! Tries the examples of the document.

        #body
    }
}

struct Trials<'c, 'e> {
    context: &'c Context<'c>,
    examples: &'e mut Examples,
    /// Pointer of the value, schema and media type of what is tried already.
    seen: BTreeSet<(String, String, String)>,
    calls: Vec<TokenStream>,
}

impl Trials<'_, '_> {
    fn answer(&mut self, response: &Response<'_>, place: &str) {
        if let Some((ty, media_types)) = &response.body {
            // Answers are read as a client would: unknown members do not matter.
            self.body(&response.node, ty, media_types, false, place);
        }
    }

    fn body(&mut self, node: &Node<'_>, ty: &Type, media_types: &[String], is_open: bool, place: &str) {
        let Type::Named(name) = ty else {
            return;
        };
        for media_type in media_types {
            let Some(media) = node.path(&["content", media_type]) else {
                continue;
            };
            for (_, example) in media.members_of("examples") {
                let Some(value) = example.resolve().ok().and_then(|example| example.get("value")) else {
                    continue;
                };
                if self
                    .seen
                    .insert((value.pointer.clone(), name.clone(), media_type.clone()))
                {
                    let call = self.call(&example, &value, ty, media_type, is_open, place);
                    self.calls.push(call);
                }
            }
        }
    }

    fn call(
        &mut self,
        example: &Node<'_>,
        value: &Node<'_>,
        ty: &Type,
        media_type: &str,
        is_open: bool,
        place: &str,
    ) -> TokenStream {
        let Type::Named(name) = ty else {
            return TokenStream::new();
        };
        let constant = self.examples.constant(example, place);
        let pointer = &value.pointer;
        let mut hidden = Vec::new();
        if let Some(schema) = self.context.api.schema(name) {
            write_only(&schema.node, value.value, "", &mut hidden);
        }
        let reader: TokenStream = models::reader(self.context, ty).path.parse().unwrap_or_default();
        let check = check(self.context, ty);
        let example = quote! {
            Example { pointer: #pointer, text: super::examples::#constant, hidden: &[#(#hidden),*] }
        };
        if self.context.api.protocol.is_none() {
            return quote!(#example.plain::<#reader>(#is_open, #check));
        }
        let form = forms::body(ty);
        if media_type == FORM {
            return quote!(#example.pairs::<#reader>(&forms::#form, #check));
        }
        let is_xml = Format::of(media_type) == Some(Format::Xml);
        let format = if is_xml {
            quote!(Format::Xml)
        } else {
            quote!(Format::Json)
        };
        quote!(#example.formed::<#reader>(&forms::#form, #format, #check))
    }
}

/// Pointers to the members of a value that are never answered.
fn write_only(schema: &Node<'_>, value: &Value, pointer: &str, found: &mut Vec<String>) {
    let Ok(schema) = schema.resolve() else { return };
    for alternative in schema.items_of("oneOf") {
        write_only(&alternative, value, pointer, found);
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let Some(member) = schema.path(&["properties", name]) else {
                    continue;
                };
                let pointer = below(pointer, name);
                if member.flag("writeOnly") {
                    found.push(pointer);
                } else {
                    write_only(&member, value, &pointer, found);
                }
            }
        }
        Value::Array(items) => {
            let Some(schema) = schema.get("items") else { return };
            for (index, item) in items.iter().enumerate() {
                write_only(&schema, item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}
