//! What only this dialect knows of a user: kept as given in the user's extras.

use contract::formsonfire::models::{UserMetadata, UserType, WebsiteRole};
use contract::runtime::text::FromText;
use model::Patch;
use model::users::UserFields;
use serde_json::{Map, Value, json};

/// The dialect's name in a user's extras.
const NAME: &str = "formsonfire";

/// Values to write; absent ones keep what is there, empty ones remove it.
#[derive(Debug, Default)]
pub struct Given {
    pub type_: Option<UserType>,
    pub country: Option<String>,
    pub website_role: Option<WebsiteRole>,
    pub folders: Option<Vec<String>>,
    pub color_code: Option<String>,
    pub metadata: Option<Vec<UserMetadata>>,
}

impl Given {
    /// The members to be written over what is kept.
    pub fn patch(self) -> Patch<(String, Map<String, Value>)> {
        let text = |text: String| if text.is_empty() { Value::Null } else { json!(text) };
        let facts = |facts: Vec<UserMetadata>| {
            if facts.is_empty() {
                Value::Null
            } else {
                facts.into_iter().map(fact).collect()
            }
        };
        let folders = |folders: Vec<String>| {
            if folders.is_empty() {
                Value::Null
            } else {
                json!(folders)
            }
        };
        let members: Map<String, Value> = [
            ("Type", self.type_.map(|word| json!(word.as_str()))),
            ("Country", self.country.map(text)),
            ("WebsiteRole", self.website_role.map(|word| json!(word.as_str()))),
            ("Folders", self.folders.map(folders)),
            ("ColorCode", self.color_code.map(text)),
            ("Metadata", self.metadata.map(facts)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect();
        if members.is_empty() {
            Patch::Keep
        } else {
            Patch::Set((NAME.to_owned(), members))
        }
    }
}

fn fact(fact: UserMetadata) -> Value {
    json!({"Key": fact.key, "Value": fact.value.unwrap_or_default()})
}

/// What is kept of a user.
pub struct Kept<'a>(Option<&'a Value>);

impl<'a> Kept<'a> {
    pub fn of(fields: &'a UserFields) -> Self {
        Self(fields.extras.get(NAME))
    }

    fn at(&self, name: &str) -> Option<&'a Value> {
        self.0.and_then(|members| members.get(name))
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.at(name).and_then(Value::as_str).map(str::to_owned)
    }

    /// A word of an enumeration.
    pub fn word<T: FromText>(&self, name: &str) -> Option<T> {
        self.at(name).and_then(Value::as_str).and_then(T::from_text)
    }

    pub fn folders(&self) -> Vec<String> {
        let folders = self.at("Folders").and_then(Value::as_array).into_iter().flatten();
        folders.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// None when there are no facts: then the member is left out.
    pub fn metadata(&self) -> Option<Vec<UserMetadata>> {
        let text = |fact: &Value, name: &str| fact.get(name).and_then(Value::as_str).map(str::to_owned);
        let fact = |fact: &Value| {
            Some(UserMetadata {
                key: text(fact, "Key")?,
                value: text(fact, "Value"),
            })
        };
        let facts = self.at("Metadata").and_then(Value::as_array)?;
        Some(facts.iter().filter_map(fact).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_keeps_and_empty_removes() {
        assert_eq!(Given::default().patch(), Patch::Keep);
        let given = Given {
            country: Some(String::new()),
            folders: Some(Vec::new()),
            color_code: Some("red".to_owned()),
            ..Given::default()
        };
        let Patch::Set((dialect, members)) = given.patch() else {
            panic!("something is given");
        };
        assert_eq!(dialect, NAME);
        let expected = json!({"Country": null, "Folders": null, "ColorCode": "red"});
        assert_eq!(Value::Object(members), expected);
    }
}
