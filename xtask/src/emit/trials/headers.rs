//! Tries the headers of answers: each answer that has some is made of values and written as for a client.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::{Context, ident, models, responses, rust_type};
use crate::ir::{Operation, Response, Type};

/// The answers of an operation that have headers which a handler gives.
pub fn emit(context: &Context<'_>, operation: &Operation<'_>) -> Vec<TokenStream> {
    let answers = operation.responses.iter();
    answers
        .filter_map(|response| answer(context, operation, response))
        .collect()
}

fn answer(context: &Context<'_>, operation: &Operation<'_>, response: &Response<'_>) -> Option<TokenStream> {
    let (id, status) = (&operation.id, Literal::u16_unsuffixed(response.status));
    let headers: Vec<TokenStream> = responses::fields(response)
        .map(|header| {
            let (field, ty, wire) = (ident(&header.field), rust_type(&header.ty), &header.wire);
            let read = if header.is_required {
                quote!(header)
            } else {
                quote!(optional)
            };
            quote!(#field: given.#read::<#ty>(#wire)?)
        })
        .collect();
    if headers.is_empty() {
        return None;
    }
    let body = match &response.body {
        None => TokenStream::new(),
        Some((ty @ Type::Named(_), _)) => {
            let reader: TokenStream = models::reader(context, ty).path.parse().unwrap_or_default();
            quote!(body: given.body::<#reader>()?,)
        }
        Some(_) => return None,
    };
    let (name, variant) = (responses::name(operation), ident(&response.variant));
    let format = context.api.protocol.as_ref().map(|_| quote!(, Format::Json));
    Some(quote! {
        Headers {
            operation: #id,
            status: #status,
            run: |given| {
                let answer = #name::#variant { #body #(#headers),* };
                Some(answer.respond(&Selection::everything() #format))
            },
        }
    })
}
