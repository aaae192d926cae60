//! Cases of members.

use super::groups::bad_numbers;
use super::refusals::{
    absent, bad_body, fault, forbidden, not_acceptable, too_large, unauthorized, unsupported,
};
use super::samples::{Sample, bound, create_group, editor, reader};
use crate::Case;
use crate::database::{events, unchanged};
use model::Access;
use serde_json::{Value, json};
use testkit::App;
use testkit::taleolearn::{group, member, members, memberships, user};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listMembers", status: 200, name: "members and those who are excluded", run: list },
    Case { operation: "listMembers", status: 400, name: "parameters", run: |app| bad_numbers(app, "listMembers") },
    Case { operation: "listMembers", status: 401, name: "no valid credential", run: |app| unauthorized(app, "listMembers") },
    Case { operation: "listMembers", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "listMembers") },
    Case { operation: "listMembers", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listMembers") },
    Case { operation: "listMembers", status: 500, name: "fault", run: |app| fault(app, "listMembers", "membership") },

    Case { operation: "addMember", status: 201, name: "a user joins", run: add },
    Case { operation: "addMember", status: 400, name: "who", run: add_invalid },
    Case { operation: "addMember", status: 400, name: "parameters", run: |app| bad_numbers(app, "addMember") },
    Case { operation: "addMember", status: 422, name: "a user that there is not", run: add_nobody },
    Case { operation: "addMember", status: 409, name: "a member already, also when excluded", run: add_twice },
    Case { operation: "addMember", status: 401, name: "no valid credential", run: |app| unauthorized(app, "addMember") },
    Case { operation: "addMember", status: 403, name: "a reader", run: |app| forbidden(app, "addMember") },
    Case { operation: "addMember", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "addMember") },
    Case { operation: "addMember", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "addMember") },
    Case { operation: "addMember", status: 400, name: "bodies", run: |app| bad_body(app, "addMember") },
    Case { operation: "addMember", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "addMember") },
    Case { operation: "addMember", status: 415, name: "no JSON sent", run: |app| unsupported(app, "addMember") },
    Case { operation: "addMember", status: 500, name: "fault", run: |app| fault(app, "addMember", "membership") },

    Case { operation: "getMember", status: 200, name: "one membership", run: get },
    Case { operation: "getMember", status: 400, name: "parameters", run: |app| bad_numbers(app, "getMember") },
    Case { operation: "getMember", status: 401, name: "no valid credential", run: |app| unauthorized(app, "getMember") },
    Case { operation: "getMember", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "getMember") },
    Case { operation: "getMember", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "getMember") },
    Case { operation: "getMember", status: 500, name: "fault", run: |app| fault(app, "getMember", "membership") },

    Case { operation: "updateMember", status: 200, name: "excluded and included", run: update },
    Case { operation: "updateMember", status: 400, name: "the flag", run: update_invalid },
    Case { operation: "updateMember", status: 400, name: "parameters", run: |app| bad_numbers(app, "updateMember") },
    Case { operation: "updateMember", status: 401, name: "no valid credential", run: |app| unauthorized(app, "updateMember") },
    Case { operation: "updateMember", status: 403, name: "a reader", run: |app| forbidden(app, "updateMember") },
    Case { operation: "updateMember", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "updateMember") },
    Case { operation: "updateMember", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "updateMember") },
    Case { operation: "updateMember", status: 400, name: "bodies", run: |app| bad_body(app, "updateMember") },
    Case { operation: "updateMember", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateMember") },
    Case { operation: "updateMember", status: 415, name: "no JSON sent", run: |app| unsupported(app, "updateMember") },
    Case { operation: "updateMember", status: 500, name: "fault", run: |app| fault(app, "updateMember", "membership") },

    Case { operation: "removeMember", status: 200, name: "gone, also when excluded", run: remove },
    Case { operation: "removeMember", status: 400, name: "parameters", run: |app| bad_numbers(app, "removeMember") },
    Case { operation: "removeMember", status: 401, name: "no valid credential", run: |app| unauthorized(app, "removeMember") },
    Case { operation: "removeMember", status: 403, name: "a reader", run: |app| forbidden(app, "removeMember") },
    Case { operation: "removeMember", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "removeMember") },
    Case { operation: "removeMember", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "removeMember") },
    Case { operation: "removeMember", status: 500, name: "fault", run: |app| fault(app, "removeMember", "membership") },
];

