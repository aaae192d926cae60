//! The error body of this dialect: `Message`, for a 400 also `ModelState`, and where its statuses deviate.

use super::signature::cause;
use crate::requests;
use crate::status::Cause;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    AUTHORIZATION, CACHE_CONTROL, EXPIRES, HeaderName, HeaderValue, PRAGMA, WWW_AUTHENTICATE,
};
use actix_web::{HttpRequest, HttpResponse};
use contract::mypreferences::models::{ErrorResponse as Body, ModelState};
use contract::mypreferences::routes::stray;
use contract::runtime::{Failure, Refusal};
use model::error::Kind;
use model::group_types::Person;
use model::{Error, text};
use std::collections::BTreeMap;

/// How many violations one answer tells.
const MAX_VIOLATIONS: usize = 100;
/// Longest message, in characters.
const MAX_TEXT: usize = 4096;
/// Longest name in `ModelState`, in characters.
const MAX_NAME: usize = 255;
/// What every 401 says in its head, whoever refused it.
pub const DENIED: [(HeaderName, HeaderValue); 4] = [
    (
        WWW_AUTHENTICATE,
        HeaderValue::from_static("PNAUTHINFO3 realm=\"https://pm.mypreferences.com\""),
    ),
    (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    (PRAGMA, HeaderValue::from_static("no-cache")),
    (EXPIRES, HeaderValue::from_static("-1")),
];
const INVALID: &str = "The request is invalid.";

/// Causes that have the status of another one here, and why.
const DEVIATIONS: [(Cause, Cause, &str); 2] = [
    (
        Cause::Internal,
        Cause::Unready,
        "the vendor answers 503 where others answer 500",
    ),
    (Cause::Unprocessable, Cause::Invalid, "the vendor names no 422"),
];

fn status(cause: Cause) -> StatusCode {
    let deviation = DEVIATIONS.iter().find(|(from, ..)| *from == cause);
    deviation.map_or(cause, |(_, to, _)| *to).status()
}

/// What a use case answered instead of a result.
pub fn failure(request: &HttpRequest, error: &Error) -> Failure<Body> {
    let body = match error {
        Error::Invalid(violations) => invalid(
            violations
                .iter()
                .map(|violation| (translate(&violation.field), violation.message.clone())),
        ),
        Error::Unauthenticated => plain(cause::OTHER),
        Error::Forbidden { reason } => plain(&sentence(reason)),
        Error::NotFound { kind, key } => plain(&format!(
            "{} `{}` not found.",
            noun(*kind),
            printable(key, MAX_NAME)
        )),
        Error::Ambiguous { kind, key } => {
            let key = printable(key, MAX_NAME);
            plain(&format!(
                "Several {}s have the key `{key}`.",
                noun(*kind).to_lowercase()
            ))
        }
        Error::Exists { kind, field } => plain(&format!(
            "A {} with this {} already exists.",
            noun(*kind).to_lowercase(),
            unique(*kind, field)
        )),
        Error::Conflict { reason } => plain(&sentence(reason)),
        Error::Stale => plain("The profile has another version than If-Match names."),
        Error::Internal(fault) => {
            tracing::error!(?fault, "the request failed");
            broken(request)
        }
    };
    Failure::new(status(Cause::from(error)), body)
}

/// What the generated code refused before any handler ran.
pub fn refused(request: &HttpRequest, refusal: &Refusal) -> Body {
    match refusal {
        Refusal::Invalid(violations) => invalid(
            violations
                .iter()
                .map(|violation| (path(&violation.pointer), violation.message.clone())),
        ),
        Refusal::MethodNotAllowed { allow } => plain(&format!("This path offers {allow} only.")),
        Refusal::Unauthorized { reason } => plain(told(request, reason)),
        Refusal::PayloadTooLarge { limit } => plain(&format!("The body is larger than {limit} bytes.")),
        Refusal::UnsupportedMediaType { supported } => plain(&format!("The body must be {supported}.")),
        Refusal::NotAcceptable { supported } => plain(&format!("Answers are {supported} only.")),
        Refusal::Fault => broken(request),
    }
}

/// The answer to a path that no operation has.
pub fn unknown_path(request: &HttpRequest) -> HttpResponse {
    let body = plain("There is nothing at this path.");
    stray(request, status(Cause::UnknownPath), &body)
}

/// More profiles share the groups than an answer shows.
pub fn too_many(most: usize) -> Failure<Body> {
    Failure::new(
        status(Cause::Forbidden),
        plain(&format!("More than {most} profiles share these groups.")),
    )
}

/// There are more names than one answer shows.
pub fn too_many_names(most: u64) -> Failure<Body> {
    let message = format!("There are more than {most} group names; ask for those of one type with Id.");
    Failure::new(status(Cause::Forbidden), plain(&message))
}

/// No group type has fields of this locale.
pub fn no_locale(locale: &str) -> Failure<Body> {
    let message = format!("No group type has the locale `{}`.", printable(locale, MAX_NAME));
    Failure::new(status(Cause::NotFound), plain(&message))
}

/// Nobody is meant. Addresses and numbers are not repeated.
pub fn no_profile(person: &Person) -> Failure<Body> {
    let message = match person {
        Person::Number(number) => format!("Profile `{number}` not found."),
        Person::Email { .. } => "No profile has this e-mail address.".to_owned(),
        Person::Phone { .. } => "No profile has this phone number.".to_owned(),
    };
    Failure::new(status(Cause::NotFound), plain(&message))
}

/// The cause of a 401. What is wrong with a bearer token is not told.
fn told(request: &HttpRequest, reason: &str) -> &'static str {
    let known = cause::ALL.into_iter().find(|cause| *cause == reason);
    known.unwrap_or(if request.headers().contains_key(AUTHORIZATION) {
        cause::OTHER
    } else {
        cause::MISSING
    })
}

