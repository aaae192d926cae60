use crate::support::*;
use directory::groups::Deletion::{ForGood, RecycleBin};
use directory::{Precondition, groups};
use model::error::Kind;
use model::groups::{
    ExternalId, GroupFields, GroupKey, GroupPatch, Members, NewGroup, OrderListAllowAll, SelfService, Status,
};
use model::ids::{GroupNumber, GroupTypeNumber, UserNumber};
use model::query::{Comparison, GroupField, ListQuery, Operator, Sort, Value};
use model::{Access, Error, Instant, Patch};

fn external(source: &str, value: &str) -> ExternalId {
    ExternalId {
        source: source.to_owned(),
        value: value.to_owned(),
    }
}

fn of_code(text: &str) -> NewGroup {
    NewGroup {
        code: Some(code(text)),
        ..NewGroup::default()
    }
}

#[tokio::test]
async fn a_new_group_has_defaults_and_its_id_as_code() {
    let w = World::new().await;
    let made = w.group(NewGroup::default()).await;
    let group = &made.group;
    assert_eq!(group.code.as_str(), group.id.to_string());
    assert_eq!(group.fields, GroupFields::default());
    assert_eq!(
        (group.version, group.member_count, group.deleted_at),
        (1, 0, None)
    );
    assert_eq!(
        (group.created_at, group.updated_at),
        (w.clock.now(), w.clock.now())
    );
    assert_eq!(
        (&group.created_by, &group.updated_by),
        (&w.admin.actor, &w.admin.actor)
    );
    for key in [
        GroupKey::Number(group.number),
        GroupKey::Id(group.id),
        GroupKey::Code(group.code.clone()),
    ] {
        assert_eq!(
            groups::get(&w.directory, &w.admin, &key, GROUP_ALL)
                .await
                .unwrap(),
            made
        );
    }
}

#[tokio::test]
async fn every_field_is_kept() {
    let w = World::new().await;
    let parent = w.group(NewGroup::default()).await.group.number;
    let household = w.group_type("Household").await;
    let at = |micros| Instant::from_timestamp_micros(micros).unwrap();
    let text = |text: &str| Patch::Set(Some(text.to_owned()));
    let full = GroupPatch {
        name: Patch::Set(name("Näme")),
        description: text("description\n"),
        parent: Patch::Set(Some(GroupKey::Number(parent))),
        group_type: Patch::Set(Some(household.number)),
        status: Patch::Set(Status::Inactive),
        active_from: Patch::Set(Some(at(1_234_567))),
        active_until: Patch::Set(Some(at(9_876_543_210))),
        language: text("de"),
        company: text("company"),
        department: text("department"),
        office: text("office"),
        notes: text("notes"),
        inherit_product_list: Patch::Set(false),
        inherit_order_list: Patch::Set(false),
        budget: Patch::Set(model::groups::Budget::H),
        budget_inherit: Patch::Set(false),
        order_list_allow_all: Patch::Set(OrderListAllowAll::P),
        only_owners_edit: Patch::Set(true),
        self_service: Patch::Set(SelfService::RequiresApproval),
        scope_type_id: Patch::Set(Some(i32::MAX)),
        scope_id: Patch::Set(Some(i32::MIN)),
    };
    let mut expected = GroupFields::default();
    full.clone().apply(&mut expected);
    expected.parent = Some(parent);
    let new = NewGroup {
        patch: full.clone(),
        ..of_code("full")
    };
    assert_eq!(w.group(new).await.group.fields, expected);

    w.group(of_code("later")).await;
    let twin = GroupPatch {
        name: Patch::Set(name("another name")),
        ..full
    };
    let updated = w.update("later", patch(twin)).await.unwrap();
    assert_eq!(
        updated.group.fields,
        GroupFields {
            name: name("another name"),
            ..expected
        }
    );
    assert_eq!(updated.group.version, 2);
    assert_eq!(updated, w.get("later").await.unwrap());
}

