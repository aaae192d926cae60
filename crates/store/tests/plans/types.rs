//! Group types, and who shares groups of one.

use crate::{PARTS, actor, at, name};
use model::Result;
use model::group_types::{GroupType, GroupTypeFields, Person};
use model::ids::{GroupTypeNumber, TenantNumber, UserNumber};
use model::users::{UserGroupParts, UserParts};
use store::group_types::GroupTypeDraft;
use store::{Db, group_types, members, users};

pub async fn writes(tx: &Db, tenant: TenantNumber) -> Result<GroupType> {
    let draft = GroupTypeDraft {
        tenant,
        fields: GroupTypeFields {
            name: name("Household"),
            ..GroupTypeFields::default()
        },
        at: at(),
        by: actor(),
    };
    let made = group_types::insert(tx, draft).await?;
    let mut inactive = made.clone();
    inactive.fields.active = false;
    group_types::update(tx, &made, &inactive).await?;
    Ok(made)
}

pub async fn single_reads(db: &Db, tenant: TenantNumber, user: UserNumber) -> Result<()> {
    let of = GroupTypeNumber::new(1).unwrap();
    group_types::list(db, tenant).await?;
    group_types::find(db, tenant, "a").await?;
    group_types::get(db, tenant, of).await?;
    group_types::lock(db, tenant, of).await?;
    group_types::count(db, tenant).await?;
    group_types::default(db, tenant).await?;
    for of in [None, Some(of)] {
        for untyped in [None, GroupTypeNumber::new(1)] {
            group_types::names(db, tenant, of, untyped, 10).await?;
        }
    }
    let (email, phone) = ("a@b".to_owned(), "1".to_owned());
    let kind = Some("home".to_owned());
    for person in [
        Person::Number(user),
        Person::Email {
            value: email,
            kind: None,
        },
        Person::Phone { value: phone, kind },
    ] {
        members::exists(db, tenant, &person).await?;
        for name in [None, Some("a")] {
            for untyped in [false, true] {
                members::sharing(db, tenant, &person, of, untyped, name, 51).await?;
            }
        }
    }
    Ok(())
}

pub async fn reads_of_many(db: &Db, tenant: TenantNumber, users: &[UserNumber]) -> Result<()> {
    let of = GroupTypeNumber::new(1).unwrap();
    let names = vec!["a".to_owned(); users.len()];
    group_types::folded(db, tenant, &names).await?;
    for untyped in [false, true] {
        group_types::groups(db, tenant, of, untyped, &names).await?;
    }
    let typed = UserParts {
        groups: UserGroupParts::Typed,
        ..PARTS
    };
    users::views(db, tenant, users, typed).await.map(drop)
}
