//! Handlers of passwords and locks. Nobody signs in here: what is sent is thrown away, and nothing is stored.

use super::{Kibo, accounts};
use contract::kibo::models::{AdminUserPasswordInfo, AdminUserResetPasswordInfo, ChangeUserPasswordInfo};
use contract::kibo::params::{
    ChangePasswordParams, ChangeUserPasswordParams, ResetPasswordParams, UnlockAccountParams,
};
use contract::kibo::responses::{
    ChangePasswordResponse, ChangeUserPasswordResponse, ResetPasswordResponse, UnlockAccountResponse,
};
use contract::runtime::Call;
use model::users::UserParts;
use model::{Caller, Result};
use uuid::Uuid;

pub async fn change(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: ChangePasswordParams,
    _body: AdminUserPasswordInfo,
) -> Result<ChangePasswordResponse> {
    check(kibo, call, params.x_vol_tenant.as_deref(), params.user_id).await?;
    Ok(ChangePasswordResponse::Ok)
}

pub async fn change_of_user(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: ChangeUserPasswordParams,
    _body: ChangeUserPasswordInfo,
) -> Result<ChangeUserPasswordResponse> {
    check(kibo, call, params.x_vol_tenant.as_deref(), params.user_id).await?;
    Ok(ChangeUserPasswordResponse::Ok)
}

pub async fn unlock(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: UnlockAccountParams,
) -> Result<UnlockAccountResponse> {
    check(kibo, call, params.x_vol_tenant.as_deref(), params.user_id).await?;
    Ok(UnlockAccountResponse::Ok)
}

/// The address is not even looked up, so that the answer tells nothing about who has it.
pub async fn reset(
    kibo: &Kibo,
    call: &Call<Caller>,
    params: ResetPasswordParams,
    _body: AdminUserResetPasswordInfo,
) -> Result<ResetPasswordResponse> {
    let context = kibo.context(call, params.x_vol_tenant.as_deref()).await?;
    context.caller.writes()?;
    Ok(ResetPasswordResponse::Ok)
}

/// Whether the caller might change this user, as if there were something to change.
async fn check(kibo: &Kibo, call: &Call<Caller>, tenant: Option<&str>, user: Uuid) -> Result<()> {
    let context = kibo.context(call, tenant).await?;
    context.caller.writes()?;
    accounts::view(kibo, &context.caller, user, UserParts::default()).await?;
    Ok(())
}
