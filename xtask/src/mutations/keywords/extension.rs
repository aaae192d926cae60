//! Our own extensions, and the words of `x-roster-tolerates`.

use super::Effect::{Behaviour, Examples, None};
use super::Meaning::{Other, Wrong};
use super::{EVERYTHING, Keyword, LOOSE, TOLERANT, keyword};

pub static KEYWORDS: &[Keyword] = &[
    keyword(
        LOOSE,
        "x-roster-challenge",
        "'SIGNED realm=\"things\"'",
        "'SIGNED realm=\"all\"'",
        Other {
            breaking: &[],
            effect: Behaviour,
        },
    ),
    keyword(
        EVERYTHING,
        "x-roster-choice",
        "description: Deletes a thing.\n",
        "description: Deletes a thing.\n      x-roster-choice: Nobody says how.\n",
        Other {
            breaking: &[],
            effect: None,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-credential",
        "description: The credential., x-roster-credential: token,",
        "description: The credential.,",
        Other {
            breaking: &["security-became-open"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-default-format",
        "servers:\n",
        "x-roster-default-format: xml\nservers:\n",
        Other {
            breaking: &[
                "response-media-type-default-changed",
                "request-media-type-default-changed",
            ],
            effect: Behaviour,
        },
    ),
    keyword(
        LOOSE,
        "x-roster-fault-status",
        "x-roster-fault-status: 503\n",
        "",
        Wrong(&["undeclared-status"]),
    ),
    keyword(
        TOLERANT,
        "x-roster-fraction-digits",
        "x-roster-fraction-digits: 3",
        "x-roster-fraction-digits: 4",
        Other {
            breaking: &["response-member-digits-changed"],
            effect: Examples("/components/examples/Record/value/Seen"),
        },
    ),
    keyword(
        EVERYTHING,
        "x-roster-max-body",
        "x-roster-max-body: 300",
        "x-roster-max-body: 400",
        Other {
            breaking: &["request-body-size-raised"],
            effect: Behaviour,
        },
    ),
    keyword(
        EVERYTHING,
        "x-roster-needs",
        "description: How many to pass over.\n",
        "description: How many to pass over.\n          x-roster-needs: grammar\n",
        Other {
            breaking: &[],
            effect: None,
        },
    ),
    keyword(
        EVERYTHING,
        "x-roster-says",
        "description: The page.\n",
        "description: The page.\n          x-roster-says: a page of the note\n",
        Other {
            breaking: &[],
            effect: Behaviour,
        },
    ),
    keyword(
        EVERYTHING,
        "x-roster-patch",
        "      x-roster-patch: true\n",
        "",
        Other {
            breaking: &["request-member-null-changed"],
            effect: Behaviour,
        },
    ),
    keyword(
        EVERYTHING,
        "x-roster-selects",
        "x-roster-selects: ThingPage",
        "x-roster-selects: Thing",
        Wrong(&["extension"]),
    ),
    keyword(
        EVERYTHING,
        "x-roster-set-by",
        "      x-roster-set-by: server\n",
        "",
        Other {
            breaking: &[],
            effect: Behaviour,
        },
    ),
    keyword(
        EVERYTHING,
        "x-roster-type",
        "          x-roster-type: selection\n          x-roster-selects: ThingPage\n",
        "",
        Other {
            breaking: &["request-parameter-type-widened"],
            effect: Behaviour,
        },
    ),
    keyword(
        LOOSE,
        "x-roster-type",
        "description: A tag., x-roster-type: guid",
        "description: A tag.",
        Other {
            breaking: &["response-member-type-widened"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-type",
        "      x-roster-type: format\n",
        "",
        Other {
            breaking: &["request-parameter-type-changed"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-xml-order",
        "servers:\n",
        "x-roster-xml-order: alphabetical\nservers:\n",
        Other {
            breaking: &["xml-order-changed"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-xml-root",
        "      x-roster-xml-root: operation\n",
        "",
        Other {
            breaking: &["response-xml-changed"],
            effect: Behaviour,
        },
    ),
    keyword(
        EVERYTHING,
        "x-sunset",
        "maxLength: 10, deprecated: true, x-sunset: '2099-12-31'",
        "maxLength: 10, deprecated: true, x-sunset: '2099-11-30'",
        Other {
            breaking: &["sunset-earlier"],
            effect: None,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-tolerates path-case",
        "  - path-case\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-tolerates name-case",
        "  - name-case\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-tolerates value-case",
        "  - value-case\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-tolerates xml-element-order",
        "  - xml-element-order\n",
        "",
        Wrong(&["unsupported"]),
    ),
    keyword(
        TOLERANT,
        "x-roster-tolerates xml-any-namespace",
        "  - xml-any-namespace\n",
        "",
        Wrong(&["unsupported"]),
    ),
    keyword(
        TOLERANT,
        "x-roster-tolerates xml-any-item-name",
        "  - xml-any-item-name\n",
        "",
        Wrong(&["unsupported"]),
    ),
    keyword(
        TOLERANT,
        "x-roster-tolerates text-xml",
        "  - text-xml\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "x-roster-tolerates empty-content-type",
        "  - empty-content-type\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        LOOSE,
        "text-json",
        "  - text-json\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "json-wrapper",
        "        x-roster-tolerates: [json-wrapper]\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        TOLERANT,
        "parameters-in-body",
        "      x-roster-tolerates: [parameters-in-body]\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        LOOSE,
        "plain-json",
        "        x-roster-tolerates: [plain-json]\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        LOOSE,
        "number",
        "[number, 'alias:short']",
        "['alias:short']",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        LOOSE,
        "linked-items",
        "          x-roster-tolerates: [linked-items]\n",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        LOOSE,
        "alias:",
        "x-roster-tolerates: ['alias:audience']",
        "x-roster-tolerates: ['alias:audiences']",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
    keyword(
        LOOSE,
        "alias:/",
        "'alias:/v1/thing/{id}', ",
        "",
        Other {
            breaking: &["tolerance-removed"],
            effect: Behaviour,
        },
    ),
];
