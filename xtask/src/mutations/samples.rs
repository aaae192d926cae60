//! Mutations of what generated code thinks of values: a document is edited, and the server's code is still that of the
//! document as it was, so that the two are of different opinions where the edit is.

use super::mutation::{Edit, Expected, Mutation, Place};
use crate::check::Step;

const KIBO: &str = "openapi/kibo.yaml";
const FORMS: &str = "openapi/formsonfire.yaml";
const PREFERENCES: &str = "openapi/mypreferences.yaml";

/// Document, what is edited, what becomes of it, and each finding: its rule, and the text that it stands at or, behind
/// a `#`, the JSON pointer.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// All of them stand in the documents at once.
const CASES: &[Case] = &[
    (
        KIBO,
        "maxItems: 1000\n          items:\n            $ref: '#/components/schemas/User'\n        auditInfo:",
        "maxItems: 999\n          items:\n            $ref: '#/components/schemas/User'\n        auditInfo:",
        &[("sample-accepted", "maxItems: 999\n")],
    ),
    (
        KIBO,
        "maxLength: 4000\n          pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]*$'\n          examples: [Everyone",
        "maxLength: 4001\n          pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]*$'\n          examples: [Everyone",
        &[("sample-refused", "maxLength: 4001\n")],
    ),
    (
        KIBO,
        "required: [emailAddress, firstName, lastName]\n",
        "required: [emailAddress, firstName, lastName, phoneNumber]\n",
        &[(
            "sample-accepted",
            "required: [emailAddress, firstName, lastName, phoneNumber]\n",
        )],
    ),
    (
        KIBO,
        "type: [integer, 'null']\n          format: int32\n          description: The scope that the group has;",
        "type: integer\n          format: int32\n          description: The scope that the group has;",
        &[
            (
                "sample-accepted",
                "type: integer\n          format: int32\n          description: The scope that the group has;",
            ),
            ("sample-unfit", "AdminGroup:\n      type: object"),
            ("sample-unfit", "AdminGroupCollection:\n      type: object"),
        ],
    ),
    (
        KIBO,
        "minimum: -2147483648\n          maximum: 2147483647\n          examples: [1]\n        scopeId:",
        "minimum: 0\n          maximum: 2147483647\n          examples: [1]\n        scopeId:",
        &[(
            "sample-accepted",
            "minimum: 0\n          maximum: 2147483647\n          examples: [1]\n        scopeId:",
        )],
    ),
    (
        KIBO,
        "  /platform/adminuser/groups:\n",
        "  /platform/adminuser/teams:\n    get:\n      operationId: listTeams\n      parameters:\n        - {name: size, in: query, required: false, schema: {type: integer, minimum: 1, maximum: 9}}\n      responses: {}\n  /platform/adminuser/groups:\n",
        &[
            (
                "sample-untried",
                "#/paths/~1platform~1adminuser~1teams/get/parameters/0",
            ),
            (
                "sample-untried",
                "#/paths/~1platform~1adminuser~1teams/get/parameters/0/schema",
            ),
            (
                "sample-untried",
                "#/paths/~1platform~1adminuser~1teams/get/parameters/0/schema/type",
            ),
            (
                "sample-untried",
                "#/paths/~1platform~1adminuser~1teams/get/parameters/0/schema/minimum",
            ),
            (
                "sample-untried",
                "#/paths/~1platform~1adminuser~1teams/get/parameters/0/schema/maximum",
            ),
        ],
    ),
    (
        FORMS,
        "enum: [Active, Inactive, Invited]",
        "enum: [Active, Inactive, Invited, Gone]",
        &[("sample-refused", "enum: [Active, Inactive, Invited, Gone]")],
    ),
    (
        FORMS,
        "required: [CompanyId, IntegrationKey, Name]\n      xml:\n        name: UserGroup\n      properties:\n",
        "required: [CompanyId, IntegrationKey, Name, Title]\n      xml:\n        name: UserGroup\n      properties:\n        Title: {type: string, maxLength: 3}\n",
        &[
            (
                "sample-accepted",
                "required: [CompanyId, IntegrationKey, Name, Title]",
            ),
            ("sample-accepted", "type: string, maxLength: 3}"),
            ("sample-accepted", "maxLength: 3}"),
            ("sample-changed", "Title: {type"),
            ("sample-unfit", "UserGroupCreate:\n"),
        ],
    ),
    (
        KIBO,
        "Roster cannot check the old password, so it may be absent.\n          maxLength: 255\n",
        "Roster cannot check the old password, so it may be absent.\n          maxLength: 200\n",
        &[("sample-misplaced", "maxLength: 200\n")],
    ),
    (
        KIBO,
        "minLength: 1\n          maxLength: 255\n          pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]*$'\n\n    ChangeUserPasswordInfo:",
        "minLength: 300\n          maxLength: 300\n          pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]*$'\n\n    ChangeUserPasswordInfo:",
        &[("sample-refused", "maxLength: 300\n")],
    ),
    // Some answers have other headers that a handler gives, some have none.
    (
        KIBO,
        "      x-roster-set-by: server\n      example: 7d3f5c1e",
        "      example: 7d3f5c1e",
        &[
            ("sample-changed", "#/components/headers/Correlation/schema"),
            ("sample-untried", "#/components/headers/Correlation/schema"),
        ],
    ),
];

/// What a changed program of the suite that the documents drive leaves out is found here, too.
fn left_out() -> Mutation {
    Mutation {
        name: "a required header is left out".to_owned(),
        step: Step::Samples,
        // Other words change no verdict; the document is edited only so that its places are known.
        edits: vec![Edit::replace(
            PREFERENCES,
            "description: The profile's version, a dash, and a hash of the groups in the answer.",
            "description: The profile's version.",
        )],
        expected: vec![Expected::new(
            "sample-changed",
            PREFERENCES,
            Place::Node("/components/headers/ETag/schema".to_owned()),
        )],
    }
}

pub fn mutations() -> Vec<Mutation> {
    CASES
        .iter()
        .map(|(file, from, to, found)| Mutation {
            name: super::mutation::shown(from, to),
            step: Step::Samples,
            edits: vec![Edit::replace(*file, from, to)],
            expected: found
                .iter()
                .map(|(rule, text)| {
                    let place = match text.strip_prefix('#') {
                        Some(pointer) => Place::Node(pointer.to_owned()),
                        None => Place::Of((*text).to_owned()),
                    };
                    Expected::new(rule, *file, place)
                })
                .collect(),
        })
        .chain([left_out()])
        .collect()
}
