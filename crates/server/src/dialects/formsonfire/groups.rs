//! Handlers of groups: convert, call, reply.

use super::access::Company;
use super::{FormsOnFire, context, convert};
use crate::etag;
use contract::formsonfire::models::{
    UserGroupCreate, UserGroupDeleted, UserGroupResponse, UserGroupUpdate, UserGroupsResponse,
};
use contract::formsonfire::params::{
    DeleteUserGroupParams, GetUserGroupParams, SearchUserGroupsParams, UpdateUserGroupParams,
};
use contract::formsonfire::responses::{
    CreateUserGroupResponse, DeleteUserGroupResponse, GetUserGroupResponse, SearchUserGroupsResponse,
    UpdateUserGroupResponse,
};
use contract::runtime::{Call, Format, Guid};
use directory::{Deletion, groups};
use model::Result;
use model::groups::{GroupKey, GroupParts, GroupView, MemberParts};
use model::ids::GroupId;

/// Every answer shows the same of a group.
const PARTS: GroupParts = GroupParts {
    members: MemberParts::Ids,
    external_ids: true,
    owners: false,
    present_actors: false,
};

pub async fn get(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    params: GetUserGroupParams,
) -> Result<GetUserGroupResponse> {
    let caller = &call.caller.caller;
    let view = groups::get(&dialect.state.directory, caller, &key(params.id), PARTS).await?;
    let etag = tag(&view, call.format);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetUserGroupResponse::NotModified { etag });
    }
    let body = answer(view, call);
    Ok(GetUserGroupResponse::Ok { body, etag })
}

pub async fn create(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    body: UserGroupCreate,
) -> Result<CreateUserGroupResponse> {
    let new = convert::new_group(body)?;
    let view = groups::create(&dialect.state.directory, context(call), new, PARTS).await?;
    Ok(CreateUserGroupResponse::Ok {
        etag: tag(&view, call.format),
        body: answer(view, call),
    })
}

pub async fn update(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    params: UpdateUserGroupParams,
    body: UserGroupUpdate,
) -> Result<UpdateUserGroupResponse> {
    let key = key(body.id);
    let change = convert::group_change(body)?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let directory = &dialect.state.directory;
    let view = groups::update(directory, context(call), key, change, precondition, PARTS).await?;
    Ok(UpdateUserGroupResponse::Ok {
        etag: tag(&view, call.format),
        body: answer(view, call),
    })
}

pub async fn delete(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    params: DeleteUserGroupParams,
) -> Result<DeleteUserGroupResponse> {
    let key = key(params.id);
    let precondition = etag::precondition(params.if_match.as_deref());
    let directory = &dialect.state.directory;
    groups::delete(directory, context(call), key, precondition, Deletion::ForGood).await?;
    let body = UserGroupDeleted {};
    Ok(DeleteUserGroupResponse::Ok { body })
}

pub async fn search(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    params: SearchUserGroupsParams,
) -> Result<SearchUserGroupsResponse> {
    let query = convert::group_query(params);
    let page = groups::list(&dialect.state.directory, &call.caller.caller, &query, PARTS).await?;
    let shown = |view| convert::group(view, call.caller.id);
    let user_groups = page.items.into_iter().map(shown).collect();
    let body = UserGroupsResponse { user_groups };
    Ok(SearchUserGroupsResponse::Ok { body })
}

fn key(id: Guid) -> GroupKey {
    GroupKey::Id(GroupId(id.0))
}

fn answer(view: GroupView, call: &Call<Company>) -> UserGroupResponse {
    UserGroupResponse {
        user_group: convert::group(view, call.caller.id),
    }
}

/// Who is a member, and the external identifier, move the group's own version; only the format does not.
fn tag(view: &GroupView, format: Format) -> String {
    etag::hashed(view.group.version, [format.media_type()])
}
