//! `routes.rs`: one function for each operation, and where they are mounted.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::attribute::attribute;
use super::receive::{authentications, receive_steps};
use super::responses::challenge;
use super::{
    Context, constant, ident, model_paths, openapi, params, paths, responses, rust_type, trait_name,
    with_imports,
};
use crate::ir::{Operation, snake};

/// What routes may need of the runtime.
const RUNTIME: [&str; 10] = [
    "Call",
    "Operation",
    "Refusal",
    "Selection",
    "body",
    "json",
    "negotiate",
    "reply",
    "security",
    "wire",
];

pub fn emit(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let operations = table(context);
    let configure = configure(context);
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
    for name in RUNTIME {
        made.push((name.to_owned(), format!("contract::runtime::{name}")));
    }
    let known = paths(
        &made,
        &[
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
        let about = format!(" `{id}`.");
        quote! {
            #[doc = #about]
            pub static #name: Operation = Operation { id: #id, method: #method, path: #path, dialect: #dialect };
        }
    });
    let names = context
        .api
        .operations
        .iter()
        .map(|operation| constant(&operation.id));
    quote! {
        #(#constants)*

        /// All operations, in the order of the document.
        pub static OPERATIONS: &[&Operation] = &[#(&#names),*];
    }
}

fn configure(context: &Context<'_>) -> TokenStream {
    let name = trait_name(context.api);
    let mut paths: Vec<&str> = context
        .api
        .operations
        .iter()
        .map(|operation| operation.path.as_str())
        .collect();
    paths.sort_by_key(|path| sort_key(path));
    paths.dedup();
    let resources = paths.iter().map(|path| {
        let operations: Vec<_> = context
            .api
            .operations
            .iter()
            .filter(|operation| operation.path == *path)
            .collect();
        let routes = operations.iter().map(|operation| {
            let (verb, function) = (ident(&operation.method), ident(&snake(&operation.id)));
            quote!(.route(web::#verb().to(#function::<H>)))
        });
        let mut verbs: Vec<String> = operations
            .iter()
            .map(|operation| operation.method.to_uppercase())
            .collect();
        verbs.sort();
        let allow = verbs.join(", ");
        let pattern = pattern(path);
        let patterns = if pattern == "/" {
            quote!("/")
        } else {
            let slashed = format!("{pattern}/");
            quote!([#pattern, #slashed])
        };
        let function = format_ident!("resource_{}", snake(&path.replace('{', "by_")));
        let about = format!(" `{path}`.");
        let definition = quote! {
            #[doc = #about]
            fn #function<H: #name>() -> Resource {
                web::resource(#patterns)
                    #(#routes)*
                    .default_service(web::to(
                        async |api: web::Data<H>, request: HttpRequest, mut payload: web::Payload| {
                            let refusal = Refusal::MethodNotAllowed { allow: #allow };
                            refuse(api.get_ref(), &request, &mut payload, &refusal).await
                        },
                    ))
            }
        };
        (quote!(.service(#function::<H>())), definition)
    });
    let (calls, definitions): (Vec<TokenStream>, Vec<TokenStream>) = resources.unzip();
    quote! {
        /// Mounts all operations, with and without a trailing slash, literal paths before templates. Other verbs
        /// are answered with 405 and `Allow`. The implementation is taken from the application's data.
        pub fn configure<H: #name>(config: &mut web::ServiceConfig) {
            config #(#calls)*;
        }

        #(#definitions)*
    }
}

/// Literal segments come before templates, segment by segment: actix takes the first resource that matches.
fn sort_key(path: &str) -> Vec<(bool, String)> {
    path.split('/')
        .map(|segment| (segment.starts_with('{'), segment.to_owned()))
        .collect()
}

/// The path for actix, whose names are those of a regular expression: most stay as they are.
fn pattern(path: &str) -> String {
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let segments = path.split('/').map(|segment| {
        let name = segment
            .strip_prefix('{')
            .and_then(|segment| segment.strip_suffix('}'));
        match name.filter(|name| !is_name(name)) {
            Some(name) => format!("{{{}}}", snake(name)),
            None => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn function(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let attribute = attribute(operation);
    let name = trait_name(context.api);
    let (function, receive) = (
        ident(&snake(&operation.id)),
        format_ident!("receive_{}", snake(&operation.id)),
    );
    let (constant, response) = (constant(&operation.id), responses::name(operation));
    let has_params = !operation.params.is_empty();
    let body = operation.body.as_ref().map(|body| {
        let ty = rust_type(&body.ty);
        if body.is_required { ty } else { quote!(Option<#ty>) }
    });
    let params_type = params::name(operation);
    let caller_type = if operation.security.is_empty() {
        quote!(())
    } else {
        quote!(H::Caller)
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
    quote! {
        #attribute
        pub async fn #function<H: #name>(
            api: web::Data<H>,
            request: HttpRequest,
            mut payload: web::Payload,
        ) -> HttpResponse {
            let received = #receive(api.get_ref(), &request, &mut payload).await;
            match received {
                Ok(#pattern) => {
                    #take
                    let call = Call { caller, operation: &#constant, request };
                    let answer = api.#function(call #(, #arguments)*).await;
                    answer.unwrap_or_else(#response::from_failure).respond(#selection)
                }
                Err(refusal) => refuse(api.get_ref(), &request, &mut payload, &refusal).await,
            }
        }

        #[doc = #about]
        async fn #receive<H: #name>(
            api: &H,
            request: &HttpRequest,
            payload: &mut web::Payload,
        ) -> Result<#received, Refusal> {
            #steps
            Ok(#pattern)
        }
    }
}

fn refuse(context: &Context<'_>) -> TokenStream {
    let name = trait_name(context.api);
    let challenge = challenge(context).map_or_else(|| quote!(None), |name| quote!(Some(security::#name)));
    quote! {
        /// Answers a refused request, after reading the rest of its body away.
        async fn refuse<H: #name>(
            api: &H,
            request: &HttpRequest,
            payload: &mut web::Payload,
            refusal: &Refusal,
        ) -> HttpResponse {
            body::drain(payload).await;
            reply::refuse(refusal, &api.problem(request, refusal), #challenge)
        }
    }
}
