use super::*;
use crate::groups::{ExternalId, GroupEntry, GroupRef, MAX_EXTERNAL_IDS};
use crate::ids::RoleNumber;
use crate::roles::{Resource, Scope};
use serde_json::{Map, json};

fn set(text: impl Into<String>) -> Patch<Option<String>> {
    Patch::Set(Some(text.into()))
}

fn grant(scope: Option<Scope>) -> Grant {
    Grant {
        role: RoleNumber::new(1).unwrap(),
        scope,
        resources: Vec::new(),
        tags: Vec::new(),
    }
}

fn external_id(source: &str, value: &str) -> ExternalIdChange {
    ExternalIdChange {
        source: source.into(),
        value: Some(value.into()),
    }
}

fn places(violations: &[Violation]) -> Vec<(&str, &str)> {
    violations
        .iter()
        .map(|violation| (violation.field.as_str(), violation.rule))
        .collect()
}

#[test]
fn nothing_said_is_nothing_wrong() {
    assert_eq!(GroupPatch::default().violations(), []);
    assert_eq!(NewGroup::default().violations(), []);
    assert_eq!(UserPatch::default().violations("users/1/"), []);
}

#[test]
fn groups() {
    let patch = GroupPatch {
        description: set("x".repeat(MAX_DESCRIPTION + 1)),
        office: set("\u{1}"),
        notes: set("fine\n"),
        ..GroupPatch::default()
    };
    assert_eq!(
        places(&patch.violations()),
        [("description", "maxLength"), ("office", "pattern")]
    );
    let owners = vec![UserNumber::new(1).unwrap(); MAX_OWNERS + 1];
    let change = GroupChange {
        owners: Some(owners.clone()),
        ..GroupChange::default()
    };
    assert_eq!(places(&change.violations()), [("owners", "maxItems")]);
    let group = NewGroup {
        owners,
        ..NewGroup::default()
    };
    assert_eq!(places(&group.violations()), [("owners", "maxItems")]);
    let id = |source: &str, value: &str| ExternalId {
        source: source.into(),
        value: value.into(),
    };
    let group = NewGroup {
        external_ids: vec![id("erp", "1"), id("", ""), id("erp", "2")],
        ..NewGroup::default()
    };
    let found = group.violations();
    assert_eq!(
        places(&found),
        [("externalIds/1", "minLength"), ("externalIds/2", "uniqueItems")]
    );
}

#[test]
fn changes_of_groups() {
    let change = |value: &str| GroupChange {
        patch: GroupPatch {
            office: set("\u{1}"),
            ..GroupPatch::default()
        },
        external_ids: vec![external_id("", value)],
        ..GroupChange::default()
    };
    let long = "x".repeat(MAX_SHORT + 1);
    for (value, rule) in [("", "minLength"), (long.as_str(), "maxLength")] {
        assert_eq!(
            places(&change(value).violations()),
            [("office", "pattern"), ("externalIds/0", rule)]
        );
    }
    assert_eq!(GroupChange::default().violations(), []);
}

#[test]
fn groups_and_single_members_of_users() {
    let entry = GroupEntry {
        field: "Groups/0".into(),
        group: GroupRef::Name("a".into()),
        or: None,
    };
    let with = |count| UserPatch {
        groups: Patch::Set(vec![entry.clone(); count]),
        ..UserPatch::default()
    };
    assert_eq!(with(MAX_USER_GROUPS).violations(""), []);
    assert_eq!(
        places(&with(MAX_USER_GROUPS + 1).violations("users/0/")),
        [("users/0/groups", "maxItems")]
    );
    let with = |name: &str, value| UserPatch {
        extra_members: Patch::Set(("kibo".into(), Map::from_iter([(name.to_owned(), value)]))),
        ..UserPatch::default()
    };
    assert_eq!(with("a", json!(null)).violations(""), []);
    for bad in [with("\u{1}", json!(null)), with("a", json!({"b": ["\u{0}"]}))] {
        assert_eq!(places(&bad.violations("")), [("extra", "pattern")]);
    }
}

