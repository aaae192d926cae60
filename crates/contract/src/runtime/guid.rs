//! Identifiers in the spelling of .NET's `N` format: 32 hexadecimal digits without dashes.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use uuid::Uuid;

use super::rule::{Rule, Ruled};
use super::text::FromText;
use super::wire::{Read, Spelled};

/// A value of `x-roster-type: guid`. Written as 32 lower-case digits; dashes as in a UUID and capital letters
/// are read as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(pub Uuid);

impl From<Uuid> for Guid {
    fn from(uuid: Uuid) -> Self {
        Self(uuid)
    }
}

impl From<Guid> for Uuid {
    fn from(guid: Guid) -> Self {
        guid.0
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_simple().fmt(f)
    }
}

impl FromText for Guid {
    const EXPECTED: &'static str = "32 hexadecimal digits";
    const RULE: &'static str = "pattern";
    fn from_text(text: &str) -> Option<Self> {
        // Other spellings have other lengths: braces 38, `urn:uuid:` 45.
        if matches!(text.len(), 32 | 36) {
            Uuid::try_parse(text).ok().map(Self)
        } else {
            None
        }
    }
}

impl Ruled for Guid {
    fn keeps(&self, _: Rule) -> bool {
        true
    }
}

impl Serialize for Guid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Guid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spelled::<Self>::read(deserializer)
    }
}

impl utoipa::PartialSchema for Guid {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).into()
    }
}

impl utoipa::ToSchema for Guid {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Guid")
    }
}

#[cfg(test)]
mod tests {
    use super::Guid;
    use crate::runtime::text::FromText;

    #[test]
    fn spellings() {
        let guid = Guid::from_text("01A203B0-7C92-71D4-8E52-A0F19C3B5D6E").unwrap();
        assert_eq!(guid.to_string(), "01a203b07c9271d48e52a0f19c3b5d6e");
        assert_eq!(Guid::from_text(&guid.to_string()), Some(guid));
        for wrong in [
            "",
            "01a203b07c9271d48e52a0f19c3b5d6",
            "01a203b07c9271d48e52a0f19c3b5d6g",
            "{01a203b0-7c92-71d4-8e52-a0f19c3b5d6e}",
            "01a203b07c92-71d48e52-a0f19c3b5d6e-x",
            "01a203b0-7c92-71d4-8e52a0f1-9c3b5d6e",
        ] {
            assert_eq!(Guid::from_text(wrong), None, "{wrong}");
        }
    }
}
