//! Handlers of members: convert, call, reply.

use super::access::Learner;
use super::links::Paging;
use super::{TaleoLearn, convert, groups::key};
use contract::runtime::Call;
use contract::taleolearn::models::{MemberCreate, MemberPage, MemberUpdate};
use contract::taleolearn::params::{
    AddMemberParams, GetMemberParams, ListMembersParams, RemoveMemberParams, UpdateMemberParams,
};
use contract::taleolearn::responses::{
    AddMemberResponse, GetMemberResponse, ListMembersResponse, RemoveMemberResponse, UpdateMemberResponse,
};
use directory::groups;
use model::Result;

pub async fn list(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: ListMembersParams,
) -> Result<ListMembersResponse> {
    let paging = Paging {
        limit: params.limit,
        offset: params.offset,
        total_results: params.total_results,
    };
    let links = dialect.links(call, params.learn_center_id)?;
    let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
    let key = key(params.group_id)?;
    let found = groups::list_members(directory, caller, &key, paging.window()).await?;
    let group = convert::group_number(params.group_id)?;
    let page = paging.page(&links.members(group), &found);
    let body = MemberPage {
        has_more: found.has_more,
        items: found
            .items
            .iter()
            .map(|view| convert::member(view, &links))
            .collect(),
        limit: paging.limit,
        count: page.count,
        links: page.links,
        total_results: page.total_results,
    };
    Ok(ListMembersResponse::Ok { body })
}

pub async fn add(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: AddMemberParams,
    body: MemberCreate,
) -> Result<AddMemberResponse> {
    let (context, links) = dialect.writes(call, params.learn_center_id)?;
    let (key, user) = (key(params.group_id)?, convert::user_number(body.user_id)?);
    let view = groups::join(&dialect.state.directory, context, key, user).await?;
    let location = links.member(view.membership.group, user);
    let body = convert::member(&view, &links);
    Ok(AddMemberResponse::Created { body, location })
}

pub async fn get(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: GetMemberParams,
) -> Result<GetMemberResponse> {
    let links = dialect.links(call, params.learn_center_id)?;
    let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
    let (key, user) = (key(params.group_id)?, convert::user_number(params.user_id)?);
    let view = groups::get_member(directory, caller, &key, user).await?;
    let body = convert::member(&view, &links);
    Ok(GetMemberResponse::Ok { body })
}

pub async fn update(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: UpdateMemberParams,
    body: MemberUpdate,
) -> Result<UpdateMemberResponse> {
    let (context, links) = dialect.writes(call, params.learn_center_id)?;
    let directory = &dialect.state.directory;
    let (key, user) = (key(params.group_id)?, convert::user_number(params.user_id)?);
    let view = groups::exclude_member(directory, context, key, user, body.exclude_flag).await?;
    let body = convert::member(&view, &links);
    Ok(UpdateMemberResponse::Ok { body })
}

pub async fn remove(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: RemoveMemberParams,
) -> Result<RemoveMemberResponse> {
    let (context, _) = dialect.writes(call, params.learn_center_id)?;
    let (key, user) = (key(params.group_id)?, convert::user_number(params.user_id)?);
    groups::leave(&dialect.state.directory, context, key, user).await?;
    Ok(RemoveMemberResponse::Ok)
}
