//! Requests that are signed instead of carrying a token.

use super::refusals::{OLD, OTHER, SCHEME, TIMESTAMP, denied, stamp};
use super::samples::{Sample, admin, reader};
use crate::database::unchanged;
use directory::audit;
use testkit::App;
use testkit::app::secret;
use testkit::mypreferences::{Client, Request, SCHEMES, sign};

/// A read, signed by this header.
fn signed(client: &Client, header: &str) -> Request {
    client
        .bare("GET", &client.path("GroupTypes"))
        .header("Authorization", header)
}

#[test]
fn each_hash_opens_every_operation() {
    for scheme in SCHEMES {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let client = admin(&app);
        let header = client.signature(scheme, &stamp(&app, 0));
        for operation in [
            "listGroupTypes",
            "createProfile",
            "patchProfile",
            "updateGroupType",
            "renameGroup",
        ] {
            let request = sample.request(&client, operation).with("Authorization", &header);
            request.send().expect(super::samples::good(operation));
            let trail = app.wait(audit::events(app.directory(), "default", 1, 1000));
            assert_eq!(trail.last().unwrap().actor.client_id, "admin");
        }
    }
}

#[test]
fn the_window_is_a_quarter_of_an_hour() {
    let app = App::start();
    let client = reader(&app);
    let sign = |timestamp: &str| signed(&client, &client.signature(SCHEMES[0], timestamp));
    let now = stamp(&app, 0);
    for (timestamp, cause) in [
        (now.clone(), None),
        (now.trim_end_matches('Z').to_owned(), None),
        (now.replace('Z', ".0000009Z"), None),
        (now.replace(['-', ':'], ""), None),
        (stamp(&app, -900), None),
        (stamp(&app, -901), Some(OLD)),
        ("1999-12-31T23:59:59Z".to_owned(), Some(OLD)),
        (stamp(&app, 1), Some(TIMESTAMP)),
        (now.replace('Z', ".000001Z"), Some(TIMESTAMP)),
        (now.replace('Z', "+01:00"), Some(TIMESTAMP)),
        (now.replace('T', " "), Some(OTHER)),
        ("2026-13-01T00:00:00Z".to_owned(), Some(TIMESTAMP)),
        ("0".to_owned(), Some(TIMESTAMP)),
        (String::new(), Some(TIMESTAMP)),
    ] {
        let answer = sign(&timestamp).send();
        match cause {
            None => drop(answer.expect(200)),
            Some(cause) => denied(&answer, cause),
        }
    }
    let request = sign(&now);
    app.advance(900);
    request.send().expect(200);
    app.advance(1);
    denied(&request.send(), OLD);
}

#[test]
fn each_part_counts() {
    let app = App::start();
    let client = reader(&app);
    let now = stamp(&app, 0);
    let key = secret("reader");
    let good = client.signature(SCHEMES[0], &now);
    let (head, signature) = good.split_once(" Signature=").unwrap();
    let (scheme, credential) = head.split_once(' ').unwrap();
    unchanged(&app, || {
        for header in [
            sign(SCHEMES[0], "other", "reader", &now, &key),
            sign(SCHEMES[0], "Default", "reader", &now, &key),
            sign(SCHEMES[0], "default", "READER", &now, &key),
            sign(SCHEMES[0], "default", "nobody", &now, &key),
            sign(SCHEMES[0], "default", "", &now, &key),
            sign(SCHEMES[0], "default", "reader", &now, &secret("editor")),
            sign(SCHEMES[0], "default", "reader", &now, ""),
            sign(SCHEMES[0], "default", "stranger", &now, &key),
            good.replace("reader/", "editor/"),
            good.replace(&now, &stamp(&app, -1)),
            good.replace(&now, now.trim_end_matches('Z')),
            good.replace("SHA256", "SHA512"),
            good.replace('=', ""),
            good.replace("Credential=", "User="),
            head.to_owned(),
            scheme.to_owned(),
            format!("{scheme} Signature={signature}"),
            format!("{scheme} {credential} Signature="),
            format!(
                "{scheme} {credential} Signature={}",
                &signature[..signature.len() - 4]
            ),
            format!("{scheme} {credential} Signature={}", signature.to_lowercase()),
            format!("{scheme} {credential} Signature={signature}AAAA"),
            format!("{scheme} {credential} Signature=not-base64!"),
            format!("{good} Signature={signature}"),
            format!("{good} {credential}"),
            format!("{good} Nonce=1"),
            format!("{scheme} Credential=reader Signature={signature}"),
        ] {
            denied(&signed(&client, &header).send(), OTHER);
        }
        for scheme in [
            "PNAUTHINFO3-HMAC-SHA1",
            "PNAUTHINFO3-HMAC",
            "PNAUTHINFO2-HMAC-SHA256",
            "Digest",
            "Negotiate x",
        ] {
            denied(
                &signed(&client, &format!("{scheme} {credential} Signature={signature}")).send(),
                SCHEME,
            );
        }
    });
    for header in [
        good.clone(),
        format!("  {good}  "),
        good.replace(" Signature", ",\tSignature"),
        good.replace("Credential", "credential")
            .replace("Signature", "SIGNATURE"),
        format!("{scheme} Signature={signature} {credential}"),
        good.replace("PNAUTHINFO3-HMAC-SHA256", "pnauthinfo3-hmac-sha256"),
    ] {
        signed(&client, &header).send().expect(200);
    }
}

/// A signature is for one account; the account is signed as it is called, not as it is spelled in the path.
#[test]
fn the_account_is_part_of_it() {
    let app = App::start();
    let client = reader(&app);
    let header = client.signature(SCHEMES[1], &stamp(&app, 0));
    let spelled = client
        .bare("GET", "/profiles/V4/%64efault/grouptypes/")
        .header("Authorization", &header);
    spelled.send().expect(200);
    let theirs = Client::of(&app, "stranger");
    denied(&signed(&theirs, &header).send(), OTHER);
    let bad = client
        .bare("GET", "/Profiles/v4/%ff/GroupTypes")
        .header("Authorization", &header);
    denied(&bad.send(), OTHER);
    let own = theirs.signature(SCHEMES[2], &stamp(&app, 0));
    signed(&theirs, &own).send().expect(200);
    let foreign = theirs.in_account("default");
    let answer = signed(&foreign, &foreign.signature(SCHEMES[2], &stamp(&app, 0))).send();
    answer.refused(404, "Account `default` not found.");
}
