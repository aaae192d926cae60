//! Mutations of what becomes of things and how lists show them, one operation each where that can be.

use super::Mutated;
use super::table::{FORMS, KIBO, PROPELLER, TALEO};

/// All of them.
pub const ALL: &[Mutated] = &[
    Mutated {
        name: "a member of a new thing is forgotten",
        file: "crates/server/src/dialects/taleolearn/groups.rs",
        behind: "pub async fn create(",
        from: "convert::new_group(body)?",
        to: "convert::new_group(GroupCreate { self_service_options: None, ..body })?",
        found: &[("driven-kept", TALEO, "createGroup")],
    },
    Mutated {
        name: "a flag is read from nowhere",
        file: "crates/server/src/dialects/taleolearn/members.rs",
        behind: "pub async fn get(",
        from: "let body = convert::member(&view, &links);",
        to: "let mut body = convert::member(&view, &links); body.exclude_flag = false;",
        found: &[("driven-kept", TALEO, "updateMember")],
    },
    Mutated {
        name: "a PATCH resets what it leaves out",
        file: "crates/server/src/dialects/taleolearn/convert.rs",
        behind: "pub fn change(",
        from: "status: set(body.status_flag.map(|flag| status(Some(flag)))),",
        to: "status: Patch::Set(status(body.status_flag)),",
        found: &[("driven-absent", TALEO, "updateGroup")],
    },
    Mutated {
        name: "a PUT keeps what it leaves out",
        file: "crates/server/src/dialects/taleolearn/convert.rs",
        behind: "pub fn replacement(",
        from: "only_owners_edit: Patch::Set(body.only_allow_owners_to_edit_group.unwrap_or(true)),",
        to: "only_owners_edit: set(body.only_allow_owners_to_edit_group),",
        found: &[("driven-absent", TALEO, "replaceGroup")],
    },
    Mutated {
        name: "a change of one thing changes all",
        file: "crates/server/src/dialects/formsonfire/groups.rs",
        behind: "pub async fn update(",
        from: "let view = groups::update(directory, context(call), key, change, precondition, PARTS).await?;",
        to: "let view = groups::update(directory, context(call), key, change, precondition, PARTS).await?; \
             let all = model::query::ListQuery { filter: Vec::new(), sort: Vec::new(), start: 0, limit: 1000 }; \
             let caller = &call.caller.caller; \
             for other in groups::list(directory, caller, &all, PARTS).await?.items { \
             let patch = model::groups::GroupPatch { notes: model::Patch::Set(None), \
             name: model::Patch::Set(model::text::Name::parse(\"Name\", \"All\".to_owned())?), ..Default::default() }; \
             let change = model::groups::GroupChange { patch, ..Default::default() }; \
             if other.group.id != view.group.id { \
             groups::update(directory, context(call), GroupKey::Id(other.group.id), change, None, PARTS).await?; } }",
        found: &[("driven-other", FORMS, "updateUserGroup")],
    },
    Mutated {
        name: "nothing is ever behind a page",
        file: "crates/server/src/dialects/taleolearn/groups.rs",
        behind: "pub async fn list(",
        from: "has_more: found.has_more",
        to: "has_more: false",
        found: &[("driven-list", TALEO, "listGroups")],
    },
    Mutated {
        name: "pages are counted from one where they are from zero",
        file: "crates/server/src/dialects/formsonfire/convert.rs",
        behind: "pub fn user_query",
        from: "params.page_no, params.page_size",
        to: "(params.page_no - 1).max(0), params.page_size",
        found: &[("driven-list", FORMS, "searchUsers")],
    },
    Mutated {
        name: "a list is counted wrong that has no pages",
        file: "crates/server/src/dialects/kibo/roles.rs",
        behind: "pub async fn list_of_account(",
        from: "list::clamp(u64::try_from(held.len()).unwrap_or(u64::MAX))",
        to: "list::clamp(u64::try_from(held.len()).unwrap_or(u64::MAX)) + 1",
        found: &[("driven-list", KIBO, "listAccountRoles")],
    },
    Mutated {
        name: "a list shows another tenant's things",
        file: "crates/server/src/dialects/kibo/accounts.rs",
        behind: "pub async fn list(",
        from: "let page = users::list(&kibo.state.directory, &context.caller,",
        to: "let other = model::Caller { tenant: model::ids::TenantNumber::new(1) \
             .unwrap_or(context.caller.tenant), ..context.caller.clone() }; \
             let page = users::list(&kibo.state.directory, &other,",
        found: &[("driven-foreign", KIBO, "listAccounts")],
    },
    Mutated {
        name: "a filter is not looked at",
        file: "crates/server/src/dialects/formsonfire/convert.rs",
        behind: "pub fn group_query",
        from: "params.external_id",
        to: "params.external_id.filter(|_| false)",
        found: &[("driven-filter", FORMS, "searchUserGroups")],
    },
    Mutated {
        name: "a filter wants more than it says",
        file: "crates/server/src/dialects/propeller/usergroups.rs",
        behind: "pub async fn search(",
        from: "(GroupField::Language, Operator::Equal",
        to: "(GroupField::Language, Operator::NotEqual",
        found: &[
            ("driven-filter", PROPELLER, "searchUsergroups"),
            ("driven-list", PROPELLER, "searchUsergroups"),
        ],
    },
    Mutated {
        name: "a default is another one",
        file: "crates/contract/src/generated/taleolearn/params.rs",
        behind: "impl ListMappedItemsParams {",
        from: "unwrap_or(100)",
        to: "unwrap_or(99)",
        found: &[("driven-default", TALEO, "listMappedItems")],
    },
    Mutated {
        name: "what is selected alone is not read",
        file: "crates/server/src/dialects/kibo/accounts.rs",
        behind: "pub async fn get_by_id(",
        from: "let parts = parts(&params.response_fields, &[]);",
        to: "let mut parts = parts(&params.response_fields, &[]); \
             parts.external_ids &= params.response_fields.wants(&[\"id\"]);",
        found: &[("driven-selection", KIBO, "getAccountById")],
    },
    Mutated {
        name: "a change leaves no event",
        file: "crates/directory/src/unit.rs",
        behind: "pub async fn finish(",
        from: "if self.changes.is_empty()",
        to: "if self.changes.is_empty() || self.origin.operation == \"addGroupUsers\"",
        found: &[("driven-audit", KIBO, "addGroupUsers")],
    },
];
