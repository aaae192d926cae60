//! What documents must not say or lack.

use super::{Case, case};

pub static CASES: &[Case] = &[
    case(
        "minimum: 1, ",
        "minimum: 10, ",
        &[
            "example-mismatch 23:11",
            "bounds-crossed 24:11",
            "example-mismatch 24:75",
        ],
    ),
    case(
        "title: Small",
        "titel: Small",
        &["missing-member 2:1", "unknown-keyword 3:3"],
    ),
    case("version: \"1\"", "version: 1.10", &["unquoted-version 4:3"]),
    case("parameters/Id'", "parameters/Nobody'", &["dangling-ref 19:11"]),
    case("parameters/Id'", "responses/Error'", &["dangling-ref 19:11"]),
    case(
        "$ref: '#/components/schemas/Thing'",
        "$ref: 'other.yaml#/Thing'",
        &["dangling-ref 30:22"],
    ),
    case(
        "$ref: '#/components/schemas/Thing'",
        "$ref: 7",
        &["wrong-type 30:22"],
    ),
    case(
        "    Error:\n      description: An error.\n      content:",
        "    Round: {$ref: '#/components/responses/Round'}\n    Error:\n      description: An error.\n      content:",
        &["circular-ref 60:5"],
    ),
    case("maxLength: 3", "maxLenght: 3", &["unknown-keyword 81:54"]),
    case("maxLength: 3", "maxLength: '3'", &["wrong-type 81:54"]),
    case("required: [name]", "required: name", &["wrong-type 79:7"]),
    case(
        "      tags: [Things]",
        "      x-roster-choise: x",
        &["unknown-keyword 15:7"],
    ),
    case("tags: [Things]", "tags: Things", &["wrong-type 15:7"]),
    case(
        "      parameters:\n",
        "      parameter:\n",
        &["unknown-keyword 18:7"],
    ),
    case(
        "        at: {",
        "        Name: {type: string, description: x, maxLength: 1}\n        at: {",
        &["name-clash 83:9"],
    ),
    case("name: size", "name: Id", &["name-clash 13:5"]),
    case(
        "name: {type: string,",
        "kind: {type: string, description: x, enum: [a-b, a_b]}\n        name: {type: string,",
        &["name-clash 81:9"],
    ),
    case(
        "operationId: putThing",
        "operationId: refuse",
        &["name-clash 13:5"],
    ),
    case(
        "      operationId: putThing\n",
        "",
        &["missing-operation-id 13:5"],
    ),
    case("putThing", "put-thing", &["operation-id 14:7"]),
    case("      summary: Put\n", "", &["missing-summary 13:5"]),
    case(
        "      description: Puts a thing.\n",
        "",
        &["missing-description 13:5"],
    ),
    case(
        "        description: The thing.\n",
        "",
        &["missing-description 25:7"],
    ),
    case("    description: Things.\n", "", &["missing-description 7:5"]),
    case("/things/{id}:", "/things/{id}/:", &["trailing-slash 12:3"]),
    case(
        "/things/{id}:",
        "/things/{name}:",
        &["path-parameter 13:5", "path-parameter 19:11", "unsupported 53:5"],
    ),
    case(
        "        - name: size",
        "        - $ref: '#/components/parameters/Id'\n        - name: size",
        &["duplicate-parameter 20:11"],
    ),
    case(
        "        '415': {$ref: '#/components/responses/Error'}\n",
        "",
        &["undeclared-status 34:7"],
    ),
    case(
        "        '401': {$ref: '#/components/responses/Error'}\n",
        "",
        &["undeclared-status 34:7"],
    ),
    case(
        "            examples:\n              one:\n                value: {name: abc}\n",
        "",
        &["missing-example 29:11"],
    ),
    case(
        "'401': {$ref: '#/components/responses/Error'}",
        "'4XX': {$ref: '#/components/responses/Error'}",
        &["undeclared-status 34:7", "unsupported 44:9"],
    ),
    case(
        "components:",
        "  /things/{other}:\n    get: {operationId: putThing, summary: Get, description: Gets., responses: {'401': {$ref: '#/components/responses/Error'}, '500': {$ref: '#/components/responses/Error'}}}\ncomponents:",
        &[
            "ambiguous-path 49:3",
            "name-clash 50:5",
            "path-parameter 50:5",
            "duplicate-operation-id 50:11",
        ],
    ),
    case(
        "components:",
        "  /things/by_id:\n    get: {operationId: getThing, tags: [Things], summary: Get, description: Gets., responses: {'401': {$ref: '#/components/responses/Error'}, '500': {$ref: '#/components/responses/Error'}}}\ncomponents:",
        &["name-clash 50:5"],
    ),
    case(
        "'401': {$ref: '#/components/responses/Error'}",
        "'401': {description: Other., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}, examples: {one: {value: {name: abc}}}}}}",
        &["error-schema-differs 44:67"],
    ),
    case("'^[a-z]*$'", "'^\\w*$'", &["pattern-not-portable 81:68"]),
    case("'^[a-z]*$'", "'^(?=a)[a-z]*$'", &["pattern-not-portable 81:68"]),
    case(
        "example: 2",
        "example: 30",
        &["example-mismatch 23:11", "offered-example 23:11"],
    ),
    case("example: 2", "example: 3", &["offered-example 23:11"]),
    case(
        "example: 2",
        "example: three",
        &["example-mismatch 23:11", "offered-example 23:11"],
    ),
    case(
        "default: 2",
        "default: 20",
        &["offered-example 23:11", "example-mismatch 24:74"],
    ),
    case(
        "examples: [abc]",
        "examples: [abcd]",
        &["example-mismatch 81:100"],
    ),
    case(
        "value: {name: abc}",
        "value: {name: ABC}",
        &["example-mismatch 33:25"],
    ),
    case("value: {name: abc}", "value: {}", &["example-mismatch 33:17"]),
    case(
        "value: {name: abc}",
        "value: {name: abc, more: 1}",
        &["example-mismatch 33:36"],
    ),
    case(
        "value: {name: abc}",
        "value: {name: abc, at: today}",
        &["example-mismatch 33:36"],
    ),
    case(
        "value: {name: abc}",
        "value: {name: abc, list: [a, bcd, e]}",
        &["example-mismatch 33:36", "example-mismatch 33:46"],
    ),
    case(
        "                one:\n                  value: {name: abc",
        "                one:\n                  value: {secret: x, name: abc",
        &["example-mismatch 42:27"],
    ),
    case(
        "value: {text: wrong}",
        "value: {text: null}",
        &["example-mismatch 67:23"],
    ),
    case("maxLength: 3, ", "", &["missing-bound 81:9"]),
    case("          maxItems: 2\n", "", &["missing-bound 84:9"]),
    case("minimum: 1, ", "", &["missing-bound 24:11"]),
    case("description: Its name., ", "", &["missing-description 81:9"]),
    case(
        "security:\n  - bearer: []\n",
        "x-roster-fault-status: 503\nsecurity:\n  - bearer: []\n",
        &["undeclared-status 35:7"],
    ),
    case(
        "        text: {type: string, description: Why., maxLength: 99}\n",
        "        text: {type: string, description: Why., maxLength: 99}\n        more: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {type: string}}\n",
        &["missing-bound 76:64"],
    ),
    case(
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: ['alias:/things/{other}']\n",
        &["ambiguous-path 13:26"],
    ),
    case(
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: ['alias:/a/{id}', 'alias:/a/{b}']\n",
        &["ambiguous-path 13:43"],
    ),
    case(
        "required: [name]",
        "required: [name, none]",
        &[
            "example-mismatch 33:17",
            "example-mismatch 42:19",
            "required-unknown 79:24",
        ],
    ),
    case(
        "  /things/{id}:\n    put",
        "  things/{id}:\n    put",
        &["path 12:3"],
    ),
];
