//! Taleo Learn's groups, members, items and users to and from the directory's.

use super::dates;
use super::links::{Links, canonical, holder};
use contract::runtime;
use contract::taleolearn::models::{
    Group, GroupCreate, GroupMember, GroupPatch, GroupReplace, ItemTypeAnswer, ItemTypeRequest, MappedItem,
    MappedItemInput, OwnerLink, OwnerLinks, SelfServiceAnswer, SelfServiceRequest, StatusFlag, User,
};
use model::groups::{self, GroupChange, GroupKey, GroupView, MemberView, NewGroup, SelfService, Status};
use model::ids::{GroupNumber, UserNumber};
use model::items::{self, ItemKey, ItemType};
use model::text::{Code, Name};
use model::users::{Contact, UserView};
use model::{Error, Instant, Patch, Result, Violation};

/// Longest name that the dialect gives, in characters.
const MAX_NAME: usize = 50;

// ---- from the wire

/// The group that a POST describes.
pub fn new_group(body: GroupCreate) -> Result<NewGroup> {
    let dates = Dates::read(
        body.active_from_date.as_deref(),
        body.active_until_date.as_deref(),
    )?;
    Ok(NewGroup {
        code: code(body.code)?,
        patch: groups::GroupPatch {
            name: Patch::Set(Name::parse("name", body.name)?),
            parent: parent(body.parent_group_id)?,
            status: Patch::Set(status(body.status_flag)),
            active_from: Patch::Set(dates.from),
            active_until: Patch::Set(dates.until),
            only_owners_edit: Patch::Set(body.only_allow_owners_to_edit_group.unwrap_or(true)),
            self_service: Patch::Set(self_service(body.self_service_options)),
            ..groups::GroupPatch::default()
        },
        owners: owners(body.owners.unwrap_or_default())?,
        ..NewGroup::default()
    })
}

/// What a PUT of a group changes: everything that the dialect knows, the code and the owners where it names them.
pub fn replacement(body: GroupReplace) -> Result<GroupChange> {
    let dates = Dates::read(
        body.active_from_date.as_deref(),
        body.active_until_date.as_deref(),
    )?;
    Ok(GroupChange {
        unless_same_name: bounds(&body.name),
        patch: groups::GroupPatch {
            name: Patch::Set(Name::parse("name", body.name)?),
            parent: parent(body.parent_group_id)?,
            status: Patch::Set(status(body.status_flag)),
            active_from: Patch::Set(dates.from),
            active_until: Patch::Set(dates.until),
            only_owners_edit: Patch::Set(body.only_allow_owners_to_edit_group.unwrap_or(true)),
            self_service: Patch::Set(self_service(body.self_service_options)),
            ..groups::GroupPatch::default()
        },
        code: code(body.code)?.map_or(Patch::Keep, Patch::Set),
        owners: body.owners.map(owners).transpose()?,
        ..GroupChange::default()
    })
}

/// What a PATCH of a group changes: what it names.
pub fn change(body: GroupPatch) -> Result<GroupChange> {
    let (from, until) = (&body.active_from_date, &body.active_until_date);
    let dates = Dates::read(
        from.value().map(String::as_str),
        until.value().map(String::as_str),
    )?;
    let name = body.name.map(|name| Name::parse("name", name)).transpose()?;
    Ok(GroupChange {
        unless_same_name: name.as_ref().and_then(|name| bounds(name.as_str())),
        patch: groups::GroupPatch {
            name: name.map_or(Patch::Keep, Patch::Set),
            parent: match body.parent_group_id.change() {
                None => Patch::Keep,
                Some(named) => parent(named)?,
            },
            status: set(body.status_flag.map(|flag| status(Some(flag)))),
            active_from: settled(from, dates.from),
            active_until: settled(until, dates.until),
            only_owners_edit: set(body.only_allow_owners_to_edit_group),
            self_service: set(body.self_service_options.map(|given| self_service(Some(given)))),
            ..groups::GroupPatch::default()
        },
        code: code(body.code)?.map_or(Patch::Keep, Patch::Set),
        owners: body.owners.map(owners).transpose()?,
        ..GroupChange::default()
    })
}

