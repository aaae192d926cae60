//! The document as a whole and its paths.

use super::Effect::{Derived, None};
use super::Meaning::{Other, Wrong};
use super::{EVERYTHING, Keyword, LOOSE, keyword};

pub static KEYWORDS: &[Keyword] = &[
    keyword(
        EVERYTHING,
        "Root.openapi",
        "openapi: 3.1.0",
        "openapi: 3.1.1",
        Other {
            breaking: &[],
            effect: None,
        },
    ),
    keyword(
        EVERYTHING,
        "Root.info Info.title",
        "title: Everything\n",
        "title: All\n",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Info.summary",
        "title: Everything\n",
        "title: Everything\n  summary: In short.\n",
        Wrong(&["unsupported"]),
    ),
    keyword(
        EVERYTHING,
        "Info.description",
        "Every construct that",
        "Each construct that",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Info.version",
        "version: \"1.0.0\"",
        "version: \"1.0.1\"",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Info.contact Contact.name Contact.url Contact.email",
        "version: \"1.0.0\"\n",
        "version: \"1.0.0\"\n  contact: {name: Ann, url: https://example.com/ann, email: ann@example.com}\n",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Info.license License.name License.identifier",
        "version: \"1.0.0\"\n",
        "version: \"1.0.0\"\n  license: {name: MIT, identifier: MIT}\n",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        LOOSE,
        "Info.license License.name License.url",
        "version: \"1.0.0\"\n",
        "version: \"1.0.0\"\n  license: {name: Mine, url: https://example.com/mine}\n",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Root.servers Server.url",
        "description: The only mount point\n",
        "description: The only mount point\n  - url: /more\n    description: Another.\n",
        Other {
            breaking: &["server-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Server.description",
        "The only mount point",
        "The one mount point",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Root.security",
        "security:\n  - bearerAuth: []\n",
        "security:\n  - bearerAuth: []\n  - keyAuth: []\n",
        Other {
            breaking: &["security-added"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Root.tags Tag.name",
        "description: All there is.\n",
        "description: All there is.\n  - name: More\n    description: More of it.\n",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Tag.description",
        "All there is.",
        "All things.",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Tag.externalDocs",
        "description: All there is.\n",
        "description: All there is.\n    externalDocs: {url: https://example.com/tag}\n",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Root.externalDocs ExternalDocs.url",
        "https://example.com/everything",
        "https://example.com/all",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "ExternalDocs.description",
        "description: More\npaths",
        "description: Other\npaths",
        Other {
            breaking: &[],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "Root.paths PathItem.put PathItem.post",
        "put:\n      operationId: replaceSpecial",
        "post:\n      operationId: replaceSpecial",
        Other {
            breaking: &["operation-moved"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "PathItem.patch PathItem.options",
        "patch:\n      operationId: tagSpecial",
        "options:\n      operationId: tagSpecial",
        Other {
            breaking: &["operation-moved"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "PathItem.get PathItem.head",
        "get:\n      operationId: getThing",
        "head:\n      operationId: getThing",
        Other {
            breaking: &["operation-moved"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "PathItem.delete",
        "delete:\n      operationId: deleteThing",
        "patch:\n      operationId: deleteThing",
        Other {
            breaking: &["operation-moved"],
            effect: Derived,
        },
    ),
    keyword(
        EVERYTHING,
        "PathItem.summary",
        "  /things/{thingId}:\n",
        "  /things/{thingId}:\n    summary: A thing\n",
        Wrong(&["unsupported"]),
    ),
    keyword(
        EVERYTHING,
        "PathItem.description",
        "  /things/{thingId}:\n",
        "  /things/{thingId}:\n    description: One thing.\n",
        Wrong(&["unsupported"]),
    ),
    keyword(
        EVERYTHING,
        "PathItem.servers",
        "  /things/{thingId}:\n",
        "  /things/{thingId}:\n    servers: [{url: /there}]\n",
        Wrong(&["unsupported"]),
    ),
    keyword(
        EVERYTHING,
        "PathItem.parameters",
        "  /things/{thingId}:\n    parameters:\n",
        "  /things/{thingId}:\n    parameters:\n      - {name: more, in: query, description: More., schema: {type: boolean}}\n",
        Other {
            breaking: &["request-parameter-added"],
            effect: Derived,
        },
    ),
];
