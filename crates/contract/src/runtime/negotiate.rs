//! `Content-Type` and `Accept`.

use actix_web::HttpRequest;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE};

use super::{Refusal, body};

/// Checks that the body is of the media type `supported` (type and subtype, lower case). No `Content-Type`
/// means that type. A charset other than UTF-8 is refused, as is a compressed body.
pub fn content_type(request: &HttpRequest, supported: &'static str) -> Result<(), Refusal> {
    let mut given = request.headers().get_all(CONTENT_TYPE);
    let refusal = Err(Refusal::UnsupportedMediaType { supported });
    let first = given.next();
    if given.next().is_some() || body::is_encoded(request) {
        return refusal;
    }
    let Some(first) = first else { return Ok(()) };
    match first.to_str() {
        Ok(text) if is_media_type(text, supported) => Ok(()),
        _ => refusal,
    }
}

pub(super) fn is_media_type(text: &str, supported: &str) -> bool {
    let mut parts = text.split(';');
    let essence = parts.next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(supported)
        && parts.all(|part| match part.split_once('=') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
                let value = value.trim().trim_matches('"');
                value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
            }
            _ => true,
        })
}

/// Checks that the client accepts the media type `supported` (type and subtype, lower case). The most
/// specific range decides; `q=0` means no. Without `Accept`, or with one that says nothing, all is accepted.
pub fn accept(request: &HttpRequest, supported: &'static str) -> Result<(), Refusal> {
    let headers = request.headers().get_all(ACCEPT);
    let texts: Vec<&str> = headers.filter_map(|value| value.to_str().ok()).collect();
    match weight(&texts, &[supported]) {
        Some(0) => Err(Refusal::NotAcceptable { supported }),
        _ => Ok(()),
    }
}

/// How much the values of `Accept` like a media type, in thousandths; `None` if they say nothing. Of a type with
/// several names the most specific range for any of them decides.
pub(super) fn weight(texts: &[&str], names: &[&str]) -> Option<u16> {
    let ranges = texts.iter().flat_map(|value| value.split(','));
    let verdict = ranges
        .flat_map(|range| names.iter().filter_map(move |name| weigh(range, name)))
        .max();
    verdict.map(|(specificity, weight)| if specificity == 0 { 0 } else { weight })
}

/// How specific a range is for the media type (0: does not match, 1: `*/*`, 2: `type/*`, 3: exact) and its
/// weight. `None` for what is not a media range.
fn weigh(range: &str, supported: &str) -> Option<(u8, u16)> {
    let mut parts = range.split(';');
    let (kind, subtype) = parts.next()?.trim().split_once('/')?;
    let (want_kind, want_subtype) = supported.split_once('/')?;
    let specificity = match (kind, subtype) {
        ("*", "*") => 1,
        (kind, "*") if kind.eq_ignore_ascii_case(want_kind) => 2,
        (kind, subtype)
            if kind.eq_ignore_ascii_case(want_kind) && subtype.eq_ignore_ascii_case(want_subtype) =>
        {
            3
        }
        _ => 0,
    };
    let weight = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("q")
            .then(|| thousandths(value.trim()))
    });
    Some((specificity, weight.unwrap_or(1000)))
}

/// A weight with up to three digits behind the point; what is none counts as no.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u16>()) {
        ("0" | "", Ok(thousandths)) => thousandths,
        ("1", Ok(_)) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{accept, content_type};
    use actix_web::test::TestRequest;

    #[test]
    fn content_types() {
        for (given, ok) in [
            (Some("application/json"), true),
            (Some("Application/JSON; charset=UTF-8"), true),
            (Some("application/json;charset=\"utf-8\""), true),
            (Some("application/json; odata=verbose"), true),
            (None, true),
            (Some("application/json; charset=iso-8859-1"), false),
            (Some("text/plain"), false),
            (Some("application/json-patch+json"), false),
            (Some(""), false),
        ] {
            let mut request = TestRequest::post();
            if let Some(given) = given {
                request = request.insert_header(("content-type", given));
            }
            let answer = content_type(&request.to_http_request(), "application/json");
            assert_eq!(answer.is_ok(), ok, "{given:?}");
        }
        let twice = TestRequest::post()
            .append_header(("content-type", "application/json"))
            .append_header(("content-type", "text/plain"));
        assert!(content_type(&twice.to_http_request(), "application/json").is_err());
        let packed = TestRequest::post().insert_header(("content-encoding", "gzip"));
        assert!(content_type(&packed.to_http_request(), "application/json").is_err());
    }

    #[test]
    fn accepted_types() {
        for (given, ok) in [
            ("application/json", true),
            ("*/*", true),
            ("application/*", true),
            ("text/html, application/json;q=0.1", true),
            ("text/html", false),
            ("text/*;q=1, image/png", false),
            ("application/json;q=0", false),
            ("application/json;q=0, */*", false),
            ("*/*;q=0, application/json", true),
            ("application/json; charset=utf-8", true),
            ("", true),
            ("nonsense", true),
        ] {
            let request = TestRequest::get()
                .insert_header(("accept", given))
                .to_http_request();
            assert_eq!(accept(&request, "application/json").is_ok(), ok, "{given}");
        }
        assert!(accept(&TestRequest::get().to_http_request(), "application/json").is_ok());
    }
}
