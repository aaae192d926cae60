//! Writes Rust for one dialect. Each file of the output has a module here.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

use crate::ir::{Api, Items, Kind, Schema, Type};

mod api;
mod attribute;
mod examples;
mod facts;
mod forms;
mod intake;
mod models;
mod mounts;
mod openapi;
mod params;
mod patch;
mod patterns;
mod receive;
mod responses;
mod routes;
mod rules;
mod shapes;
mod source;
mod trials;

pub use patterns::Patterns;

/// What every emitter needs.
pub struct Context<'a> {
    pub api: &'a Api<'a>,
    pub patterns: &'a Patterns,
}

/// The files of a dialect: their names below the module's folder, and their tokens. The first one, without a
/// name, is the module itself.
pub fn emit(api: &Api<'_>) -> Vec<(&'static str, TokenStream)> {
    let patterns = Patterns::of(api);
    let context = Context {
        api,
        patterns: &patterns,
    };
    let (openapi, examples, trials) = openapi::emit(&context);
    let mut files = vec![
        ("", root(api, patterns.is_empty())),
        ("api", api::emit(&context)),
        ("examples", examples),
        ("models", models::emit(&context)),
        ("openapi", openapi),
        ("params", params::emit(&context)),
        ("responses", responses::emit(&context)),
        ("routes", routes::emit(&context)),
        ("shapes", shapes::emit(&context)),
        ("source", source::emit(&context)),
        ("trials", trials),
    ];
    if let Some(protocol) = &api.protocol {
        files.push(("forms", forms::emit(&context, protocol)));
    }
    if !patterns.is_empty() {
        files.push(("patterns", patterns.emit()));
    }
    files
}

