//! Look-ups by several words, parents of users, bulk writes, the recycle bin.

use crate::{GROUP_ALL, USER_ALL, World, external_id, key};
use directory::bulk::{Item, Step};
use directory::groups::Deletion::RecycleBin;
use directory::{groups, users};
use model::Patch;
use model::groups::{GroupChange, GroupKey, GroupPatch};
use model::ids::{GroupNumber, UserId};
use model::lookup::{Lookup, LookupBy};
use model::query::{Comparison, GroupField, ListQuery, Operator, UserField, Value, Window};
use model::users::{UserKey, UserPatch};

/// Every way to look something up, whether it finds anything or not.
fn lookups(number: i64) -> Vec<Lookup> {
    let mut all = Vec::new();
    for by in [LookupBy::Number(number), LookupBy::External("1".into())] {
        for (source, language) in [
            (None, None),
            (Some("erp"), None),
            (None, Some("nl")),
            (Some("erp"), Some("nl")),
        ] {
            all.push(Lookup {
                by: by.clone(),
                source: source.map(str::to_owned),
                language: language.map(str::to_owned),
            });
        }
    }
    all
}

pub async fn write(w: &World, user: UserId) {
    w.statements.clear();
    let d = &w.directory;
    let id = || UserKey::Id(user);
    let large = groups::get(d, &w.admin, &key("large"), GROUP_ALL)
        .await
        .unwrap()
        .group;
    let lookup = Lookup {
        by: LookupBy::Number(large.number.get()),
        ..Lookup::external("")
    };
    for parent in [
        Some(GroupKey::Number(large.number)),
        Some(key("empty")),
        Some(GroupKey::Lookup(lookup)),
        None,
    ] {
        let patch = UserPatch {
            parent: Patch::Set(parent),
            ..UserPatch::default()
        };
        users::update(d, w.context(), id(), patch, None, USER_ALL)
            .await
            .unwrap();
    }
    bulk(w, large.number, user).await;
    let window = Window {
        start: 0,
        limit: 10,
        counted: true,
    };
    for _ in 0..2 {
        groups::delete(d, w.context(), key("binned"), None, RecycleBin)
            .await
            .unwrap();
        let binned = groups::list_deleted(d, "default", window).await.unwrap().items;
        groups::restore(d, "default", binned[0].number).await.unwrap();
    }
    groups::delete(d, w.context(), key("binned"), None, RecycleBin)
        .await
        .unwrap();
    let binned = groups::list_deleted(d, "default", window).await.unwrap().items;
    groups::purge(d, "default", binned[0].number).await.unwrap();
}

async fn bulk(w: &World, group: GroupNumber, user: UserId) {
    let d = &w.directory;
    let items = |name: &'static str| {
        let change = GroupChange {
            patch: GroupPatch {
                office: Patch::Set(Some(name.to_owned())),
                parent: Patch::Set(Some(key("empty"))),
                ..GroupPatch::default()
            },
            external_ids: vec![external_id("erp", name)],
            ..GroupChange::default()
        };
        vec![Item {
            key: GroupKey::Number(group),
            decide: Box::new(move |_: Option<&_>| Ok(Step::Change(change.clone()))),
        }]
    };
    for name in ["a", "b"] {
        let done = groups::bulk(d, w.context(), items(name)).await.unwrap();
        assert!(done[0].is_ok(), "{done:?}");
    }
    let item = Item {
        key: UserKey::Id(user),
        decide: Box::new(|_: Option<&_>| {
            Ok(Step::Change(UserPatch {
                parent: Patch::Set(Some(key("large"))),
                ..UserPatch::default()
            }))
        }),
    };
    let done = users::bulk(d, w.context(), vec![item]).await.unwrap();
    assert!(done[0].is_ok(), "{done:?}");
}

pub async fn read(w: &World) {
    w.statements.clear();
    let d = &w.directory;
    for lookup in lookups(1) {
        let key = GroupKey::Lookup(lookup.clone());
        drop(groups::get(d, &w.admin, &key, GROUP_ALL).await);
        drop(users::get(d, &w.admin, &UserKey::Lookup(lookup), USER_ALL).await);
    }
}

/// Lists that an index serves; those by number alone read the tenant in order.
pub async fn list(w: &World) {
    w.statements.clear();
    let d = &w.directory;
    let external = |value: Option<&str>, source: Option<&str>| Value::External {
        value: value.map(str::to_owned),
        source: source.map(str::to_owned),
    };
    for (field, value) in [
        (GroupField::AnyExternalId, external(Some("1"), None)),
        (GroupField::AnyExternalId, external(Some("1"), Some("erp"))),
        (GroupField::AnyExternalId, external(None, Some("erp"))),
        (GroupField::Language, Value::Text("nl".into())),
        (GroupField::Parent, Value::Integer(1)),
        (GroupField::Parent, Value::Nothing),
    ] {
        groups::list(d, &w.admin, &query(field, value), GROUP_ALL)
            .await
            .unwrap();
    }
    for (field, value) in [
        (UserField::AnyExternalId, external(Some("1"), None)),
        (UserField::AnyExternalId, external(Some("1"), Some("erp"))),
        (UserField::Parent, Value::Integer(1)),
        (UserField::Parent, Value::Nothing),
    ] {
        users::list(d, &w.admin, &query(field, value), USER_ALL)
            .await
            .unwrap();
    }
}

fn query<F>(field: F, value: Value) -> ListQuery<F> {
    ListQuery {
        filter: vec![Comparison {
            field,
            operator: Operator::Equal,
            value,
        }],
        sort: vec![],
        start: 0,
        limit: 10,
    }
}
