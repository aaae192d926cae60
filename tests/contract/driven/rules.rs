//! The names of the rules. They are stable, and `docs/rules.md` explains each of them.

pub const FAULT: &str = "driven-fault";
pub const STATUS: &str = "driven-status";
pub const HEADER: &str = "driven-header";
pub const MEDIA_TYPE: &str = "driven-media-type";
pub const BODY: &str = "driven-body";
pub const STOPPED: &str = "driven-stopped";
pub const VERB: &str = "driven-verb";
pub const CREDENTIAL: &str = "driven-credential";
pub const CHANGED: &str = "driven-changed";
pub const SIZE: &str = "driven-size";
pub const NESTING: &str = "driven-nesting";
pub const CONTENT_TYPE: &str = "driven-content-type";
pub const ACCEPT: &str = "driven-accept";
pub const LIMIT: &str = "driven-limit";
pub const REPEATED: &str = "driven-repeated";
pub const ESCAPE: &str = "driven-escape";
pub const UNREACHED: &str = "driven-unreached";
pub const CREATED: &str = "driven-created";
pub const DELETED: &str = "driven-deleted";
pub const IDEMPOTENT: &str = "driven-idempotent";
pub const PRECONDITION: &str = "driven-precondition";
pub const FOREIGN: &str = "driven-foreign";
pub const ACCESS: &str = "driven-access";
pub const POSITIVE: &str = "driven-positive";
pub const NEGATIVE: &str = "driven-negative";
pub const TEXT: &str = "driven-text";
pub const COVERAGE: &str = "driven-coverage";
pub const UNIQUE: &str = "driven-unique";
pub const KEPT: &str = "driven-kept";
pub const ABSENT: &str = "driven-absent";
pub const OTHER: &str = "driven-other";
pub const LIST: &str = "driven-list";
pub const FILTER: &str = "driven-filter";
pub const DEFAULT: &str = "driven-default";
pub const SELECTION: &str = "driven-selection";
pub const AUDIT: &str = "driven-audit";

/// All of them.
pub const ALL: [&str; 36] = [
    FAULT,
    STATUS,
    HEADER,
    MEDIA_TYPE,
    BODY,
    STOPPED,
    VERB,
    CREDENTIAL,
    CHANGED,
    SIZE,
    NESTING,
    CONTENT_TYPE,
    ACCEPT,
    LIMIT,
    REPEATED,
    ESCAPE,
    UNREACHED,
    CREATED,
    DELETED,
    IDEMPOTENT,
    PRECONDITION,
    FOREIGN,
    ACCESS,
    POSITIVE,
    NEGATIVE,
    TEXT,
    COVERAGE,
    UNIQUE,
    KEPT,
    ABSENT,
    OTHER,
    LIST,
    FILTER,
    DEFAULT,
    SELECTION,
    AUDIT,
];

/// Whoever reads a finding finds its rule explained.
#[test]
fn every_rule_is_explained() {
    let explained = include_str!("../../../docs/rules.md");
    for rule in ALL {
        assert!(
            explained.contains(&format!("| `{rule}` | ")),
            "{rule} is not in docs/rules.md"
        );
    }
}
