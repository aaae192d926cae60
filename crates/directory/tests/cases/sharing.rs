//! Who shares groups with somebody, and the names of the groups that have members.

use crate::members::exclude;
use crate::support::*;
use crate::typed_groups::{TYPED, typed};
use directory::groups::Deletion::RecycleBin;
use directory::{group_types, tenants, users};
use model::error::Kind;
use model::group_types::{MAX_SHARING, Person, Sharing};
use model::groups::{GroupPatch, NewGroup};
use model::ids::UserNumber;
use model::users::{Contact, NewUser, UserPatch, UserView};
use model::{Access, Patch};

fn contact(value: &str, kind: &str) -> Contact {
    Contact {
        value: value.to_owned(),
        kind: kind.to_owned(),
        primary: false,
    }
}

fn email(value: &str, kind: Option<&str>) -> Person {
    Person::Email {
        value: value.to_owned(),
        kind: kind.map(str::to_owned),
    }
}

fn phone(value: &str, kind: Option<&str>) -> Person {
    Person::Phone {
        value: value.to_owned(),
        kind: kind.map(str::to_owned),
    }
}

/// A user with these addresses and numbers in groups of the type Household.
async fn person(w: &World, address: &str, number: &str, names: &[&str]) -> UserView {
    let entries: Vec<_> = names.iter().map(|text| ("Household", *text)).collect();
    let patch = UserPatch {
        emails: Patch::Set(vec![
            contact(address, "Home"),
            contact("shared@example.com", "Work"),
        ]),
        phones: Patch::Set(vec![contact(number, "Mobile")]),
        ..typed(&entries, false)
    };
    users::create(&w.directory, w.context(), NewUser { patch }, TYPED)
        .await
        .unwrap()
}

async fn found(w: &World, person: &Person, group: Option<&str>) -> Vec<UserNumber> {
    match group_types::sharing(&w.directory, &w.admin, person, "household", group, TYPED).await {
        Ok(Sharing::All(all)) => all.iter().map(|view| view.user.number).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_person_is_found_with_those_of_his_groups() {
    let w = World::new().await;
    w.group_type("Household").await;
    w.group_type("Team").await;
    let jo = person(&w, "Jo@example.com", "+1 (1)", &["Smith", "Jones"])
        .await
        .user
        .number;
    let kim = person(&w, "kim@example.com", "+12", &["Smith"]).await.user.number;
    let max = person(&w, "max@example.com", "+13", &["Jones"]).await.user.number;
    let eve = person(&w, "eve@example.com", "+14", &["Miller"])
        .await
        .user
        .number;
    let alone = person(&w, "alone@example.com", "+15", &[]).await.user.number;
    for meant in [
        Person::Number(jo),
        email("JO@EXAMPLE.COM", None),
        email("jo@example.com", Some("HOME")),
        phone("+1 (1)", None),
        phone("+1 (1)", Some("mobile")),
    ] {
        assert_eq!(found(&w, &meant, None).await, [jo, kim, max], "{meant:?}");
        assert_eq!(found(&w, &meant, Some("SMITH")).await, [jo, kim], "{meant:?}");
        assert!(found(&w, &meant, Some("Miller")).await.is_empty());
    }
    let all = [jo, kim, max, eve];
    assert_eq!(found(&w, &email("shared@example.com", None), None).await, all);
    assert!(found(&w, &Person::Number(alone), None).await.is_empty());
    for nobody in [
        Person::Number(UserNumber::new(99).unwrap()),
        email("no@example.com", None),
        email("jo@example.com", Some("Work")),
        phone("+1(1)", None),
        phone("+1 (1)", Some("Home")),
    ] {
        let sharing = group_types::sharing(&w.directory, &w.admin, &nobody, "Household", None, TYPED).await;
        assert_eq!(sharing, Ok(Sharing::Nobody), "{nobody:?}");
    }
    let meant = Person::Number(jo);
    let unknown = group_types::sharing(&w.directory, &w.admin, &meant, "Club", None, TYPED).await;
    assert_eq!(missing(unknown), Kind::GroupType);
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    let stranger = w.caller("other", Access::Admin, None).await;
    let made = group_types::create(&w.directory, w.by(&stranger), vec![type_named("Household")]).await;
    made.unwrap();
    for meant in [meant, email("jo@example.com", None), phone("+12", None)] {
        let theirs = group_types::sharing(&w.directory, &stranger, &meant, "Household", None, TYPED).await;
        assert_eq!(theirs, Ok(Sharing::Nobody), "another tenant's");
    }
}

#[tokio::test]
async fn there_is_a_ceiling() {
    let w = World::new().await;
    w.group_type("Household").await;
    let first = person(&w, "a@example.com", "1", &["Smith"]).await.user.number;
    for i in 1..MAX_SHARING {
        person(&w, &format!("{i}@example.com"), "1", &["Smith"]).await;
    }
    assert_eq!(found(&w, &Person::Number(first), None).await.len(), MAX_SHARING);
    person(&w, "z@example.com", "1", &["smith"]).await;
    let first = Person::Number(first);
    let over = group_types::sharing(&w.directory, &w.admin, &first, "Household", None, TYPED).await;
    assert_eq!(over, Ok(Sharing::TooMany));
}

#[tokio::test]
async fn names_are_those_of_groups_with_members() {
    let w = World::new().await;
    let household = w.group_type("Household").await;
    let team = w.group_type("Team").await;
    let names = async |of| {
        let shown = group_types::names(&w.directory, &w.admin, of).await.unwrap();
        let shown = shown.unwrap().into_iter().map(|one| {
            let names: Vec<_> = one.names.iter().map(|name| name.as_str().to_owned()).collect();
            (one.group_type.number, names.join(" "))
        });
        shown.collect::<Vec<_>>()
    };
    let jo = person(&w, "jo@example.com", "1", &["Smith", "adams", "Zoe"]).await;
    let patch = GroupPatch {
        name: Patch::Set(name("Out")),
        group_type: Patch::Set(Some(household.number)),
        ..GroupPatch::default()
    };
    let out = NewGroup {
        code: Some(code("out")),
        patch,
        members: vec![existing(jo.user.id)],
        ..NewGroup::default()
    };
    w.group(out).await;
    let all = names(None).await;
    let expected = "adams Out Smith Zoe".to_owned();
    assert_eq!(all, [(household.number, expected), (team.number, String::new())]);
    w.remove("out", &[&jo]).await.unwrap();
    exclude(&w, "out", &jo).await;
    assert_eq!(
        names(Some(household.number)).await,
        [(household.number, "adams Smith Zoe".to_owned())]
    );
    w.add("out", vec![existing(jo.user.id)]).await.unwrap();
    w.delete("out", RecycleBin).await.unwrap();
    let left = typed(&[("Household", "Zoe")], false);
    let key = model::users::UserKey::Number(jo.user.number);
    users::update(&w.directory, w.context(), key, left, None, TYPED)
        .await
        .unwrap();
    assert_eq!(
        names(None).await,
        [(household.number, "Zoe".to_owned()), (team.number, String::new())]
    );
    let nowhere = model::ids::GroupTypeNumber::new(99);
    let missing_type = group_types::names(&w.directory, &w.admin, nowhere).await;
    assert_eq!(missing(missing_type), Kind::GroupType);
}
