//! Request bodies of dialects with forms: read in any of their media types, asked for the credential that they
//! carry, then decoded and checked in one path.

use actix_web::HttpRequest;
use actix_web::web::Payload;
use serde_json::Value;

use super::form::{self, Element, Folding, Form, Kind};
use super::format::{Format, Protocol};
use super::query::Query;
use super::wire::{Read, Whole};
use super::{Place, Refusal, Violation, body, fold, json, xml};

/// A body that is well-formed; nothing of it has been checked yet.
#[derive(Debug)]
pub struct Intake {
    value: Value,
    violations: Vec<Violation>,
    form: &'static Form,
    folding: Folding,
}

/// Any object: its members are looked at by name only.
static ANYTHING: Form = Form {
    element: Element {
        name: "",
        namespace: None,
    },
    kind: Kind::Object(&[]),
};

impl Intake {
    /// Reads the body of a request: 413, 415, and 400 for what is not well-formed. `None` for no body at all.
    pub async fn receive(
        request: &HttpRequest,
        payload: &mut Payload,
        protocol: &Protocol,
        limit: usize,
        form: &'static Form,
        may_be_wrapped: bool,
    ) -> Result<Option<Self>, Refusal> {
        let bytes = body::read(request, payload, limit).await?;
        let format = protocol.content_type(request)?;
        let folding = protocol.folding;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        let read = match format {
            Format::Json => fold::read(&bytes, form, may_be_wrapped, folding),
            Format::Xml => xml::read(&bytes, form, std::ptr::eq(form, &raw const ANYTHING), folding),
        };
        let (value, violations) = read.map_err(|violation| Refusal::Invalid(vec![violation]))?;
        Ok(Some(Self {
            value,
            violations,
            form,
            folding,
        }))
    }

    /// The refusal of a request without the body that it needs.
    pub fn missing(protocol: &Protocol) -> Refusal {
        let message = format!("a body is required: {}", protocol.supported);
        Refusal::Invalid(vec![Violation::new(Place::Body, "", "required", message)])
    }

    /// A member that is a credential; `None` when it is absent, there twice or of another kind.
    pub fn credential(&self, name: &str) -> Option<String> {
        let pointer = format!("/{}", json::escape_name(name));
        if self.violations.iter().any(|violation| violation.pointer == pointer) {
            return None;
        }
        let member = self.form.kind.members().iter().find(|member| member.wire == name)?;
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
        violations.extend(form::settle(self.form.kind, &mut self.value, self.folding));
        let told: Vec<String> = violations.iter().map(|violation| violation.pointer.clone()).collect();
        // What stands in the place of a wrong value is not the client's.
        let is_new = |violation: &Violation| !told.iter().any(|told| is_at_or_below(&violation.pointer, told));
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

fn is_at_or_below(pointer: &str, told: &str) -> bool {
    pointer.strip_prefix(told).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Reads a body whose members stand for the parameters and credentials that the query lacks. It may be left out.
pub async fn parameters(
    request: &HttpRequest,
    payload: &mut Payload,
    protocol: &Protocol,
    query: &mut Query<'_>,
) -> Result<(), Refusal> {
    let intake = Intake::receive(request, payload, protocol, body::DEFAULT_LIMIT, &ANYTHING, false).await?;
    let Some(intake) = intake else { return Ok(()) };
    if !intake.violations.is_empty() {
        return Err(Refusal::Invalid(intake.violations));
    }
    query.complete(intake.value);
    Ok(())
}
