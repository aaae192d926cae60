//! Handlers of groups: convert, call, reply.

use super::{Kibo, convert, list};
use crate::etag;
use contract::kibo::models::{AdminGroup, AdminGroupCollection, UserIdList};
use contract::kibo::params::{
    AddGroupUsersParams, CreateGroupParams, DeleteGroupParams, GetGroupParams, ListGroupsParams,
    RemoveGroupUsersParams, UpdateGroupParams,
};
use contract::kibo::responses::{
    AddGroupUsersResponse, CreateGroupResponse, DeleteGroupResponse, GetGroupResponse, ListGroupsResponse,
    RemoveGroupUsersResponse, UpdateGroupResponse,
};
use contract::runtime::{Call, Selection};
use directory::{Deletion, groups};
use model::groups::{GroupKey, GroupParts, MemberParts};
use model::text::Code;
use model::{Caller, Result};

pub async fn list(kibo: &Kibo, call: &Call<Caller>, params: ListGroupsParams) -> Result<ListGroupsResponse> {
    let paging = list::Paging {
        start: params.start_index,
        size: params.page_size,
    };
    let query = list::query(
        list::GROUPS,
        params.filter.as_deref(),
        params.sort_by.as_deref(),
        paging,
    )?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let parts = parts(&params.response_fields, &["items"]);
    let page = groups::list(&kibo.state.directory, &context.caller, &query, parts).await?;
    let body = AdminGroupCollection {
        start_index: Some(paging.start),
        page_size: Some(paging.size),
        page_count: Some(paging.pages(page.total)),
        total_count: Some(list::clamp(page.total)),
        items: Some(page.items.into_iter().map(convert::group).collect()),
    };
    Ok(ListGroupsResponse::Ok { body })
}

pub async fn create(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: CreateGroupParams,
    body: AdminGroup,
) -> Result<CreateGroupResponse> {
    let new = convert::new_group(body)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let parts = parts(&params.response_fields, &[]);
    let view = groups::create(&kibo.state.directory, context, new, parts).await?;
    Ok(CreateGroupResponse::Ok {
        etag: etag::group(&view),
        body: convert::group(view),
    })
}

pub async fn get(kibo: &Kibo, call: &Call<Caller>, params: GetGroupParams) -> Result<GetGroupResponse> {
    let key = key(params.group_code)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let parts = parts(&params.response_fields, &[]);
    let view = groups::get(&kibo.state.directory, &context.caller, &key, parts).await?;
    let etag = etag::group(&view);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetGroupResponse::NotModified { etag });
    }
    Ok(GetGroupResponse::Ok {
        etag,
        body: convert::group(view),
    })
}

pub async fn update(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: UpdateGroupParams,
    body: AdminGroup,
) -> Result<UpdateGroupResponse> {
    let change = convert::group_change(&params.group_code, body)?;
    let key = key(params.group_code)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let parts = parts(&params.response_fields, &[]);
    let view = groups::update(&kibo.state.directory, context, key, change, precondition, parts).await?;
    Ok(UpdateGroupResponse::Ok {
        etag: etag::group(&view),
        body: convert::group(view),
    })
}

pub async fn delete(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: DeleteGroupParams,
) -> Result<DeleteGroupResponse> {
    let key = key(params.group_code)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let precondition = etag::precondition(params.if_match.as_deref());
    groups::delete(
        &kibo.state.directory,
        context,
        key,
        precondition,
        Deletion::ForGood,
    )
    .await?;
    Ok(DeleteGroupResponse::Ok)
}

pub async fn add_users(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: AddGroupUsersParams,
    body: UserIdList,
) -> Result<AddGroupUsersResponse> {
    let key = key(params.group_code)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let parts = parts(&params.response_fields, &[]);
    let entries = convert::member_ids(body);
    let view = groups::add_members(&kibo.state.directory, context, key, entries, precondition, parts).await?;
    Ok(AddGroupUsersResponse::Ok {
        etag: etag::group(&view),
        body: convert::group(view),
    })
}

pub async fn remove_users(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: RemoveGroupUsersParams,
    body: UserIdList,
) -> Result<RemoveGroupUsersResponse> {
    let key = key(params.group_code)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let users = convert::user_keys(body);
    groups::remove_members(&kibo.state.directory, context, key, users, precondition).await?;
    Ok(RemoveGroupUsersResponse::Ok)
}

fn key(code: String) -> Result<GroupKey> {
    Ok(GroupKey::Code(Code::parse("groupCode", code)?))
}

/// What the selection of a group at `path` needs to be read.
fn parts(selection: &Selection, path: &[&str]) -> GroupParts {
    let users = [path, &["users"]].concat();
    GroupParts {
        members: if selection.wants(&users) {
            MemberParts::Users(super::accounts::parts(selection, &users))
        } else {
            MemberParts::None
        },
        ..GroupParts::default()
    }
}
