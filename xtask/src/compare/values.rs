//! Types and limits: whether one holds every value of the other.

use std::cmp::Ordering;
use std::fmt::Display;

use serde_json::Number;

use super::{Comparison, Side};
use crate::ir::{Items, Kind, Limits, Param, ParamKind, Type};

/// The type and the limits of a value.
pub struct Value<'a> {
    pub ty: Type,
    pub limits: &'a Limits,
    /// A list of texts in the query, as one value.
    is_selection: bool,
    /// It says in which format the answer comes.
    is_format: bool,
}

static NO_LIMITS: Limits = Limits {
    min_length: None,
    max_length: None,
    pattern: None,
    says: None,
    minimum: None,
    maximum: None,
    min_items: None,
    max_items: None,
    unique_items: false,
};

impl<'a> Value<'a> {
    /// A value without limits of its own.
    pub fn of(ty: &Type) -> Self {
        Self::within(ty, &NO_LIMITS)
    }

    pub fn within(ty: &Type, limits: &'a Limits) -> Self {
        Self {
            ty: ty.clone(),
            limits,
            is_selection: false,
            is_format: false,
        }
    }

    pub fn of_param(param: &'a Param<'_>) -> Self {
        let ty = match &param.kind {
            ParamKind::One(ty) => ty.clone(),
            ParamKind::Many { items, .. } => Type::List(Box::new(items.clone())),
            ParamKind::Selection(_) => Type::Text,
            ParamKind::Format(name) => Type::Choice(name.clone()),
        };
        Self {
            ty,
            limits: &param.limits,
            is_selection: matches!(param.kind, ParamKind::Selection(_)),
            is_format: matches!(param.kind, ParamKind::Format(_)),
        }
    }
}

/// How the values of one type stand to those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Same,
    /// The later type holds more.
    Wider,
    /// The later type holds less.
    Narrower,
    Other,
}

/// Types alone; enumerations, objects and lists are looked into by whoever asks.
pub fn relation(was: &Type, is: &Type) -> Relation {
    if was == is {
        return Relation::Same;
    }
    match (was, is) {
        (Type::Choice(_), Type::Choice(_))
        | (Type::Named(_), Type::Named(_))
        | (Type::List(_), Type::List(_))
        | (Type::Text, Type::Secret)
        | (Type::Secret, Type::Text) => Relation::Same,
        _ if holds(is, was) => Relation::Wider,
        _ if holds(was, is) => Relation::Narrower,
        _ => Relation::Other,
    }
}

/// Whether a value of `small` is always one of `large`.
fn holds(large: &Type, small: &Type) -> bool {
    match large {
        Type::Text => matches!(
            small,
            Type::Secret | Type::Instant | Type::Uuid | Type::Guid | Type::Choice(_)
        ),
        Type::Int64 => *small == Type::Int32,
        Type::Number => matches!(small, Type::Int32 | Type::Int64),
        Type::Any => true,
        _ => false,
    }
}

impl Comparison<'_> {
    /// A value at the same place of both revisions, everything below it included.
    pub(super) fn value(&mut self, side: Side, title: &str, pointer: &str, was: &Value<'_>, is: &Value<'_>) {
        let mut relation = relation(&was.ty, &is.ty);
        if relation == Relation::Same {
            relation = match (was.is_selection, is.is_selection) {
                (true, false) => Relation::Wider,
                (false, true) => Relation::Narrower,
                _ => Relation::Same,
            };
        }
        if was.is_format != is.is_format {
            relation = Relation::Other;
        }
        let aspect = match relation {
            Relation::Same => None,
            Relation::Wider => Some("type-widened"),
            Relation::Narrower => Some("type-narrowed"),
            Relation::Other => Some("type-changed"),
        };
        if let Some(aspect) = aspect {
            let text = format!("{title}: {} -> {}", shown(was), shown(is));
            self.note_on(side, aspect, pointer, text);
        }
        if relation == Relation::Other {
            return;
        }
        if !self.is_within(was, is) {
            self.limits(side, title, pointer, was.limits, is.limits);
        }
        match (&was.ty, &is.ty) {
            (Type::Choice(old), Type::Choice(new)) => self.choices(side, old, new),
            (Type::Named(old), Type::Named(new)) => self.schemas(side, title, pointer, old, new),
            (Type::List(old), Type::List(new)) => self.items(side, title, pointer, old, new),
            _ => {}
        }
    }

    /// Whether one is an enumeration whose words keep the limits of the other one, a text: these take nothing away then
    /// that the types do not say.
    fn is_within(&self, was: &Value<'_>, is: &Value<'_>) -> bool {
        let (api, name, limits) = match (&was.ty, &is.ty) {
            (Type::Choice(name), Type::Text) => (self.before, name, is.limits),
            (Type::Text, Type::Choice(name)) => (self.after, name, was.limits),
            _ => return false,
        };
        let Some(Kind::Choice(words)) = api.schema(name).map(|schema| &schema.kind) else {
            return false;
        };
        let pattern = limits.pattern.as_ref().map(|pattern| regex::Regex::new(pattern));
        words.iter().all(|word| {
            let length = u64::try_from(word.chars().count()).unwrap_or(u64::MAX);
            limits.min_length.is_none_or(|least| least <= length)
                && limits.max_length.is_none_or(|most| length <= most)
                && pattern
                    .as_ref()
                    .is_none_or(|pattern| pattern.as_ref().is_ok_and(|pattern| pattern.is_match(word)))
        })
    }

    pub(super) fn items(&mut self, side: Side, title: &str, pointer: &str, was: &Items, is: &Items) {
        let title = format!("items of {title}");
        let (was, is) = (
            Value::within(&was.ty, &was.limits),
            Value::within(&is.ty, &is.limits),
        );
        self.value(side, &title, pointer, &was, &is);
    }

    pub(super) fn limits(&mut self, side: Side, title: &str, pointer: &str, was: &Limits, is: &Limits) {
        let (mut narrowed, mut widened) = (Vec::new(), Vec::new());
        for (name, relation, change) in bounds(was, is) {
            match relation {
                Relation::Narrower => narrowed.push(format!("`{name}` {change}")),
                Relation::Wider => widened.push(format!("`{name}` {change}")),
                Relation::Same | Relation::Other => {}
            }
        }
        for (aspect, changes) in [("bounds-narrowed", narrowed), ("bounds-widened", widened)] {
            if !changes.is_empty() {
                let text = format!("{title}: {}", changes.join(", "));
                self.note_on(side, aspect, pointer, text);
            }
        }
        let aspect = match (&was.pattern, &is.pattern) {
            (None, Some(_)) => "pattern-added",
            (Some(_), None) => "pattern-removed",
            (Some(old), Some(new)) if old != new => "pattern-changed",
            _ => return,
        };
        let shown = |pattern: &Option<String>| {
            pattern
                .as_ref()
                .map_or("none".to_owned(), |text| format!("`{text}`"))
        };
        let text = format!("{title}: {} -> {}", shown(&was.pattern), shown(&is.pattern));
        self.note_on(side, aspect, pointer, text);
    }
}

