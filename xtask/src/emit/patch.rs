//! The part of `openapi.rs` that adds what utoipa's macros cannot say.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use super::examples::{Examples, without_notes};
use super::{Context, facts, ident, params, raw_text};
use crate::document::{Node, is_own_extension};
use crate::ir::{Header, Kind, Operation, Param, Response, Type, snake};

/// How many statements one function has for the schemas.
const LONGEST: usize = 30;
/// How many statements one function has for an operation; each may take many lines.
const LONGEST_OF_OPERATION: usize = 10;

/// The functions that complete the document, and the calls to them.
pub struct Patches {
    pub functions: Vec<TokenStream>,
    pub calls: Vec<TokenStream>,
    pub examples: Examples,
}

impl Patches {
    pub fn of(context: &Context<'_>) -> Self {
        let mut patches = Self {
            functions: Vec::new(),
            calls: Vec::new(),
            examples: Examples::default(),
        };
        patches.add("root", "What no type says.", &root(context));
        for (index, statements) in schemas(context).chunks(LONGEST).enumerate() {
            let name = numbered("schemas", index);
            patches.add(&name, "Keywords that no attribute says.", statements);
        }
        for response in &context.api.shared {
            let name = response.shared.clone().unwrap_or_default();
            let statements = patches.answer(response, &quote!(Answer::Shared(#name)), &name);
            let about = format!("The answer `components/responses/{name}`.");
            patches.add(&format!("{}_answer", snake(&name)), &about, &statements);
        }
        for operation in &context.api.operations {
            let statements = patches.operation(operation);
            let about = format!("The operation `{}`.", operation.id);
            for (index, statements) in statements.chunks(LONGEST_OF_OPERATION).enumerate() {
                let name = numbered(&snake(&operation.id), index);
                patches.add(&name, &about, statements);
            }
        }
        patches
    }

    fn add(&mut self, name: &str, about: &str, statements: &[TokenStream]) {
        if statements.is_empty() {
            return;
        }
        let (name, about) = (ident(&format!("patch_{name}")), format!(" {about}"));
        self.calls.push(quote!(#name(&mut patch);));
        self.functions.push(quote! {
            #[doc = #about]
            fn #name(patch: &mut Patch<'_>) { #(#statements)* }
        });
    }

    fn operation(&mut self, operation: &Operation<'_>) -> Vec<TokenStream> {
        let (path, verb) = (&operation.path, &operation.method);
        let mut statements = Vec::new();
        let mut members = Map::new();
        for name in ["externalDocs", "servers", "deprecated"] {
            if let Some(value) = operation.node.value.get(name) {
                members.insert(name.to_owned(), value.clone());
            }
        }
        if !members.is_empty() {
            let members = compact(members);
            statements.push(quote!(patch.operation(#path, #verb, #members);));
        }
        for param in &operation.params {
            let rest = param_rest(param);
            if !rest.is_empty() {
                let (name, rest) = (&param.wire, compact(rest));
                statements.push(quote!(patch.parameter(#path, #verb, #name, #rest);));
            }
        }
        if operation.body.as_ref().is_some_and(|body| !body.is_required) {
            statements.push(quote!(patch.optional_body(#path, #verb);));
        }
        if let (Some(body), Some(node)) = (&operation.body, operation.node.get("requestBody")) {
            let place = format!("{}_request", operation.id);
            for media_type in &body.media_types {
                for (example, constant) in self.content_examples(node.resolve().ok(), media_type, &place) {
                    statements.push(
                        quote!(patch.request_example(#path, #verb, #media_type, #example, examples::#constant);),
                    );
                }
            }
        }
        for response in operation
            .responses
            .iter()
            .filter(|response| response.shared.is_none())
        {
            let status = response.status.to_string();
            let at = quote!(Answer::Of(#path, #verb, #status));
            statements.extend(self.answer(response, &at, &format!("{}_{status}", operation.id)));
        }
        statements
    }

    fn answer(&mut self, response: &Response<'_>, at: &TokenStream, place: &str) -> Vec<TokenStream> {
        let mut statements = Vec::new();
        for header in &response.headers {
            let rest = header_rest(header);
            if !rest.is_empty() {
                let (name, rest) = (&header.wire, compact(rest));
                statements.push(quote!(patch.header(#at, #name, #rest);));
            }
        }
        for (name, link) in response.node.members_of("links") {
            let target = link.resolve().ok();
            if let Some(Value::Object(members)) = target.map(|target| target.value) {
                let members = compact(members.clone());
                statements.push(quote!(patch.link(#at, #name, #members);));
            }
        }
        for media_type in response.body.iter().flat_map(|(_, media_types)| media_types) {
            for (example, constant) in self.content_examples(Some(response.node.clone()), media_type, place) {
                statements
                    .push(quote!(patch.answer_example(#at, #media_type, #example, examples::#constant);));
            }
        }
        statements
    }

    fn content_examples(
        &mut self,
        node: Option<Node<'_>>,
        media_type: &str,
        place: &str,
    ) -> Vec<(String, Ident)> {
        let Some(media) = node.and_then(|node| node.path(&["content", media_type])) else {
            return Vec::new();
        };
        let examples = media.members_of("examples");
        examples
            .iter()
            .map(|(name, node)| ((*name).to_owned(), self.examples.constant(node, place)))
            .collect()
    }
}

/// A name for each of several functions; the first has the plain one.
fn numbered(name: &str, index: usize) -> String {
    if index == 0 {
        name.to_owned()
    } else {
        format!("{name}_{}", index + 1)
    }
}

fn root(context: &Context<'_>) -> Vec<TokenStream> {
    let root = &context.api.root;
    let mut statements = Vec::new();
    for name in ["info", "servers", "tags", "security", "externalDocs"] {
        if let Some(node) = root.get(name) {
            let json = raw_text(&super::examples::json(node.value));
            statements.push(quote!(patch.root(#name, #json);));
        }
    }
    if let Some(node) = root.path(&["components", "securitySchemes"]) {
        let json = raw_text(&super::examples::json(node.value));
        statements.push(quote!(patch.root("securitySchemes", #json);));
    }
    statements
}

fn schemas(context: &Context<'_>) -> Vec<TokenStream> {
    let mut statements = Vec::new();
    for schema in context.api.schemas.iter().filter(|schema| !schema.is_inline) {
        let name = &schema.name;
        let (ty, expressed) = match &schema.kind {
            Kind::List { items, .. } => (Type::List(Box::new(items.clone())), vec!["description"]),
            Kind::Choice(_) => (Type::Choice(name.clone()), vec!["description", "examples"]),
            Kind::Object { .. } | Kind::Map(_) => (Type::Named(name.clone()), vec!["description"]),
        };
        let mut rest = facts::rest(&ty, schema.node.value, &expressed);
        if let (Kind::Map(ty), Some(values)) = (&schema.kind, schema.node.get("additionalProperties")) {
            let values = facts::rest(ty, values.value, &[]);
            rest.insert("additionalProperties".to_owned(), Value::Object(values));
        }
        if !rest.is_empty() {
            let rest = compact(rest);
            statements.push(quote!(patch.schema(#name, #rest);));
        }
        let Kind::Object { members, .. } = &schema.kind else {
            continue;
        };
        for member in members {
            let is_inline = matches!(&member.ty, Type::Choice(name) if context.api.schema(name).is_some_and(|s| s.is_inline));
            let rest = facts::member_rest(member, is_inline);
            if !rest.is_empty() {
                let (wire, rest) = (&member.wire, compact(rest));
                statements.push(quote!(patch.member(#name, #wire, #rest);));
            }
        }
    }
    statements
}

/// What the attribute of a parameter does not say.
fn param_rest(param: &Param<'_>) -> Map<String, Value> {
    let mut rest = Map::new();
    for (name, value) in param.node.value.as_object().into_iter().flatten() {
        let is_said = matches!(
            name.as_str(),
            "name" | "in" | "required" | "description" | "schema"
        );
        if !is_said && !is_own_extension(name) {
            rest.insert(name.clone(), value.clone());
        }
    }
    let ty = params::kind(param);
    if let Some(schema) = param.node.value.get("schema") {
        let expressed: Vec<&str> = params::expressed(&ty, schema);
        let keywords = facts::rest(&ty, schema, &expressed);
        if !keywords.is_empty() {
            rest.insert("schema".to_owned(), Value::Object(keywords));
        }
    }
    rest
}

/// What the attribute of a header does not say.
fn header_rest(header: &Header<'_>) -> Map<String, Value> {
    let mut rest = Map::new();
    for (name, value) in header.node.value.as_object().into_iter().flatten() {
        if name != "description" && name != "schema" && !is_own_extension(name) {
            rest.insert(name.clone(), value.clone());
        }
    }
    if let Some(schema) = header.node.value.get("schema") {
        let keywords = facts::rest(&header.ty, schema, &[]);
        if !keywords.is_empty() {
            rest.insert("schema".to_owned(), Value::Object(keywords));
        }
    }
    rest
}

/// JSON on one line.
fn compact(members: Map<String, Value>) -> TokenStream {
    raw_text(&without_notes(&Value::Object(members)).to_string())
}
