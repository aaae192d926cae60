//! The part of `routes.rs` that decodes a request, and refuses it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Context, constant, ident, intake, models, number, params, trait_name};
use crate::ir::{Body, Kind, Operation, Scheme, SchemeKind, Type, snake};

/// Refusals in their order: 401, 413, 415, 406, 400.
pub fn receive_steps(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    if context.api.protocol.is_some() {
        return intake::steps(context, operation);
    }
    let caller = if operation.security.is_empty() {
        quote!(let _: &H = api; let caller = ();)
    } else {
        let authenticate = authenticate_name(&operation.security);
        quote!(let caller = #authenticate(api, request).await?;)
    };
    let accept = operation
        .negotiates
        .then(|| quote!(negotiate::accept(request, "application/json")?;));
    let has_params = !operation.params.is_empty();
    let params = params::name(operation);
    let Some(body) = &operation.body else {
        let params =
            has_params.then(|| quote!(let params = #params::decode(request).map_err(Refusal::Invalid)?;));
        return quote! {
            #caller
            body::drain(payload).await;
            #accept
            #params
        };
    };
    let limit = limit(body);
    let media_type = body.media_types.first();
    let reader: TokenStream = models::reader(context, &body.ty).path.parse().unwrap_or_default();
    let check = check(context, &body.ty);
    let is_open = body.is_open;
    let decode = quote!(json::body::<#reader>(&bytes, #is_open, #check));
    let decode = if body.is_required {
        decode
    } else {
        quote!(if bytes.is_empty() { Ok(None) } else { #decode.map(Some) })
    };
    let both = if has_params {
        quote! {
            let params = #params::decode(request);
            let body = #decode;
            let (params, body) = reply::both(params, body)?;
        }
    } else {
        quote!(let body = #decode.map_err(Refusal::Invalid)?;)
    };
    quote! {
        #caller
        let bytes = body::read(request, payload, #limit).await?;
        negotiate::content_type(request, #media_type)?;
        #accept
        #both
    }
}

/// Longest body, in bytes.
pub fn limit(body: &Body) -> TokenStream {
    body.limit.map_or_else(
        || quote!(body::DEFAULT_LIMIT),
        |limit| number(i64::try_from(limit).unwrap_or(i64::MAX)),
    )
}

/// The function that finds what is wrong with a decoded body.
pub fn check(context: &Context<'_>, ty: &Type) -> TokenStream {
    let Type::Named(name) = ty else {
        return TokenStream::new();
    };
    let is_list = context
        .api
        .schema(name)
        .is_some_and(|schema| matches!(schema.kind, Kind::List { .. }));
    if is_list {
        let name = ident(name);
        quote!(#name::violations)
    } else {
        let shape = constant(name);
        quote!(|body| super::shapes::#shape.check("", body))
    }
}

/// The name of the trait's method for credentials that are shown together.
pub fn method_name(schemes: &[String]) -> Ident {
    let names: Vec<String> = schemes.iter().map(|name| snake(name)).collect();
    format_ident!("{}", names.join("_and_"))
}

pub fn authenticate_name(security: &[Vec<String>]) -> Ident {
    let names: Vec<String> = security
        .iter()
        .map(|schemes| method_name(schemes).to_string())
        .collect();
    format_ident!("authenticate_{}", names.join("_or_"))
}

/// Whether a credential stands in the query.
pub fn uses_query(context: &Context<'_>, security: &[Vec<String>]) -> bool {
    let mut schemes = security
        .iter()
        .flatten()
        .filter_map(|name| context.api.scheme(name));
    schemes.any(|scheme| matches!(scheme.kind, SchemeKind::Query(_)))
}

/// One function for each combination of schemes in use.
pub fn authentications(context: &Context<'_>) -> TokenStream {
    let name = trait_name(context.api);
    let mut combinations: Vec<&Vec<Vec<String>>> = context
        .api
        .operations
        .iter()
        .map(|operation| &operation.security)
        .collect();
    combinations.retain(|schemes| !schemes.is_empty());
    combinations.sort();
    combinations.dedup();
    let functions = combinations.iter().map(|security| {
        let function = authenticate_name(security);
        let attempts = security.iter().map(|schemes| attempt(context, schemes));
        let query = uses_query(context, security).then(|| quote!(, query: &Query<'_>));
        quote! {
            /// Finds out who calls, by the first credential that the request shows.
            async fn #function<H: #name>(api: &H, request: &HttpRequest #query) -> Result<H::Caller, Refusal> {
                #(#attempts)*
                Err(security::missing())
            }
        }
    });
    quote!(#(#functions)*)
}

/// Looks for the credentials of one alternative.
fn attempt(context: &Context<'_>, names: &[String]) -> TokenStream {
    let method = method_name(names);
    let schemes: Vec<&Scheme> = names.iter().filter_map(|name| context.api.scheme(name)).collect();
    let found = schemes.iter().map(|scheme| match &scheme.kind {
        SchemeKind::Bearer => quote!(security::bearer(request)),
        SchemeKind::Basic => quote!(security::basic(request)),
        SchemeKind::Header(header) => quote!(security::header(request, #header)),
        SchemeKind::Query(name) => quote!(query.text(#name)),
    });
    let names: Vec<Ident> = match schemes.as_slice() {
        [_] => vec![ident("credential")],
        several => several.iter().map(|scheme| ident(&snake(&scheme.name))).collect(),
    };
    let arguments = schemes.iter().zip(&names).map(|(scheme, name)| {
        let is_owned = matches!(scheme.kind, SchemeKind::Query(_));
        if is_owned { quote!(&#name) } else { quote!(#name) }
    });
    let (pattern, found) = if names.len() == 1 {
        (quote!(#(Some(#names))*), quote!(#(#found)*))
    } else {
        (quote!((#(Some(#names)),*)), quote!((#(#found),*)))
    };
    quote! {
        if let #pattern = #found {
            return api.#method(request, #(#arguments),*).await;
        }
    }
}
