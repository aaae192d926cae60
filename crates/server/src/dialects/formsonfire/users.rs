//! Handlers of users: convert, call, reply.

use super::access::Company;
use super::refs::Refs;
use super::{FormsOnFire, context, convert};
use crate::etag;
use contract::formsonfire::models::{
    User, UserCreate, UserDeleted, UserResponse, UserStatus, UserUpdate, UsersResponse,
};
use contract::formsonfire::params::{DeleteUserParams, GetUserParams, SearchUsersParams, UpdateUserParams};
use contract::formsonfire::responses::{
    CreateUserResponse, DeleteUserResponse, GetUserResponse, SearchUsersResponse, UpdateUserResponse,
};
use contract::runtime::{Call, Format, Guid};
use directory::users;
use model::Result;
use model::ids::UserId;
use model::users::{UserKey, UserView};

pub async fn get(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    params: GetUserParams,
) -> Result<GetUserResponse> {
    let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
    let view = users::get(directory, caller, &key(params.id), Refs::Ids.parts()).await?;
    let (body, etag) = answer(view, Refs::Ids, call.format);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetUserResponse::NotModified { etag });
    }
    Ok(GetUserResponse::Ok { body, etag })
}

pub async fn create(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    body: UserCreate,
) -> Result<CreateUserResponse> {
    let refs = Refs::of(body.use_names, body.use_external_ids)?;
    let new = convert::new_user(body, refs)?;
    let view = users::create(&dialect.state.directory, context(call), new, refs.parts()).await?;
    let (body, etag) = answer(view, refs, call.format);
    Ok(CreateUserResponse::Ok { body, etag })
}

pub async fn update(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    params: UpdateUserParams,
    body: UserUpdate,
) -> Result<UpdateUserResponse> {
    let refs = Refs::of(body.use_names, body.use_external_ids)?;
    let key = key(body.id);
    let patch = convert::user_change(body, refs)?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let directory = &dialect.state.directory;
    let view = users::update(directory, context(call), key, patch, precondition, refs.parts()).await?;
    let (body, etag) = answer(view, refs, call.format);
    Ok(UpdateUserResponse::Ok { body, etag })
}

pub async fn delete(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    params: DeleteUserParams,
) -> Result<DeleteUserResponse> {
    let precondition = etag::precondition(params.if_match.as_deref());
    let directory = &dialect.state.directory;
    users::delete(directory, context(call), key(params.id), precondition).await?;
    let body = UserDeleted {};
    Ok(DeleteUserResponse::Ok { body })
}

pub async fn search(
    dialect: &FormsOnFire,
    call: &Call<Company>,
    params: SearchUsersParams,
) -> Result<SearchUsersResponse> {
    let refs = Refs::of(Some(params.use_names), Some(params.use_external_ids))?;
    let nobody = params.status == Some(UserStatus::Invited);
    let query = convert::user_query(params)?;
    let users = if nobody {
        Vec::new()
    } else {
        let (directory, caller) = (&dialect.state.directory, &call.caller.caller);
        let page = users::list(directory, caller, &query, refs.parts()).await?;
        let shown = |view| convert::user(view, refs);
        page.items.into_iter().map(shown).collect()
    };
    let body = UsersResponse { users };
    Ok(SearchUsersResponse::Ok { body })
}

fn key(id: Guid) -> UserKey {
    UserKey::Id(UserId(id.0))
}

/// The answer and its tag. A user's version does not move with his groups, so the tag covers them as they are shown.
fn answer(view: UserView, refs: Refs, format: Format) -> (UserResponse, String) {
    let version = view.user.version;
    let user: User = convert::user(view, refs);
    let groups = user.groups.iter().flatten().map(String::as_str);
    let shown = if user.groups.is_some() { "all" } else { "too many" };
    let etag = etag::hashed(version, [format.media_type(), shown].into_iter().chain(groups));
    (UserResponse { user }, etag)
}
