//! How members of JSON objects are read where serde's own reading is not that of JSON Schema.
//!
//! Generated fields name these functions in `deserialize_with`, with a reader for the value:
//! `nullable::<_, Whole<i32>>`.

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::{Serializer, forward_to_deserialize_any};
use uuid::Uuid;

use super::text::{FromText, demand};

/// Reads a value of type `Value`.
pub trait Read {
    type Value;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Value, D::Error>;
}

/// A required member that is not null.
pub fn required<'de, D: Deserializer<'de>, R: Read>(deserializer: D) -> Result<R::Value, D::Error> {
    R::read(deserializer)
}

/// A member that may be left out but not be null.
pub fn optional<'de, D: Deserializer<'de>, R: Read>(deserializer: D) -> Result<Option<R::Value>, D::Error> {
    R::read(deserializer).map(Some)
}

/// A member that may be null. (Whether it may be left out is decided by `default` on the field.)
pub fn nullable<'de, D: Deserializer<'de>, R: Read>(deserializer: D) -> Result<Option<R::Value>, D::Error> {
    struct Nullable<R>(PhantomData<R>);

    impl<'de, R: Read> Visitor<'de> for Nullable<R> {
        type Value = Option<R::Value>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value or null")
        }
        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            R::read(deserializer).map(Some)
        }
    }

    deserializer.deserialize_option(Nullable::<R>(PhantomData))
}

/// As the type reads itself.
pub struct Plain<T>(PhantomData<T>);

impl<T: for<'a> Deserialize<'a>> Read for Plain<T> {
    type Value = T;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// A struct that is read from a JSON object only. serde would also take a list of the members' values.
pub struct Object<T>(PhantomData<T>);

impl<T: for<'a> Deserialize<'a>> Read for Object<T> {
    type Value = T;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(MembersOnly(deserializer))
    }
}

/// Asks for a map where serde's derive asks for a struct.
struct MembersOnly<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for MembersOnly<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A list, its items read by `R`.
pub struct List<R>(PhantomData<R>);

impl<R: Read> Read for List<R> {
    type Value = Vec<R::Value>;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Value, D::Error> {
        struct Items<R>(PhantomData<R>);
        struct Item<R: Read>(R::Value);

        impl<'de, R: Read> Deserialize<'de> for Item<R> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                R::read(deserializer).map(Self)
            }
        }

        impl<'de, R: Read> Visitor<'de> for Items<R> {
            type Value = Vec<R::Value>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(Item(value)) = items.next_element::<Item<R>>()? {
                    list.push(value);
                }
                Ok(list)
            }
        }

        deserializer.deserialize_seq(Items::<R>(PhantomData))
    }
}

/// A whole number as JSON Schema understands it: `1`, `1.0` and `1e2` are, `1.5` is not.
pub struct Whole<T>(PhantomData<T>);

impl<T: TryFrom<i64> + FromText> Read for Whole<T> {
    type Value = T;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        struct Number<T>(PhantomData<T>);

        impl<T: TryFrom<i64> + FromText> Number<T> {
            fn narrow<E: Error>(number: i64) -> Result<T, E> {
                T::try_from(number).map_err(|_| E::custom(format_args!("expected {}", T::EXPECTED)))
            }
        }

        impl<T: TryFrom<i64> + FromText> Visitor<'_> for Number<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
                Self::narrow(number)
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
                let number =
                    i64::try_from(number).map_err(|_| E::custom(format_args!("expected {}", T::EXPECTED)))?;
                Self::narrow(number)
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
                // Above 2^53 a float no longer says which whole number was meant.
                const EXACT: f64 = 9_007_199_254_740_992.0;
                if number.fract() == 0.0 && number.abs() <= EXACT {
                    #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53, see above")]
                    let whole = number as i64;
                    Self::narrow(whole)
                } else {
                    Err(E::custom(format_args!("expected {}", T::EXPECTED)))
                }
            }
        }

        deserializer.deserialize_any(Number::<T>(PhantomData))
    }
}

