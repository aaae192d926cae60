//! The keywords of a schema that limit a scalar, checked and put into words.

use std::sync::LazyLock;

use regex::Regex;
use validator::ValidationError;

use super::Secret;

/// A pattern of a document, compiled once.
pub type Pattern = LazyLock<Option<Regex>>;

/// Compiles a pattern of a document. The generator has compiled it before it was written here, so the
/// `None` of a pattern that does not compile is never met; it would refuse every value.
pub fn compile(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// One limit on a scalar.
#[derive(Clone, Copy)]
pub enum Rule {
    /// Characters.
    MinLength(usize),
    /// Characters.
    MaxLength(usize),
    Pattern(&'static Pattern),
    /// A pattern, and what a right value is in words.
    Form(&'static Pattern, &'static str),
    Minimum(i64),
    Maximum(i64),
    LeastNumber(f64),
    GreatestNumber(f64),
}

impl Rule {
    /// The keyword of the schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) | Self::Form(..) => "pattern",
            Self::Minimum(_) | Self::LeastNumber(_) => "minimum",
            Self::Maximum(_) | Self::GreatestNumber(_) => "maximum",
        }
    }

    /// What a right value is.
    pub fn message(self) -> String {
        match self {
            Self::MinLength(least) => format!("must have at least {least} {}", noun(least, "character")),
            Self::MaxLength(most) => format!("must have at most {most} {}", noun(most, "character")),
            Self::Pattern(pattern) => pattern_message(pattern.as_ref().map_or("", Regex::as_str)),
            Self::Form(_, words) => words.to_owned(),
            Self::Minimum(least) => format!("must be at least {least}"),
            Self::Maximum(most) => format!("must be at most {most}"),
            Self::LeastNumber(least) => format!("must be at least {least}"),
            Self::GreatestNumber(most) => format!("must be at most {most}"),
        }
    }
}

pub(super) fn pattern_message(pattern: &str) -> String {
    format!("must match the pattern {pattern}")
}

/// `1 item`, `2 items`.
pub(super) fn noun(count: usize, one: &'static str) -> String {
    if count == 1 {
        one.to_owned()
    } else {
        format!("{one}s")
    }
}

/// A scalar that rules apply to.
pub trait Ruled {
    /// False if the value breaks the rule. Rules of another kind of value hold.
    fn keeps(&self, rule: Rule) -> bool;
}

impl Ruled for String {
    fn keeps(&self, rule: Rule) -> bool {
        match rule {
            Rule::MinLength(least) => self.chars().count() >= least,
            // Bytes are counted first: they are at hand, and few values come near the limit.
            Rule::MaxLength(most) => self.len() <= most || self.chars().count() <= most,
            Rule::Pattern(pattern) | Rule::Form(pattern, _) => {
                pattern.as_ref().is_some_and(|pattern| pattern.is_match(self))
            }
            _ => true,
        }
    }
}

/// The derive of `validator` hands out references to what an `Option` holds.
impl<T: Ruled> Ruled for &T {
    fn keeps(&self, rule: Rule) -> bool {
        T::keeps(self, rule)
    }
}

impl Ruled for Secret {
    fn keeps(&self, rule: Rule) -> bool {
        self.expose().to_owned().keeps(rule)
    }
}

impl Ruled for i64 {
    fn keeps(&self, rule: Rule) -> bool {
        match rule {
            Rule::Minimum(least) => *self >= least,
            Rule::Maximum(most) => *self <= most,
            _ => true,
        }
    }
}

impl Ruled for i32 {
    fn keeps(&self, rule: Rule) -> bool {
        i64::from(*self).keeps(rule)
    }
}

impl Ruled for f64 {
    fn keeps(&self, rule: Rule) -> bool {
        match rule {
            Rule::LeastNumber(least) => *self >= least,
            Rule::GreatestNumber(most) => *self <= most,
            _ => true,
        }
    }
}

/// Types whose values are right by being what they are.
macro_rules! ruled_by_type {
    ($($kind:ty),*) => { $(impl Ruled for $kind {
        fn keeps(&self, _: Rule) -> bool {
            true
        }
    })* };
}
ruled_by_type!(bool, chrono::DateTime<chrono::Utc>, uuid::Uuid);

/// Checks one value against a rule. (The derive of `validator` can only take a `Regex` that cannot fail.)
pub fn holds<T: Ruled + ?Sized>(value: &T, rule: Rule) -> Result<(), ValidationError> {
    if value.keeps(rule) {
        Ok(())
    } else {
        Err(ValidationError::new(rule.name()).with_message(rule.message().into()))
    }
}

/// Checks each item of a list of scalars; the error names the first item that breaks a rule.
pub fn items<T: Ruled>(items: &[T], rules: &[Rule]) -> Result<(), ValidationError> {
    for (index, item) in items.iter().enumerate() {
        if let Some(rule) = rules.iter().find(|rule| !item.keeps(**rule)) {
            return Err(item_error(rule.name(), index, rule.message()));
        }
    }
    Ok(())
}

/// Checks `minItems` and `maxItems`.
pub fn size<T>(items: &[T], least: usize, most: Option<usize>) -> Result<(), ValidationError> {
    if items.len() < least {
        let message = format!("must have at least {least} {}", noun(least, "item"));
        return Err(ValidationError::new("minItems").with_message(message.into()));
    }
    match most {
        Some(most) if items.len() > most => {
            let message = format!("must have at most {most} {}", noun(most, "item"));
            Err(ValidationError::new("maxItems").with_message(message.into()))
        }
        _ => Ok(()),
    }
}

/// Checks `uniqueItems`; the error names the first item that was there before.
pub fn unique<T: PartialEq>(items: &[T]) -> Result<(), ValidationError> {
    // Lists that must be unique are short (the document bounds them), and items need not be hashable.
    match (1..items.len()).find(|index| items[..*index].contains(&items[*index])) {
        Some(index) => Err(item_error(
            "uniqueItems",
            index,
            "must not be in the list twice".to_owned(),
        )),
        None => Ok(()),
    }
}

fn item_error(rule: &'static str, index: usize, message: String) -> ValidationError {
    let mut error = ValidationError::new(rule).with_message(message.into());
    error.add_param("index".into(), &index);
    error
}

#[cfg(test)]
mod tests {
    use super::{Rule, Ruled, items, unique};

    #[test]
    fn lengths_count_characters() {
        assert!("grün".to_owned().keeps(Rule::MaxLength(4)));
        assert!(!"grüne".to_owned().keeps(Rule::MaxLength(4)));
        assert!(!String::new().keeps(Rule::MinLength(1)));
    }

    #[test]
    fn the_first_wrong_item_is_named() {
        let error = items(&["a".to_owned(), "bcd".to_owned()], &[Rule::MaxLength(2)]).unwrap_err();
        assert_eq!(error.code, "maxLength");
        assert_eq!(error.params["index"], 1);
        assert_eq!(unique(&[1, 2, 3]), Ok(()));
        assert_eq!(unique(&[1, 2, 1]).unwrap_err().params["index"], 2);
    }
}
