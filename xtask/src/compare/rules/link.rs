//! Changes of the links of answers. Nothing of them is on the wire, but whoever follows links finds the next request there.

use super::Severity::{Breaking, Info, Warning};
use super::{Rule, rule};

const AGAIN: &str = "            again:
              operationId: createOrder
              x-roster-request-body: {code: $response.body#/owner}
";
const ONCE_MORE: &str = "            onceMore:
              operationId: createOrder
              x-roster-request-body: {code: $response.body#/owner}
";
const FOLLOWING: &str = "            following:
              operationId: listOrders
";
const FOLLOWING_AND_ALL: &str = "            all: {operationId: listOrders}
            following:
              operationId: listOrders
";

pub static RULES: &[Rule] = &[
    rule(
        "response-link-added",
        Info,
        "A new link. One that comes with a new operation is not counted.",
        (FOLLOWING, FOLLOWING_AND_ALL),
        "response-link-removed",
    ),
    rule(
        "response-link-removed",
        Breaking,
        "A link that clients follow is gone. One that goes with its operation is not counted.",
        (AGAIN, ""),
        "response-link-added",
    ),
    rule(
        "response-link-renamed",
        Warning,
        "The same request stands under another name; who looks a link up by its name no longer finds it.",
        (AGAIN, ONCE_MORE),
        "response-link-renamed",
    ),
    rule(
        "response-link-target-changed",
        Breaking,
        "The link leads to another operation.",
        (
            "              operationId: createOrder\n",
            "              operationId: changeOrder\n",
        ),
        "response-link-target-changed",
    ),
    rule(
        "response-link-value-added",
        Info,
        "The link gives one more parameter, or a body.",
        (
            "                query.limit: 20\n",
            "                query.limit: 20\n                page: 2\n",
        ),
        "response-link-value-removed",
    ),
    rule(
        "response-link-value-removed",
        Breaking,
        "Who follows the link is no longer told a parameter, or the body.",
        ("                after: $response.body#/owner\n", ""),
        "response-link-value-added",
    ),
    rule(
        "response-link-value-changed",
        Warning,
        "The link takes the value from elsewhere. Whether that is the same value, the documents alone cannot say.",
        ("{code: $response.body#/owner}", "{code: $response.body#/shelf}"),
        "response-link-value-changed",
    ),
];
