//! Documents with XML and with credentials in bodies.

use super::{Case, case};

pub static CASES: &[Case] = &[
    case(
        "required: [name, secret]",
        "required: [name]",
        &["credential 89:9"],
    ),
    case("writeOnly: true, ", "", &["example-mismatch 49:19"]),
    case(
        "x-roster-credential: key",
        "x-roster-credential: other",
        &["credential 14:5", "dangling-ref 14:5", "dangling-ref 89:56"],
    ),
    case("      security: []\n", "", &["credential 14:5"]),
    case("security:\n  - key: []\n", "security: []\n", &["credential 13:5"]),
    case(
        "        '401': {$ref: '#/components/responses/Error'}\n",
        "",
        &["undeclared-status 41:7"],
    ),
    case(
        "x-roster-tolerates: [",
        "x-roster-tolerates: [everything, ",
        &["extension 11:22"],
    ),
    case(
        "x-roster-tolerates: [",
        "x-roster-tolerates: [json-wrapper, ",
        &["extension 11:22"],
    ),
    case(
        "x-roster-tolerates: [xml-element-order, ",
        "x-roster-tolerates: [",
        &["unsupported 11:1"],
    ),
    case(
        "x-roster-tolerates: [",
        "x-roster-xml-order: falling\nx-roster-tolerates: [",
        &["extension 11:1"],
    ),
    case(
        "x-roster-tolerates: [",
        "x-roster-default-format: text\nx-roster-tolerates: [",
        &["extension 11:1"],
    ),
    case(
        "      tags:",
        "      x-roster-tolerates: [path-case]\n      tags:",
        &["extension 16:28"],
    ),
    case(
        "      tags:",
        "      x-roster-max-body: much\n      tags:",
        &["extension 16:7"],
    ),
    case(
        "      tags:",
        "      x-roster-selects: Thing\n      tags:",
        &["extension 16:7"],
    ),
    case(
        "      tags:",
        "      x-roster-tolerates: [parameters-in-body]\n      tags:",
        &["extension 14:5", "unsupported 14:5"],
    ),
    case("digits: 7", "digits: 10", &["extension 90:28"]),
    case("at: {", "at: {x-roster-type: text, ", &["extension 90:14"]),
    case(
        "description: A list.",
        "description: A list.\n          x-roster-fraction-digits: 1",
        &["extension 91:9"],
    ),
    case(
        "in: path\n",
        "in: path\n      x-roster-type: uuid\n",
        &["extension 63:7"],
    ),
    case(
        "description: A list.",
        "description: A list.\n          x-roster-type: guid",
        &["extension 91:9"],
    ),
    case(
        "  parameters:\n    Id:",
        "  parameters:\n    Format:\n      name: format\n      in: query\n      description: A format.\n      x-roster-type: format\n      schema: {type: string, maxLength: 9, enum: [xml, csv]}\n    Id:",
        &["extension 60:5"],
    ),
    case(
        "xml: {wrapped: true}",
        "xml: {wraped: true}",
        &["unknown-keyword 95:17"],
    ),
    case("          xml: {wrapped: true}\n", "", &["unsupported 91:9"]),
    case("at: {", "at: {xml: {wrapped: true}, ", &["xml 90:9"]),
    case(
        "xml: {wrapped: true}",
        "xml: {wrapped: true, attribute: true}",
        &["xml 91:9"],
    ),
    case("at: {", "at: {xml: {namespace: 'urn:a'}, ", &["xml 90:14"]),
    case(
        "at: {",
        "At: {type: string, description: Again., maxLength: 1}\n        at: {",
        &["name-case 91:9", "name-clash 91:9"],
    ),
    case(
        "          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        "          application/json:\n            schema: {$ref: '#/components/schemas/Error'}",
        &["unsupported 37:13", "example-mismatch 40:17"],
    ),
    case(
        "at: {",
        "a: {type: string, description: A., maxLength: 1, xml: {namespace: 'urn:a', prefix: p}}\n        at: {xml: {namespace: 'urn:b', prefix: p}, ",
        &["xml 90:58"],
    ),
    case("application/json:", "text/csv:", &["unsupported 36:11"]),
];
