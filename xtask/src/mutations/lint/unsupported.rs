//! What the generator does not know.

use super::{Case, case};

pub static CASES: &[Case] = &[
    case("openapi: 3.1.0", "openapi: 3.0.3", &["unsupported 1:1"]),
    case(
        "    Error:\n      description: An error.\n",
        "    Error:\n      description: An error.\n      headers:\n        x-more: {description: More., schema: {type: string, maxLength: 9}}\n",
        &["unsupported 63:9"],
    ),
    case(
        "        text: {type: string, description: Why., maxLength: 99}\n",
        "        text: {type: string, description: Why., maxLength: 99}\n        more: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {type: string, enum: [a]}}\n",
        &["unsupported 76:64"],
    ),
    case(
        "        text: {type: string, description: Why., maxLength: 99}\n",
        "        text: {type: string, description: Why., maxLength: 99}\n        more: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {type: [string, 'null'], maxLength: 9}}\n",
        &["unsupported 76:64"],
    ),
    case(
        "        text: {type: string, description: Why., maxLength: 99}\n",
        "        text: {type: string, description: Why., maxLength: 99}\n        more: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {type: object}}\n",
        &["unsupported 76:64"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: Anything., maxLength: 3}\n",
        &["unsupported 83:38"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {type: boolean}}\n    More:\n      type: object\n      description: More.\n      properties:\n",
        &["unsupported 84:5"],
    ),
    case(
        "      additionalProperties: false\n",
        "      additionalProperties: false\n      maxProperties: 3\n",
        &["unsupported 79:7"],
    ),
    case(
        "items: {type: string, maxLength: 2}",
        "items: {description: Any.}",
        &["unsupported 88:11"],
    ),
    case(
        "        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        "        content:\n          text/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        &["unsupported 29:11"],
    ),
    case(
        "        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        "        content:\n          application/x-www-form-urlencoded:\n            schema: {$ref: '#/components/schemas/Thing'}",
        &["unsupported 84:9"],
    ),
    case(
        "        required: true\n        description: The thing.\n        content:\n",
        "        required: true\n        description: The thing.\n        content:\n          application/json-patch+json:\n            schema: {$ref: '#/components/schemas/Thing'}\n            examples:\n              two:\n                value: {name: abc}\n",
        &["unsupported 25:7"],
    ),
    case(
        "          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Thing'}",
        "          content:\n            application/json-patch+json:\n              schema: {$ref: '#/components/schemas/Thing'}",
        &["unsupported 38:13"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Change:\n      type: object\n      description: Changes.\n      x-roster-patch: true\n      properties:\n        one: {description: One., oneOf: [{$ref: '#/components/schemas/Error'}, {type: 'null'}]}\n    Thing:\n      type: object\n",
        &["unsupported 80:9"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Change:\n      type: object\n      description: Changes.\n      x-roster-patch: true\n      properties:\n        one: {type: [array, 'null'], description: One., maxItems: 1, items: {type: boolean}}\n    Thing:\n      type: object\n",
        &["unsupported 80:9"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Change:\n      type: object\n      description: Changes.\n      x-roster-patch: true\n      properties:\n        one: {type: [string, 'null'], description: One., format: password, maxLength: 1}\n    Thing:\n      type: object\n",
        &["unsupported 80:9"],
    ),
    case("maxLength: 3", "const: a, maxLength: 3", &["unsupported 81:54"]),
    case("additionalProperties: false", "allOf: []", &["unsupported 78:7"]),
    case(
        "additionalProperties: false",
        "patternProperties: {}",
        &["unsupported 78:7"],
    ),
    case(
        "additionalProperties: false",
        "additionalProperties: {type: string, maxLength: 1}",
        &["unsupported 78:7"],
    ),
    case(
        "type: integer, format: int32",
        "type: integer",
        &["unsupported 24:11"],
    ),
    case(
        "type: integer, format: int32",
        "type: number",
        &["unsupported 24:11"],
    ),
    case(
        "type: integer, format: int32",
        "type: [integer, 'null'], format: int32",
        &["unsupported 24:11"],
    ),
    case(
        "type: integer, format: int32",
        "type: [integer, string], maxLength: 1, format: int32",
        &["unsupported 24:20"],
    ),
    case("in: query", "in: cookie", &["unsupported 20:11"]),
    case(
        "      tags: [Things]",
        "      callbacks: {}",
        &["unsupported 15:7"],
    ),
    case("- bearer: []", "- bearer: [read]", &["unsupported 10:5"]),
    case("- bearer: []", "- {}", &["unsupported 10:5"]),
    case("scheme: bearer", "scheme: digest", &["unsupported 51:5"]),
    case(
        "items: {type: string, maxLength: 2}",
        "items: {type: object}",
        &["unsupported 88:11"],
    ),
    case(
        "items: {type: string, maxLength: 2}",
        "items: {type: [string, 'null'], maxLength: 2}",
        &["unsupported 84:9"],
    ),
    case(
        "at: {type: string, description: When., format: date-time}",
        "at: {description: When., oneOf: [{type: string, maxLength: 1}]}",
        &["unsupported 83:34"],
    ),
    case(
        "at: {type: string, description: When., format: date-time}",
        "at: {type: string, description: When., format: byte, maxLength: 1}",
        &["unsupported 83:9"],
    ),
    case(
        "at: {type: string, description: When., format: date-time}",
        "at: {type: [string, 'null'], description: When., enum: [a]}",
        &["unsupported 83:9"],
    ),
    case(
        "at: {type: string, description: When., format: date-time}",
        "at: {$ref: '#/components/schemas/Thing'}",
        &["unsupported 83:9"],
    ),
    case(
        "          in: query\n",
        "          in: query\n          x-roster-type: selection\n",
        &["unsupported 20:11"],
    ),
];
