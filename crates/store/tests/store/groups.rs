//! Groups.

use crate::fixture::{Fixture, at, bound_actor, code, group, group_type, name};
use model::Error;
use model::error::Kind;
use model::groups::{
    Budget, ExternalId, Group, GroupFields, GroupKey, OrderListAllowAll, SelfService, Status,
};
use store::groups::GroupDraft;
use store::{Db, group_types, groups};

#[tokio::test]
async fn every_field_comes_back() {
    let f = Fixture::new().await;
    let parent = f.group("parent").await;
    let one = f.one;
    let household = f
        .store
        .write(async move |tx: &Db| group_types::insert(tx, group_type(one, "Household")).await)
        .await
        .unwrap();
    let full = GroupDraft {
        fields: GroupFields {
            name: name("Füll"),
            description: Some("what it is for".to_owned()),
            parent: Some(parent.number),
            group_type: Some(household.number),
            status: Status::Inactive,
            active_from: Some(at(1)),
            active_until: Some(at(2)),
            language: Some("nl".to_owned()),
            company: Some("Company".to_owned()),
            department: Some("Department".to_owned()),
            office: Some("Office".to_owned()),
            notes: Some("Notes\nof two lines".to_owned()),
            inherit_product_list: false,
            inherit_order_list: false,
            budget: Budget::H,
            budget_inherit: false,
            order_list_allow_all: OrderListAllowAll::P,
            only_owners_edit: true,
            self_service: SelfService::RequiresApproval,
            scope_type_id: Some(i32::MIN),
            scope_id: Some(i32::MAX),
        },
        member_count: 12,
        at: at(123_456),
        by: bound_actor(),
        ..group(f.one, "sdk group/1")
    };
    for draft in [full, group(f.one, "empty")] {
        let made = f.insert(draft.clone()).await.unwrap();
        assert_eq!(made.fields, draft.fields);
        assert_eq!(made.created_by, draft.by);
        for key in [
            GroupKey::Number(made.number),
            GroupKey::Id(made.id),
            GroupKey::Code(made.code.clone()),
        ] {
            let found = groups::find(&f.store.reads(), f.one, &key).await.unwrap();
            assert_eq!(found.as_ref(), Some(&made), "{key:?}");
            let other = groups::find(&f.store.reads(), f.two, &key).await.unwrap();
            assert_eq!(other, None, "{key:?} of another tenant");
        }
    }
}

#[tokio::test]
async fn keys_that_are_taken_say_which() {
    let f = Fixture::new().await;
    f.group("a").await;
    let code_taken = f
        .insert(GroupDraft {
            id: group(f.one, "other").id,
            ..group(f.one, "a")
        })
        .await;
    assert_eq!(code_taken, Err(exists("code")));
    assert!(f.insert(group(f.two, "a")).await.is_ok(), "another tenant");

    let one = f.one;
    let typed = f
        .store
        .write(async move |tx: &Db| group_types::insert(tx, group_type(one, "Household")).await)
        .await
        .unwrap();
    let mut first = group(f.one, "b");
    first.fields.name = name("Smith");
    first.fields.group_type = Some(typed.number);
    let mut second = group(f.one, "c");
    second.fields.name = name("SMITH");
    assert!(
        f.insert(second.clone()).await.is_ok(),
        "names without a type repeat"
    );
    second.code = code("d");
    second.id = group(f.one, "d").id;
    second.fields.group_type = Some(typed.number);
    let first = f.insert(first).await.unwrap();
    assert_eq!(f.insert(second.clone()).await, Err(exists("name")));
    // In the recycle bin a name is free, a code is not.
    let binned = Group {
        deleted_at: Some(at(9)),
        version: 2,
        ..first.clone()
    };
    update(&f, &first, &binned).await.unwrap();
    assert!(f.insert(second).await.is_ok());
    assert_eq!(f.insert(group(f.one, "b")).await, Err(exists("code")));
    let hidden = groups::find(&f.store.reads(), f.one, &GroupKey::Code(code("b"))).await;
    assert_eq!(hidden, Ok(None));
}

#[tokio::test]
async fn an_update_writes_what_differs_and_notices_an_old_version() {
    let f = Fixture::new().await;
    let before = f.group("a").await;
    let mut after = before.clone();
    after.code = code("b");
    after.fields.description = Some("new".to_owned());
    after.version = 2;
    after.member_count = 3;
    after.updated_at = at(5);
    after.updated_by = bound_actor();
    update(&f, &before, &after).await.unwrap();
    let key = GroupKey::Number(before.number);
    let found = groups::find(&f.store.reads(), f.one, &key).await.unwrap();
    assert_eq!(found.as_ref(), Some(&after));
    assert_eq!(update(&f, &before, &after).await, Err(Error::Stale));
    assert_eq!(update(&f, &after, &after).await, Ok(()), "nothing to write");
}

