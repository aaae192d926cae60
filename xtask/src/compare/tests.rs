//! Each rule is shown to fail by its own example, and the opposite edit by the rule that mirrors it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::rules::{self, Rule, Severity};
use super::{Change, compare};
use crate::document::Document;
use crate::ir::lower;

mod links;

const SAMPLE: &str = include_str!("sample.yaml");

fn document(text: &str) -> Document {
    Document::parse(PathBuf::from("openapi/sample.yaml"), text).unwrap_or_else(|found| panic!("{found:?}"))
}

fn changes_on(before: &str, after: &str, today: &str) -> Vec<Change> {
    let (before, after) = (document(before), document(after));
    let lowered = |document| lower(document).unwrap_or_else(|found| panic!("{found:?}"));
    let today = NaiveDate::parse_from_str(today, "%Y-%m-%d").unwrap();
    compare(&lowered(&before), &lowered(&after), today)
}

fn changes(before: &str, after: &str) -> Vec<Change> {
    changes_on(before, after, "2026-11-22")
}

fn ids(changes: &[Change]) -> BTreeSet<&'static str> {
    changes.iter().map(|change| change.rule.id).collect()
}

/// The sample with one edit; what is edited stands in it exactly once.
fn edited(before: &str, after: &str) -> String {
    assert_eq!(
        SAMPLE.matches(before).count(),
        1,
        "not once in the sample:\n{before}"
    );
    SAMPLE.replacen(before, after, 1)
}

/// Rules about files, which no edit of one document shows; the step's own tests do.
fn is_about_files(rule: &Rule) -> bool {
    matches!(
        rule.id,
        "document-added" | "document-removed" | "document-renamed" | "document-not-comparable"
    )
}

#[test]
fn a_document_equals_itself() {
    assert!(changes(SAMPLE, SAMPLE).is_empty());
}

