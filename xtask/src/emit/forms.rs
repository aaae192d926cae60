//! `forms.rs`: how the values of the document look on the wire, for dialects with XML or tolerated spellings.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Context, constant, with_imports};
use crate::document::Node;
use crate::ir::{
    Format, Kind, Member, Operation, Param, ParamKind, Place, Protocol, Schema, SchemeKind, Takes, Type,
};

pub fn emit(context: &Context<'_>, protocol: &Protocol) -> TokenStream {
    let forms = context
        .api
        .schemas
        .iter()
        .filter_map(|schema| form(context, protocol, schema));
    let in_bodies = context
        .api
        .operations
        .iter()
        .filter(|operation| operation.takes_parameters_in_body)
        .map(|operation| parameters(context, operation));
    let rules = rules(protocol);
    let body = quote! {
        #rules
        #(#forms)*
        #(#in_bodies)*
    };
    let names = ["Element", "Folding", "Form", "Kind", "Member", "Namespace"];
    let mut made: Vec<(String, String)> = names
        .iter()
        .map(|name| ((*name).to_owned(), format!("contract::runtime::form::{name}")))
        .collect();
    made.push(("Takes".to_owned(), "contract::runtime::takes::Takes".to_owned()));
    for name in ["Format", "Protocol"] {
        made.push((name.to_owned(), format!("contract::runtime::{name}")));
    }
    let body = with_imports(&body, &super::paths(&made, &[]));
    quote! {
        //! How values look on the wire.

        #body
    }
}

