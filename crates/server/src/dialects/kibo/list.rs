//! Kibo's spelling of filters, order and paging.
//!
//! A filter is `field operator value`, joined by ` and `. A value runs to the end or to the next
//! ` and <field> <operator> `, so it may contain spaces and the word `and`.

use chrono::{DateTime, SubsecRound};
use model::query::{Comparison, GroupField, ListQuery, Operator, Sort, UserField, Value};
use model::{Error, Violation};

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    Integer,
    Boolean,
    Instant,
    Uuid,
}

/// One field that can be filtered and sorted by: the dialect's name, ours, its type.
pub type Field<F> = (&'static str, F, Type);

/// The fields of groups.
pub const GROUPS: &[Field<GroupField>] = &[
    ("groupCode", GroupField::Code, Type::Text),
    ("name", GroupField::Name, Type::Text),
    ("description", GroupField::Description, Type::Text),
    ("scopeTypeId", GroupField::ScopeTypeId, Type::Integer),
    ("scopeId", GroupField::ScopeId, Type::Integer),
    ("createDate", GroupField::CreatedAt, Type::Instant),
    ("updateDate", GroupField::UpdatedAt, Type::Instant),
];

/// The fields of accounts.
pub const ACCOUNTS: &[Field<UserField>] = &[
    ("id", UserField::Id, Type::Uuid),
    ("emailAddress", UserField::Email, Type::Text),
    ("userName", UserField::UserName, Type::Text),
    ("firstName", UserField::GivenName, Type::Text),
    ("lastName", UserField::FamilyName, Type::Text),
    ("externalId", UserField::ExternalId, Type::Text),
    ("isActive", UserField::Active, Type::Boolean),
    ("createdOn", UserField::CreatedAt, Type::Instant),
];

const OPERATORS: [(&str, Operator); 8] = [
    ("eq", Operator::Equal),
    ("ne", Operator::NotEqual),
    ("gt", Operator::Greater),
    ("ge", Operator::GreaterOrEqual),
    ("lt", Operator::Less),
    ("le", Operator::LessOrEqual),
    ("cont", Operator::Contains),
    ("sw", Operator::StartsWith),
];

/// How many items a list passes over and shows; both within the document's bounds.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub start: i32,
    pub size: i32,
}

impl Paging {
    /// How many items are passed over.
    pub fn first(self) -> usize {
        usize::try_from(self.start).unwrap_or(0)
    }

    /// How many items are shown at most.
    pub fn most(self) -> usize {
        usize::try_from(self.size).unwrap_or(0)
    }

    /// How many pages of this size hold `total` items.
    pub fn pages(self, total: u64) -> i32 {
        clamp(total.div_ceil(u64::from(self.size.unsigned_abs()).max(1)))
    }
}

/// A count as the wire shows it.
pub fn clamp(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Reads both texts and tells all violations at once.
pub fn query<F: Copy>(
    fields: &[Field<F>],
    filter: Option<&str>,
    sort_by: Option<&str>,
    paging: Paging,
) -> Result<ListQuery<F>, Error> {
    let mut violations = Vec::new();
    let filter = keep(
        comparisons(fields, filter.unwrap_or_default()),
        "filter",
        &mut violations,
    );
    let sort = keep(
        order(fields, sort_by.unwrap_or_default()),
        "sortBy",
        &mut violations,
    );
    if !violations.is_empty() {
        return Err(Error::Invalid(violations));
    }
    Ok(ListQuery {
        filter,
        sort,
        start: u64::from(paging.start.unsigned_abs()),
        limit: u64::from(paging.size.unsigned_abs()),
    })
}

fn keep<T>(read: Result<Vec<T>, String>, parameter: &str, violations: &mut Vec<Violation>) -> Vec<T> {
    read.unwrap_or_else(|message| {
        violations.push(Violation::new(parameter, "syntax", message));
        Vec::new()
    })
}

fn order<F: Copy>(fields: &[Field<F>], text: &str) -> Result<Vec<Sort<F>>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    text.split(',')
        .map(|key| {
            let mut words = key.split_whitespace();
            let name = words.next().ok_or("has an empty sort key")?;
            let descending = match words.next() {
                None | Some("asc") => false,
                Some("desc") => true,
                Some(_) => return Err("must say `asc` or `desc` behind a field".to_owned()),
            };
            if words.next().is_some() {
                return Err("must separate sort keys by commas".to_owned());
            }
            Ok(Sort {
                field: find(fields, name)?.1,
                descending,
            })
        })
        .collect()
}

fn comparisons<F: Copy>(fields: &[Field<F>], text: &str) -> Result<Vec<Comparison<F>>, String> {
    let mut rest = text.trim_start();
    let mut found = Vec::new();
    if rest.is_empty() {
        return Ok(found);
    }
    loop {
        let mut parts = rest.splitn(3, ' ');
        let (Some(name), Some(operator), Some(tail)) = (parts.next(), parts.next(), parts.next()) else {
            return Err("must have the form `field operator value`".to_owned());
        };
        let (_, field, kind) = find(fields, name)?;
        let operator = operator_of(operator).ok_or_else(|| {
            let names: Vec<&str> = OPERATORS.iter().map(|(name, _)| *name).collect();
            format!("has an unknown operator; there are {}", names.join(", "))
        })?;
        let end = next_comparison(fields, tail);
        let value = end.map_or(tail, |end| &tail[..end]);
        found.push(Comparison {
            field,
            operator,
            value: value_of(name, kind, operator, value)?,
        });
        match end {
            Some(end) => rest = &tail[end + " and ".len()..],
            None => return Ok(found),
        }
    }
}

