//! Filters, order and paging of lists as SQL. Texts compare by code point, on every engine alike.

mod elsewhere;

use crate::cells::FromRow;
use crate::db::Db;
use crate::external_ids::{GROUP, USER};
use crate::faults::internal;
use crate::rows::column;
use model::ids::TenantNumber;
use model::query::{Comparison, GroupField, ListQuery, Operator, Sort, Stretch, UserField, Value, Window};
use model::{Error, Result, text};
use sea_orm::sea_query::{Expr, ExprTrait, Func, NullOrdering, Order, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};

/// What a column of a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    /// A text kept folded: values are folded before they are compared.
    Folded,
    Integer,
    Boolean,
    Instant,
    Uuid,
}

/// A field that lists can be filtered and sorted by: its column, what that holds, and whether it may be NULL.
pub(crate) trait Field: Copy {
    /// None if it is no column of the listed rows: then no list is sorted by it.
    fn column(self) -> Option<(&'static str, Holds, bool)>;

    /// The condition that this field equals the value, where more than its column has to be looked at.
    fn elsewhere(self, _tenant: TenantNumber, _value: &Value) -> Option<SimpleExpr> {
        None
    }

    /// Further columns of the same kind that a comparison looks at: it holds if it holds for one of them.
    fn others(self) -> &'static [&'static str] {
        &[]
    }
}

impl Field for GroupField {
    #[rustfmt::skip]
    fn column(self) -> Option<(&'static str, Holds, bool)> {
        Some(match self {
            Self::AnyExternalId => return None,
            Self::Code        => ("code",             Holds::Text,    false),
            Self::Name        => ("name",             Holds::Text,    false),
            Self::FoldedName  => ("name_folded",      Holds::Folded,  false),
            Self::Description => ("description",      Holds::Text,    true),
            Self::ScopeTypeId => ("scope_type_id",    Holds::Integer, true),
            Self::ScopeId     => ("scope_id",         Holds::Integer, true),
            Self::ExternalId  => ("sort_external_id", Holds::Text,    true),
            Self::Language    => ("language_folded",  Holds::Folded,  true),
            Self::Parent      => ("parent",           Holds::Integer, true),
            Self::CreatedAt   => ("created_at",       Holds::Instant, false),
            Self::UpdatedAt   => ("updated_at",       Holds::Instant, false),
        })
    }

    fn elsewhere(self, tenant: TenantNumber, value: &Value) -> Option<SimpleExpr> {
        match (self, value) {
            (Self::AnyExternalId, Value::External { value, source }) => Some(elsewhere::identified(
                &GROUP,
                tenant,
                value.as_deref(),
                source.as_deref(),
            )),
            (Self::Parent, Value::Nothing) => Some(elsewhere::top()),
            _ => None,
        }
    }
}

impl Field for UserField {
    #[rustfmt::skip]
    fn column(self) -> Option<(&'static str, Holds, bool)> {
        Some(match self {
            Self::AnyExternalId | Self::Parent => return None,
            Self::Id         => ("id",               Holds::Uuid,    false),
            Self::Email      => ("sort_email",       Holds::Folded,  true),
            Self::UserName   => ("user_name_folded", Holds::Folded,  false),
            Self::GivenName  => ("given_name",       Holds::Text,    true),
            Self::FamilyName => ("family_name",      Holds::Text,    true),
            Self::AnyName    => ("full_name_folded", Holds::Folded,  true),
            Self::FoldedGivenName  => ("given_name_folded",  Holds::Folded, true),
            Self::FoldedFamilyName => ("family_name_folded", Holds::Folded, true),
            Self::ExternalId => ("sort_external_id", Holds::Text,    true),
            Self::Active     => ("active",           Holds::Boolean, false),
            Self::CreatedAt  => ("created_at",       Holds::Instant, false),
        })
    }

    fn elsewhere(self, tenant: TenantNumber, value: &Value) -> Option<SimpleExpr> {
        match (self, value) {
            (Self::AnyExternalId, Value::External { value, source }) => Some(elsewhere::identified(
                &USER,
                tenant,
                value.as_deref(),
                source.as_deref(),
            )),
            (Self::Parent, Value::Integer(group)) => Some(elsewhere::child_of(tenant, *group)),
            (Self::Parent, Value::Nothing) => Some(elsewhere::nobodys_child()),
            _ => None,
        }
    }

    fn others(self) -> &'static [&'static str] {
        match self {
            Self::AnyName => &["given_name_folded", "family_name_folded"],
            _ => &[],
        }
    }
}

/// Reads a page of `all`, which names the rows that may be seen at all, and counts what the filter lets through.
pub(crate) async fn page<E, F>(
    db: &Db,
    tenant: TenantNumber,
    all: Select<E>,
    query: &ListQuery<F>,
) -> Result<(Vec<E::Model>, u64)>
where
    E: EntityTrait,
    E::Model: FromRow,
    F: Field,
{
    let mut filtered = all;
    for comparison in &query.filter {
        filtered = filtered.filter(condition(tenant, comparison)?);
    }
    let listed = ordered(filtered.clone(), &query.sort)?
        .offset(query.start)
        .limit(query.limit);
    let rows = db.all(listed).await.map_err(internal)?;
    let found = rows.len() as u64;
    // A page that is not full, and not beyond the end, shows where the list ends.
    let total = if found < query.limit && (found > 0 || query.start == 0) {
        query.start + found
    } else {
        count(db, filtered.into_query()).await?
    };
    Ok((rows, total))
}

