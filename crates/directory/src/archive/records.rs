//! The objects of an export as they are written.

use crate::secrets::parse_client_id;
use model::bounds::instant;
use model::group_types::GroupTypeFields;
use model::groups::GroupFields;
use model::ids::{
    CredentialNumber, GroupId, GroupNumber, GroupTypeNumber, RoleNumber, TenantNumber, UserId, UserNumber,
};
use model::items::ItemType;
use model::roles::Grant;
use model::users::UserFields;
use model::{Access, Actor, Instant, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The last number of each kind of object.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Numbers {
    pub tenant: i64,
    pub group_type: i64,
    pub user: i64,
    pub group: i64,
    pub credential: i64,
}

/// What stands before the lists of a tenant.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TenantHead {
    pub number: TenantNumber,
    pub name: String,
    pub created_at: Instant,
    pub aliases: BTreeMap<String, String>,
    pub roles: Vec<RoleRecord>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RoleRecord {
    pub number: RoleNumber,
    pub name: String,
}

/// When and by whom.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Touch {
    pub at: Instant,
    pub by: By,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct By {
    client_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<Person>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Person {
    number: UserNumber,
    id: UserId,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GroupTypeRecord {
    pub number: GroupTypeNumber,
    pub created: Touch,
    pub updated: Touch,
    pub fields: GroupTypeFields,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserRecord {
    pub number: UserNumber,
    pub id: UserId,
    pub version: i64,
    pub created: Touch,
    pub updated: Touch,
    pub fields: UserFields,
    pub external_ids: BTreeMap<String, String>,
    pub grants: Vec<GrantRecord>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GrantRecord {
    pub grant: Grant,
    pub created: Touch,
    pub updated: Touch,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupRecord {
    pub number: GroupNumber,
    pub id: GroupId,
    pub code: String,
    pub version: i64,
    pub created: Touch,
    pub updated: Touch,
    pub deleted_at: Option<Instant>,
    pub fields: GroupFields,
    pub external_ids: BTreeMap<String, String>,
    pub owners: Vec<UserNumber>,
    pub items: Vec<ItemRecord>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRecord {
    pub kind: ItemType,
    pub id: String,
    pub retain: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MembershipRecord {
    pub group: GroupNumber,
    pub user: UserNumber,
    pub excluded: bool,
    pub is_parent: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CredentialRecord {
    pub number: CredentialNumber,
    pub client_id: String,
    pub access: Access,
    pub user: Option<UserId>,
    pub created_at: Instant,
    pub revoked_at: Option<Instant>,
    /// Never exported; a file may name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventRecord {
    pub position: i64,
    pub at: Instant,
    pub by: By,
    pub dialect: String,
    pub operation: String,
    pub request: Uuid,
    pub changes: Vec<ChangeRecord>,
    pub digest: String,
}

/// Values are texts of JSON, exactly as they were digested; digests and salts are hexadecimal.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRecord {
    pub kind: String,
    pub number: i64,
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    pub digest: String,
}

impl From<&Actor> for By {
    fn from(actor: &Actor) -> Self {
        Self {
            client_id: actor.client_id.clone(),
            user: actor.user.map(|(number, id)| Person { number, id }),
        }
    }
}

impl By {
    pub fn actor(self) -> Result<Actor> {
        Ok(Actor {
            client_id: parse_client_id(self.client_id)?,
            user: self.user.map(|person| (person.number, person.id)),
        })
    }
}

impl Touch {
    pub fn new(at: Instant, by: &Actor) -> Self {
        Self { at, by: by.into() }
    }

    /// As it is kept: whole microseconds.
    pub fn parts(self) -> Result<(Instant, Actor)> {
        Ok((whole("at", self.at)?, self.by.actor()?))
    }
}

/// An instant as the store keeps it.
pub fn whole(field: &str, at: Instant) -> Result<Instant> {
    instant(field, at)?;
    Ok(chrono::SubsecRound::trunc_subsecs(at, 6))
}
