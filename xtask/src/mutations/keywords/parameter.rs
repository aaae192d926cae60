//! Parameters, headers and credentials.

use super::Effect::Derived;
use super::Meaning::{Other, Wrong};
use super::{EVERYTHING, Keyword, keyword};

pub static KEYWORDS: &[Keyword] = &[
    keyword(
        EVERYTHING,
        "Parameter.name",
        "name: size",
        "name: length",
        Other {
            breaking: &["request-parameter-removed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Parameter.in",
        "name: secret\n          in: query",
        "name: secret\n          in: header",
        Other {
            breaking: &["request-parameter-removed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Parameter.description",
        "How many to pass over.",
        "How many are passed over.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Parameter.required",
        "- name: order\n          in: query\n",
        "- name: order\n          in: query\n          required: true\n",
        Other {
            breaking: &["request-parameter-became-required"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Parameter.deprecated",
        "- name: deep\n          in: query\n",
        "- name: deep\n          in: query\n          deprecated: true\n",
        Other {
            breaking: &["deprecated"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Parameter.style",
        "- name: ids\n          in: query\n",
        "- name: ids\n          in: query\n          style: pipeDelimited\n",
        Wrong(&["unsupported"]),
    ),
    keyword(
        EVERYTHING,
        "Parameter.explode",
        "explode: false",
        "explode: true",
        Other {
            breaking: &["request-parameter-style-changed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Parameter.schema",
        "minimum: -0.5, maximum: 1}",
        "minimum: -0.25, maximum: 1}",
        Other {
            breaking: &["request-parameter-bounds-narrowed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Parameter.example",
        "example: name\n",
        "example: id\n",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Components.parameters",
        "description: The tenant.",
        "description: A tenant.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Header.description Components.headers",
        "description: The request's id.",
        "description: An id.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Header.required",
        "x-total:\n",
        "x-total:\n              required: true\n",
        Other {
            breaking: &["response-header-became-required"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Header.deprecated",
        "x-total:\n",
        "x-total:\n              deprecated: true\n",
        Other {
            breaking: &["deprecated"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Header.explode",
        "x-total:\n",
        "x-total:\n              explode: true\n",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Header.schema",
        "minimum: 1, maximum: 3600",
        "minimum: 1, maximum: 360",
        Other {
            breaking: &["response-header-bounds-narrowed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Header.example",
        "example: '\"1\"'",
        "example: '\"2\"'",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Components.responses",
        "description: The request is wrong.",
        "description: A wrong request.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Root.components Components.securitySchemes SecurityScheme.description",
        "description: A token.",
        "description: The token.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "SecurityScheme.type",
        "type: http, scheme: basic",
        "type: apiKey, in: header, name: x-basic",
        Other {
            breaking: &["security-scheme-changed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "SecurityScheme.name",
        "name: x-key",
        "name: x-other",
        Other {
            breaking: &["security-scheme-changed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "SecurityScheme.in",
        "in: header, name: x-key",
        "in: query, name: x-key",
        Other {
            breaking: &["security-scheme-changed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "SecurityScheme.scheme",
        "basicAuth: {type: http, scheme: basic",
        "basicAuth: {type: http, scheme: bearer",
        Other {
            breaking: &["security-scheme-changed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "SecurityScheme.bearerFormat",
        "scheme: bearer,",
        "scheme: bearer, bearerFormat: JWT,",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
];
