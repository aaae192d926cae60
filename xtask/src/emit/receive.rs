//! The part of `routes.rs` that decodes a request, and refuses it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Context, api, constant, ident, models, number, params, trait_name};
use crate::ir::{Kind, Operation, SchemeKind, Type, snake};

/// Refusals in their order: 401, 413, 415, 406, 400.
pub fn receive_steps(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
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
    let limit = body.limit.map_or_else(
        || quote!(body::DEFAULT_LIMIT),
        |limit| number(i64::try_from(limit).unwrap_or(i64::MAX)),
    );
    let media_type = &body.media_type;
    let reader: TokenStream = models::reader(context, &body.ty).path.parse().unwrap_or_default();
    let Type::Named(name) = &body.ty else {
        return TokenStream::new();
    };
    let is_list = context
        .api
        .schema(name)
        .is_some_and(|schema| matches!(schema.kind, Kind::List { .. }));
    let check = if is_list {
        let name = ident(name);
        quote!(#name::violations)
    } else {
        let shape = constant(name);
        quote!(|body| super::shapes::#shape.check("", body))
    };
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

fn authenticate_name(schemes: &[String]) -> proc_macro2::Ident {
    let names: Vec<String> = schemes.iter().map(|name| snake(name)).collect();
    format_ident!("authenticate_{}", names.join("_or_"))
}

/// One function for each combination of schemes in use.
pub fn authentications(context: &Context<'_>) -> TokenStream {
    let name = trait_name(context.api);
    let mut combinations: Vec<&Vec<String>> = context
        .api
        .operations
        .iter()
        .map(|operation| &operation.security)
        .collect();
    combinations.retain(|schemes| !schemes.is_empty());
    combinations.sort();
    combinations.dedup();
    let functions = combinations.iter().map(|schemes| {
        let function = authenticate_name(schemes);
        let attempts = schemes
            .iter()
            .filter_map(|scheme| context.api.scheme(scheme))
            .map(|scheme| {
                let method = api::scheme_method(scheme);
                let find = match &scheme.kind {
                    SchemeKind::Bearer => quote!(security::bearer(request)),
                    SchemeKind::Basic => quote!(security::basic(request)),
                    SchemeKind::Header(header) => quote!(security::header(request, #header)),
                };
                quote! {
                    if let Some(credential) = #find {
                        return api.#method(request, credential).await;
                    }
                }
            });
        quote! {
            /// Finds out who calls, by the first credential that the request shows.
            async fn #function<H: #name>(api: &H, request: &HttpRequest) -> Result<H::Caller, Refusal> {
                #(#attempts)*
                Err(security::missing())
            }
        }
    });
    quote!(#(#functions)*)
}
