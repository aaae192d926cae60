//! Text that must not be seen: passwords and client secrets.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use validator::ValidateLength;

/// Text of `format: password`. `Debug` shows nothing of it; writing it as JSON is an explicit decision of the
/// document, because its `writeOnly` members are left out of every answer.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Never log it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// For members that are not `writeOnly`, such as the access token in the answer of a token endpoint.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl ValidateLength<u64> for Secret {
    fn length(&self) -> Option<u64> {
        u64::try_from(self.0.chars().count()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }
}