#[test]
fn each_rule_is_shown_by_its_example_and_mirrored_by_the_opposite_edit() {
    let mut wrong = Vec::new();
    for rule in rules::all().filter(|rule| !is_about_files(rule)) {
        let (before, after) = rule.example;
        let after = edited(before, after);
        let (there, back) = (changes(SAMPLE, &after), changes(&after, SAMPLE));
        if ids(&there) != BTreeSet::from([rule.id]) {
            wrong.push(format!("{}: there {:?}", rule.id, ids(&there)));
        }
        if ids(&back) != BTreeSet::from([rule.mirror]) {
            wrong.push(format!("{}: back {:?}, not {}", rule.id, ids(&back), rule.mirror));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_order_of_media_types_says_nothing_where_the_default_is_said() {
    let rule = rules::all().find(|rule| rule.id == "request-media-type-default-changed");
    let (before, after) = rule.unwrap().example;
    let said = |text: &str, format: &str| {
        text.replacen(
            "security:",
            &format!("x-roster-default-format: {format}\nsecurity:"),
            1,
        )
    };
    let (first, swapped) = (edited(before, before), edited(before, after));
    assert!(changes(&said(&first, "xml"), &said(&swapped, "xml")).is_empty());
    assert!(changes(&first, &said(&swapped, "json")).is_empty());
    let changed = changes(&first, &said(&first, "xml"));
    assert!(
        ids(&changed).contains("request-media-type-default-changed"),
        "{changed:?}"
    );
}

#[test]
fn names_are_there_once_and_mirrors_exist() {
    let mut seen = BTreeSet::new();
    for rule in rules::all() {
        assert!(seen.insert(rule.id), "{} twice", rule.id);
        assert!(
            rules::all().any(|other| other.id == rule.mirror),
            "{}",
            rule.mirror
        );
        assert!(rule.about.ends_with('.'), "{}", rule.id);
    }
}

/// What breaks in a request is harmless in an answer, and the other way round.
#[test]
fn the_two_directions_are_each_others_opposite() {
    for aspect in [
        "type-narrowed",
        "type-widened",
        "bounds-narrowed",
        "bounds-widened",
        "pattern-added",
        "pattern-removed",
        "enum-value-added",
        "enum-value-removed",
        "became-required",
        "became-optional",
        "became-nullable",
        "became-not-nullable",
    ] {
        let severity = |side| rules::named(&format!("{side}-member-{aspect}")).severity;
        let expected = match severity("request") {
            Severity::Breaking => Severity::Info,
            Severity::Info => Severity::Breaking,
            Severity::Warning => Severity::Warning,
        };
        assert_eq!(severity("response"), expected, "{aspect}");
    }
}

#[test]
fn what_operations_share_is_one_change_that_names_them_all() {
    let found = changes(SAMPLE, &edited("maximum: 900", "maximum: 9000"));
    assert_eq!(found.len(), 1, "{found:?}");
    let change = &found[0];
    let operations: Vec<&str> = change.operations.iter().map(String::as_str).collect();
    assert_eq!(operations, ["createOrder", "listOrders"]);
    assert_eq!(change.pointer, "/components/schemas/Receipt/properties/number");
    assert_eq!(change.text, "member `number`: `maximum` 900 -> 9000");
    let line = SAMPLE
        .lines()
        .position(|line| line.contains("maximum: 900"))
        .unwrap()
        + 1;
    assert_eq!(change.place, (line, 9));
}

/// One schema in both directions: more in a request is fine, more in an answer is not.
#[test]
fn a_schema_of_both_directions_is_judged_in_both() {
    let both = SAMPLE.replace(
        "#/components/schemas/Receipt'}\n          links",
        "#/components/schemas/Order'}\n          links",
    );
    let after = both.replace("maximum: 500", "maximum: 5000");
    let expected = BTreeSet::from(["request-member-bounds-widened", "response-member-bounds-widened"]);
    assert_eq!(ids(&changes(&both, &after)), expected);
}

#[test]
fn what_is_deprecated_may_go_on_its_day_and_not_before() {
    let without = edited(
        "        fax: {type: string, maxLength: 29, deprecated: true, x-sunset: 2020-01-31}\n",
        "",
    );
    for (today, rule, words) in [
        (
            "2020-01-30",
            "request-member-removed",
            "it was to stay until 2020-01-31",
        ),
        (
            "2020-01-31",
            "request-member-removed-after-sunset",
            "member `fax`",
        ),
        (
            "2026-11-22",
            "request-member-removed-after-sunset",
            "member `fax`",
        ),
    ] {
        let found = changes_on(SAMPLE, &without, today);
        assert_eq!(ids(&found), BTreeSet::from([rule]), "{today}");
        assert!(found[0].text.contains(words), "{found:?}");
    }
    // Without a date nothing was announced.
    let undated = edited(
        ", deprecated: true, x-sunset: 2020-01-31}\n        pin",
        ", deprecated: true}\n        pin",
    );
    let gone = undated.replace(
        "        fax: {type: string, maxLength: 29, deprecated: true}\n",
        "",
    );
    assert_eq!(
        ids(&changes(&undated, &gone)),
        BTreeSet::from(["request-member-removed"])
    );
}

#[test]
fn a_credential_that_is_more_than_enough_is_no_break() {
    let both = edited("  - bearer: []\n  - key: []\n", "  - bearer: []\n    key: []\n");
    let one = edited("  - bearer: []\n  - key: []\n", "  - bearer: []\n");
    assert_eq!(ids(&changes(&both, &one)), BTreeSet::from(["security-added"]));
    assert_eq!(ids(&changes(&one, &both)), BTreeSet::from(["security-removed"]));
}

#[test]
fn maps_are_judged_by_their_values_and_their_size() {
    for (before, after, rule) in [
        (
            "maxLength: 35",
            "maxLength: 350",
            "response-member-bounds-widened",
        ),
        (
            "maxProperties: 7",
            "maxProperties: 70",
            "response-member-bounds-widened",
        ),
        ("      maxProperties: 7\n", "", "response-member-bounds-widened"),
        (
            "maxProperties: 7",
            "maxProperties: 5",
            "response-member-bounds-narrowed",
        ),
        (
            "{type: string, maxLength: 35}",
            "{type: boolean}",
            "response-member-type-changed",
        ),
    ] {
        assert_eq!(
            ids(&changes(SAMPLE, &edited(before, after))),
            BTreeSet::from([rule]),
            "{after}"
        );
    }
}

/// A bound that comes narrows and one that goes widens, whether it is the lower or the upper one.
#[test]
fn bounds_that_come_and_go() {
    for (without, with) in [
        (
            "format: int64, maximum: 500",
            "format: int64, minimum: 0, maximum: 500",
        ),
        (
            "format: int64, minimum: 0}",
            "format: int64, minimum: 0, maximum: 500}",
        ),
        (
            "{type: string, maxLength: 23}",
            "{type: string, minLength: 1, maxLength: 23}",
        ),
    ] {
        let place = if SAMPLE.contains(with) { with } else { without };
        let [old, new] = [without, with].map(|text| edited(place, text));
        let narrowed = BTreeSet::from(["request-member-bounds-narrowed"]);
        assert_eq!(ids(&changes(&old, &new)), narrowed, "{without} -> {with}");
        let widened = BTreeSet::from(["request-member-bounds-widened"]);
        assert_eq!(ids(&changes(&new, &old)), widened, "{with} -> {without}");
    }
}

/// Numbers that a floating point number does not tell apart.
#[test]
fn large_bounds_are_compared_exactly() {
    let at = |maximum: &str| edited("maximum: 500", &format!("maximum: {maximum}"));
    let found = changes(&at("9007199254740993"), &at("9007199254740992"));
    assert_eq!(ids(&found), BTreeSet::from(["request-member-bounds-narrowed"]));
}

#[test]
fn a_lower_bound_where_there_was_none_narrows() {
    let with = edited(
        "owner: {type: string, maxLength: 30}",
        "owner: {type: string, minLength: 1, maxLength: 30}",
    );
    let narrowed = ids(&changes(SAMPLE, &with));
    assert!(
        narrowed.iter().all(|id| id.ends_with("bounds-narrowed")),
        "{narrowed:?}"
    );
    let widened = ids(&changes(&with, SAMPLE));
    assert!(
        widened.iter().all(|id| id.ends_with("bounds-widened")),
        "{widened:?}"
    );
    assert!(!narrowed.is_empty() && !widened.is_empty());
}

#[test]
fn a_path_that_stays_as_another_spelling_is_no_break() {
    let with = edited(
        "  /tokens:\n",
        "  /tokens:\n    x-roster-tolerates: ['alias:/token']\n",
    );
    assert_eq!(ids(&changes(SAMPLE, &with)), BTreeSet::from(["tolerance-added"]));
    assert_eq!(
        ids(&changes(&with, SAMPLE)),
        BTreeSet::from(["tolerance-removed"])
    );
    let moved = edited(
        "  /tokens:\n",
        "  /tickets:\n    x-roster-tolerates: ['alias:/tokens']\n",
    );
    assert_eq!(ids(&changes(SAMPLE, &moved)), BTreeSet::from(["tolerance-added"]));
    let back = changes(&moved, SAMPLE);
    assert_eq!(
        ids(&back),
        BTreeSet::from(["operation-moved"]),
        "the path that the document named is gone"
    );
}

#[test]
fn letter_case_of_a_path_counts_only_where_it_is_not_tolerated() {
    let folded = edited("  /tokens:\n", "  /Tokens:\n");
    assert!(
        changes(SAMPLE, &folded).is_empty(),
        "{:?}",
        changes(SAMPLE, &folded)
    );
    let exact = |text: &str| text.replace("x-roster-tolerates: [path-case]\n", "");
    let found = changes(&exact(SAMPLE), &exact(&folded));
    assert_eq!(ids(&found), BTreeSet::from(["operation-moved"]));
}

/// Members that a client cannot send, or never gets, may change as they like.
#[test]
fn members_that_do_not_travel_are_passed_over() {
    for (before, after) in [
        ("maxLength: 27, readOnly: true}", "maxLength: 7, readOnly: true}"),
        (
            "        stock: {type: string, maxLength: 27, readOnly: true}\n",
            "",
        ),
        (
            "maxLength: 33, writeOnly: true}",
            "maxLength: 330, writeOnly: true}",
        ),
        (
            "        secret: {type: string, maxLength: 33, writeOnly: true}\n",
            "",
        ),
    ] {
        assert!(changes(SAMPLE, &edited(before, after)).is_empty(), "{before}");
        assert!(changes(&edited(before, after), SAMPLE).is_empty(), "{before}");
    }
}

#[test]
fn words_and_examples_are_no_changes() {
    for (before, after) in [
        ("title: Sample", "title: Other"),
        ("description: Orders.", "description: All orders."),
        ("version: \"1.4.0\"", "version: \"1.4.1\""),
        (
            "owner: {type: string,",
            "owner: {description: Who., examples: [ann], type: string,",
        ),
    ] {
        assert!(changes(SAMPLE, &edited(before, after)).is_empty(), "{before}");
    }
}

/// A schema of another name with the same content is the same on the wire, and another type in generated clients: told
/// once, wherever it is used.
#[test]
fn a_schema_of_another_name_is_told_once() {
    let renamed = SAMPLE
        .replace("schemas/Receipt'", "schemas/Bill'")
        .replace("    Receipt:\n", "    Bill:\n");
    let found = changes(SAMPLE, &renamed);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(ids(&found), BTreeSet::from(["schema-renamed"]));
}

#[test]
fn a_recursive_schema_ends() {
    let note = "        note: {type: string, maxLength: 23}\n";
    let list = "        notes: {type: array, maxItems: 3, items: {$ref: '#/components/schemas/Note'}}\n";
    let recursive = edited(note, &format!("{note}{list}"));
    assert_eq!(
        ids(&changes(SAMPLE, &recursive)),
        BTreeSet::from(["request-member-added"])
    );
    let longer = recursive.replace("maxItems: 3", "maxItems: 2");
    assert_eq!(
        ids(&changes(&recursive, &longer)),
        BTreeSet::from(["request-member-bounds-narrowed"])
    );
}

/// A text instead of words, or words instead of a text: limits that all words keep are no change of their own.
#[test]
fn words_that_keep_the_limits_of_a_text() {
    let kind = |schema: &str| {
        edited(
            "kind: {type: string, enum: [gift, sale]}",
            &format!("kind: {{{schema}}}"),
        )
    };
    let words = kind("type: string, enum: [gift, sale]");
    for (text, is_narrower) in [
        ("type: string, maxLength: 4", false),
        ("type: string, maxLength: 3", true),
        ("type: string, maxLength: 9, minLength: 5", true),
        ("type: string, maxLength: 9, pattern: '^[a-z]*$'", false),
        ("type: string, maxLength: 9, pattern: '^g'", true),
    ] {
        let found = ids(&changes(&words, &kind(text)));
        assert!(found.contains("request-member-type-widened"), "{text}: {found:?}");
        assert_eq!(found.len() > 1, is_narrower, "{text}: {found:?}");
        let found = ids(&changes(&kind(text), &words));
        assert!(
            found.contains("request-member-type-narrowed"),
            "{text}: {found:?}"
        );
        assert_eq!(found.len() > 1, is_narrower, "{text}: {found:?}");
    }
}
