//! `params.rs`: the parameters of each operation, and how they are read.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::{
    Context, constant, docs, facts, ident, model_paths, number, paths, rules, rust_type, with_imports,
};
use crate::ir::{Operation, Param, ParamKind, Place, Type, pascal};

pub fn emit(context: &Context<'_>) -> TokenStream {
    let operations = context
        .api
        .operations
        .iter()
        .filter(|operation| !operation.params.is_empty());
    let structs = operations.map(|operation| params(context, operation));
    let body = quote!(#(#structs)*);
    let mut models = model_paths(context.api);
    models.extend(context.patterns.paths());
    let known = paths(
        &models,
        &[
            ("HttpRequest", "actix_web::HttpRequest"),
            ("DateTime", "chrono::DateTime"),
            ("Utc", "chrono::Utc"),
            ("List", "contract::runtime::params::List"),
            ("Reader", "contract::runtime::params::Reader"),
            ("Size", "contract::runtime::params::Size"),
            ("Rule", "contract::runtime::rule::Rule"),
            ("Guid", "contract::runtime::Guid"),
            ("Place", "contract::runtime::Place"),
            ("Query", "contract::runtime::Query"),
            ("Secret", "contract::runtime::Secret"),
            ("Selection", "contract::runtime::Selection"),
            ("Violation", "contract::runtime::Violation"),
            ("Uuid", "uuid::Uuid"),
        ],
    );
    let body = with_imports(&body, &known);
    quote! {
        //! The parameters of the operations.

        #body
    }
}

/// The name of an operation's parameters.
pub fn name(operation: &Operation<'_>) -> proc_macro2::Ident {
    format_ident!("{}Params", pascal(&operation.id))
}

fn params(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let name = name(operation);
    let about = format!(" Parameters of `{}`.", operation.id);
    let fields: Vec<TokenStream> = operation
        .handed()
        .map(|param| {
            let (field, ty) = (ident(&param.field), field_type(param));
            let about = docs(param.node.text("description").unwrap_or_default());
            quote!(#about pub #field: #ty)
        })
        .collect();
    let reads = operation.params.iter().map(|param| read(context, param));
    let required: Vec<&Param<'_>> = operation.params.iter().filter(|param| is_plain(param)).collect();
    let unwraps = required.iter().map(|param| {
        let field = ident(&param.field);
        quote!(let Some(#field) = #field else { return Err(reader.finish()); };)
    });
    let names = operation.handed().map(|param| ident(&param.field));
    let (body, value) = if fields.is_empty() {
        (quote!(;), quote!(Self))
    } else {
        (quote!({ #(#fields,)* }), quote!(Self { #(#names),* }))
    };
    let (query, reader) = if context.api.protocol.is_some() {
        (quote!(, query: Query<'_>), quote!(Reader::with(request, query)))
    } else {
        (TokenStream::new(), quote!(Reader::new(request)))
    };
    quote! {
        #[doc = #about]
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name #body

        impl #name {
            /// Reads the parameters. The error has everything that is wrong with them.
            pub fn decode(request: &HttpRequest #query) -> Result<Self, Vec<Violation>> {
                let mut reader = #reader;
                #(#reads)*
                #(#unwraps)*
                let violations = reader.finish();
                if violations.is_empty() { Ok(#value) } else { Err(violations) }
            }
        }
    }
}

/// Required and without a default: the field is the value itself.
fn is_plain(param: &Param<'_>) -> bool {
    let is_value = !matches!(param.kind, ParamKind::Selection(_) | ParamKind::Format(_));
    param.is_required && param.default.is_none() && is_value
}

fn field_type(param: &Param<'_>) -> TokenStream {
    let ty = rust_type(&kind(param));
    match param.kind {
        ParamKind::Selection(_) => quote!(Selection),
        _ if is_plain(param) || param.default.is_some() => ty,
        _ => quote!(Option<#ty>),
    }
}

/// The type of the value when it is there, as the document has it.
pub fn kind(param: &Param<'_>) -> Type {
    match &param.kind {
        ParamKind::One(ty) => ty.clone(),
        ParamKind::Many { items, .. } => Type::List(Box::new(items.clone())),
        ParamKind::Selection(_) => Type::Text,
        ParamKind::Format(name) => Type::Choice(name.clone()),
    }
}

fn read(context: &Context<'_>, param: &Param<'_>) -> TokenStream {
    let (field, wire) = (ident(&param.field), &param.wire);
    let rules = |ty, limits| rules::rules(context, ty, limits);
    let call = match (&param.kind, param.place) {
        (ParamKind::Format(name), _) => {
            // The answer's format was decided before; a word that names none is told here.
            let name = ident(name);
            return quote!(let _: Option<#name> = reader.query(#wire, &[]););
        }
        (ParamKind::Selection(schema), _) => {
            let (shape, rules) = (constant(schema), rules(&Type::Text, &param.limits));
            quote!(reader.selection(#wire, &super::shapes::#shape, &[#(#rules),*]))
        }
        (ParamKind::Many { items, explode }, _) => {
            let item = rust_type(&items.ty);
            let rules = rules(&items.ty, &items.limits);
            let list = if *explode {
                quote!(List::Repeated)
            } else {
                quote!(List::Commas)
            };
            let least = rules::count(param.limits.min_items.unwrap_or_default());
            let most = param.limits.max_items.map_or_else(
                || quote!(None),
                |most| {
                    let most = rules::count(most);
                    quote!(Some(#most))
                },
            );
            let size = quote!(Size { least: #least, most: #most });
            quote!(reader.query_list::<#item>(#wire, #list, #size, &[#(#rules),*]))
        }
        (ParamKind::One(ty), place) => {
            let (value, rules) = (rust_type(ty), rules(ty, &param.limits));
            match place {
                Place::Path => {
                    let from_end = number(i64::try_from(param.from_end).unwrap_or_default());
                    quote!(reader.path::<#value>(#wire, #from_end, &[#(#rules),*]))
                }
                Place::Query => quote!(reader.query::<#value>(#wire, &[#(#rules),*])),
                Place::Header => quote!(reader.header::<#value>(#wire, &[#(#rules),*])),
            }
        }
    };
    let default = param
        .default
        .as_ref()
        .and_then(|default| default_value(param, default));
    let default = default.map(|default| quote!(.unwrap_or(#default)));
    let place = match param.place {
        Place::Path => quote!(Place::Path),
        Place::Query => quote!(Place::Query),
        Place::Header => quote!(Place::Header),
    };
    let require = is_plain(param).then(|| quote!(reader.require(#place, #wire, #field.is_some());));
    quote! {
        let #field = #call #default;
        #require
    }
}

fn default_value(param: &Param<'_>, default: &Value) -> Option<TokenStream> {
    let ParamKind::One(ty) = &param.kind else {
        return None;
    };
    match (ty, default) {
        (Type::Int32 | Type::Int64, Value::Number(value)) => value.as_i64().map(number),
        (Type::Boolean, Value::Bool(value)) => Some(quote!(#value)),
        (Type::Text, Value::String(text)) => Some(quote!(#text.to_owned())),
        (Type::Choice(name), Value::String(text)) => {
            let (name, variant) = (ident(name), ident(&pascal(text)));
            Some(quote!(#name::#variant))
        }
        _ => None,
    }
}

/// The keywords of a parameter's schema that its attribute says: those of a member, without the flags and
/// examples that parameters do not take.
pub fn expressed(ty: &Type, schema: &Value) -> Vec<&'static str> {
    let mut expressed = facts::expressed(ty, schema);
    expressed.retain(|name| !matches!(*name, "examples" | "readOnly" | "writeOnly"));
    expressed
}
