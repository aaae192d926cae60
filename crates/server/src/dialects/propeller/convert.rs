//! Usergroups and users in the words of the directory, and back. An empty text stands for no value.

mod users;

pub use users::{item as user_item, new_user, stored_user, user, user_patch};

use super::lookup::{self, Shown};
use contract::propeller::models::{
    Budget, BulkUsergroup, OrderListAllowAll, SourceKey, Usergroup, UsergroupInput, UsergroupReference, YesNo,
};
use model::groups::{ExternalId, GroupChange, GroupPatch, GroupView, NewGroup};
use model::ids::GroupNumber;
use model::text::Name;
use model::{Patch, Result, groups};

/// A text of a write: empty is no value.
pub fn text(given: Option<String>) -> Patch<Option<String>> {
    given.map_or(Patch::Keep, |text| {
        Patch::Set(Some(text).filter(|text| !text.is_empty()))
    })
}

/// A text of an answer.
fn shown(text: Option<String>) -> String {
    text.unwrap_or_default()
}

fn flag(given: Option<YesNo>) -> Patch<bool> {
    given.map_or(Patch::Keep, |given| Patch::Set(given == YesNo::Y))
}

fn yes_no(flag: bool) -> YesNo {
    if flag { YesNo::Y } else { YesNo::N }
}

fn budget(given: Budget) -> groups::Budget {
    match given {
        Budget::Y => groups::Budget::Y,
        Budget::H => groups::Budget::H,
        Budget::N => groups::Budget::N,
    }
}

fn shown_budget(stored: groups::Budget) -> Budget {
    match stored {
        groups::Budget::Y => Budget::Y,
        groups::Budget::H => Budget::H,
        groups::Budget::N => Budget::N,
    }
}

fn order_list(given: OrderListAllowAll) -> groups::OrderListAllowAll {
    match given {
        OrderListAllowAll::N => groups::OrderListAllowAll::N,
        OrderListAllowAll::Y => groups::OrderListAllowAll::Y,
        OrderListAllowAll::A => groups::OrderListAllowAll::A,
        OrderListAllowAll::U => groups::OrderListAllowAll::U,
        OrderListAllowAll::P => groups::OrderListAllowAll::P,
    }
}

fn shown_order_list(stored: groups::OrderListAllowAll) -> OrderListAllowAll {
    match stored {
        groups::OrderListAllowAll::N => OrderListAllowAll::N,
        groups::OrderListAllowAll::Y => OrderListAllowAll::Y,
        groups::OrderListAllowAll::A => OrderListAllowAll::A,
        groups::OrderListAllowAll::U => OrderListAllowAll::U,
        groups::OrderListAllowAll::P => OrderListAllowAll::P,
    }
}

/// The members of a usergroup, its key apart.
fn patch(body: UsergroupInput) -> Result<GroupPatch> {
    let name = body.name.map(|name| Name::parse("name", name)).transpose()?;
    Ok(GroupPatch {
        name: name.map_or(Patch::Keep, Patch::Set),
        parent: lookup::parent(body.parent)?,
        language: text(body.language),
        company: text(body.company),
        department: text(body.department),
        office: text(body.office),
        notes: text(body.notes),
        inherit_product_list: flag(body.inherit_product_list),
        inherit_order_list: flag(body.inherit_order_list),
        budget: body.budget.map_or(Patch::Keep, |given| Patch::Set(budget(given))),
        budget_inherit: flag(body.budget_inherit),
        order_list_allow_all: body
            .order_list_allow_all
            .map_or(Patch::Keep, |given| Patch::Set(order_list(given))),
        ..GroupPatch::default()
    })
}

/// A usergroup to be made, and its key.
pub fn new_group(mut body: UsergroupInput) -> Result<(NewGroup, Option<ExternalId>)> {
    let key = lookup::key(body.source_id.take(), body.source.take())?;
    let new = NewGroup {
        patch: patch(body)?,
        external_ids: key.iter().cloned().collect(),
        ..NewGroup::default()
    };
    Ok((new, key))
}

/// A change of a usergroup, and the key that it gives it.
pub fn group_change(mut body: UsergroupInput) -> Result<(GroupChange, Option<ExternalId>)> {
    let key = lookup::key(body.source_id.take(), body.source.take())?;
    let change = GroupChange {
        patch: patch(body)?,
        external_ids: lookup::change(key.clone()),
        ..GroupChange::default()
    };
    Ok((change, key))
}

/// An item of a bulk request as a body of its own.
pub fn item(item: BulkUsergroup) -> UsergroupInput {
    UsergroupInput {
        budget: item.budget,
        budget_inherit: item.budget_inherit,
        company: item.company,
        department: item.department,
        id: item.id,
        inherit_order_list: item.inherit_order_list,
        inherit_product_list: item.inherit_product_list,
        language: item.language,
        name: item.name,
        notes: item.notes,
        office: item.office,
        parent: item.parent,
        order_list_allow_all: item.order_list_allow_all,
        source_id: item.source_id,
        source: item.source,
    }
}

/// A usergroup as an answer shows it. `sources`: with all its keys.
pub fn usergroup(view: GroupView, key: &Shown, sources: bool) -> Usergroup {
    let (group, ids) = (view.group, view.external_ids);
    let (source_id, source) = split(key.pick(&ids));
    let fields = group.fields;
    Usergroup {
        budget: shown_budget(fields.budget),
        budget_inherit: yes_no(fields.budget_inherit),
        company: shown(fields.company),
        department: shown(fields.department),
        id: group.number.get(),
        inherit_order_list: yes_no(fields.inherit_order_list),
        inherit_product_list: yes_no(fields.inherit_product_list),
        language: shown(fields.language),
        name: fields.name.as_str().to_owned(),
        notes: shown(fields.notes),
        office: shown(fields.office),
        parent: reference(fields.parent),
        order_list_allow_all: Some(shown_order_list(fields.order_list_allow_all)),
        source_id,
        source,
        authorize_id: Some(String::new()),
        defaultobject_id: Some(String::new()),
        order_list_manager_id: Some(String::new()),
        user_manager_id: Some(String::new()),
        sources: sources.then(|| all(ids)),
    }
}

/// A stored usergroup as a body that would write it.
pub fn stored_group(view: &GroupView) -> UsergroupInput {
    let shown = usergroup(view.clone(), &Shown::default(), false);
    UsergroupInput {
        budget: Some(shown.budget),
        budget_inherit: Some(shown.budget_inherit),
        company: Some(shown.company),
        department: Some(shown.department),
        id: Some(shown.id),
        inherit_order_list: Some(shown.inherit_order_list),
        inherit_product_list: Some(shown.inherit_product_list),
        language: Some(shown.language),
        name: Some(shown.name),
        notes: Some(shown.notes),
        office: Some(shown.office),
        parent: Some(shown.parent),
        order_list_allow_all: shown.order_list_allow_all,
        source_id: shown.source_id,
        source: shown.source,
    }
}

fn split(key: Option<&ExternalId>) -> (Option<String>, Option<String>) {
    match key {
        Some(id) => (Some(id.value.clone()), Some(id.source.clone())),
        None => (None, None),
    }
}

fn reference(parent: Option<GroupNumber>) -> UsergroupReference {
    UsergroupReference {
        id: parent.map(GroupNumber::get),
        source_id: None,
        source: None,
    }
}

fn all(ids: Vec<ExternalId>) -> Vec<SourceKey> {
    let key = |id: ExternalId| SourceKey {
        source_id: id.value,
        source: id.source,
    };
    ids.into_iter().map(key).collect()
}
