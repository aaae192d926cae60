//! What a write says about one field: nothing, or a new value.

/// Leaves a field as it is or gives it a new value.
///
/// A dialect sets only the fields that it knows, so that what another dialect wrote is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field is not mentioned.
    #[default]
    Keep,
    /// The field gets this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Writes the new value, if there is one, over `slot`.
    pub fn apply(self, slot: &mut T) {
        if let Self::Set(value) = self {
            *slot = value;
        }
    }

    /// The new value, if there is one.
    pub fn as_set(&self) -> Option<&T> {
        match self {
            Self::Keep => None,
            Self::Set(value) => Some(value),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}