/// Each bound with what became of the room within it.
fn bounds(was: &Limits, is: &Limits) -> Vec<(&'static str, Relation, String)> {
    let counts = [
        ("minLength", was.min_length, is.min_length, Ordering::Greater),
        ("minItems", was.min_items, is.min_items, Ordering::Greater),
        ("maxLength", was.max_length, is.max_length, Ordering::Less),
        ("maxItems", was.max_items, is.max_items, Ordering::Less),
    ];
    let numbers = [
        ("minimum", &was.minimum, &is.minimum, Ordering::Greater),
        ("maximum", &was.maximum, &is.maximum, Ordering::Less),
    ];
    let mut all = Vec::new();
    for (name, old, new, closer) in counts {
        let relation = room(old, new, closer, |old, new| new.cmp(&old));
        all.push((name, relation, change(old, new)));
    }
    for (name, old, new, closer) in numbers {
        let relation = room(old.as_ref(), new.as_ref(), closer, |old, new| ordering(new, old));
        all.push((name, relation, change(old.as_ref(), new.as_ref())));
    }
    let unique = match (was.unique_items, is.unique_items) {
        (false, true) => Relation::Narrower,
        (true, false) => Relation::Wider,
        _ => Relation::Same,
    };
    let change = format!("{} -> {}", was.unique_items, is.unique_items);
    all.push(("uniqueItems", unique, change));
    all
}

/// What became of the room within a bound; it is `closer` than before where the new one compares so to the old one.
fn room<T>(was: Option<T>, is: Option<T>, closer: Ordering, compare: impl Fn(T, T) -> Ordering) -> Relation {
    match (was, is) {
        (None, None) => Relation::Same,
        (None, Some(_)) => Relation::Narrower,
        (Some(_), None) => Relation::Wider,
        (Some(was), Some(is)) => match compare(was, is) {
            Ordering::Equal => Relation::Same,
            ordering if ordering == closer => Relation::Narrower,
            _ => Relation::Wider,
        },
    }
}

/// Whole numbers exactly, others as they are read.
fn ordering(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
    }
}

fn change<T: Display>(was: Option<T>, is: Option<T>) -> String {
    let shown = |bound: Option<T>| bound.map_or("none".to_owned(), |bound| bound.to_string());
    format!("{} -> {}", shown(was), shown(is))
}

fn shown(value: &Value<'_>) -> String {
    if value.is_selection {
        return "a selection of members".to_owned();
    }
    if value.is_format {
        return "the format of the answer".to_owned();
    }
    named(&value.ty)
}

fn named(ty: &Type) -> String {
    match ty {
        Type::Text => "text".to_owned(),
        Type::Secret => "secret".to_owned(),
        Type::Instant => "date-time".to_owned(),
        Type::Uuid => "uuid".to_owned(),
        Type::Guid => "guid".to_owned(),
        Type::Int32 => "int32".to_owned(),
        Type::Int64 => "int64".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::Named(name) => format!("`{name}`"),
        Type::Choice(name) => format!("enumeration `{name}`"),
        Type::List(items) => format!("list of {}", named(&items.ty)),
    }
}
