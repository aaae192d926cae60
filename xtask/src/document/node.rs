//! A cursor into a document that knows where it stands.

use serde_json::Value;

use super::Document;
use crate::finding::Finding;

/// References that follow one another; more are a circle.
const LONGEST_CHAIN: usize = 32;

/// A node of a document.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    document: &'a Document,
    /// JSON pointer.
    pub pointer: String,
    pub value: &'a Value,
}

impl<'a> Node<'a> {
    pub(super) fn root(document: &'a Document) -> Self {
        Self {
            document,
            pointer: String::new(),
            value: &document.value,
        }
    }

    /// The document that the node is in.
    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// A finding about this node.
    pub fn finding(&self, rule: &'static str, text: impl Into<String>) -> Finding {
        let (line, column) = self.document.position(&self.pointer);
        Finding {
            rule,
            file: self.document.path.clone(),
            line,
            column,
            text: text.into(),
            mend: None,
        }
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name)?;
        Some(Self {
            document: self.document,
            pointer: below(&self.pointer, name),
            value,
        })
    }

    /// The node at a path of member names.
    pub fn path(&self, names: &[&str]) -> Option<Self> {
        names.iter().try_fold(self.clone(), |node, name| node.get(name))
    }

    /// The members of an object, in the order of the file.
    pub fn members(&self) -> Vec<(&'a str, Self)> {
        let mut members: Vec<_> = self
            .value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| {
                let pointer = below(&self.pointer, name);
                (
                    name.as_str(),
                    Self {
                        document: self.document,
                        pointer,
                        value,
                    },
                )
            })
            .collect();
        members.sort_by_cached_key(|(_, node)| self.document.position(&node.pointer));
        members
    }

    /// The members of a member that is an object.
    pub fn members_of(&self, name: &str) -> Vec<(&'a str, Self)> {
        self.get(name).map(|node| node.members()).unwrap_or_default()
    }

    /// The items of a list.
    pub fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        let node = |(index, value)| {
            let pointer = format!("{}/{index}", self.pointer);
            Self {
                document: self.document,
                pointer,
                value,
            }
        };
        items.map(node).collect()
    }

    /// The items of a member that is a list.
    pub fn items_of(&self, name: &str) -> Vec<Self> {
        self.get(name).map(|node| node.items()).unwrap_or_default()
    }

    /// The text of a member.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.value.get(name)?.as_str()
    }

    /// Whether a member is `true`.
    pub fn flag(&self, name: &str) -> bool {
        self.value.get(name) == Some(&Value::Bool(true))
    }

    /// The last part of the pointer, unescaped.
    pub fn name(&self) -> String {
        let last = self.pointer.rsplit('/').next().unwrap_or_default();
        last.replace("~1", "/").replace("~0", "~")
    }

    /// Follows `$ref` until there is none. A chain that leads nowhere or into a circle is a finding.
    pub fn resolve(&self) -> Result<Self, Finding> {
        let mut node = self.clone();
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = node.get("$ref") else {
                return Ok(node);
            };
            let Some(text) = reference.value.as_str() else {
                return Err(reference.finding("dangling-ref", "a reference is a text"));
            };
            node = reference.target(text)?;
        }
        Err(self.finding("circular-ref", "this reference leads back to itself"))
    }

    /// The node that a reference in this place means.
    pub fn target(&self, reference: &str) -> Result<Self, Finding> {
        let Some(pointer) = reference.strip_prefix('#') else {
            return Err(self.finding("dangling-ref", format!("`{reference}` leaves the document")));
        };
        match self.document.value.pointer(pointer) {
            Some(value) => Ok(Self {
                document: self.document,
                pointer: pointer.to_owned(),
                value,
            }),
            None => Err(self.finding("dangling-ref", format!("`{reference}` leads nowhere"))),
        }
    }
}

/// The pointer of a member.
pub fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Whether a member is one of our extensions: they speak to people, to the generator and to the comparison of
/// revisions, and the document that the server derives has none of them.
pub fn is_own_extension(name: &str) -> bool {
    name.starts_with("x-roster-") || name == "x-sunset"
}
