//! Changes of operations, and of who may call them.

use super::Severity::{Breaking, Info, Warning};
use super::{Rule, rule};

const LEGACY: &str = "  /legacy:
    get:
      operationId: readLegacy
      deprecated: true
      x-sunset: 2020-01-31
      responses:
        '204':
          description: Nothing.
        '400': {$ref: '#/components/responses/Error'}
";
const TOKENS: &str = "  /tokens:
    post:
      operationId: createToken
      security: []
      responses:
        '204':
          description: A token.
        '400': {$ref: '#/components/responses/Error'}
";
const EXTRA: &str = "  /extra:
    get:
      operationId: readExtra
      responses:
        '204':
          description: Nothing.
        '400': {$ref: '#/components/responses/Error'}
  /legacy:
";

pub static RULES: &[Rule] = &[
    rule(
        "operation-added",
        Info,
        "A new operation.",
        ("  /legacy:\n", EXTRA),
        "operation-removed",
    ),
    rule(
        "operation-removed",
        Breaking,
        "An operation is gone. It may go once it is `deprecated` and its `x-sunset` date has passed.",
        (TOKENS, ""),
        "operation-added",
    ),
    rule(
        "operation-removed-after-sunset",
        Info,
        "A deprecated operation is gone, on or after the date that `x-sunset` announced.",
        (LEGACY, ""),
        "operation-added",
    ),
    rule(
        "operation-moved",
        Breaking,
        "The operation of this id has another path or verb.",
        ("  /tokens:\n", "  /ticket:\n"),
        "operation-moved",
    ),
    rule(
        "operation-id-changed",
        Warning,
        "Path and verb are the same, but generated clients name the operation by its id.",
        ("operationId: createToken", "operationId: makeToken"),
        "operation-id-changed",
    ),
    rule(
        "operation-tags-changed",
        Warning,
        "Nothing changes on the wire, but generated clients put operations into groups by their tags.",
        (
            "operationId: createToken",
            "operationId: createToken\n      tags: [Tokens]",
        ),
        "operation-tags-changed",
    ),
    rule(
        "path-value-renamed",
        Warning,
        "Nothing changes on the wire, but generated clients name the value in the path.",
        (
            "  /orders/{id}:\n    parameters:\n      - name: id\n",
            "  /orders/{number}:\n    parameters:\n      - name: number\n",
        ),
        "path-value-renamed",
    ),
    rule(
        "deprecated",
        Info,
        "An operation, parameter or member is announced to go.",
        (
            "operationId: createToken\n",
            "operationId: createToken\n      deprecated: true\n",
        ),
        "no-longer-deprecated",
    ),
    rule(
        "no-longer-deprecated",
        Info,
        "An operation, parameter or member stays after all.",
        (
            "operationId: readLegacy\n      deprecated: true\n      x-sunset: 2020-01-31\n",
            "operationId: readLegacy\n",
        ),
        "deprecated",
    ),
    rule(
        "sunset-earlier",
        Breaking,
        "Something that is deprecated may go earlier than was announced.",
        (
            "      x-sunset: 2020-01-31\n      responses",
            "      x-sunset: 2019-01-31\n      responses",
        ),
        "sunset-changed",
    ),
    rule(
        "sunset-changed",
        Info,
        "The date at which something deprecated may go is set, put off or taken back.",
        (
            "      x-sunset: 2020-01-31\n      responses",
            "      x-sunset: 2021-01-31\n      responses",
        ),
        "sunset-earlier",
    ),
    rule(
        "security-added",
        Info,
        "One more kind of credential opens the operation.",
        (
            "        - bearer: []\n      requestBody",
            "        - bearer: []\n        - key: []\n      requestBody",
        ),
        "security-removed",
    ),
    rule(
        "security-removed",
        Breaking,
        "A credential that opened the operation no longer does, or another one is needed with it.",
        ("  - bearer: []\n  - key: []\n", "  - bearer: []\n"),
        "security-added",
    ),
    rule(
        "security-became-required",
        Breaking,
        "The operation was open to everybody and now asks for a credential.",
        ("      security: []\n", ""),
        "security-became-open",
    ),
    rule(
        "security-became-open",
        Info,
        "The operation no longer asks for a credential.",
        (
            "      security:\n        - bearer: []\n      requestBody",
            "      security: []\n      requestBody",
        ),
        "security-became-required",
    ),
    rule(
        "security-scheme-changed",
        Breaking,
        "The credential is shown in another way or in another place.",
        ("name: X-Key", "name: X-Api-Key"),
        "security-scheme-changed",
    ),
];
