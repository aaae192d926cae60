//! Many clients at once.

use super::samples::{create_account, create_group, ids};
use crate::database::events;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Barrier;
use testkit::App;
use testkit::kibo::{ACCOUNTS, GROUPS, Request, account, group};

const MANY: usize = 50;

/// Sends all requests at once and counts the statuses.
fn at_once(requests: Vec<Request>) -> BTreeMap<u16, usize> {
    let barrier = Barrier::new(requests.len());
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = |request: Request| {
            let barrier = &barrier;
            scope.spawn(move || {
                barrier.wait();
                request.send().reply.status
            })
        };
        let threads: Vec<_> = requests.into_iter().map(send).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut counts = BTreeMap::new();
    for status in statuses {
        *counts.entry(status).or_default() += 1;
    }
    counts
}

#[test]
fn of_many_equal_creates_one_wins() {
    let app = App::start();
    app.editor().token();
    let before = events(&app);
    let create = app
        .editor()
        .post(GROUPS)
        .json(&json!({"groupCode": "one", "users": [{"userName": "one"}]}));
    assert_eq!(
        at_once(vec![create; MANY]),
        BTreeMap::from([(200, 1), (409, MANY - 1)])
    );
    let user = app
        .editor()
        .post(ACCOUNTS)
        .json(&json!({"emailAddress": "e", "firstName": "f", "lastName": "l", "externalId": "x"}));
    assert_eq!(
        at_once(vec![user; MANY]),
        BTreeMap::from([(200, 1), (409, MANY - 1)])
    );
    assert_eq!(events(&app), before + 2);
    assert_eq!(app.reader().get(GROUPS).send().expect(200).at("/totalCount"), 1);
    assert_eq!(app.reader().get(ACCOUNTS).send().expect(200).at("/totalCount"), 2);
}

#[test]
fn of_many_conditional_updates_one_wins() {
    let app = App::start();
    create_group(app.admin(), &json!({"groupCode": "g"}));
    let etag = app.editor().get(&group("g")).send().expect(200).etag();
    let put = |at: usize| {
        app.editor()
            .put(&group("g"))
            .header("If-Match", &etag)
            .json(&json!({"name": format!("n{at}")}))
    };
    assert_eq!(
        at_once((0..MANY).map(put).collect()),
        BTreeMap::from([(200, 1), (412, MANY - 1)])
    );
}

#[test]
fn nobody_who_is_added_gets_lost() {
    let app = App::start();
    create_group(app.admin(), &json!({"groupCode": "g"}));
    let users: Vec<String> = (0..MANY)
        .map(|at| create_account(app.admin(), &format!("u{at}")))
        .collect();
    app.editor().token();
    let path = format!("{}/addusers", group("g"));
    let add = users
        .iter()
        .map(|id| app.editor().post(&path).json(&json!([id])))
        .collect();
    let before = events(&app);
    assert_eq!(at_once(add), BTreeMap::from([(200, MANY)]));
    assert_eq!(events(&app), before + i64::try_from(MANY).unwrap());
    let got = app.reader().get(&group("g")).send().expect(200);
    assert_eq!(ids(got.at("/users")), users);
    let version = got
        .etag()
        .trim_matches('"')
        .split('-')
        .next()
        .unwrap()
        .parse::<usize>()
        .unwrap();
    assert_eq!(version, MANY + 1, "each addition made one version");
}

/// Writers and deleters of one group and one user: every answer is one of those that are due, and the rest holds.
/// Behind the delete of the group the others are 404, behind that of the user alone 409.
#[test]
fn opposite_writes_leave_no_wreck() {
    let app = App::start();
    let id = create_account(app.admin(), "ada");
    create_group(app.admin(), &json!({"groupCode": "g"}));
    app.editor().token();
    let mut all = Vec::new();
    for at in 0..10 {
        all.push(
            app.editor()
                .post(&format!("{}/addusers", group("g")))
                .json(&json!([id])),
        );
        all.push(
            app.editor()
                .put(&group("g"))
                .json(&json!({"name": format!("n{at}"), "users": [{"id": id}]})),
        );
        all.push(
            app.editor()
                .post(&format!("{}/removeusers", group("g")))
                .json(&json!([id])),
        );
        all.push(app.editor().get(&group("g")));
    }
    all.insert(12, app.editor().delete(&account(&id)));
    all.insert(30, app.editor().delete(&group("g")));
    let counts = at_once(all);
    assert!(
        counts.keys().all(|status| [200, 404, 409].contains(status)),
        "{counts:?}"
    );
    app.reader()
        .get(&group("g"))
        .send()
        .refused(404, "ITEM_NOT_FOUND");
    app.reader()
        .get(&account(&id))
        .send()
        .refused(404, "ITEM_NOT_FOUND");
    for (tenant, verdict) in app.wait(directory::audit::verify(app.directory(), None)) {
        assert!(verdict.holds(), "{tenant}: {verdict}");
    }
}
