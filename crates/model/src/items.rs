//! Learning items that groups are mapped to (Taleo Learn). The directory keeps the mapping, not the items.

use crate::bounds::MAX_ITEM_ID;
use crate::error::Violation;
use crate::text::bounded;
use serde::{Deserialize, Serialize};

/// What kind of learning item it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ItemType {
    LearningPlan,
    JobProfile,
    Skill,
}

impl ItemType {
    pub const ALL: [Self; 3] = [Self::LearningPlan, Self::JobProfile, Self::Skill];

    /// The word for it in the store and in the audit trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LearningPlan => "learningPlan",
            Self::JobProfile => "jobProfile",
            Self::Skill => "skill",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How an item is named: by its kind and its identifier, which compares exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemKey {
    pub kind: ItemType,
    /// 1 to 50 characters.
    pub id: String,
}

impl ItemKey {
    /// What breaks a bound.
    pub fn violations(&self) -> Vec<Violation> {
        bounded("itemId", self.id.clone(), 1, MAX_ITEM_ID)
            .err()
            .into_iter()
            .collect()
    }
}

/// One item that a group is mapped to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedItem {
    pub key: ItemKey,
    /// Whether the mapping stays when a user leaves the group.
    pub retain: bool,
}

/// Most items of one group.
pub const MAX_ITEMS: u64 = 1000;
