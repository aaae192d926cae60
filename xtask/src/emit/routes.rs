//! `routes.rs`: one function for each operation, and where they are mounted.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::attribute::attribute;
use super::receive::{authentications, receive_steps};
use super::responses::challenge;
use super::{
    Context, constant, forms, ident, intake, model_paths, mounts, openapi, params, paths, responses,
    rust_type, trait_name, with_imports,
};
use crate::ir::{Operation, snake};

/// What routes may need of the runtime.
const RUNTIME: [&str; 15] = [
    "Call",
    "Format",
    "Media",
    "Negotiated",
    "Operation",
    "Query",
    "Refusal",
    "Selection",
    "body",
    "intake",
    "json",
    "negotiate",
    "reply",
    "security",
    "wire",
];

pub fn emit(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let operations = table(context);
    let configure = mounts::configure(context);
    let functions = api
        .operations
        .iter()
        .map(|operation| function(context, operation));
    let authentications = authentications(context);
    let refuse = refuse(context);
    let body = quote! {
        #operations
        #configure
        #(#functions)*
        #authentications
        #refuse
    };
    let mut made = model_paths(api);
    for operation in &api.operations {
        let (params, response) = (params::name(operation), responses::name(operation));
        made.push((params.to_string(), format!("super::params::{params}")));
        made.push((response.to_string(), format!("super::responses::{response}")));
    }
    for response in &api.shared {
        let name = openapi::shared_name(response);
        made.push((name.to_string(), format!("super::openapi::{name}")));
    }
    let trait_name = trait_name(api);
    made.push((trait_name.to_string(), format!("super::api::{trait_name}")));
    made.push(("Problem".to_owned(), "super::api::Problem".to_owned()));
    for name in RUNTIME {
        // utoipa has a word of its own for parameters in the query.
        if name == "Query" && api.protocol.is_none() {
            continue;
        }
        made.push((name.to_owned(), format!("contract::runtime::{name}")));
    }
    for name in ["Intake", "Wanted"] {
        made.push((name.to_owned(), format!("contract::runtime::intake::{name}")));
    }
    let known = paths(
        &made,
        &[
            ("StatusCode", "actix_web::http::StatusCode"),
            ("forms", "super::forms"),
            ("HttpRequest", "actix_web::HttpRequest"),
            ("HttpResponse", "actix_web::HttpResponse"),
            ("Resource", "actix_web::Resource"),
            ("web", "actix_web::web"),
        ],
    );
    let body = with_imports(&body, &known);
    quote! {
        //! The operations as actix has them: decode, call the handler, encode.

        #body
    }
}