/// What the dialect takes and answers.
fn rules(protocol: &Protocol) -> TokenStream {
    let formats = protocol.formats.iter().map(|format| match format {
        Format::Json => quote!(Format::Json),
        Format::Xml => quote!(Format::Xml),
    });
    let supported: Vec<String> = protocol
        .formats
        .iter()
        .map(|format| format!("`{}`", format.media_type()))
        .collect();
    let supported = supported.join(" or ");
    let format_parameter = protocol
        .format_parameter
        .as_ref()
        .map_or_else(|| quote!(None), |name| quote!(Some(#name)));
    let tolerances = protocol.tolerances;
    let (names, values) = (tolerances.name_case, tolerances.value_case);
    let (text_json, text_xml) = (tolerances.text_json, tolerances.text_xml);
    let empty_content_type = tolerances.empty_content_type;
    quote! {
        /// What the dialect takes and answers.
        pub static PROTOCOL: Protocol = Protocol {
            formats: &[#(#formats),*],
            supported: #supported,
            format_parameter: #format_parameter,
            folding: Folding { names: #names, values: #values },
            text_json: #text_json,
            text_xml: #text_xml,
            empty_content_type: #empty_content_type,
        };
    }
}

fn form(context: &Context<'_>, protocol: &Protocol, schema: &Schema<'_>) -> Option<TokenStream> {
    let kind = match &schema.kind {
        Kind::Object { members, .. } => {
            let mut members: Vec<&Member<'_>> = members.iter().collect();
            if protocol.is_alphabetical {
                members.sort_by_key(|member| element_name(&member.node, &member.wire));
            }
            let members = members.iter().map(|member| self::member(context, member));
            quote!(Kind::Object(&[#(#members),*]))
        }
        Kind::List { items, .. } => {
            let items = item(context, &schema.node, &items.ty, &schema.name);
            quote!(Kind::List(#items))
        }
        // Only JSON has maps, and nothing of them is read.
        Kind::Map(_) => quote!(Kind::Any),
        Kind::Choice(_) => return None,
    };
    let (constant, name) = (constant(&schema.name), &schema.name);
    let element = element(&schema.node, name);
    let about = format!(" `{name}`.");
    Some(quote! {
        #[doc = #about]
        pub static #constant: Form = Form { element: #element, kind: #kind };
    })
}

fn member(context: &Context<'_>, member: &Member<'_>) -> TokenStream {
    let (wire, is_required, is_nullable) = (&member.wire, member.is_required, member.is_nullable);
    let element = element(&member.node, wire);
    let kind = kind(context, &member.node, &member.ty, wire);
    let is_attribute = member.node.get("xml").is_some_and(|xml| xml.flag("attribute"));
    let aliases = &member.aliases;
    let takes = match member.takes {
        Takes::Type => quote!(Takes::Kind),
        Takes::Number => quote!(Takes::Number),
        Takes::LinkedItems => quote!(Takes::LinkedItems),
    };
    quote! {
        Member {
            wire: #wire,
            aliases: &[#(#aliases),*],
            element: #element,
            is_attribute: #is_attribute,
            is_required: #is_required,
            is_nullable: #is_nullable,
            takes: #takes,
            kind: #kind,
        }
    }
}

/// `node` is the schema, where the type has items; `name` is that of the member.
fn kind(context: &Context<'_>, node: &Node<'_>, ty: &Type, name: &str) -> TokenStream {
    match ty {
        Type::Text | Type::Secret => quote!(Kind::Text),
        Type::Instant => quote!(Kind::Instant),
        Type::Uuid => quote!(Kind::Uuid),
        Type::Guid => quote!(Kind::Guid),
        Type::Int32 => quote!(Kind::Int32),
        Type::Int64 => quote!(Kind::Int64),
        Type::Number => quote!(Kind::Number),
        Type::Boolean => quote!(Kind::Flag),
        Type::Any => quote!(Kind::Any),
        Type::Choice(choice) => {
            let words = context.api.schema(choice).map(|schema| match &schema.kind {
                Kind::Choice(words) => words.clone(),
                _ => Vec::new(),
            });
            let words = words.unwrap_or_default();
            quote!(Kind::Words(&[#(#words),*]))
        }
        Type::Named(schema) => {
            let form = constant(schema);
            quote!(Kind::Named(&#form))
        }
        Type::List(items) => {
            let items = item(context, node, &items.ty, name);
            quote!(Kind::List(#items))
        }
    }
}

/// The form of the items of a list.
fn item(context: &Context<'_>, list: &Node<'_>, ty: &Type, name: &str) -> TokenStream {
    let items = list.get("items").unwrap_or_else(|| list.clone());
    let kind = kind(context, &items, ty, name);
    // A name of its own goes before that of the schema, which goes before that of the list.
    let element = match ty {
        Type::Named(schema) if items.get("xml").is_none() => {
            let schema = context.api.schema(schema).map_or(&items, |schema| &schema.node);
            element(schema, &schema.name())
        }
        _ => element(&items, name),
    };
    quote!(&Form { element: #element, kind: #kind })
}

/// The name that `xml` gives an element, else `name`.
pub fn element_name(node: &Node<'_>, name: &str) -> String {
    let own = node.get("xml").and_then(|xml| xml.text("name"));
    own.unwrap_or(name).to_owned()
}

fn element(node: &Node<'_>, name: &str) -> TokenStream {
    let name = element_name(node, name);
    let text = |word: &str| node.get("xml").and_then(|xml| xml.text(word));
    let namespace = text("namespace").zip(text("prefix")).map_or_else(
        || quote!(None),
        |(uri, prefix)| quote!(Some(Namespace { uri: #uri, prefix: #prefix })),
    );
    quote!(Element { name: #name, namespace: #namespace })
}

/// The form of a body.
pub fn body(ty: &Type) -> proc_macro2::Ident {
    match ty {
        Type::Named(name) => constant(name),
        _ => constant(""),
    }
}

/// The root element of an operation's errors, if it is not that of the schema of errors.
pub fn error_root(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let error = context.api.schema(&context.api.error);
    let is_shared = error.is_some_and(|error| error.node.text("x-roster-xml-root") == Some("operation"));
    let mut successes = operation
        .responses
        .iter()
        .filter(|response| response.status < 300);
    let success = successes.find_map(|response| response.body.as_ref());
    match success {
        Some((Type::Named(name), _)) if is_shared => {
            let schema = context.api.schema(name);
            let root = schema.map_or_else(|| name.clone(), |schema| element_name(&schema.node, name));
            quote!(Some(#root))
        }
        _ => quote!(None),
    }
}

/// The name of the form of a body that stands for parameters.
pub fn parameters_name(operation: &Operation<'_>) -> proc_macro2::Ident {
    format_ident!("{}_PARAMETERS", constant(&operation.id))
}

/// The form of a body that stands for parameters: any root element, all members texts.
fn parameters(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let params = operation.params.iter();
    let is_one = |param: &&Param<'_>| {
        param.place == Place::Query && matches!(param.kind, ParamKind::One(_) | ParamKind::Format(_))
    };
    let credentials = operation
        .security
        .iter()
        .flatten()
        .filter_map(|name| context.api.scheme(name));
    let credentials = credentials.filter_map(|scheme| match &scheme.kind {
        SchemeKind::Query(name) => Some(name),
        _ => None,
    });
    let names = params.filter(is_one).map(|param| &param.wire).chain(credentials);
    let members = names.map(|name| {
        quote! {
            Member {
                wire: #name,
                aliases: &[],
                element: Element { name: #name, namespace: None },
                is_attribute: false,
                is_required: false,
                is_nullable: true,
                takes: Takes::Kind,
                kind: Kind::Text,
            }
        }
    });
    let name = parameters_name(operation);
    let about = format!(" The parameters of `{}` as a body.", operation.id);
    quote! {
        #[doc = #about]
        pub static #name: Form = Form {
            element: Element { name: "", namespace: None },
            kind: Kind::Object(&[#(#members),*]),
        };
    }
}
