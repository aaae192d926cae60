//! Handlers of users: convert, call, reply. Their paths name no learnCenter: it is the caller's own.

use super::access::Learner;
use super::links::Paging;
use super::{TaleoLearn, convert};
use crate::etag;
use contract::runtime::Call;
use contract::taleolearn::models::MemberPage;
use contract::taleolearn::params::{GetUserParams, ListMembershipsParams};
use contract::taleolearn::responses::{GetUserResponse, ListMembershipsResponse};
use directory::users;
use model::Result;
use model::users::{UserKey, UserParts};

pub async fn get(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: GetUserParams,
) -> Result<GetUserResponse> {
    let links = dialect.links(call, call.caller.own()?)?;
    let key = UserKey::Number(convert::user_number(params.user_id)?);
    let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
    let view = users::get(directory, caller, &key, UserParts::default()).await?;
    let etag = etag::user(&view);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetUserResponse::NotModified { etag });
    }
    let body = convert::user(&view, &links);
    Ok(GetUserResponse::Ok { body, etag })
}

pub async fn memberships(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: ListMembershipsParams,
) -> Result<ListMembershipsResponse> {
    let paging = Paging {
        limit: params.limit,
        offset: params.offset,
        total_results: params.total_results,
    };
    let links = dialect.links(call, call.caller.own()?)?;
    let user = convert::user_number(params.user_id)?;
    let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
    let found = users::memberships(directory, caller, &UserKey::Number(user), paging.window()).await?;
    let page = paging.page(&links.memberships(user), &found);
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
    Ok(ListMembershipsResponse::Ok { body })
}
