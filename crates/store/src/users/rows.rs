//! Users as rows.

use crate::entities::user_account::{ActiveModel, Model};
use crate::rows::{actor, actor_columns, tenant_number, user_number};
use model::ids::UserId;
use model::text::{self, Name};
use model::users::{Contact, User, UserFields};
use model::{Actor, Error, Instant, Result};
use sea_orm::ActiveValue::Set;

/// A stored user.
pub fn user(row: Model, emails: Vec<Contact>, phones: Vec<Contact>) -> Result<User> {
    let extras = [
        ("formsonfire", row.extra_formsonfire),
        ("kibo", row.extra_kibo),
        ("mypreferences", row.extra_mypreferences),
        ("propeller", row.extra_propeller),
        ("taleolearn", row.extra_taleolearn),
    ];
    Ok(User {
        number: user_number(row.number)?,
        id: UserId(row.id),
        tenant: tenant_number(row.tenant)?,
        fields: UserFields {
            user_name: row.user_name,
            emails,
            phones,
            given_name: row.given_name.map(Name::stored),
            middle_name: row.middle_name.map(Name::stored),
            family_name: row.family_name.map(Name::stored),
            display_name: row.display_name.map(Name::stored),
            locale: row.locale,
            time_zone: row.time_zone,
            active: row.active,
            extras: extras
                .into_iter()
                .filter_map(|(dialect, value)| Some((dialect.to_owned(), value?)))
                .collect(),
        },
        version: row.version,
        created_at: row.created_at,
        created_by: actor(row.created_by, row.created_by_user, row.created_by_user_id),
        updated_at: row.updated_at,
        updated_by: actor(row.updated_by, row.updated_by_user, row.updated_by_user_id),
    })
}

/// The columns that a write may change.
pub fn changeable(user: &User) -> Result<ActiveModel> {
    let mut row = of_fields(&user.fields)?;
    row.version = Set(user.version);
    updated(&mut row, user.updated_at, &user.updated_by);
    Ok(row)
}

/// When and by whom a row was last changed.
pub fn updated(row: &mut ActiveModel, at: Instant, by: &Actor) {
    let (client, user, user_id) = actor_columns(by);
    row.updated_at = Set(at);
    row.updated_by = Set(client);
    row.updated_by_user = Set(user);
    row.updated_by_user_id = Set(user_id);
}

/// Given and family name with one space between, or the one that there is.
fn full_name(fields: &UserFields) -> Option<String> {
    let names = [&fields.given_name, &fields.family_name];
    let names: Vec<&str> = names.into_iter().flatten().map(Name::as_str).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// What a user says about himself, but for the rows of his contacts.
pub fn of_fields(fields: &UserFields) -> Result<ActiveModel> {
    let name = |name: &Option<Name>| Set(name.as_ref().map(|name| name.as_str().to_owned()));
    let primary = fields.emails.iter().find(|email| email.primary);
    let mut row = ActiveModel {
        user_name: Set(fields.user_name.clone()),
        user_name_folded: Set(text::fold(&fields.user_name)),
        given_name: name(&fields.given_name),
        middle_name: name(&fields.middle_name),
        family_name: name(&fields.family_name),
        display_name: name(&fields.display_name),
        given_name_folded: Set(fields.given_name.as_ref().map(Name::folded)),
        family_name_folded: Set(fields.family_name.as_ref().map(Name::folded)),
        full_name_folded: Set(full_name(fields).as_deref().map(text::fold)),
        locale: Set(fields.locale.clone()),
        locale_folded: Set(fields.locale.as_deref().map(text::fold)),
        time_zone: Set(fields.time_zone.clone()),
        active: Set(fields.active),
        extra_formsonfire: Set(None),
        extra_kibo: Set(None),
        extra_mypreferences: Set(None),
        extra_propeller: Set(None),
        extra_taleolearn: Set(None),
        sort_email: Set(primary.map(|email| text::fold(&email.value))),
        ..Default::default()
    };
    for (dialect, value) in &fields.extras {
        let column = match dialect.as_str() {
            "formsonfire" => &mut row.extra_formsonfire,
            "kibo" => &mut row.extra_kibo,
            "mypreferences" => &mut row.extra_mypreferences,
            "propeller" => &mut row.extra_propeller,
            "taleolearn" => &mut row.extra_taleolearn,
            _ => {
                let text = format!("users have no column for what `{dialect}` alone knows");
                return Err(Error::internal(text));
            }
        };
        *column = Set(Some(value.clone()));
    }
    Ok(row)
}
