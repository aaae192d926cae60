//! Changes of what a path, query or header may hold. Taking less breaks clients, taking more does not.

use super::Severity::{Breaking, Info, Warning};
use super::{Rule, rule};

const STATE: &str = "schema: {type: string, maxLength: 20}";
const OLD: &str = "        - name: old
          in: query
          deprecated: true
          x-sunset: 2020-01-31
          schema: {type: string, maxLength: 22}
";

pub static RULES: &[Rule] = &[
    rule(
        "request-parameter-added",
        Info,
        "A new parameter that may be left out.",
        (
            "        - name: old\n",
            "        - name: new\n          in: query\n          schema: {type: boolean}\n        - name: old\n",
        ),
        "request-parameter-removed",
    ),
    rule(
        "request-parameter-added-required",
        Breaking,
        "A new parameter that must be there: requests of today lack it.",
        (
            "        - name: old\n",
            "        - name: new\n          in: query\n          required: true\n          schema: {type: boolean}\n        - name: old\n",
        ),
        "request-parameter-removed",
    ),
    rule(
        "request-parameter-removed",
        Breaking,
        "A parameter is gone: what it did no longer happens.",
        (
            "        - name: state\n          in: query\n          schema: {type: string, maxLength: 20}\n",
            "",
        ),
        "request-parameter-added",
    ),
    rule(
        "request-parameter-removed-after-sunset",
        Info,
        "A deprecated parameter is gone, on or after the date that `x-sunset` announced.",
        (OLD, ""),
        "request-parameter-added",
    ),
    rule(
        "request-parameter-became-required",
        Breaking,
        "Requests that leave the parameter out are refused.",
        (
            "name: state\n          in: query\n",
            "name: state\n          in: query\n          required: true\n",
        ),
        "request-parameter-became-optional",
    ),
    rule(
        "request-parameter-became-optional",
        Info,
        "The parameter may be left out.",
        (
            "name: limit\n          in: query\n          required: true\n",
            "name: limit\n          in: query\n",
        ),
        "request-parameter-became-required",
    ),
    rule(
        "request-parameter-type-narrowed",
        Breaking,
        "Values that were taken are of the wrong type.",
        (STATE, "schema: {type: string, maxLength: 20, format: uuid}"),
        "request-parameter-type-widened",
    ),
    rule(
        "request-parameter-type-widened",
        Info,
        "The new type holds every value of the old one.",
        (
            "{type: integer, format: int32, minimum: 1, maximum: 1000, default: 1}",
            "{type: integer, format: int64, minimum: 1, maximum: 1000, default: 1}",
        ),
        "request-parameter-type-narrowed",
    ),
    rule(
        "request-parameter-type-changed",
        Breaking,
        "Neither type holds all values of the other.",
        (STATE, "schema: {type: boolean}"),
        "request-parameter-type-changed",
    ),
    rule(
        "request-parameter-style-changed",
        Breaking,
        "A list is spelled in another way: `a=1,2` or `a=1&a=2`.",
        ("explode: false", "explode: true"),
        "request-parameter-style-changed",
    ),
    rule(
        "request-parameter-bounds-narrowed",
        Breaking,
        "Values that were within the bounds are outside.",
        (STATE, "schema: {type: string, maxLength: 10}"),
        "request-parameter-bounds-widened",
    ),
    rule(
        "request-parameter-bounds-widened",
        Info,
        "Values that were outside of the bounds are within.",
        (STATE, "schema: {type: string, maxLength: 40}"),
        "request-parameter-bounds-narrowed",
    ),
    rule(
        "request-parameter-pattern-added",
        Breaking,
        "Texts that do not match the new pattern are refused.",
        (
            STATE,
            "schema: {type: string, maxLength: 20, pattern: '^[a-z]+$'}",
        ),
        "request-parameter-pattern-removed",
    ),
    rule(
        "request-parameter-pattern-removed",
        Info,
        "Texts need not match a pattern any more.",
        ("maxLength: 21, pattern: '^[a-z]+$'", "maxLength: 21"),
        "request-parameter-pattern-added",
    ),
    rule(
        "request-parameter-pattern-changed",
        Warning,
        "Whether the new pattern takes every text of the old one cannot be told.",
        (
            "maxLength: 21, pattern: '^[a-z]+$'",
            "maxLength: 21, pattern: '^[a-z0-9]+$'",
        ),
        "request-parameter-pattern-changed",
    ),
    rule(
        "request-parameter-enum-value-removed",
        Breaking,
        "A word that was taken is refused.",
        ("enum: [oldest, newest]", "enum: [oldest]"),
        "request-parameter-enum-value-added",
    ),
    rule(
        "request-parameter-enum-value-added",
        Info,
        "One more word is taken.",
        ("enum: [oldest, newest]", "enum: [oldest, newest, name]"),
        "request-parameter-enum-value-removed",
    ),
    rule(
        "request-parameter-default-changed",
        Warning,
        "Requests that leave the parameter out mean something else.",
        ("default: 1}", "default: 2}"),
        "request-parameter-default-changed",
    ),
];
