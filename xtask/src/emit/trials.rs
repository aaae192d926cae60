//! `trials.rs`: tries every example of a body in each of its media types, and samples of bodies, parameters and headers.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::examples::Examples;
use super::receive::check;
use super::{Context, forms, model_paths, models, params, paths, responses, with_imports};
use crate::document::{Node, below};
use crate::ir::{FORM, Format, Operation, Response, Type};

mod headers;

pub fn emit(context: &Context<'_>, examples: &mut Examples) -> TokenStream {
    let mut trials = Trials {
        context,
        examples,
        bodies: Vec::new(),
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
            trials.body(&node, &body.ty, &body.media_types, Some(body.is_open), &place);
        }
        for response in operation
            .responses
            .iter()
            .filter(|response| response.shared.is_none())
        {
            trials.answer(response, &format!("{}_{}", operation.id, response.status));
        }
    }
    let Trials { bodies, calls, .. } = trials;
    let bodies = bodies.iter().map(|body| body.emit(context));
    let parameters = context
        .api
        .operations
        .iter()
        .filter(|operation| !operation.params.is_empty())
        .map(|operation| parameters(context, operation));
    let operations = context.api.operations.iter();
    let headers = operations.flat_map(|operation| headers::emit(context, operation));
    let body = quote! {
        /// What is wrong with the examples: each is decoded, checked and encoded again, in each media type.
        pub fn examples() -> Vec<Complaint> {
            EXAMPLES.iter().flat_map(Example::complaints).collect()
        }

        /// The schemas of bodies, in each media type.
        pub static BODIES: &[Body] = &[#(#bodies),*];

        /// The parameters of the operations.
        pub static PARAMETERS: &[Parameters] = &[#(#parameters),*];

        /// The answers with headers that handlers give.
        pub static HEADERS: &[Headers] = &[#(#headers),*];

        /// The examples of bodies, in each media type.
        static EXAMPLES: &[Example] = &[#(#calls),*];
    };
    let mut made = model_paths(context.api);
    for operation in &context.api.operations {
        let name = params::name(operation).to_string();
        made.push((name.clone(), format!("super::params::{name}")));
        let name = responses::name(operation).to_string();
        made.push((name.clone(), format!("super::responses::{name}")));
    }
    let known = paths(
        &made,
        &[
            ("Complaint", "contract::runtime::example::Complaint"),
            ("Example", "contract::runtime::example::Example"),
            ("Body", "contract::runtime::trial::Body"),
            ("Headers", "contract::runtime::trial::Headers"),
            ("Parameters", "contract::runtime::trial::Parameters"),
            ("Selection", "contract::runtime::Selection"),
            ("DateTime", "chrono::DateTime"),
            ("Utc", "chrono::Utc"),
            ("Guid", "contract::runtime::Guid"),
            ("Uuid", "uuid::Uuid"),
            ("trial", "contract::runtime::trial"),
            ("wire", "contract::runtime::wire"),
            ("Folding", "contract::runtime::form::Folding"),
            ("Format", "contract::runtime::Format"),
            ("Query", "contract::runtime::Query"),
            ("forms", "super::forms"),
        ],
    );
    let body = with_imports(&body, &known);
    quote! {
        //! Tries the examples of the document, and samples of its bodies, parameters and headers.

        #body
    }
}

/// A schema that is a body.
struct Subject {
    ty: Type,
    media_type: String,
    is_open: bool,
    in_requests: bool,
    in_answers: bool,
}

impl Subject {
    fn emit(&self, context: &Context<'_>) -> TokenStream {
        let Self {
            ty,
            media_type,
            is_open,
            in_requests,
            in_answers,
        } = self;
        let Type::Named(name) = ty else {
            return TokenStream::new();
        };
        let reader: TokenStream = models::reader(context, ty).path.parse().unwrap_or_default();
        let check = check(context, ty);
        let (form, run) = if context.api.protocol.is_none() {
            (
                quote!(None),
                quote!(trial::plain::<#reader>(bytes, #is_open, #check)),
            )
        } else {
            let form = forms::body(ty);
            let run = if media_type == FORM {
                quote!(trial::pairs::<#reader>(bytes, &forms::#form, #check))
            } else if Format::of(media_type) == Some(Format::Xml) {
                quote!(trial::formed::<#reader>(bytes, &forms::#form, Format::Xml, #check))
            } else {
                quote!(trial::formed::<#reader>(bytes, &forms::#form, Format::Json, #check))
            };
            (quote!(Some(&forms::#form)), run)
        };
        quote! {
            Body {
                schema: #name,
                media_type: #media_type,
                in_requests: #in_requests,
                in_answers: #in_answers,
                form: #form,
                run: |bytes| #run,
            }
        }
    }
}

fn parameters(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let (id, name) = (&operation.id, params::name(operation));
    let query = context
        .api
        .protocol
        .is_some()
        .then(|| quote!(, Query::of(request, Folding::default())));
    quote! {
        Parameters {
            operation: #id,
            run: |request| #name::decode(request #query).map(drop),
        }
    }
}

struct Trials<'c, 'e> {
    context: &'c Context<'c>,
    examples: &'e mut Examples,
    bodies: Vec<Subject>,
    /// Pointer of the value, schema and media type of what is tried already.
    seen: BTreeSet<(String, String, String)>,
    calls: Vec<TokenStream>,
}

impl Trials<'_, '_> {
    fn answer(&mut self, response: &Response<'_>, place: &str) {
        if let Some((ty, media_types)) = &response.body {
            self.body(&response.node, ty, media_types, None, place);
        }
    }

    /// `open` says of a request's body whether it takes unknown members. Answers are read as a client would: what
    /// they have besides does not matter.
    fn body(&mut self, node: &Node<'_>, ty: &Type, media_types: &[String], open: Option<bool>, place: &str) {
        let Type::Named(name) = ty else {
            return;
        };
        for media_type in media_types {
            let Some(media) = node.path(&["content", media_type]) else {
                continue;
            };
            let subject = self.subject(ty, media_type, open);
            for (_, example) in media.members_of("examples") {
                let Some(value) = example.resolve().ok().and_then(|example| example.get("value")) else {
                    continue;
                };
                if self
                    .seen
                    .insert((value.pointer.clone(), name.clone(), media_type.clone()))
                {
                    let call = self.call(&example, &value, name, subject, place);
                    self.calls.push(call);
                }
            }
        }
    }

    /// The place of a body in the list of all bodies.
    fn subject(&mut self, ty: &Type, media_type: &str, open: Option<bool>) -> usize {
        // A dialect with forms looks for members that are there twice in any case.
        let is_open = open == Some(true) && self.context.api.protocol.is_none();
        let is_same = |subject: &Subject| {
            subject.ty == *ty && subject.media_type == media_type && subject.is_open == is_open
        };
        let index = self.bodies.iter().position(is_same).unwrap_or(self.bodies.len());
        if index == self.bodies.len() {
            self.bodies.push(Subject {
                ty: ty.clone(),
                media_type: media_type.to_owned(),
                is_open,
                in_requests: false,
                in_answers: false,
            });
        }
        if let Some(subject) = self.bodies.get_mut(index) {
            subject.in_requests |= open.is_some();
            subject.in_answers |= open.is_none();
        }
        index
    }

    fn call(
        &mut self,
        example: &Node<'_>,
        value: &Node<'_>,
        schema: &str,
        subject: usize,
        place: &str,
    ) -> TokenStream {
        let constant = self.examples.constant(example, place);
        let pointer = &value.pointer;
        let mut hidden = Vec::new();
        if let Some(schema) = self.context.api.schema(schema) {
            write_only(&schema.node, value.value, "", &mut hidden);
        }
        let subject = proc_macro2::Literal::usize_unsuffixed(subject);
        quote! {
            Example {
                pointer: #pointer,
                text: super::examples::#constant,
                hidden: &[#(#hidden),*],
                body: &BODIES[#subject],
            }
        }
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
