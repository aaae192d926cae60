//! Forms On Fire's groups and users to and from the directory's.

use super::extras::{Given, Kept};
use super::refs::Refs;
use contract::formsonfire::models::{
    User, UserCreate, UserGroup, UserGroupCreate, UserGroupUpdate, UserStatus, UserType, UserUpdate,
    WebsiteRole,
};
use contract::formsonfire::params::{SearchUserGroupsParams, SearchUsersParams};
use contract::runtime::Guid;
use model::groups::{
    ExternalId, ExternalIdChange, GroupChange, GroupPatch, GroupView, MemberEntry, Members, NewGroup,
};
use model::ids::UserId;
use model::query::{Comparison, GroupField, ListQuery, Operator, UserField, Value};
use model::text::Name;
use model::users::{Contact, NewUser, UserGroups, UserPatch, UserView};
use model::{Patch, Result, Violation};

/// The dialect's external identifiers have no source.
pub const SOURCE: &str = "";

// ---- from the wire

/// The group that a POST describes.
pub fn new_group(body: UserGroupCreate) -> Result<NewGroup> {
    let external_id = |value| ExternalId {
        source: SOURCE.to_owned(),
        value,
    };
    let given = body.external_id.filter(|id| !id.is_empty());
    Ok(NewGroup {
        patch: GroupPatch {
            name: Patch::Set(Name::parse("Name", body.name)?),
            ..GroupPatch::default()
        },
        members: members(body.user_ids.unwrap_or_default()),
        external_ids: given.map(external_id).into_iter().collect(),
        ..NewGroup::default()
    })
}

/// What a PUT of a group changes: what it names.
pub fn group_change(body: UserGroupUpdate) -> Result<GroupChange> {
    Ok(GroupChange {
        patch: GroupPatch {
            name: match body.name {
                None => Patch::Keep,
                Some(name) => Patch::Set(Name::parse("Name", name)?),
            },
            ..GroupPatch::default()
        },
        members: body.user_ids.map(members),
        external_ids: external_ids(body.external_id),
        ..GroupChange::default()
    })
}

fn members(ids: Vec<Guid>) -> Vec<MemberEntry> {
    let entry = |(at, id): (usize, Guid)| MemberEntry::Existing {
        field: format!("UserIds/{at}"),
        user: UserId(id.0),
    };
    ids.into_iter().enumerate().map(entry).collect()
}

/// The user that a POST describes.
pub fn new_user(body: UserCreate, refs: Refs) -> Result<NewUser> {
    let extras = Given {
        type_: body.type_,
        country: body.country,
        website_role: body.website_role,
        folders: body.folders,
        color_code: body.color_code,
        metadata: body.metadata,
    };
    let patch = UserPatch {
        primary_email: Patch::Set(Some(body.email)),
        given_name: name("FirstName", Some(body.first_name))?,
        family_name: name("LastName", Some(body.last_name))?,
        time_zone: text(body.time_zone),
        active: status(body.status),
        extra_members: extras.patch(),
        external_ids: external_ids(body.external_id),
        groups: groups(body.groups, refs)?,
        ..UserPatch::default()
    };
    Ok(NewUser { patch })
}

/// What a PUT of a user changes: what it names.
pub fn user_change(body: UserUpdate, refs: Refs) -> Result<UserPatch> {
    let extras = Given {
        type_: body.type_,
        country: body.country,
        website_role: body.website_role,
        folders: body.folders,
        color_code: body.color_code,
        metadata: body.metadata,
    };
    Ok(UserPatch {
        primary_email: text(body.email),
        given_name: name("FirstName", body.first_name)?,
        family_name: name("LastName", body.last_name)?,
        time_zone: text(body.time_zone),
        active: status(body.status),
        extra_members: extras.patch(),
        external_ids: external_ids(body.external_id),
        groups: groups(body.groups, refs)?,
        ..UserPatch::default()
    })
}

/// Absent keeps, empty removes.
fn text(given: Option<String>) -> Patch<Option<String>> {
    match given {
        None => Patch::Keep,
        Some(text) => Patch::Set(Some(text).filter(|text| !text.is_empty())),
    }
}

fn name(field: &str, given: Option<String>) -> Result<Patch<Option<Name>>> {
    Ok(match text(given) {
        Patch::Keep => Patch::Keep,
        Patch::Set(text) => Patch::Set(text.map(|text| Name::parse(field, text)).transpose()?),
    })
}

fn external_ids(given: Option<String>) -> Vec<ExternalIdChange> {
    match text(given) {
        Patch::Keep => Vec::new(),
        Patch::Set(value) => vec![ExternalIdChange {
            source: SOURCE.to_owned(),
            value,
        }],
    }
}