#[tokio::test]
async fn what_must_be_unique_is() {
    let w = World::new().await;
    let household = w.group_type("Household").await;
    let typed = |group_code: &str, text: &str| NewGroup {
        patch: GroupPatch {
            name: Patch::Set(name(text)),
            group_type: Patch::Set(Some(household.number)),
            ..GroupPatch::default()
        },
        external_ids: vec![external("erp", group_code)],
        ..of_code(group_code)
    };
    w.group(typed("a", "Smith")).await;
    let exists = |field| {
        Err(Error::Exists {
            kind: Kind::Group,
            field,
        })
    };
    let create = async |new| groups::create(&w.directory, w.context(), new, NO_PARTS).await;
    assert_eq!(create(of_code("a")).await, exists("code"));
    assert_eq!(create(typed("b", "SMITH")).await, exists("name"));
    let same_id = NewGroup {
        external_ids: vec![external("erp", "a")],
        ..of_code("b")
    };
    assert_eq!(create(same_id).await, exists("externalId"));

    let position = w.position().await;
    assert_eq!(missing(w.get("b").await), Kind::Group, "nothing is half-made");
    // The same without a type, in another letter case, from another source, is no duplicate.
    create(of_code("A")).await.unwrap();
    let untyped = GroupPatch {
        name: Patch::Set(name("Smith")),
        ..GroupPatch::default()
    };
    create(NewGroup {
        patch: untyped,
        external_ids: vec![external("crm", "a"), external("", "a")],
        ..of_code("b")
    })
    .await
    .unwrap();
    assert_eq!(w.position().await, position + 2);
}

#[tokio::test]
async fn input_is_refused_before_rights_and_objects() {
    let w = World::new().await;
    let reader = w.caller("default", Access::Reader, None).await;
    let long = GroupPatch {
        notes: Patch::Set(Some("x".repeat(4001))),
        ..GroupPatch::default()
    };
    let new = NewGroup {
        patch: long.clone(),
        members: vec![new_member("users/0", named(""))],
        ..NewGroup::default()
    };
    let both = vec![
        ("notes".to_owned(), "maxLength"),
        ("users/0/userName".to_owned(), "minLength"),
    ];
    assert_eq!(
        complaints(groups::create(&w.directory, w.by(&reader), new, NO_PARTS).await),
        both
    );
    let update = groups::update(
        &w.directory,
        w.by(&reader),
        by_code("no"),
        patch(long),
        None,
        NO_PARTS,
    );
    assert_eq!(complaints(update.await), complaint("notes", "maxLength"));
    let rights = groups::create(&w.directory, w.by(&reader), NewGroup::default(), NO_PARTS).await;
    assert!(matches!(rights, Err(Error::Forbidden { .. })));
    let rights = groups::delete(&w.directory, w.by(&reader), by_code("no"), None, ForGood).await;
    assert!(
        matches!(rights, Err(Error::Forbidden { .. })),
        "rights come before the object"
    );
}

#[tokio::test]
async fn references_must_exist() {
    let w = World::new().await;
    let create = async |new| complaints(groups::create(&w.directory, w.context(), new, NO_PARTS).await);
    let fields = |patch| NewGroup {
        patch,
        ..NewGroup::default()
    };
    let nowhere = GroupNumber::new(99).unwrap();
    let parent = GroupPatch {
        parent: Patch::Set(Some(GroupKey::Number(nowhere))),
        ..GroupPatch::default()
    };
    assert_eq!(create(fields(parent)).await, complaint("parent", "unknown"));
    let kind = Patch::Set(Some(GroupTypeNumber::new(99).unwrap()));
    let typed = GroupPatch {
        group_type: kind,
        ..GroupPatch::default()
    };
    assert_eq!(create(fields(typed)).await, complaint("groupType", "unknown"));
    let user = w.user("anna").await.user.number;
    let owners = vec![user, UserNumber::new(99).unwrap()];
    let owned = NewGroup {
        owners,
        ..NewGroup::default()
    };
    assert_eq!(create(owned).await, complaint("owners/1", "unknown"));
}

