//! Groups as rows.

use crate::entities::directory_group::{ActiveModel, Model};
use crate::faults::inconsistent;
use crate::rows::{actor, actor_columns, group_number, meaning, tenant_number, unnumbered, word};
use model::groups::{Budget, Group, GroupFields, OrderListAllowAll, SelfService, Status};
use model::ids::{GroupId, GroupTypeNumber};
use model::text::{self, Code, Name};
use model::{Actor, Instant, Result};
use sea_orm::ActiveValue::Set;

const TABLE: &str = "directory_group";

const STATUS: [(Status, &str); 2] = [(Status::Active, "active"), (Status::Inactive, "inactive")];

const BUDGET: [(Budget, &str); 3] = [(Budget::Y, "Y"), (Budget::H, "H"), (Budget::N, "N")];

const ORDER_LIST: [(OrderListAllowAll, &str); 5] = [
    (OrderListAllowAll::N, "N"),
    (OrderListAllowAll::Y, "Y"),
    (OrderListAllowAll::A, "A"),
    (OrderListAllowAll::U, "U"),
    (OrderListAllowAll::P, "P"),
];

const SELF_SERVICE: [(SelfService, &str); 3] = [
    (SelfService::Private, "private"),
    (SelfService::RequiresApproval, "requiresApproval"),
    (SelfService::DoesNotRequireApprovals, "doesNotRequireApprovals"),
];

/// A stored group.
pub fn group(row: Model) -> Result<Group> {
    let number = row.number;
    let wrong = |column| move || inconsistent(TABLE, column, number);
    let scope = |column, value: Option<i64>| {
        value
            .map(|value| i32::try_from(value).map_err(|_| inconsistent(TABLE, column, number)))
            .transpose()
    };
    let group_type = row
        .group_type
        .map(|value| GroupTypeNumber::new(value).ok_or_else(wrong("group_type")))
        .transpose()?;
    Ok(Group {
        number: group_number(number)?,
        id: GroupId(row.id),
        tenant: tenant_number(row.tenant)?,
        code: Code::stored(row.code),
        fields: GroupFields {
            name: Name::stored(row.name),
            description: row.description,
            parent: row.parent.map(group_number).transpose()?,
            group_type,
            status: meaning(&STATUS, &row.status, wrong("status"))?,
            active_from: row.active_from,
            active_until: row.active_until,
            language: row.language,
            company: row.company,
            department: row.department,
            office: row.office,
            notes: row.notes,
            inherit_product_list: row.inherit_product_list,
            inherit_order_list: row.inherit_order_list,
            budget: meaning(&BUDGET, &row.budget, wrong("budget"))?,
            budget_inherit: row.budget_inherit,
            order_list_allow_all: meaning(
                &ORDER_LIST,
                &row.order_list_allow_all,
                wrong("order_list_allow_all"),
            )?,
            only_owners_edit: row.only_owners_edit,
            self_service: meaning(&SELF_SERVICE, &row.self_service, wrong("self_service"))?,
            scope_type_id: scope("scope_type_id", row.scope_type_id)?,
            scope_id: scope("scope_id", row.scope_id)?,
        },
        version: row.version,
        member_count: row.member_count,
        created_at: row.created_at,
        created_by: actor(row.created_by, row.created_by_user, row.created_by_user_id),
        updated_at: row.updated_at,
        updated_by: actor(row.updated_by, row.updated_by_user, row.updated_by_user_id),
        deleted_at: row.deleted_at,
    })
}

/// The columns that a write may change.
pub fn changeable(group: &Group) -> ActiveModel {
    let mut row = of_fields(&group.fields);
    row.code = Set(group.code.as_str().to_owned());
    row.version = Set(group.version);
    row.member_count = Set(group.member_count);
    row.deleted_at = Set(group.deleted_at);
    updated(&mut row, group.updated_at, &group.updated_by);
    row
}

/// When and by whom a row was last changed.
pub fn updated(row: &mut ActiveModel, at: Instant, by: &Actor) {
    let (client, user, user_id) = actor_columns(by);
    row.updated_at = Set(at);
    row.updated_by = Set(client);
    row.updated_by_user = Set(user);
    row.updated_by_user_id = Set(user_id);
}

/// What a group says about itself.
pub fn of_fields(fields: &GroupFields) -> ActiveModel {
    ActiveModel {
        number: unnumbered(),
        name: Set(fields.name.as_str().to_owned()),
        name_folded: Set(fields.name.folded()),
        description: Set(fields.description.clone()),
        parent: Set(fields.parent.map(model::ids::GroupNumber::get)),
        group_type: Set(fields.group_type.map(GroupTypeNumber::get)),
        status: Set(word(&STATUS, &fields.status)),
        active_from: Set(fields.active_from),
        active_until: Set(fields.active_until),
        language: Set(fields.language.clone()),
        language_folded: Set(fields.language.as_deref().map(text::fold)),
        company: Set(fields.company.clone()),
        department: Set(fields.department.clone()),
        office: Set(fields.office.clone()),
        notes: Set(fields.notes.clone()),
        inherit_product_list: Set(fields.inherit_product_list),
        inherit_order_list: Set(fields.inherit_order_list),
        budget: Set(word(&BUDGET, &fields.budget)),
        budget_inherit: Set(fields.budget_inherit),
        order_list_allow_all: Set(word(&ORDER_LIST, &fields.order_list_allow_all)),
        only_owners_edit: Set(fields.only_owners_edit),
        self_service: Set(word(&SELF_SERVICE, &fields.self_service)),
        scope_type_id: Set(fields.scope_type_id.map(i64::from)),
        scope_id: Set(fields.scope_id.map(i64::from)),
        ..Default::default()
    }
}