/// Nobody is invited here: who would be, is active at once.
fn status(given: Option<UserStatus>) -> Patch<bool> {
    given.map_or(Patch::Keep, |status| Patch::Set(status != UserStatus::Inactive))
}

fn groups(given: Option<Vec<String>>, refs: Refs) -> Result<Patch<Vec<model::groups::GroupEntry>>> {
    match given {
        None => Ok(Patch::Keep),
        Some(groups) => Ok(Patch::Set(refs.entries(groups)?)),
    }
}

/// Which groups a search is about.
pub fn group_query(params: SearchUserGroupsParams) -> ListQuery<GroupField> {
    let filter = [
        (GroupField::FoldedName, params.name),
        (GroupField::ExternalId, params.external_id),
    ];
    query(filter, params.page_no, params.page_size)
}

/// Which users a search is about. It has to name something of them.
pub fn user_query(params: SearchUsersParams) -> Result<ListQuery<UserField>> {
    let filter = [
        (UserField::AnyName, params.name),
        (UserField::Email, params.email),
        (UserField::ExternalId, params.external_id),
    ];
    let mut query = query(filter, params.page_no, params.page_size);
    if query.filter.is_empty() {
        let message = "is required unless there is `Email` or `ExternalId`";
        return Err(Violation::new("Name", "required", message).into());
    }
    query.filter.extend(params.status.map(|status| Comparison {
        field: UserField::Active,
        operator: Operator::Equal,
        value: Value::Boolean(status != UserStatus::Inactive),
    }));
    Ok(query)
}

/// Empty texts narrow nothing. Pages count from 0.
fn query<F>(filter: impl IntoIterator<Item = (F, Option<String>)>, page: i32, size: i32) -> ListQuery<F> {
    let comparison = |(field, text): (F, Option<String>)| {
        Some(Comparison {
            field,
            operator: Operator::Equal,
            value: Value::Text(text.filter(|text| !text.is_empty())?),
        })
    };
    let limit = u64::from(size.unsigned_abs());
    ListQuery {
        filter: filter.into_iter().filter_map(comparison).collect(),
        sort: Vec::new(),
        start: u64::from(page.unsigned_abs()) * limit,
        limit,
    }
}

// ---- to the wire

/// A group as the dialect shows it, with the number of its company.
pub fn group(view: GroupView, company_id: i32) -> UserGroup {
    let guid = |user: UserId| Guid(user.0);
    UserGroup {
        id: Guid(view.group.id.0),
        name: view.group.fields.name.as_str().to_owned(),
        external_id: own(view.external_ids),
        user_ids: match view.members {
            Members::Ids(ids) => Some(ids.into_iter().map(guid).collect()),
            Members::Unread | Members::TooMany | Members::All(_) => None,
        },
        company_id,
    }
}

/// A user as the dialect shows it.
pub fn user(view: UserView, refs: Refs) -> User {
    let fields = view.user.fields;
    let kept = Kept::of(&fields);
    let primary = |contact: &&Contact| contact.primary && !contact.value.is_empty();
    // No text is no value: it would not come back the same.
    let name = |name: &Option<Name>| {
        let text = name.as_ref().map(Name::as_str).filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    User {
        id: Guid(view.user.id.0),
        type_: kept.word("Type").unwrap_or(UserType::Standard),
        first_name: name(&fields.given_name),
        last_name: name(&fields.family_name),
        email: fields
            .emails
            .iter()
            .find(primary)
            .map(|email| email.value.clone()),
        status: if fields.active {
            UserStatus::Active
        } else {
            UserStatus::Inactive
        },
        external_id: own(view.external_ids),
        time_zone: fields.time_zone.clone().filter(|text| !text.is_empty()),
        time_zone_off_set: None,
        country: kept.text("Country"),
        website_role: kept.word("WebsiteRole").unwrap_or(WebsiteRole::ReadOnly),
        created_date: view.user.created_at,
        last_updated: view.user.updated_at,
        last_activity: None,
        user_devices: Vec::new(),
        groups: match view.groups {
            UserGroups::All(groups) => Some(groups.into_iter().map(|group| refs.show(group)).collect()),
            UserGroups::Unread | UserGroups::TooMany => None,
        },
        folders: kept.folders(),
        color_code: kept.text("ColorCode"),
        metadata: kept.metadata(),
    }
}

/// The external identifier that has no source.
pub fn own(ids: Vec<ExternalId>) -> Option<String> {
    ids.into_iter().find(|id| id.source == SOURCE).map(|id| id.value)
}