#[tokio::test]
async fn a_parent_is_never_a_descendant() {
    let w = World::new().await;
    let parent = |parent: Option<GroupNumber>| GroupPatch {
        parent: Patch::Set(parent.map(GroupKey::Number)),
        ..GroupPatch::default()
    };
    let a = w.group(of_code("a")).await.group.number;
    let b = w
        .group(NewGroup {
            patch: parent(Some(a)),
            ..of_code("b")
        })
        .await
        .group
        .number;
    let c = w
        .group(NewGroup {
            patch: parent(Some(b)),
            ..of_code("c")
        })
        .await
        .group
        .number;
    for descendant in [a, b, c] {
        let refused = w.update("a", patch(parent(Some(descendant)))).await;
        assert_eq!(complaints(refused), complaint("parent", "conflict"));
    }
    w.update("c", patch(parent(Some(a)))).await.unwrap();
    w.update("b", patch(parent(Some(c)))).await.unwrap();
    w.update("b", patch(parent(None))).await.unwrap();
    assert_eq!(w.get("c").await.unwrap().group.fields.parent, Some(a));
}

#[tokio::test]
async fn a_change_that_changes_nothing_leaves_no_trace() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let made = w.group_of("a", &[&anna]).await;
    let position = w.position().await;
    // What the store keeps is microseconds, so nanoseconds are no change.
    let from = Instant::from_timestamp_nanos(1_234_567_000);
    let dated = GroupPatch {
        active_from: Patch::Set(Some(from)),
        ..GroupPatch::default()
    };
    let dated = w.update("a", patch(dated)).await.unwrap();
    assert_eq!((dated.group.version, w.position().await), (2, position + 1));
    let later = Instant::from_timestamp_nanos(1_234_567_999);
    for change in [
        patch(GroupPatch::default()),
        patch(GroupPatch {
            name: Patch::Set(name("")),
            ..GroupPatch::default()
        }),
        patch(GroupPatch {
            active_from: Patch::Set(Some(later)),
            ..GroupPatch::default()
        }),
        members(vec![existing(anna.user.id)]),
    ] {
        assert_eq!(w.update("a", change).await.unwrap(), dated);
    }
    assert_eq!(w.add("a", vec![existing(anna.user.id)]).await.unwrap(), dated);
    let bert = w.user("bert").await;
    w.remove("a", &[&bert]).await.unwrap();
    assert_eq!(w.get("a").await.unwrap(), dated);
    assert_eq!(
        w.position().await,
        position + 2,
        "only the date and the second user"
    );
    assert_eq!(made.members, dated.members);
}

#[tokio::test]
async fn a_stale_version_is_refused() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    w.group(of_code("a")).await;
    let (d, key) = (&w.directory, || by_code("a"));
    let seen = |version| Some(Precondition::version(version));
    let named = |text: &str| {
        patch(GroupPatch {
            name: Patch::Set(name(text)),
            ..GroupPatch::default()
        })
    };
    groups::update(d, w.context(), key(), named("one"), seen(1), NO_PARTS)
        .await
        .unwrap();
    let entries = || vec![existing(anna.user.id)];
    let position = w.position().await;
    assert_eq!(
        groups::update(d, w.context(), key(), named("two"), seen(1), NO_PARTS).await,
        Err(Error::Stale)
    );
    assert_eq!(
        groups::add_members(d, w.context(), key(), entries(), seen(1), NO_PARTS).await,
        Err(Error::Stale)
    );
    assert_eq!(
        groups::remove_members(d, w.context(), key(), vec![], seen(1)).await,
        Err(Error::Stale)
    );
    assert_eq!(
        groups::delete(d, w.context(), key(), seen(1), ForGood).await,
        Err(Error::Stale)
    );
    assert_eq!(w.position().await, position);
    let added = groups::add_members(d, w.context(), key(), entries(), seen(2), NO_PARTS)
        .await
        .unwrap();
    assert_eq!((added.group.version, added.members), (3, Members::Unread));
    groups::delete(d, w.context(), key(), seen(3), ForGood)
        .await
        .unwrap();
    let either = Some(Precondition { versions: vec![1, 5] });
    w.group(of_code("a")).await;
    groups::delete(d, w.context(), key(), either, ForGood)
        .await
        .unwrap();
}

