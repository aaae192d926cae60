use crate::support::*;
use directory::groups::Deletion::RecycleBin;
use directory::{Precondition, credentials, users};
use model::error::Kind;
use model::groups::{ExternalId, GroupKey, NewGroup};
use model::ids::RoleNumber;
use model::query::{ListQuery, UserField};
use model::roles::{Grant, Resource, Scope};
use model::users::{Contact, NewUser, UserKey, UserPatch, UserView};
use model::{Access, Error, Patch, Result};
use serde_json::json;

fn text(text: &str) -> Patch<Option<String>> {
    Patch::Set(Some(text.to_owned()))
}

fn grant(role: i64, scope: Option<i32>) -> Grant {
    Grant {
        role: RoleNumber::new(role).unwrap(),
        scope: scope.map(|id| Scope {
            kind: Some("site".into()),
            id: Some(id),
            name: None,
        }),
        resources: vec![Resource {
            kind: Some("order".into()),
            id: None,
        }],
        tags: vec!["tag".into()],
    }
}

async fn create(w: &World, patch: UserPatch) -> Result<UserView> {
    users::create(&w.directory, w.context(), NewUser { patch }, USER_ALL).await
}

async fn update(w: &World, user: &UserView, patch: UserPatch) -> Result<UserView> {
    let key = UserKey::Id(user.user.id);
    users::update(&w.directory, w.context(), key, patch, None, USER_ALL).await
}

async fn delete(w: &World, user: &UserView) -> Result<()> {
    users::delete(&w.directory, w.context(), UserKey::Id(user.user.id), None).await
}

async fn get(w: &World, key: UserKey) -> Result<UserView> {
    users::get(&w.directory, &w.admin, &key, USER_ALL).await
}

#[tokio::test]
async fn every_field_is_kept() {
    let w = World::new().await;
    let full = UserPatch {
        user_name: text("anna"),
        primary_email: text("anna@example.com"),
        primary_phone: text("+49 1"),
        given_name: Patch::Set(Some(name("Anna"))),
        middle_name: Patch::Set(Some(name("M."))),
        family_name: Patch::Set(Some(name("Ä"))),
        display_name: Patch::Set(Some(name("Anna Ä"))),
        locale: text("de-DE"),
        time_zone: text("Europe/Berlin"),
        active: Patch::Set(false),
        extra: Patch::Set(("kibo".into(), Some(json!({ "optInToEmail": true })))),
        external_ids: vec![external_id("", Some("ext 1"))],
        grants: Patch::Set(vec![grant(1, None), grant(1, Some(7)), grant(3, Some(7))]),
        ..UserPatch::default()
    };
    let made = create(&w, full.clone()).await.unwrap();
    let fields = &made.user.fields;
    let primary = |value: &str| {
        vec![Contact {
            value: value.into(),
            kind: String::new(),
            primary: true,
        }]
    };
    assert_eq!(fields.user_name, "anna");
    assert_eq!(fields.emails, primary("anna@example.com"));
    assert_eq!(fields.phones, primary("+49 1"));
    assert_eq!(fields.family_name, Some(name("Ä")));
    assert_eq!(fields.extras["kibo"], json!({ "optInToEmail": true }));
    assert!(!fields.active);
    let id = ExternalId {
        source: String::new(),
        value: "ext 1".into(),
    };
    assert_eq!(made.external_ids, std::slice::from_ref(&id));
    assert_eq!(made.grants.len(), 3);
    assert_eq!(made.grants[0].role_name, "Reader");
    assert_eq!(
        (made.grants[0].created_at, &made.grants[0].created_by),
        (w.clock.now(), &w.admin.actor)
    );
    for key in [
        UserKey::Id(made.user.id),
        UserKey::Number(made.user.number),
        UserKey::External(id),
    ] {
        assert_eq!(get(&w, key).await.unwrap(), made);
    }

    let position = w.position().await;
    assert_eq!(
        update(&w, &made, full).await.unwrap(),
        made,
        "the same again changes nothing"
    );
    assert_eq!(w.position().await, position);

    let empty = UserPatch {
        user_name: Patch::Set(None),
        primary_email: Patch::Set(None),
        primary_phone: Patch::Set(None),
        given_name: Patch::Set(None),
        middle_name: Patch::Set(None),
        family_name: Patch::Set(None),
        display_name: Patch::Set(None),
        locale: Patch::Set(None),
        time_zone: Patch::Set(None),
        active: Patch::Set(true),
        extra: Patch::Set(("kibo".into(), None)),
        external_ids: vec![external_id("", None)],
        grants: Patch::Set(vec![]),
        ..UserPatch::default()
    };
    let cleared = update(&w, &made, empty).await.unwrap();
    let mut fields = directory::changes::new_user();
    fields.user_name = made.user.id.to_string();
    assert_eq!((cleared.user.fields, cleared.user.version), (fields, 2));
    assert_eq!((cleared.external_ids, cleared.grants), (vec![], vec![]));
    assert_eq!(w.position().await, position + 1);
}

