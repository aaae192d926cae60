//! The access token that an answer to HTTP Basic carries.

use super::refusals::new_credential;
use super::samples::{READS, Sample, WRITES, admin, editor, good, reader};
use crate::database::{open, unchanged};
use directory::credentials;
use std::collections::BTreeSet;
use testkit::App;
use testkit::app::secret;
use testkit::taleolearn::{CATALOG, Client, GROUPS, TOKEN, basic, group};

const MINUTE: i64 = 60;
/// How long a token lives after its last use, in seconds.
const LIFE: i64 = 30 * MINUTE;

fn kept(app: &App) -> i64 {
    let count = "SELECT count(*) FROM access_token";
    open(app).query_row(count, [], |row| row.get(0)).unwrap()
}

/// When the store last noted a use, as the table holds it.
fn noted(app: &App) -> Vec<String> {
    let database = open(app);
    let mut select = database
        .prepare("SELECT last_used_at FROM access_token ORDER BY last_used_at")
        .unwrap();
    let rows = select.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn every_operation_hands_one_out_and_takes_it() {
    for operation in READS.into_iter().chain(WRITES) {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let answer = sample
            .request(&admin(&app), operation)
            .send()
            .expect(good(operation));
        let token = answer.header(TOKEN);
        assert!(token.len() >= 32 && token.is_ascii(), "{token}");

        let app = App::start();
        let sample = Sample::prepare(&app);
        let client = admin(&app).with_token(&admin(&app).token());
        let answer = sample.request(&client, operation).send().expect(good(operation));
        assert_eq!(
            answer.reply.header(TOKEN),
            None,
            "a token is not handed out for a token"
        );
    }
}

#[test]
fn a_token_has_the_rights_of_its_credential() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    for (client, status) in [(reader(&app), 403), (editor(&app), 200)] {
        let client = client.with_token(&client.token());
        let patch = client.patch(
            &group(sample.group),
            &serde_json::json!({"statusFlag": "inactive"}),
        );
        patch.send().expect(status);
    }
    let stranger = Client::of(&app, "stranger");
    let stranger = stranger.with_token(&stranger.token());
    stranger
        .get(&group(sample.group))
        .send()
        .refused(404, "NOT_FOUND");
}

/// Many answers to HTTP Basic, few tokens: they cost no write per request.
#[test]
fn a_credential_gets_the_same_token_while_it_has_long_to_live() {
    let app = App::start();
    let first = admin(&app).token();
    unchanged(&app, || {
        for _ in 0..20 {
            assert_eq!(admin(&app).token(), first);
        }
        app.advance(15 * MINUTE - 1);
        assert_eq!(admin(&app).token(), first);
    });
    assert_ne!(reader(&app).token(), first);
    app.advance(1);
    let second = admin(&app).token();
    assert_ne!(second, first);
    assert_eq!(kept(&app), 3);
    // Both are good until they expire.
    for token in [&first, &second] {
        admin(&app).with_token(token).get(GROUPS).send().expect(200);
    }
    // The older one was used just now, the newer one too; both live on.
    app.advance(14 * MINUTE);
    assert_eq!(admin(&app).token(), second);
}

#[test]
fn many_at_once_get_one_token() {
    let app = App::start();
    let client = editor(&app);
    let tokens: BTreeSet<String> = std::thread::scope(|scope| {
        let asks: Vec<_> = (0..16).map(|_| scope.spawn(|| client.token())).collect();
        asks.into_iter().map(|ask| ask.join().unwrap()).collect()
    });
    assert_eq!((tokens.len(), kept(&app)), (1, 1));
}

#[test]
fn each_use_begins_its_life_anew() {
    let app = App::start();
    let client = admin(&app).with_token(&admin(&app).token());
    for _ in 0..5 {
        app.advance(LIFE - 1);
        client.get(CATALOG).send().expect(200);
    }
    // Also a use that comes too soon after the last one to be noted.
    app.advance(MINUTE - 1);
    client.get(CATALOG).send().expect(200);
    app.advance(LIFE - 1);
    client.get(CATALOG).send().expect(200);
    app.advance(LIFE);
    client.get(CATALOG).send().refused(401, "UNAUTHORIZED");
    client.get(CATALOG).send().refused(401, "UNAUTHORIZED");
}