#[tokio::test]
async fn external_ids_are_replaced_by_source_and_unique_in_the_tenant() {
    let f = Fixture::new().await;
    let (a, b) = (f.group("a").await.number, f.group("b").await.number);
    let one = f.one;
    let put = |group, source: &'static str, value: &'static str| {
        f.store.write(async move |tx: &Db| {
            groups::put_external_id(tx, one, group, &external(source, value)).await
        })
    };
    for (source, value) in [("erp", "1"), ("", "x"), ("erp", "2")] {
        put(a, source, value).await.unwrap();
    }
    assert_eq!(put(b, "erp", "2").await, Err(exists("externalId")));
    put(b, "erp", "1").await.unwrap();
    let found = groups::external_ids(&f.store.reads(), one, &[a, b])
        .await
        .unwrap();
    assert_eq!(found[&a], [external("", "x"), external("erp", "2")]);
    assert_eq!(found[&b], [external("erp", "1")]);
    let key = GroupKey::External(external("erp", "2"));
    let by_key = groups::find(&f.store.reads(), one, &key).await.unwrap();
    assert_eq!(by_key.map(|group| group.number), Some(a));
    assert_eq!(groups::find(&f.store.reads(), f.two, &key).await, Ok(None));
    let remove = async move |tx: &Db| groups::remove_external_id(tx, one, a, "erp").await;
    f.store.write(remove).await.unwrap();
    assert!(f.store.write(remove).await.is_err(), "it has to be there");
}

#[tokio::test]
async fn trees() {
    let f = Fixture::new().await;
    let root = f.group("root").await;
    let mut middle = group(f.one, "middle");
    middle.fields.parent = Some(root.number);
    let middle = f.insert(middle).await.unwrap();
    let mut leaf = group(f.one, "leaf");
    leaf.fields.parent = Some(middle.number);
    let leaf = f.insert(leaf).await.unwrap();
    let db = f.store.reads();
    for (of, candidate, expected) in [
        (root.number, leaf.number, true),
        (root.number, root.number, true),
        (leaf.number, root.number, false),
        (middle.number, root.number, false),
    ] {
        let found = groups::is_self_or_descendant(&db, f.one, of, candidate).await;
        assert_eq!(found, Ok(expected), "{candidate} below {of}");
    }
    let children = groups::children(&db, f.one, root.number).await.unwrap();
    assert_eq!(children, std::slice::from_ref(&middle));
    let locked = groups::lock_many(&db, f.one, &[leaf.number, root.number, leaf.number]).await;
    assert_eq!(locked.unwrap(), [root.clone(), leaf.clone()]);
    let delete = |group: Group| {
        f.store
            .write(async move |tx: &Db| groups::delete(tx, &group).await)
    };
    assert!(delete(root).await.is_err(), "it has a child");
    delete(leaf.clone()).await.unwrap();
    assert!(delete(leaf).await.is_err(), "it is gone");
}

#[tokio::test]
async fn owners_come_and_go() {
    let f = Fixture::new().await;
    let group = f.group("a").await.number;
    let (u, v) = (f.user("u").await.number, f.user("v").await.number);
    let one = f.one;
    let add = async move |tx: &Db| groups::add_owners(tx, one, group, &[v, u]).await;
    f.store.write(add).await.unwrap();
    let db = f.store.reads();
    assert_eq!(groups::owners(&db, one, group).await.unwrap(), [u, v]);
    assert_eq!(groups::owned_by(&db, one, v).await.unwrap(), [group]);
    assert_eq!(groups::owners(&db, f.two, group).await.unwrap(), []);
    let remove = async move |tx: &Db| groups::remove_owners(tx, one, group, &[u]).await;
    f.store.write(remove).await.unwrap();
    assert!(f.store.write(remove).await.is_err(), "he is no owner any more");
    assert_eq!(groups::owners(&db, one, group).await.unwrap(), [v]);
}

#[tokio::test]
async fn the_living_are_told_from_those_in_the_bin() {
    let f = Fixture::new().await;
    let (a, b) = (f.group("a").await, f.group("b").await);
    let binned = Group {
        deleted_at: Some(at(9)),
        ..a.clone()
    };
    update(&f, &a, &binned).await.unwrap();
    let db = f.store.reads();
    let live = groups::live_among(&db, f.one, &[a.number, b.number]).await;
    assert_eq!(live.unwrap(), [b.number]);
    let locked = groups::lock_many(&db, f.one, &[a.number, b.number]).await;
    assert_eq!(locked.unwrap(), [binned, b]);
}

async fn update(f: &Fixture, before: &Group, after: &Group) -> model::Result<()> {
    let (before, after) = (before.clone(), after.clone());
    f.store
        .write(async move |tx: &Db| groups::update(tx, &before, &after).await)
        .await
}

fn external(source: &str, value: &str) -> ExternalId {
    ExternalId {
        source: source.to_owned(),
        value: value.to_owned(),
    }
}

fn exists(field: &'static str) -> Error {
    Error::Exists {
        kind: Kind::Group,
        field,
    }
}
