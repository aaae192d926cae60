//! The dialects, and which of them owns a path that no operation has.

pub mod formsonfire;
pub mod kibo;
pub mod mypreferences;
pub mod propeller;
pub mod taleolearn;

use crate::plain;
use crate::requests;
use crate::state::State;
use crate::status::Cause;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use contract::runtime::body;

/// A dialect as the owner of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    FormsOnFire,
    Kibo,
    MyPreferences,
    Propeller,
    TaleoLearn,
}

/// Path prefixes and their owners. The longest one that a path begins with decides.
const PREFIXES: &[(&str, Owner)] = &[
    ("/api/v2", Owner::FormsOnFire),
    ("/platform", Owner::Kibo),
    ("/api", Owner::Kibo),
    ("/Profiles", Owner::MyPreferences),
    ("/oauth", Owner::MyPreferences),
    ("/oauth2", Owner::Propeller),
    ("/usergroups", Owner::Propeller),
    ("/users", Owner::Propeller),
    ("/v2", Owner::Propeller),
    ("/learn.rest", Owner::TaleoLearn),
];

impl Owner {
    pub fn name(self) -> &'static str {
        match self {
            Self::FormsOnFire => "formsonfire",
            Self::Kibo => "kibo",
            Self::MyPreferences => "mypreferences",
            Self::Propeller => "propeller",
            Self::TaleoLearn => "taleolearn",
        }
    }

    /// Whether the vendor's platform takes the literal parts of a path in any letter case.
    fn folds(self) -> bool {
        match self {
            Self::FormsOnFire | Self::MyPreferences | Self::TaleoLearn => true,
            Self::Kibo | Self::Propeller => false,
        }
    }

    /// What the format of this dialect's answers depends on beside the URL, where it depends on anything.
    pub fn vary(self) -> Option<HeaderValue> {
        match self {
            Self::FormsOnFire => Some(HeaderValue::from_static("Accept, Content-Type")),
            Self::Kibo | Self::MyPreferences | Self::Propeller | Self::TaleoLearn => None,
        }
    }

    /// A header that all answers of this dialect have.
    pub fn mark(self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::Propeller => Some((
                HeaderName::from_static("return-format"),
                HeaderValue::from_static("json"),
            )),
            Self::FormsOnFire | Self::Kibo | Self::MyPreferences | Self::TaleoLearn => None,
        }
    }

    /// What answers of this status have in their head, whoever made them.
    pub fn head(self, status: StatusCode) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let denied = self == Self::MyPreferences && status == Cause::Unauthenticated.status();
        denied
            .then_some(mypreferences::problem::DENIED)
            .into_iter()
            .flatten()
    }

    /// The header in which this dialect's answers carry the request id.
    pub fn correlation_header(self) -> HeaderName {
        match self {
            Self::FormsOnFire | Self::MyPreferences | Self::Propeller | Self::TaleoLearn => {
                requests::REQUEST_ID
            }
            Self::Kibo => HeaderName::from_static("x-vol-correlation"),
        }
    }
}

/// The owner of a path, known or unknown.
pub fn owner(path: &str) -> Option<Owner> {
    PREFIXES
        .iter()
        .filter(|(prefix, owner)| {
            let Some((head, rest)) = path.split_at_checked(prefix.len()) else {
                return false;
            };
            let begins = head == *prefix || owner.folds() && head.eq_ignore_ascii_case(prefix);
            begins && (rest.is_empty() || rest.starts_with('/'))
        })
        .max_by_key(|(prefix, _)| prefix.len())
        .map(|(_, owner)| *owner)
}

