//! Where the change of each rule's example stands: JSON pointers into the edited sample. What is gone stood there, and is
//! found at what was around it; what depends on something else, such as the default media type, is found where it has effect.

pub const PLACES: &[(&str, &str)] = &[
    ("server-added", "/servers"),
    ("server-removed", "/servers"),
    ("tolerance-added", "/x-roster-tolerates"),
    ("tolerance-removed", "/x-roster-tolerates"),
    ("xml-order-changed", "/x-roster-xml-order"),
    ("operation-added", "/paths/~1extra/get"),
    ("operation-removed", "/paths/~1tokens/post"),
    ("operation-removed-after-sunset", "/paths/~1legacy/get"),
    ("operation-moved", "/paths/~1ticket/post"),
    ("operation-id-changed", "/paths/~1tokens/post/operationId"),
    ("operation-tags-changed", "/paths/~1tokens/post/tags"),
    ("schema-renamed", "/components/schemas/Stamp"),
    ("path-value-renamed", "/paths/~1orders~1{number}"),
    ("deprecated", "/paths/~1tokens/post"),
    ("no-longer-deprecated", "/paths/~1legacy/get"),
    ("sunset-earlier", "/paths/~1legacy/get/x-sunset"),
    ("sunset-changed", "/paths/~1legacy/get/x-sunset"),
    ("security-added", "/paths/~1orders/post/security"),
    ("security-removed", "/security"),
    ("security-became-required", "/paths/~1tokens/post/security"),
    ("security-became-open", "/paths/~1orders/post/security"),
    ("security-scheme-changed", "/components/securitySchemes/key"),
    ("request-parameter-added", "/paths/~1orders/get/parameters/6"),
    (
        "request-parameter-added-required",
        "/paths/~1orders/get/parameters/6",
    ),
    ("request-parameter-removed", "/paths/~1orders/get/parameters/0"),
    (
        "request-parameter-removed-after-sunset",
        "/paths/~1orders/get/parameters/6",
    ),
    (
        "request-parameter-became-required",
        "/paths/~1orders/get/parameters/0",
    ),
    (
        "request-parameter-became-optional",
        "/paths/~1orders/get/parameters/5",
    ),
    (
        "request-parameter-type-narrowed",
        "/paths/~1orders/get/parameters/0",
    ),
    (
        "request-parameter-type-widened",
        "/paths/~1orders/get/parameters/1",
    ),
    (
        "request-parameter-type-changed",
        "/paths/~1orders/get/parameters/0",
    ),
    (
        "request-parameter-style-changed",
        "/paths/~1orders/get/parameters/2",
    ),
    (
        "request-parameter-bounds-narrowed",
        "/paths/~1orders/get/parameters/0",
    ),
    (
        "request-parameter-bounds-widened",
        "/paths/~1orders/get/parameters/0",
    ),
    (
        "request-parameter-pattern-added",
        "/paths/~1orders/get/parameters/0",
    ),
    (
        "request-parameter-pattern-removed",
        "/paths/~1orders/get/parameters/4",
    ),
    (
        "request-parameter-pattern-changed",
        "/paths/~1orders/get/parameters/4",
    ),
    ("request-parameter-enum-value-removed", "/components/schemas/Sort"),
    ("request-parameter-enum-value-added", "/components/schemas/Sort"),
    (
        "request-parameter-default-changed",
        "/paths/~1orders/get/parameters/1",
    ),
    ("request-body-added", "/paths/~1tokens/post/requestBody"),
    ("request-body-added-required", "/paths/~1tokens/post/requestBody"),
    ("request-body-removed", "/paths/~1orders~1{id}/patch/requestBody"),
    (
        "request-body-became-required",
        "/paths/~1orders~1{id}/patch/requestBody",
    ),
    ("request-body-became-optional", "/paths/~1orders/post/requestBody"),
    (
        "request-body-size-lowered",
        "/paths/~1orders/post/x-roster-max-body",
    ),
    (
        "request-body-size-raised",
        "/paths/~1orders/post/x-roster-max-body",
    ),
    (
        "request-media-type-added",
        "/paths/~1orders~1{id}/patch/requestBody/content",
    ),
    (
        "request-media-type-removed",
        "/paths/~1orders/post/requestBody/content",
    ),
    (
        "request-media-type-default-changed",
        "/paths/~1orders/post/requestBody/content",
    ),
    (
        "request-xml-changed",
        "/components/schemas/Order/properties/pin/xml",
    ),
    ("request-member-added", "/components/schemas/Note/properties/mood"),
    (
        "request-member-added-required",
        "/components/schemas/Note/properties/mood",
    ),
    (
        "request-member-removed",
        "/components/schemas/Order/properties/kind",
    ),
    (
        "request-member-removed-after-sunset",
        "/components/schemas/Order/properties/fax",
    ),
    (
        "request-member-became-required",
        "/components/schemas/Order/properties/amount",
    ),
    (
        "request-member-became-optional",
        "/components/schemas/Order/properties/code",
    ),
    (
        "request-member-became-nullable",
        "/components/schemas/Order/properties/code",
    ),
    (
        "request-member-became-not-nullable",
        "/components/schemas/Order/properties/name",
    ),
    (
        "request-member-null-changed",
        "/components/schemas/Order/properties/name",
    ),
    (
        "request-member-became-read-only",
        "/components/schemas/Order/properties/code",
    ),
    (
        "request-member-no-longer-read-only",
        "/components/schemas/Order/properties/stock",
    ),
    (
        "request-member-type-narrowed",
        "/components/schemas/Order/properties/code",
    ),
    (
        "request-member-type-widened",
        "/components/schemas/Order/properties/amount",
    ),
    (
        "request-member-type-changed",
        "/components/schemas/Order/properties/kind",
    ),
    (
        "request-member-bounds-narrowed",
        "/components/schemas/Order/properties/amount",
    ),
    (
        "request-member-bounds-widened",
        "/components/schemas/Order/properties/amount",
    ),
    (
        "request-member-pattern-added",
        "/components/schemas/Order/properties/code",
    ),
    (
        "request-member-pattern-removed",
        "/components/schemas/Order/properties/place",
    ),
    (
        "request-member-pattern-changed",
        "/components/schemas/Order/properties/place",
    ),
    (
        "request-member-enum-value-removed",
        "/components/schemas/Order/properties/kind",
    ),
    (
        "request-member-enum-value-added",
        "/components/schemas/Order/properties/kind",
    ),
    (
        "request-member-default-changed",
        "/components/schemas/Order/properties/colour",
    ),
    ("request-object-closed", "/components/schemas/Order"),
    ("request-object-opened", "/components/schemas/Note"),
    ("response-success-added", "/paths/~1tokens/post/responses/202"),
    ("response-success-removed", "/paths/~1tokens/post/responses/204"),
    ("response-error-added", "/paths/~1tokens/post/responses/403"),
    ("response-error-removed", "/paths/~1orders/post/responses/409"),
    ("response-body-added", "/paths/~1orders~1{id}/patch/responses/200"),
    ("response-body-removed", "/paths/~1orders/post/responses/201"),
    (
        "response-media-type-added",
        "/paths/~1orders/post/responses/201/content",
    ),
    (
        "response-media-type-removed",
        "/paths/~1orders/get/responses/200/content",
    ),
    (
        "response-media-type-default-changed",
        "/paths/~1orders/get/responses/200/content",
    ),
    (
        "response-header-added",
        "/paths/~1orders/get/responses/200/headers/X-More",
    ),
    (
        "response-header-removed",
        "/paths/~1orders/get/responses/200/headers/X-Total",
    ),
    (
        "response-header-optional-removed",
        "/paths/~1orders/get/responses/200/headers/X-Trace",
    ),
    (
        "response-header-removed-after-sunset",
        "/paths/~1orders/get/responses/200/headers/X-Old",
    ),
    (
        "response-header-became-optional",
        "/paths/~1orders/get/responses/200/headers/X-Total",
    ),
    (
        "response-header-became-required",
        "/paths/~1orders/get/responses/200/headers/X-Trace",
    ),
    (
        "response-header-type-narrowed",
        "/paths/~1orders/get/responses/200/headers/X-Trace",
    ),
    (
        "response-header-type-widened",
        "/paths/~1orders/get/responses/200/headers/X-Total",
    ),
    (
        "response-header-type-changed",
        "/paths/~1orders/get/responses/200/headers/X-Trace",
    ),
    (
        "response-header-bounds-narrowed",
        "/paths/~1orders/get/responses/200/headers/X-Trace",
    ),
    (
        "response-header-bounds-widened",
        "/paths/~1orders/get/responses/200/headers/X-Trace",
    ),
    (
        "response-header-pattern-added",
        "/paths/~1orders/get/responses/200/headers/X-Trace",
    ),
    (
        "response-header-pattern-removed",
        "/paths/~1orders/get/responses/200/headers/X-Kind",
    ),
    (
        "response-header-pattern-changed",
        "/paths/~1orders/get/responses/200/headers/X-Kind",
    ),
    (
        "response-xml-changed",
        "/components/schemas/Receipt/properties/total/xml",
    ),
    (
        "response-member-added",
        "/components/schemas/Receipt/properties/mood",
    ),
    (
        "response-member-removed",
        "/components/schemas/Receipt/properties/number",
    ),
    (
        "response-member-optional-removed",
        "/components/schemas/Receipt/properties/state",
    ),
    (
        "response-member-removed-after-sunset",
        "/components/schemas/Receipt/properties/telex",
    ),
    (
        "response-member-became-optional",
        "/components/schemas/Receipt/properties/owner",
    ),
    (
        "response-member-became-required",
        "/components/schemas/Receipt/properties/state",
    ),
    (
        "response-member-became-nullable",
        "/components/schemas/Receipt/properties/owner",
    ),
    (
        "response-member-became-not-nullable",
        "/components/schemas/Receipt/properties/remark",
    ),
    (
        "response-member-became-write-only",
        "/components/schemas/Receipt/properties/owner",
    ),
    (
        "response-member-no-longer-write-only",
        "/components/schemas/Receipt/properties/secret",
    ),
    (
        "response-member-type-narrowed",
        "/components/schemas/Receipt/properties/owner",
    ),
    (
        "response-member-type-widened",
        "/components/schemas/Receipt/properties/number",
    ),
    (
        "response-member-type-changed",
        "/components/schemas/Receipt/properties/state",
    ),
    (
        "response-member-bounds-narrowed",
        "/components/schemas/Receipt/properties/number",
    ),
    (
        "response-member-bounds-widened",
        "/components/schemas/Receipt/properties/number",
    ),
    (
        "response-member-pattern-added",
        "/components/schemas/Receipt/properties/owner",
    ),
    (
        "response-member-pattern-removed",
        "/components/schemas/Receipt/properties/shelf",
    ),
    (
        "response-member-pattern-changed",
        "/components/schemas/Receipt/properties/shelf",
    ),
    (
        "response-member-enum-value-removed",
        "/components/schemas/Receipt/properties/state",
    ),
    (
        "response-member-enum-value-added",
        "/components/schemas/Receipt/properties/state",
    ),
    (
        "response-member-digits-changed",
        "/components/schemas/Receipt/properties/at",
    ),
    (
        "response-link-added",
        "/paths/~1orders/post/responses/201/links/all",
    ),
    (
        "response-link-removed",
        "/paths/~1orders/post/responses/201/links/again",
    ),
    (
        "response-link-renamed",
        "/paths/~1orders/post/responses/201/links/onceMore",
    ),
    (
        "response-link-target-changed",
        "/paths/~1orders/post/responses/201/links/again/operationId",
    ),
    (
        "response-link-value-added",
        "/paths/~1orders/post/responses/201/links/following/parameters/page",
    ),
    (
        "response-link-value-removed",
        "/paths/~1orders/post/responses/201/links/following/parameters/after",
    ),
    (
        "response-link-value-changed",
        "/paths/~1orders/post/responses/201/links/again/x-roster-request-body",
    ),
];
