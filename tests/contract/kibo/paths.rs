//! Group codes in paths, both mount points, and the slash at the end.

use super::samples::{Sample, create_account, create_group, members};
use serde_json::json;
use testkit::App;
use testkit::kibo::{ACCOUNTS, GROUPS, account, group};

/// Codes that are hard to carry in a path.
const CODES: [&str; 16] = [
    "sdk group/1",
    "a/b/c",
    "grün ☂ 群",
    "100%",
    "a%2Fb",
    "%252F",
    "a+b",
    "...",
    "..a",
    ".a",
    "a?b#c",
    "a&b=c;d",
    "addusers",
    " ",
    "\\\"'<>",
    "~-_.!*()@:$,",
];

#[test]
fn codes_are_decoded_exactly_once() {
    let app = App::start();
    let user = create_account(app.admin(), "ada");
    for code in CODES {
        create_group(app.admin(), &json!({"groupCode": code, "name": code}));
        let path = group(code);
        let got = app.reader().get(&path).send().expect(200);
        assert_eq!((got.text("/groupCode"), got.text("/name")), (code, code));
        let put = app
            .editor()
            .put(&path)
            .json(&json!({"groupCode": code, "name": "new"}))
            .send()
            .expect(200);
        assert_eq!((put.text("/groupCode"), put.text("/name")), (code, "new"));
        app.editor()
            .post(&format!("{path}/addusers"))
            .json(&json!([user]))
            .send()
            .expect(200);
        assert_eq!(members(app.reader(), code), std::slice::from_ref(&user));
        app.editor()
            .post(&format!("{path}/removeusers/"))
            .json(&json!([user]))
            .send()
            .expect(200);
        assert_eq!(members(app.reader(), code), Vec::<String>::new());
    }
    let all = app
        .reader()
        .get(GROUPS)
        .query("responseFields", "items(groupCode)")
        .send()
        .expect(200);
    let listed: Vec<&str> = all
        .at("/items")
        .as_array()
        .unwrap()
        .iter()
        .map(|g| g["groupCode"].as_str().unwrap())
        .collect();
    assert_eq!(listed, CODES);
    for code in CODES {
        app.editor().delete(&group(code)).send().expect(200);
        app.reader()
            .get(&group(code))
            .send()
            .refused(404, "ITEM_NOT_FOUND");
    }
}

#[test]
fn unreserved_characters_need_no_escape_and_may_have_one() {
    let app = App::start();
    create_group(app.admin(), &json!({"groupCode": "a+b:c@d"}));
    for spelled in ["a+b:c@d", "%61%2Bb%3ac%40d", "a+b:c@%64"] {
        let got = app
            .reader()
            .get(&format!("{GROUPS}/{spelled}"))
            .send()
            .expect(200);
        assert_eq!(got.text("/groupCode"), "a+b:c@d");
    }
}

#[test]
fn the_longest_code_fits_into_a_path() {
    let app = App::start();
    let code = "群".repeat(255);
    create_group(app.admin(), &json!({"groupCode": code}));
    assert_eq!(
        app.reader()
            .get(&group(&code))
            .send()
            .expect(200)
            .text("/groupCode"),
        code
    );
}

#[test]
fn both_mounts_and_the_slash_at_the_end_are_the_same() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let plain = app.reader();
    let mounted = plain.under("/api");
    for path in [
        GROUPS.to_owned(),
        group("staff"),
        ACCOUNTS.to_owned(),
        account(&sample.member),
    ] {
        let expected = plain.get(&path).send().expect(200);
        for other in [
            plain.get(&path).tail("/"),
            plain.get(&path).tail("/?responseFields="),
            mounted.get(&path),
            mounted.get(&path).tail("/?responseFields="),
        ] {
            let answer = other.send().expect(200);
            assert_eq!(answer.json(), expected.json());
            assert_eq!(answer.reply.header("etag"), expected.reply.header("etag"));
        }
    }
    let editor = app.editor().under("/api");
    editor
        .post(GROUPS)
        .tail("/")
        .json(&json!({"groupCode": "g"}))
        .send()
        .expect(200);
    editor
        .put(&group("g"))
        .tail("/")
        .json(&json!({"name": "G"}))
        .send()
        .expect(200);
    editor
        .post(&format!("{}/addusers/", group("g")))
        .json(&json!([sample.loner]))
        .send()
        .expect(200);
    assert_eq!(members(plain, "g"), [sample.loner]);
    editor.delete(&group("g")).tail("/").send().expect(200);
    plain.get(&group("g")).send().refused(404, "ITEM_NOT_FOUND");
}

#[test]
fn the_tenants_number_may_be_left_out_or_right() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    for operation in [
        "listGroups",
        "getGroup",
        "listAccounts",
        "getAccount",
        "updateGroup",
    ] {
        sample.request(app.editor(), operation).send().expect(200);
        sample
            .request(app.editor(), operation)
            .header("x-vol-tenant", "1")
            .send()
            .expect(200);
        for wrong in ["", "0", "-1", "1.0", "one", "01", "10000000000"] {
            sample
                .request(app.editor(), operation)
                .header("x-vol-tenant", wrong)
                .send()
                .invalid(&["x-vol-tenant"]);
        }
    }
    app.stranger()
        .get(GROUPS)
        .header("x-vol-tenant", "2")
        .send()
        .expect(200);
    app.stranger()
        .get(GROUPS)
        .header("x-vol-tenant", "1")
        .send()
        .refused(403, "FORBIDDEN");
}