#[tokio::test]
async fn single_members_of_what_a_dialect_alone_knows_are_changed() {
    let w = World::new().await;
    let merged = |value: serde_json::Value| UserPatch {
        extra_members: Patch::Set(("formsonfire".into(), value.as_object().unwrap().clone())),
        ..UserPatch::default()
    };
    let kibo = ("kibo".to_owned(), Some(json!({ "optInToEmail": true })));
    let new = UserPatch {
        extra: Patch::Set(kibo),
        ..merged(json!({ "Country": "US", "Folders": ["a"], "ColorCode": null }))
    };
    let made = create(&w, new).await.unwrap();
    let extras = |view: &UserView| json!(view.user.fields.extras);
    let kibo = json!({ "optInToEmail": true });
    assert_eq!(
        extras(&made),
        json!({ "kibo": kibo, "formsonfire": { "Country": "US", "Folders": ["a"] } })
    );
    let position = w.position().await;
    let change = || merged(json!({ "Country": null, "Folders": [], "Type": "Premium", "Unknown": null }));
    let changed = update(&w, &made, change()).await.unwrap();
    assert_eq!(
        extras(&changed),
        json!({ "kibo": kibo, "formsonfire": { "Folders": [], "Type": "Premium" } })
    );
    assert_eq!(update(&w, &made, change()).await.unwrap(), changed);
    let cleared = update(&w, &made, merged(json!({ "Folders": null, "Type": null })))
        .await
        .unwrap();
    assert_eq!(extras(&cleared), json!({ "kibo": kibo }));
    assert_eq!(
        update(&w, &made, merged(json!({ "Type": null }))).await.unwrap(),
        cleared
    );
    assert_eq!(w.position().await, position + 2);

    let refused = update(&w, &made, merged(json!({ "Metadata": [{ "Key": "\u{0}" }] }))).await;
    assert_eq!(complaints(refused), complaint("extra", "pattern"));
}

#[tokio::test]
async fn the_user_name_falls_back_to_the_email_and_then_to_the_id() {
    let w = World::new().await;
    let email = |value: &str| UserPatch {
        primary_email: text(value),
        ..UserPatch::default()
    };
    let anna = create(&w, email("Anna@Example.com")).await.unwrap();
    assert_eq!(anna.user.fields.user_name, "Anna@Example.com");
    let twin = create(&w, email("anna@example.com")).await.unwrap();
    assert_eq!(
        twin.user.fields.user_name,
        twin.user.id.to_string(),
        "the address is taken as a name"
    );
    let nobody = create(&w, UserPatch::default()).await.unwrap();
    assert_eq!(nobody.user.fields.user_name, nobody.user.id.to_string());

    // A new address is no new name, unless the name is asked for.
    let moved = update(&w, &anna, email("new@example.com")).await.unwrap();
    assert_eq!(moved.user.fields.user_name, "Anna@Example.com");
    let asked = UserPatch {
        user_name: Patch::Set(None),
        ..email("newer@example.com")
    };
    assert_eq!(
        update(&w, &anna, asked).await.unwrap().user.fields.user_name,
        "newer@example.com"
    );
    let asked = UserPatch {
        user_name: Patch::Set(None),
        ..email("NEWER@example.com")
    };
    assert_eq!(
        update(&w, &anna, asked).await.unwrap().user.fields.user_name,
        "NEWER@example.com"
    );
}

