//! Media types: of a body that the operation does not take (415), and of an answer that there is not (406).

use super::call::Payload;
use super::rules::{ACCEPT, CHANGED, CONTENT_TYPE};
use super::session::Session;
use crate::database::Snapshot;

/// None of them is one that a document of ours has, or tolerates.
const FOREIGN: [&str; 9] = [
    "text/plain",
    "text/html",
    "image/png",
    "application/octet-stream",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "application/json/x",
    "json",
    "*/*",
];

const UNACCEPTABLE: [&str; 5] = [
    "image/png",
    "text/html, image/*;q=0.9",
    "application/json;q=0, application/xml;q=0, text/json;q=0, text/xml;q=0",
    "application/pdf;q=0.1",
    "application/jsonp",
];

pub fn run(session: &Session<'_>) {
    let before = Snapshot::of(session.app);
    for operation in &session.spec.operations {
        let mut base = session.base(operation);
        if operation.takes_any_body {
            base.query.clear();
            base.shown.clear();
        }
        if operation.body.is_some() || operation.takes_any_body {
            let bytes = base.bytes().unwrap_or_default();
            for media in FOREIGN {
                let mut call = base.clone();
                call.body = Payload::Bytes {
                    media: Some(media.to_owned()),
                    bytes: bytes.clone(),
                };
                session.demand(CONTENT_TYPE, &call, "415", &|answer| answer.status() != 415);
            }
        }
        if operation.documents(406) {
            for media in UNACCEPTABLE {
                let mut call = session.base(operation);
                call.set_header("Accept", media);
                session.demand(ACCEPT, &call, "406", &|answer| answer.status() != 406);
            }
        }
    }
    let changed = before.differs(&Snapshot::of(session.app), "access_token");
    if !changed.is_empty() {
        session.complain(
            CHANGED,
            "media",
            "refused requests change nothing",
            &changed.join(", "),
            "",
        );
    }
    welcome(session);
}

/// What a client may say of the answer that it wants.
fn welcome(session: &Session<'_>) {
    for operation in session
        .spec
        .operations
        .iter()
        .filter(|operation| operation.documents(406))
    {
        for media in [
            "*/*",
            "application/*",
            "image/png, */*;q=0.1",
            "application/json;charset=utf-8",
            "",
        ] {
            let mut call = session.base(operation);
            call.set_header("Accept", media);
            session.demand(ACCEPT, &call, "any status but 406", &|answer| {
                answer.status() == 406
            });
        }
    }
}
