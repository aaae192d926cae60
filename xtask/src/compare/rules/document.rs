//! Changes of the document as a whole.

use super::Severity::{Breaking, Info, Warning};
use super::{Rule, rule};

pub static RULES: &[Rule] = &[
    rule(
        "document-added",
        Info,
        "A new document: no client knows it yet.",
        ("", "openapi/new.yaml"),
        "document-removed",
    ),
    rule(
        "document-removed",
        Breaking,
        "A document is gone, and with it every operation in it.",
        ("openapi/old.yaml", ""),
        "document-added",
    ),
    rule(
        "document-renamed",
        Warning,
        "The same operations stand in a file of another name, so the document is served elsewhere.",
        ("openapi/old.yaml", "openapi/new.yaml"),
        "document-renamed",
    ),
    rule(
        "document-not-comparable",
        Breaking,
        "The earlier document cannot be read any more, so nobody can tell what broke.",
        ("openapi: 3.0.0", "openapi: 3.1.0"),
        "document-not-comparable",
    ),
    rule(
        "server-added",
        Info,
        "The operations can be reached below one more URL.",
        ("  - url: /api\n", "  - url: /api\n  - url: /v2\n"),
        "server-removed",
    ),
    rule(
        "server-removed",
        Breaking,
        "The operations can no longer be reached below this URL.",
        ("  - url: /\n  - url: /api\n", "  - url: /\n"),
        "server-added",
    ),
    rule(
        "tolerance-added",
        Info,
        "One more spelling is taken.",
        (
            "x-roster-tolerates: [path-case]",
            "x-roster-tolerates: [path-case, name-case]",
        ),
        "tolerance-removed",
    ),
    rule(
        "tolerance-removed",
        Breaking,
        "A spelling that was taken is refused.",
        ("x-roster-tolerates: [path-case]\n", ""),
        "tolerance-added",
    ),
    rule(
        "xml-order-changed",
        Breaking,
        "XML elements are written in another order; readers that rely on the order fail.",
        (
            "x-roster-tolerates: [path-case]\n",
            "x-roster-tolerates: [path-case]\nx-roster-xml-order: alphabetical\n",
        ),
        "xml-order-changed",
    ),
    rule(
        "schema-renamed",
        Warning,
        "Nothing changes on the wire, but generated clients name the type by its schema.",
        ("schemas/Mark'}\n    Mark:\n", "schemas/Stamp'}\n    Stamp:\n"),
        "schema-renamed",
    ),
];
