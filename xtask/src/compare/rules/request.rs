//! Changes of request bodies. Taking less breaks clients, taking more does not.

use super::Severity::{Breaking, Info, Warning};
use super::{Rule, rule};

const NEW_BODY: &str = "      security: []
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Note'}
";
const NEW_REQUIRED_BODY: &str = "      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Note'}
";
const PATCH_BODY: &str = "      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Note'}
";
const JSON: &str = "          application/json:
            schema: {$ref: '#/components/schemas/Order'}
";
const JSON_XML: &str = "          application/json:
            schema: {$ref: '#/components/schemas/Order'}
          application/xml:
            schema: {$ref: '#/components/schemas/Order'}
";
const XML_JSON: &str = "          application/xml:
            schema: {$ref: '#/components/schemas/Order'}
          application/json:
            schema: {$ref: '#/components/schemas/Order'}
";
const NOTE: &str = "          application/json:
            schema: {$ref: '#/components/schemas/Note'}
";
const NOTES: &str = "          application/json:
            schema: {$ref: '#/components/schemas/Note'}
          application/xml:
            schema: {$ref: '#/components/schemas/Note'}
";

pub static RULES: &[Rule] = &[
    rule(
        "request-body-added",
        Info,
        "A body may be sent where none was read.",
        ("      security: []\n", NEW_BODY),
        "request-body-removed",
    ),
    rule(
        "request-body-added-required",
        Breaking,
        "A body must be sent where none was read.",
        ("      security: []\n", NEW_REQUIRED_BODY),
        "request-body-removed",
    ),
    rule(
        "request-body-removed",
        Breaking,
        "The body is no longer read: what it did no longer happens.",
        (PATCH_BODY, ""),
        "request-body-added",
    ),
    rule(
        "request-body-became-required",
        Breaking,
        "Requests without a body are refused.",
        (
            PATCH_BODY,
            "      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Note'}
",
        ),
        "request-body-became-optional",
    ),
    rule(
        "request-body-became-optional",
        Info,
        "The body may be left out.",
        (
            "      requestBody:\n        required: true\n",
            "      requestBody:\n",
        ),
        "request-body-became-required",
    ),
    rule(
        "request-body-size-lowered",
        Breaking,
        "Bodies that were short enough are too long.",
        ("x-roster-max-body: 4096", "x-roster-max-body: 1024"),
        "request-body-size-raised",
    ),
    rule(
        "request-body-size-raised",
        Info,
        "Longer bodies are taken.",
        ("x-roster-max-body: 4096", "x-roster-max-body: 8192"),
        "request-body-size-lowered",
    ),
    rule(
        "request-media-type-added",
        Info,
        "Bodies of one more media type are read.",
        (NOTE, NOTES),
        "request-media-type-removed",
    ),
    rule(
        "request-media-type-removed",
        Breaking,
        "Bodies of a media type that was read are refused.",
        (JSON_XML, JSON),
        "request-media-type-added",
    ),
    rule(
        "request-media-type-default-changed",
        Breaking,
        "A body without `Content-Type` is read as another media type.",
        (JSON_XML, XML_JSON),
        "request-media-type-default-changed",
    ),
    rule(
        "request-xml-changed",
        Breaking,
        "What is read has another name or place in XML.",
        ("xml: {name: Pin}", "xml: {name: Code}"),
        "request-xml-changed",
    ),
    rule(
        "request-member-added",
        Info,
        "A new member that may be left out.",
        (
            "        note: {",
            "        mood: {type: boolean}\n        note: {",
        ),
        "request-member-removed",
    ),
    rule(
        "request-member-added-required",
        Breaking,
        "A new member that must be there: requests of today lack it.",
        (
            "      properties:\n        note: {",
            "      required: [mood]\n      properties:\n        mood: {type: boolean}\n        note: {",
        ),
        "request-member-removed",
    ),
    rule(
        "request-member-removed",
        Breaking,
        "A member is gone: it is refused, or what it did no longer happens.",
        ("        kind: {type: string, enum: [gift, sale]}\n", ""),
        "request-member-added",
    ),
    rule(
        "request-member-removed-after-sunset",
        Info,
        "A deprecated member is gone, on or after the date that `x-sunset` announced.",
        (
            "        fax: {type: string, maxLength: 29, deprecated: true, x-sunset: 2020-01-31}\n",
            "",
        ),
        "request-member-added",
    ),
    rule(
        "request-member-became-required",
        Breaking,
        "Bodies that leave the member out are refused.",
        ("required: [code]", "required: [code, amount]"),
        "request-member-became-optional",
    ),
    rule(
        "request-member-became-optional",
        Info,
        "The member may be left out.",
        ("      required: [code]\n", ""),
        "request-member-became-required",
    ),
    rule(
        "request-member-became-nullable",
        Info,
        "Null is taken.",
        (
            "code: {type: string, maxLength: 24}",
            "code: {type: [string, 'null'], maxLength: 24}",
        ),
        "request-member-became-not-nullable",
    ),
    rule(
        "request-member-became-not-nullable",
        Breaking,
        "Null was taken and is refused.",
        (
            "name: {type: [string, 'null'], maxLength: 25}",
            "name: {type: string, maxLength: 25}",
        ),
        "request-member-became-nullable",
    ),
    rule(
        "request-member-null-changed",
        Breaking,
        "Null and absence came to mean the same, or ceased to.",
        (
            "    Order:\n      type: object\n",
            "    Order:\n      type: object\n      x-roster-patch: true\n",
        ),
        "request-member-null-changed",
    ),
    rule(
        "request-member-became-read-only",
        Breaking,
        "The member is no longer read; what it did no longer happens.",
        ("maxLength: 24}", "maxLength: 24, readOnly: true}"),
        "request-member-no-longer-read-only",
    ),
    rule(
        "request-member-no-longer-read-only",
        Warning,
        "Values that were ignored now count: a client that sends back what it got may change something.",
        ("maxLength: 27, readOnly: true}", "maxLength: 27}"),
        "request-member-became-read-only",
    ),
    rule(
        "request-member-type-narrowed",
        Breaking,
        "Values that were taken are of the wrong type.",
        (
            "code: {type: string, maxLength: 24}",
            "code: {type: string, maxLength: 24, format: uuid}",
        ),
        "request-member-type-widened",
    ),
    rule(
        "request-member-type-widened",
        Info,
        "The new type holds every value of the old one.",
        (
            "{type: integer, format: int64, minimum: 0, maximum: 500}",
            "{type: number, format: double, minimum: 0, maximum: 500}",
        ),
        "request-member-type-narrowed",
    ),
    rule(
        "request-member-type-changed",
        Breaking,
        "Neither type holds all values of the other.",
        ("{type: string, enum: [gift, sale]}", "{type: boolean}"),
        "request-member-type-changed",
    ),
    rule(
        "request-member-bounds-narrowed",
        Breaking,
        "Values that were within the bounds are outside.",
        ("maximum: 500", "maximum: 50"),
        "request-member-bounds-widened",
    ),
    rule(
        "request-member-bounds-widened",
        Info,
        "Values that were outside of the bounds are within.",
        ("maximum: 500", "maximum: 5000"),
        "request-member-bounds-narrowed",
    ),
    rule(
        "request-member-pattern-added",
        Breaking,
        "Texts that do not match the new pattern are refused.",
        ("maxLength: 24}", "maxLength: 24, pattern: '^[A-Z]+$'}"),
        "request-member-pattern-removed",
    ),
    rule(
        "request-member-pattern-removed",
        Info,
        "Texts need not match a pattern any more.",
        ("maxLength: 26, pattern: '^[A-Z]+$'", "maxLength: 26"),
        "request-member-pattern-added",
    ),
    rule(
        "request-member-pattern-changed",
        Warning,
        "Whether the new pattern takes every text of the old one cannot be told.",
        (
            "maxLength: 26, pattern: '^[A-Z]+$'",
            "maxLength: 26, pattern: '^[A-Z0-9]+$'",
        ),
        "request-member-pattern-changed",
    ),
    rule(
        "request-member-enum-value-removed",
        Breaking,
        "A word that was taken is refused.",
        ("enum: [gift, sale]", "enum: [gift]"),
        "request-member-enum-value-added",
    ),
    rule(
        "request-member-enum-value-added",
        Info,
        "One more word is taken.",
        ("enum: [gift, sale]", "enum: [gift, sale, loan]"),
        "request-member-enum-value-removed",
    ),
    rule(
        "request-member-default-changed",
        Warning,
        "Bodies that leave the member out mean something else.",
        ("default: red", "default: blue"),
        "request-member-default-changed",
    ),
    rule(
        "request-object-closed",
        Breaking,
        "Unknown members were ignored and are refused.",
        (
            "      required: [code]\n",
            "      required: [code]\n      additionalProperties: false\n",
        ),
        "request-object-opened",
    ),
    rule(
        "request-object-opened",
        Info,
        "Unknown members were refused and are ignored.",
        ("      additionalProperties: false\n", ""),
        "request-object-closed",
    ),
];
