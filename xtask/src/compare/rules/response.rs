//! Changes of answers. Saying more than was promised breaks clients, saying less within the promise does not.

use super::Severity::{Breaking, Info, Warning};
use super::{Rule, rule};

const JSON: &str = "            application/json:
              schema: {$ref: '#/components/schemas/Receipts'}
";
const JSON_XML: &str = "            application/json:
              schema: {$ref: '#/components/schemas/Receipts'}
            application/xml:
              schema: {$ref: '#/components/schemas/Receipts'}
";
const XML_JSON: &str = "            application/xml:
              schema: {$ref: '#/components/schemas/Receipts'}
            application/json:
              schema: {$ref: '#/components/schemas/Receipts'}
";
const RECEIPT: &str = "            application/json:
              schema: {$ref: '#/components/schemas/Receipt'}
";
const RECEIPT_TWICE: &str = "            application/json:
              schema: {$ref: '#/components/schemas/Receipt'}
            application/xml:
              schema: {$ref: '#/components/schemas/Receipt'}
";
const BODY: &str = "          content:
            application/json:
              schema: {$ref: '#/components/schemas/Receipt'}
";
const TRACE: &str = "            X-Trace:
              schema: {type: string, maxLength: 64}
";

pub static RULES: &[Rule] = &[
    rule(
        "response-success-added",
        Warning,
        "An answer below 400 that clients do not know.",
        (
            "        '204':\n          description: A token.\n",
            "        '202':\n          description: Later.\n        '204':\n          description: A token.\n",
        ),
        "response-success-removed",
    ),
    rule(
        "response-success-removed",
        Breaking,
        "An answer below 400 that clients wait for no longer comes.",
        ("        '204':\n          description: A token.\n", ""),
        "response-success-added",
    ),
    rule(
        "response-error-added",
        Info,
        "A new error answer; clients have to be ready for errors that they do not know.",
        (
            "          description: A token.\n",
            "          description: A token.\n        '403': {$ref: '#/components/responses/Error'}\n",
        ),
        "response-error-removed",
    ),
    rule(
        "response-error-removed",
        Info,
        "An error answer no longer comes.",
        ("        '409': {$ref: '#/components/responses/Error'}\n", ""),
        "response-error-added",
    ),
    rule(
        "response-body-added",
        Info,
        "An answer has a body where it had none.",
        (
            "          description: Changed.\n",
            "          description: Changed.\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Note'}\n",
        ),
        "response-body-removed",
    ),
    rule(
        "response-body-removed",
        Breaking,
        "An answer no longer has a body.",
        (BODY, ""),
        "response-body-added",
    ),
    rule(
        "response-media-type-added",
        Info,
        "The answer can be had in one more media type.",
        (RECEIPT, RECEIPT_TWICE),
        "response-media-type-removed",
    ),
    rule(
        "response-media-type-removed",
        Breaking,
        "The answer can no longer be had in this media type.",
        (JSON_XML, JSON),
        "response-media-type-added",
    ),
    rule(
        "response-media-type-default-changed",
        Breaking,
        "Without `Accept` the answer comes in another media type.",
        (JSON_XML, XML_JSON),
        "response-media-type-default-changed",
    ),
    rule(
        "response-header-added",
        Info,
        "A new header.",
        (
            TRACE,
            "            X-Trace:\n              schema: {type: string, maxLength: 64}\n            X-More:\n              required: true\n              schema: {type: boolean}\n",
        ),
        "response-header-removed",
    ),
    rule(
        "response-header-removed",
        Breaking,
        "A header that was always there is gone.",
        (
            "            X-Total:\n              required: true\n              schema: {type: integer, format: int32}\n",
            "",
        ),
        "response-header-added",
    ),
    rule(
        "response-header-optional-removed",
        Warning,
        "A header that was there at times is gone.",
        (TRACE, ""),
        "response-header-added",
    ),
    rule(
        "response-header-removed-after-sunset",
        Info,
        "A deprecated header is gone, on or after the date that `x-sunset` announced.",
        (
            "            X-Old:\n              deprecated: true\n              x-sunset: 2020-01-31\n              schema: {type: string, maxLength: 66}\n",
            "",
        ),
        "response-header-added",
    ),
    rule(
        "response-header-became-optional",
        Breaking,
        "A header that was always there may be missing.",
        (
            "              required: true\n              schema: {type: integer, format: int32}\n",
            "              schema: {type: integer, format: int32}\n",
        ),
        "response-header-became-required",
    ),
    rule(
        "response-header-became-required",
        Info,
        "A header that was there at times is always there.",
        (
            TRACE,
            "            X-Trace:\n              required: true\n              schema: {type: string, maxLength: 64}\n",
        ),
        "response-header-became-optional",
    ),
    rule(
        "response-header-type-narrowed",
        Info,
        "The header has fewer values than before.",
        (
            "schema: {type: string, maxLength: 64}",
            "schema: {type: string, maxLength: 64, format: uuid}",
        ),
        "response-header-type-widened",
    ),
    rule(
        "response-header-type-widened",
        Breaking,
        "The header has values that clients cannot hold.",
        (
            "              schema: {type: integer, format: int32}\n",
            "              schema: {type: integer, format: int64}\n",
        ),
        "response-header-type-narrowed",
    ),
    rule(
        "response-header-type-changed",
        Breaking,
        "The header has values of another type.",
        ("schema: {type: string, maxLength: 64}", "schema: {type: boolean}"),
        "response-header-type-changed",
    ),
    rule(
        "response-header-bounds-narrowed",
        Info,
        "The header stays within closer bounds.",
        ("maxLength: 64", "maxLength: 32"),
        "response-header-bounds-widened",
    ),
    rule(
        "response-header-bounds-widened",
        Breaking,
        "The header may leave the bounds that clients rely on.",
        ("maxLength: 64", "maxLength: 128"),
        "response-header-bounds-narrowed",
    ),
    rule(
        "response-header-pattern-added",
        Info,
        "Every value of the header matches a pattern.",
        ("maxLength: 64", "maxLength: 64, pattern: '^[0-9]+$'"),
        "response-header-pattern-removed",
    ),
    rule(
        "response-header-pattern-removed",
        Breaking,
        "Values of the header need not match the pattern that clients rely on.",
        (", pattern: '^[a-f]+$'", ""),
        "response-header-pattern-added",
    ),
    rule(
        "response-header-pattern-changed",
        Warning,
        "Whether the old pattern takes every value of the new one cannot be told.",
        (", pattern: '^[a-f]+$'", ", pattern: '^[a-g]+$'"),
        "response-header-pattern-changed",
    ),
    rule(
        "response-xml-changed",
        Breaking,
        "What is answered has another name or place in XML.",
        ("xml: {name: Sum}", "xml: {name: Total}"),
        "response-xml-changed",
    ),
    rule(
        "response-member-added",
        Info,
        "A new member; clients have to pass over members that they do not know.",
        (
            "        telex: {",
            "        mood: {type: boolean}\n        telex: {",
        ),
        "response-member-optional-removed",
    ),
    rule(
        "response-member-removed",
        Breaking,
        "A member that was always there is gone.",
        (
            "      required: [number, owner]\n      properties:\n        number: {type: integer, format: int32, minimum: 1, maximum: 900}\n",
            "      required: [owner]\n      properties:\n",
        ),
        "response-member-added",
    ),
    rule(
        "response-member-optional-removed",
        Warning,
        "A member that was there at times is gone.",
        ("        state: {type: string, enum: [open, paid]}\n", ""),
        "response-member-added",
    ),
    rule(
        "response-member-removed-after-sunset",
        Info,
        "A deprecated member is gone, on or after the date that `x-sunset` announced.",
        (
            "        telex: {type: string, maxLength: 34, deprecated: true, x-sunset: 2020-01-31}\n",
            "",
        ),
        "response-member-added",
    ),
    rule(
        "response-member-became-optional",
        Breaking,
        "A member that was always there may be missing.",
        ("required: [number, owner]", "required: [number]"),
        "response-member-became-required",
    ),
    rule(
        "response-member-became-required",
        Info,
        "A member that was there at times is always there.",
        ("required: [number, owner]", "required: [number, owner, state]"),
        "response-member-became-optional",
    ),
    rule(
        "response-member-became-nullable",
        Breaking,
        "The member may be null.",
        (
            "owner: {type: string, maxLength: 30}",
            "owner: {type: [string, 'null'], maxLength: 30}",
        ),
        "response-member-became-not-nullable",
    ),
    rule(
        "response-member-became-not-nullable",
        Info,
        "The member is never null.",
        (
            "remark: {type: [string, 'null'], maxLength: 31}",
            "remark: {type: string, maxLength: 31}",
        ),
        "response-member-became-nullable",
    ),
    rule(
        "response-member-became-write-only",
        Breaking,
        "The member is no longer answered.",
        ("maxLength: 30}", "maxLength: 30, writeOnly: true}"),
        "response-member-no-longer-write-only",
    ),
    rule(
        "response-member-no-longer-write-only",
        Info,
        "The member is answered, too.",
        ("maxLength: 33, writeOnly: true}", "maxLength: 33}"),
        "response-member-became-write-only",
    ),
    rule(
        "response-member-type-narrowed",
        Info,
        "The member has fewer values than before.",
        (
            "owner: {type: string, maxLength: 30}",
            "owner: {type: string, maxLength: 30, format: uuid}",
        ),
        "response-member-type-widened",
    ),
    rule(
        "response-member-type-widened",
        Breaking,
        "The member has values that clients cannot hold.",
        (
            "number: {type: integer, format: int32,",
            "number: {type: integer, format: int64,",
        ),
        "response-member-type-narrowed",
    ),
    rule(
        "response-member-type-changed",
        Breaking,
        "The member has values of another type.",
        ("{type: string, enum: [open, paid]}", "{type: boolean}"),
        "response-member-type-changed",
    ),
    rule(
        "response-member-bounds-narrowed",
        Info,
        "The member stays within closer bounds.",
        ("maximum: 900", "maximum: 90"),
        "response-member-bounds-widened",
    ),
    rule(
        "response-member-bounds-widened",
        Breaking,
        "The member may leave the bounds that clients rely on.",
        ("maximum: 900", "maximum: 9000"),
        "response-member-bounds-narrowed",
    ),
    rule(
        "response-member-pattern-added",
        Info,
        "Every text matches a pattern.",
        ("maxLength: 30}", "maxLength: 30, pattern: '^[A-Z]+$'}"),
        "response-member-pattern-removed",
    ),
    rule(
        "response-member-pattern-removed",
        Breaking,
        "Texts need not match the pattern that clients rely on.",
        ("maxLength: 32, pattern: '^[A-Z]+$'", "maxLength: 32"),
        "response-member-pattern-added",
    ),
    rule(
        "response-member-pattern-changed",
        Warning,
        "Whether the old pattern takes every text of the new one cannot be told.",
        (
            "maxLength: 32, pattern: '^[A-Z]+$'",
            "maxLength: 32, pattern: '^[A-Z0-9]+$'",
        ),
        "response-member-pattern-changed",
    ),
    rule(
        "response-member-enum-value-removed",
        Info,
        "A word is no longer answered.",
        ("enum: [open, paid]", "enum: [open]"),
        "response-member-enum-value-added",
    ),
    rule(
        "response-member-enum-value-added",
        Breaking,
        "A word that clients do not know is answered.",
        ("enum: [open, paid]", "enum: [open, paid, lost]"),
        "response-member-enum-value-removed",
    ),
    rule(
        "response-member-digits-changed",
        Warning,
        "Instants are written with another number of digits; a client that compares texts sees others.",
        ("x-roster-fraction-digits: 3", "x-roster-fraction-digits: 6"),
        "response-member-digits-changed",
    ),
];
