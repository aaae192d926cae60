//! Groups: the one thing that all dialects share.

use crate::Instant;
use crate::access::Actor;
use crate::error::Violation;
use crate::ids::{GroupId, GroupNumber, GroupTypeNumber, TenantNumber, UserId, UserNumber};
use crate::lookup::Lookup;
use crate::patch::Patch;
use crate::text::{Code, Name};
use crate::users::{NewUser, UserParts, UserView};
use serde::{Deserialize, Serialize};

/// Whether a group is in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Active,
    Inactive,
}

/// How users join a group by themselves (Taleo Learn).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SelfService {
    #[default]
    Private,
    RequiresApproval,
    DoesNotRequireApprovals,
}

/// Where a budget comes from (Propeller: `Y`, `H`, `N`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Budget {
    Y,
    H,
    #[default]
    N,
}

/// Who may order from all order lists (Propeller: `N`, `Y`, `A`, `U`, `P`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderListAllowAll {
    N,
    Y,
    A,
    #[default]
    U,
    P,
}

/// What a group says about itself. Every dialect reads and writes its own part and keeps the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupFields {
    pub name: Name,
    /// At most 4000 characters.
    pub description: Option<String>,
    pub parent: Option<GroupNumber>,
    pub group_type: Option<GroupTypeNumber>,
    pub status: Status,
    pub active_from: Option<Instant>,
    pub active_until: Option<Instant>,
    /// Short texts: at most 255 characters; notes at most 4000.
    pub language: Option<String>,
    pub company: Option<String>,
    pub department: Option<String>,
    pub office: Option<String>,
    pub notes: Option<String>,
    pub inherit_product_list: bool,
    pub inherit_order_list: bool,
    pub budget: Budget,
    pub budget_inherit: bool,
    pub order_list_allow_all: OrderListAllowAll,
    pub only_owners_edit: bool,
    pub self_service: SelfService,
    pub scope_type_id: Option<i32>,
    pub scope_id: Option<i32>,
}

impl Default for GroupFields {
    fn default() -> Self {
        Self {
            name: Name::default(),
            description: None,
            parent: None,
            group_type: None,
            status: Status::Active,
            active_from: None,
            active_until: None,
            language: None,
            company: None,
            department: None,
            office: None,
            notes: None,
            inherit_product_list: true,
            inherit_order_list: true,
            budget: Budget::N,
            budget_inherit: true,
            order_list_allow_all: OrderListAllowAll::U,
            only_owners_edit: false,
            self_service: SelfService::Private,
            scope_type_id: None,
            scope_id: None,
        }
    }
}

/// A stored group.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub number: GroupNumber,
    pub id: GroupId,
    pub tenant: TenantNumber,
    pub code: Code,
    pub fields: GroupFields,
    /// Moves with the group's fields and with its membership and ownership rows.
    pub version: i64,
    /// Members that are not excluded.
    pub member_count: i64,
    pub created_at: Instant,
    pub created_by: Actor,
    pub updated_at: Instant,
    pub updated_by: Actor,
    /// When it went to the recycle bin; such a group is hidden everywhere.
    pub deleted_at: Option<Instant>,
}

/// Changes of [`GroupFields`], field by field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupPatch {
    pub name: Patch<Name>,
    pub description: Patch<Option<String>>,
    /// Not written by [`GroupPatch::apply`]: the directory finds the group first. An unknown one is invalid input.
    pub parent: Patch<Option<GroupKey>>,
    pub group_type: Patch<Option<GroupTypeNumber>>,
    pub status: Patch<Status>,
    pub active_from: Patch<Option<Instant>>,
    pub active_until: Patch<Option<Instant>>,
    pub language: Patch<Option<String>>,
    pub company: Patch<Option<String>>,
    pub department: Patch<Option<String>>,
    pub office: Patch<Option<String>>,
    pub notes: Patch<Option<String>>,
    pub inherit_product_list: Patch<bool>,
    pub inherit_order_list: Patch<bool>,
    pub budget: Patch<Budget>,
    pub budget_inherit: Patch<bool>,
    pub order_list_allow_all: Patch<OrderListAllowAll>,
    pub only_owners_edit: Patch<bool>,
    pub self_service: Patch<SelfService>,
    pub scope_type_id: Patch<Option<i32>>,
    pub scope_id: Patch<Option<i32>>,
}

