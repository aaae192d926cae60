//! The part of `routes.rs` that says where operations are mounted.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Context, ident, trait_name};
use crate::ir::{Operation, resource_name, snake};

/// How many spellings of paths one function mounts.
const MOST_SPELLINGS: usize = 10;

/// The function that mounts all operations, and one for the resource of each path.
pub fn configure(context: &Context<'_>) -> TokenStream {
    let name = trait_name(context.api);
    let mut paths: Vec<(&str, &[String])> = Vec::new();
    for operation in &context.api.operations {
        if !paths.iter().any(|(path, _)| *path == operation.path) {
            paths.push((&operation.path, &operation.aliases));
        }
    }
    paths.sort_by_key(|(path, _)| sort_key(path));
    let definitions = paths
        .iter()
        .map(|(path, aliases)| resource(context, path, !aliases.is_empty()));
    let mut spellings: Vec<(&str, &str, bool)> = Vec::new();
    for &(path, aliases) in &paths {
        spellings.push((path, path, !aliases.is_empty()));
        spellings.extend(aliases.iter().map(|alias| (alias.as_str(), path, true)));
    }
    spellings.sort_by_key(|(spelling, ..)| sort_key(spelling));
    let calls: Vec<TokenStream> = spellings
        .iter()
        .map(|(spelling, path, has_several)| {
            let function = function_name(path);
            let patterns = has_several.then(|| patterns(context, spelling));
            quote!(.service(#function::<H>(#patterns)))
        })
        .collect();
    // A spelling takes several lines, and functions have to be of a readable length.
    let has_several = spellings.iter().any(|(.., has_several)| *has_several);
    let most = if has_several { MOST_SPELLINGS } else { usize::MAX };
    let parts: Vec<&[TokenStream]> = calls.chunks(most).collect();
    let (first, more) = parts
        .split_first()
        .map_or((&[][..], &[][..]), |(first, more)| (*first, more));
    let names: Vec<Ident> = (2..more.len() + 2)
        .map(|part| format_ident!("configure_{part}"))
        .collect();
    let rest = names.iter().zip(more).map(|(function, calls)| {
        quote! {
            /// Mounts more of them.
            fn #function<H: #name>(config: &mut web::ServiceConfig) {
                config #(#calls)*;
            }
        }
    });
    quote! {
        /// Mounts all operations, with and without a trailing slash, literal paths before templates. Other verbs
        /// are answered with 405 and `Allow`. The implementation is taken from the application's data.
        pub fn configure<H: #name>(config: &mut web::ServiceConfig) {
            config #(#first)* #(.configure(#names::<H>))*;
        }

        #(#rest)*
        #(#definitions)*
    }
}

fn function_name(path: &str) -> Ident {
    ident(&resource_name(path))
}

/// All verbs of a path. One with several spellings is told which.
fn resource(context: &Context<'_>, path: &str, has_several: bool) -> TokenStream {
    let name = trait_name(context.api);
    let operations = context
        .api
        .operations
        .iter()
        .filter(|operation| operation.path == path);
    let operations: Vec<&Operation<'_>> = operations.collect();
    let routes = operations.iter().map(|operation| {
        let function = ident(&snake(&operation.id));
        let verb = match operation.method.as_str() {
            // actix has no short name for it.
            "options" => quote!(method(actix_web::http::Method::OPTIONS)),
            method => {
                let verb = ident(method);
                quote!(#verb())
            }
        };
        quote!(.route(web::#verb.to(#function::<H>)))
    });
    let mut verbs: Vec<String> = operations
        .iter()
        .map(|operation| operation.method.to_uppercase())
        .collect();
    verbs.sort();
    let allow = verbs.join(", ");
    let function = function_name(path);
    let about = format!(" `{path}`.");
    let call = if context.api.protocol.is_some() {
        quote! {
            let format = format(&request);
            refuse(api.get_ref(), &request, &mut payload, &refusal, format, None).await
        }
    } else {
        quote!(refuse(api.get_ref(), &request, &mut payload, &refusal).await)
    };
    let (parameter, patterns) = if has_several {
        (quote!(patterns: [&'static str; 2]), quote!(patterns))
    } else {
        (TokenStream::new(), patterns(context, path))
    };
    quote! {
        #[doc = #about]
        fn #function<H: #name>(#parameter) -> Resource {
            web::resource(#patterns)
                #(#routes)*
                .default_service(web::to(
                    async |api: web::Data<H>, request: HttpRequest, mut payload: web::Payload| {
                        let refusal = Refusal::MethodNotAllowed { allow: #allow };
                        #call
                    },
                ))
        }
    }
}

/// A path for actix, without and with a trailing slash.
fn patterns(context: &Context<'_>, path: &str) -> TokenStream {
    let protocol = context.api.protocol.as_ref();
    let pattern = pattern(
        path,
        protocol.is_some_and(|protocol| protocol.tolerances.path_case),
    );
    if pattern == "/" {
        return quote!("/");
    }
    let slashed = format!("{pattern}/");
    quote!([#pattern, #slashed])
}

/// Literal segments come before templates, segment by segment: actix takes the first resource that matches.
fn sort_key(path: &str) -> Vec<(bool, String)> {
    path.split('/')
        .map(|segment| (segment.starts_with('{'), segment.to_owned()))
        .collect()
}

/// The path for actix, whose names are those of a regular expression: most stay as they are.
fn pattern(path: &str, is_folded: bool) -> String {
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let segments = path.split('/').enumerate().map(|(index, segment)| {
        let name = segment
            .strip_prefix('{')
            .and_then(|segment| segment.strip_suffix('}'));
        match name {
            Some(name) if !is_name(name) => format!("{{{}}}", snake(name)),
            // A literal in any letter case of ASCII: to Unicode, more letters are the same.
            None if is_folded && !segment.is_empty() => {
                format!("{{_{index}:(?i-u:{})}}", regex::escape(segment))
            }
            _ => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}
