//! The dialects, and which of them owns a path that no operation has.

pub mod kibo;

use crate::requests;
use crate::status::Cause;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};
use contract::runtime::body;
use serde_json::json;

/// A dialect as the owner of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Kibo,
}

/// Path prefixes and their owners. The longest one that a path begins with decides.
const PREFIXES: &[(&str, Owner)] = &[("/platform", Owner::Kibo), ("/api", Owner::Kibo)];

impl Owner {
    pub fn name(self) -> &'static str {
        match self {
            Self::Kibo => "kibo",
        }
    }

    /// The header in which this dialect's answers carry the request id.
    pub fn correlation_header(self) -> HeaderName {
        match self {
            Self::Kibo => HeaderName::from_static("x-vol-correlation"),
        }
    }
}

/// The owner of a path, known or unknown.
pub fn owner(path: &str) -> Option<Owner> {
    PREFIXES
        .iter()
        .filter(|(prefix, _)| {
            path.strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .max_by_key(|(prefix, _)| prefix.len())
        .map(|(_, owner)| *owner)
}

/// The operation that a request means, for its log line.
pub fn operation(method: &Method, path: &str) -> Option<&'static str> {
    let path = path.strip_prefix("/api").unwrap_or(path).trim_end_matches('/');
    contract::kibo::OPERATIONS
        .iter()
        .find(|operation| method == operation.method && fits(operation.path, path))
        .map(|operation| operation.id)
}

/// Whether a path is one of a template's: `{name}` stands for any one segment.
fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted.starts_with('{') || wanted == given => {}
            _ => return false,
        }
    }
}

/// The answer to a path that nothing has: in the shape of its owner, else a problem of RFC 9457.
pub async fn unknown_path(request: HttpRequest, mut payload: web::Payload) -> HttpResponse {
    // A client that writes all before it reads gets its answer too.
    body::drain(&mut payload).await;
    match owner(request.path()) {
        Some(Owner::Kibo) => kibo::problem::unknown_path(&request),
        None => {
            let cause = Cause::UnknownPath;
            let body = json!({
                "type": "about:blank",
                "title": "Not Found",
                "status": cause.status().as_u16(),
                "detail": "there is nothing at this path",
                "code": cause.code(),
                "requestId": requests::id(&request).to_string(),
            });
            HttpResponse::build(cause.status())
                .insert_header((CONTENT_TYPE, "application/problem+json"))
                .body(body.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_under_both_mounts() {
        let get = &Method::GET;
        for (path, expected) in [
            ("/platform/adminuser/groups", Some("listGroups")),
            ("/api/platform/adminuser/groups/", Some("listGroups")),
            ("/platform/adminuser/groups/a", Some("getGroup")),
            ("/platform/adminuser/groups/a/b", None),
            ("/", None),
        ] {
            assert_eq!(operation(get, path), expected, "{path}");
        }
    }

    #[test]
    fn longest_prefix_owns() {
        for (path, expected) in [
            ("/platform", Some(Owner::Kibo)),
            ("/platform/x", Some(Owner::Kibo)),
            ("/api/anything", Some(Owner::Kibo)),
            ("/platformx", None),
            ("/", None),
            ("/favicon.ico", None),
        ] {
            assert_eq!(owner(path), expected, "{path}");
        }
    }
}
