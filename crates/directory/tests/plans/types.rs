//! Group types, the groups of types that users are in, renames, look-ups.

use crate::{World, named};
use directory::groups::Rename;
use directory::{credentials, group_types, groups, users};
use model::Patch;
use model::group_types::{GroupType, GroupTypeFields, Person, TypedEntry, TypedGroups};
use model::text::Name;
use model::users::{Contact, NewUser, UserGroupParts, UserKey, UserParts, UserPatch};

const TYPED: UserParts = UserParts {
    external_ids: true,
    grants: false,
    groups: UserGroupParts::Typed,
    parent: false,
};

fn name(text: &str) -> Name {
    Name::parse("name", text).unwrap()
}

fn typed(names: &[&str], keep_others: bool) -> Patch<TypedGroups> {
    let entries = names.iter().map(|text| TypedEntry {
        field: String::new(),
        group_type: "Household".to_owned(),
        name: name(text),
    });
    let entries = entries.collect();
    Patch::Set(TypedGroups { entries, keep_others })
}

pub async fn write(w: &World) {
    w.statements.clear();
    let d = &w.directory;
    let new = ["Household", "Team"].map(|text| GroupTypeFields {
        name: name(text),
        is_default: text == "Team",
        ..GroupTypeFields::default()
    });
    let types = group_types::create(d, w.context(), new.to_vec()).await.unwrap();
    let change = |known: &GroupType| {
        Ok(GroupTypeFields {
            is_default: true,
            ..known.fields.clone()
        })
    };
    group_types::change(d, w.context(), types[0].number, change)
        .await
        .unwrap();
    let contact = |value: &str| Contact {
        value: value.to_owned(),
        kind: "Home".to_owned(),
        primary: true,
    };
    let patch = UserPatch {
        emails: Patch::Set(vec![contact("jo@example.com")]),
        phones: Patch::Set(vec![contact("1")]),
        typed_groups: typed(&["Smith", "Jones"], false),
        ..named("jo")
    };
    let user = users::create(d, w.context(), NewUser { patch }, TYPED)
        .await
        .unwrap();
    let key = UserKey::Number(user.user.number);
    let change = |_: &model::users::UserView| {
        Ok(UserPatch {
            typed_groups: typed(&["Smith", "Miller"], false),
            ..UserPatch::default()
        })
    };
    users::revise(d, w.context(), key, None, TYPED, change)
        .await
        .unwrap();
    for new in ["Adams", "Miller"] {
        let old = if new == "Adams" { "Smith" } else { "Adams" };
        let rename = Rename {
            group_type: "Household".to_owned(),
            old: old.to_owned(),
            new: name(new),
            merge: true,
        };
        groups::rename(d, w.context(), rename).await.unwrap();
    }
}

pub async fn read(w: &World) {
    w.statements.clear();
    let d = &w.directory;
    let types = group_types::list(d, &w.admin).await.unwrap();
    let first = types[0].number;
    group_types::get(d, &w.admin, first).await.unwrap();
    group_types::names(d, &w.admin, None).await.unwrap();
    group_types::names(d, &w.admin, Some(first)).await.unwrap();
    let (email, phone) = ("jo@example.com".to_owned(), "1".to_owned());
    let kind = Some("home".to_owned());
    for person in [
        Person::Number(model::ids::UserNumber::new(1).unwrap()),
        Person::Email {
            value: email,
            kind: None,
        },
        Person::Phone { value: phone, kind },
    ] {
        for group in [None, Some("Miller")] {
            group_types::sharing(d, &w.admin, &person, "Household", group, TYPED)
                .await
                .unwrap();
        }
    }
    credentials::authenticate_proof(d, "admin", |_| true)
        .await
        .unwrap();
}