/// A membership as it is answered.
fn shown(app: &App, of: i64, who: i64, excluded: bool) -> Value {
    let link = |path: String| json!([{"rel": "canonical", "href": format!("{}{path}", app.url())}]);
    json!({
        "groupId": of, "group": {"links": link(group(of))}, "userId": who, "user": {"links": link(user(who))},
        "statusFlag": true, "excludeFlag": excluded, "links": link(member(of, who)),
    })
}

fn list(app: &App) {
    let sample = Sample::prepare(app);
    let answer = reader(app).get(&members(sample.group)).send().expect(200);
    let expected = json!([
        shown(app, sample.group, sample.member, false),
        shown(app, sample.group, sample.excluded, true),
    ]);
    assert_eq!(answer.at("/items"), &expected);
    let none = reader(app).get(&members(sample.parent)).send().expect(200);
    assert_eq!(none.at("/items"), &json!([]));
}

fn add(app: &App) {
    let sample = Sample::prepare(app);
    let before = reader(app).get(&group(sample.group)).send().etag();
    for (at, body) in [
        json!({"UserId": sample.loner}),
        json!({"userid": sample.owner, "colour": 1}),
    ]
    .into_iter()
    .enumerate()
    {
        let who = [sample.loner, sample.owner][at];
        let answer = editor(app).post(&members(sample.group), &body).send().expect(201);
        assert_eq!(answer.json(), &shown(app, sample.group, who, false));
        assert_eq!(
            answer.header("location"),
            format!("{}{}", app.url(), member(sample.group, who))
        );
    }
    let after = reader(app).get(&group(sample.group)).send().etag();
    assert_ne!(before, after, "the group has a new version");
    let all = reader(app).get(&members(sample.group)).send().expect(200);
    let mut expected = vec![sample.owner, sample.member, sample.excluded, sample.loner];
    expected.sort_unstable();
    assert_eq!(all.numbers("userId"), expected);
}

fn add_invalid(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for body in [
            json!({}),
            json!({"UserId": null}),
            json!({"UserId": "5"}),
            json!({"UserId": 0}),
            json!({"UserId": 1.5}),
            json!({"UserId": [5]}),
            json!({"UserId": 9_007_199_254_740_992_i64}),
        ] {
            editor(app)
                .post(&members(sample.group), &body)
                .send()
                .invalid(&["/UserId"]);
        }
        let huge = editor(app).request("POST", &members(sample.group));
        huge.body("application/json", "{\"UserId\": 123456789012345678901234567890}")
            .send()
            .invalid(&["/UserId"]);
    });
}

fn add_nobody(app: &App) {
    let sample = Sample::prepare(app);
    let nobody = json!({"UserId": 9_007_199_254_740_991_i64});
    unchanged(app, || {
        let told = editor(app).post(&members(sample.group), &nobody).send();
        told.unprocessable(&["/UserId"]).told()
    });
}

fn add_twice(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for who in [sample.member, sample.excluded] {
            let told = editor(app)
                .post(&members(sample.group), &json!({"UserId": who}))
                .send();
            told.refused(409, "CONFLICT");
            let detail = format!("user `{who}` already belongs to group `{}`", sample.group);
            assert_eq!(told.text("/detail"), detail);
        }
    });
}

fn get(app: &App) {
    let sample = Sample::prepare(app);
    for (who, excluded) in [(sample.member, false), (sample.excluded, true)] {
        let answer = reader(app).get(&member(sample.group, who)).send().expect(200);
        assert_eq!(answer.json(), &shown(app, sample.group, who, excluded));
        let lower = member(sample.group, who).replace("/Users/", "/users/");
        assert_eq!(reader(app).get(&lower).send().expect(200).json(), answer.json());
    }
    let stranger = reader(app).get(&member(sample.group, sample.loner)).send();
    stranger.refused(404, "NOT_FOUND");
    assert_eq!(
        stranger.text("/detail"),
        format!("user `{}` not found", sample.loner)
    );
}

