//! What answers show beside a group's and a user's own fields: ids of members, groups of users.

use crate::fixture::{Fixture, at, group, user};
use model::groups::{ExternalId, GroupKey, Membership};
use model::ids::{GroupNumber, TenantNumber, UserNumber};
use model::users::{
    MAX_USER_GROUPS, MAX_USER_GROUPS_OF_PAGE, UserGroup, UserGroupParts, UserGroups, UserParts,
};
use model::{Instant, Result};
use store::{Db, groups, members, users};

const NAMES: UserParts = UserParts {
    external_ids: false,
    grants: false,
    groups: UserGroupParts::Names,
    parent: false,
};

fn member(group: GroupNumber, user: UserNumber, excluded: bool) -> Membership {
    Membership {
        group,
        user,
        excluded,
        is_parent: false,
    }
}

async fn join(f: &Fixture, rows: Vec<Membership>) {
    let tenant = f.one;
    f.store
        .write(async move |tx: &Db| members::insert(tx, tenant, &rows).await)
        .await
        .unwrap();
}

async fn bin(tx: &Db, tenant: TenantNumber, number: GroupNumber, at: Instant) -> Result<()> {
    let before = groups::find(tx, tenant, &GroupKey::Number(number))
        .await?
        .unwrap();
    let mut after = before.clone();
    after.deleted_at = Some(at);
    after.version += 1;
    groups::update(tx, &before, &after).await
}

#[tokio::test]
async fn ids_of_members() {
    let fixture = Fixture::new().await;
    let (a, b) = (fixture.group("a").await.number, fixture.group("b").await.number);
    let empty = fixture.group("empty").await.number;
    let (u, v) = (fixture.user("u").await, fixture.user("v").await);
    let out = fixture.user("out").await.number;
    join(
        &fixture,
        vec![
            member(a, v.number, false),
            member(a, out, true),
            member(a, u.number, false),
            member(b, u.number, false),
        ],
    )
    .await;
    let found = members::ids(&fixture.store.reads(), fixture.one, &[b, a, empty])
        .await
        .unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((&found[&a], &found[&b]), (&vec![u.id, v.id], &vec![u.id]));
    let foreign = members::ids(&fixture.store.reads(), fixture.two, &[a])
        .await
        .unwrap();
    assert_eq!(foreign.len(), 0);
}

#[tokio::test]
async fn groups_of_users() {
    let fixture = Fixture::new().await;
    let (a, b) = (fixture.group("a").await, fixture.group("b").await);
    let (binned, closed) = (
        fixture.group("binned").await.number,
        fixture.group("closed").await.number,
    );
    let (u, v) = (fixture.user("u").await.number, fixture.user("v").await.number);
    join(
        &fixture,
        vec![
            member(b.number, u, false),
            member(a.number, u, false),
            member(binned, u, false),
            member(closed, u, true),
        ],
    )
    .await;
    let (tenant, number) = (fixture.one, b.number);
    let id = ExternalId {
        source: "erp".to_owned(),
        value: "7".to_owned(),
    };
    let put = id.clone();
    fixture
        .store
        .write(async move |tx: &Db| {
            groups::put_external_id(tx, tenant, number, &put).await?;
            bin(tx, tenant, binned, at(1)).await
        })
        .await
        .unwrap();
    let db = fixture.store.reads();
    let shown = |group: &model::groups::Group, external_ids| UserGroup {
        number: group.number,
        id: group.id,
        name: group.fields.name.clone(),
        type_name: None,
        external_ids,
    };
    for (parts, of_b) in [
        (UserGroupParts::Names, vec![]),
        (UserGroupParts::ExternalIds, vec![id]),
    ] {
        let parts = UserParts {
            groups: parts,
            ..UserParts::default()
        };
        let views = users::views(&db, tenant, &[v, u], parts).await.unwrap();
        let expected = vec![shown(&a, vec![]), shown(&b, of_b)];
        assert_eq!(views[0].groups, UserGroups::All(expected));
        assert_eq!(views[1].groups, UserGroups::All(vec![]));
    }
    let plain = users::views(&db, tenant, &[u], UserParts::default())
        .await
        .unwrap();
    assert_eq!(plain[0].groups, UserGroups::Unread);
}

#[tokio::test]
async fn too_many_groups_are_not_shown() {
    let f = Fixture::new().await;
    let tenant = f.one;
    let full = MAX_USER_GROUPS_OF_PAGE / MAX_USER_GROUPS;
    let people = f
        .store
        .write(async move |tx: &Db| {
            let mut all = Vec::new();
            for i in 0..=MAX_USER_GROUPS {
                all.push(groups::insert(tx, group(tenant, &format!("g{i}"))).await?.number);
            }
            let mut people = Vec::new();
            for i in 0..full + 3 {
                // The second is in one group too many, the last in one only.
                let count = match i {
                    1 => MAX_USER_GROUPS + 1,
                    i if i == full + 2 => 1,
                    _ => MAX_USER_GROUPS,
                };
                let user = users::insert(tx, user(tenant, &format!("u{i}"))).await?.number;
                let rows: Vec<_> = all[..count]
                    .iter()
                    .map(|group| member(*group, user, false))
                    .collect();
                members::insert(tx, tenant, &rows).await?;
                people.push(user);
            }
            Ok(people)
        })
        .await
        .unwrap();
    let views = users::views(&f.store.reads(), tenant, &people, NAMES)
        .await
        .unwrap();
    let shown: Vec<Option<usize>> = views
        .iter()
        .map(|view| match &view.groups {
            UserGroups::All(all) => Some(all.len()),
            _ => None,
        })
        .collect();
    let mut expected = vec![Some(MAX_USER_GROUPS); full + 1];
    expected[1] = None;
    // The page is full: neither many nor one more.
    expected.extend([None, None]);
    assert_eq!(shown, expected);
    let alone = users::views(&f.store.reads(), tenant, &people[full + 2..], NAMES)
        .await
        .unwrap();
    assert!(matches!(&alone[0].groups, UserGroups::All(all) if all.len() == 1));
}
