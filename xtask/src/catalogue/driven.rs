//! Rules of the suite that the documents drive; its names for them are in `tests/contract/driven/rules.rs`.

use super::{Entry, entry};

const SUITE: &str = "Suite contract";

pub static ENTRIES: &[Entry] = &[
    entry(
        SUITE,
        "driven-fault",
        "An operation is answered by a fault of the server, or not at all.",
        "500 for a name of 10000 letters",
    ),
    entry(
        SUITE,
        "driven-status",
        "The status of an answer is not documented for the operation.",
        "204 where the document has 200",
    ),
    entry(
        SUITE,
        "driven-header",
        "A required header of an answer is missing, or a header breaks its schema.",
        "an answer without `ETag`",
    ),
    entry(
        SUITE,
        "driven-media-type",
        "An answer has a media type that is not documented.",
        "`text/plain`",
    ),
    entry(
        SUITE,
        "driven-body",
        "The body of an answer breaks its schema, or is there where none is documented.",
        "a member without its required neighbour",
    ),
    entry(
        SUITE,
        "driven-stopped",
        "A part of the suite could not go on.",
        "no token is given out",
    ),
    entry(
        SUITE,
        "driven-verb",
        "A verb that a path does not document is not 405, or `Allow` is not exactly the verbs that it does.",
        "`Allow: GET` beside a documented PUT",
    ),
    entry(
        SUITE,
        "driven-credential",
        "A secured operation does not refuse a credential that is missing, incomplete, wrong, revoked or too old.",
        "200 without `Authorization`",
    ),
    entry(
        SUITE,
        "driven-changed",
        "A request that was refused, or that only reads, changed the directory.",
        "a group that a 400 left behind",
    ),
    entry(
        SUITE,
        "driven-size",
        "A body of the longest documented size is refused as too long, or one byte more is taken.",
        "200 for 1048577 bytes",
    ),
    entry(
        SUITE,
        "driven-nesting",
        "A body that is nested without end is not refused.",
        "200 for 100000 brackets",
    ),
    entry(
        SUITE,
        "driven-content-type",
        "A body in a media type that the operation does not have is not 415.",
        "200 for `image/png`",
    ),
    entry(
        SUITE,
        "driven-accept",
        "An answer that there is not is not 406, or one that there is is 406.",
        "200 for `Accept: image/png`",
    ),
    entry(
        SUITE,
        "driven-limit",
        "A head that is too long or malformed is not refused, or ends the server.",
        "200 for an `If-Match` of 60000 letters",
    ),
    entry(
        SUITE,
        "driven-repeated",
        "A query parameter that comes twice is taken.",
        "`?page=1&page=2`",
    ),
    entry(
        SUITE,
        "driven-escape",
        "A value that is no text is taken.",
        "`?name=%ff`",
    ),
    entry(
        SUITE,
        "driven-unreached",
        "A request that the document says how to make does not succeed.",
        "400 for the example of the body",
    ),
    entry(
        SUITE,
        "driven-created",
        "What was created cannot be read by the links of the document, by `Location` or by an address in the answer, or is not what was answered.",
        "404 at `Location`",
    ),
    entry(
        SUITE,
        "driven-deleted",
        "What was deleted is still answered, or DELETE of it is not refused as documented.",
        "200 for a group that is gone",
    ),
    entry(
        SUITE,
        "driven-idempotent",
        "A second PUT or DELETE changes something, or a second PUT is answered in another way.",
        "a new `ETag` for the same PUT",
    ),
    entry(
        SUITE,
        "driven-precondition",
        "`If-Match` or `If-None-Match` is not respected.",
        "200 for `If-Match` with another version",
    ),
    entry(
        SUITE,
        "driven-foreign",
        "What belongs to another tenant is not answered exactly like what does not exist.",
        "403 where an unknown id is 404",
    ),
    entry(
        SUITE,
        "driven-access",
        "A client that may only read is not refused with 403 what it may not do.",
        "200 for a DELETE by a reader",
    ),
    entry(
        SUITE,
        "driven-unique",
        "Something that must be unique is taken twice.",
        "200 for a second group of the same code",
    ),
    entry(
        SUITE,
        "driven-positive",
        "A request that fits the document is refused as malformed.",
        "400 for a name of 255 letters where `maxLength` is 255",
    ),
    entry(
        SUITE,
        "driven-negative",
        "A request with one thing broken is not refused with 400.",
        "200 for a name of 256 letters where `maxLength` is 255",
    ),
    entry(
        SUITE,
        "driven-text",
        "A text is answered in another way than it was sent, or one that breaks its schema is taken.",
        "`&lt;b&gt;` for `<b>`",
    ),
    entry(
        SUITE,
        "driven-kept",
        "A member of a body is not answered, or not read, as it was sent, or a change is answered in another way than it is read.",
        "a group without the `scopeId` that it was sent with",
    ),
    entry(
        SUITE,
        "driven-absent",
        "A member that is left out does not stay as it is, or does not become its default, as the document says.",
        "a PATCH without `title` that takes the title away",
    ),
    entry(
        SUITE,
        "driven-other",
        "A change of one thing changes another one.",
        "a PUT of one user that renames his neighbour",
    ),
    entry(
        SUITE,
        "driven-list",
        "The pages of a list are not the list, its numbers are wrong, or it lacks what was made or has what was deleted.",
        "an item that two pages show",
    ),
    entry(
        SUITE,
        "driven-filter",
        "A filter lets something through that it names not, or keeps back what it names.",
        "all groups for `?ExternalId=7`",
    ),
    entry(
        SUITE,
        "driven-default",
        "A query parameter that is left out does not mean its default.",
        "25 items where the default of `pageSize` is 20",
    ),
    entry(
        SUITE,
        "driven-selection",
        "A member that is selected alone does not come alone, or not as it does among all.",
        "`roles: []` for `?responseFields=roles` of a user with roles",
    ),
    entry(
        SUITE,
        "driven-audit",
        "A change leaves no audit event.",
        "a group that is there and that no event tells of",
    ),
    entry(
        SUITE,
        "driven-coverage",
        "A documented status was not seen, and it is none that needs a fault of the server or something special in the directory.",
        "412 documented, and never answered",
    ),
];
