//! Groups and users found by what people call them.

use crate::fixture::{Fixture, code, group, name, user};
use model::groups::{ExternalId, GroupKey, GroupRef};
use model::ids::{GroupId, GroupNumber};
use model::query::{Comparison, GroupField, ListQuery, Operator, Sort, UserField, Value};
use model::text::Name;
use model::users::UserParts;
use store::groups::Named;
use store::{Db, groups, users};

fn all<F>(field: F, operator: Operator, text: &str) -> ListQuery<F> {
    let value = Value::Text(text.to_owned());
    ListQuery {
        filter: vec![Comparison {
            field,
            operator,
            value,
        }],
        sort: vec![],
        start: 0,
        limit: 10,
    }
}

fn external(source: &str, value: &str) -> ExternalId {
    ExternalId {
        source: source.to_owned(),
        value: value.to_owned(),
    }
}

async fn put(f: &Fixture, group: GroupNumber, id: ExternalId) {
    let tenant = f.one;
    f.store
        .write(async move |tx: &Db| groups::put_external_id(tx, tenant, group, &id).await)
        .await
        .unwrap();
}

async fn named(f: &Fixture, code_text: &str, name_text: &str) -> GroupNumber {
    let mut draft = group(f.one, code_text);
    draft.fields.name = name(name_text);
    f.insert(draft).await.unwrap().number
}

