//! `openapi.rs`: the document that utoipa derives from types, routes and attributes.

use proc_macro2::TokenStream;
use quote::quote;

use super::patch::Patches;
use super::{Context, ident, rust_type, trials, with_imports};
use crate::ir::{Response, snake};

/// The derived document, the examples that it refers to, and the function that tries them.
pub fn emit(context: &Context<'_>) -> (TokenStream, TokenStream, TokenStream) {
    let api = context.api;
    let Patches {
        functions,
        calls,
        mut examples,
    } = Patches::of(context);
    let paths = api.operations.iter().map(|operation| {
        let name = ident(&snake(&operation.id));
        quote!(routes::#name)
    });
    let schemas = api
        .schemas
        .iter()
        .filter(|schema| !schema.is_inline)
        .map(|schema| {
            let name = ident(&schema.name);
            quote!(models::#name)
        });
    let names: Vec<_> = api.shared.iter().map(shared_name).collect();
    let responses = (!names.is_empty()).then(|| quote!(, responses(#(#names),*)));
    let shared = api.shared.iter().map(shared);
    let body = quote! {
        /// The document as the code has it.
        #[derive(OpenApi)]
        #[openapi(paths(#(#paths),*), components(schemas(#(#schemas),*) #responses), modifiers(&Rest))]
        pub struct ApiDoc;

        /// The document that follows from types, routes and attributes. `cargo xtask check` compares it with the
        /// source document.
        pub fn document() -> utoipa::openapi::OpenApi {
            ApiDoc::openapi()
        }

        #(#shared)*

        /// What utoipa's macros cannot say.
        struct Rest;

        impl Modify for Rest {
            fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
                let mut patch = Patch::new(document);
                patch.hoist_descriptions();
                #(#calls)*
            }
        }

        #(#functions)*
    };
    let body = with_imports(
        &body,
        &[
            ("Answer", "contract::runtime::openapi::Answer"),
            ("Patch", "contract::runtime::openapi::Patch"),
            ("ContentBuilder", "utoipa::openapi::ContentBuilder"),
            ("Header", "utoipa::openapi::Header"),
            ("Ref", "utoipa::openapi::Ref"),
            ("RefOr", "utoipa::openapi::RefOr"),
            ("Response", "utoipa::openapi::Response"),
            ("ResponseBuilder", "utoipa::openapi::ResponseBuilder"),
            ("Modify", "utoipa::Modify"),
            ("OpenApi", "utoipa::OpenApi"),
            ("ToResponse", "utoipa::ToResponse"),
            ("ToSchema", "utoipa::ToSchema"),
            ("examples", "super::examples"),
            ("models", "super::models"),
            ("routes", "super::routes"),
        ],
    );
    let openapi = quote! {
        //! The document that utoipa derives.

        #body
    };
    let trials = trials::emit(context, &mut examples);
    (openapi, examples.emit(), trials)
}

/// The type that stands for a response under `components`.
pub fn shared_name(response: &Response<'_>) -> proc_macro2::Ident {
    ident(&format!(
        "{}Answer",
        response.shared.as_deref().unwrap_or_default()
    ))
}

fn shared(response: &Response<'_>) -> TokenStream {
    let name = response.shared.as_deref().unwrap_or_default();
    let ty = shared_name(response);
    let about = format!(" `components/responses/{name}`.");
    let description = response.node.text("description").unwrap_or_default();
    let headers = response.headers.iter().map(|header| {
        let (wire, ty) = (&header.wire, rust_type(&header.ty));
        let description = header.node.text("description").unwrap_or_default();
        quote! {
            let mut header = Header::new(utoipa::schema!(#ty));
            header.description = Some(#description.to_owned());
            let response = response.header(#wire, header);
        }
    });
    let content = response.body.iter().flat_map(|(ty, media_types)| {
        let ty = rust_type(ty);
        media_types.iter().map(move |media_type| {
            quote! {
                let body = Ref::from_schema_name(<models::#ty as ToSchema>::name());
                let content = ContentBuilder::new().schema(Some(body)).build();
                let response = response.content(#media_type, content);
            }
        })
    });
    quote! {
        #[doc = #about]
        pub struct #ty;

        impl<'r> ToResponse<'r> for #ty {
            fn response() -> (&'r str, RefOr<Response>) {
                let response = ResponseBuilder::new().description(#description);
                #(#headers)*
                #(#content)*
                (#name, response.build().into())
            }
        }
    }
}
