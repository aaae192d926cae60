//! Handlers of owners: convert, call, reply.

use super::access::Learner;
use super::links::Paging;
use super::{TaleoLearn, convert, groups::key};
use crate::etag;
use contract::runtime::Call;
use contract::taleolearn::models::OwnerPage;
use contract::taleolearn::params::{GetOwnerParams, ListOwnersParams};
use contract::taleolearn::responses::{GetOwnerResponse, ListOwnersResponse};
use directory::groups;
use model::Result;
use model::users::UserParts;

pub async fn list(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: ListOwnersParams,
) -> Result<ListOwnersResponse> {
    let paging = Paging {
        limit: params.limit,
        offset: params.offset,
        total_results: params.total_results,
    };
    let links = dialect.links(call, params.learn_center_id)?;
    let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
    let key = key(params.group_id)?;
    let found = groups::list_owners(directory, caller, &key, paging.window()).await?;
    let group = convert::group_number(params.group_id)?;
    let page = paging.page(&links.owners(group), &found);
    let shown = |user| convert::owner(group, user, &links);
    let body = OwnerPage {
        has_more: found.has_more,
        items: found.items.into_iter().map(shown).collect(),
        limit: paging.limit,
        count: page.count,
        links: page.links,
        total_results: page.total_results,
    };
    Ok(ListOwnersResponse::Ok { body })
}

pub async fn get(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: GetOwnerParams,
) -> Result<GetOwnerResponse> {
    let links = dialect.links(call, params.learn_center_id)?;
    let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
    let (key, owner) = (key(params.group_id)?, convert::user_number(params.owner_id)?);
    let view = groups::get_owner(directory, caller, &key, owner, UserParts::default()).await?;
    let etag = etag::user(&view);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetOwnerResponse::NotModified { etag });
    }
    let body = convert::user(&view, &links);
    Ok(GetOwnerResponse::Ok { body, etag })
}