fn update(app: &App) {
    let sample = Sample::prepare(app);
    let path = member(sample.group, sample.member);
    let put = |flag: bool| {
        editor(app)
            .put(&path, &json!({"ExcludeFlag": flag}))
            .send()
            .expect(200)
    };
    for (flag, written) in [(true, 1), (true, 0), (false, 1), (false, 0)] {
        let count = events(app);
        let answer = put(flag);
        assert_eq!(answer.json(), &shown(app, sample.group, sample.member, flag));
        assert_eq!(events(app), count + written, "{flag}");
        assert_eq!(reader(app).get(&path).send().expect(200).json(), answer.json());
    }
    let spelled = editor(app)
        .put(&path, &json!({"excludeflag": true}))
        .send()
        .expect(200);
    assert_eq!(spelled.at("/excludeFlag"), &json!(true));
    let stranger = member(sample.group, sample.loner);
    let told = editor(app).put(&stranger, &json!({"ExcludeFlag": true})).send();
    told.refused(404, "NOT_FOUND");
}

fn update_invalid(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for body in [
            json!({}),
            json!({"ExcludeFlag": null}),
            json!({"ExcludeFlag": "true"}),
            json!({"ExcludeFlag": 1}),
        ] {
            let put = editor(app).put(&member(sample.group, sample.member), &body);
            put.send().invalid(&["/ExcludeFlag"]);
        }
    });
}

fn remove(app: &App) {
    let sample = Sample::prepare(app);
    for who in [sample.member, sample.excluded] {
        let path = member(sample.group, who);
        let answer = editor(app).delete(&path).send().expect(200);
        assert_eq!(answer.reply.body, b"", "nothing is said about it");
        assert!(answer.reply.header(testkit::taleolearn::TOKEN).is_some());
        unchanged(app, || {
            editor(app).delete(&path).send().refused(404, "NOT_FOUND");
        });
        reader(app).get(&path).send().refused(404, "NOT_FOUND");
    }
    let none = reader(app).get(&members(sample.group)).send().expect(200);
    assert_eq!(none.numbers("userId"), Vec::<i64>::new());
    reader(app).get(&memberships(sample.member)).send().expect(200);
}

/// A body that nothing asks for is not looked at.
#[test]
fn a_delete_with_a_body_is_a_delete() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let delete = editor(&app).delete(&member(sample.group, sample.member));
    delete.json(&json!({"anything": 1})).send().expect(200);
}

#[test]
fn only_owners_and_admins_change_a_group_of_owners() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let owner = bound(&app, "owner", Access::Editor, sample.owner);
    let closed = create_group(&owner, &json!({"name": "Closed", "owners": [sample.owner]}));
    let add = json!({"UserId": sample.loner});
    let path = members(closed);
    editor(&app).token();
    unchanged(&app, || {
        let told = editor(&app).post(&path, &add).send();
        told.refused(403, "FORBIDDEN");
        let detail = "only the group's owners and admins may change this group";
        assert_eq!(told.text("/detail"), detail);
        // Whether it exists does not depend on who asks.
        let told = editor(&app)
            .patch(&group(closed), &json!({"statusFlag": "inactive"}))
            .send();
        told.refused(403, "FORBIDDEN");
        let kibo = app.editor().delete(&testkit::kibo::group("nothing"));
        kibo.send().refused(404, "ITEM_NOT_FOUND");
    });
    owner.post(&path, &add).send().expect(201);
    let out = owner.put(&member(closed, sample.loner), &json!({"ExcludeFlag": true}));
    out.send().expect(200);
    super::samples::admin(&app)
        .delete(&member(closed, sample.loner))
        .send()
        .expect(200);
    reader(&app).get(&path).send().expect(200);
}
