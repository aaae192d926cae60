//! Who calls, and what they may do.

use crate::error::{Error, Result};
use crate::ids::{CredentialNumber, RequestId, TenantNumber, UserId, UserNumber};
use serde::{Deserialize, Serialize};

/// What a credential allows in its tenant. Each level includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// May read everything of the tenant.
    Reader,
    /// May also write groups, users and memberships.
    Editor,
    /// May also change groups that only their owners may edit.
    Admin,
}

impl Access {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Reader, Self::Editor, Self::Admin]
            .into_iter()
            .find(|access| access.as_str() == text)
    }
}

/// The dialects that write, for the audit trail. `roster` is the command line and the server itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    FormsOnFire,
    Kibo,
    MyPreferences,
    Propeller,
    Roster,
    TaleoLearn,
}

impl Dialect {
    pub const ALL: [Self; 6] = [
        Self::FormsOnFire,
        Self::Kibo,
        Self::MyPreferences,
        Self::Propeller,
        Self::Roster,
        Self::TaleoLearn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::FormsOnFire => "formsonfire",
            Self::Kibo => "kibo",
            Self::MyPreferences => "mypreferences",
            Self::Propeller => "propeller",
            Self::Roster => "roster",
            Self::TaleoLearn => "taleolearn",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.as_str() == text)
    }
}

/// Who did something, as it stays true when the credential or the user is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The credential's client id.
    pub client_id: String,
    /// The user that the credential was bound to, if any.
    pub user: Option<(UserNumber, UserId)>,
}

/// A verified credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub tenant: TenantNumber,
    pub credential: CredentialNumber,
    pub access: Access,
    pub actor: Actor,
}

/// A write's caller and circumstances: what its audit event says beside the changes.
#[derive(Clone, Debug)]
pub struct Context {
    pub caller: Caller,
    pub dialect: Dialect,
    /// The `operationId` of the document.
    pub operation: &'static str,
    pub request: RequestId,
}

/// Permission to read the tenant's directory; only [`Caller::reads`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct CanRead(TenantNumber);

/// Permission to write groups and users of the tenant; only [`Caller::writes`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct CanWrite(TenantNumber);

impl CanRead {
    pub fn tenant(self) -> TenantNumber {
        self.0
    }
}

impl CanWrite {
    pub fn tenant(self) -> TenantNumber {
        self.0
    }
}

impl Caller {
    /// Every credential may read its tenant.
    pub fn reads(&self) -> CanRead {
        CanRead(self.tenant)
    }

    /// Editors and admins may write.
    pub fn writes(&self) -> Result<CanWrite> {
        if self.access >= Access::Editor {
            Ok(CanWrite(self.tenant))
        } else {
            Err(Error::Forbidden {
                reason: "the credential's access level is `reader`; writing needs `editor`",
            })
        }
    }

    /// May this caller change a group that has these owners? Where only owners may edit, so may admins.
    pub fn may_edit(&self, only_owners: bool, owners: &[UserNumber]) -> Result<()> {
        let owns = self.actor.user.is_some_and(|(user, _)| owners.contains(&user));
        if !only_owners || self.access == Access::Admin || owns {
            Ok(())
        } else {
            Err(Error::Forbidden {
                reason: "only the group's owners and admins may change this group",
            })
        }
    }
}
