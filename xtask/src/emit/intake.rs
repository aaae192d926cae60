//! The part of `routes.rs` that decodes a request of a dialect with forms, and refuses it.

use proc_macro2::TokenStream;
use quote::quote;

use super::receive::{authenticate_name, check, limit, method_name, uses_query};
use super::{Context, constant, forms, ident, models, params};
use crate::ir::{Body, Media, Operation, SchemeKind, Type, snake};

/// Refusals in their order: 401, 413, 415, 406, 400. Where the body carries the credential: 413, 415, 400 for
/// what is not well-formed, 401, 406, 400.
pub fn steps(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let accept = operation
        .negotiates
        .then(|| quote!(forms::PROTOCOL.accept(negotiated)?;));
    let decodes = !operation.params.is_empty();
    let params = params::name(operation);
    let pattern = params_pattern(operation);
    if operation.takes_parameters_in_body {
        return parameters_in_body(context, operation);
    }
    let Some(body) = &operation.body else {
        let caller = caller(context, operation);
        let params = decodes
            .then(|| quote!(let #pattern = #params::decode(request, query).map_err(Refusal::Invalid)?;));
        return quote! {
            #caller
            body::drain(payload).await;
            #accept
            #params
        };
    };
    let intake = intake(body, operation.negotiates);
    let decode = decode(context, body);
    let both = if decodes {
        quote! {
            let params = #params::decode(request, query);
            let body = #decode;
            let (#pattern, body) = reply::both(params, body)?;
        }
    } else {
        quote!(let body = #decode.map_err(Refusal::Invalid)?;)
    };
    if body.credential.is_empty() || !operation.security.is_empty() {
        let caller = caller(context, operation);
        return quote!(#caller #intake #both);
    }
    let caller = caller_of_body(body);
    quote!(#intake #caller #accept #both)
}

/// Whether something in the query of a request to an operation means anything.
pub fn needs_query(context: &Context<'_>, operation: &Operation<'_>) -> bool {
    !operation.params.is_empty() || uses_query(context, &operation.security)
}

/// Whether the parameters of an operation reach its handler.
fn params_pattern(operation: &Operation<'_>) -> TokenStream {
    if operation.handed().next().is_some() {
        quote!(params)
    } else {
        let name = params::name(operation);
        quote!(#name)
    }
}

fn caller(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    if operation.security.is_empty() {
        return quote!(let _: &H = api; let caller = (););
    }
    let authenticate = authenticate_name(&operation.security);
    if uses_query(context, &operation.security) {
        quote!(let caller = #authenticate(api, request, &query).await?;)
    } else {
        quote!(let caller = #authenticate(api, request).await?;)
    }
}

fn caller_of_body(body: &Body) -> TokenStream {
    let schemes: Vec<String> = body.credential.iter().map(|(scheme, _)| scheme.clone()).collect();
    let method = method_name(&schemes);
    let names: Vec<_> = schemes.iter().map(|scheme| ident(&snake(scheme))).collect();
    let members = body
        .credential
        .iter()
        .map(|(_, member)| quote!(given.credential(#member)));
    let (pattern, members) = if names.len() == 1 {
        (quote!(#(Some(#names))*), quote!(#(#members)*))
    } else {
        (quote!((#(Some(#names)),*)), quote!((#(#members),*)))
    };
    quote! {
        let #pattern = #members else { return Err(security::missing()); };
        let caller = api.#method(request, #(&#names),*).await?;
    }
}

/// Reads the body, as far as it is well-formed.
fn intake(body: &Body, negotiates: bool) -> TokenStream {
    let Type::Named(name) = &body.ty else {
        return TokenStream::new();
    };
    let (form, limit, may_be_wrapped) = (constant(name), limit(body), body.may_be_wrapped);
    // Where the credential is in the body, `Accept` is not looked at before somebody is known.
    let accept = if negotiates && body.credential.is_empty() {
        quote!(Some(negotiated))
    } else {
        quote!(None)
    };
    let required = body
        .is_required
        .then(|| quote!(.ok_or_else(|| wanted.missing())?));
    let media = match &body.media {
        Media::Own => quote!(Media::Own),
        Media::Form => quote!(Media::Form),
        Media::Json(names) => {
            let supported = format!("`{}`", names.first().cloned().unwrap_or_default());
            quote!(Media::Json { names: &[#(#names),*], supported: #supported })
        }
    };
    quote! {
        let wanted = Wanted {
            protocol: &forms::PROTOCOL,
            form: &forms::#form,
            media: #media,
            limit: #limit,
            may_be_wrapped: #may_be_wrapped,
            accept: #accept,
        };
        let given = Intake::receive(request, payload, &wanted).await? #required;
    }
}

fn decode(context: &Context<'_>, body: &Body) -> TokenStream {
    let reader: TokenStream = models::reader(context, &body.ty).path.parse().unwrap_or_default();
    let check = check(context, &body.ty);
    if body.is_required {
        quote!(given.decode::<#reader>(#check))
    } else {
        quote!(given.map(|given| given.decode::<#reader>(#check)).transpose())
    }
}

/// A credential in the query is looked at first; else the body has to be read for it.
fn parameters_in_body(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let names = operation
        .security
        .iter()
        .flatten()
        .filter_map(|name| context.api.scheme(name));
    let names = names.filter_map(|scheme| match &scheme.kind {
        SchemeKind::Query(name) => Some(name),
        _ => None,
    });
    let authenticate = authenticate_name(&operation.security);
    let form = forms::parameters_name(operation);
    let (params, pattern) = (params::name(operation), params_pattern(operation));
    let accept = operation
        .negotiates
        .then(|| quote!(forms::PROTOCOL.accept(*negotiated)?;));
    let decode = (!operation.params.is_empty())
        .then(|| quote!(let #pattern = #params::decode(request, query).map_err(Refusal::Invalid)?;));
    quote! {
        let early = if query.has(&[#(#names),*]) {
            Some(#authenticate(api, request, &query).await?)
        } else {
            None
        };
        intake::parameters(request, payload, &forms::PROTOCOL, &forms::#form, &mut query).await?;
        *negotiated = forms::PROTOCOL.decide(request, &query);
        let caller = match early {
            Some(caller) => caller,
            None => #authenticate(api, request, &query).await?,
        };
        #accept
        #decode
    }
}
