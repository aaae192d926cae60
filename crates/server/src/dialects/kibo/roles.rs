//! Handlers of roles: the tenant's catalogue, and what a user has of it.

use super::list::{self, Field, Type};
use super::{Kibo, accounts, convert};
use crate::etag;
use contract::kibo::models::{RoleCollection, UserRoleCollection};
use contract::kibo::params::{
    AddAccountRoleParams, ListAccountRolesParams, ListRolesParams, RemoveAccountRoleParams,
};
use contract::kibo::responses::{
    AddAccountRoleResponse, ListAccountRolesResponse, ListRolesResponse, RemoveAccountRoleResponse,
};
use contract::runtime::Call;
use directory::{roles, users};
use model::ids::RoleNumber;
use model::query::{Comparison, Operator, Value};
use model::roles::Role;
use model::{Caller, Result, Violation};
use std::cmp::Ordering;

/// The fields that roles can be filtered by.
const FIELDS: &[Field<RoleField>] = &[
    ("id", RoleField::Id, Type::Integer),
    ("name", RoleField::Name, Type::Text),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RoleField {
    Id,
    Name,
}

/// A catalogue is short, so it is read as a whole.
pub async fn list(kibo: &Kibo, call: &Call<Caller>, params: ListRolesParams) -> Result<ListRolesResponse> {
    let paging = list::Paging {
        start: params.start_index,
        size: params.page_size,
    };
    let query = list::query(FIELDS, params.filter.as_deref(), None, paging)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let mut found = roles::list(&kibo.state.directory, &context.caller).await?;
    found.retain(|role| query.filter.iter().all(|comparison| holds(role, comparison)));
    let total = list::clamp(u64::try_from(found.len()).unwrap_or(u64::MAX));
    let page = found.into_iter().skip(paging.first()).take(paging.most());
    let body = RoleCollection {
        total_count: Some(total),
        items: Some(page.map(convert::catalogue_role).collect()),
    };
    Ok(ListRolesResponse::Ok { body })
}

pub async fn list_of_account(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: ListAccountRolesParams,
) -> Result<ListAccountRolesResponse> {
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let user = params.user_id;
    let held = users::grants(&kibo.state.directory, &context.caller, &accounts::key(user)).await?;
    let body = UserRoleCollection {
        total_count: Some(list::clamp(u64::try_from(held.len()).unwrap_or(u64::MAX))),
        items: Some(held.into_iter().map(|grant| convert::role(user, grant)).collect()),
    };
    Ok(ListAccountRolesResponse::Ok { body })
}

pub async fn add(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: AddAccountRoleParams,
) -> Result<AddAccountRoleResponse> {
    let role = number(params.role_id)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let user = accounts::key(params.user_id);
    users::grant(&kibo.state.directory, context, user, role, precondition).await?;
    Ok(AddAccountRoleResponse::Ok)
}

pub async fn remove(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: RemoveAccountRoleParams,
) -> Result<RemoveAccountRoleResponse> {
    let role = number(params.role_id)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let user = accounts::key(params.user_id);
    users::revoke(&kibo.state.directory, context, user, role, precondition).await?;
    Ok(RemoveAccountRoleResponse::Ok)
}

fn number(role: i32) -> Result<RoleNumber> {
    let number = RoleNumber::new(i64::from(role));
    number.ok_or_else(|| Violation::new("roleId", "minimum", "must be at least 1").into())
}

/// Whether a role keeps one condition of a filter.
fn holds(role: &Role, comparison: &Comparison<RoleField>) -> bool {
    let order = match (&comparison.field, &comparison.value) {
        (RoleField::Id, Value::Integer(number)) => role.number.get().cmp(number),
        (RoleField::Name, Value::Text(text)) => match comparison.operator {
            Operator::Contains => return role.name.contains(text),
            Operator::StartsWith => return role.name.starts_with(text),
            _ => role.name.as_str().cmp(text),
        },
        _ => return false,
    };
    match comparison.operator {
        Operator::Equal => order == Ordering::Equal,
        Operator::NotEqual => order != Ordering::Equal,
        Operator::Greater => order == Ordering::Greater,
        Operator::GreaterOrEqual => order != Ordering::Less,
        Operator::Less => order == Ordering::Less,
        Operator::LessOrEqual => order != Ordering::Greater,
        Operator::Contains | Operator::StartsWith => false,
    }
}
