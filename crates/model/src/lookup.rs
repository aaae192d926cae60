//! Look-ups by words that need not name one object only.

/// A look-up that further words may narrow: all that is given must hold. Where several objects match, it is
/// [`crate::Error::Ambiguous`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lookup {
    pub by: LookupBy,
    /// Only an object that has an identifier from this source; with [`LookupBy::External`], that identifier.
    pub source: Option<String>,
    /// Only an object of this language (a user's locale), without regard to case.
    pub language: Option<String>,
}

/// What is looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LookupBy {
    /// A number that is none of ours finds nothing.
    Number(i64),
    /// The value of an external identifier.
    External(String),
}

impl Lookup {
    /// An external value, whatever its source.
    pub fn external(value: impl Into<String>) -> Self {
        Self {
            by: LookupBy::External(value.into()),
            source: None,
            language: None,
        }
    }

    /// What is looked up, as text.
    pub fn key(&self) -> String {
        match &self.by {
            LookupBy::Number(number) => number.to_string(),
            LookupBy::External(value) => value.clone(),
        }
    }
}
