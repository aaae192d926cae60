//! What a document says of lists: how a page is asked for, where its items and numbers stand, and what narrows it.

use super::{Operation, Place, named};
use crate::driven::call::Call;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::document::Document;

/// A list, as `x-roster-page` and `x-roster-filters` describe it. Places in answers are JSON pointers.
pub struct List {
    /// The schema of an item, as it stands in the document.
    pub item: Value,
    pub items: String,
    /// What narrows the list, and where an item has what it is compared with.
    pub filters: Vec<(Slot, String)>,
    numbers: Vec<(String, String)>,
    start: Option<Slot>,
    number: Option<Slot>,
    size: Option<Slot>,
    /// Asks for all to be counted.
    counted: Option<Slot>,
}

/// The lists of a document.
pub fn read(document: &Document, operations: &[Operation]) -> BTreeMap<String, List> {
    let lists = operations
        .iter()
        .filter_map(|operation| Some((operation.id.clone(), List::read(document, operation)?)));
    lists.collect()
}

/// A parameter of a query, or a member of a body.
pub struct Slot {
    name: String,
    is_member: bool,
    /// The least value.
    least: i64,
}

impl Slot {
    pub fn set(&self, call: &mut Call<'_>, value: &Value) {
        if !self.is_member {
            call.set(&self.name, Place::Query, value);
        } else if let Some(members) = call.value_mut().and_then(Value::as_object_mut) {
            members.insert(self.name.clone(), value.clone());
        }
    }
}

impl List {
    /// None if the good answer has no items.
    fn read(document: &Document, operation: &Operation) -> Option<Self> {
        let answer = operation.answers.get(&200)?;
        let (_, media) = answer["content"].as_object()?.iter().next()?;
        let members = named(document, &media["schema"])["properties"].as_object()?;
        let told = |word: &str| {
            let mut all = members.iter();
            all.find(|(_, member)| member["x-roster-page"] == word)
        };
        let (items, schema) = told("items")?;
        let mut list = Self {
            item: named(document, schema)["items"].clone(),
            items: format!("/{items}"),
            filters: Vec::new(),
            numbers: Vec::new(),
            start: None,
            number: None,
            size: None,
            counted: None,
        };
        for word in ["total", "pages", "more", "shown"] {
            list.numbers
                .extend(told(word).map(|(name, _)| (word.to_owned(), format!("/{name}"))));
        }
        list.slots(document, operation);
        Some(list)
    }

    fn slots(&mut self, document: &Document, operation: &Operation) {
        let params = operation
            .params
            .iter()
            .map(|param| (&param.name, &param.whole, &param.schema, false));
        let body = operation.body.as_ref().map(|body| named(document, &body.schema));
        let members = body
            .and_then(|body| body["properties"].as_object())
            .into_iter()
            .flatten();
        let members = members.map(|(name, member)| (name, member, member, true));
        for (name, described, schema, is_member) in params.chain(members) {
            let slot = || Slot {
                name: name.clone(),
                is_member,
                least: named(document, schema)["minimum"].as_i64().unwrap_or_default(),
            };
            match described["x-roster-page"].as_str() {
                Some("start") => self.start = Some(slot()),
                Some("number") => self.number = Some(slot()),
                Some("size") => self.size = Some(slot()),
                Some("counted") => self.counted = Some(slot()),
                _ => {}
            }
            if let Some(member) = described["x-roster-filters"].as_str() {
                let has = named(document, &self.item)["properties"].get(member).is_some();
                assert!(
                    has,
                    "`x-roster-filters` of `{}`: no item has `{member}`",
                    operation.id
                );
                self.filters.push((slot(), format!("/{member}")));
            }
        }
    }

    /// Whether pages of any size can be asked for.
    pub fn has_pages(&self) -> bool {
        self.size.is_some() && (self.start.is_some() || self.number.is_some())
    }

    /// Asks for the page of this size that begins behind so many items: a multiple of the size, where pages are counted.
    pub fn ask(&self, call: &mut Call<'_>, start: usize, size: usize) {
        let number = |number: usize| i64::try_from(number).unwrap();
        if let Some(slot) = &self.size {
            slot.set(call, &json!(number(size)));
        }
        if let Some(slot) = &self.counted {
            slot.set(call, &json!(true));
        }
        if let Some(slot) = &self.start {
            slot.set(call, &json!(slot.least + number(start)));
        }
        if let Some(slot) = &self.number {
            slot.set(call, &json!(slot.least + number(start / size)));
        }
    }

    /// Where the answer counts something, and what is right there.
    pub fn numbers(&self, all: usize, start: usize, shown: usize, size: usize) -> Vec<(&str, Value)> {
        let due = |word: &str| match word {
            "total" => json!(all),
            "pages" => json!(all.div_ceil(size)),
            "more" => json!(start + shown < all),
            _ => json!(shown),
        };
        let all = self.numbers.iter();
        all.map(|(word, pointer)| (pointer.as_str(), due(word))).collect()
    }
}
