//! Pages of all five lists: `limit`, `offset`, `totalResults`, and the links between pages.

use super::samples::{Sample, admin, create_group, create_user, reader};
use serde_json::json;
use testkit::App;
use testkit::taleolearn::{Client, GROUPS, group, items, members, memberships, owners};

/// How many items each list has.
const ALL: usize = 5;

/// A directory in which every list has five items: its path, and the member that tells items apart.
fn lists(app: &App) -> Vec<(String, &'static str)> {
    let client = admin(app);
    let users: Vec<i64> = (0..5).map(|i| create_user(app, &format!("user{i}"))).collect();
    let first = create_group(&client, &json!({"name": "0", "owners": users}));
    for i in 1..5 {
        create_group(&client, &json!({"name": i.to_string()}));
    }
    for user in &users {
        client
            .post(&members(first), &json!({"UserId": user}))
            .send()
            .expect(201);
    }
    for other in 1..5 {
        let path = members(first + other);
        client
            .post(&path, &json!({"UserId": users[0]}))
            .send()
            .expect(201);
    }
    for i in 0..5 {
        let body = json!({"itemid": i.to_string(), "itemtype": "skill"});
        client.post(&items(first), &body).send().expect(201);
    }
    vec![
        (GROUPS.to_owned(), "id"),
        (owners(first), "id"),
        (members(first), "userId"),
        (memberships(users[0]), "groupId"),
        (items(first), "itemId"),
    ]
}

/// What the items of a page are told apart by.
fn told(answer: &testkit::taleolearn::Answer, member: &str) -> Vec<String> {
    let items = answer.at("/items").as_array().unwrap();
    items.iter().map(|item| item[member].to_string()).collect()
}

#[test]
fn pages_together_are_the_list() {
    let app = App::start();
    for (path, member) in lists(&app) {
        let client = reader(&app);
        let whole = client.get(&path).send().expect(200);
        let all = told(&whole, member);
        assert_eq!(all.len(), ALL, "{path}");
        for limit in 1..=ALL + 1 {
            let mut found = Vec::new();
            let mut next = Some(format!("{path}?limit={limit}"));
            while let Some(target) = next {
                let page = client.get(&target).send().expect(200);
                assert_eq!(page.at("/limit"), &json!(limit));
                assert_eq!(page.at("/count"), &json!(told(&page, member).len()));
                found.extend(told(&page, member));
                assert_eq!(page.at("/hasMore"), &json!(found.len() < ALL), "{path} {limit}");
                next = page.link("next").map(str::to_owned);
            }
            assert_eq!(found, all, "{path} {limit}");
        }
    }
}

#[test]
fn links_lead_to_the_other_pages() {
    let app = App::start();
    for (path, member) in lists(&app) {
        let client = reader(&app);
        let all = told(&client.get(&path).send().expect(200), member);
        let at = |offset: usize| format!("{path}?limit=2&offset={offset}&totalResults=true");
        let first = client.get(&at(0)).send().expect(200);
        assert_eq!(first.at("/totalResults"), &json!(ALL));
        for (rel, target) in [
            ("self", Some(at(0))),
            ("first", Some(at(0))),
            ("prev", None),
            ("next", Some(at(2))),
            ("last", Some(at(4))),
        ] {
            assert_eq!(first.link(rel), target.as_deref(), "{rel}");
        }
        let last = client.get(first.link("last").unwrap()).send().expect(200);
        assert_eq!(told(&last, member), all[4..]);
        assert_eq!((last.at("/hasMore"), last.link("next")), (&json!(false), None));
        assert_eq!(last.link("prev"), Some(at(2).as_str()));
        assert_eq!(last.link("first"), Some(at(0).as_str()));
        let odd = client.get(&format!("{path}?limit=3&offset=1")).send().expect(200);
        assert_eq!(told(&odd, member), all[1..4]);
        assert_eq!(
            odd.link("prev"),
            Some(format!("{path}?limit=3&offset=0").as_str())
        );
        assert_eq!(odd.link("last"), None);
        assert_eq!(odd.json().get("totalResults"), None);
    }
}

#[test]
fn pages_behind_the_end_are_empty() {
    let app = App::start();
    for (path, member) in lists(&app) {
        for offset in [5, 6, 1_000_000] {
            let page = reader(&app).get(&format!("{path}?offset={offset}&limit=500&totalResults=TRUE"));
            let page = page.send().expect(200);
            assert_eq!(told(&page, member), [""; 0], "{path}");
            assert_eq!(
                (page.at("/count"), page.at("/hasMore"), page.at("/totalResults")),
                (&json!(0), &json!(false), &json!(ALL))
            );
            assert_eq!(page.link("next"), None);
        }
        for bad in [
            "limit=0",
            "limit=501",
            "offset=-1",
            "offset=1000001",
            "totalResults=x",
        ] {
            let name = bad.split('=').next().unwrap();
            reader(&app).get(&format!("{path}?{bad}")).send().invalid(&[name]);
        }
    }
}

#[test]
fn an_empty_list_has_a_last_page_too() {
    let app = App::start();
    let client = Client::of(&app, "reader");
    let page = client
        .get(GROUPS)
        .query("totalResults", "true")
        .send()
        .expect(200);
    assert_eq!(page.at("/totalResults"), &json!(0));
    let own = format!("{GROUPS}?limit=100&offset=0&totalResults=true");
    assert_eq!(page.link("last"), Some(own.as_str()));
    assert_eq!(page.link("first"), None);
}

/// A list that is longer than a page may be.
#[test]
fn a_page_has_a_hundred_items_where_nothing_else_is_asked_for() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    crate::database::open(&app)
        .execute_batch(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
             INSERT INTO group_item SELECT tenant, group_number, kind, 'item ' || i, 0 FROM group_item, n",
        )
        .unwrap();
    let page = reader(&app).get(&items(sample.group)).send().expect(200);
    assert_eq!(
        (page.at("/count"), page.at("/hasMore")),
        (&json!(100), &json!(true))
    );
    let most = reader(&app)
        .get(&items(sample.group))
        .query("limit", "500")
        .send()
        .expect(200);
    assert_eq!(
        (most.at("/count"), most.at("/hasMore")),
        (&json!(500), &json!(true))
    );
    reader(&app).get(&group(sample.group)).send().expect(200);
}
