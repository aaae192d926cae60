//! The codes of this dialect's errors: the vendor's, and those that it lacks (10000 and the status).

use crate::status::Cause;

/// One code: what an error body says of it, and what its page says to people.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    pub number: i32,
    pub name: &'static str,
    /// Has the status that the code is answered with.
    pub cause: Cause,
    pub meaning: &'static str,
    pub advice: &'static str,
}

const fn code(
    number: i32,
    name: &'static str,
    cause: Cause,
    meaning: &'static str,
    advice: &'static str,
) -> Code {
    Code {
        number,
        name,
        cause,
        meaning,
        advice,
    }
}

pub const INVALID_JSON: Code = code(
    10005,
    "InvalidJSONPayload",
    Cause::Invalid,
    "The body is not JSON in UTF-8, has a member twice, or is empty.",
    "Send one JSON object, each member once.",
);
pub const INVALID_LOOKUP_KEY: Code = code(
    10006,
    "InvalidLookupKey",
    Cause::Invalid,
    "The lookup key in the path is neither id nor sourceId.",
    "Write the key in exactly this letter case.",
);
pub const INVALID_SCHEMA: Code = code(
    10007,
    "SchemaValidationException",
    Cause::Invalid,
    "The body breaks its schema.",
    "Mend every violation that the messages name; the document has the schema.",
);
pub const UNKNOWN_PATH: Code = code(
    10008,
    "NotFound",
    Cause::UnknownPath,
    "There is no such path.",
    "Compare the path with the document; letter case counts.",
);
pub const INVALID_PAGE: Code = code(
    10015,
    "PaginatedResponseException",
    Cause::Invalid,
    "The page or its size is out of bounds.",
    "Send a page of at least 1 and an offset, which is the size of a page, from 1 to 100.",
);
pub const KEY_MISSING: Code = code(
    10016,
    "LookupKeyNotFound",
    Cause::Invalid,
    "An item of a bulk request lacks its key.",
    "Give each item its id, or its sourceId together with its source.",
);
pub const INVALID_VALUE: Code = code(
    10017,
    "PayloadValidationError",
    Cause::Invalid,
    "A value is not valid, in the body, the path, the query or a header.",
    "Mend what the messages name.",
);
pub const UNAUTHORIZED: Code = code(
    10401,
    "Unauthorized",
    Cause::Unauthenticated,
    "The token, or at the token endpoint the credential, is missing, wrong, expired or revoked.",
    "Ask for a new token, and look whether the credential is still valid.",
);
pub const FORBIDDEN: Code = code(
    10403,
    "Forbidden",
    Cause::Forbidden,
    "The access level is too low, or only the owners may change this usergroup.",
    "Use a credential that may write, or one that is bound to an owner.",
);
pub const METHOD_NOT_ALLOWED: Code = code(
    10405,
    "MethodNotAllowed",
    Cause::MethodNotAllowed,
    "The path does not offer this verb.",
    "Use one of the verbs that the header Allow lists.",
);
pub const NOT_ACCEPTABLE: Code = code(
    10406,
    "NotAcceptable",
    Cause::NotAcceptable,
    "The header Accept leaves no room for JSON.",
    "Accept application/json.",
);
pub const STALE: Code = code(
    10412,
    "PreconditionFailed",
    Cause::Stale,
    "The object has another version than If-Match names.",
    "Read the object again, and repeat the change with its new version.",
);
pub const TOO_LARGE: Code = code(
    10413,
    "PayloadTooLarge",
    Cause::PayloadTooLarge,
    "The body is larger than 1 MiB.",
    "Send less at once.",
);
pub const UNSUPPORTED_MEDIA_TYPE: Code = code(
    10415,
    "UnsupportedMediaType",
    Cause::UnsupportedMediaType,
    "The body has a media type that the operation does not take.",
    "Send JSON; the token endpoint takes a form.",
);
pub const INTERNAL: Code = code(
    10500,
    "InternalServerError",
    Cause::Internal,
    "The server failed, and nothing was changed.",
    "Try again later, and name the request id when you report it.",
);
pub const USERGROUP_EXISTS: Code = code(
    20004,
    "UsergroupExists",
    Cause::Invalid,
    "Another usergroup has this key already, perhaps one in the recycle bin.",
    "Use another sourceId or source, or change the usergroup that has them.",
);
pub const USERGROUP_SEVERAL: Code = code(
    20005,
    "UsergroupMultipleFound",
    Cause::Invalid,
    "Several usergroups have this sourceId.",
    "Name the source, too.",
);
pub const USERGROUP_NOT_FOUND: Code = code(
    20006,
    "UsergroupNotFound",
    Cause::NotFound,
    "There is no such usergroup, or it is in the recycle bin.",
    "Look at the key; the server's command line can restore what is in the recycle bin.",
);
pub const USER_EXISTS: Code = code(
    70004,
    "UserExists",
    Cause::Invalid,
    "Another user has this login or this key already.",
    "Use another one, or change the user who has it.",
);
pub const USER_SEVERAL: Code = code(
    70005,
    "UserMultipleFound",
    Cause::Invalid,
    "Several users have this sourceId.",
    "Name the source, too.",
);
pub const USER_NOT_FOUND: Code = code(
    70006,
    "UserNotFound",
    Cause::NotFound,
    "There is no such user.",
    "Look at the key.",
);