#[tokio::test]
async fn only_owners_and_admins_change_a_group_that_says_so() {
    let w = World::new().await;
    let owner = w.user("owner").await;
    let owner_editor = w.caller("default", Access::Editor, Some(owner.user.id)).await;
    let editor = w.caller("default", Access::Editor, None).await;
    let locked = GroupPatch {
        only_owners_edit: Patch::Set(true),
        ..GroupPatch::default()
    };
    let new = NewGroup {
        patch: locked,
        owners: vec![owner.user.number],
        ..of_code("a")
    };
    w.group(new).await;
    let d = &w.directory;
    let named = |text: &str| {
        patch(GroupPatch {
            name: Patch::Set(name(text)),
            ..GroupPatch::default()
        })
    };
    let position = w.position().await;

    let key = || by_code("a");
    let stale = Some(Precondition::version(9));
    let refusals = [
        groups::update(d, w.by(&editor), key(), named("x"), stale, NO_PARTS)
            .await
            .map(drop),
        groups::add_members(d, w.by(&editor), key(), vec![], None, NO_PARTS)
            .await
            .map(drop),
        groups::remove_members(d, w.by(&editor), key(), vec![], None).await,
        groups::delete(d, w.by(&editor), key(), None, RecycleBin).await,
        groups::delete(d, w.by(&editor), key(), None, ForGood).await,
    ];
    for refusal in refusals {
        assert!(matches!(refusal, Err(Error::Forbidden { .. })), "{refusal:?}");
    }
    assert_eq!(w.position().await, position);
    let shown = groups::get(d, &editor, &key(), NO_PARTS).await.unwrap();
    assert_eq!(shown.group.version, 1);

    groups::update(d, w.by(&owner_editor), key(), named("owner"), None, NO_PARTS)
        .await
        .unwrap();
    w.update("a", named("admin")).await.unwrap();
    let open = GroupPatch {
        only_owners_edit: Patch::Set(false),
        ..GroupPatch::default()
    };
    groups::update(d, w.by(&owner_editor), key(), patch(open), None, NO_PARTS)
        .await
        .unwrap();
    groups::update(d, w.by(&editor), key(), named("editor"), None, NO_PARTS)
        .await
        .unwrap();
}

#[tokio::test]
async fn lists_filter_sort_and_count() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    for text in ["c", "a", "b"] {
        w.group_of(text, &[&anna]).await;
    }
    w.group_of("binned", &[]).await;
    w.delete("binned", RecycleBin).await.unwrap();
    let mut query = ListQuery {
        filter: vec![],
        sort: vec![Sort {
            field: GroupField::Code,
            descending: true,
        }],
        start: 1,
        limit: 1,
    };
    let page = groups::list(&w.directory, &w.admin, &query, GROUP_ALL)
        .await
        .unwrap();
    assert_eq!(page.total, 3);
    assert_eq!(page.items, [w.get("b").await.unwrap()]);
    query.filter = vec![Comparison {
        field: GroupField::Code,
        operator: Operator::NotEqual,
        value: Value::Text("b".into()),
    }];
    let page = groups::list(&w.directory, &w.admin, &query, NO_PARTS)
        .await
        .unwrap();
    assert_eq!((page.total, page.items[0].group.code.as_str()), (2, "a"));
    assert_eq!(page.items[0].members, Members::Unread);
}