fn root(api: &Api<'_>, has_no_patterns: bool) -> TokenStream {
    let title = api
        .root
        .path(&["info", "title"])
        .and_then(|title| title.value.as_str())
        .unwrap_or_default();
    let docs =
        format!(" {title}: models, parameters, typed answers, the trait to implement, and its routes.");
    let name = trait_name(api);
    let patterns = (!has_no_patterns).then(|| {
        quote!(
            mod patterns;
        )
    });
    let forms = api.protocol.is_some().then(|| {
        quote!(
            pub mod forms;
        )
    });
    quote! {
        #![doc = #docs]

        pub mod api;
        mod examples;
        #forms
        pub mod models;
        pub mod openapi;
        pub mod params;
        #patterns
        pub mod responses;
        pub mod routes;
        pub mod shapes;
        pub mod source;
        pub mod trials;

        pub use api::{#name, Problem};
        pub use openapi::document;
        pub use routes::{FAULT_STATUS, OPERATIONS, configure};
        pub use source::{DOCUMENT_JSON, DOCUMENT_YAML};
    }
}

/// `KiboApi`.
pub fn trait_name(api: &Api<'_>) -> Ident {
    ident(&crate::ir::trait_name(&api.dialect))
}

pub fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// `AdminGroup` as `ADMIN_GROUP`.
pub fn constant(name: &str) -> Ident {
    ident(&crate::ir::snake(name).to_uppercase())
}

/// A type as it is written in models and parameters.
pub fn rust_type(ty: &Type) -> TokenStream {
    match ty {
        Type::Text => quote!(String),
        Type::Secret => quote!(Secret),
        Type::Instant => quote!(DateTime<Utc>),
        Type::Uuid => quote!(Uuid),
        Type::Guid => quote!(Guid),
        Type::Int32 => quote!(i32),
        Type::Int64 => quote!(i64),
        Type::Number => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Any => quote!(Value),
        Type::Named(name) | Type::Choice(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Type::List(items) => {
            let item = rust_type(&items.ty);
            quote!(Vec<#item>)
        }
    }
}

/// A type as the schema of the document has it: what is a text there is one in Rust for utoipa.
pub fn schema_type(ty: &Type) -> TokenStream {
    match ty {
        Type::Secret | Type::Guid => quote!(String),
        Type::List(items) => {
            let item = schema_type(&items.ty);
            quote!(Vec<#item>)
        }
        other => rust_type(other),
    }
}

/// The `use` lines that `body` needs of `known`: pairs of the word that shows the need, and the path. Paths of
/// one module share a line.
pub fn with_imports(body: &TokenStream, known: &[(&str, &str)]) -> TokenStream {
    let mut words = BTreeSet::new();
    gather_words(body.clone(), &mut words);
    let mut modules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (word, path) in known {
        if let Some((module, name)) = path.rsplit_once("::").filter(|_| words.contains(*word)) {
            modules.entry(module).or_default().insert(name);
        }
    }
    let uses = modules.iter().map(|(module, names)| {
        let module: TokenStream = module.parse().unwrap_or_default();
        let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
        if let [name] = names.as_slice() {
            quote!(use #module::#name;)
        } else {
            quote!(use #module::{#(#names),*};)
        }
    });
    quote! { #(#uses)* #body }
}

/// The names in code, also in texts that are code: those of serde's attributes. A name behind `::` is found by what
/// stands before it, and a variant of an enumeration is its own.
fn gather_words(tokens: TokenStream, words: &mut BTreeSet<String>) {
    gather(tokens, false, words);
}

fn gather(tokens: TokenStream, is_enumeration: bool, words: &mut BTreeSet<String>) {
    let (mut colons, mut is_behind_enum) = (0, false);
    for token in tokens {
        let is_below = colons == 2;
        colons = match &token {
            TokenTree::Punct(sign) if sign.as_char() == ':' => colons + 1,
            _ => 0,
        };
        match token {
            TokenTree::Group(group) => {
                let is_body = is_behind_enum && group.delimiter() == Delimiter::Brace;
                is_behind_enum &= !is_body;
                gather(group.stream(), is_body, words);
            }
            TokenTree::Ident(ident) => {
                is_behind_enum |= ident == "enum";
                if !is_below && !is_enumeration {
                    words.insert(ident.to_string());
                }
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if ["\"wire::", "\"patch::", "\"Option::", "\"Patch::"]
                    .iter()
                    .any(|start| text.starts_with(start))
                {
                    let parts =
                        text.split(|character: char| !character.is_alphanumeric() && character != '_');
                    words.extend(parts.map(ToOwned::to_owned));
                }
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// The paths of all models, for `with_imports`.
pub fn model_paths(api: &Api<'_>) -> Vec<(String, String)> {
    api.schemas
        .iter()
        .map(|schema| (schema.name.clone(), format!("super::models::{}", schema.name)))
        .collect()
}

/// Joins made paths and fixed ones.
pub fn paths<'a>(made: &'a [(String, String)], fixed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    made.iter()
        .map(|(word, path)| (word.as_str(), path.as_str()))
        .chain(fixed.iter().copied())
        .collect()
}

/// A text as doc comments, one for each line.
pub fn docs(text: &str) -> TokenStream {
    let lines = text.trim_end().lines().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// A whole number with its digits in groups of three.
pub fn number(value: i64) -> TokenStream {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 5 {
            text.push('_');
        }
        text.push(digit);
    }
    // Attributes and rules take whole numbers of any size; without a suffix a literal would be an `i32`.
    if i32::try_from(value).is_err() {
        text.push_str("_i64");
    }
    let literal = text
        .parse::<Literal>()
        .unwrap_or_else(|_| Literal::u64_unsuffixed(value.unsigned_abs()));
    if value < 0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}

/// A text as a raw string literal, so that JSON stays readable.
pub fn raw_text(text: &str) -> TokenStream {
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    // Carriage returns cannot stand in a raw literal; JSON texts have none outside of escapes.
    format!("r{fence}\"{text}\"{fence}")
        .parse::<Literal>()
        .map_or_else(|_| quote!(#text), |literal| quote!(#literal))
}

/// The object schema behind a type, through lists.
pub fn object_of<'a>(api: &'a Api<'_>, ty: &Type) -> Option<&'a Schema<'a>> {
    let schema = match ty {
        Type::Named(name) => api.schema(name)?,
        Type::List(items) => return object_of(api, &items.ty),
        _ => return None,
    };
    match &schema.kind {
        Kind::Object { .. } => Some(schema),
        Kind::List {
            items: Items { ty, .. },
            ..
        } => object_of(api, ty),
        Kind::Map(_) | Kind::Choice(_) => None,
    }
}
