//! Handlers of groups: convert, call, reply.

use super::access::Learner;
use super::links::{Links, Paging};
use super::{TaleoLearn, convert};
use crate::etag;
use contract::runtime::Call;
use contract::taleolearn::models::{Group, GroupCreate, GroupPage, GroupPatch, GroupReplace};
use contract::taleolearn::params::{
    CreateGroupParams, GetGroupParams, ListGroupsParams, ReplaceGroupParams, UpdateGroupParams,
};
use contract::taleolearn::responses::{
    CreateGroupResponse, GetGroupResponse, ListGroupsResponse, ReplaceGroupResponse, UpdateGroupResponse,
};
use directory::groups;
use model::groups::{GroupChange, GroupKey, GroupParts, GroupView, MemberParts};
use model::{Context, Result};

/// Every answer shows the same of a group.
const PARTS: GroupParts = GroupParts {
    members: MemberParts::None,
    external_ids: false,
    owners: true,
    present_actors: true,
};

pub async fn list(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: ListGroupsParams,
) -> Result<ListGroupsResponse> {
    let paging = Paging {
        limit: params.limit,
        offset: params.offset,
        total_results: params.total_results,
    };
    let links = dialect.links(call, params.learn_center_id)?;
    let directory = &dialect.state.directory;
    let found = groups::stretch(directory, &call.caller.caller, paging.window(), PARTS).await?;
    let page = paging.page(&links.groups(), &found);
    let shown = |view| convert::group(view, &links);
    let body = GroupPage {
        has_more: found.has_more,
        items: found.items.into_iter().map(shown).collect(),
        limit: paging.limit,
        count: page.count,
        links: page.links,
        total_results: page.total_results,
    };
    Ok(ListGroupsResponse::Ok { body })
}

pub async fn create(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: CreateGroupParams,
    body: GroupCreate,
) -> Result<CreateGroupResponse> {
    let new = convert::new_group(body)?;
    let (context, links) = dialect.writes(call, params.learn_center_id)?;
    let view = groups::create(&dialect.state.directory, context, new, PARTS).await?;
    let location = links.group(view.group.number);
    let (body, etag) = answer(view, &links);
    Ok(CreateGroupResponse::Created { body, location, etag })
}

pub async fn get(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: GetGroupParams,
) -> Result<GetGroupResponse> {
    let links = dialect.links(call, params.learn_center_id)?;
    let key = key(params.group_id)?;
    let view = groups::get(&dialect.state.directory, &call.caller.caller, &key, PARTS).await?;
    let (body, etag) = answer(view, &links);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetGroupResponse::NotModified { etag });
    }
    Ok(GetGroupResponse::Ok { body, etag })
}

pub async fn replace(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: ReplaceGroupParams,
    body: GroupReplace,
) -> Result<ReplaceGroupResponse> {
    let change = convert::replacement(body)?;
    let (context, links) = dialect.writes(call, params.learn_center_id)?;
    let key = key(params.group_id)?;
    let view = write(dialect, context, key, change, params.if_match.as_deref()).await?;
    let (body, etag) = answer(view, &links);
    Ok(ReplaceGroupResponse::Ok { body, etag })
}

pub async fn update(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: UpdateGroupParams,
    body: GroupPatch,
) -> Result<UpdateGroupResponse> {
    let change = convert::change(body)?;
    let (context, links) = dialect.writes(call, params.learn_center_id)?;
    let key = key(params.group_id)?;
    let view = write(dialect, context, key, change, params.if_match.as_deref()).await?;
    let (body, etag) = answer(view, &links);
    Ok(UpdateGroupResponse::Ok { body, etag })
}

async fn write(
    dialect: &TaleoLearn,
    context: Context,
    key: GroupKey,
    change: GroupChange,
    if_match: Option<&str>,
) -> Result<GroupView> {
    let precondition = etag::precondition(if_match);
    groups::update(
        &dialect.state.directory,
        context,
        key,
        change,
        precondition,
        PARTS,
    )
    .await
}

pub fn key(number: i64) -> Result<GroupKey> {
    Ok(GroupKey::Number(convert::group_number(number)?))
}

/// The answer and its tag. The group's version moves with its owners; what it shows of others, the tag covers.
fn answer(view: GroupView, links: &Links) -> (Group, String) {
    let version = view.group.version;
    let body = convert::group(view, links);
    let others = [
        ("parent", body.parent_group_id),
        ("created by", body.created_by_user_id),
        ("updated by", body.last_updated_by_user_id),
    ];
    let shown: Vec<String> = others
        .iter()
        .filter_map(|(what, number)| Some(format!("{what} {}", (*number)?)))
        .collect();
    let etag = if shown.is_empty() {
        format!("\"{version}\"")
    } else {
        etag::hashed(version, shown.iter().map(String::as_str))
    };
    (body, etag)
}
