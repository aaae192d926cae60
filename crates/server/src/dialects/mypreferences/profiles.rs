//! Handlers of profiles: convert, call, reply.

use super::convert::profiles::{OWNED, PARTS, as_document, new_user, patched, profile, update as changes};
use super::{MyPreferences, patch as json_patch};
use crate::etag;
use contract::mypreferences::models::{JsonPatch, Profile};
use contract::mypreferences::params::{
    CreateProfileParams, GetProfileParams, PatchProfileParams, UpdateProfileParams,
};
use contract::mypreferences::responses::{
    CreateProfileResponse, GetProfileResponse, PatchProfileResponse, UpdateProfileResponse,
};
use contract::runtime::Call;
use directory::users;
use model::error::Kind;
use model::ids::UserNumber;
use model::users::{UserKey, UserView};
use model::{Caller, Error, Result};

pub async fn create(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: CreateProfileParams,
    body: Profile,
) -> Result<CreateProfileResponse> {
    let new = new_user(&body)?;
    let context = dialect.writer(call, &params.client_id).await?;
    let view = users::create(&dialect.state.directory, context, new, PARTS).await?;
    let path = format!("Profile/{}", view.user.number);
    let (body, etag) = answer(view);
    Ok(CreateProfileResponse::Created {
        location: dialect.link(&call.request, &params.client_id, &path),
        body,
        etag,
    })
}

pub async fn get(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: GetProfileParams,
) -> Result<GetProfileResponse> {
    let caller = dialect.reader(call, &params.client_id).await?;
    let key = key(params.profile_id)?;
    let view = users::get(&dialect.state.directory, caller, &key, PARTS).await?;
    let (body, etag) = answer(view);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetProfileResponse::NotModified { etag });
    }
    Ok(GetProfileResponse::Ok { body, etag })
}

pub async fn update(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: UpdateProfileParams,
    body: Profile,
) -> Result<UpdateProfileResponse> {
    let context = dialect.writer(call, &params.client_id).await?;
    let key = key(params.profile_id)?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let change = move |view: &UserView| changes(&body, view);
    let view = users::revise(
        &dialect.state.directory,
        context,
        key,
        precondition,
        PARTS,
        change,
    )
    .await?;
    let (body, etag) = answer(view);
    Ok(UpdateProfileResponse::Ok { body, etag })
}

pub async fn patch(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: PatchProfileParams,
    body: JsonPatch,
) -> Result<PatchProfileResponse> {
    let context = dialect.writer(call, &params.client_id).await?;
    let key = key(params.profile_id)?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let change = move |view: &UserView| {
        let result = json_patch::apply(as_document(view)?, &body.0, &OWNED)?;
        patched(&result, view)
    };
    let view = users::revise(
        &dialect.state.directory,
        context,
        key,
        precondition,
        PARTS,
        change,
    )
    .await?;
    let (body, etag) = answer(view);
    Ok(PatchProfileResponse::Ok { body, etag })
}

fn key(number: i64) -> Result<UserKey> {
    let number = UserNumber::new(number).ok_or_else(|| Error::not_found(Kind::User, number.to_string()))?;
    Ok(UserKey::Number(number))
}

/// The answer and its tag. A user's version does not move with his groups, so the tag covers them as they are shown.
fn answer(view: UserView) -> (Profile, String) {
    let version = view.user.version;
    let profile = profile(view);
    let shown = if profile.groups.is_some() {
        "all"
    } else {
        "too many"
    };
    let groups = profile.groups.iter().flatten();
    let texts = groups.flat_map(|group| [group.group_type.as_str(), group.group_name.as_str()]);
    let etag = etag::hashed(version, std::iter::once(shown).chain(texts));
    (profile, etag)
}