/// The operation that a request means, for its log line.
pub fn operation(method: &Method, path: &str) -> Option<&'static str> {
    let owner = owner(path)?;
    let (operations, path) = match owner {
        Owner::FormsOnFire => (contract::formsonfire::OPERATIONS, path),
        Owner::Kibo => (
            contract::kibo::OPERATIONS,
            path.strip_prefix("/api").unwrap_or(path),
        ),
        Owner::MyPreferences => (contract::mypreferences::OPERATIONS, path),
        Owner::Propeller => (
            contract::propeller::OPERATIONS,
            path.strip_prefix("/v2").unwrap_or(path),
        ),
        Owner::TaleoLearn => (contract::taleolearn::OPERATIONS, taleolearn::below_mount(path)?),
    };
    let path = path.trim_end_matches('/');
    operations
        .iter()
        .find(|operation| {
            let mut spellings = std::iter::once(&operation.path).chain(operation.aliases);
            method == operation.method && spellings.any(|spelling| fits(spelling, path, owner.folds()))
        })
        .map(|operation| operation.id)
}

/// Whether a path is one of a template's: `{name}` stands for any one segment.
fn fits(template: &str, path: &str, folds: bool) -> bool {
    let is_same = |wanted: &str, given: &str| wanted == given || folds && wanted.eq_ignore_ascii_case(given);
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted.starts_with('{') || is_same(wanted, given) => {}
            _ => return false,
        }
    }
}

/// The answer to a path that nothing has: in the shape of its owner, else a problem of RFC 9457.
pub async fn unknown_path(
    state: web::Data<State>,
    request: HttpRequest,
    mut payload: web::Payload,
) -> HttpResponse {
    // A client that writes all before it reads gets its answer too.
    body::drain(&mut payload).await;
    match owner(request.path()) {
        Some(Owner::FormsOnFire) => formsonfire::problem::unknown_path(&request),
        Some(Owner::Kibo) => kibo::problem::unknown_path(&request),
        Some(Owner::MyPreferences) => mypreferences::problem::unknown_path(&request),
        Some(Owner::Propeller) => propeller::problem::unknown_path(&state.origin, &request),
        Some(Owner::TaleoLearn) => taleolearn::problem::unknown_path(&request),
        None => plain::unknown_path(&request),
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
            ("/api/v2/usergroup", Some("getUserGroup")),
            ("/API/v2/UserGroup/Search/", Some("searchUserGroups")),
            ("/api/v2/platform/adminuser/groups", None),
            ("/api/API/v2/usergroup", None),
            ("/Profiles/v4/a/GroupTypes", Some("listGroupTypes")),
            ("/profiles/V4/a/grouptype/", Some("listGroupTypes")),
            ("/Profiles/v4/a/Profiles/7", Some("getProfile")),
            ("/usergroups/", Some("listUsergroups")),
            ("/v2/usergroups/sourceId/a%2Fb", Some("getUsergroup")),
            ("/v2/v2/usergroups", None),
            ("/Usergroups", None),
            ("/learn.rest/v1/metadata-catalog", Some("getMetadataCatalog")),
            (
                "/Learn.REST/V1/learncenters/1/GROUPS/2/users/3",
                Some("getMember"),
            ),
            ("/learn.rest/v1/users/3/", Some("getUser")),
            ("/learn.rest/users/3", None),
            ("/learn.rest/v1", None),
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
            ("/API/anything", None),
            ("/api/v2", Some(Owner::FormsOnFire)),
            ("/Api/V2/nothing", Some(Owner::FormsOnFire)),
            ("/api/v20", Some(Owner::Kibo)),
            ("/learn.rest", Some(Owner::TaleoLearn)),
            ("/LEARN.rest/v2/x", Some(Owner::TaleoLearn)),
            ("/learn.restx", None),
            ("/platformx", None),
            ("/PROFILES/v3", Some(Owner::MyPreferences)),
            ("/OAuth", Some(Owner::MyPreferences)),
            ("/Profile", None),
            ("/usergroups/a/b/c", Some(Owner::Propeller)),
            ("/users", Some(Owner::Propeller)),
            ("/userss", None),
            ("/v2/anything", Some(Owner::Propeller)),
            ("/oauth2/token", Some(Owner::Propeller)),
            ("/", None),
            ("/favicon.ico", None),
        ] {
            assert_eq!(owner(path), expected, "{path}");
        }
    }
}