fn broken(request: &HttpRequest) -> Body {
    Body {
        request_id: Some(requests::id(request).0),
        ..plain("The server could not answer this request.")
    }
}

fn plain(message: &str) -> Body {
    Body {
        message: printable(message, MAX_TEXT),
        model_state: None,
        request_id: None,
    }
}

/// The violations by the member or parameter that they are about.
fn invalid(violations: impl Iterator<Item = (String, String)>) -> Body {
    let mut state: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, message) in violations.take(MAX_VIOLATIONS) {
        state.entry(name).or_default().push(printable(&message, MAX_TEXT));
    }
    Body {
        model_state: Some(ModelState(state)),
        ..plain(INVALID)
    }
}

/// The directory's words for members, in this dialect's.
const MEMBERS: [(&str, &str); 16] = [
    ("active", "IsActive"),
    ("description", "Description"),
    ("emails", "EmailAddresses"),
    ("externalIds", "AlternateIds"),
    ("familyName", "CustomerName/LastName"),
    ("givenName", "CustomerName/FirstName"),
    ("isDefault", "IsDefault"),
    ("locale", "Locale"),
    ("localized", "LocalizedFields"),
    ("middleName", "CustomerName/MiddleName"),
    ("name", "TypeName"),
    ("new", "NewGroupName"),
    ("old", "OldGroupName"),
    ("phones", "PhoneNumbers"),
    ("typedGroups", "Groups"),
    ("types", "GroupTypes"),
];

/// A path of the directory's words as the client knows it.
fn translate(field: &str) -> String {
    let mut above = "";
    let mut steps = Vec::new();
    for step in field.split('/') {
        let theirs = match (above, step) {
            ("localized", "name") => "Name",
            ("", "locale") => "DefaultLocale",
            ("emails", "kind") => "EmailType",
            ("emails", "value") => "EmailAddress",
            ("phones", "kind") => "PhoneType",
            ("phones", "value") => "PhoneNumber",
            _ => MEMBERS
                .iter()
                .find(|(ours, _)| *ours == step)
                .map_or(step, |(_, theirs)| *theirs),
        };
        steps.push(theirs);
        if !step.bytes().all(|byte| byte.is_ascii_digit()) {
            above = step;
        }
    }
    path(&steps.join("/"))
}

/// A parameter's name as it stands; a JSON pointer as `GroupTypes[0].TypeName`; `body` for the whole of it.
fn path(pointer: &str) -> String {
    let pointer = pointer.strip_prefix('/').unwrap_or(pointer);
    if pointer.is_empty() {
        return "body".to_owned();
    }
    let mut name = String::new();
    for step in pointer.split('/') {
        if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            name.extend(["[", step, "]"]);
        } else {
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(&step.replace("~1", "/").replace("~0", "~"));
        }
    }
    printable(&name, MAX_NAME)
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Tenant => "Account",
        Kind::User => "Profile",
        Kind::Group => "Group",
        Kind::GroupType => "Group type",
        Kind::Role => "Role",
        Kind::Credential => "Credential",
        Kind::Item => "Item",
    }
}

fn unique(kind: Kind, field: &str) -> &str {
    match (kind, field) {
        (Kind::GroupType, "name") => "TypeName",
        (_, "externalId") => "AlternateId",
        (_, other) => other,
    }
}

/// The directory's reasons begin with a small letter and have no full stop.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

/// Text that fits the document.
fn printable(given: &str, most: usize) -> String {
    given
        .chars()
        .filter(|c| !text::is_forbidden(*c))
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_become_names() {
        for (pointer, name) in [
            ("/GroupTypes/0/TypeName", "GroupTypes[0].TypeName"),
            ("/0/op", "[0].op"),
            ("emailAddress", "emailAddress"),
            ("", "body"),
        ] {
            assert_eq!(path(pointer), name);
        }
        for (field, name) in [
            (
                "types/1/localized/0/name",
                "GroupTypes[1].LocalizedFields[0].Name",
            ),
            (
                "types/1/localized/0/locale",
                "GroupTypes[1].LocalizedFields[0].Locale",
            ),
            ("name", "TypeName"),
            ("locale", "DefaultLocale"),
            ("emails/2/kind", "EmailAddresses[2].EmailType"),
            ("phones/0/value", "PhoneNumbers[0].PhoneNumber"),
            ("givenName", "CustomerName.FirstName"),
            ("Groups/0/GroupName", "Groups[0].GroupName"),
            ("2/path", "[2].path"),
        ] {
            assert_eq!(translate(field), name);
        }
    }

    #[test]
    fn each_deviation_is_listed_once() {
        for (at, (from, to, reason)) in DEVIATIONS.iter().enumerate() {
            assert!(DEVIATIONS.iter().skip(at + 1).all(|other| other.0 != *from));
            assert!(from.status() != to.status() && !reason.is_empty());
        }
        assert_eq!(status(Cause::Forbidden), Cause::Forbidden.status());
    }
}