/// Both dates of a group; what is wrong with either is told at once.
struct Dates {
    from: Option<Instant>,
    until: Option<Instant>,
}

impl Dates {
    fn read(from: Option<&str>, until: Option<&str>) -> Result<Self> {
        let from = from.map(|text| dates::parse("activeFromDate", text)).transpose();
        let until = until
            .map(|text| dates::parse("activeUntilDate", text))
            .transpose();
        match (from, until) {
            (Ok(from), Ok(until)) => Ok(Self { from, until }),
            (from, until) => Err(Error::Invalid(
                from.err().into_iter().chain(until.err()).collect(),
            )),
        }
    }
}

fn settled(given: &runtime::Patch<String>, read: Option<Instant>) -> Patch<Option<Instant>> {
    if given.is_absent() {
        Patch::Keep
    } else {
        Patch::Set(read)
    }
}

fn set<T>(given: Option<T>) -> Patch<T> {
    given.map_or(Patch::Keep, Patch::Set)
}

/// What is wrong with a name that is new. An old one may be longer, so the schema cannot say it.
fn bounds(name: &str) -> Option<Violation> {
    match name.chars().count() {
        0 => Some(Violation::new(
            "name",
            "conflict",
            "must have at least 1 character",
        )),
        1..=MAX_NAME => None,
        _ => {
            let message = format!("must have at most {MAX_NAME} characters");
            Some(Violation::new("name", "conflict", message))
        }
    }
}

fn code(given: Option<String>) -> Result<Option<Code>> {
    Ok(given.map(|code| Code::parse("code", code)).transpose()?)
}

fn status(given: Option<StatusFlag>) -> Status {
    match given {
        None | Some(StatusFlag::Active) => Status::Active,
        Some(StatusFlag::Inactive) => Status::Inactive,
    }
}

fn self_service(given: Option<SelfServiceRequest>) -> SelfService {
    match given {
        None | Some(SelfServiceRequest::Private | SelfServiceRequest::Open) => SelfService::Private,
        Some(SelfServiceRequest::RequiresApproval) => SelfService::RequiresApproval,
        Some(SelfServiceRequest::DoesNotRequireApprovals) => SelfService::DoesNotRequireApprovals,
    }
}

fn parent(given: Option<i64>) -> Result<Patch<Option<GroupKey>>> {
    let number = given.map(group_number).transpose()?;
    Ok(Patch::Set(number.map(GroupKey::Number)))
}

fn owners(numbers: Vec<i64>) -> Result<Vec<UserNumber>> {
    numbers.into_iter().map(user_number).collect()
}

/// The number of a group; the document's bounds are those of the directory.
pub fn group_number(number: i64) -> Result<GroupNumber> {
    GroupNumber::new(number).ok_or_else(|| Error::internal("a group's number beyond its bounds"))
}

/// The number of a user, as [`group_number`].
pub fn user_number(number: i64) -> Result<UserNumber> {
    UserNumber::new(number).ok_or_else(|| Error::internal("a user's number beyond its bounds"))
}

/// The item that a body names, and what it says of its mapping.
pub fn item(body: MappedItemInput) -> (ItemKey, Option<bool>) {
    let kind = match body.itemtype {
        ItemTypeRequest::Learningplan => ItemType::LearningPlan,
        ItemTypeRequest::Jobprofile => ItemType::JobProfile,
        ItemTypeRequest::Skill => ItemType::Skill,
    };
    let key = ItemKey {
        kind,
        id: body.itemid,
    };
    (key, body.retain_mapping)
}

// ---- to the wire