#[tokio::test]
async fn what_must_be_unique_is() {
    let w = World::new().await;
    let id = |source: &str| UserPatch {
        external_ids: vec![external_id(source, Some("1"))],
        ..UserPatch::default()
    };
    create(
        &w,
        UserPatch {
            user_name: text("Anna"),
            ..id("erp")
        },
    )
    .await
    .unwrap();
    let bert = create(
        &w,
        UserPatch {
            user_name: text("bert"),
            ..id("crm")
        },
    )
    .await
    .unwrap();
    let exists = |field| {
        Err(Error::Exists {
            kind: Kind::User,
            field,
        })
    };
    let position = w.position().await;
    let name = UserPatch {
        user_name: text("ANNA"),
        ..UserPatch::default()
    };
    assert_eq!(create(&w, name.clone()).await, exists("userName"));
    assert_eq!(update(&w, &bert, name).await, exists("userName"));
    assert_eq!(create(&w, id("erp")).await, exists("externalId"));
    assert_eq!(update(&w, &bert, id("erp")).await, exists("externalId"));
    assert_eq!(w.position().await, position);
    assert_eq!(update(&w, &bert, id("")).await.unwrap().external_ids.len(), 2);
}

#[tokio::test]
async fn grants_are_replaced_and_keep_when_they_were_made() {
    let w = World::new().await;
    let grants = |grants| UserPatch {
        grants: Patch::Set(grants),
        ..UserPatch::default()
    };
    let anna = create(&w, grants(vec![grant(1, None), grant(2, Some(1))]))
        .await
        .unwrap();
    let first = w.clock.now();
    let tagged = Grant {
        tags: vec!["other".into()],
        ..grant(2, Some(1))
    };
    let changed = update(&w, &anna, grants(vec![tagged.clone(), grant(3, None)]))
        .await
        .unwrap();
    let seen: Vec<_> = changed
        .grants
        .iter()
        .map(|view| (view.grant.clone(), view.created_at, view.updated_at))
        .collect();
    let now = w.clock.now();
    assert_eq!(seen, [(tagged, first, now), (grant(3, None), now, now)]);
    assert_eq!(changed.user.version, 2);

    let twice = create(&w, grants(vec![grant(1, None), grant(1, None)])).await;
    assert_eq!(complaints(twice), complaint("grants/1/role", "uniqueItems"));
    let unknown = update(&w, &anna, grants(vec![grant(1, None), grant(99, None)])).await;
    assert_eq!(complaints(unknown), complaint("grants/1/role", "unknown"));
    let nested = NewUser {
        patch: grants(vec![grant(99, None)]),
    };
    let group = NewGroup {
        members: vec![new_member("users/4", nested)],
        ..NewGroup::default()
    };
    let made = directory::groups::create(&w.directory, w.context(), group, NO_PARTS).await;
    assert_eq!(complaints(made), complaint("users/4/grants/0/role", "unknown"));
    assert_eq!(get(&w, UserKey::Id(anna.user.id)).await.unwrap(), changed);
}

#[tokio::test]
async fn refusals_have_their_order() {
    let w = World::new().await;
    let reader = w.caller("default", Access::Reader, None).await;
    let d = &w.directory;
    let anna = w.user("anna").await;
    let key = || UserKey::Id(anna.user.id);
    let bad = || UserPatch {
        locale: text(&"x".repeat(36)),
        ..UserPatch::default()
    };
    let stale = || Some(Precondition::version(2));
    let refused = users::update(d, w.by(&reader), key(), bad(), stale(), USER_ALL).await;
    assert_eq!(complaints(refused), complaint("locale", "maxLength"));
    let refused = users::update(d, w.by(&reader), key(), UserPatch::default(), stale(), USER_ALL).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    assert!(matches!(
        users::delete(d, w.by(&reader), key(), stale()).await,
        Err(Error::Forbidden { .. })
    ));
    let made = users::create(d, w.by(&reader), NewUser::default(), USER_ALL).await;
    assert!(matches!(made, Err(Error::Forbidden { .. })));
    let refused = users::update(d, w.context(), key(), UserPatch::default(), stale(), USER_ALL).await;
    assert_eq!(refused, Err(Error::Stale));
    assert_eq!(
        users::delete(d, w.context(), key(), stale()).await,
        Err(Error::Stale)
    );
    let one = || Some(Precondition::version(1));
    users::delete(d, w.context(), key(), one()).await.unwrap();
    assert_eq!(
        missing(users::delete(d, w.context(), key(), one()).await),
        Kind::User
    );
    assert_eq!(missing(get(&w, key()).await), Kind::User);
}