#[test]
fn users() {
    let patch = UserPatch {
        user_name: set(""),
        primary_email: set("x".repeat(MAX_EMAIL + 1)),
        primary_phone: set("x".repeat(MAX_PHONE)),
        locale: set("x".repeat(MAX_LOCALE + 1)),
        extra: Patch::Set(("kibo".into(), Some(json!({"a": ["\u{0}"]})))),
        external_ids: vec![
            external_id("crm", "1"),
            external_id("", ""),
            external_id("crm", "2"),
        ],
        ..UserPatch::default()
    };
    assert_eq!(
        places(&patch.violations("users/0/")),
        [
            ("users/0/userName", "minLength"),
            ("users/0/primaryEmail", "maxLength"),
            ("users/0/locale", "maxLength"),
            ("users/0/extra", "pattern"),
            ("users/0/externalIds/1", "minLength"),
            ("users/0/externalIds/2", "uniqueItems"),
        ]
    );
    let with = |count: usize| UserPatch {
        external_ids: (0..count).map(|i| external_id(&i.to_string(), "1")).collect(),
        ..UserPatch::default()
    };
    assert_eq!(with(MAX_EXTERNAL_IDS).violations(""), []);
    assert_eq!(
        places(&with(MAX_EXTERNAL_IDS + 1).violations("")),
        [("externalIds", "maxItems")]
    );
}

#[test]
fn grants_of_a_user() {
    let long = Some("x".repeat(MAX_SHORT + 1));
    let scope = |kind| {
        Some(Scope {
            kind,
            ..Scope::default()
        })
    };
    let patch = UserPatch {
        grants: Patch::Set(vec![
            grant(None),
            grant(scope(long.clone())),
            grant(None),
            Grant {
                tags: vec![String::new(); MAX_GRANT_ITEMS + 1],
                ..grant(scope(None))
            },
            Grant {
                resources: vec![Resource { kind: None, id: long }],
                ..grant(scope(Some("site".into())))
            },
        ]),
        ..UserPatch::default()
    };
    assert_eq!(
        places(&patch.violations("")),
        [
            ("grants/1/scope/kind", "maxLength"),
            ("grants/2/role", "uniqueItems"),
            ("grants/3/tags", "maxItems"),
            ("grants/4/resources", "maxLength"),
        ]
    );
    let many = UserPatch {
        grants: Patch::Set(vec![grant(None); MAX_GRANTS + 1]),
        ..UserPatch::default()
    };
    assert_eq!(places(&many.violations("")), [("grants", "maxItems")]);
}

#[test]
fn contacts_and_groups_of_types() {
    use crate::group_types::{TypedEntry, TypedGroups};
    use crate::text::Name;
    let contact = |value: &str, kind: &str| Contact {
        value: value.into(),
        kind: kind.into(),
        primary: true,
    };
    let entry = |name: &str| TypedEntry {
        field: "Groups/0".into(),
        group_type: "Household".into(),
        name: Name::stored(name.into()),
    };
    let patch = UserPatch {
        emails: Patch::Set(vec![
            contact("", &"x".repeat(MAX_KIND + 1)),
            contact(&"x".repeat(MAX_EMAIL), "home"),
        ]),
        phones: Patch::Set(vec![contact("1", ""); MAX_CONTACTS + 1]),
        groups: Patch::Set(vec![]),
        typed_groups: Patch::Set(TypedGroups {
            entries: vec![entry(""); MAX_USER_GROUPS + 1],
            keep_others: true,
        }),
        ..UserPatch::default()
    };
    let found = patch.violations("");
    assert_eq!(
        places(&found)[..7],
        [
            ("emails/0/value", "minLength"),
            ("emails/0/kind", "maxLength"),
            ("emails", "conflict"),
            ("phones", "maxItems"),
            ("groups", "unsupported"),
            ("typedGroups", "maxItems"),
            ("Groups/0", "minLength"),
        ]
    );
}
