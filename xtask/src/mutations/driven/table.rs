//! The mutations, one operation each where that can be, so that no finding hides another.

use super::Mutated;

pub const KIBO: &str = "kibo";
pub const FORMS: &str = "formsonfire";
pub const TALEO: &str = "taleolearn";
const PREFERENCES: &str = "mypreferences";
pub const PROPELLER: &str = "propeller";

/// All of them.
pub const ALL: &[Mutated] = &[
    Mutated {
        name: "a page is counted wrong",
        file: "crates/server/src/dialects/kibo/groups.rs",
        behind: "pub async fn list(",
        from: "page_count: Some(paging.pages(page.total))",
        to: "page_count: Some(-1)",
        found: &[
            ("driven-body", KIBO, "listGroups"),
            ("driven-list", KIBO, "listGroups"),
        ],
    },
    Mutated {
        name: "what is there is no conflict",
        file: "crates/server/src/dialects/kibo/groups.rs",
        behind: "pub async fn create(",
        from: "groups::create(&kibo.state.directory, context, new, parts).await?;",
        to: "{ let (caller, code) = (context.caller.clone(), new.code.clone()); \
             match (groups::create(&kibo.state.directory, context, new, parts).await, code) { \
             (Err(model::Error::Exists { .. }), Some(code)) => \
             groups::get(&kibo.state.directory, &caller, &GroupKey::Code(code), parts).await?, \
             (other, _) => other? } };",
        found: &[("driven-unique", KIBO, "createGroup")],
    },
    Mutated {
        name: "the version that a client knows is not looked at",
        file: "crates/server/src/dialects/kibo/groups.rs",
        behind: "pub async fn get(",
        from: "if etag::known(params.if_none_match.as_deref(), &etag) {",
        to: "if false {",
        found: &[
            ("driven-precondition", KIBO, "getGroup"),
            ("driven-coverage", KIBO, "getGroup"),
        ],
    },
    Mutated {
        name: "the version that a client changes is not looked at",
        file: "crates/server/src/dialects/kibo/groups.rs",
        behind: "pub async fn update(",
        from: "etag::precondition(params.if_match.as_deref())",
        to: "etag::precondition(None)",
        found: &[
            ("driven-precondition", KIBO, "updateGroup"),
            ("driven-changed", KIBO, "updateGroup"),
            ("driven-coverage", KIBO, "updateGroup"),
        ],
    },
    Mutated {
        name: "another account is answered than was stored",
        file: "crates/server/src/dialects/kibo/accounts.rs",
        behind: "Ok(CreateAccountResponse::Ok {",
        from: "body: convert::account(view),",
        to: "body: User { is_active: Some(false), ..convert::account(view) },",
        found: &[
            ("driven-created", KIBO, "getAccount"),
            ("driven-created", KIBO, "getAccountById"),
            ("driven-kept", KIBO, "createAccount"),
            ("driven-absent", KIBO, "createAccount"),
        ],
    },
    Mutated {
        name: "every PUT is another",
        file: "crates/server/src/dialects/kibo/accounts.rs",
        behind: "pub async fn update(",
        from: "let patch = convert::account_change(params.user_id, body)?;",
        to: "static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0); \
             let mut patch = convert::account_change(params.user_id, body)?; \
             let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed); \
             patch.time_zone = model::Patch::Set(Some(count.to_string()));",
        found: &[
            ("driven-idempotent", KIBO, "updateAccount"),
            ("driven-precondition", KIBO, "updateAccount"),
        ],
    },
    Mutated {
        name: "a handler fails",
        file: "crates/server/src/dialects/kibo/roles.rs",
        behind: "pub async fn list(",
        from: "let paging = list::Paging {",
        to: "if params.page_size == 1 { \
             return Err(model::Error::Internal(model::error::Fault::Database(String::new()))); } \
             let paging = list::Paging {",
        found: &[("driven-fault", KIBO, "listRoles")],
    },
    Mutated {
        name: "who may read may write, too",
        file: "crates/server/src/dialects/kibo/roles.rs",
        behind: "pub async fn add(",
        from: "let precondition",
        to: "let mut context = context; context.caller.access = model::Access::Admin; let precondition",
        found: &[
            ("driven-access", KIBO, "addAccountRole"),
            ("driven-changed", KIBO, "addAccountRole"),
        ],
    },
    Mutated {
        name: "who may read may do what changes nothing here",
        file: "crates/server/src/dialects/kibo/passwords.rs",
        behind: "pub async fn reset(",
        from: "context.caller.writes()?;",
        to: "",
        found: &[("driven-access", KIBO, "resetPassword")],
    },
    Mutated {
        name: "the wrong tenant is not refused",
        file: "crates/server/src/dialects/kibo/accounts.rs",
        behind: "pub async fn list_tenants(",
        from: "kibo.context(call, params.x_vol_tenant.as_deref())",
        to: "kibo.context(call, None)",
        found: &[("driven-foreign", KIBO, "listAccountTenants")],
    },
    Mutated {
        name: "the example is refused",
        file: "crates/server/src/dialects/kibo/passwords.rs",
        behind: "pub async fn change_of_user(",
        from: "Ok(ChangeUserPasswordResponse::Ok)",
        to: "Err(model::Error::Forbidden { reason: \"never\" })",
        found: &[
            ("driven-unreached", KIBO, "changeUserPassword"),
            ("driven-coverage", KIBO, "changeUserPassword"),
        ],
    },
    Mutated {
        name: "a media type is not looked at",
        file: "crates/contract/src/generated/kibo/routes.rs",
        behind: "async fn receive_create_oauth_ticket<",
        from: "negotiate::content_type(request, \"application/json\")?;",
        to: "",
        found: &[
            ("driven-content-type", KIBO, "createOAuthTicket"),
            ("driven-coverage", KIBO, "createOAuthTicket"),
        ],
    },
    Mutated {
        name: "a nested body is taken for a good one",
        file: "crates/contract/src/generated/kibo/routes.rs",
        behind: "async fn receive_reset_password<",
        from: "let body = json::body",
        to: "let bytes = if bytes.starts_with(b\"[[\") { \
             web::Bytes::from_static(b\"{\\\"emailAddress\\\":\\\"ada@example.com\\\"}\") } else { bytes }; \
             let body = json::body",
        found: &[("driven-nesting", KIBO, "resetPassword")],
    },
    Mutated {
        name: "a verb that no document has",
        file: "crates/contract/src/generated/taleolearn/routes.rs",
        behind: "",
        from: "",
        to: "",
        found: &[
            ("driven-body", TALEO, "getMetadataCatalog"),
            ("driven-header", TALEO, "getMetadataCatalog"),
            ("driven-status", TALEO, "getMetadataCatalog"),
            ("driven-verb", TALEO, "getMetadataCatalog"),
        ],
    },
    Mutated {
        name: "an operation without a route",
        file: "crates/contract/src/generated/propeller/routes.rs",
        behind: "",
        from: "",
        to: "",
        found: &[
            ("driven-accept", PROPELLER, "deleteUsergroup"),
            ("driven-coverage", PROPELLER, "deleteUsergroup"),
            ("driven-credential", PROPELLER, "deleteUsergroup"),
            ("driven-deleted", PROPELLER, "deleteUsergroup"),
            ("driven-negative", PROPELLER, "deleteUsergroup"),
            ("driven-precondition", PROPELLER, "deleteUsergroup"),
            ("driven-status", PROPELLER, "deleteUsergroup"),
            ("driven-unreached", PROPELLER, "deleteUsergroup"),
        ],
    },
    Mutated {
        name: "a value that comes twice is taken",
        file: "crates/contract/src/runtime/params.rs",
        behind: "fn query_text(",
        from: "[part] => part.decoded(),",
        to: "[part] => part.decoded(), [part, ..] if name == \"emailAddress\" => part.decoded(),",
        found: &[("driven-repeated", KIBO, "listAccounts")],
    },
    Mutated {
        name: "a value that is no text is taken",
        file: "crates/contract/src/runtime/params.rs",
        behind: "_ => {\n                self.violations.push(duplicate(Place::Query, name));",
        from: "self.decoded(Place::Query, name, text)",
        to: "let text = text.or_else(|| (name == \"emailAddress\").then(String::new)); \
             self.decoded(Place::Query, name, text)",
        found: &[("driven-escape", KIBO, "listAccounts")],
    },
    Mutated {
        name: "a header is taken that is very long",
        file: "crates/contract/src/generated/taleolearn/params.rs",
        behind: "impl GetOwnerParams {",
        from: "&[Rule::MaxLength(1024)]",
        to: "if request.headers().get(\"If-None-Match\").is_some_and(|tags| tags.len() > 50_000) \
             { &[][..] } else { &[Rule::MaxLength(1024)] }",
        found: &[("driven-limit", TALEO, "getOwner")],
    },
    Mutated {
        name: "another status is answered",
        file: "crates/contract/src/generated/taleolearn/responses.rs",
        behind: "impl ListMembershipsResponse {",
        from: "StatusCode::OK",
        to: "StatusCode::ACCEPTED",
        found: &[
            ("driven-status", TALEO, "listMemberships"),
            ("driven-coverage", TALEO, "listMemberships"),
        ],
    },
    Mutated {
        name: "another tenant's user is answered",
        file: "crates/server/src/dialects/taleolearn/users.rs",
        behind: "pub async fn get(",
        from: "let view = users::get(directory, caller,",
        to: "let other = model::Caller { \
             tenant: model::ids::TenantNumber::new(1).unwrap_or(caller.tenant), ..caller.clone() }; \
             let view = users::get(directory, &other,",
        found: &[("driven-foreign", TALEO, "getUser")],
    },
    Mutated {
        name: "another media type is answered",
        file: "crates/contract/src/generated/propeller/responses.rs",
        behind: "impl ListUsersResponse {",
        from: "let fault =",
        to: "let format = contract::runtime::Format::Xml; let fault =",
        found: &[
            ("driven-media-type", PROPELLER, "listUsers"),
            ("driven-coverage", PROPELLER, "listUsers"),
        ],
    },
    Mutated {
        name: "a required header is left out",
        file: "crates/contract/src/generated/mypreferences/responses.rs",
        behind: "Self::Created { body, location, etag } => {",
        from: "&[(\"Location\", Some(location)), (\"ETag\", Some(etag))]",
        to: "&[(\"Location\", Some(location)), (\"ETag\", Some(etag).filter(String::is_empty))]",
        found: &[
            ("driven-header", PREFERENCES, "createProfile"),
            ("driven-coverage", PREFERENCES, "createProfile"),
        ],
    },
    Mutated {
        name: "reading writes",
        file: "crates/server/src/dialects/mypreferences/group_types.rs",
        behind: "pub async fn list(",
        from: "let directory = &dialect.state.directory;",
        to: "let directory = &dialect.state.directory; \
             if let Ok(context) = dialect.writer(call, &params.client_id).await { \
             let name = context.request.to_string(); \
             let name = model::text::Name::parse(\"Name\", name).map_err(|error| failed(error.into()))?; \
             let new = GroupTypeFields { name, localized: Vec::new(), is_default: false, active: true }; \
             let _ = group_types::create(directory, context, vec![new]).await; }",
        found: &[
            ("driven-changed", PREFERENCES, "listGroupTypes"),
            ("driven-access", PREFERENCES, "listGroupTypes"),
            ("driven-default", PREFERENCES, "listGroupTypes"),
        ],
    },
    Mutated {
        name: "`Location` leads nowhere",
        file: "crates/server/src/dialects/mypreferences/group_types.rs",
        behind: "pub async fn create(",
        from: "made.first().map_or(0, |one| one.number.get())",
        to: "i32::MAX",
        found: &[("driven-created", PREFERENCES, "createGroupTypes")],
    },
    Mutated {
        name: "`Accept` is not looked at",
        file: "crates/contract/src/generated/propeller/routes.rs",
        behind: "async fn receive_get_user<",
        from: "forms::PROTOCOL.accept(negotiated)?;",
        to: "let _ = negotiated;",
        found: &[
            ("driven-accept", PROPELLER, "getUser"),
            ("driven-coverage", PROPELLER, "getUser"),
        ],
    },
    Mutated {
        name: "a body is too long by one",
        file: "crates/contract/src/generated/propeller/routes.rs",
        behind: "async fn receive_bulk_users_by_source_id<",
        from: "limit: body::DEFAULT_LIMIT,",
        to: "limit: body::DEFAULT_LIMIT + 1,",
        found: &[
            ("driven-size", PROPELLER, "bulkUsersBySourceId"),
            ("driven-coverage", PROPELLER, "bulkUsersBySourceId"),
        ],
    },
    Mutated {
        name: "the longest body is refused",
        file: "crates/contract/src/generated/propeller/routes.rs",
        behind: "async fn receive_bulk_users_by_id<",
        from: "limit: body::DEFAULT_LIMIT,",
        to: "limit: body::DEFAULT_LIMIT - 1,",
        found: &[("driven-size", PROPELLER, "bulkUsersById")],
    },
    Mutated {
        name: "a token with something behind it is taken",
        file: "crates/server/src/dialects/propeller.rs",
        behind: "async fn bearer_auth(",
        from: "_request: &HttpRequest, token: &str) -> Result<Caller, Refusal> {",
        to: "request: &HttpRequest, token: &str) -> Result<Caller, Refusal> { \
             if let Some(token) = token.strip_suffix('0').filter(|_| request.path().ends_with(\"/users/search\")) { \
             if let Ok(caller) = self.state.bearer(token).await { return Ok(caller); } }",
        found: &[("driven-credential", PROPELLER, "searchUsers")],
    },
    Mutated {
        name: "nothing is deleted",
        file: "crates/server/src/dialects/propeller/users.rs",
        behind: "pub async fn delete(",
        from: "users::delete(propeller.directory(), context(call), key, precondition).await?;",
        to: "users::get(propeller.directory(), &call.caller, &key, PARTS).await?; \
             call.caller.writes()?; let _ = (precondition, context(call));",
        found: &[
            ("driven-deleted", PROPELLER, "deleteUser"),
            ("driven-deleted", PROPELLER, "getUser"),
            ("driven-deleted", PROPELLER, "updateUser"),
            ("driven-precondition", PROPELLER, "deleteUser"),
            ("driven-changed", PROPELLER, "deleteUser"),
            ("driven-list", PROPELLER, "searchUsers"),
            ("driven-coverage", PROPELLER, "deleteUser"),
        ],
    },
    Mutated {
        name: "a name is trimmed",
        file: "crates/server/src/dialects/formsonfire/groups.rs",
        behind: "pub async fn create(",
        from: "let new = convert::new_group(body)?;",
        to: "let mut body = body; body.name = body.name.trim().to_owned(); let new = convert::new_group(body)?;",
        found: &[
            ("driven-text", FORMS, "createUserGroup"),
            ("driven-kept", FORMS, "createUserGroup"),
        ],
    },
    Mutated {
        name: "a text is unescaped once more",
        file: "crates/server/src/dialects/formsonfire/users.rs",
        behind: "pub async fn create(",
        from: "let new = convert::new_user(body, refs)?;",
        to: "let mut body = body; body.last_name = body.last_name.replace(\"&amp;\", \"&\"); \
             let new = convert::new_user(body, refs)?;",
        found: &[("driven-text", FORMS, "createUser")],
    },
    Mutated {
        name: "a quote is too much for a list",
        file: "crates/server/src/dialects/kibo/groups.rs",
        behind: "pub async fn list(",
        from: "let query = list::query(",
        to: "if params.filter.as_deref().is_some_and(|text| text.contains('\\'')) { \
             return Err(model::Error::Internal(model::error::Fault::Database(String::new()))); } \
             let query = list::query(",
        found: &[("driven-fault", KIBO, "listGroups")],
    },
    Mutated {
        name: "a tag stays whatever becomes of the thing",
        file: "crates/server/src/dialects/kibo/accounts.rs",
        behind: "pub async fn get(",
        from: "let etag = etag::user(&view);",
        to: "let etag = \"\\\"1\\\"\".to_owned();",
        found: &[("driven-precondition", KIBO, "getAccount")],
    },
    Mutated {
        name: "`Location` leads to the list",
        file: "crates/server/src/dialects/taleolearn/members.rs",
        behind: "pub async fn add(",
        from: "links.member(view.membership.group, user)",
        to: "links.members(view.membership.group)",
        found: &[("driven-created", TALEO, "addMember")],
    },
    Mutated {
        name: "a second removal is a good one",
        file: "crates/server/src/dialects/taleolearn/members.rs",
        behind: "pub async fn remove(",
        from: "groups::leave(&dialect.state.directory, context, key, user).await?;",
        to: "let _ = groups::leave(&dialect.state.directory, context, key, user).await;",
        found: &[("driven-deleted", TALEO, "removeMember")],
    },
    Mutated {
        name: "a change is thrown away",
        file: "crates/server/src/dialects/propeller/usergroups.rs",
        behind: "pub async fn update(",
        from: "let (change, written) = convert::group_change(body)?;",
        to: "let (mut change, written) = convert::group_change(body)?; change.patch = model::groups::GroupPatch::default();",
        found: &[
            ("driven-text", PROPELLER, "updateUsergroup"),
            ("driven-kept", PROPELLER, "updateUsergroup"),
        ],
    },
    Mutated {
        name: "the document allows one character more than the code",
        file: "crates/contract/src/generated/kibo/source.rs",
        behind: "\n      \"AccountCreate\": {",
        from: "\"maxLength\": 254",
        to: "\"maxLength\": 255",
        found: &[("driven-positive", KIBO, "createAccount")],
    },
    Mutated {
        name: "the document allows one character less than the code",
        file: "crates/contract/src/generated/propeller/source.rs",
        behind: "\n      \"UserInput\": {",
        from: "\"maxLength\": 255",
        to: "\"maxLength\": 254",
        found: &[
            ("driven-negative", PROPELLER, "createUser"),
            ("driven-negative", PROPELLER, "updateUser"),
            ("driven-changed", PROPELLER, "createUser"),
            ("driven-changed", PROPELLER, "updateUser"),
        ],
    },
];
