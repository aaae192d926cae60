//! Finds the credential of a request; whether it is a good one is for the handlers' crate to say.

use actix_web::HttpRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderMap};

use super::Refusal;

/// The value of `WWW-Authenticate` where a bearer token is taken.
pub const BEARER_CHALLENGE: &str = "Bearer";
/// The value of `WWW-Authenticate` where HTTP Basic is taken.
pub const BASIC_CHALLENGE: &str = "Basic realm=\"roster\", charset=\"UTF-8\"";

/// The token of `Authorization: Bearer …`; `None` when the request has none.
pub fn bearer(request: &HttpRequest) -> Option<&str> {
    authorization(request.headers(), "bearer")
}

/// The still encoded credentials of `Authorization: Basic …`; `None` when the request has none.
pub fn basic(request: &HttpRequest) -> Option<&str> {
    authorization(request.headers(), "basic")
}

/// The value of a header that is a credential; `None` when it is absent or given twice.
pub fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let mut values = request.headers().get_all(name);
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        None
    } else {
        Some(value)
    }
}

/// The refusal for a request that shows no credential.
pub fn missing() -> Refusal {
    Refusal::Unauthorized {
        reason: "a credential is required",
    }
}

fn authorization<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let mut values = headers.get_all(AUTHORIZATION);
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        // Which of the two is meant is not for us to guess.
        return None;
    }
    let (given, credential) = value.trim().split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| credential.trim())
}

#[cfg(test)]
mod tests {
    use super::bearer;
    use actix_web::test::TestRequest;

    #[test]
    fn bearer_tokens() {
        for (given, token) in [
            ("Bearer abc", Some("abc")),
            ("bearer  abc ", Some("abc")),
            ("Basic abc", None),
            ("Bearer", None),
            ("", None),
        ] {
            let request = TestRequest::get()
                .insert_header(("authorization", given))
                .to_http_request();
            assert_eq!(bearer(&request), token, "{given}");
        }
        let twice = TestRequest::get()
            .append_header(("authorization", "Bearer a"))
            .append_header(("authorization", "Bearer b"))
            .to_http_request();
        assert_eq!(bearer(&twice), None);
    }
}