#[tokio::test]
async fn a_deleted_user_leaves_his_groups() {
    let w = World::new().await;
    let (anna, bert) = (w.user("anna").await, w.user("bert").await);
    let both = || vec![existing(anna.user.id), existing(bert.user.id)];
    let new = |text: &str| NewGroup {
        code: Some(code(text)),
        members: both(),
        owners: vec![anna.user.number],
        ..NewGroup::default()
    };
    w.group(new("member and owner")).await;
    let binned = w.group(new("binned")).await.group;
    w.delete("binned", RecycleBin).await.unwrap();
    w.group_of("neither", &[&bert]).await;
    let owned = NewGroup {
        members: vec![],
        ..new("owner")
    };
    w.group(owned).await;

    let position = w.position().await;
    delete(&w, &anna).await.unwrap();
    assert_eq!(w.position().await, position + 1);
    let left = w.get("member and owner").await.unwrap();
    assert_eq!(shown(&left), [bert.user.number]);
    assert_eq!((left.group.version, left.group.member_count), (2, 1));
    assert_eq!(w.get("owner").await.unwrap().group.version, 2);
    assert_eq!(w.get("neither").await.unwrap().group.version, 1);
    let tenant = w.admin.tenant;
    let rest = w
        .store()
        .read(async |db| store::groups::lock_many(db, tenant, &[binned.number]).await)
        .await;
    assert_eq!(
        rest.unwrap()
            .iter()
            .map(|group| (group.version, group.member_count))
            .next(),
        Some((3, 1))
    );
    let key = GroupKey::Number(left.group.number);
    let owners = w
        .store()
        .read(async |db| store::groups::owners(db, tenant, left.group.number).await)
        .await;
    assert_eq!(owners.unwrap(), []);
    directory::groups::get(&w.directory, &w.admin, &key, GROUP_ALL)
        .await
        .unwrap();
    w.user("anna").await;
}

#[tokio::test]
async fn a_user_with_a_credential_stays() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let (credential, _) = credentials::create(
        &w.directory,
        "default",
        Some("annas".into()),
        Access::Editor,
        Some(anna.user.id),
        None,
    )
    .await
    .unwrap();
    assert_eq!(credential.user, Some(anna.user.id));
    assert!(matches!(delete(&w, &anna).await, Err(Error::Conflict { .. })));
    credentials::revoke(&w.directory, "annas").await.unwrap();
    delete(&w, &anna).await.unwrap();
    let all = credentials::list(&w.directory, None).await.unwrap();
    let annas = all
        .iter()
        .find(|credential| credential.client_id == "annas")
        .unwrap();
    assert_eq!((annas.user, annas.secrets), (None, 0));
    assert!(annas.revoked_at.is_some());
}

#[tokio::test]
async fn who_a_bound_credential_acts_for_is_kept_with_what_he_did() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let editor = w.caller("default", Access::Editor, Some(anna.user.id)).await;
    assert_eq!(editor.actor.user, Some((anna.user.number, anna.user.id)));
    let made = users::create(&w.directory, w.by(&editor), named("bert"), USER_ALL)
        .await
        .unwrap();
    assert_eq!(made.user.created_by, editor.actor);
    credentials::revoke(&w.directory, &editor.actor.client_id)
        .await
        .unwrap();
    delete(&w, &anna).await.unwrap();
    assert_eq!(
        get(&w, UserKey::Id(made.user.id)).await.unwrap().user.created_by,
        editor.actor
    );
}

#[tokio::test]
async fn lists_page() {
    let w = World::new().await;
    for name in ["cora", "anna", "bert"] {
        w.user(name).await;
    }
    let sort = vec![model::query::Sort {
        field: UserField::UserName,
        descending: false,
    }];
    let query = ListQuery {
        filter: vec![],
        sort,
        start: 1,
        limit: 5,
    };
    let page = users::list(&w.directory, &w.admin, &query, USER_ALL)
        .await
        .unwrap();
    let names: Vec<_> = page
        .items
        .iter()
        .map(|view| view.user.fields.user_name.as_str())
        .collect();
    assert_eq!((page.total, names), (3, vec!["bert", "cora"]));
}
