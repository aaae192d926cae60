//! Handlers of accounts: convert, call, reply.

use super::{Kibo, convert, list};
use crate::etag;
use contract::kibo::models::{AccountCreate, TenantCollection, User, UserCollection};
use contract::kibo::params::{
    CreateAccountParams, DeleteAccountParams, GetAccountByIdParams, GetAccountParams,
    ListAccountTenantsParams, ListAccountsParams, UpdateAccountParams,
};
use contract::kibo::responses::{
    CreateAccountResponse, DeleteAccountResponse, GetAccountByIdResponse, GetAccountResponse,
    ListAccountTenantsResponse, ListAccountsResponse, UpdateAccountResponse,
};
use contract::runtime::{Call, Selection};
use directory::{tenants, users};
use model::ids::UserId;
use model::query::{Comparison, Operator, UserField, Value};
use model::users::{UserKey, UserParts, UserView};
use model::{Caller, Result};
use uuid::Uuid;

pub async fn list(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: ListAccountsParams,
) -> Result<ListAccountsResponse> {
    let paging = list::Paging {
        start: params.start_index,
        size: params.page_size,
    };
    let mut query = list::query(
        list::ACCOUNTS,
        params.filter.as_deref(),
        params.sort_by.as_deref(),
        paging,
    )?;
    if let Some(address) = params.email_address.filter(|address| !address.is_empty()) {
        let value = Value::Text(address);
        query.filter.push(Comparison {
            field: UserField::Email,
            operator: Operator::Equal,
            value,
        });
    }
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let parts = parts(&params.response_fields, &["items"]);
    let page = users::list(&kibo.state.directory, &context.caller, &query, parts).await?;
    let body = UserCollection {
        start_index: Some(paging.start),
        page_size: Some(paging.size),
        page_count: Some(paging.pages(page.total)),
        total_count: Some(list::clamp(page.total)),
        items: Some(page.items.into_iter().map(convert::account).collect()),
    };
    Ok(ListAccountsResponse::Ok { body })
}

pub async fn create(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: CreateAccountParams,
    body: AccountCreate,
) -> Result<CreateAccountResponse> {
    let new = convert::new_account(body)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let parts = parts(&params.response_fields, &[]);
    let view = users::create(&kibo.state.directory, context, new, parts).await?;
    Ok(CreateAccountResponse::Ok {
        etag: etag::user(&view),
        body: convert::account(view),
    })
}

pub async fn get(kibo: &Kibo, call: &Call<Caller>, params: GetAccountParams) -> Result<GetAccountResponse> {
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let parts = parts(&params.response_fields, &[]);
    let view = view(kibo, &context.caller, params.user_id, parts).await?;
    let etag = etag::user(&view);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetAccountResponse::NotModified { etag });
    }
    Ok(GetAccountResponse::Ok {
        etag,
        body: convert::account(view),
    })
}

pub async fn get_by_id(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: GetAccountByIdParams,
) -> Result<GetAccountByIdResponse> {
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let parts = parts(&params.response_fields, &[]);
    let view = view(kibo, &context.caller, params.user_id, parts).await?;
    let etag = etag::user(&view);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetAccountByIdResponse::NotModified { etag });
    }
    Ok(GetAccountByIdResponse::Ok {
        etag,
        body: convert::account(view),
    })
}

/// A user belongs to one tenant, the credential's own.
pub async fn list_tenants(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: ListAccountTenantsParams,
) -> Result<ListAccountTenantsResponse> {
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    view(kibo, &context.caller, params.user_id, UserParts::default()).await?;
    let tenant = tenants::own(&kibo.state.directory, &context.caller).await?;
    let body = TenantCollection {
        start_index: Some(0),
        page_size: Some(1),
        page_count: Some(1),
        total_count: Some(1),
        items: Some(vec![convert::tenant(tenant)]),
    };
    Ok(ListAccountTenantsResponse::Ok { body })
}

pub async fn update(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: UpdateAccountParams,
    body: User,
) -> Result<UpdateAccountResponse> {
    let patch = convert::account_change(params.user_id, body)?;
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let parts = parts(&params.response_fields, &[]);
    let view = users::update(
        &kibo.state.directory,
        context,
        key(params.user_id),
        patch,
        precondition,
        parts,
    )
    .await?;
    Ok(UpdateAccountResponse::Ok {
        etag: etag::user(&view),
        body: convert::account(view),
    })
}

pub async fn delete(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: DeleteAccountParams,
) -> Result<DeleteAccountResponse> {
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    let precondition = etag::precondition(params.if_match.as_deref());
    users::delete(&kibo.state.directory, context, key(params.user_id), precondition).await?;
    Ok(DeleteAccountResponse::Ok)
}

/// The user of this id; `NotFound` if the tenant has none.
pub async fn view(kibo: &Kibo, caller: &Caller, id: Uuid, parts: UserParts) -> Result<UserView> {
    users::get(&kibo.state.directory, caller, &key(id), parts).await
}

pub fn key(id: Uuid) -> UserKey {
    UserKey::Id(UserId(id))
}

/// What the selection of an account at `path` needs to be read.
pub fn parts(selection: &Selection, path: &[&str]) -> UserParts {
    let wants = |member| selection.wants(&[path, &[member]].concat());
    UserParts {
        external_ids: wants("externalId"),
        grants: wants("roles"),
        ..UserParts::default()
    }
}
