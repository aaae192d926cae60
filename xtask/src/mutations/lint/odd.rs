//! Documents that look right, and mean nothing, something else, or something that Rust or HTTP cannot have.

use super::{Case, case};

pub static CASES: &[Case] = &[
    case(
        "title: Small",
        "title: \"Small\\u202e\"",
        &["hidden-character 3:3"],
    ),
    case(
        "description: Puts a thing.",
        "description: \"Puts\\ra thing.\"",
        &["hidden-character 17:7"],
    ),
    case("/things/{id}:", "/things/../{id}:", &["path 12:3"]),
    case("/things/{id}:", "/my things/{id}:", &["path 12:3"]),
    case("/things/{id}:", "/things/{id}/{id}:", &["path-parameter 12:3"]),
    case("tags: [Things]", "tags: [Things, Things]", &["wrong-type 15:22"]),
    case(
        "tags:\n  - name: Things\n    description: Things.\n",
        "tags:\n  - name: Things\n    description: Things.\n  - name: Things\n    description: More.\n",
        &["wrong-type 9:5"],
    ),
    case(
        "required: [name]",
        "required: [name, name]",
        &["wrong-type 79:24"],
    ),
    case(
        "          in: query\n",
        "          in: query\n          style: spaceDelimited\n",
        &["unsupported 22:11"],
    ),
    case(
        "name: size\n          in: query",
        "name: the size\n          in: header",
        &["wrong-type 20:11"],
    ),
    case(
        "name: size\n          in: query",
        "name: Accept\n          in: header",
        &["unsupported 20:11"],
    ),
    case(
        "          description: The thing.\n          content",
        "          description: The thing.\n          headers:\n            'X:Y': {description: More., schema: {type: string, maxLength: 9}}\n          content",
        &["wrong-type 38:13"],
    ),
    case(
        "          description: The thing.\n          content",
        "          description: The thing.\n          headers:\n            _: {description: More., schema: {type: string, maxLength: 9}}\n          content",
        &["name-clash 38:13"],
    ),
    case(
        "$ref: '#/components/schemas/Thing'",
        "$ref: '#/components/schemas/Thing/properties/name'",
        &["dangling-ref 30:22"],
    ),
    case(
        "$ref: '#/components/parameters/Id'",
        "$ref: '#/components/parameters/Id/schema'",
        &["dangling-ref 19:11"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Thing:\n      $ref: '#/components/schemas/Error'\n      type: object\n",
        &[
            "unsupported 77:7",
            "unsupported 79:7",
            "unsupported 80:7",
            "unsupported 81:7",
        ],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    One: {description: One., oneOf: [{$ref: '#/components/schemas/Two'}, {type: 'null'}], examples: [5]}\n    Two: {description: Two., oneOf: [{$ref: '#/components/schemas/One'}, {type: 'null'}]}\n    Thing:\n      type: object\n",
        &["circular-ref 75:5"],
    ),
    case("  - bearer: []\n", "  - bearer: all\n", &["wrong-type 10:5"]),
    case(
        "              value: {text: wrong}\n",
        "              summary: Wrong.\n",
        &["missing-member 66:13"],
    ),
    case("examples: [abc]", "examples: abc", &["wrong-type 81:89"]),
    case("openapi: 3.1.0", "openapi: 3.1.x", &["unsupported 1:1"]),
    case(
        "        '400': {",
        "        '0400': {$ref: '#/components/responses/Error'}\n        '400': {",
        &["unsupported 43:9"],
    ),
    case("    put:", "    get:", &["unsupported 25:7"]),
    case(
        "        '400': {",
        "        '204':\n          description: Nothing.\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Thing'}\n              examples:\n                one:\n                  value: {name: abc}\n        '400': {",
        &["unsupported 43:9"],
    ),
    case(
        "    Error:\n      description: An error.\n",
        "    my error: {description: Mine.}\n    Error:\n      description: An error.\n",
        &["wrong-type 60:5"],
    ),
    case(
        "operationId: putThing",
        "operationId: match",
        &["name-clash 13:5"],
    ),
    case("operationId: putThing", "operationId: http", &["name-clash 13:5"]),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        \u{540d}: {type: string, description: A name., maxLength: 9}\n",
        &["name-clash 83:9"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {$ref: '#/components/schemas/Status'}\n    Status:\n      type: object\n      description: A status.\n      properties:\n        code: {type: string, description: Which., enum: [a, b]}\n    More:\n      type: object\n      description: More.\n      properties:\n",
        &["name-clash 88:9"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    SmallApi: {type: object, description: An API.}\n    Thing:\n      type: object\n",
        &["name-clash 75:5"],
    ),
    case(
        "schema: {type: integer, format: int32, minimum: 1, maximum: 9, default: 2}",
        "schema: {type: array, maxItems: 2, items: {type: string, enum: [a, b]}}",
        &[
            "example-mismatch 23:11",
            "offered-example 23:11",
            "unsupported 24:11",
        ],
    ),
    case(
        "operationId: putThing",
        "operationId: operations",
        &["name-clash 13:5"],
    ),
    case(
        "schema: {type: integer, format: int32, minimum: 1, maximum: 9, default: 2}",
        "schema: {type: integer, format: int64, minimum: 1, maximum: 9, default: 2.0}",
        &["offered-example 23:11", "unsupported 24:74"],
    ),
    case(
        "schema: {type: integer, format: int32, minimum: 1, maximum: 9, default: 2}",
        "schema: {type: array, maxItems: 2, items: {type: array, maxItems: 2, items: {type: string, maxLength: 9}}}",
        &[
            "unsupported 20:11",
            "example-mismatch 23:11",
            "offered-example 23:11",
        ],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Debug: {type: object, description: A type that is derived.}\n    Thing:\n      type: object\n",
        &["name-clash 75:5"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: boolean, minimum: 1}\n",
        &["unsupported 83:49"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: integer, format: int32, minimum: 1, maximum: 9, enum: ['1']}\n",
        &["unsupported 83:88", "bounds-crossed 83:95"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., items: {type: string, maxLength: 9}}\n",
        &["unsupported 83:34"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: integer, format: int32, minimum: 0.5, maximum: 9}\n",
        &["unsupported 83:64"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: integer, format: int32, minimum: 1, maximum: 9999999999}\n",
        &["unsupported 83:76"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, maxLength: 9999999999}\n",
        &["unsupported 83:48"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, format: date-time, pattern: '^a$'}\n",
        &["unsupported 83:67"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, maxLength: 9, readOnly: true, writeOnly: true}\n",
        &["unsupported 83:78"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, enum: []}\n",
        &["bounds-crossed 83:48"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, enum: [abc], maxLength: 2}\n",
        &["bounds-crossed 83:55"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, enum: [a, a]}\n",
        &["wrong-type 83:58"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, maxLength: 9, pattern: '[]a]'}\n",
        &["pattern-not-portable 83:62"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, maxLength: 9, pattern: 'a**'}\n",
        &["pattern-not-portable 83:62"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, maxLength: 9, pattern: '\\a'}\n",
        &["pattern-not-portable 83:62"],
    ),
    case(
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: When., type: string, maxLength: 9, pattern: 'a]'}\n",
        &["pattern-not-portable 83:62"],
    ),
];
