//! Members in which absent and null mean different things.

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use validator::{ValidateLength, ValidateRange};

use super::rule::{Rule, Ruled};
use super::wire::{self, Moment, Read};

/// The value of an optional nullable member of a schema with `x-roster-patch: true`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// The member is not there: what it means stays as it is.
    #[default]
    Absent,
    /// Null: what it means is taken away.
    Null,
    Value(T),
}

impl<T> Patch<T> {
    /// For `skip_serializing_if`.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// `None` where nothing changes, else the new value or none.
    pub fn change(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

/// As a member that is there; `default` on the field makes one that is not `Absent`.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::given)
    }
}

impl<T> Patch<T> {
    fn given(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

/// For `deserialize_with`: a member that is there.
pub fn patch<'de, D: Deserializer<'de>, R: Read>(deserializer: D) -> Result<Patch<R::Value>, D::Error> {
    wire::nullable::<D, R>(deserializer).map(Patch::given)
}

impl<T: ValidateLength<u64>> ValidateLength<u64> for Patch<T> {
    fn length(&self) -> Option<u64> {
        self.value().and_then(ValidateLength::length)
    }
}

impl<T: PartialOrd> ValidateRange<T> for Patch<T> {
    fn greater_than(&self, most: T) -> Option<bool> {
        self.value().map(|value| *value > most)
    }
    fn less_than(&self, least: T) -> Option<bool> {
        self.value().map(|value| *value < least)
    }
}

impl<T: Ruled> Ruled for Patch<T> {
    fn keeps(&self, rule: Rule) -> bool {
        self.value().is_none_or(|value| value.keeps(rule))
    }
}

impl Moment for Patch<DateTime<Utc>> {
    fn moment(&self) -> Option<&DateTime<Utc>> {
        self.value()
    }
}

#[cfg(test)]
mod tests {
    use super::Patch;
    use crate::runtime::wire::Whole;
    use serde::{Deserialize, Serialize};
    use validator::Validate;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
    struct Sample {
        #[serde(
            default,
            deserialize_with = "super::patch::<_, Whole<i64>>",
            skip_serializing_if = "Patch::is_absent"
        )]
        #[validate(range(min = 1, max = 9_007_199_254_740_991_i64))]
        parent: Patch<i64>,
        #[serde(default, skip_serializing_if = "Patch::is_absent")]
        #[validate(length(max = 2))]
        name: Patch<String>,
    }

    #[test]
    fn three_states() {
        for (text, expected) in [
            ("{}", Sample::default()),
            (
                r#"{"parent":null,"name":null}"#,
                Sample {
                    parent: Patch::Null,
                    name: Patch::Null,
                },
            ),
            (
                r#"{"parent":7,"name":"ab"}"#,
                Sample {
                    parent: Patch::Value(7),
                    name: Patch::Value("ab".to_owned()),
                },
            ),
        ] {
            let sample: Sample = serde_json::from_str(text).unwrap();
            assert_eq!(sample, expected, "{text}");
            assert_eq!(sample.validate(), Ok(()), "{text}");
            assert_eq!(serde_json::to_string(&sample).unwrap(), text);
        }
        assert_eq!(Patch::Value(7).change(), Some(Some(7)));
        assert_eq!(Patch::<i64>::Null.change(), Some(None));
        assert_eq!(Patch::<i64>::Absent.change(), None);
    }

    #[test]
    fn limits_hold_for_values() {
        let sample: Sample = serde_json::from_str(r#"{"parent":0,"name":"abc"}"#).unwrap();
        let errors = sample.validate().unwrap_err();
        assert_eq!(errors.field_errors().len(), 2);
        assert!(serde_json::from_str::<Sample>(r#"{"parent":"7"}"#).is_err());
    }
}
