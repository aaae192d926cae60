//! `POST /_test/reset`: back to the start, for everybody at once, and for nobody who has no business there.

use crate::{ID, Place, SECRET, archive, get, operator, repeats};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::kibo::{Client, GROUPS, group};
use testkit::{Process, Reply, http};

const RESET: &str = "/_test/reset";

fn reset(server: &Process) -> Reply {
    http::send(server.url(), "POST", RESET, &[], None).unwrap()
}

#[test]
fn after_a_reset_everything_comes_again() {
    let place = Place::new();
    let file = place.path().join("seed.json");
    std::fs::write(&file, archive::seed()).unwrap();
    let server = repeats::start("7", &["--seed", file.to_str().unwrap()]);
    let first = repeats::play(server.url());
    for _ in 0..3 {
        let answer = reset(&server);
        assert_eq!((answer.status, answer.body.len()), (204, 0));
        assert_eq!(repeats::play(server.url()), first);
    }
    let statuses: Vec<u16> = first.iter().map(|reply| reply.status).collect();
    assert!(
        statuses.contains(&201) && !statuses.iter().any(|status| *status >= 500),
        "{statuses:?}"
    );
}

#[test]
fn what_was_made_is_gone_and_the_seed_is_there() {
    let place = Place::new();
    let file = place.path().join("seed.json");
    std::fs::write(&file, archive::seed()).unwrap();
    let server = Process::serve(&["serve", "--ephemeral", "--seed", file.to_str().unwrap()]);
    let client = Client::connect(server.url(), ID, SECRET);
    let old = client.get(&group("old")).send().expect(200);
    client
        .post(GROUPS)
        .json(&json!({"groupCode": "new", "users": [{}]}))
        .send()
        .expect(200);
    client.delete(&group("old")).send().expect(200);
    // A token that the store knows, and this one by heart.
    let basic = [(
        "authorization".to_owned(),
        format!("Basic {}", base64(&format!("{ID}:{SECRET}"))),
    )];
    let catalog = "/learn.rest/v1/metadata-catalog";
    let learn = http::send(server.url(), "GET", catalog, &basic, None).unwrap();
    let token = [(
        "x-learn-access-token".to_owned(),
        learn.header("x-learn-access-token").unwrap(),
    )];
    assert_eq!(
        http::send(server.url(), "GET", catalog, &token, None)
            .unwrap()
            .status,
        200
    );
    assert_eq!(reset(&server).status, 204);
    assert_eq!(
        http::send(server.url(), "GET", catalog, &token, None)
            .unwrap()
            .status,
        401
    );
    // A signed token stays good: its credential is there again.
    assert_eq!(client.get(GROUPS).send().expect(200).at("/totalCount"), 1);
    let again = client.get(&group("old")).send().expect(200);
    assert_eq!((again.json(), again.etag()), (old.json(), old.etag()));
    client
        .post(GROUPS)
        .json(&json!({"groupCode": "new"}))
        .send()
        .expect(200);
}

fn base64(text: &str) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    BASE64_STANDARD.encode(text)
}

/// The answer without the request's id.
fn shape(reply: &Reply) -> (u16, String) {
    let id = reply.header("x-request-id").unwrap();
    (reply.status, reply.text().replace(&id, ""))
}

#[test]
fn who_has_no_business_there_finds_nothing() {
    let place = Place::new();
    let lasting = place.serve();
    let ephemeral = Process::serve(&[
        "serve",
        "--ephemeral",
        "--bootstrap-credential",
        &format!("{ID}:{SECRET}"),
    ]);
    let client = operator(&ephemeral);
    client
        .post(GROUPS)
        .json(&json!({"groupCode": "kept"}))
        .send()
        .expect(200);
    let unknown = http::send(ephemeral.url(), "POST", "/_test/nothing", &[], None).unwrap();
    assert_eq!(unknown.status, 404);
    assert_eq!(shape(&reset(&lasting)), shape(&unknown));
    assert_eq!(shape(&get(&lasting, RESET)), shape(&unknown));
    for header in [
        "origin: http://127.0.0.1",
        "origin: null",
        "x-forwarded-for: 192.0.2.1",
        "forwarded: for=192.0.2.1",
    ] {
        let (name, value) = header.split_once(": ").unwrap();
        let headers = [(name.to_owned(), value.to_owned())];
        let answer = http::send(ephemeral.url(), "POST", RESET, &headers, None).unwrap();
        assert_eq!(shape(&answer), shape(&unknown), "{header}");
    }
    assert_eq!(get(&ephemeral, RESET).status, 405);
    client.get(&group("kept")).send().expect(200);
    assert_eq!(reset(&ephemeral).status, 204);
    client.get(&group("kept")).send().expect(404);
}

/// Requests under way end on the old state, later ones begin on the new one.
#[test]
fn nobody_sees_half_of_a_reset() {
    let server = Process::serve(&[
        "serve",
        "--ephemeral",
        "--bootstrap-credential",
        &format!("{ID}:{SECRET}"),
    ]);
    let client = operator(&server);
    client.token();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let (client, is_over) = (&client, &is_over);
            scope.spawn(move || {
                for at in 0.. {
                    if is_over.load(Ordering::SeqCst) {
                        break;
                    }
                    let body = json!({"groupCode": format!("{writer}-{at}"), "users": [{}, {}]});
                    let made = client.post(GROUPS).json(&body).send().expect(200);
                    assert_eq!(made.at("/users").as_array().unwrap().len(), 2);
                    let page = client.get(GROUPS).query("pageSize", "200").send().expect(200);
                    let groups = page.at("/items").as_array().unwrap();
                    assert_eq!(page.at("/totalCount"), groups.len());
                    assert!(
                        groups
                            .iter()
                            .all(|group| group["users"].as_array().unwrap().len() == 2)
                    );
                }
            });
        }
        for _ in 0..30 {
            assert_eq!(reset(&server).status, 204);
        }
        is_over.store(true, Ordering::SeqCst);
    });
    assert_eq!(reset(&server).status, 204);
    assert_eq!(client.get(GROUPS).send().expect(200).at("/totalCount"), 0);
}
