//! Tries values of a document on the generated code: each is read and checked as in a request, and written again.

use std::io::{BufRead, Write};
use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::http::Uri;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use serde::Serialize;
use serde_json::{Value, json};

use super::form::{Folding, Form};
use super::format::Format;
use super::intake::Intake;
use super::wire::Read;
use super::{Violation, fold, xml};

mod headers;

pub use headers::{Given, Headers};

/// A schema of bodies in one media type.
pub struct Body {
    /// The name of the schema.
    pub schema: &'static str,
    pub media_type: &'static str,
    /// Requests have such bodies.
    pub in_requests: bool,
    /// Answers have such bodies.
    pub in_answers: bool,
    /// Where the dialect has forms.
    pub form: Option<&'static Form>,
    /// Tries a value that is given as JSON.
    pub run: fn(&[u8]) -> Trial,
}

/// The parameters of an operation.
pub struct Parameters {
    /// The `operationId`.
    pub operation: &'static str,
    /// Reads them as routes do.
    pub run: fn(&HttpRequest) -> Result<(), Vec<Violation>>,
}

/// What became of a value.
pub struct Trial {
    /// The value as it arrived, where the media type may have changed it on the way.
    pub carried: Option<Value>,
    /// What the generated code writes for it, or why it refused it.
    pub outcome: Result<Value, Vec<Violation>>,
}

/// Tries JSON in a dialect without forms.
pub fn plain<R: Read>(bytes: &[u8], open: bool, check: impl FnOnce(&R::Value) -> Vec<Violation>) -> Trial
where
    R::Value: Serialize,
{
    Trial {
        carried: None,
        outcome: super::json::body::<R>(bytes, open, check).map(|body| written(&body)),
    }
}

/// Tries a media type of a dialect with forms.
pub fn formed<R: Read>(
    bytes: &[u8],
    form: &'static Form,
    format: Format,
    check: impl FnOnce(&R::Value) -> Vec<Violation>,
) -> Trial
where
    R::Value: Serialize,
{
    let folding = Folding::default();
    if format == Format::Json {
        return decoded::<R>(fold::read(bytes, form, false, folding), false, form, check);
    }
    let sent = xml::write(form, None, &value(bytes));
    let trial = decoded::<R>(xml::read(sent.as_bytes(), form, folding), true, form, check);
    // What is written is XML, too, and has to be read as what it was.
    let outcome = trial.outcome.and_then(|encoded| {
        let text = xml::write(form, None, &encoded);
        xml::read(text.as_bytes(), form, folding)
            .map(|(value, _)| value)
            .map_err(|violation| vec![violation])
    });
    Trial { outcome, ..trial }
}

/// Tries a form.
pub fn pairs<R: Read>(
    bytes: &[u8],
    form: &'static Form,
    check: impl FnOnce(&R::Value) -> Vec<Violation>,
) -> Trial
where
    R::Value: Serialize,
{
    let sent = super::pairs::write(&value(bytes));
    let read = super::pairs::read(sent.as_bytes(), form, Folding::default());
    decoded::<R>(read, true, form, check)
}

fn decoded<R: Read>(
    read: Result<(Value, Vec<Violation>), Violation>,
    is_carried: bool,
    form: &'static Form,
    check: impl FnOnce(&R::Value) -> Vec<Violation>,
) -> Trial
where
    R::Value: Serialize,
{
    let (value, violations) = match read {
        Ok(read) => read,
        Err(violation) => {
            return Trial {
                carried: None,
                outcome: Err(vec![violation]),
            };
        }
    };
    let carried = is_carried.then(|| value.clone());
    let intake = Intake::of(value, violations, form, Folding::default());
    Trial {
        carried,
        outcome: intake.decode::<R>(check).map(|body| written(&body)),
    }
}

fn value(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_default()
}

fn written(body: &impl Serialize) -> Value {
    serde_json::to_value(body).unwrap_or_default()
}

