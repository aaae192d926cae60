//! Other spellings of a member's value, brought into the form of its kind before it is looked at.

use serde_json::{Map, Value};

use super::form::Folding;

/// What is read as the value of a member beside what its kind says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Kind,
    /// A whole number for a text: its decimal digits.
    Number,
    /// `{"items": [{"id": 5, …}, …], …}` for a list of numbers: the ids.
    LinkedItems,
}

impl Takes {
    /// Brings a value that is taken beside the kind into the form of the kind. Any other stays as it is.
    pub(super) fn tidy(self, value: &mut Value, folding: Folding) {
        match (self, &mut *value) {
            (Self::Number, Value::Number(number)) if number.is_i64() || number.is_u64() => {
                *value = Value::String(number.to_string());
            }
            (Self::LinkedItems, Value::Object(map)) => {
                if let Some(ids) = linked(map, folding) {
                    *value = Value::Array(ids);
                }
            }
            _ => {}
        }
    }
}

/// The ids of a list of links; `None` if one of them has none.
fn linked(list: &Map<String, Value>, folding: Folding) -> Option<Vec<Value>> {
    let member = |map: &Map<String, Value>, wanted| {
        let mut members = map.iter();
        let found = members.find(|(name, _)| folding.is_name(name, wanted));
        found.map(|(_, value)| value.clone())
    };
    let Some(Value::Array(items)) = member(list, "items") else {
        return None;
    };
    items.iter().map(|item| member(item.as_object()?, "id")).collect()
}

#[cfg(test)]
mod tests {
    use super::Takes;
    use crate::runtime::form::Folding;
    use serde_json::{Value, json};

    fn tidied(takes: Takes, value: &Value) -> Value {
        let mut value = value.clone();
        let names = true;
        let values = false;
        takes.tidy(&mut value, Folding { names, values });
        value
    }

    #[test]
    fn numbers_for_texts() {
        for (given, expected) in [
            (json!(177_044), json!("177044")),
            (json!(-1), json!("-1")),
            (json!(u64::MAX), json!("18446744073709551615")),
            (json!(1.5), json!(1.5)),
            (json!(true), json!(true)),
            (json!("7"), json!("7")),
            (json!([7]), json!([7])),
        ] {
            assert_eq!(tidied(Takes::Number, &given), expected, "{given}");
            assert_eq!(tidied(Takes::Kind, &given), given);
        }
    }

    #[test]
    fn links_for_numbers() {
        for (given, expected) in [
            (
                json!({"items": [{"id": 5, "links": []}, {"ID": "x"}], "hasMore": false}),
                json!([5, "x"]),
            ),
            (json!({"Items": []}), json!([])),
            (json!({"items": [5]}), json!({"items": [5]})),
            (json!({"items": [{}]}), json!({"items": [{}]})),
            (json!({}), json!({})),
            (json!([5]), json!([5])),
        ] {
            assert_eq!(tidied(Takes::LinkedItems, &given), expected, "{given}");
        }
    }
}
