//! Filters, order and pages.

use crate::fixture::{Fixture, at, code, contact, group, name, user};
use model::Error;
use model::groups::{ExternalId, Group};
use model::query::{Comparison, GroupField, ListQuery, Operator, Page, Sort, UserField, Value};
use model::users::{UserGroupParts, UserParts, UserView};
use store::{Db, groups, users};

const PLAIN: UserParts = UserParts {
    external_ids: false,
    grants: false,
    groups: UserGroupParts::None,
    parent: false,
};

async fn groups_by_description(f: &Fixture) {
    for (at_micros, (code_text, description)) in (1..).zip([
        ("none", None),
        ("percent", Some("100%")),
        ("underscore", Some("a_b")),
        ("plain", Some("axb")),
        ("backslash", Some(r"a\b")),
        ("upper", Some("AXB")),
        ("empty", Some("")),
    ]) {
        let mut draft = group(f.one, code_text);
        draft.fields.description = description.map(str::to_owned);
        draft.fields.scope_id = description.map(|text| i32::try_from(text.len()).unwrap());
        draft.at = at(at_micros);
        f.insert(draft).await.unwrap();
    }
    f.insert(group(f.two, "other tenant")).await.unwrap();
}

#[tokio::test]
async fn comparisons_are_exact_and_know_null() {
    use GroupField::{Code, CreatedAt, Description, ScopeId};
    use Operator::{Contains, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual, StartsWith};
    let f = Fixture::new().await;
    groups_by_description(&f).await;
    let text = |text: &str| Value::Text(text.to_owned());
    let cases: Vec<(GroupField, Operator, Value, &[&str])> = vec![
        (Description, Equal, text("axb"), &["plain"]),
        (Description, Equal, text(""), &["empty"]),
        (
            Description,
            NotEqual,
            text("axb"),
            &["none", "percent", "underscore", "backslash", "upper", "empty"],
        ),
        (Description, Contains, text("%"), &["percent"]),
        (Description, Contains, text("_"), &["underscore"]),
        (Description, Contains, text("\\"), &["backslash"]),
        (Description, Contains, text("x"), &["plain"]),
        (
            Description,
            StartsWith,
            text("a"),
            &["underscore", "plain", "backslash"],
        ),
        (Description, StartsWith, text("a_"), &["underscore"]),
        (
            Description,
            StartsWith,
            text(""),
            &["percent", "underscore", "plain", "backslash", "upper", "empty"],
        ),
        (Description, Greater, text("a_b"), &["plain"]),
        (Description, Less, text("A"), &["percent", "empty"]),
        (
            Code,
            NotEqual,
            text("none"),
            &["percent", "underscore", "plain", "backslash", "upper", "empty"],
        ),
        (ScopeId, GreaterOrEqual, Value::Integer(4), &["percent"]),
        (ScopeId, LessOrEqual, Value::Integer(0), &["empty"]),
        (
            ScopeId,
            NotEqual,
            Value::Integer(3),
            &["none", "percent", "empty"],
        ),
        (CreatedAt, Equal, Value::Instant(at(2)), &["percent"]),
        (CreatedAt, Greater, Value::Instant(at(6)), &["empty"]),
        (CreatedAt, LessOrEqual, Value::Instant(at(1)), &["none"]),
    ];
    for (field, operator, value, expected) in cases {
        let query = listed(vec![compared(field, operator, value.clone())], vec![], 0, 100);
        let page = list(&f, &query).await.unwrap();
        assert_eq!(codes(&page), expected, "{field:?} {operator:?} {value:?}");
        assert_eq!(page.total, expected.len() as u64);
    }
    let both = listed(
        vec![
            compared(Description, StartsWith, text("a")),
            compared(ScopeId, Equal, Value::Integer(3)),
            compared(Code, NotEqual, text("plain")),
        ],
        vec![],
        0,
        100,
    );
    assert_eq!(
        codes(&list(&f, &both).await.unwrap()),
        ["underscore", "backslash"]
    );
    for (field, operator, value) in [
        (ScopeId, Contains, text("1")),
        (ScopeId, Equal, text("1")),
        (Description, Equal, Value::Integer(1)),
        (CreatedAt, StartsWith, Value::Instant(at(1))),
    ] {
        let refused = list(
            &f,
            &listed(vec![compared(field, operator, value)], vec![], 0, 100),
        )
        .await;
        assert!(
            matches!(refused, Err(Error::Invalid(_))),
            "{field:?} {operator:?}"
        );
    }
}

#[tokio::test]
async fn order_and_pages() {
    let f = Fixture::new().await;
    groups_by_description(&f).await;
    let by = |field, descending| Sort { field, descending };
    let rising = listed(vec![], vec![by(GroupField::Description, false)], 0, 100);
    let order = [
        "none",
        "empty",
        "percent",
        "upper",
        "backslash",
        "underscore",
        "plain",
    ];
    assert_eq!(codes(&list(&f, &rising).await.unwrap()), order);
    let falling = listed(vec![], vec![by(GroupField::Description, true)], 0, 100);
    let mut reversed = order;
    reversed.reverse();
    assert_eq!(codes(&list(&f, &falling).await.unwrap()), reversed);
    let two_keys = vec![by(GroupField::ScopeId, true), by(GroupField::Code, false)];
    let page = list(&f, &listed(vec![], two_keys, 1, 3)).await.unwrap();
    assert_eq!(codes(&page), ["backslash", "plain", "underscore"]);
    assert_eq!(page.total, 7);
    for (start, limit, expected) in [
        (0, 2, &["none", "percent"] as &[&str]),
        (6, 2, &["empty"]),
        (7, 2, &[]),
        (99, 2, &[]),
        (
            0,
            7,
            &[
                "none",
                "percent",
                "underscore",
                "plain",
                "backslash",
                "upper",
                "empty",
            ],
        ),
        (u64::MAX, u64::MAX, &[]),
    ] {
        let page = list(&f, &listed(vec![], vec![], start, limit)).await.unwrap();
        assert_eq!(
            (codes(&page).as_slice(), page.total),
            (expected, 7),
            "{start} {limit}"
        );
    }
}

