//! Versions: `ETag`, `If-None-Match`, `If-Match`.

use super::samples::{CODE, Sample, create_group};
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::kibo::{account, group};

#[test]
fn if_none_match_takes_lists_weak_tags_and_a_star() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    for path in [group(CODE), account(&sample.loner)] {
        let get = app.reader().get(&path);
        let etag = get.send().expect(200).etag();
        for known in [
            "*".to_owned(),
            etag.clone(),
            format!("W/{etag}"),
            format!("\"a,b\" , {etag}"),
            format!("\"x\",W/\"y\",W/{etag}"),
        ] {
            let answer = get.clone().header("If-None-Match", &known).send().expect(304);
            assert_eq!((answer.etag(), answer.reply.body.len()), (etag.clone(), 0));
        }
        for other in ["\"0\"", "W/\"0\", \"\"", "\"1-0000000000000000\""] {
            get.clone().header("If-None-Match", other).send().expect(200);
        }
        for malformed in ["", "1", "\"", "\"a\" \"b\"", "*, \"0\"", "w/\"1\"", "\"a b\""] {
            get.clone().header("If-None-Match", malformed).send().expect(200);
        }
        get.clone()
            .header("If-None-Match", "\"0\"")
            .header("If-None-Match", &etag)
            .send()
            .expect(304);
    }
}

#[test]
fn if_match_lets_the_right_version_through() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    for (path, member) in [(group(CODE), "name"), (account(&sample.loner), "firstName")] {
        for at in 0..5 {
            let etag = app.reader().get(&path).send().expect(200).etag();
            let body = json!({member: format!("new {at}")});
            let known = match at {
                1 => "*".to_owned(),
                2 => format!("\"999\", {etag}"),
                3 => format!("\"a,b\",{etag},\"998\""),
                4 => format!("W/\"1\", {etag}"),
                _ => etag.clone(),
            };
            let answer = app
                .editor()
                .put(&path)
                .header("If-Match", &known)
                .json(&body)
                .send()
                .expect(200);
            assert_ne!(answer.etag(), etag, "a change makes a new version");
            unchanged(&app, || {
                let late = app
                    .editor()
                    .put(&path)
                    .header("If-Match", &etag)
                    .json(&json!({}))
                    .send();
                late.refused(412, "VALIDATION_CONFLICT");
                let weak = format!("W/{}", answer.etag());
                app.editor()
                    .delete(&path)
                    .header("If-Match", &weak)
                    .send()
                    .refused(412, "VALIDATION_CONFLICT");
            });
        }
        let etag = app.reader().get(&path).send().expect(200).etag();
        app.editor()
            .delete(&path)
            .header("If-Match", &etag)
            .send()
            .expect(200);
    }
}

#[test]
fn if_match_guards_memberships() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let path = group(CODE);
    let add = app
        .editor()
        .post(&format!("{path}/addusers"))
        .json(&json!([sample.loner]));
    let remove = app
        .editor()
        .post(&format!("{path}/removeusers"))
        .json(&json!([sample.member]));
    let first = app.reader().get(&path).send().expect(200).etag();
    let second = add.clone().header("If-Match", &first).send().expect(200).etag();
    assert_ne!(first, second);
    remove
        .clone()
        .header("If-Match", &first)
        .send()
        .refused(412, "VALIDATION_CONFLICT");
    remove.clone().header("If-Match", &second).send().expect(200);
    let third = app.reader().get(&path).send().expect(200).etag();
    assert_ne!(second, third);
    add.header("If-Match", &second)
        .send()
        .refused(412, "VALIDATION_CONFLICT");
}

/// A group's tag covers the users in the answer; its version, which `If-Match` compares, does not.
#[test]
fn a_users_change_moves_the_tag_but_not_the_version_of_its_groups() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let get = app.reader().get(&group(CODE));
    let before = get.send().expect(200).etag();
    app.editor()
        .put(&account(&sample.loner))
        .json(&json!({"firstName": "x"}))
        .send()
        .expect(200);
    assert_eq!(
        get.send().expect(200).etag(),
        before,
        "a user outside of the group"
    );
    app.editor()
        .put(&account(&sample.member))
        .json(&json!({"firstName": "x"}))
        .send()
        .expect(200);
    let after = get.send().expect(200).etag();
    assert_ne!(after, before);
    let version = |etag: &str| etag.split('-').next().unwrap().to_owned();
    assert_eq!(version(&before), version(&after));
    get.header("If-None-Match", &before).send().expect(200);
    app.editor()
        .put(&group(CODE))
        .header("If-Match", &before)
        .json(&json!({"name": "new"}))
        .send()
        .expect(200);
}

#[test]
fn only_objects_have_tags() {
    let app = App::start();
    create_group(app.admin(), &json!({"groupCode": "g"}));
    let list = app
        .reader()
        .get(testkit::kibo::GROUPS)
        .header("If-None-Match", "*")
        .send()
        .expect(200);
    assert_eq!(list.reply.header("etag"), None);
    let deleted = app.editor().delete(&group("g")).send().expect(200);
    assert_eq!(deleted.reply.header("etag"), None);
}
