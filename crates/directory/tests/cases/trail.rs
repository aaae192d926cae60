use crate::support::*;
use directory::audit::{self, Verdict};
use directory::{groups, tenants};
use model::audit::{Change, Event};
use model::error::Kind;
use model::groups::{GroupPatch, NewGroup};
use model::{Access, Dialect, Patch};
use serde_json::json;

fn said(event: &Event) -> Vec<(Kind, i64, &str)> {
    event
        .changes
        .iter()
        .map(|change| (change.kind, change.number, change.field.as_str()))
        .collect()
}

#[tokio::test]
async fn an_event_tells_who_did_what_when_and_why() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let editor = w.caller("default", Access::Editor, Some(anna.user.id)).await;
    let before = w.position().await;
    let context = w.by(&editor);
    let request = context.request;
    let new = NewGroup {
        code: Some(code("a")),
        patch: GroupPatch {
            name: Patch::Set(name("A")),
            ..GroupPatch::default()
        },
        members: vec![existing(anna.user.id), new_member("users/1", named("bert"))],
        ..NewGroup::default()
    };
    let made = groups::create(&w.directory, context, new, GROUP_ALL)
        .await
        .unwrap();
    let event = w.events().await.pop().unwrap();
    assert_eq!(event.position, i64::try_from(before).unwrap() + 1);
    assert_eq!((event.tenant, event.at), (w.admin.tenant, w.clock.now()));
    assert_eq!(
        (event.actor.clone(), event.dialect),
        (editor.actor.clone(), Dialect::Kibo)
    );
    assert_eq!((event.operation.as_str(), event.request), ("test", request));
    let (group, bert) = (made.group.number.get(), shown(&made)[1].get());
    let (g, member) = (Kind::Group, |user: i64| format!("members/{user}"));
    assert_eq!(
        said(&event),
        [
            (Kind::User, bert, "id"),
            (Kind::User, bert, "userName"),
            (g, group, "code"),
            (g, group, "id"),
            (g, group, &member(anna.user.number.get())),
            (g, group, &member(bert)),
            (g, group, "name"),
        ]
    );
    let name = event.changes.last().unwrap();
    assert_eq!((&name.before, &name.after), (&None, &Some(json!("A"))));
}

#[tokio::test]
async fn a_change_tells_the_value_before_and_after() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let made = w.group_of("a", &[&anna]).await;
    let renamed = GroupPatch {
        name: Patch::Set(name("A")),
        ..GroupPatch::default()
    };
    w.update("a", patch(renamed.clone())).await.unwrap();
    let again = GroupPatch {
        name: Patch::Set(name("B")),
        ..renamed
    };
    let mut change = patch(again);
    change.members = Some(vec![]);
    w.update("a", change).await.unwrap();
    let number = made.group.number.get();
    let of = |field: &str, before, after| Change {
        kind: Kind::Group,
        number,
        field: field.to_owned(),
        before,
        after,
    };
    let members = format!("members/{}", anna.user.number);
    assert_eq!(
        w.events().await.pop().unwrap().changes,
        [
            of("name", Some(json!("A")), Some(json!("B"))),
            of(
                &members,
                Some(json!({ "excluded": false, "isParent": false })),
                None
            ),
        ]
    );
}

#[tokio::test]
async fn the_chain_holds_and_counts_per_tenant() {
    let w = World::new().await;
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    w.user("anna").await;
    w.user("bert").await;
    let intact = |tenant: &str, events| (tenant.to_owned(), Verdict::Intact { events, erased: 0 });
    let all = audit::verify(&w.directory, None).await.unwrap();
    assert_eq!(all, [intact("default", 3), intact("other", 1)]);
    assert_eq!(
        audit::verify(&w.directory, Some("other")).await.unwrap(),
        [intact("other", 1)]
    );
    assert_eq!(
        missing(audit::verify(&w.directory, Some("nowhere")).await),
        Kind::Tenant
    );
    let positions: Vec<i64> = w.events().await.iter().map(|event| event.position).collect();
    assert_eq!(positions, [1, 2, 3]);
    let page = audit::events(&w.directory, "default", 2, 1).await.unwrap();
    assert_eq!(page.iter().map(|event| event.position).collect::<Vec<_>>(), [2]);
    assert_eq!(
        missing(audit::events(&w.directory, "nowhere", 1, 1).await),
        Kind::Tenant
    );
}

#[tokio::test]
async fn events_of_credentials_tell_no_secret() {
    let w = World::new().await;
    w.caller("default", Access::Reader, None).await;
    let event = w.events().await.pop().unwrap();
    let fields: Vec<_> = said(&event)
        .into_iter()
        .map(|(_, _, field)| field.to_owned())
        .collect();
    assert_eq!(fields, ["access", "clientId", "secrets"]);
    assert_eq!(event.actor.client_id, "roster");
}
