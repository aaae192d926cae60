//! Request bodies of dialects with forms: read in any of their media types, asked for the credential that they
//! carry, then decoded and checked in one path.

use actix_web::HttpRequest;
use actix_web::web::Payload;
use serde_json::Value;

use super::form::{self, Folding, Form, Kind};
use super::format::{Media, Negotiated, Protocol, Syntax};
use super::query::Query;
use super::shape::escape;
use super::wire::{Read, Whole};
use super::{Place, Refusal, Violation, body, fold, json, pairs, xml};

/// A body that is well-formed; nothing of it has been checked yet.
pub struct Intake {
    value: Value,
    violations: Vec<Violation>,
    form: &'static Form,
    folding: Folding,
}

/// What a request's body has to be.
pub struct Wanted<'a> {
    pub protocol: &'a Protocol,
    pub form: &'static Form,
    pub media: Media,
    /// Longest body in bytes.
    pub limit: usize,
    /// In JSON the object may stand in another one, as its only member.
    pub may_be_wrapped: bool,
    /// The format of the answer, if it is now that an unacceptable one is refused.
    pub accept: Option<Negotiated>,
}

impl Wanted<'_> {
    /// The refusal of a request without the body that it needs.
    pub fn missing(&self) -> Refusal {
        let message = format!("a body is required: {}", self.media.supported(self.protocol));
        Refusal::Invalid(vec![Violation::new(Place::Body, "", "required", message)])
    }
}

impl Intake {
    /// A body that was read.
    pub(super) fn of(
        value: Value,
        violations: Vec<Violation>,
        form: &'static Form,
        folding: Folding,
    ) -> Self {
        Self {
            value,
            violations,
            form,
            folding,
        }
    }

    /// Reads the body of a request: 413, 415, 406, and 400 for what is not well-formed. `None` for no body at all.
    pub async fn receive(
        request: &HttpRequest,
        payload: &mut Payload,
        wanted: &Wanted<'_>,
    ) -> Result<Option<Self>, Refusal> {
        let Wanted { protocol, form, .. } = wanted;
        let bytes = body::read(request, payload, wanted.limit).await?;
        // Some clients begin JSON, too, with a byte order mark.
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let syntax = protocol.content_type(request, wanted.media)?;
        if let Some(negotiated) = wanted.accept {
            protocol.accept(negotiated)?;
        }
        let folding = protocol.folding;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        let read = match syntax {
            Syntax::Json => fold::read(bytes, form, wanted.may_be_wrapped, folding),
            Syntax::Xml => xml::read(bytes, form, folding),
            Syntax::Form => pairs::read(bytes, form, folding),
        };
        let (value, violations) = read.map_err(|violation| Refusal::Invalid(vec![violation]))?;
        Ok(Some(Self::of(value, violations, form, folding)))
    }

    /// A member that is a credential; `None` when it is absent, there twice or of another kind.
    pub fn credential(&self, name: &str) -> Option<String> {
        let pointer = format!("/{}", escape(name));
        if self
            .violations
            .iter()
            .any(|violation| violation.pointer == pointer)
        {
            return None;
        }
        let member = self
            .form
            .kind
            .members()
            .iter()
            .find(|member| member.wire == name)?;
        let value = self.value.get(name)?;
        match member.kind {
            Kind::Int32 | Kind::Int64 => Whole::<i64>::read(value).ok().map(|number| number.to_string()),
            _ => value.as_str().map(ToOwned::to_owned),
        }
    }

    /// Decodes the body and checks it against the limits of its schema; everything that is wrong is told at once.
    pub fn decode<R: Read>(
        mut self,
        check: impl FnOnce(&R::Value) -> Vec<Violation>,
    ) -> Result<R::Value, Vec<Violation>> {
        let mut violations = self.violations;
        let mut settled = form::settle(self.form.kind, &mut self.value, self.folding);
        // What could not be read is not missing.
        settled.retain(|found| {
            let is_told = |told: &Violation| told.pointer == found.pointer;
            found.rule != "required" || !violations.iter().any(is_told)
        });
        violations.extend(settled);
        let told: Vec<String> = violations
            .iter()
            .map(|violation| violation.pointer.clone())
            .collect();
        // What stands in the place of a wrong value is not the client's.
        let is_new =
            |violation: &Violation| !told.iter().any(|told| is_at_or_below(&violation.pointer, told));
        match json::value::<R>(self.value) {
            Ok(body) => {
                violations.extend(check(&body).into_iter().filter(is_new));
                if violations.is_empty() {
                    return Ok(body);
                }
            }
            Err(violation) => violations.extend(Some(violation).filter(is_new)),
        }
        violations.sort();
        violations.dedup();
        Err(violations)
    }
}

/// Decodes a value that was made of others as if it were a body, and checks it against the limits of its schema.
pub fn value<R: Read>(
    value: &Value,
    form: &'static Form,
    folding: Folding,
    check: impl FnOnce(&R::Value) -> Vec<Violation>,
) -> Result<R::Value, Vec<Violation>> {
    let (value, violations) = fold::read(value.to_string().as_bytes(), form, false, folding)
        .map_err(|violation| vec![violation])?;
    Intake::of(value, violations, form, folding).decode::<R>(check)
}

fn is_at_or_below(pointer: &str, told: &str) -> bool {
    pointer
        .strip_prefix(told)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Reads a body whose members stand for the parameters and credentials that the query lacks. It may be left out.
pub async fn parameters(
    request: &HttpRequest,
    payload: &mut Payload,
    protocol: &Protocol,
    form: &'static Form,
    query: &mut Query<'_>,
) -> Result<(), Refusal> {
    let wanted = Wanted {
        protocol,
        form,
        media: Media::Own,
        limit: body::DEFAULT_LIMIT,
        may_be_wrapped: false,
        accept: None,
    };
    let intake = Intake::receive(request, payload, &wanted).await?;
    let Some(mut intake) = intake else {
        return Ok(());
    };
    if !intake.value.is_object() {
        let violation = Violation::new(Place::Body, "", "type", "expected an object");
        intake.violations.push(violation);
    }
    if !intake.violations.is_empty() {
        return Err(Refusal::Invalid(intake.violations));
    }
    query.complete(intake.value);
    Ok(())
}