#[test]
fn a_use_is_noted_at_most_once_a_minute() {
    let app = App::start();
    let client = admin(&app).with_token(&admin(&app).token());
    let first = noted(&app);
    unchanged(&app, || {
        for _ in 0..5 {
            app.advance(MINUTE / 5 - 1);
            client.get(CATALOG).send().expect(200);
        }
    });
    app.advance(5);
    client.get(CATALOG).send().expect(200);
    let second = noted(&app);
    assert_ne!(first, second);
    unchanged(&app, || {
        client.get(CATALOG).send().expect(200);
        app.advance(MINUTE - 1);
        client.get(CATALOG).send().expect(200);
    });
}

/// Another process on the same database knows the token by what is noted.
#[test]
fn a_token_outlives_the_process() {
    let app = App::start();
    let token = admin(&app).token();
    let other = app.another();
    let there = Client::connect(other.url(), "admin", &secret("admin")).with_token(&token);
    there.get(CATALOG).send().expect(200);
    app.advance(LIFE - 1);
    there.get(CATALOG).send().expect(200);
    app.advance(LIFE - 1);
    // Here nobody has used it, but there.
    admin(&app).with_token(&token).get(CATALOG).send().expect(200);
}

#[test]
fn a_revoked_credential_makes_its_tokens_useless_at_once() {
    let app = App::start();
    let client = new_credential(&app, "brief");
    let tokens = [client.token(), client.token()];
    let with = client.with_token(&tokens[0]);
    with.get(CATALOG).send().expect(200);
    app.wait(credentials::revoke(app.directory(), "brief"));
    assert_eq!(kept(&app), 0);
    unchanged(&app, || {
        for client in [&client, &with] {
            for _ in 0..2 {
                client.get(CATALOG).send().refused(401, "UNAUTHORIZED");
                client.get(GROUPS).send().refused(401, "UNAUTHORIZED");
            }
        }
    });
}

#[test]
fn refusals_carry_no_token() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let client = new_credential(&app, "fresh");
    unchanged(&app, || {
        for request in [
            client.get(&group(999)),
            client.get(GROUPS).query("limit", "0"),
            client.get(GROUPS).header("Accept", "text/html"),
            client.delete(&group(sample.group)),
            client.get("/learn.rest/v1/nothing"),
            client.with("fresh", "wrong").get(GROUPS),
        ] {
            let told = request.send();
            assert!(
                told.reply.status >= 400 && told.reply.header(TOKEN).is_none(),
                "{}",
                told.told()
            );
        }
    });
}

#[test]
fn a_request_with_both_counts_as_basic() {
    let app = App::start();
    let token = reader(&app).token();
    let both = admin(&app)
        .post(GROUPS, &serde_json::json!({"name": "N"}))
        .header(TOKEN, &token);
    both.send().expect(201);
    let lower = admin(&app).nobody().get(GROUPS).header(
        "authorization",
        &basic("admin", &secret("admin")).replace("Basic", "basic"),
    );
    lower.send().expect(200);
    // Whatever is there, the token does not make up for it.
    for other in ["Bearer x", "", "nonsense"] {
        let request = reader(&app).with_token(&token).get(GROUPS);
        request
            .header("Authorization", other)
            .send()
            .refused(401, "UNAUTHORIZED");
    }
}

/// The table holds a digest; the token itself is nowhere.
#[test]
fn the_store_does_not_know_the_token() {
    let app = App::start();
    let token = admin(&app).token();
    for entry in std::fs::read_dir(app.folder()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(
            !bytes
                .windows(token.len())
                .any(|window| window == token.as_bytes())
        );
    }
}

/// Where no token can be made, the answer goes without.
#[test]
fn an_answer_without_a_token_is_better_than_none() {
    let app = App::start();
    crate::database::take_away(&app, "access_token");
    let answer = admin(&app).get(CATALOG).send().expect(200);
    assert_eq!(answer.reply.header(TOKEN), None);
    admin(&app)
        .post(GROUPS, &serde_json::json!({"name": "N"}))
        .send()
        .expect(201);
    let with = admin(&app).with_token("anything");
    with.get(CATALOG).send().refused(500, "INTERNAL_SERVER_ERROR");
    crate::database::put_back(&app, "access_token");
    admin(&app).token();
}
