//! `api.rs`: the trait that handlers implement.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::receive::method_name;
use super::{
    Context, docs, ident, model_paths, params, paths, responses, rust_type, trait_name, with_imports,
};
use crate::ir::{Operation, Scheme, SchemeKind, snake};

pub fn emit(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let (name, error) = (trait_name(api), ident(&api.error));
    let schemes = api.requirements.iter().map(|names| scheme(context, names));
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

/// The method for credentials that are shown together.
fn scheme(context: &Context<'_>, names: &[String]) -> TokenStream {
    let method = method_name(names);
    let schemes: Vec<&Scheme> = names.iter().filter_map(|name| context.api.scheme(name)).collect();
    let [scheme] = schemes.as_slice() else {
        let about = format!("Finds out who calls by {} together.", names.join(" and "));
        let credentials: Vec<_> = names.iter().map(|name| ident(&snake(name))).collect();
        return method_text(&about, &method, &credentials);
    };
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
        SchemeKind::Query(name) => (
            format!("Finds out who calls by the query parameter `{name}`."),
            "credential",
        ),
    };
    method_text(&about, &method, &[ident(credential)])
}

fn method_text(about: &str, method: &Ident, credentials: &[Ident]) -> TokenStream {
    let about = docs(&format!(
        "{about} The error is `Refusal::Unauthorized`, or `Refusal::Fault`\nwhen the server cannot tell, which the implementation has logged."
    ));
    quote! {
        #about
        async fn #method(&self, request: &HttpRequest, #(#credentials: &str),*) -> Result<Self::Caller, Refusal>;
    }
}

fn operation(operation: &Operation<'_>) -> TokenStream {
    let method = ident(&snake(&operation.id));
    let response = responses::name(operation);
    let summary = operation.node.text("summary").unwrap_or_default();
    let description = operation.node.text("description").unwrap_or_default();
    let (verb, path) = (operation.method.to_uppercase(), &operation.path);
    let about = docs(&format!("{summary}: `{verb} {path}`.\n\n{description}"));
    let caller = if operation.has_caller() {
        quote!(Self::Caller)
    } else {
        quote!(())
    };
    let params = operation.handed().next().is_some().then(|| {
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