/// Reads a stretch of `all`, which has no order, in the order that `by` gives it; by an index, or what it passes over
/// costs too much.
pub(crate) async fn stretch<E>(
    db: &Db,
    all: Select<E>,
    by: impl FnOnce(Select<E>) -> Select<E>,
    window: Window,
) -> Result<Stretch<E::Model>>
where
    E: EntityTrait,
    E::Model: FromRow,
{
    let listed = by(all.clone()).offset(window.start).limit(window.limit + 1);
    let mut items = db.all(listed).await.map_err(internal)?;
    let has_more = items.len() as u64 > window.limit;
    if has_more {
        items.pop();
    }
    let total = if window.counted {
        Some(count(db, all.into_query()).await?)
    } else {
        None
    };
    Ok(Stretch {
        items,
        has_more,
        total,
    })
}

async fn count(db: &Db, mut filtered: SelectStatement) -> Result<u64> {
    filtered
        .clear_selects()
        .expr_as(Func::count(Expr::cust("*")), "total");
    match db.query_one(&filtered).await.map_err(internal)? {
        Some(row) => Ok(u64::try_from(column::<i64>(&row, "total")?).unwrap_or_default()),
        None => Ok(0),
    }
}

fn ordered<E: EntityTrait, F: Field>(mut select: Select<E>, sort: &[Sort<F>]) -> Result<Select<E>> {
    for key in sort {
        let (name, _, nullable) = key.field.column().ok_or_else(unsupported)?;
        let order = if key.descending { Order::Desc } else { Order::Asc };
        select = if nullable {
            // PostgreSQL would put them at the other end.
            let nulls = if key.descending {
                NullOrdering::Last
            } else {
                NullOrdering::First
            };
            select.order_by_with_nulls(Expr::col(name), order, nulls)
        } else {
            select.order_by(Expr::col(name), order)
        };
    }
    Ok(select.order_by(Expr::col("number"), Order::Asc))
}

fn condition<F: Field>(tenant: TenantNumber, comparison: &Comparison<F>) -> Result<SimpleExpr> {
    if comparison.operator == Operator::Equal
        && let Some(found) = comparison.field.elsewhere(tenant, &comparison.value)
    {
        return Ok(found);
    }
    let (name, holds, nullable) = comparison.field.column().ok_or_else(unsupported)?;
    let mut found = compared(name, holds, nullable, comparison.operator, &comparison.value)?;
    for other in comparison.field.others() {
        let other = compared(other, holds, nullable, comparison.operator, &comparison.value)?;
        found = match comparison.operator {
            Operator::NotEqual => found.and(other),
            _ => found.or(other),
        };
    }
    Ok(found)
}

fn compared(
    name: &'static str,
    holds: Holds,
    nullable: bool,
    operator: Operator,
    value: &Value,
) -> Result<SimpleExpr> {
    let field = || Expr::col(name);
    match operator {
        Operator::Contains => Ok(contains(name, &text_of(holds, value)?)),
        Operator::StartsWith => Ok(starts_with(name, &text_of(holds, value)?)),
        operator => {
            let value = value_of(holds, value)?;
            Ok(match operator {
                Operator::Equal => field().eq(value),
                // A field without a value differs from every value.
                Operator::NotEqual if nullable => field().ne(value).or(field().is_null()),
                Operator::NotEqual => field().ne(value),
                Operator::Greater => field().gt(value),
                Operator::GreaterOrEqual => field().gte(value),
                Operator::Less => field().lt(value),
                Operator::LessOrEqual | Operator::Contains | Operator::StartsWith => field().lte(value),
            })
        }
    }
}

fn value_of(holds: Holds, value: &Value) -> Result<sea_orm::Value> {
    Ok(match (holds, value) {
        (Holds::Text | Holds::Folded, _) => text_of(holds, value)?.into(),
        (Holds::Integer, Value::Integer(integer)) => (*integer).into(),
        (Holds::Boolean, Value::Boolean(boolean)) => (*boolean).into(),
        (Holds::Instant, Value::Instant(at)) => (*at).into(),
        (Holds::Uuid, Value::Uuid(uuid)) => (*uuid).into(),
        _ => return Err(unsupported()),
    })
}

fn text_of(holds: Holds, value: &Value) -> Result<String> {
    match (holds, value) {
        (Holds::Text, Value::Text(text)) => Ok(text.clone()),
        (Holds::Folded, Value::Text(text)) => Ok(text::fold(text)),
        _ => Err(unsupported()),
    }
}

fn unsupported() -> Error {
    Error::invalid(
        "filter",
        "unsupported",
        "this field cannot be compared in this way",
    )
}

/// Not LIKE: SQLite's ignores the case of some letters, and its wildcards would have to be escaped.
fn contains(name: &'static str, value: &str) -> SimpleExpr {
    let position: SimpleExpr = Func::cust("instr").arg(Expr::col(name)).arg(value).into();
    position.gt(0)
}

/// A range, which an index can serve.
fn starts_with(name: &'static str, value: &str) -> SimpleExpr {
    let from = Expr::col(name).gte(value);
    match successor(value) {
        Some(end) => from.and(Expr::col(name).lt(end)),
        None => from,
    }
}

/// The least text that is greater than every text that starts with `prefix`.
fn successor(prefix: &str) -> Option<String> {
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        // Between the last character before the surrogates and the first one behind them there is none.
        let next = match last {
            '\u{D7FF}' => Some('\u{E000}'),
            _ => char::from_u32(u32::from(last) + 1),
        };
        if let Some(next) = next {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::successor;

    #[test]
    fn successors() {
        for (prefix, next) in [
            ("ab", Some("ac")),
            ("a\u{D7FF}", Some("a\u{E000}")),
            ("a\u{10FFFF}", Some("b")),
            ("\u{10FFFF}", None),
            ("", None),
        ] {
            assert_eq!(successor(prefix).as_deref(), next, "{prefix:?}");
        }
    }
}