async fn bin(f: &Fixture, number: GroupNumber) {
    let tenant = f.one;
    f.store
        .write(async move |tx: &Db| {
            let before = groups::find(tx, tenant, &GroupKey::Number(number))
                .await?
                .unwrap();
            let mut after = before.clone();
            after.deleted_at = Some(crate::fixture::at(9));
            after.version += 1;
            groups::update(tx, &before, &after).await
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn groups_by_name_in_any_case_and_by_the_identifier_without_source() {
    let f = Fixture::new().await;
    let (first, second) = (named(&f, "a", "STRAẞE Ä").await, named(&f, "b", "straße ä").await);
    let binned = named(&f, "c", "Straße Ä").await;
    bin(&f, binned).await;
    named(&f, "d", "Straße").await;
    f.insert(group(f.two, "Straße Ä")).await.unwrap();
    put(&f, first, external("", "X-1")).await;
    put(&f, second, external("erp", "X-1")).await;

    let db = f.store.reads();
    let found = async |field, operator, text| -> Vec<GroupNumber> {
        let page = groups::list(&db, f.one, &all(field, operator, text))
            .await
            .unwrap();
        assert_eq!(page.total, page.items.len() as u64);
        page.items.iter().map(|group| group.number).collect()
    };
    let name = GroupField::FoldedName;
    assert_eq!(found(name, Operator::Equal, "Straße Ä").await, [first, second]);
    assert_eq!(found(name, Operator::StartsWith, "STRASS").await, []);
    assert_eq!(found(name, Operator::Contains, " Ä").await, [first, second]);
    let id = GroupField::ExternalId;
    assert_eq!(found(id, Operator::Equal, "X-1").await, [first]);
    assert_eq!(found(id, Operator::Equal, "x-1").await, []);
    assert_eq!(found(id, Operator::NotEqual, "X-1").await.len(), 2);

    put(&f, first, external("", "X-2")).await;
    assert_eq!(found(id, Operator::Equal, "X-2").await, [first]);
    let tenant = f.one;
    f.store
        .write(async move |tx: &Db| groups::remove_external_id(tx, tenant, first, "").await)
        .await
        .unwrap();
    assert_eq!(found(id, Operator::Equal, "X-2").await, []);
}

#[tokio::test]
async fn users_by_any_of_their_names() {
    let f = Fixture::new().await;
    let people = [
        ("hopper", Some("Grace"), Some("Hopper")),
        ("grace", None, Some("Grace")),
        ("full", Some("Grace Hopper"), None),
        ("other", Some("Ada"), Some("Lovelace")),
        ("nobody", None, None),
    ];
    let name = |text: Option<&str>| text.map(|text| Name::parse("name", text).unwrap());
    for (user_name, given, family) in people {
        let mut draft = user(f.one, user_name);
        (draft.fields.given_name, draft.fields.family_name) = (name(given), name(family));
        f.insert_user(draft).await.unwrap();
    }
    let mut foreign = user(f.two, "foreign");
    foreign.fields.given_name = name(Some("Grace"));
    f.insert_user(foreign).await.unwrap();

    let db = f.store.reads();
    let found = async |operator, text| -> Vec<String> {
        let query = all(UserField::AnyName, operator, text);
        let page = users::list(&db, f.one, &query, UserParts::default())
            .await
            .unwrap();
        page.items
            .into_iter()
            .map(|view| view.user.fields.user_name)
            .collect()
    };
    assert_eq!(found(Operator::Equal, "GRACE").await, ["hopper", "grace"]);
    assert_eq!(found(Operator::Equal, "hopper").await, ["hopper"]);
    assert_eq!(found(Operator::Equal, "grace hopper").await, ["hopper", "full"]);
    assert_eq!(found(Operator::Equal, "Grace  Hopper").await.len(), 0);
    assert_eq!(found(Operator::Contains, "lace").await, ["other"]);
    assert_eq!(found(Operator::StartsWith, "LOVE").await, ["other"]);
    assert_eq!(
        found(Operator::NotEqual, "grace").await,
        ["full", "other", "nobody"]
    );

    let by_name = |descending| ListQuery {
        filter: vec![],
        sort: vec![Sort {
            field: UserField::AnyName,
            descending,
        }],
        start: 0,
        limit: 10,
    };
    // `full` and `hopper` sort alike, so by number.
    for (descending, order) in [
        (false, ["nobody", "other", "grace", "hopper", "full"]),
        (true, ["hopper", "full", "grace", "other", "nobody"]),
    ] {
        let page = users::list(&db, f.one, &by_name(descending), UserParts::default())
            .await
            .unwrap();
        let names: Vec<_> = page
            .items
            .iter()
            .map(|view| view.user.fields.user_name.as_str())
            .collect();
        assert_eq!(names, order);
    }
}

#[tokio::test]
async fn a_changed_name_is_found_anew() {
    let f = Fixture::new().await;
    let before = f.user("ann").await;
    let mut after = before.clone();
    after.fields.given_name = Some(name("Ann"));
    after.version = 2;
    f.store
        .write(async move |tx: &Db| users::update(tx, &before, &after).await)
        .await
        .unwrap();
    let query = all(UserField::AnyName, Operator::Equal, "ANN");
    let page = users::list(&f.store.reads(), f.one, &query, UserParts::default())
        .await
        .unwrap();
    assert_eq!(page.total, 1);
}

#[tokio::test]
async fn what_lists_of_names_mean() {
    let f = Fixture::new().await;
    let one = f.group("one").await;
    let (twin, other_twin) = (named(&f, "t1", "Twin").await, named(&f, "t2", "TWIN").await);
    let binned = named(&f, "bin", "Once twin").await;
    let unique = named(&f, "u", "Once TWIN").await;
    put(&f, twin, external("erp", "7")).await;
    put(&f, other_twin, external("", "7")).await;
    put(&f, binned, external("", "8")).await;
    bin(&f, binned).await;
    let foreign = f.insert(group(f.two, "foreign")).await.unwrap();

    let key = GroupRef::Key;
    let by_name = |text: &str| GroupRef::Name(text.to_owned());
    let cases = [
        (key(GroupKey::Number(one.number)), Named::One(one.number)),
        (key(GroupKey::Id(one.id)), Named::One(one.number)),
        (key(GroupKey::Code(one.code.clone())), Named::One(one.number)),
        (key(GroupKey::Code(code("ONE"))), Named::Nothing),
        (by_name("ONE"), Named::One(one.number)),
        (key(GroupKey::External(external("erp", "7"))), Named::One(twin)),
        (key(GroupKey::External(external("", "7"))), Named::One(other_twin)),
        (key(GroupKey::External(external("other", "7"))), Named::Nothing),
        (by_name("twin"), Named::Several),
        (by_name("once twin"), Named::One(unique)),
        (by_name(""), Named::Nothing),
        (key(GroupKey::Number(binned)), Named::Nothing),
        (key(GroupKey::Code(code("bin"))), Named::Nothing),
        (key(GroupKey::External(external("", "8"))), Named::Nothing),
        (key(GroupKey::Number(foreign.number)), Named::Nothing),
        (key(GroupKey::Id(foreign.id)), Named::Nothing),
        (key(GroupKey::Code(foreign.code)), Named::Nothing),
        (by_name("foreign"), Named::Nothing),
        (key(GroupKey::Id(GroupId(uuid::Uuid::nil()))), Named::Nothing),
    ];
    let db = f.store.reads();
    let (asked, expected): (Vec<_>, Vec<_>) = cases.iter().cloned().unzip();
    assert_eq!(groups::resolve(&db, f.one, &asked).await.unwrap(), expected);
    for (asked, expected) in cases {
        let alone = groups::resolve(&db, f.one, std::slice::from_ref(&asked))
            .await
            .unwrap();
        assert_eq!(alone, [expected], "{asked:?}");
    }
    let many = vec![by_name("one"); 700];
    assert_eq!(
        groups::resolve(&db, f.one, &many).await.unwrap(),
        vec![Named::One(one.number); 700]
    );
    assert_eq!(groups::resolve(&db, f.one, &[]).await.unwrap(), []);
}
