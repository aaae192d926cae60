//! A credential that is missing, incomplete, wrong, revoked or too old is refused on every secured operation, and
//! changes nothing.

use super::call::{At, Call, Shown};
use super::rules::{CHANGED, CREDENTIAL};
use super::session::{Answer, Session};
use super::spec::Operation;
use crate::database::Snapshot;
use directory::credentials;
use model::Access;
use testkit::app::secret;

/// A client whose credential is taken back.
const REVOKED: &str = "revoked";

pub fn run(session: &Session<'_>) {
    let app = session.app;
    app.wait(credentials::create(
        app.directory(),
        "default",
        Some(REVOKED.to_owned()),
        Access::Admin,
        None,
        Some(secret(REVOKED)),
    ));
    let secured = || {
        session
            .spec
            .operations
            .iter()
            .filter(|operation| !operation.security.is_empty())
    };
    for set in secured().flat_map(|operation| &operation.security) {
        for scheme in set {
            session.value(scheme, REVOKED);
            session.value(scheme, "admin");
        }
    }
    app.wait(credentials::revoke(app.directory(), REVOKED));
    let before = Snapshot::of(app);
    for operation in secured() {
        for call in refused(session, operation) {
            session.demand(CREDENTIAL, &call, "401", &|answer| answer.status() != 401);
        }
    }
    logins(session);
    expired(session);
    let changed = before.differs(&Snapshot::of(app), "access_token");
    if !changed.is_empty() {
        session.complain(
            CHANGED,
            "credentials",
            "refused requests change nothing",
            &changed.join(", "),
            "",
        );
    }
}

/// Requests with every kind of credential that is none.
fn refused<'s>(session: &Session<'_>, operation: &'s Operation) -> Vec<Call<'s>> {
    let base = session.base(operation);
    let with = |shown: Vec<Shown>| Call {
        shown,
        ..base.clone()
    };
    let mut calls = vec![with(Vec::new())];
    for set in &operation.security {
        let right = session.shown(operation, set, "admin");
        calls.push(with(session.shown(operation, set, REVOKED)));
        for (at, scheme) in set.iter().enumerate() {
            if set.len() > 1 {
                let mut fewer = right.clone();
                fewer.remove(at);
                calls.push(with(fewer));
                let mut mixed = right.clone();
                mixed[at] = session.place(operation, scheme, &session.value(scheme, "stranger"), false);
                calls.push(with(mixed));
            }
            for value in altered(&session.value(scheme, "admin")) {
                let mut wrong = right.clone();
                wrong[at] = session.place(operation, scheme, &value, false);
                calls.push(with(wrong));
            }
            if right[at].at == At::Header {
                for value in [
                    "",
                    "x",
                    "Bearer",
                    "Bearer ",
                    "Basic Og==",
                    "Digest username=\"a\"",
                    "Bearer \u{e4}",
                ] {
                    let mut wrong = right.clone();
                    value.clone_into(&mut wrong[at].value);
                    wrong[at].is_right = false;
                    calls.push(with(wrong));
                }
            }
        }
    }
    calls
}

/// The value with something changed.
fn altered(value: &str) -> Vec<String> {
    let other = |c: char| {
        if c == 'A' {
            'B'
        } else if c == '1' {
            '7'
        } else {
            'A'
        }
    };
    let first: String = value
        .chars()
        .take(1)
        .map(other)
        .chain(value.chars().skip(1))
        .collect();
    let half: String = value.chars().take(value.chars().count() / 2).collect();
    vec![first, half, format!("{value}0"), "A".repeat(3000), String::new()]
}

/// Where the body of an open operation holds a client's id and secret, wrong ones are refused, too.
fn logins(session: &Session<'_>) {
    for operation in session
        .spec
        .operations
        .iter()
        .filter(|operation| operation.security.is_empty())
    {
        let Some(body) = &operation.body else { continue };
        let schema = session.spec.document.resolved(&body.schema);
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let needs = member["x-roster-needs"]
                .as_str()
                .filter(|needs| needs.starts_with("client"));
            let Some(known) = session.known(needs, "admin") else {
                continue;
            };
            for value in altered(known.as_str().unwrap_or_default())
                .into_iter()
                .filter(|value| !value.is_empty())
            {
                let mut call = session.base(operation);
                call.value_mut().unwrap()[name] = value.into();
                let is_wrong = |answer: &Answer| !matches!(answer.status(), 400 | 401);
                session.demand(
                    CREDENTIAL,
                    &call,
                    "401, or 400 where the value cannot be one",
                    &is_wrong,
                );
            }
            let mut call = session.base(operation);
            call.value_mut().unwrap()[name] = REVOKED.into();
            session.demand(CREDENTIAL, &call, "401", &|answer| answer.status() != 401);
        }
    }
}

/// Time passes, until every value is too old that has an age.
fn expired(session: &Session<'_>) {
    let access = session.spec.document.access();
    let Some(longest) = access.schemes.iter().filter_map(|scheme| scheme.lives).max() else {
        return;
    };
    session.app.advance(longest + 1);
    for operation in &session.spec.operations {
        for set in &operation.security {
            if set.iter().any(|scheme| access.scheme(scheme).lives.is_some()) {
                let shown = session.shown(operation, set, "admin");
                let call = Call {
                    shown,
                    ..session.base(operation)
                };
                session.demand(CREDENTIAL, &call, "401: it is too old", &|answer| {
                    answer.status() != 401
                });
            }
        }
    }
}