/// What a program that makes samples writes before those of one kind.
enum Subject<'b> {
    Body(&'b Body),
    Parameters(&'b Parameters),
    Headers(&'b Headers),
}

/// Reads samples and answers each with one line: `=` for a body that is written as it was sent and for parameters
/// that are accepted, else an object with `carried`, and `written` or `violations`.
///
/// A line `body <request|answer> <schema> <media type>`, `parameters <operation>` or `headers <operation> <status>` says
/// what the samples after it are for; samples for what is not known are answered with `?`. Bodies are JSON, parameters
/// `{"target": "/path?query", "headers": [["name", "value"]]}`, answers `{"headers": {"name": "value"}, "body": …}`.
pub fn session(
    input: impl BufRead,
    mut output: impl Write,
    bodies: &[Body],
    parameters: &[Parameters],
    headers: &[Headers],
) -> std::io::Result<()> {
    let mut subject = None;
    for line in input.lines() {
        let line = line?;
        if line.starts_with(['b', 'p', 'h']) {
            subject = find(&line, bodies, parameters, headers);
            continue;
        }
        match &subject {
            Some(Subject::Body(body)) => tell(&line, &(body.run)(line.as_bytes()), &mut output)?,
            Some(Subject::Parameters(parameters)) => {
                let outcome = request(&line).map(|request| (parameters.run)(&request));
                let outcome =
                    outcome.ok_or_else(|| std::io::Error::other("no request can be made of a sample"))?;
                match outcome {
                    Ok(()) => writeln!(output, "=")?,
                    Err(violations) => writeln!(output, "{}", json!({"violations": told(&violations)}))?,
                }
            }
            Some(Subject::Headers(headers)) => headers::tell(headers, &line, &mut output)?,
            None => writeln!(output, "?")?,
        }
    }
    output.flush()
}

fn find<'b>(
    line: &str,
    bodies: &'b [Body],
    parameters: &'b [Parameters],
    headers: &'b [Headers],
) -> Option<Subject<'b>> {
    let words: Vec<&str> = line.splitn(4, ' ').collect();
    match words.as_slice() {
        ["body", way, schema, media_type] => {
            let goes = |body: &Body| match *way {
                "request" => body.in_requests,
                _ => body.in_answers,
            };
            let is_meant =
                |body: &&Body| body.schema == *schema && body.media_type == *media_type && goes(body);
            bodies.iter().find(is_meant).map(Subject::Body)
        }
        ["parameters", operation] => {
            let is_meant = |parameters: &&Parameters| parameters.operation == *operation;
            parameters.iter().find(is_meant).map(Subject::Parameters)
        }
        ["headers", operation, status] => {
            let status = status.parse::<u16>().ok()?;
            let is_meant = |answer: &&Headers| answer.operation == *operation && answer.status == status;
            headers.iter().find(is_meant).map(Subject::Headers)
        }
        _ => None,
    }
}

fn tell(line: &str, trial: &Trial, output: &mut impl Write) -> std::io::Result<()> {
    let mut answer = match &trial.outcome {
        Ok(written)
            if trial.carried.is_none() && serde_json::to_string(written).is_ok_and(|text| text == line) =>
        {
            return writeln!(output, "=");
        }
        Ok(written) => json!({"written": written}),
        Err(violations) => json!({"violations": told(violations)}),
    };
    if let Some(carried) = &trial.carried {
        answer["carried"] = carried.clone();
    }
    writeln!(output, "{answer}")
}

fn told(violations: &[Violation]) -> Vec<Value> {
    let one = |violation: &Violation| json!([violation.pointer, violation.rule, violation.message]);
    violations.iter().map(one).collect()
}

fn request(line: &str) -> Option<HttpRequest> {
    let sample: Value = serde_json::from_str(line).ok()?;
    let uri = Uri::from_str(sample["target"].as_str()?).ok()?;
    let mut request = TestRequest::default().uri(&uri.to_string());
    for header in sample["headers"].as_array()? {
        let name = HeaderName::from_str(header[0].as_str()?).ok()?;
        let value = HeaderValue::from_bytes(header[1].as_str()?.as_bytes()).ok()?;
        request = request.append_header((name, value));
    }
    Some(request.to_http_request())
}
