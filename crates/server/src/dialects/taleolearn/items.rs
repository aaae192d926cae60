//! Handlers of mapped items: convert, call, reply.

use super::access::Learner;
use super::links::Paging;
use super::{TaleoLearn, convert, groups::key};
use contract::runtime::Call;
use contract::taleolearn::models::{MappedItem, MappedItemInput, MappedItemPage};
use contract::taleolearn::params::{
    AddMappedItemParams, ListMappedItemsParams, RemoveMappedItemParams, ReplaceMappedItemParams,
    UpdateMappedItemParams,
};
use contract::taleolearn::responses::{
    AddMappedItemResponse, ListMappedItemsResponse, RemoveMappedItemResponse, ReplaceMappedItemResponse,
    UpdateMappedItemResponse,
};
use directory::groups;
use model::{Result, items};

pub async fn list(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: ListMappedItemsParams,
) -> Result<ListMappedItemsResponse> {
    let paging = Paging {
        limit: params.limit,
        offset: params.offset,
        total_results: params.total_results,
    };
    let links = dialect.links(call, params.learn_center_id)?;
    let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
    let key = key(params.group_id)?;
    let found = groups::list_items(directory, caller, &key, paging.window()).await?;
    let group = convert::group_number(params.group_id)?;
    let page = paging.page(&links.items(group), &found);
    let shown = |item| convert::mapped(group, item, &links);
    let body = MappedItemPage {
        has_more: found.has_more,
        items: found.items.into_iter().map(shown).collect(),
        limit: paging.limit,
        count: page.count,
        links: page.links,
        total_results: page.total_results,
    };
    Ok(ListMappedItemsResponse::Ok { body })
}

pub async fn add(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: AddMappedItemParams,
    body: MappedItemInput,
) -> Result<AddMappedItemResponse> {
    let (context, links) = dialect.writes(call, params.learn_center_id)?;
    let (item, retain) = convert::item(body);
    let item = items::MappedItem {
        key: item,
        retain: retain.unwrap_or(false),
    };
    let item = groups::add_item(&dialect.state.directory, context, key(params.group_id)?, item).await?;
    let body = convert::mapped(convert::group_number(params.group_id)?, item, &links);
    Ok(AddMappedItemResponse::Created { body })
}

/// Left out, the flag is false.
pub async fn replace(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: ReplaceMappedItemParams,
    body: MappedItemInput,
) -> Result<ReplaceMappedItemResponse> {
    let place = (params.learn_center_id, params.group_id);
    let body = change(dialect, call, place, body, Some(false)).await?;
    Ok(ReplaceMappedItemResponse::Ok { body })
}

/// Left out, the flag stays.
pub async fn update(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: UpdateMappedItemParams,
    body: MappedItemInput,
) -> Result<UpdateMappedItemResponse> {
    let place = (params.learn_center_id, params.group_id);
    let body = change(dialect, call, place, body, None).await?;
    Ok(UpdateMappedItemResponse::Ok { body })
}

async fn change(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    (learn_center, group): (i64, i64),
    body: MappedItemInput,
    left_out: Option<bool>,
) -> Result<MappedItem> {
    let (context, links) = dialect.writes(call, learn_center)?;
    let (item, retain) = convert::item(body);
    let directory = &dialect.state.directory;
    let item = groups::change_item(directory, context, key(group)?, item, retain.or(left_out)).await?;
    Ok(convert::mapped(convert::group_number(group)?, item, &links))
}

pub async fn remove(
    dialect: &TaleoLearn,
    call: &Call<Learner>,
    params: RemoveMappedItemParams,
    body: MappedItemInput,
) -> Result<RemoveMappedItemResponse> {
    let (context, _) = dialect.writes(call, params.learn_center_id)?;
    let (item, _) = convert::item(body);
    groups::remove_item(&dialect.state.directory, context, key(params.group_id)?, item).await?;
    Ok(RemoveMappedItemResponse::Ok)
}
