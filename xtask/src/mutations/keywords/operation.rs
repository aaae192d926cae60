//! Operations, their bodies and answers.

use super::Effect::{Derived, None};
use super::Meaning::{Other, Wrong};
use super::{EVERYTHING, Keyword, keyword};

pub static KEYWORDS: &[Keyword] = &[
    keyword(
        EVERYTHING,
        "Operation.operationId",
        "operationId: deleteThing",
        "operationId: removeThing",
        Other {
            breaking: &["operation-id-changed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.tags",
        "operationId: getThing\n      tags: [Things]",
        "operationId: getThing\n      tags: [Others]",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.summary",
        "summary: Get a thing",
        "summary: Get one thing",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.description",
        "description: Deletes a thing.",
        "description: Deletes the thing.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.externalDocs",
        "https://example.com/things",
        "https://example.com/others",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.deprecated",
        "description: Deletes a thing.\n",
        "description: Deletes a thing.\n      deprecated: true\n",
        Other {
            breaking: &["deprecated"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.servers",
        "description: Deletes a thing.\n",
        "description: Deletes a thing.\n      servers: [{url: /there}]\n",
        Wrong(&["unsupported"]),
    ),
    keyword(
        EVERYTHING,
        "Operation.security",
        "        - basicAuth: []\n",
        "",
        Other {
            breaking: &["security-removed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.parameters",
        "        - name: size\n",
        "        - {name: more, in: query, description: More., schema: {type: boolean}}\n        - name: size\n",
        Other {
            breaking: &["request-parameter-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.requestBody RequestBody.description",
        "description: Things, few.",
        "description: A few things.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "RequestBody.required",
        "required: false\n        description: Tags.",
        "required: true\n        description: Tags.",
        Other {
            breaking: &["request-body-became-required"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "RequestBody.content",
        "description: Tags.\n        content:\n          application/json:",
        "description: Tags.\n        content:\n          application/json-patch+json:",
        Other {
            breaking: &["request-media-type-removed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Operation.responses",
        "          description: It is gone.\n",
        "          description: It is gone.\n        '409': {$ref: '#/components/responses/BadRequest'}\n",
        Other {
            breaking: &["response-error-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Response.description",
        "description: One page.",
        "description: A page.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Response.headers",
        "          description: It is gone.\n",
        "          description: It is gone.\n          headers:\n            x-gone: {description: Gone., schema: {type: boolean}}\n",
        Other {
            breaking: &["response-header-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Response.content Media.schema",
        "schema: {$ref: '#/components/schemas/Note'}\n            examples:\n              note:\n                value: {type: memo, more: {a: [null, 1.5]}, state: {count: 7}}\n",
        "schema: {$ref: '#/components/schemas/NoteState'}\n            examples:\n              note:\n                value: {count: 7}\n",
        Other {
            breaking: &["request-member-removed", "request-object-closed"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Media.examples Example.value",
        "value: {total: 0, items: [], kinds: {small: 1}}",
        "value: {total: 0, items: [], kinds: {small: 2}}",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Example.summary",
        "summary: An empty page",
        "summary: Nothing",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Example.description Components.examples",
        "description: Said at length.",
        "description: Said in short.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Response.links Link.operationId Link.parameters",
        "        '201':\n          description: The thing.\n",
        "        '201':\n          description: The thing.\n          links:\n            get: {operationId: getThing, parameters: {thingId: $response.body#/id}}\n",
        Other {
            breaking: &["response-link-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Link.description",
        "        '201':\n          description: The thing.\n",
        "        '201':\n          description: The thing.\n          links:\n            gone: {operationId: deleteThing, description: Takes it away., parameters: {thingId: $response.body#/id}}\n",
        Other {
            breaking: &["response-link-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "x-roster-request-body",
        "        '201':\n          description: The thing.\n",
        "        '201':\n          description: The thing.\n          links:\n            again: {operationId: replaceSpecial, x-roster-request-body: ['$response.body']}\n",
        Other {
            breaking: &["response-link-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Components.links",
        "components:\n",
        "components:\n  links:\n    Gone: {operationId: deleteThing, parameters: {thingId: $response.body#/id}}\n",
        Other {
            breaking: &[],
            effect: None,
        },
    ),
];
