//! The groups that users are in, as answers about the users show them.

use crate::cells::from_row;
use crate::db::Db;
use crate::faults::internal;
use crate::groups;
use crate::rows::{group_number, in_lists, user_number};
use model::Result;
use model::ids::{GroupId, GroupNumber, TenantNumber, UserNumber};
use model::text::Name;
use model::users::{MAX_USER_GROUPS, MAX_USER_GROUPS_OF_PAGE, UserGroup, UserGroupParts, UserGroups};
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement, SimpleExpr};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Count {
    user_number: i64,
    groups: i64,
}

from_row!(Count { user_number, groups });

#[derive(FromQueryResult)]
struct Row {
    user_number: i64,
    number: i64,
    id: Uuid,
    name: String,
    type_name: Option<String>,
}

from_row!(Row {
    user_number,
    number,
    id,
    name,
    type_name,
});

/// The groups of these users that do not exclude them and are not in the recycle bin, each user's by number.
///
/// Users in too many groups are shown without them; those who come first count first.
pub async fn read(
    db: &Db,
    tenant: TenantNumber,
    users: &[UserNumber],
    parts: UserGroupParts,
) -> Result<HashMap<UserNumber, UserGroups>> {
    let counts = counts(db, tenant, users, parts).await?;
    let mut shown = fitting(users, &counts);
    let filled: Vec<i64> = users
        .iter()
        .filter(|user| matches!(&shown[*user], UserGroups::All(_)) && counts.contains_key(*user))
        .map(|user| user.get())
        .collect();
    let mut rows = Vec::new();
    for list in in_lists(&filled) {
        let select = with_type_names(select(tenant, parts), tenant, parts)
            .and_where(Expr::col(("m", "user_number")).is_in(list))
            .order_by(("m", "user_number"), Order::Asc)
            .order_by(("m", "group_number"), Order::Asc)
            .take();
        rows.extend(db.all_as::<Row>(&select).await.map_err(internal)?);
    }
    let mut external = HashMap::new();
    if parts == UserGroupParts::ExternalIds {
        let mut numbers: Vec<GroupNumber> = rows
            .iter()
            .map(|row| group_number(row.number))
            .collect::<Result<_>>()?;
        numbers.sort_unstable();
        numbers.dedup();
        external = groups::external_ids(db, tenant, &numbers).await?;
    }
    for row in rows {
        let number = group_number(row.number)?;
        if let Some(UserGroups::All(all)) = shown.get_mut(&user_number(row.user_number)?) {
            all.push(UserGroup {
                number,
                id: GroupId(row.id),
                name: Name::stored(row.name),
                type_name: row.type_name.map(Name::stored),
                external_ids: external.get(&number).cloned().unwrap_or_default(),
            });
        }
    }
    Ok(shown)
}

/// Which users are shown with their groups, none of them filled in yet.
fn fitting(users: &[UserNumber], counts: &HashMap<UserNumber, usize>) -> HashMap<UserNumber, UserGroups> {
    let mut left = MAX_USER_GROUPS_OF_PAGE;
    let mut shown = HashMap::with_capacity(users.len());
    for user in users {
        let count = counts.get(user).copied().unwrap_or_default();
        let groups = if count > MAX_USER_GROUPS.min(left) {
            UserGroups::TooMany
        } else {
            left -= count;
            UserGroups::All(Vec::with_capacity(count))
        };
        shown.insert(*user, groups);
    }
    shown
}

/// How many groups each of these users is in, if any; one more than may be shown stands for any more.
async fn counts(
    db: &Db,
    tenant: TenantNumber,
    users: &[UserNumber],
    parts: UserGroupParts,
) -> Result<HashMap<UserNumber, usize>> {
    let numbers: Vec<i64> = users.iter().map(|user| user.get()).collect();
    let mut found = HashMap::with_capacity(numbers.len());
    for list in in_lists(&numbers) {
        let own = select(tenant, parts)
            .expr(Expr::val(1))
            .and_where(Expr::col(("m", "user_number")).equals(("u", "number")))
            .limit(MAX_USER_GROUPS as u64 + 1)
            .take();
        let count = Query::select()
            .expr(Func::count(Expr::cust("*")))
            .from_subquery(own, Alias::new("own"))
            .take();
        let select = Query::select()
            .expr_as(Expr::col(("u", "number")), "user_number")
            .expr_as(SimpleExpr::SubQuery(None, Box::new(count.into())), "groups")
            .from_as("user_account", "u")
            .and_where(Expr::col(("u", "number")).is_in(list))
            .and_where(Expr::col(("u", "tenant")).eq(tenant.get()))
            .take();
        for row in db.all_as::<Count>(&select).await.map_err(internal)? {
            if row.groups > 0 {
                let count = usize::try_from(row.groups).unwrap_or(usize::MAX);
                found.insert(user_number(row.user_number)?, count);
            }
        }
    }
    Ok(found)
}

/// Memberships `m` that do not exclude, and their groups `g`.
fn select(tenant: TenantNumber, parts: UserGroupParts) -> SelectStatement {
    let same = Expr::col(("g", "number"))
        .equals(("m", "group_number"))
        .and(Expr::col(("g", "tenant")).equals(("m", "tenant")));
    let mut select = Query::select()
        .from_as("membership", "m")
        .join_as(JoinType::InnerJoin, "directory_group", "g", same)
        .and_where(Expr::col(("m", "tenant")).eq(tenant.get()))
        .and_where(Expr::col(("m", "excluded")).eq(false))
        .and_where(Expr::col(("g", "deleted_at")).is_null())
        .take();
    if parts == UserGroupParts::Typed {
        let has_type = Expr::col(("g", "group_type")).is_not_null();
        select
            .and_where(group_type(tenant).is_not_null())
            .and_where(has_type.or(Expr::col(("g", "name_folded")).gt("")));
    }
    select
}

/// The type of group `g`: its own, else the tenant's default.
fn group_type(tenant: TenantNumber) -> SimpleExpr {
    let default = Query::select()
        .column(("group_type", "number"))
        .from("group_type")
        .and_where(Expr::col(("group_type", "tenant")).eq(tenant.get()))
        // Not a value: a partial index is used for what the statement itself says.
        .and_where(Expr::col(("group_type", "is_default")).eq(Expr::cust("TRUE")))
        .take();
    let default = SimpleExpr::SubQuery(None, Box::new(default.into()));
    Func::coalesce([Expr::col(("g", "group_type")), default]).into()
}

/// The columns of [`Row`].
fn with_type_names(
    mut select: SelectStatement,
    tenant: TenantNumber,
    parts: UserGroupParts,
) -> SelectStatement {
    select
        .column(("m", "user_number"))
        .columns([("g", "number"), ("g", "id"), ("g", "name")]);
    if parts == UserGroupParts::Typed {
        let same = Expr::col(("t", "number"))
            .eq(group_type(tenant))
            .and(Expr::col(("t", "tenant")).equals(("g", "tenant")));
        select.expr_as(Expr::col(("t", "name")), "type_name").join_as(
            JoinType::InnerJoin,
            "group_type",
            "t",
            same,
        );
    } else {
        select.expr_as(Expr::cust("NULL"), "type_name");
    }
    select
}
