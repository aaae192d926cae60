//! Our own extensions where they mean nothing, or say something wrong.

use super::{Case, case};

pub static CASES: &[Case] = &[
    case(
        "  parameters:\n    Id:",
        "  parameters:\n    Order:\n      name: order\n      in: query\n      description: An order.\n      x-roster-says: must be a name\n      schema: {type: string, maxLength: 9}\n    Id:",
        &["extension 57:7"],
    ),
    case(
        "  parameters:\n    Id:",
        "  parameters:\n    Order:\n      name: order\n      in: query\n      description: An order.\n      x-roster-says: 7\n      schema: {type: string, maxLength: 9, pattern: '^[a-z]*$'}\n    Id:",
        &["extension 57:7"],
    ),
    case(
        "      tags:",
        "      x-roster-absent: goes\n      tags:",
        &["extension 15:7"],
    ),
    case(
        "security:\n  - bearer: []\n",
        "x-roster-absent: keeps\nsecurity:\n  - bearer: []\n",
        &["extension 9:1"],
    ),
    case(
        "      tags:",
        "      x-roster-default: 1\n      tags:",
        &["extension 15:7"],
    ),
    case(
        "name: {type: string,",
        "name: {x-roster-filters: [name], type: string,",
        &["extension 81:16"],
    ),
    case(
        "      tags:",
        "      x-roster-filters: name\n      tags:",
        &["extension 15:7"],
    ),
    case(
        "name: {type: string,",
        "name: {x-roster-page: first, type: string,",
        &["extension 81:16"],
    ),
    case(
        "      tags:",
        "      x-roster-page: size\n      tags:",
        &["extension 15:7"],
    ),
    case(
        "name: {type: string,",
        "name: {x-roster-shown: never, type: string,",
        &["extension 81:16"],
    ),
    case(
        "      tags:",
        "      x-roster-shown: otherwise\n      tags:",
        &["extension 15:7"],
    ),
    case(
        "name: {type: string,",
        "name: {x-roster-needs: luck, type: string,",
        &["extension 81:16"],
    ),
    case(
        "      tags:",
        "      x-roster-needs: tenant\n      tags:",
        &["extension 15:7"],
    ),
    case(
        "security:\n  - bearer: []\n",
        "x-roster-fault-status: '503'\nsecurity:\n  - bearer: []\n",
        &["extension 9:1"],
    ),
    case(
        "security:\n  - bearer: []\n",
        "x-roster-fault-status: 404\nsecurity:\n  - bearer: []\n",
        &["extension 9:1"],
    ),
    case(
        "      tags:",
        "      x-roster-fault-status: 500\n      tags:",
        &["extension 15:7"],
    ),
    case(
        "    bearer: {type: http, scheme: bearer, description: A token.}",
        "    bearer: {type: http, scheme: bearer, description: A token., x-roster-challenge: 'Bearer realm=\"a\"'}\n    other: {type: http, scheme: basic, description: A name., x-roster-challenge: Basic}",
        &["extension 52:62"],
    ),
    case(
        "    bearer: {type: http, scheme: bearer, description: A token.}",
        "    bearer: {type: http, scheme: bearer, description: A token., x-roster-challenge: 'Bearer é'}",
        &["extension 51:65"],
    ),
    case(
        "      tags:",
        "      x-roster-challenge: Basic\n      tags:",
        &["extension 15:7"],
    ),
    case(
        "        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        "        x-roster-tolerates: [plain-json]\n        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        &["extension 25:7"],
    ),
    case(
        "name: {type: string, description: Its name.,",
        "name: {type: string, x-roster-tolerates: [alias:at], description: Its name.,",
        &["alias 81:9"],
    ),
    case(
        "name: {type: string, description: Its name.,",
        "name: {type: string, x-roster-tolerates: [alias:name], description: Its name.,",
        &["alias 81:9"],
    ),
    case(
        "name: {type: string, description: Its name.,",
        "name: {type: string, x-roster-tolerates: [alias:one, alias:one], description: Its name.,",
        &["alias 81:9"],
    ),
    case(
        "name: {type: string, description: Its name.,",
        "name: {type: string, x-roster-tolerates: ['alias:'], description: Its name.,",
        &["extension 81:51"],
    ),
    case(
        "name: {type: string, description: Its name.,",
        "name: {type: string, x-roster-tolerates: [name-case], description: Its name.,",
        &["extension 81:51"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Thing:\n      type: object\n      x-roster-patch: true\n",
        &["extension 77:7"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Thing:\n      type: object\n      x-roster-patch: yes, it is\n",
        &["extension 77:7"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Change:\n      type: object\n      description: Changes.\n      x-roster-patch: true\n      properties:\n        one: {type: string, description: One., maxLength: 1}\n    Thing:\n      type: object\n",
        &["extension 78:7"],
    ),
    case(
        "schema: {type: string, maxLength: 9}",
        "schema: {type: string, maxLength: 9, x-roster-patch: true}",
        &["extension 58:44"],
    ),
    case(
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: ['alias:thing/{id}']\n",
        &["extension 13:26"],
    ),
    case(
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: ['alias:/thing/{id}/']\n",
        &["alias 13:26", "trailing-slash 13:26"],
    ),
    case(
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: ['alias:/thing']\n",
        &["alias 13:26"],
    ),
    case(
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: ['alias:/thing/{id}/all']\n",
        &["alias 13:26"],
    ),
    case(
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: ['alias:/things/{id}/{id}']\n",
        &["alias 13:26"],
    ),
    case(
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: [path-case]\n",
        &["extension 13:26"],
    ),
    case(
        "at: {type: string, description: When., format: date-time}",
        "at: {type: string, description: When., format: date-time, x-roster-tolerates: [number]}",
        &["extension 83:9"],
    ),
    case(
        "description: A list.",
        "description: A list.\n          x-roster-tolerates: [number]",
        &["extension 84:9"],
    ),
    case(
        "description: A list.",
        "description: A list.\n          x-roster-tolerates: [linked-items]",
        &["extension 84:9"],
    ),
    case(
        "items: {type: string, maxLength: 2}",
        "items: {type: string, maxLength: 2, x-roster-tolerates: [number]}",
        &["extension 88:68"],
    ),
    case(
        "    Thing:\n      type: object\n",
        "    Thing:\n      type: object\n      x-roster-tolerates: [number]\n",
        &["extension 77:28"],
    ),
    case(
        "schema: {type: string, maxLength: 9}",
        "schema: {type: string, maxLength: 9, x-roster-tolerates: [number]}",
        &["extension 58:65"],
    ),
];
