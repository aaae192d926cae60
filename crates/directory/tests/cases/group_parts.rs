//! Groups with their external identifiers and with the ids of their members.

use crate::support::*;
use directory::groups;
use model::error::Kind;
use model::groups::{
    ExternalId, GroupChange, GroupParts, GroupView, MAX_EXTERNAL_IDS, MAX_MEMBER_IDS, MemberParts, Members,
    NewGroup,
};
use model::query::{Comparison, GroupField, ListQuery, Operator, Value};
use model::{Error, Result};

const IDS: GroupParts = GroupParts {
    members: MemberParts::Ids,
    external_ids: false,
    owners: false,
    present_actors: false,
};

fn id(source: &str, value: &str) -> ExternalId {
    ExternalId {
        source: source.into(),
        value: value.into(),
    }
}

fn identified(source: &str, value: Option<&str>) -> GroupChange {
    GroupChange {
        external_ids: vec![external_id(source, value)],
        ..GroupChange::default()
    }
}

async fn list(w: &World, filter: Vec<Comparison<GroupField>>, parts: GroupParts) -> Vec<GroupView> {
    let query = ListQuery {
        filter,
        sort: vec![],
        start: 0,
        limit: 100,
    };
    groups::list(&w.directory, &w.admin, &query, parts)
        .await
        .unwrap()
        .items
}

#[tokio::test]
async fn an_external_identifier_is_set_changed_and_removed() -> Result<()> {
    let w = World::new().await;
    let made = w
        .group(NewGroup {
            code: Some(code("a")),
            external_ids: vec![id("erp", "1"), id("", "first")],
            ..NewGroup::default()
        })
        .await;
    assert_eq!(made.external_ids, [id("", "first"), id("erp", "1")]);
    w.group_of("b", &[]).await;
    let position = w.position().await;

    let changed = w.update("a", identified("", Some("second"))).await?;
    assert_eq!(changed.external_ids, [id("", "second"), id("erp", "1")]);
    assert_eq!(changed.group.version, 2);
    let found = |value: &str| {
        vec![Comparison {
            field: GroupField::ExternalId,
            operator: Operator::Equal,
            value: Value::Text(value.to_owned()),
        }]
    };
    let second = list(&w, found("second"), GROUP_ALL).await;
    assert_eq!(second, std::slice::from_ref(&changed));
    assert_eq!(list(&w, found("first"), GROUP_ALL).await, []);
    assert_eq!(w.update("a", identified("", Some("second"))).await?, changed);
    assert_eq!(w.position().await, position + 1, "the same again changes nothing");

    let taken = w.update("b", identified("", Some("second"))).await;
    let exists = Error::Exists {
        kind: Kind::Group,
        field: "externalId",
    };
    assert_eq!(taken, Err(exists));
    let empty = w.update("b", identified("", Some(""))).await;
    assert_eq!(complaints(empty), complaint("externalIds/0", "minLength"));

    let removed = w.update("a", identified("", None)).await?;
    assert_eq!(removed.external_ids, [id("erp", "1")]);
    assert_eq!(w.update("a", identified("", None)).await?, removed);
    assert_eq!(w.position().await, position + 2);
    w.update("b", identified("", Some("second"))).await?;
    Ok(())
}

#[tokio::test]
async fn several_sources_change_at_once_up_to_a_bound() -> Result<()> {
    let w = World::new().await;
    let ids = |range: std::ops::Range<usize>| {
        let one = |i| external_id(&format!("{i:03}"), Some("1"));
        GroupChange {
            external_ids: range.map(one).collect(),
            ..GroupChange::default()
        }
    };
    w.group_of("a", &[]).await;
    let full = w.update("a", ids(0..MAX_EXTERNAL_IDS)).await?;
    assert_eq!(full.external_ids.len(), MAX_EXTERNAL_IDS);
    let position = w.position().await;

    let more = w.update("a", ids(MAX_EXTERNAL_IDS..MAX_EXTERNAL_IDS + 1)).await;
    assert_eq!(complaints(more), complaint("externalIds", "maxItems"));
    assert_eq!(w.position().await, position);
    let mut swap = ids(MAX_EXTERNAL_IDS..MAX_EXTERNAL_IDS + 1);
    swap.external_ids.push(external_id("000", None));
    swap.external_ids.push(external_id("001", Some("2")));
    let swapped = w.update("a", swap).await?;
    assert_eq!(swapped.external_ids.len(), MAX_EXTERNAL_IDS);
    assert_eq!(swapped.external_ids[0], id("001", "2"));
    assert_eq!(w.position().await, position + 1);
    let changes = w.events().await.pop().unwrap().changes;
    let fields: Vec<_> = changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["externalIds/000", "externalIds/001", "externalIds/100"]);
    Ok(())
}

#[tokio::test]
async fn members_are_shown_as_ids_until_they_are_too_many() -> Result<()> {
    let w = World::new().await;
    let (anna, bert) = (w.user("anna").await, w.user("bert").await);
    w.group_of("two", &[&bert, &anna]).await;
    w.group_of("none", &[]).await;
    let shown: Vec<_> = list(&w, vec![], IDS)
        .await
        .into_iter()
        .map(|view| view.members)
        .collect();
    let ids = vec![anna.user.id, bert.user.id];
    assert_eq!(shown, [Members::Ids(ids.clone()), Members::Ids(vec![])]);
    let one = groups::get(&w.directory, &w.admin, &by_code("two"), IDS).await?;
    assert_eq!((one.members, one.external_ids), (Members::Ids(ids), vec![]));

    // As many as may be shown, with a page of one more.
    let count = usize::try_from(MAX_MEMBER_IDS).unwrap();
    let new = |text: &str, i| new_member("users/0", named(&format!("{text} {i}")));
    let full = w
        .group(NewGroup {
            code: Some(code("full")),
            members: (0..count).map(|i| new("full", i)).collect(),
            ..NewGroup::default()
        })
        .await;
    assert_eq!(full.members, Members::TooMany, "too many to show them whole");
    let one = groups::get(&w.directory, &w.admin, &by_code("full"), IDS).await?;
    assert!(matches!(&one.members, Members::Ids(ids) if ids.len() == count));
    let of_page: Vec<bool> = list(&w, vec![], IDS)
        .await
        .into_iter()
        .map(|view| view.members == Members::TooMany)
        .collect();
    assert_eq!(of_page, [false, false, true], "two are shown already");
    w.add("full", vec![existing(anna.user.id)]).await?;
    let over = groups::get(&w.directory, &w.admin, &by_code("full"), IDS).await?;
    assert_eq!(over.members, Members::TooMany);
    Ok(())
}
