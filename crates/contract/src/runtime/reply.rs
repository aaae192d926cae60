//! Makes HTTP answers of typed ones.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue, WWW_AUTHENTICATE};
use serde::Serialize;

use super::form::Form;
use super::prune::Pruned;
use super::{Format, Refusal, Selection, Violation, xml};

/// A documented header with its value as text.
pub type HeaderText = (&'static str, Option<String>);

/// An answer without a body.
pub fn empty(status: StatusCode, headers: &[HeaderText]) -> HttpResponse {
    let mut response = HttpResponse::new(status);
    set(&mut response, headers);
    response
}

/// An answer with a JSON body of which only the selected members are written.
pub fn json<T: Serialize>(
    status: StatusCode,
    media_type: &'static str,
    headers: &[HeaderText],
    body: &T,
    selection: &Selection,
) -> HttpResponse {
    let bytes = match serde_json::to_vec(&Pruned {
        value: body,
        selection,
    }) {
        Ok(bytes) => bytes,
        Err(error) => {
            // Models have only string keys and finite numbers; this needs a bug of ours.
            tracing::error!(%error, "an answer could not be written as JSON");
            return HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR);
        }
    };
    let mut response = HttpResponse::build(status);
    response.insert_header((CONTENT_TYPE, media_type));
    let mut response = response.body(bytes);
    set(&mut response, headers);
    response
}

/// An answer in one of several media types, of which only the selected members are written. `root` is the name of
/// the root element in XML where that is not the one of the form.
pub fn formed<T: Serialize>(
    status: StatusCode,
    format: Format,
    headers: &[HeaderText],
    form: &'static Form,
    root: Option<&'static str>,
    body: &T,
    selection: &Selection,
) -> HttpResponse {
    if format == Format::Json {
        return json(status, format.media_type(), headers, body, selection);
    }
    let value = match serde_json::to_value(Pruned {
        value: body,
        selection,
    }) {
        Ok(value) => value,
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as XML");
            return HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR);
        }
    };
    let mut response = HttpResponse::build(status);
    response.insert_header((CONTENT_TYPE, format.media_type()));
    let mut response = response.body(xml::write(form, root, &value));
    set(&mut response, headers);
    response
}

/// An answer with a whole JSON body.
pub fn whole<T: Serialize>(
    status: StatusCode,
    media_type: &'static str,
    headers: &[HeaderText],
    body: &T,
) -> HttpResponse {
    json(status, media_type, headers, body, &Selection::everything())
}

/// The text of a header that a handler gave with its failure.
pub fn text<'a>(headers: &'a [(HeaderName, HeaderValue)], name: &str) -> Option<&'a str> {
    let (_, value) = headers
        .iter()
        .find(|(have, _)| have.as_str().eq_ignore_ascii_case(name))?;
    value.to_str().ok()
}

/// The answer to a refused request, in the dialect's shape. `fault` is the status of the server's failures, `challenge`
/// the value of `WWW-Authenticate`.
pub fn refuse<T: Serialize>(
    refusal: &Refusal,
    fault: StatusCode,
    body: &T,
    challenge: Option<&'static str>,
) -> HttpResponse {
    let mut response = whole(refusal.status(fault), "application/json", &[], body);
    explain(&mut response, refusal, challenge);
    response
}

/// The answer to a refused request, in one of several media types.
pub fn refuse_formed<T: Serialize>(
    refusal: &Refusal,
    fault: StatusCode,
    format: Format,
    form: &'static Form,
    root: Option<&'static str>,
    body: &T,
    challenge: Option<&'static str>,
) -> HttpResponse {
    let everything = Selection::everything();
    let mut response = formed(refusal.status(fault), format, &[], form, root, body, &everything);
    explain(&mut response, refusal, challenge);
    response
}

/// Sets the header that belongs to a refusal.
fn explain(response: &mut HttpResponse, refusal: &Refusal, challenge: Option<&'static str>) {
    let header = match (refusal, challenge) {
        (Refusal::MethodNotAllowed { allow }, _) => Some((ALLOW, *allow)),
        (Refusal::Unauthorized { .. }, Some(challenge)) => Some((WWW_AUTHENTICATE, challenge)),
        _ => None,
    };
    if let Some((name, value)) = header {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
}

/// Logs an answer that the operation does not document; the caller sends the one for failures instead.
pub fn log_undocumented(operation: &'static str, status: StatusCode) {
    tracing::error!(
        operation,
        status = status.as_u16(),
        "a handler failed with an undocumented status"
    );
}

/// Joins what decoding the parameters and decoding the body gave; the violations of both are told at once.
pub fn both<A, B>(
    params: Result<A, Vec<Violation>>,
    body: Result<B, Vec<Violation>>,
) -> Result<(A, B), Refusal> {
    match (params, body) {
        (Ok(params), Ok(body)) => Ok((params, body)),
        (params, body) => {
            let mut violations = params.err().unwrap_or_default();
            violations.extend(body.err().unwrap_or_default());
            violations.sort();
            violations.dedup();
            Err(Refusal::Invalid(violations))
        }
    }
}

fn set(response: &mut HttpResponse, headers: &[HeaderText]) {
    for (name, text) in headers {
        let Some(text) = text else { continue };
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(text)) {
            response.headers_mut().insert(name, value);
        } else {
            // The value is not logged: it may be a link with personal data.
            tracing::error!(header = name, "a header has a value that HTTP cannot carry");
        }
    }
}
