//! Schemas.

use super::Effect::Derived;
use super::Meaning::{Other, Wrong};
use super::{EVERYTHING, Keyword, TOLERANT, keyword};

pub static KEYWORDS: &[Keyword] = &[
    keyword(
        EVERYTHING,
        "Schema.$ref Schema.oneOf",
        "$ref: '#/components/schemas/Person'\n",
        "$ref: '#/components/schemas/NoteState'\n",
        Other {
            breaking: &["request-member-removed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Components.schemas Schema.type",
        "nick: {type: string,",
        "nick: {type: [string, 'null'],",
        Other {
            breaking: &["response-member-became-nullable"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.title",
        "title: A note",
        "title: A remark",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.description",
        "description: Its mood.",
        "description: The mood.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.format",
        "key: {type: string, format: uuid,",
        "key: {type: string,",
        Other {
            breaking: &["response-member-type-widened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.pattern",
        "pattern: '^[^\\u0000-\\u001F]*$', examples",
        "pattern: '^[^\\u0000-\\u001E]*$', examples",
        Other {
            breaking: &[
                "request-member-pattern-changed",
                "response-member-pattern-changed",
            ],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.enum",
        "enum: [good, bad]",
        "enum: [good, bad, ugly]",
        Other {
            breaking: &["response-member-enum-value-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.required",
        "required: [id, name, secretary]",
        "required: [id, name]",
        Other {
            breaking: &["response-member-became-optional"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.minLength",
        "minLength: 1, maxLength: 10",
        "minLength: 2, maxLength: 10",
        Other {
            breaking: &["request-member-bounds-narrowed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.maxLength",
        "maxLength: 10, title",
        "maxLength: 11, title",
        Other {
            breaking: &["response-member-bounds-widened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.minItems",
        "      minItems: 1\n      maxItems: 2\n",
        "      maxItems: 2\n",
        Other {
            breaking: &["request-member-bounds-widened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.maxItems",
        "      maxItems: 3\n      uniqueItems",
        "      maxItems: 4\n      uniqueItems",
        Other {
            breaking: &["request-member-bounds-widened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.maxProperties",
        "maxProperties: 3",
        "maxProperties: 4",
        Other {
            breaking: &["response-member-bounds-widened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.minimum",
        "minimum: -1, maximum: 1.5",
        "minimum: -2, maximum: 1.5",
        Other {
            breaking: &["response-member-bounds-widened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.maximum",
        "minimum: -1, maximum: 1.5",
        "minimum: -1, maximum: 1.25",
        Other {
            breaking: &["request-member-bounds-narrowed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.uniqueItems",
        "          uniqueItems: true\n",
        "",
        Other {
            breaking: &["response-member-bounds-widened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.readOnly",
        "description: When it was made., readOnly: true",
        "description: When it was made.",
        Other {
            breaking: &["request-member-no-longer-read-only"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.writeOnly",
        "description: Never answered., writeOnly: true,",
        "description: Never answered.,",
        Other {
            breaking: &["response-member-no-longer-write-only"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.deprecated",
        "description: A flag., default: false",
        "description: A flag., default: false, deprecated: true",
        Other {
            breaking: &["deprecated"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.properties",
        "        flag: {",
        "        more: {type: boolean, description: More.}\n        flag: {",
        Other {
            breaking: &["request-member-added", "response-member-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.items",
        "      uniqueItems: true\n      items: {type: string, description: One tag., maxLength: 3}",
        "      uniqueItems: true\n      items: {type: string, description: One tag., maxLength: 4}",
        Other {
            breaking: &["request-member-bounds-widened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.additionalProperties",
        "description: Somebody.\n      additionalProperties: false\n",
        "description: Somebody.\n",
        Other {
            breaking: &["request-object-opened"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.additionalProperties",
        "description: How many., minimum: 0, maximum: 99}",
        "description: How many., minimum: 0, maximum: 98}",
        Other {
            breaking: &["response-member-bounds-narrowed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.default",
        "default: false}",
        "default: true}",
        Other {
            breaking: &["request-member-default-changed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.examples",
        "examples: [small]",
        "examples: [large]",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Schema.example",
        "minimum: -1, maximum: 1.5}",
        "minimum: -1, maximum: 1.5, example: 1}",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        TOLERANT,
        "Schema.xml Xml.name",
        "xml: {name: Rule}",
        "xml: {name: Law}",
        Other {
            breaking: &["response-xml-changed"],
            effect: Derived,
        },
    ),
    keyword(
        TOLERANT,
        "Xml.namespace Xml.prefix",
        "maxLength: 4000, xml: {namespace: urn:faults, prefix: f}",
        "maxLength: 4000, xml: {namespace: urn:more, prefix: m}",
        Other {
            breaking: &["response-xml-changed"],
            effect: Derived,
        },
    ),
    keyword(
        TOLERANT,
        "Xml.attribute",
        "maxLength: 4000, xml: {attribute: true}",
        "maxLength: 4000",
        Other {
            breaking: &["response-xml-changed"],
            effect: Derived,
        },
    ),
    keyword(
        TOLERANT,
        "Xml.wrapped",
        "          maxItems: 10\n          xml: {wrapped: true, ",
        "          maxItems: 10\n          xml: {",
        Wrong(&["unsupported"]),
    ),
];