/// A group as the dialect shows it.
pub fn group(view: GroupView, links: &Links) -> Group {
    let group = view.group;
    let number = group.number;
    let fields = group.fields;
    let actor = |actor: &model::Actor| actor.user.map(|(number, _)| number);
    let (created_by, updated_by) = (actor(&group.created_by), actor(&group.updated_by));
    let user = |user: UserNumber| holder(links.user(user));
    Group {
        id: number.get(),
        name: fields.name.as_str().to_owned(),
        parent_group_id: fields.parent.map(GroupNumber::get),
        status_flag: match fields.status {
            Status::Active => StatusFlag::Active,
            Status::Inactive => StatusFlag::Inactive,
        },
        code: group.code.to_string(),
        active_from_date: fields.active_from.map(dates::show),
        active_until_date: fields.active_until.map(dates::show),
        created_date: dates::show(group.created_at),
        created_by: created_by.map(user),
        created_by_user_id: created_by.map(UserNumber::get),
        last_updated_date: dates::show(group.updated_at),
        last_updated_by: updated_by.map(user),
        last_updated_by_user_id: updated_by.map(UserNumber::get),
        only_allow_owners_to_edit_group: fields.only_owners_edit,
        self_service_options: match fields.self_service {
            SelfService::Private => SelfServiceAnswer::Open,
            SelfService::RequiresApproval => SelfServiceAnswer::RequiresApproval,
            SelfService::DoesNotRequireApprovals => SelfServiceAnswer::DoesNotRequireApprovals,
        },
        owners: OwnerLinks {
            items: view
                .owners
                .into_iter()
                .map(|user| owner(number, user, links))
                .collect(),
            links: canonical(links.owners(number)),
        },
        links: canonical(links.group(number)),
    }
}

/// An owner as the dialect lists him.
pub fn owner(group: GroupNumber, user: UserNumber, links: &Links) -> OwnerLink {
    OwnerLink {
        id: user.get(),
        links: canonical(links.owner(group, user)),
    }
}

/// A membership as the dialect shows it.
pub fn member(view: &MemberView, links: &Links) -> GroupMember {
    let (group, user) = (view.membership.group, view.membership.user);
    GroupMember {
        group_id: group.get(),
        group: holder(links.group(group)),
        user_id: user.get(),
        user: holder(links.user(user)),
        status_flag: view.active,
        exclude_flag: view.membership.excluded,
        links: canonical(links.member(group, user)),
    }
}

/// A mapped item as the dialect shows it.
pub fn mapped(group: GroupNumber, item: items::MappedItem, links: &Links) -> MappedItem {
    MappedItem {
        group_id: group.get(),
        group: holder(links.group(group)),
        item_id: item.key.id,
        item_type: match item.key.kind {
            ItemType::LearningPlan => ItemTypeAnswer::LearningPlan,
            ItemType::JobProfile => ItemTypeAnswer::JobProfile,
            ItemType::Skill => ItemTypeAnswer::Skill,
        },
        item_name: None,
        retain_mapping: item.retain,
    }
}

/// A user as the dialect shows him.
pub fn user(view: &UserView, links: &Links) -> User {
    let (number, fields) = (view.user.number, &view.user.fields);
    let name = |name: &Option<Name>| name.as_ref().map(|name| name.as_str().to_owned());
    let value = |contact: &Contact| contact.value.clone();
    let primary = |contacts: &[Contact]| contacts.iter().find(|contact| contact.primary).map(value);
    User {
        id: number.get(),
        username: fields.user_name.clone(),
        nickname: name(&fields.display_name),
        first_name: name(&fields.given_name),
        last_name: name(&fields.family_name),
        street1: None,
        street2: None,
        city: None,
        postal_code: None,
        state: None,
        country: None,
        phone_daytime: primary(&fields.phones),
        phone_evening: None,
        phone_mobile: None,
        fax: None,
        pager: None,
        email: primary(&fields.emails),
        email2: fields.emails.iter().find(|contact| !contact.primary).map(value),
        gender: None,
        employee_id: None,
        company: None,
        office_name: None,
        department: None,
        job_title: None,
        profession: None,
        manager_name: None,
        created_date: view.user.created_at,
        last_accessed_date: None,
        last_updated_date: view.user.updated_at,
        include_in_search_flag: true,
        memberships: holder(links.memberships(number)),
        links: canonical(links.user(number)),
    }
}