/// Where the value ends: at the first ` and <field> <operator> `.
fn next_comparison<F: Copy>(fields: &[Field<F>], tail: &str) -> Option<usize> {
    tail.match_indices(" and ").map(|(at, _)| at).find(|at| {
        let mut words = tail[at + " and ".len()..].splitn(3, ' ');
        let field = words.next().is_some_and(|name| find(fields, name).is_ok());
        field && words.next().and_then(operator_of).is_some() && words.next().is_some()
    })
}

fn operator_of(name: &str) -> Option<Operator> {
    OPERATORS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, operator)| *operator)
}

fn find<F: Copy>(fields: &[Field<F>], name: &str) -> Result<Field<F>, String> {
    fields
        .iter()
        .find(|(known, ..)| *known == name)
        .copied()
        .ok_or_else(|| {
            let names: Vec<&str> = fields.iter().map(|(name, ..)| *name).collect();
            format!("names an unknown field; there are {}", names.join(", "))
        })
}

fn value_of(field: &str, kind: Type, operator: Operator, text: &str) -> Result<Value, String> {
    let allowed = match kind {
        Type::Text => true,
        Type::Integer | Type::Instant => !matches!(operator, Operator::Contains | Operator::StartsWith),
        Type::Boolean | Type::Uuid => matches!(operator, Operator::Equal | Operator::NotEqual),
    };
    if !allowed {
        return Err(format!("uses an operator that `{field}` does not have"));
    }
    let wants = |what: &str| format!("needs {what} for `{field}`");
    let plain = text.trim();
    match kind {
        Type::Text => Ok(Value::Text(text.to_owned())),
        Type::Integer => plain.parse().map(Value::Integer).map_err(|_| wants("an integer")),
        Type::Boolean => plain
            .parse()
            .map(Value::Boolean)
            .map_err(|_| wants("`true` or `false`")),
        Type::Uuid => plain.parse().map(Value::Uuid).map_err(|_| wants("a UUID")),
        Type::Instant => DateTime::parse_from_rfc3339(plain)
            .map(|at| Value::Instant(at.to_utc().trunc_subsecs(6)))
            .map_err(|_| wants("a date and time such as 2026-01-31T12:00:00Z")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Paging = Paging { start: 0, size: 100 };

    fn text(field: GroupField, operator: Operator, value: &str) -> Comparison<GroupField> {
        Comparison {
            field,
            operator,
            value: Value::Text(value.to_owned()),
        }
    }

    #[test]
    fn filters() {
        use GroupField::{Code, Name};
        use Operator::{Contains, Equal, StartsWith};
        for (filter, expected) in [
            ("", vec![]),
            ("name eq Staff", vec![text(Name, Equal, "Staff")]),
            (
                "name eq salt and pepper",
                vec![text(Name, Equal, "salt and pepper")],
            ),
            ("name eq a and name", vec![text(Name, Equal, "a and name")]),
            (
                "name eq a and name is b",
                vec![text(Name, Equal, "a and name is b")],
            ),
            (
                "name sw a and groupCode cont b c",
                vec![text(Name, StartsWith, "a"), text(Code, Contains, "b c")],
            ),
            ("name eq ", vec![text(Name, Equal, "")]),
        ] {
            assert_eq!(
                query(GROUPS, Some(filter), None, PAGE).unwrap().filter,
                expected,
                "{filter}"
            );
        }
        let at = query(GROUPS, Some("createDate gt 2015-01-01T12:00:00z"), None, PAGE)
            .unwrap()
            .filter;
        assert_eq!(
            at[0].value,
            Value::Instant("2015-01-01T12:00:00Z".parse().unwrap())
        );
    }

    #[test]
    fn sort_keys() {
        let sort = query(GROUPS, None, Some("name desc, groupCode"), PAGE)
            .unwrap()
            .sort;
        assert_eq!(
            sort,
            [
                Sort {
                    field: GroupField::Name,
                    descending: true
                },
                Sort {
                    field: GroupField::Code,
                    descending: false
                }
            ]
        );
    }

    #[test]
    fn malformed_texts_are_named() {
        for filter in [
            "name",
            "name eq",
            "colour eq red",
            "name like x",
            "scopeId eq x",
            "scopeId cont 1",
            "createDate gt yesterday",
            "name eq a and",
        ] {
            let read = query(GROUPS, Some(filter), None, PAGE);
            if filter == "name eq a and" {
                assert!(read.is_ok());
                continue;
            }
            let Err(Error::Invalid(violations)) = read else {
                panic!("{filter} was read")
            };
            assert_eq!(violations[0].field, "filter");
        }
        for sort in ["colour", "name up", "name asc desc", "name,,groupCode"] {
            let Err(Error::Invalid(violations)) = query(GROUPS, None, Some(sort), PAGE) else {
                panic!("{sort} was read")
            };
            assert_eq!(violations[0].field, "sortBy");
        }
        for filter in [
            "id gt 01a203c9-2b82-7c43-9f0d-6f0a1c2b3d4e",
            "id eq x",
            "isActive eq yes",
            "isActive gt true",
        ] {
            assert!(query(ACCOUNTS, Some(filter), None, PAGE).is_err(), "{filter}");
        }
    }

    #[test]
    fn pages_are_rounded_up() {
        for (total, pages) in [(0, 0), (1, 1), (100, 1), (101, 2)] {
            assert_eq!(PAGE.pages(total), pages);
        }
    }
}