/// Of the vendor's catalogue, never answered here.
const TRANSLATION_NOT_FOUND: Code = code(
    10018,
    "TranslationNotFound",
    Cause::NotFound,
    "There is no such translation.",
    "This server keeps no translations and never answers with this code.",
);
const WAREHOUSE_NOT_FOUND: Code = code(
    10019,
    "WarehouseNotFound",
    Cause::NotFound,
    "There is no such warehouse.",
    "This server keeps no warehouses and never answers with this code.",
);
const WAREHOUSE_INVALID: Code = code(
    10020,
    "WarehouseInvalidConfiguration",
    Cause::Invalid,
    "The configuration of the warehouse is not valid.",
    "This server keeps no warehouses and never answers with this code.",
);

/// All codes, by number.
const ALL: [Code; 24] = [
    INVALID_JSON,
    INVALID_LOOKUP_KEY,
    INVALID_SCHEMA,
    UNKNOWN_PATH,
    INVALID_PAGE,
    KEY_MISSING,
    INVALID_VALUE,
    TRANSLATION_NOT_FOUND,
    WAREHOUSE_NOT_FOUND,
    WAREHOUSE_INVALID,
    UNAUTHORIZED,
    FORBIDDEN,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    STALE,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    INTERNAL,
    USERGROUP_EXISTS,
    USERGROUP_SEVERAL,
    USERGROUP_NOT_FOUND,
    USER_EXISTS,
    USER_SEVERAL,
    USER_NOT_FOUND,
];

/// The code of this number, written without a sign or leading zeros.
pub fn find(number: &str) -> Option<&'static Code> {
    ALL.iter().find(|code| code.number.to_string() == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_are_in_the_document() {
        assert!(ALL.is_sorted_by(|a, b| a.number < b.number));
        for code in ALL {
            let status = code.cause.status().as_u16();
            let row = format!("| {status} | {} | {} |", code.number, code.name);
            assert!(contract::propeller::DOCUMENT_YAML.contains(&row), "{row}");
            assert!(code.number < 20000 || status != 409);
        }
        let rows = contract::propeller::DOCUMENT_YAML
            .lines()
            .filter(|line| line.trim_start().starts_with("| 4") || line.trim_start().starts_with("| 5"));
        assert_eq!(rows.count(), ALL.len());
    }

    #[test]
    fn only_exact_numbers_are_found() {
        assert_eq!(find("20006").map(|code| code.name), Some("UsergroupNotFound"));
        for number in ["", "020006", "+20006", "20007", "20006 ", "id"] {
            assert!(find(number).is_none(), "{number}");
        }
    }
}
