//! `models.rs`: a type for each schema.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Context, constant, docs, facts, ident, object_of, paths, rules, rust_type, with_imports};
use crate::ir::{Items, Kind, Limits, Member, Schema, Type, pascal, snake};

pub fn emit(context: &Context<'_>) -> TokenStream {
    let types = context.api.schemas.iter().map(|schema| match &schema.kind {
        Kind::Object { is_closed, members } => object(context, schema, *is_closed, members),
        Kind::Choice(texts) => choice(context, schema, texts),
        Kind::List { items, limits } => list(context, schema, items, limits),
        Kind::Map(ty) => map(schema, ty),
    });
    let body = quote!(#(#types)*);
    let patterns = context.patterns.paths();
    let known = paths(
        &patterns,
        &[
            ("DateTime", "chrono::DateTime"),
            ("Utc", "chrono::Utc"),
            ("Ruled", "contract::runtime::rule::Ruled"),
            ("Rule", "contract::runtime::rule::Rule"),
            ("rule", "contract::runtime::rule"),
            ("shape", "contract::runtime::shape"),
            ("FromText", "contract::runtime::text::FromText"),
            ("wire", "contract::runtime::wire"),
            ("Guid", "contract::runtime::Guid"),
            ("Patch", "contract::runtime::Patch"),
            ("patch", "contract::runtime::patch"),
            ("Secret", "contract::runtime::Secret"),
            ("Violation", "contract::runtime::Violation"),
            ("Deserialize", "serde::Deserialize"),
            ("Serialize", "serde::Serialize"),
            ("ToSchema", "utoipa::ToSchema"),
            ("Value", "serde_json::Value"),
            ("BTreeMap", "std::collections::BTreeMap"),
            ("Uuid", "uuid::Uuid"),
            ("Validate", "validator::Validate"),
            ("ValidationError", "validator::ValidationError"),
        ],
    );
    let body = with_imports(&body, &known);
    quote! {
        //! The schemas as types.

        #body
    }
}

fn object(
    context: &Context<'_>,
    schema: &Schema<'_>,
    is_closed: bool,
    members: &[Member<'_>],
) -> TokenStream {
    let name = ident(&schema.name);
    let about = docs(schema.node.text("description").unwrap_or_default());
    let is_default = members.iter().all(|member| !member.is_required);
    let default = is_default.then(|| quote!(Default,));
    let closed = is_closed.then(|| quote!(#[serde(deny_unknown_fields)]));
    let functions = members
        .iter()
        .filter_map(|member| item_function(context, schema, member));
    let fields = members.iter().map(|member| field(context, schema, member));
    quote! {
        #about
        #[derive(Clone, Debug, #default PartialEq, Serialize, Deserialize, ToSchema, Validate)]
        #closed
        pub struct #name { #(#fields,)* }
        #(#functions)*
    }
}

fn field(context: &Context<'_>, schema: &Schema<'_>, member: &Member<'_>) -> TokenStream {
    let name = ident(&member.field);
    let inner = rust_type(&member.ty);
    let is_option = !member.is_required || member.is_nullable;
    let ty = match (member.is_patch, is_option) {
        (true, _) => quote!(Patch<#inner>),
        (false, true) => quote!(Option<#inner>),
        (false, false) => inner,
    };
    // An inline enumeration tells its description itself.
    let is_inline =
        matches!(&member.ty, Type::Choice(name) if context.api.schema(name).is_some_and(|s| s.is_inline));
    let about = if is_inline {
        TokenStream::new()
    } else {
        docs(member.node.text("description").unwrap_or_default())
    };
    let serde = serde_attribute(context, member);
    let schema_attribute = facts::field_attribute(member, is_inline);
    let items = item_function_name(schema, member).map(|name| quote!(#name));
    let items = items.filter(|_| has_item_rules(context, member));
    let is_object = object_of(context.api, &member.ty).is_some();
    let validate = rules::attributes(context, &member.ty, &member.limits, items.as_ref(), is_object);
    quote! {
        #about
        #serde
        #schema_attribute
        #validate
        pub #name: #ty
    }
}

fn serde_attribute(context: &Context<'_>, member: &Member<'_>) -> TokenStream {
    let mut parts = Vec::new();
    if member.wire != member.field {
        let wire = &member.wire;
        parts.push(quote!(rename = #wire));
    }
    if !member.is_required {
        parts.push(quote!(default));
    }
    let reader = reader(context, &member.ty);
    let function = match (member.is_required, member.is_nullable) {
        // serde would take a missing member for null, or null for a missing one.
        (true, true) => Some("nullable"),
        (false, false) => Some("optional"),
        (false, true) if reader.is_special => Some("nullable"),
        (true, false) if reader.is_special => Some("required"),
        _ => None,
    };
    if member.is_patch {
        let path = format!("patch::patch::<_, {}>", reader.path);
        parts.push(quote!(deserialize_with = #path));
    } else if let Some(function) = function {
        let path = format!("wire::{function}::<_, {}>", reader.path);
        parts.push(quote!(deserialize_with = #path));
    }
    if let Some(digits) = member.fraction_digits.filter(|_| member.ty == Type::Instant) {
        let path = format!("wire::fraction::<{digits}, _, _>");
        parts.push(quote!(serialize_with = #path));
    }
    if member.is_write_only {
        parts.push(quote!(skip_serializing_if = "wire::never"));
    } else if member.is_patch {
        parts.push(quote!(skip_serializing_if = "Patch::is_absent"));
    } else if !member.is_required && !member.is_nullable {
        parts.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[serde(#(#parts),*)])
    }
}

/// How a value is read from JSON.
pub struct Reader {
    pub path: String,
    /// serde's own reading is not that of JSON Schema.
    pub is_special: bool,
}

pub fn reader(context: &Context<'_>, ty: &Type) -> Reader {
    let special = |path: &str| Reader {
        path: format!("wire::{path}"),
        is_special: true,
    };
    match ty {
        Type::Int32 => special("Whole<i32>"),
        Type::Int64 => special("Whole<i64>"),
        Type::Instant => special("Instant"),
        Type::Uuid => special("Dashed"),
        Type::Guid => special("Spelled<Guid>"),
        // serde reads an enumeration from an object, too, and calls a number malformed.
        Type::Choice(name) => special(&format!("Spelled<{name}>")),
        Type::List(items) => {
            let items = reader(context, &items.ty);
            Reader {
                path: format!("wire::List<{}>", items.path),
                is_special: items.is_special,
            }
        }
        Type::Named(name)
            if matches!(
                context.api.schema(name).map(|s| &s.kind),
                Some(Kind::Object { .. })
            ) =>
        {
            special(&format!("Object<{name}>"))
        }
        plain => Reader {
            path: format!("wire::Plain<{}>", rust_type(plain)),
            is_special: false,
        },
    }
}

fn has_item_rules(context: &Context<'_>, member: &Member<'_>) -> bool {
    let Type::List(items) = &member.ty else {
        return false;
    };
    member.limits.unique_items || !rules::rules(context, &items.ty, &items.limits).is_empty()
}

fn item_function_name(schema: &Schema<'_>, member: &Member<'_>) -> Option<proc_macro2::Ident> {
    matches!(member.ty, Type::List(_))
        .then(|| format_ident!("check_{}_{}", snake(&schema.name), snake(&member.wire)))
}

/// The function that checks the items of a member, which the derive cannot.
fn item_function(context: &Context<'_>, schema: &Schema<'_>, member: &Member<'_>) -> Option<TokenStream> {
    let name = item_function_name(schema, member).filter(|_| has_item_rules(context, member))?;
    let Type::List(items) = &member.ty else {
        return None;
    };
    let item = rust_type(&items.ty);
    let checks = item_checks(context, items, &member.limits);
    let wire = &member.wire;
    let about = format!(" Checks the items of `{wire}`.");
    Some(quote! {
        #[doc = #about]
        fn #name(items: &[#item]) -> Result<(), ValidationError> {
            #(#checks)*
        }
    })
}

fn item_checks(context: &Context<'_>, items: &Items, limits: &Limits) -> Vec<TokenStream> {
    let rules = rules::rules(context, &items.ty, &items.limits);
    let mut checks = Vec::new();
    if !rules.is_empty() {
        checks.push(quote!(rule::items(items, &[#(#rules),*])));
    }
    if limits.unique_items {
        checks.push(quote!(rule::unique(items)));
    }
    let last = checks.len().saturating_sub(1);
    checks
        .iter()
        .enumerate()
        .map(|(index, check)| {
            if index == last {
                check.clone()
            } else {
                quote!(#check?;)
            }
        })
        .collect()
}

fn choice(context: &Context<'_>, schema: &Schema<'_>, texts: &[String]) -> TokenStream {
    let name = ident(&schema.name);
    let about = docs(schema.node.text("description").unwrap_or_default());
    let examples = facts::container_examples(&schema.node);
    let variants: Vec<_> = texts.iter().map(|text| ident(&pascal(text))).collect();
    let expected: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    let expected = expected.join(" or ");
    let protocol = context.api.protocol.as_ref();
    let from_text = if protocol.is_some_and(|protocol| protocol.tolerances.value_case) {
        quote! {
            let words = [#(Self::#variants),*];
            words.into_iter().find(|word| word.as_str().eq_ignore_ascii_case(text))
        }
    } else {
        quote!(match text { #(#texts => Some(Self::#variants),)* _ => None })
    };
    quote! {
        #about
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #examples
        pub enum #name { #(#[serde(rename = #texts)] #variants,)* }

        impl #name {
            /// The text on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { #(Self::#variants => #texts,)* }
            }
        }

        impl FromText for #name {
            const EXPECTED: &'static str = #expected;
            const RULE: &'static str = "enum";

            fn from_text(text: &str) -> Option<Self> {
                #from_text
            }
        }

        impl Ruled for #name {
            fn keeps(&self, _: Rule) -> bool {
                true
            }
        }
    }
}

/// A map: a tuple struct around it.
fn map(schema: &Schema<'_>, ty: &Type) -> TokenStream {
    let (name, value) = (ident(&schema.name), rust_type(ty));
    let about = docs(schema.node.text("description").unwrap_or_default());
    quote! {
        #about
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct #name(pub BTreeMap<String, #value>);
    }
}

/// A list with a name: a tuple struct around the list.
fn list(context: &Context<'_>, schema: &Schema<'_>, items: &Items, limits: &Limits) -> TokenStream {
    let name = ident(&schema.name);
    let item = rust_type(&items.ty);
    let about = docs(schema.node.text("description").unwrap_or_default());
    let reader = reader(context, &Type::List(Box::new(items.clone())));
    let read = reader.is_special.then(|| {
        let path = format!("wire::required::<_, {}>", reader.path);
        quote!(#[serde(deserialize_with = #path)])
    });
    let mut checks = Vec::new();
    if limits.min_items.is_some() || limits.max_items.is_some() {
        let least = rules::count(limits.min_items.unwrap_or_default());
        let most = limits.max_items.map_or_else(
            || quote!(None),
            |most| {
                let most = rules::count(most);
                quote!(Some(#most))
            },
        );
        checks.push(quote!(rule::size(items, #least, #most)));
    }
    let rules = rules::rules(context, &items.ty, &items.limits);
    if !rules.is_empty() {
        checks.push(quote!(rule::items(items, &[#(#rules),*])));
    }
    if limits.unique_items {
        checks.push(quote!(rule::unique(items)));
    }
    let below = object_of(context.api, &items.ty).map(|object| {
        let shape = constant(&object.name);
        quote! {
            for (index, item) in items.iter().enumerate() {
                violations.extend(super::shapes::#shape.check(&format!("/{index}"), item));
            }
        }
    });
    let found = quote!(shape::list_violations([#(#checks),*]));
    let body = match below {
        Some(below) => quote!(let mut violations = #found; #below violations),
        None => found,
    };
    quote! {
        #about
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct #name(#read pub Vec<#item>);

        impl #name {
            /// What is wrong with the list, as a request body.
            pub fn violations(&self) -> Vec<Violation> {
                let items = &self.0;
                #body
            }
        }
    }
}
