//! Filters, order and paging of lists, without any dialect's spelling.

use crate::Instant;

/// How a field is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    /// The text contains the value.
    Contains,
    /// The text starts with the value.
    StartsWith,
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Integer(i64),
    Boolean(bool),
    Instant(Instant),
    Uuid(uuid::Uuid),
    /// No value. Only for `Equal`, and only where the field says so.
    Nothing,
    /// An external identifier of which the value, the source or both are known.
    External {
        value: Option<String>,
        source: Option<String>,
    },
}

/// One comparison; all comparisons of a list have to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison<F> {
    pub field: F,
    pub operator: Operator,
    pub value: Value,
}

/// One sort key. Ties are always broken by number, ascending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort<F> {
    pub field: F,
    pub descending: bool,
}

/// A list to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct ListQuery<F> {
    pub filter: Vec<Comparison<F>>,
    pub sort: Vec<Sort<F>>,
    /// How many objects to skip.
    pub start: u64,
    /// How many objects to return, at least 1.
    pub limit: u64,
}

/// A page and the number of all objects that the filter lets through.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub total: u64,
}

/// A stretch of a list that has one order and no filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many items to skip.
    pub start: u64,
    /// How many items to return, at least 1.
    pub limit: u64,
    /// Whether all items are counted, which costs the more the more there are.
    pub counted: bool,
}

/// What a [`Window`] shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch<T> {
    pub items: Vec<T>,
    /// Whether there are items behind these.
    pub has_more: bool,
    /// How many items there are in all, if they were counted.
    pub total: Option<u64>,
}

/// Fields of groups that lists can be filtered and sorted by. Texts compare exactly, by code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupField {
    Code,
    Name,
    /// The name, without regard to case.
    FoldedName,
    Description,
    ScopeTypeId,
    ScopeId,
    /// The external identifier of source `""`.
    ExternalId,
    /// Any of the external identifiers: `Equal` to a `Value::External`. No list is sorted by it.
    AnyExternalId,
    /// Without regard to case.
    Language,
    /// The parent's number, or `Value::Nothing` where none is shown. No list is sorted by it.
    Parent,
    CreatedAt,
    UpdatedAt,
}

/// Fields of users that lists can be filtered and sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UserField {
    Id,
    /// The primary address, without regard to case.
    Email,
    /// Without regard to case.
    UserName,
    GivenName,
    FamilyName,
    /// The given name, without regard to case.
    FoldedGivenName,
    /// The family name, without regard to case.
    FoldedFamilyName,
    /// Given name, family name, or both with one space between, without regard to case: a comparison holds if it holds
    /// for any of them, `NotEqual` if it holds for all. Sorts by the last.
    AnyName,
    /// The external identifier of source `""`.
    ExternalId,
    /// As [`GroupField::AnyExternalId`].
    AnyExternalId,
    /// The number of the group that is the parent, `Equal` only, or `Value::Nothing` where none is shown. No list is
    /// sorted by it.
    Parent,
    Active,
    CreatedAt,
}
