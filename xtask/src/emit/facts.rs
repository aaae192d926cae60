//! Which keywords of a schema an attribute of utoipa expresses, and which are left for the patch.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use super::{number, rust_type, schema_type};
use crate::document::Node;
use crate::ir::{Member, Type};

/// Keywords that the Rust type says.
const BY_TYPE: [&str; 7] = [
    "type",
    "$ref",
    "oneOf",
    "enum",
    "properties",
    "required",
    "additionalProperties",
];

/// The `schema` attribute of a member.
pub fn field_attribute(member: &Member<'_>, is_inline: bool) -> TokenStream {
    let mut parts = Vec::new();
    if is_inline {
        parts.push(quote!(inline));
    }
    match (member.is_required, member.is_nullable) {
        (true, true) => parts.push(quote!(required = true)),
        (false, false) => parts.push(quote!(nullable = false)),
        // utoipa takes what is never written for optional.
        (true, false) if member.is_write_only => parts.push(quote!(required = true)),
        _ => {}
    }
    let schema_type = schema_type(&member.ty);
    if member.is_patch || schema_type.to_string() != rust_type(&member.ty).to_string() {
        let is_option = !member.is_required || member.is_nullable;
        let ty = if is_option {
            quote!(Option<#schema_type>)
        } else {
            schema_type
        };
        parts.push(quote!(value_type = #ty));
    }
    if member.ty == Type::Secret {
        parts.push(quote!(format = Password));
    }
    if member.is_recursive {
        parts.push(quote!(no_recursion));
    }
    if !is_inline {
        parts.extend(keywords(&member.ty, member.node.value));
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[schema(#(#parts),*)])
    }
}

/// The keywords of a member that its attribute does not express.
pub fn member_rest(member: &Member<'_>, is_inline: bool) -> Map<String, Value> {
    let expressed = if is_inline {
        vec!["description", "examples"]
    } else {
        expressed(&member.ty, member.node.value)
    };
    let mut rest = rest(&member.ty, member.node.value, &expressed);
    rest.remove("description");
    rest
}

/// `examples` of an enumeration that stands inside of a member.
pub fn container_examples(node: &Node<'_>) -> TokenStream {
    let examples = examples(node.value);
    examples
        .map(|examples| quote!(#[schema(#examples)]))
        .unwrap_or_default()
}

/// Keywords as attribute parts, for fields and parameters alike.
pub fn keywords(ty: &Type, schema: &Value) -> Vec<TokenStream> {
    let is_expressed = expressed(ty, schema);
    let mut parts = Vec::new();
    for (name, attribute) in [
        ("minLength", quote!(min_length)),
        ("maxLength", quote!(max_length)),
        ("pattern", quote!(pattern)),
        ("minimum", quote!(minimum)),
        ("maximum", quote!(maximum)),
        ("minItems", quote!(min_items)),
        ("maxItems", quote!(max_items)),
    ] {
        if let Some(literal) = schema
            .get(name)
            .and_then(literal)
            .filter(|_| is_expressed.contains(&name))
        {
            parts.push(quote!(#attribute = #literal));
        }
    }
    for (name, attribute) in [("readOnly", quote!(read_only)), ("writeOnly", quote!(write_only))] {
        if is_expressed.contains(&name) {
            parts.push(quote!(#attribute = true));
        }
    }
    if is_expressed.contains(&"examples") {
        parts.extend(examples(schema));
    }
    parts
}

/// utoipa reads counts from the text of the literal, which then may have no underscores; clippy wants them in
/// longer ones.
const LARGEST_COUNT: u64 = 99_999;

/// The keywords that `keywords` puts into an attribute. utoipa looks at the name of the type, so a length is
/// fine on a `String` but not on a `Uuid`; and it drops zeros as compile errors.
pub fn expressed(ty: &Type, schema: &Value) -> Vec<&'static str> {
    let is_set = |name: &&'static str| match schema.get(*name) {
        None => false,
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Number(number)) => {
            let is_count = matches!(*name, "minLength" | "maxLength" | "minItems" | "maxItems");
            !is_count
                || number
                    .as_u64()
                    .is_some_and(|count| (1..=LARGEST_COUNT).contains(&count))
        }
        Some(Value::Array(_)) => examples(schema).is_some(),
        Some(_) => true,
    };
    let candidates: &[&'static str] = match ty {
        Type::Text | Type::Secret | Type::Guid => &[
            "minLength",
            "maxLength",
            "pattern",
            "examples",
            "readOnly",
            "writeOnly",
        ],
        Type::Int32 | Type::Int64 | Type::Number => {
            &["minimum", "maximum", "examples", "readOnly", "writeOnly"]
        }
        Type::Boolean | Type::Uuid | Type::Instant => &["examples", "readOnly", "writeOnly"],
        Type::List(_) => &["minItems", "maxItems"],
        Type::Named(_) | Type::Choice(_) | Type::Any => &[],
    };
    candidates.iter().copied().filter(|name| is_set(name)).collect()
}

/// Everything in a schema that neither its type nor `expressed` says.
pub fn rest(ty: &Type, schema: &Value, expressed: &[&str]) -> Map<String, Value> {
    let mut rest = Map::new();
    for (name, value) in schema.as_object().into_iter().flatten() {
        let by_format = name == "format" && *ty != Type::Text;
        if BY_TYPE.contains(&name.as_str())
            || by_format
            || expressed.contains(&name.as_str())
            || name.starts_with("x-")
        {
            continue;
        }
        if let (Type::List(items), "items") = (ty, name.as_str()) {
            let items = self::rest(&items.ty, value, &[]);
            if !items.is_empty() {
                rest.insert(name.clone(), Value::Object(items));
            }
            continue;
        }
        rest.insert(name.clone(), value.clone());
    }
    rest
}

fn examples(schema: &Value) -> Option<TokenStream> {
    let examples = schema
        .get("examples")?
        .as_array()
        .filter(|list| !list.is_empty())?;
    let literals: Option<Vec<TokenStream>> = examples.iter().map(literal).collect();
    literals.map(|literals| quote!(examples(#(#literals),*)))
}

/// A scalar as a literal.
pub fn literal(value: &Value) -> Option<TokenStream> {
    match value {
        Value::String(text) => Some(quote!(#text)),
        Value::Bool(flag) => Some(quote!(#flag)),
        Value::Number(value) => value
            .as_i64()
            .map(number)
            .or_else(|| value.to_string().parse().ok()),
        _ => None,
    }
}