impl GroupPatch {
    /// Writes all changes but that of the parent over `fields`.
    pub fn apply(self, fields: &mut GroupFields) {
        self.name.apply(&mut fields.name);
        self.description.apply(&mut fields.description);
        self.group_type.apply(&mut fields.group_type);
        self.status.apply(&mut fields.status);
        self.active_from.apply(&mut fields.active_from);
        self.active_until.apply(&mut fields.active_until);
        self.language.apply(&mut fields.language);
        self.company.apply(&mut fields.company);
        self.department.apply(&mut fields.department);
        self.office.apply(&mut fields.office);
        self.notes.apply(&mut fields.notes);
        self.inherit_product_list.apply(&mut fields.inherit_product_list);
        self.inherit_order_list.apply(&mut fields.inherit_order_list);
        self.budget.apply(&mut fields.budget);
        self.budget_inherit.apply(&mut fields.budget_inherit);
        self.order_list_allow_all.apply(&mut fields.order_list_allow_all);
        self.only_owners_edit.apply(&mut fields.only_owners_edit);
        self.self_service.apply(&mut fields.self_service);
        self.scope_type_id.apply(&mut fields.scope_type_id);
        self.scope_id.apply(&mut fields.scope_id);
    }
}

/// An external identifier: unique per (tenant, source); `source` is `""` where the dialect has none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ExternalId {
    /// At most 255 characters.
    pub source: String,
    /// 1 to 255 characters.
    pub value: String,
}

/// The external identifier of one source gets this value; without one it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalIdChange {
    /// At most 255 characters.
    pub source: String,
    /// 1 to 255 characters.
    pub value: Option<String>,
}

/// Most external identifiers of one group or user.
pub const MAX_EXTERNAL_IDS: usize = 100;

/// How a group is named by its callers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GroupKey {
    Number(GroupNumber),
    Id(GroupId),
    Code(Code),
    External(ExternalId),
    Lookup(Lookup),
}

/// A member named in a write.
#[derive(Clone, Debug, PartialEq)]
pub enum MemberEntry {
    /// An existing user; an unknown one is invalid input at `field`.
    Existing { field: String, user: UserId },
    /// A user to be made in the same write. It says nothing about groups: `UserPatch::groups` is refused here.
    New { field: String, user: Box<NewUser> },
}

/// How a write of a user names a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GroupRef {
    Key(GroupKey),
    /// Its whole name, without regard to case. A name that several groups have names none.
    Name(String),
}

/// A group named in a write of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupEntry {
    /// An unknown group is invalid input at `field`, and so is a name that several groups have (rule `conflict`).
    pub field: String,
    pub group: GroupRef,
    /// Meant when nothing is named by `group`: a dialect that shows a nameless group by its id takes that back.
    pub or: Option<GroupId>,
}

/// A group to be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewGroup {
    /// None: the group's own UUID with dashes.
    pub code: Option<Code>,
    pub patch: GroupPatch,
    pub members: Vec<MemberEntry>,
    pub owners: Vec<UserNumber>,
    pub external_ids: Vec<ExternalId>,
}

/// A change of one group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupChange {
    pub patch: GroupPatch,
    /// Replaces the members that are not excluded.
    pub members: Option<Vec<MemberEntry>>,
    /// Each source at most once; the identifiers of other sources stay.
    pub external_ids: Vec<ExternalIdChange>,
    pub code: Patch<Code>,
    /// Replaces the owners.
    pub owners: Option<Vec<UserNumber>>,
    /// What is wrong with the patch's name unless it is the present one: a dialect of shorter names takes back what
    /// it showed.
    pub unless_same_name: Option<Violation>,
}

/// Which parts of a group an answer needs beside its own fields; each costs a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupParts {
    pub members: MemberParts,
    pub external_ids: bool,
    pub owners: bool,
    /// Of who made and last changed the group, a user who is gone since then is left out.
    pub present_actors: bool,
}

/// What an answer needs of a group's members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MemberParts {
    #[default]
    None,
    /// Their ids.
    Ids,
    /// All that is known of them, with these parts.
    Users(UserParts),
}

/// A group as an answer shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupView {
    pub group: Group,
    pub members: Members,
    /// By source; empty when not asked for.
    pub external_ids: Vec<ExternalId>,
    /// By number; empty when not asked for.
    pub owners: Vec<UserNumber>,
}

/// The members in an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Members {
    /// Not asked for.
    #[default]
    Unread,
    /// More than an answer may embed.
    TooMany,
    /// All that are not excluded, by user number.
    All(Vec<UserView>),
    /// The ids of all that are not excluded, by user number.
    Ids(Vec<UserId>),
}

/// A group with more members than this is answered without them.
pub const MAX_EMBEDDED_MEMBERS: i64 = 1000;
/// The groups of one page embed at most this many members together.
pub const MAX_EMBEDDED_MEMBERS_OF_PAGE: i64 = 10_000;
/// A group with more members than this is answered without their ids; the groups of one page have at most as many
/// ids together.
pub const MAX_MEMBER_IDS: i64 = 10_000;
/// Most owners of one group.
pub const MAX_OWNERS: usize = 1000;

/// One user in one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    pub group: GroupNumber,
    pub user: UserNumber,
    /// Named by Taleo Learn as explicitly not a member.
    pub excluded: bool,
    /// Propeller's `user.parent`; at most one per user, and never one that excludes him.
    pub is_parent: bool,
}

/// A membership as an answer shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberView {
    pub membership: Membership,
    /// Whether the user is active.
    pub active: bool,
}