/// Text that says a value in one spelling only, the one of its `format`.
pub struct Spelled<T>(PhantomData<T>);

/// `format: date-time`.
pub type Instant = Spelled<DateTime<Utc>>;
/// `format: uuid`.
pub type Dashed = Spelled<Uuid>;

impl<T: FromText> Read for Spelled<T> {
    type Value = T;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        struct Text<T>(PhantomData<T>);

        impl<T: FromText> Visitor<'_> for Text<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
                T::from_text(text).ok_or_else(|| E::custom(demand::<T>()))
            }
        }

        deserializer.deserialize_str(Text::<T>(PhantomData))
    }
}

/// An instant, or none, that is written with a number of digits of the second.
pub trait Moment {
    fn moment(&self) -> Option<&DateTime<Utc>>;
}

impl Moment for DateTime<Utc> {
    fn moment(&self) -> Option<&DateTime<Utc>> {
        Some(self)
    }
}

impl Moment for Option<DateTime<Utc>> {
    fn moment(&self) -> Option<&DateTime<Utc>> {
        self.as_ref()
    }
}

/// For `serialize_with`: RFC 3339 in UTC with `DIGITS` digits of the second, at most nine.
pub fn fraction<const DIGITS: usize, T: Moment, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value.moment() {
        None => serializer.serialize_none(),
        Some(at) => {
            let nanoseconds = format!("{:09}", at.timestamp_subsec_nanos() % 1_000_000_000);
            let digits = nanoseconds.get(..DIGITS).unwrap_or(&nanoseconds);
            let point = if digits.is_empty() { "" } else { "." };
            serializer.collect_str(&format_args!(
                "{}{point}{digits}Z",
                at.format("%Y-%m-%dT%H:%M:%S")
            ))
        }
    }
}

/// For `skip_serializing_if` on members that are only written by clients (`writeOnly`).
pub fn never<T>(_: &T) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::{Instant, List, Whole};
    use chrono::{DateTime, Utc};
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[serde(deserialize_with = "super::required::<_, Whole<i32>>")]
        count: i32,
        #[serde(default, deserialize_with = "super::optional::<_, Whole<i64>>")]
        page: Option<i64>,
        #[serde(deserialize_with = "super::nullable::<_, Instant>")]
        at: Option<DateTime<Utc>>,
        #[serde(default, deserialize_with = "super::nullable::<_, List<Whole<i32>>>")]
        list: Option<Vec<i32>>,
    }

    fn read(text: &str) -> Result<Sample, String> {
        serde_json::from_str(text).map_err(|error: serde_json::Error| error.to_string())
    }

    #[test]
    fn whole_numbers_in_any_spelling() {
        let sample = read(r#"{"count":1.0,"page":1e2,"at":null,"list":[3,4.0]}"#).unwrap();
        assert_eq!(
            sample,
            Sample {
                count: 1,
                page: Some(100),
                at: None,
                list: Some(vec![3, 4])
            }
        );
        for wrong in [
            "1.5",
            "2147483648",
            "1e300",
            "\"1\"",
            "null",
            "true",
            "18446744073709551615",
        ] {
            let error = read(&format!(r#"{{"count":{wrong},"at":null}}"#)).unwrap_err();
            assert!(
                error.contains("expected a whole number of 32 bits"),
                "{wrong}: {error}"
            );
        }
    }

    #[test]
    fn absent_and_null_are_told_apart() {
        assert!(
            read(r#"{"count":1}"#)
                .unwrap_err()
                .starts_with("missing field `at`")
        );
        assert!(
            read(r#"{"count":1,"at":null,"page":null}"#)
                .unwrap_err()
                .contains("null")
        );
        assert_eq!(read(r#"{"count":1,"at":null,"list":null}"#).unwrap().list, None);
        assert!(
            read(r#"{"count":1,"at":"yesterday"}"#)
                .unwrap_err()
                .contains("RFC 3339")
        );
        assert!(read(r#"{"count":1,"at":"2023-11-07T05:31:56Z"}"#).is_ok());
    }
}
