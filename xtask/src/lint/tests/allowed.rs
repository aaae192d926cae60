//! Edits that break no rule.

/// What is edited in the small document, and what becomes of it.
pub const SMALL: &[(&str, &str)] = &[
    ("value: {name: abc}", "value: {name: abc, secret: x}"),
    (
        "security:\n  - bearer: []\n",
        "x-roster-fault-status: 500\nsecurity:\n  - bearer: []\n",
    ),
    (
        "    Error:\n      description: An error.\n",
        "    Error:\n      description: An error.\n      headers:\n        x-more: {description: More., x-roster-set-by: server, schema: {type: string, maxLength: 9}}\n",
    ),
    (
        "    bearer: {type: http, scheme: bearer, description: A token.}",
        "    bearer: {type: http, scheme: bearer, description: A token., x-roster-challenge: 'Bearer realm=\"a\"'}",
    ),
    (
        "        text: {type: string, description: Why., maxLength: 99}\n",
        "        text: {type: string, description: Why., maxLength: 99}\n        more: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {type: string, maxLength: 9}}\n",
    ),
    (
        "        text: {type: string, description: Why., maxLength: 99}\n",
        "        text: {type: string, description: Why., maxLength: 99}\n        more: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {$ref: '#/components/schemas/Thing'}}\n",
    ),
    (
        "        text: {type: string, description: Why., maxLength: 99}\n",
        "        text: {type: string, description: Why., maxLength: 99}\n        more: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {type: array, maxItems: 9, items: {type: boolean}}}\n",
    ),
    (
        "        at: {type: string, description: When., format: date-time}\n",
        "        at: {description: Anything.}\n",
    ),
    (
        "        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        "        content:\n          application/json-patch+json:\n            schema: {$ref: '#/components/schemas/Thing'}",
    ),
    (
        "        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        "        x-roster-tolerates: [plain-json]\n        content:\n          application/json-patch+json:\n            schema: {$ref: '#/components/schemas/Thing'}",
    ),
    (
        "name: {type: string, description: Its name.,",
        "name: {type: string, x-roster-tolerates: [alias:title, alias:label], description: Its name.,",
    ),
    (
        "name: {type: string, description: Its name.,",
        "name: {type: string, x-roster-tolerates: [alias:Name], description: Its name.,",
    ),
    (
        "    Thing:\n      type: object\n",
        "    Change:\n      type: object\n      description: Changes.\n      x-roster-patch: true\n      properties:\n        one: {type: [string, 'null'], description: One., maxLength: 1}\n    Thing:\n      type: object\n",
    ),
    (
        "  /things/{id}:\n",
        "  /things/{id}:\n    x-roster-tolerates: ['alias:/thing/{thing}', 'alias:/all/things/{id}']\n",
    ),
    ("maxLength: 3,", "maxLength: 3, x-roster-tolerates: [number],"),
    (
        "description: A list.\n          maxItems: 2\n          items: {type: string, maxLength: 2}",
        "description: A list.\n          maxItems: 2\n          x-roster-tolerates: [linked-items]\n          items: {type: integer, format: int32, minimum: 1, maximum: 2, description: One.}",
    ),
];

/// The same in the document with XML.
pub const XML: &[(&str, &str)] = &[
    (
        "        required: true\n        description: The thing.",
        "        required: true\n        x-roster-tolerates: [json-wrapper]\n        description: The thing.",
    ),
    (
        "    Thing:\n      type: object\n",
        "    Thing:\n      type: object\n      xml: {name: Name}\n",
    ),
    (
        "  parameters:\n    Id:",
        "  parameters:\n    Format:\n      name: format\n      in: query\n      description: A format.\n      x-roster-type: format\n      schema: {type: string, maxLength: 9, enum: [xml, json]}\n    Id:",
    ),
];