#[tokio::test]
async fn users_are_listed_by_address_name_and_identifier() {
    use UserField::{Active, Email, ExternalId as External, FamilyName, Id, UserName};
    let f = Fixture::new().await;
    let mut ann = user(f.one, "Ann");
    ann.fields.emails = vec![
        contact("other@example.com", "", false),
        contact("ANN@example.com", "", true),
    ];
    let mut bob = user(f.one, "bob");
    bob.fields.emails = vec![contact("bob@example.com", "", true)];
    bob.fields.family_name = Some(name("Óbee"));
    let mut eve = user(f.one, "eve");
    eve.fields.active = false;
    let mut people = Vec::new();
    for draft in [ann, bob, eve] {
        people.push(f.insert_user(draft).await.unwrap());
    }
    let (one, number) = (f.one, people[1].number);
    for (source, value) in [("erp", "1"), ("", "2")] {
        let id = ExternalId {
            source: source.to_owned(),
            value: value.to_owned(),
        };
        f.store
            .write(async move |tx: &Db| users::put_external_id(tx, one, number, &id).await)
            .await
            .unwrap();
    }
    let text = |text: &str| Value::Text(text.to_owned());
    let found = async |filter: Vec<Comparison<UserField>>, sort: Vec<Sort<UserField>>| {
        let page = users::list(&f.store.reads(), f.one, &listed(filter, sort, 0, 100), PLAIN).await;
        names(&page.unwrap())
    };
    for (field, operator, value, expected) in [
        (
            Email,
            Operator::Equal,
            text("Ann@Example.COM"),
            &["Ann"] as &[&str],
        ),
        (Email, Operator::Equal, text("other@example.com"), &[]),
        (
            Email,
            Operator::NotEqual,
            text("bob@example.com"),
            &["Ann", "eve"],
        ),
        (UserName, Operator::StartsWith, text("BO"), &["bob"]),
        (FamilyName, Operator::Contains, text("bee"), &["bob"]),
        (External, Operator::Equal, text("2"), &["bob"]),
        (External, Operator::Equal, text("1"), &[]),
        (Active, Operator::Equal, Value::Boolean(false), &["eve"]),
        (Id, Operator::Equal, Value::Uuid(people[2].id.0), &["eve"]),
    ] {
        let filter = vec![compared(field, operator, value.clone())];
        assert_eq!(
            found(filter, vec![]).await,
            expected,
            "{field:?} {operator:?} {value:?}"
        );
    }
    let by = |field, descending| vec![Sort { field, descending }];
    assert_eq!(found(vec![], by(UserName, true)).await, ["eve", "bob", "Ann"]);
    assert_eq!(found(vec![], by(Email, false)).await, ["eve", "Ann", "bob"]);

    // What lists are sorted by follows the rows it is copied from.
    let mut without = people[0].clone();
    without.fields.emails.pop();
    let before = people[0].clone();
    f.store
        .write(async move |tx: &Db| {
            users::update(tx, &before, &without).await?;
            users::remove_external_id(tx, one, number, "").await
        })
        .await
        .unwrap();
    let gone = vec![compared(Email, Operator::StartsWith, text("ann"))];
    assert!(found(gone, vec![]).await.is_empty());
    let gone = vec![compared(External, Operator::Equal, text("2"))];
    assert!(found(gone, vec![]).await.is_empty());
}

#[tokio::test]
async fn the_recycle_bin_is_not_listed() {
    let f = Fixture::new().await;
    let kept = f.group("kept").await;
    let binned = f.group("binned").await;
    let after = Group {
        deleted_at: Some(at(1)),
        code: code("binned"),
        ..binned.clone()
    };
    f.store
        .write(async move |tx: &Db| groups::update(tx, &binned, &after).await)
        .await
        .unwrap();
    let page = list(&f, &listed(vec![], vec![], 0, 1)).await.unwrap();
    assert_eq!((page.items, page.total), (vec![kept], 1));
}

async fn list(f: &Fixture, query: &ListQuery<GroupField>) -> model::Result<Page<Group>> {
    f.store
        .read(async |db: &Db| groups::list(db, f.one, query).await)
        .await
}

fn listed<F>(filter: Vec<Comparison<F>>, sort: Vec<Sort<F>>, start: u64, limit: u64) -> ListQuery<F> {
    ListQuery {
        filter,
        sort,
        start,
        limit,
    }
}

fn compared<F>(field: F, operator: Operator, value: Value) -> Comparison<F> {
    Comparison {
        field,
        operator,
        value,
    }
}

fn codes(page: &Page<Group>) -> Vec<&str> {
    page.items.iter().map(|group| group.code.as_str()).collect()
}

fn names(page: &Page<UserView>) -> Vec<String> {
    let name = |view: &UserView| view.user.fields.user_name.clone();
    page.items.iter().map(name).collect()
}
