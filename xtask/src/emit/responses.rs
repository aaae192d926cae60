//! `responses.rs`: what each operation can answer.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Context, constant, docs, forms, ident, model_paths, paths, rust_type, with_imports};
use crate::ir::{Header, Operation, Response, SchemeKind, Type, pascal, reason};

pub fn emit(context: &Context<'_>) -> TokenStream {
    let enums = context
        .api
        .operations
        .iter()
        .map(|operation| response(context, operation));
    let body = quote!(#(#enums)*);
    let models = model_paths(context.api);
    let known = paths(
        &models,
        &[
            ("HttpResponse", "actix_web::HttpResponse"),
            ("StatusCode", "actix_web::http::StatusCode"),
            ("DateTime", "chrono::DateTime"),
            ("Utc", "chrono::Utc"),
            ("FromText", "contract::runtime::text::FromText"),
            ("reply", "contract::runtime::reply"),
            ("HeaderText", "contract::runtime::reply::HeaderText"),
            ("security", "contract::runtime::security"),
            ("Failure", "contract::runtime::Failure"),
            ("Format", "contract::runtime::Format"),
            ("Guid", "contract::runtime::Guid"),
            ("forms", "super::forms"),
            ("Selection", "contract::runtime::Selection"),
            ("Uuid", "uuid::Uuid"),
        ],
    );
    let body = with_imports(&body, &known);
    quote! {
        //! The answers of the operations.

        #body
    }
}

/// The name of an operation's answer.
pub fn name(operation: &Operation<'_>) -> proc_macro2::Ident {
    format_ident!("{}Response", pascal(&operation.id))
}

fn response(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let name = name(operation);
    let about = format!(" The answers of `{}`.", operation.id);
    let variants = operation.responses.iter().map(variant);
    let failures = failures(context, operation);
    let respond = respond(context, operation);
    quote! {
        #[doc = #about]
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name { #(#variants,)* }

        impl #name {
            #failures
            #respond
        }
    }
}

/// The headers that a handler gives.
pub fn fields<'a>(response: &'a Response<'_>) -> impl Iterator<Item = &'a Header<'a>> {
    response.headers.iter().filter(|header| !header.is_set_by_server)
}

