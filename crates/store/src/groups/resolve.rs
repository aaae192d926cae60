//! Which groups a list of names means. The number of statements does not depend on the list's length, up to 512; only a
//! [`GroupKey::Lookup`] takes one of its own.

use crate::cells::from_row;
use crate::db::Db;
use crate::external_ids::GROUP;
use crate::faults::internal;
use crate::rows::{group_number, in_lists};
use model::groups::{ExternalId, GroupKey, GroupRef};
use model::ids::{GroupId, GroupNumber, TenantNumber};
use model::text::{self, Code};
use model::{Error, Result};
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Func, JoinType, Query};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Nothing,
    One(GroupNumber),
    /// A name that several groups have.
    Several,
}

type Found = HashMap<GroupRef, Named>;

/// What each of these means, in their order. Groups in the recycle bin are not found.
pub async fn resolve(tx: &Db, tenant: TenantNumber, refs: &[GroupRef]) -> Result<Vec<Named>> {
    let (mut numbers, mut ids, mut codes, mut names) = (vec![], vec![], vec![], vec![]);
    let mut external: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut found = Found::new();
    for one in refs {
        match one {
            GroupRef::Key(GroupKey::Number(number)) => numbers.push(number.get()),
            GroupRef::Key(GroupKey::Id(id)) => ids.push(id.0),
            GroupRef::Key(GroupKey::Code(code)) => codes.push(code.as_str().to_owned()),
            GroupRef::Key(GroupKey::External(id)) => {
                external.entry(&id.source).or_default().push(id.value.clone());
            }
            GroupRef::Key(GroupKey::Lookup(lookup)) => {
                let meant = match GROUP.lookup(tx, tenant, lookup).await {
                    Ok(Some(number)) => Named::One(group_number(number)?),
                    Ok(None) => Named::Nothing,
                    Err(Error::Ambiguous { .. }) => Named::Several,
                    Err(error) => return Err(error),
                };
                found.insert(one.clone(), meant);
            }
            GroupRef::Name(name) => names.push(text::fold(name)),
        }
    }
    keys(tx, tenant, "number", &numbers, &mut found).await?;
    keys(tx, tenant, "id", &ids, &mut found).await?;
    keys(tx, tenant, "code", &codes, &mut found).await?;
    for (source, values) in external {
        external_ids(tx, tenant, source, &values, &mut found).await?;
    }
    folded_names(tx, tenant, &names, &mut found).await?;
    let meant = refs.iter().map(|one| {
        let meant = match one {
            GroupRef::Name(name) => found.get(&GroupRef::Name(text::fold(name))),
            key @ GroupRef::Key(_) => found.get(key),
        };
        meant.copied().unwrap_or(Named::Nothing)
    });
    Ok(meant.collect())
}

#[derive(FromQueryResult)]
struct Keys {
    number: i64,
    id: Uuid,
    code: String,
}

from_row!(Keys { number, id, code });

/// The groups whose `column` has one of these values, under all their own keys.
async fn keys<T>(
    tx: &Db,
    tenant: TenantNumber,
    column: &'static str,
    values: &[T],
    found: &mut Found,
) -> Result<()>
where
    T: Clone + Into<sea_orm::Value>,
{
    for list in in_lists(values) {
        let select = Query::select()
            .columns(["number", "id", "code"])
            .from("directory_group")
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col(column).is_in(list))
            .and_where(Expr::col("deleted_at").is_null())
            .take();
        for row in tx.all_as::<Keys>(&select).await.map_err(internal)? {
            let number = group_number(row.number)?;
            for key in [
                GroupKey::Number(number),
                GroupKey::Id(GroupId(row.id)),
                GroupKey::Code(Code::stored(row.code)),
            ] {
                found.insert(GroupRef::Key(key), Named::One(number));
            }
        }
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct External {
    number: i64,
    value: String,
}

from_row!(External { number, value });

async fn external_ids(
    tx: &Db,
    tenant: TenantNumber,
    source: &str,
    values: &[String],
    found: &mut Found,
) -> Result<()> {
    let same = Expr::col(("g", "number"))
        .equals(("e", "group_number"))
        .and(Expr::col(("g", "tenant")).equals(("e", "tenant")));
    for list in in_lists(values) {
        let select = Query::select()
            .columns([("g", "number"), ("e", "value")])
            .from_as("group_external_id", "e")
            .join_as(JoinType::InnerJoin, "directory_group", "g", same.clone())
            .and_where(Expr::col(("e", "tenant")).eq(tenant.get()))
            .and_where(Expr::col(("e", "source")).eq(source))
            .and_where(Expr::col(("e", "value")).is_in(list))
            .and_where(Expr::col(("g", "deleted_at")).is_null())
            .take();
        for row in tx.all_as::<External>(&select).await.map_err(internal)? {
            let key = GroupKey::External(ExternalId {
                source: source.to_owned(),
                value: row.value,
            });
            found.insert(GroupRef::Key(key), Named::One(group_number(row.number)?));
        }
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Namesakes {
    name_folded: String,
    least: i64,
    greatest: i64,
}

from_row!(Namesakes {
    name_folded,
    least,
    greatest,
});

async fn folded_names(tx: &Db, tenant: TenantNumber, names: &[String], found: &mut Found) -> Result<()> {
    for list in in_lists(names) {
        let number = || Expr::col("number");
        let select = Query::select()
            .column("name_folded")
            .expr_as(Func::min(number()), "least")
            .expr_as(Func::max(number()), "greatest")
            .from("directory_group")
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("name_folded").is_in(list))
            .and_where(Expr::col("deleted_at").is_null())
            .group_by_col("name_folded")
            .take();
        for row in tx.all_as::<Namesakes>(&select).await.map_err(internal)? {
            let meant = if row.least == row.greatest {
                Named::One(group_number(row.least)?)
            } else {
                Named::Several
            };
            found.insert(GroupRef::Name(row.name_folded), meant);
        }
    }
    Ok(())
}