/// The constants of the operations and the list of all.
fn table(context: &Context<'_>) -> TokenStream {
    let dialect = &context.api.dialect;
    let constants = context.api.operations.iter().map(|operation| {
        let name = constant(&operation.id);
        let (id, method, path) = (&operation.id, operation.method.to_uppercase(), &operation.path);
        let aliases = &operation.aliases;
        let about = format!(" `{id}`.");
        quote! {
            #[doc = #about]
            pub static #name: Operation = Operation {
                id: #id,
                method: #method,
                path: #path,
                aliases: &[#(#aliases),*],
                dialect: #dialect,
            };
        }
    });
    let names = context
        .api
        .operations
        .iter()
        .map(|operation| constant(&operation.id));
    let fault = responses::status(context.api.fault_status);
    quote! {
        /// The status of the server's own failures.
        pub const FAULT_STATUS: StatusCode = #fault;

        #(#constants)*

        /// All operations, in the order of the document.
        pub static OPERATIONS: &[&Operation] = &[#(&#names),*];
    }
}

fn function(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let attribute = attribute(operation);
    let name = trait_name(context.api);
    let (function, receive) = (
        ident(&snake(&operation.id)),
        format_ident!("receive_{}", snake(&operation.id)),
    );
    let (constant, response) = (constant(&operation.id), responses::name(operation));
    let has_params = operation.handed().next().is_some();
    let body = operation.body.as_ref().map(|body| {
        let ty = rust_type(&body.ty);
        if body.is_required { ty } else { quote!(Option<#ty>) }
    });
    let params_type = params::name(operation);
    let caller_type = if operation.has_caller() {
        quote!(H::Caller)
    } else {
        quote!(())
    };
    let mut types = vec![caller_type];
    let mut names = vec![quote!(caller)];
    if has_params {
        types.push(quote!(#params_type));
        names.push(quote!(params));
    }
    if let Some(body) = &body {
        types.push(body.clone());
        names.push(quote!(body));
    }
    let (received, pattern) = if types.len() == 1 {
        (types[0].clone(), names[0].clone())
    } else {
        (quote!((#(#types),*)), quote!((#(#names),*)))
    };
    let arguments = &names[1..];
    let (take, selection) = match operation.selection() {
        Some(param) => {
            let field = ident(&param.field);
            (quote!(let selection = params.#field.clone();), quote!(&selection))
        }
        None => (TokenStream::new(), quote!(&Selection::everything())),
    };
    let steps = receive_steps(context, operation);
    let about = format!(" Decodes a request to `{}`.", operation.id);
    let is_read = operation.has_caller()
        || !operation.params.is_empty()
        || operation.body.is_some()
        || operation.takes_parameters_in_body
        || operation.negotiates && context.api.protocol.is_none();
    let request = if is_read { quote!(request) } else { quote!(_) };
    let Parts {
        prepare,
        parameters,
        arguments: more,
        format,
        written,
        refused,
    } = parts(context, operation);
    quote! {
        #attribute
        pub async fn #function<H: #name>(
            api: web::Data<H>,
            request: HttpRequest,
            mut payload: web::Payload,
        ) -> HttpResponse {
            #prepare
            let received = #receive(api.get_ref(), &request, &mut payload #more).await;
            match received {
                Ok(#pattern) => {
                    #take
                    let call = Call { caller, operation: &#constant, request, format: #format };
                    let answer = api.#function(call #(, #arguments)*).await;
                    answer.unwrap_or_else(#response::from_failure).respond(#selection #written)
                }
                Err(refusal) => refuse(api.get_ref(), &request, &mut payload, &refusal #refused).await,
            }
        }

        #[doc = #about]
        async fn #receive<H: #name>(
            api: &H,
            #request: &HttpRequest,
            payload: &mut web::Payload
            #parameters
        ) -> Result<#received, Refusal> {
            #steps
            Ok(#pattern)
        }
    }
}

/// What the function of an operation has more where there are several media types.
#[derive(Default)]
struct Parts {
    prepare: TokenStream,
    parameters: TokenStream,
    arguments: TokenStream,
    format: TokenStream,
    written: TokenStream,
    refused: TokenStream,
}

fn parts(context: &Context<'_>, operation: &Operation<'_>) -> Parts {
    if context.api.protocol.is_none() {
        return Parts {
            format: quote!(Format::Json),
            ..Parts::default()
        };
    }
    let root = forms::error_root(context, operation);
    // A body that stands for parameters may name the format, too.
    let (mutable, parameters, arguments) = if operation.takes_parameters_in_body {
        (
            quote!(mut),
            quote!(, mut query: Query<'_>, negotiated: &mut Negotiated),
            quote!(, query, &mut negotiated),
        )
    } else {
        let query = if intake::needs_query(context, operation) {
            quote!(query)
        } else {
            quote!(_)
        };
        let negotiated = if operation.negotiates {
            quote!(negotiated)
        } else {
            quote!(_)
        };
        (
            TokenStream::new(),
            quote!(, #query: Query<'_>, #negotiated: Negotiated),
            quote!(, query, negotiated),
        )
    };
    Parts {
        prepare: quote! {
            let query = Query::of(&request, forms::PROTOCOL.folding);
            let #mutable negotiated = forms::PROTOCOL.decide(&request, &query);
        },
        parameters,
        arguments,
        format: quote!(negotiated.format),
        written: quote!(, negotiated.format),
        refused: quote!(, negotiated.format, #root),
    }
}

fn refuse(context: &Context<'_>) -> TokenStream {
    let name = trait_name(context.api);
    let challenge = challenge(context).map_or_else(|| quote!(None), |challenge| quote!(Some(#challenge)));
    if context.api.protocol.is_none() {
        return quote! {
            /// Answers a refused request, after reading the rest of its body away.
            async fn refuse<H: #name>(
                api: &H,
                request: &HttpRequest,
                payload: &mut web::Payload,
                refusal: &Refusal,
            ) -> HttpResponse {
                body::drain(payload).await;
                reply::refuse(refusal, FAULT_STATUS, &api.problem(request, refusal), #challenge)
            }
        };
    }
    let form = constant(&context.api.error);
    quote! {
        /// Answers a refused request, after reading the rest of its body away.
        async fn refuse<H: #name>(
            api: &H,
            request: &HttpRequest,
            payload: &mut web::Payload,
            refusal: &Refusal,
            format: Format,
            root: Option<&'static str>,
        ) -> HttpResponse {
            body::drain(payload).await;
            let body = api.problem(request, refusal);
            reply::refuse_formed(refusal, FAULT_STATUS, format, &forms::#form, root, &body, #challenge)
        }

        /// The media type of an answer to a request that means no operation.
        pub fn format(request: &HttpRequest) -> Format {
            let query = Query::of(request, forms::PROTOCOL.folding);
            forms::PROTOCOL.decide(request, &query).format
        }

        /// The answer to a request that means no operation.
        pub fn stray(request: &HttpRequest, status: StatusCode, body: &Problem) -> HttpResponse {
            let everything = Selection::everything();
            reply::formed(status, format(request), &[], &forms::#form, None, body, &everything)
        }
    }
}