fn variant(response: &Response<'_>) -> TokenStream {
    let name = ident(&response.variant);
    let about = docs(response.node.text("description").unwrap_or_default());
    let body = response.body.iter().map(|(ty, _)| {
        let ty = rust_type(ty);
        quote!(body: #ty)
    });
    let headers = fields(response).map(|header| {
        let (field, ty) = (ident(&header.field), rust_type(&header.ty));
        let ty = if header.is_required {
            ty
        } else {
            quote!(Option<#ty>)
        };
        let about = docs(header.node.text("description").unwrap_or_default());
        quote!(#about #field: #ty)
    });
    let members: Vec<TokenStream> = body.chain(headers).collect();
    if members.is_empty() {
        quote!(#about #name)
    } else {
        quote!(#about #name { #(#members,)* })
    }
}

fn failures(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let error = ident(&context.api.error);
    let id = &operation.id;
    let fault = fault_variant(context);
    let fault_status = proc_macro2::Literal::u16_unsuffixed(context.api.fault_status);
    let about = format!(
        " The answer that has the failure's status. A status that the operation does not document becomes {}.",
        context.api.fault_status
    );
    let arms = operation
        .responses
        .iter()
        .filter(|response| response.status >= 400 && response.status != context.api.fault_status);
    let arms = arms.map(|response| {
        let (status, variant) = (response.status, ident(&response.variant));
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        let required: Vec<&Header<'_>> = fields(response).filter(|header| header.is_required).collect();
        let parse = |header: &Header<'_>| {
            let (ty, wire) = (rust_type(&header.ty), &header.wire);
            quote!(reply::text(&headers, #wire).and_then(<#ty as FromText>::from_text))
        };
        let optional = fields(response)
            .filter(|header| !header.is_required)
            .map(|header| {
                let (field, value) = (ident(&header.field), parse(header));
                quote!(#field: #value)
            });
        if required.is_empty() {
            return quote!(#status => Self::#variant { body #(, #optional)* });
        }
        let names: Vec<_> = required.iter().map(|header| ident(&header.field)).collect();
        let values: Vec<TokenStream> = required.iter().map(|header| parse(header)).collect();
        let (values, pattern) = match (values.as_slice(), names.as_slice()) {
            ([value], [name]) => (value.clone(), quote!(Some(#name))),
            _ => (quote!((#(#values),*)), quote!((#(Some(#names)),*))),
        };
        quote! {
            #status => if let #pattern = #values {
                Self::#variant { body #(, #optional)* #(, #names)* }
            } else {
                reply::log_undocumented(#id, status);
                Self::#fault { body }
            }
        }
    });
    let arms: Vec<TokenStream> = arms.collect();
    let is_used = arms.iter().any(|arm| arm.to_string().contains("headers"));
    let headers = if is_used { quote!(headers) } else { quote!(..) };
    let choice = if arms.is_empty() {
        quote! {
            if status.as_u16() != #fault_status {
                reply::log_undocumented(#id, status);
            }
            Self::#fault { body }
        }
    } else {
        quote! {
            match status.as_u16() {
                #(#arms,)*
                #fault_status => Self::#fault { body },
                _ => {
                    reply::log_undocumented(#id, status);
                    Self::#fault { body }
                }
            }
        }
    };
    quote! {
        #[doc = #about]
        pub fn from_failure(failure: Failure<#error>) -> Self {
            let Failure { status, body, #headers } = failure;
            #choice
        }
    }
}

fn respond(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let is_pruned = |response: &Response<'_>| response.status < 300 && response.body.is_some();
    let arms = operation.responses.iter().map(|response| {
        let variant = ident(&response.variant);
        let status = status(response.status);
        let bindings: Vec<TokenStream> = response
            .body
            .iter()
            .map(|_| quote!(body))
            .chain(fields(response).map(|header| {
                let field = ident(&header.field);
                quote!(#field)
            }))
            .collect();
        let pattern = if bindings.is_empty() {
            quote!(Self::#variant)
        } else {
            quote!(Self::#variant { #(#bindings),* })
        };
        let headers = response
            .headers
            .iter()
            .filter_map(|header| header_text(context, header));
        let headers = quote!(&[#(#headers),*]);
        match &response.body {
            None => quote!(#pattern => reply::empty(#status, #headers)),
            Some((ty, _)) if context.api.protocol.is_some() => {
                let form = forms::body(ty);
                if is_pruned(response) {
                    quote! {
                        #pattern => {
                            reply::formed(#status, format, #headers, &forms::#form, None, &body, selection)
                        }
                    }
                } else {
                    quote!(#pattern => fault(#status, #headers, &body))
                }
            }
            Some((_, media_types)) => {
                let media = media_types.first();
                if is_pruned(response) {
                    quote!(#pattern => reply::json(#status, #media, #headers, &body, selection))
                } else {
                    quote!(#pattern => reply::whole(#status, #media, #headers, &body))
                }
            }
        }
    });
    let parameter = if operation.responses.iter().any(is_pruned) {
        quote!(selection)
    } else {
        quote!(_)
    };
    let fault = context.api.protocol.as_ref().map(|_| fault(context, operation));
    let has_body = operation.responses.iter().any(|response| response.body.is_some());
    let format = context.api.protocol.as_ref().map(|_| {
        let format = if has_body { quote!(format) } else { quote!(_) };
        quote!(, #format: Format)
    });
    quote! {
        /// Writes the answer; of a success only the selected members.
        pub fn respond(self, #parameter: &Selection #format) -> HttpResponse {
            #fault
            match self { #(#arms,)* }
        }
    }
}

/// How errors are written where there are several media types.
fn fault(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let (ty, form) = (ident(&context.api.error), constant(&context.api.error));
    let root = forms::error_root(context, operation);
    quote! {
        let fault = |status: StatusCode, headers: &[HeaderText], body: &#ty| {
            reply::formed(status, format, headers, &forms::#form, #root, body, &Selection::everything())
        };
    }
}

fn header_text(context: &Context<'_>, header: &Header<'_>) -> Option<TokenStream> {
    let wire = &header.wire;
    if header.is_set_by_server {
        // Most are written by middleware. A challenge belongs to the answer itself.
        let challenge = challenge(context)?;
        return wire
            .eq_ignore_ascii_case("www-authenticate")
            .then(|| quote!((#wire, Some(#challenge.to_owned()))));
    }
    let field = ident(&header.field);
    let text = match (&header.ty, header.is_required) {
        (Type::Text, true) => quote!(Some(#field)),
        (Type::Text, false) => quote!(#field),
        (Type::Instant, true) => quote!(Some(#field.to_rfc3339())),
        (Type::Instant, false) => quote!(#field.map(|value| value.to_rfc3339())),
        (_, true) => quote!(Some(#field.to_string())),
        (_, false) => quote!(#field.map(|value| value.to_string())),
    };
    Some(quote!((#wire, #text)))
}

/// The dialect's `WWW-Authenticate`: that of a scheme which has one of its own, else of the first that has one.
pub fn challenge(context: &Context<'_>) -> Option<TokenStream> {
    let schemes = &context.api.schemes;
    let own = schemes.iter().find_map(|scheme| scheme.challenge.as_ref());
    own.map(|own| quote!(#own)).or_else(|| {
        schemes.iter().find_map(|scheme| match scheme.kind {
            SchemeKind::Bearer => Some(quote!(security::BEARER_CHALLENGE)),
            SchemeKind::Basic => Some(quote!(security::BASIC_CHALLENGE)),
            SchemeKind::Header(_) | SchemeKind::Query(_) => None,
        })
    })
}

/// The variant for the server's own failures.
fn fault_variant(context: &Context<'_>) -> proc_macro2::Ident {
    let variant = reason(context.api.fault_status).map(|(_, variant)| variant);
    ident(&variant.unwrap_or_default())
}

/// `StatusCode::OK`.
pub fn status(status: u16) -> TokenStream {
    let name = match status {
        200 => "OK",
        201 => "CREATED",
        202 => "ACCEPTED",
        204 => "NO_CONTENT",
        206 => "PARTIAL_CONTENT",
        207 => "MULTI_STATUS",
        303 => "SEE_OTHER",
        304 => "NOT_MODIFIED",
        307 => "TEMPORARY_REDIRECT",
        308 => "PERMANENT_REDIRECT",
        400 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        406 => "NOT_ACCEPTABLE",
        409 => "CONFLICT",
        410 => "GONE",
        412 => "PRECONDITION_FAILED",
        413 => "PAYLOAD_TOO_LARGE",
        415 => "UNSUPPORTED_MEDIA_TYPE",
        422 => "UNPROCESSABLE_ENTITY",
        428 => "PRECONDITION_REQUIRED",
        429 => "TOO_MANY_REQUESTS",
        501 => "NOT_IMPLEMENTED",
        503 => "SERVICE_UNAVAILABLE",
        _ => "INTERNAL_SERVER_ERROR",
    };
    let name = ident(name);
    quote!(StatusCode::#name)
}
