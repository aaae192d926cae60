//! What is thrown away stays away: passwords and secrets are in no answer and in no file.

use super::samples::{create_account, person};
use serde_json::json;
use testkit::App;
use testkit::kibo::{ACCOUNTS, GROUPS, account, group};

const PASSWORD: &str = "Tr0ub4dor-and-3-correct-horses";

/// Whether a text occurs in any file of the server's folder.
fn is_stored(app: &App, text: &str) -> bool {
    let files = std::fs::read_dir(app.folder()).unwrap();
    files
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

#[test]
fn passwords_are_thrown_away() {
    let app = App::start();
    let mut new = person("ada");
    new["password"] = PASSWORD.into();
    let mut answers = vec![app.admin().post(ACCOUNTS).json(&new).send().expect(200)];
    let id = answers[0].text("/id").to_owned();
    let nested = json!({"groupCode": "g", "users": [{"userName": "bob", "password": PASSWORD}, {"id": id, "password": PASSWORD}]});
    answers.push(app.admin().post(GROUPS).json(&nested).send().expect(200));
    answers.push(app.admin().put(&group("g")).json(&nested).send().expect(409));
    let put = json!({"users": [{"userName": "cy", "password": PASSWORD}]});
    answers.push(app.admin().put(&group("g")).json(&put).send().expect(200));
    answers.push(
        app.admin()
            .put(&account(&id))
            .json(&json!({"password": PASSWORD}))
            .send()
            .expect(200),
    );
    for path in [GROUPS.to_owned(), group("g"), ACCOUNTS.to_owned(), account(&id)] {
        answers.push(app.admin().get(&path).send().expect(200));
    }
    let mut wrong = person("eve");
    wrong["password"] = format!("{PASSWORD}\u{1}").into();
    answers.push(app.admin().post(ACCOUNTS).json(&wrong).send().expect(400));
    for (tail, body) in [
        (
            "Change-Password",
            json!({"oldPassword": PASSWORD, "newPassword": PASSWORD}),
        ),
        ("Change-User-Password", json!({"newPassword": PASSWORD})),
    ] {
        let post = app.admin().post(&format!("{}/{tail}", account(&id)));
        answers.push(post.clone().json(&body).send().expect(200));
        let wrong = json!({"newPassword": format!("{PASSWORD}\u{1}")});
        answers.push(post.json(&wrong).send().expect(400));
    }
    for answer in &answers {
        assert!(!answer.reply.text().contains(PASSWORD), "{}", answer.told());
    }
    assert!(is_stored(&app, "ada@example.com"), "the files are looked at");
    assert!(!is_stored(&app, PASSWORD));
}

/// A password is nothing that can change: an account with another one is the same account.
#[test]
fn a_password_makes_no_version() {
    let app = App::start();
    let id = create_account(app.admin(), "ada");
    let first = app.admin().get(&account(&id)).send().expect(200);
    let mut body = first.json().clone();
    body["password"] = PASSWORD.into();
    let second = crate::database::unchanged(&app, || {
        app.admin().put(&account(&id)).json(&body).send().expect(200)
    });
    assert_eq!((second.json(), second.etag()), (first.json(), first.etag()));
}

#[test]
fn secrets_and_tokens_are_in_no_file() {
    let app = App::start();
    let ticket = app.admin().ticket();
    app.admin().get(GROUPS).send().expect(200);
    let secret = testkit::app::secret("admin");
    for text in [
        &secret,
        ticket.text("/access_token"),
        ticket.text("/refresh_token"),
    ] {
        assert!(!is_stored(&app, text));
    }
    assert!(is_stored(&app, "stranger"), "the files are looked at");
}
