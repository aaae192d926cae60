//! `routes.rs`: one function for each operation, and where they are mounted.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::responses::challenge;
use super::{Context, constant, facts, ident, model_paths, models, number, openapi, params, paths, responses, rust_type, trait_name, with_imports};
use crate::ir::{Header, Kind, Operation, Param, ParamKind, Place, Response, SchemeKind, Type, snake};

/// What routes may need of the runtime.
const RUNTIME: [&str; 10] =
    ["Call", "Operation", "Refusal", "Selection", "body", "json", "negotiate", "reply", "security", "wire"];

pub fn emit(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let operations = table(context);
    let configure = configure(context);
    let functions = api.operations.iter().map(|operation| function(context, operation));
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
    let body = with_imports(body, &known);
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
    let names = context.api.operations.iter().map(|operation| constant(&operation.id));
    quote! {
        #(#constants)*

        /// All operations, in the order of the document.
        pub static OPERATIONS: &[&Operation] = &[#(&#names),*];
    }
}

fn configure(context: &Context<'_>) -> TokenStream {
    let name = trait_name(context.api);
    let mut paths: Vec<&str> = context.api.operations.iter().map(|operation| operation.path.as_str()).collect();
    paths.sort_by_key(|path| sort_key(path));
    paths.dedup();
    let resources = paths.iter().map(|path| {
        let operations: Vec<_> = context.api.operations.iter().filter(|operation| operation.path == *path).collect();
        let routes = operations.iter().map(|operation| {
            let (verb, function) = (ident(&operation.method), ident(&snake(&operation.id)));
            quote!(.route(web::#verb().to(#function::<H>)))
        });
        let mut verbs: Vec<String> = operations.iter().map(|operation| operation.method.to_uppercase()).collect();
        verbs.sort();
        let allow = verbs.join(", ");
        let pattern = pattern(path);
        let patterns = if pattern == "/" { quote!("/") } else {
            let slashed = format!("{pattern}/");
            quote!([#pattern, #slashed])
        };
        let function = format_ident!("resource_{}", snake(path));
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
    path.split('/').map(|segment| (segment.starts_with('{'), segment.to_owned())).collect()
}

/// The path for actix, whose names are those of a regular expression.
fn pattern(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
        Some(name) => format!("{{{}}}", snake(name)),
        None => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

fn function(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let attribute = attribute(operation);
    let name = trait_name(context.api);
    let (function, receive) = (ident(&snake(&operation.id)), format_ident!("receive_{}", snake(&operation.id)));
    let (constant, response) = (constant(&operation.id), responses::name(operation));
    let has_params = !operation.params.is_empty();
    let body = operation.body.as_ref().map(|body| {
        let ty = rust_type(&body.ty);
        if body.is_required { ty } else { quote!(Option<#ty>) }
    });
    let params_type = params::name(operation);
    let caller_type = if operation.security.is_empty() { quote!(()) } else { quote!(H::Caller) };
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
    let (received, pattern) =
        if types.len() == 1 { (types[0].clone(), names[0].clone()) } else { (quote!((#(#types),*)), quote!((#(#names),*))) };
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

/// Refusals in their order: 401, 413, 415, 406, 400.
fn receive_steps(context: &Context<'_>, operation: &Operation<'_>) -> TokenStream {
    let caller = if operation.security.is_empty() {
        quote!(let _: &H = api; let caller = ();)
    } else {
        let authenticate = authenticate_name(&operation.security);
        quote!(let caller = #authenticate(api, request).await?;)
    };
    let accept = operation.negotiates.then(|| quote!(negotiate::accept(request, "application/json")?;));
    let has_params = !operation.params.is_empty();
    let params = params::name(operation);
    let Some(body) = &operation.body else {
        let params = has_params.then(|| quote!(let params = #params::decode(request).map_err(Refusal::Invalid)?;));
        return quote! {
            #caller
            body::drain(payload).await;
            #accept
            #params
        };
    };
    let limit = body.limit.map_or_else(|| quote!(body::DEFAULT_LIMIT), |limit| number(i64::try_from(limit).unwrap_or(i64::MAX)));
    let media_type = &body.media_type;
    let reader: TokenStream = models::reader(context, &body.ty).path.parse().unwrap_or_default();
    let check = match &body.ty {
        Type::Named(name) => match context.api.schema(name).map(|schema| &schema.kind) {
            Some(Kind::List { .. }) => {
                let name = ident(name);
                quote!(#name::violations)
            }
            _ => {
                let shape = constant(name);
                quote!(|body| super::shapes::#shape.check("", body))
            }
        },
        _ => quote!(|_| Vec::new()),
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
fn authentications(context: &Context<'_>) -> TokenStream {
    let name = trait_name(context.api);
    let mut combinations: Vec<&Vec<String>> = context.api.operations.iter().map(|operation| &operation.security).collect();
    combinations.retain(|schemes| !schemes.is_empty());
    combinations.sort();
    combinations.dedup();
    let functions = combinations.iter().map(|schemes| {
        let function = authenticate_name(schemes);
        let attempts = schemes.iter().filter_map(|scheme| context.api.scheme(scheme)).map(|scheme| {
            let method = super::api::scheme_method(scheme);
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

/// `#[utoipa::path(…)]`.
fn attribute(operation: &Operation<'_>) -> TokenStream {
    let (verb, path, id) = (ident(&operation.method), &operation.path, &operation.id);
    let tags = operation.node.items_of("tags");
    let tags: Vec<&str> = tags.iter().filter_map(|tag| tag.value.as_str()).collect();
    let tags = (!tags.is_empty()).then(|| quote!(tags = [#(#tags),*],));
    let text = |name: &str| operation.node.text(name).map(|text| {
        let name = ident(name);
        quote!(#name = #text,)
    });
    let (summary, description) = (text("summary"), text("description"));
    let params = operation.params.iter().map(param);
    let params = (!operation.params.is_empty()).then(|| quote!(params(#(#params),*),));
    let body = operation.body.as_ref().map(|body| {
        let ty = rust_type(&body.ty);
        let ty = if body.is_required { ty } else { quote!(Option<#ty>) };
        let media_type = &body.media_type;
        let node = operation.node.get("requestBody").and_then(|node| node.resolve().ok());
        let description = node.and_then(|node| node.text("description")).map(|text| quote!(, description = #text));
        quote!(request_body(content = #ty, content_type = #media_type #description),)
    });
    let responses = operation.responses.iter().map(response);
    let security = operation.security.iter().map(|name| quote!((#name = [])));
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
    let ty = params::value_type(param);
    // A required parameter is the value; everything else may be absent, but is never null.
    let ty = if param.is_required { ty } else { quote!(Option<#ty>) };
    let place = match param.place {
        Place::Path => quote!(Path),
        Place::Query => quote!(Query),
        Place::Header => quote!(Header),
    };
    let mut parts = Vec::new();
    if param.place == Place::Header && !param.is_required {
        parts.push(quote!(nullable = false));
    }
    parts.extend(param.node.text("description").map(|text| quote!(description = #text)));
    let kind = match &param.kind {
        ParamKind::One(ty) => ty.clone(),
        ParamKind::Many { items, .. } => Type::List(Box::new(items.clone())),
        ParamKind::Selection(_) => Type::Text,
    };
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
    let status = proc_macro2::Literal::u16_unsuffixed(response.status);
    if response.shared.is_some() {
        let ty = openapi::shared_name(response);
        return quote!((status = #status, response = #ty));
    }
    let description = response.node.text("description").unwrap_or_default();
    let body = response.body.iter().map(|(ty, media_type)| {
        let ty = rust_type(ty);
        quote!(, body = #ty, content_type = #media_type)
    });
    let headers = response.headers.iter().map(header);
    let headers = (!response.headers.is_empty()).then(|| quote!(, headers(#(#headers),*)));
    quote!((status = #status, description = #description #(#body)* #headers))
}

fn header(header: &Header<'_>) -> TokenStream {
    let (wire, ty) = (&header.wire, rust_type(&header.ty));
    let description = header.node.text("description").map(|text| quote!(, description = #text));
    quote!((#wire = #ty #description))
}
