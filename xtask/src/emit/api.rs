//! `api.rs`: the trait that handlers implement.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    Context, docs, ident, model_paths, params, paths, responses, rust_type, trait_name, with_imports,
};
use crate::ir::{Operation, Scheme, SchemeKind, snake};

pub fn emit(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let (name, error) = (trait_name(api), ident(&api.error));
    let schemes = api.schemes.iter().map(scheme);
    let operations = api.operations.iter().map(operation);
    let about = format!(
        " The operations of the dialect `{}`. Handlers implement it; the routes call it.",
        api.dialect
    );
    let body = quote! {
        /// The body of every error.
        pub type Problem = #error;

        #[doc = #about]
        #[expect(async_fn_in_trait, reason = "actix runs a request on one thread, its futures need not be Send")]
        pub trait #name: 'static {
            /// Who calls, as the security schemes found out.
            type Caller;

            /// The dialect's error body for a request refused before its handler ran.
            fn problem(&self, request: &HttpRequest, refusal: &Refusal) -> Problem;

            #(#schemes)*
            #(#operations)*
        }
    };
    let mut made = model_paths(api);
    for operation in &api.operations {
        let (params, response) = (params::name(operation), responses::name(operation));
        made.push((params.to_string(), format!("super::params::{params}")));
        made.push((response.to_string(), format!("super::responses::{response}")));
    }
    let known = paths(
        &made,
        &[
            ("HttpRequest", "actix_web::HttpRequest"),
            ("Call", "contract::runtime::Call"),
            ("Failure", "contract::runtime::Failure"),
            ("Refusal", "contract::runtime::Refusal"),
        ],
    );
    let body = with_imports(&body, &known);
    quote! {
        //! The trait that handlers implement.

        #body
    }
}

/// The name of the method that checks a credential.
pub fn scheme_method(scheme: &Scheme) -> proc_macro2::Ident {
    format_ident!("{}", snake(&scheme.name))
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let method = scheme_method(scheme);
    let (about, credential) = match &scheme.kind {
        SchemeKind::Bearer => ("Finds out who calls by a bearer token.".to_owned(), "token"),
        SchemeKind::Basic => (
            "Finds out who calls by HTTP Basic credentials, still encoded.".to_owned(),
            "credentials",
        ),
        SchemeKind::Header(name) => (
            format!("Finds out who calls by the header `{name}`."),
            "credential",
        ),
    };
    let about = format!(
        "{about} The error is `Refusal::Unauthorized`, or `Refusal::Fault`\nwhen the server cannot tell, which the implementation has logged."
    );
    let (about, credential) = (docs(&about), ident(credential));
    quote! {
        #about
        async fn #method(&self, request: &HttpRequest, #credential: &str) -> Result<Self::Caller, Refusal>;
    }
}

fn operation(operation: &Operation<'_>) -> TokenStream {
    let method = ident(&snake(&operation.id));
    let response = responses::name(operation);
    let summary = operation.node.text("summary").unwrap_or_default();
    let description = operation.node.text("description").unwrap_or_default();
    let (verb, path) = (operation.method.to_uppercase(), &operation.path);
    let about = docs(&format!("{summary}: `{verb} {path}`.\n\n{description}"));
    let caller = if operation.security.is_empty() {
        quote!(())
    } else {
        quote!(Self::Caller)
    };
    let params = (!operation.params.is_empty()).then(|| {
        let name = params::name(operation);
        quote!(params: #name,)
    });
    let body = operation.body.as_ref().map(|body| {
        let ty = rust_type(&body.ty);
        if body.is_required {
            quote!(body: #ty,)
        } else {
            quote!(body: Option<#ty>,)
        }
    });
    quote! {
        #about
        async fn #method(&self, call: Call<#caller>, #params #body) -> Result<#response, Failure<Problem>>;
    }
}
