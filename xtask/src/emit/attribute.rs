//! `#[utoipa::path(…)]` of each operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{facts, ident, openapi, params, rust_type, schema_type};
use crate::ir::{Header, Operation, Param, ParamKind, Place, Response, Type};

/// `#[utoipa::path(…)]`.
pub fn attribute(operation: &Operation<'_>) -> TokenStream {
    let (verb, path, id) = (ident(&operation.method), &operation.path, &operation.id);
    let tags = operation.node.items_of("tags");
    let tags: Vec<&str> = tags.iter().filter_map(|tag| tag.value.as_str()).collect();
    let tags = (!tags.is_empty()).then(|| quote!(tags = [#(#tags),*],));
    let text = |name: &str| {
        operation.node.text(name).map(|text| {
            let name = ident(name);
            quote!(#name = #text,)
        })
    };
    let (summary, description) = (text("summary"), text("description"));
    let params = operation.params.iter().map(param);
    let params = (!operation.params.is_empty()).then(|| quote!(params(#(#params),*),));
    let body = operation.body.as_ref().map(|body| {
        let ty = rust_type(&body.ty);
        let content = content(&ty, &body.media_types);
        let node = operation
            .node
            .get("requestBody")
            .and_then(|node| node.resolve().ok());
        let description = node
            .and_then(|node| node.text("description"))
            .map(|text| quote!(, description = #text));
        quote!(request_body(#content #description),)
    });
    let responses = operation.responses.iter().map(response);
    let security = operation
        .security
        .iter()
        .map(|schemes| quote!((#(#schemes = []),*)));
    quote! {
        #[utoipa::path(
            #verb, path = #path, operation_id = #id, #tags #summary #description
            #params #body
            responses(#(#responses),*),
            security(#(#security),*),
        )]
    }
}

fn param(param: &Param<'_>) -> TokenStream {
    let wire = &param.wire;
    let is_secret = param.kind == ParamKind::One(Type::Secret);
    let kind = params::kind(param);
    let ty = schema_type(&kind);
    // A required parameter is the value; everything else may be absent, but is never null.
    let ty = if param.is_required {
        ty
    } else {
        quote!(Option<#ty>)
    };
    let place = match param.place {
        Place::Path => quote!(Path),
        Place::Query => quote!(Query),
        Place::Header => quote!(Header),
    };
    let mut parts = Vec::new();
    if param.place == Place::Header && !param.is_required {
        parts.push(quote!(nullable = false));
    }
    if is_secret {
        parts.push(quote!(format = Password));
    }
    parts.extend(
        param
            .node
            .text("description")
            .map(|text| quote!(description = #text)),
    );
    if let Some(schema) = param.node.value.get("schema") {
        let mut schema = schema.clone();
        for name in ["examples", "readOnly", "writeOnly"] {
            if let Some(members) = schema.as_object_mut() {
                members.remove(name);
            }
        }
        parts.extend(facts::keywords(&kind, &schema));
    }
    quote!((#wire = #ty, #place #(, #parts)*))
}

fn response(response: &Response<'_>) -> TokenStream {
    let status = Literal::u16_unsuffixed(response.status);
    if response.shared.is_some() {
        let ty = openapi::shared_name(response);
        return quote!((status = #status, response = #ty));
    }
    let description = response.node.text("description").unwrap_or_default();
    let body = response.body.iter().map(|(ty, media_types)| {
        let ty = rust_type(ty);
        match media_types.as_slice() {
            [media_type] => quote!(, body = #ty, content_type = #media_type),
            several => quote!(, content(#((#ty = #several)),*)),
        }
    });
    let headers = response.headers.iter().map(header);
    let headers = (!response.headers.is_empty()).then(|| quote!(, headers(#(#headers),*)));
    quote!((status = #status, description = #description #(#body)* #headers))
}

/// The media types of a request body.
fn content(ty: &TokenStream, media_types: &[String]) -> TokenStream {
    match media_types {
        [media_type] => quote!(content = #ty, content_type = #media_type),
        several => quote!(content(#((#ty = #several)),*)),
    }
}

fn header(header: &Header<'_>) -> TokenStream {
    let (wire, ty) = (&header.wire, rust_type(&header.ty));
    let description = header
        .node
        .text("description")
        .map(|text| quote!(, description = #text));
    quote!((#wire = #ty #description))
}
