//! Handlers of users: convert, call, reply.

use super::lookup::{Shown, lookup};
use super::pages::Asked;
use super::usergroups::{deleted, expanded, external, parent};
use super::{Propeller, context, convert};
use crate::etag;
use contract::propeller::models::{UserInput, UserPage, UserResult, UserSearch};
use contract::propeller::params::{
    DeleteUserParams, GetUserParams, ListUsersParams, SearchUsersParams, UpdateUserParams,
};
use contract::propeller::responses::{
    CreateUserResponse, DeleteUserResponse, GetUserResponse, ListUsersResponse, SearchUsersResponse,
    UpdateUserResponse,
};
use contract::runtime::Call;
use directory::users;
use model::query::{Comparison, Operator, UserField, Value};
use model::users::{UserGroupParts, UserKey, UserParts, UserView};
use model::{Caller, Result};

/// Every answer shows the same of a user.
const PARTS: UserParts = UserParts {
    external_ids: true,
    grants: false,
    groups: UserGroupParts::None,
    parent: true,
};

pub async fn list(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: ListUsersParams,
) -> Result<ListUsersResponse> {
    let asked = Asked::new(Some(params.page), Some(params.offset));
    let body = page(propeller, call, asked, Vec::new(), params.expands.as_deref()).await?;
    Ok(ListUsersResponse::Ok { body })
}

pub async fn search(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: SearchUsersParams,
    body: UserSearch,
) -> Result<SearchUsersResponse> {
    let asked = Asked::new(body.page, body.offset);
    let mut filter = Vec::new();
    for (field, operator, text) in [
        (UserField::UserName, Operator::Equal, body.login),
        (UserField::Email, Operator::Equal, body.email),
        (UserField::FoldedGivenName, Operator::Contains, body.first_name),
        (UserField::FoldedFamilyName, Operator::Contains, body.last_name),
    ] {
        let value = text.filter(|text| !text.is_empty()).map(Value::Text);
        filter.extend(value.map(|value| Comparison {
            field,
            operator,
            value,
        }));
    }
    let equals = |field, value| Comparison {
        field,
        operator: Operator::Equal,
        value,
    };
    if let Some(value) = external(body.source_id, body.source) {
        filter.push(equals(UserField::AnyExternalId, value));
    }
    if let Some(reference) = body.parent {
        let Some(value) = parent(propeller, call, reference).await? else {
            let body = asked.users(Vec::new(), 0);
            return Ok(SearchUsersResponse::Ok { body });
        };
        filter.push(equals(UserField::Parent, value));
    }
    let body = page(propeller, call, asked, filter, params.expands.as_deref()).await?;
    Ok(SearchUsersResponse::Ok { body })
}

async fn page(
    propeller: &Propeller,
    call: &Call<Caller>,
    asked: Asked,
    filter: Vec<Comparison<UserField>>,
    expands: Option<&[String]>,
) -> Result<UserPage> {
    let query = asked.query(filter);
    let found = users::list(propeller.directory(), &call.caller, &query, PARTS).await?;
    let (sources, key) = (expanded(expands), Shown::default());
    let shown = |view| convert::user(view, &key, sources);
    Ok(asked.users(found.items.into_iter().map(shown).collect(), found.total))
}

pub async fn get(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: GetUserParams,
) -> Result<GetUserResponse> {
    let lookup = lookup(
        params.lookup_key,
        params.lookup_value,
        params.source,
        params.language,
    )?;
    let key = UserKey::Lookup(lookup.clone());
    let view = users::get(propeller.directory(), &call.caller, &key, PARTS).await?;
    let etag = tag(&view);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetUserResponse::NotModified { etag });
    }
    let key = Shown {
        written: None,
        looked_up: Some(lookup),
    };
    let data = convert::user(view, &key, expanded(params.expands.as_deref()));
    let body = UserResult {
        data,
        messages: Vec::new(),
        total: 1,
    };
    Ok(GetUserResponse::Ok { body, etag })
}

pub async fn create(
    propeller: &Propeller,
    call: &Call<Caller>,
    body: UserInput,
) -> Result<CreateUserResponse> {
    let (new, written) = convert::new_user(body)?;
    let view = users::create(propeller.directory(), context(call), new, PARTS).await?;
    let key = Shown {
        written,
        looked_up: None,
    };
    Ok(CreateUserResponse::Created {
        etag: tag(&view),
        body: result(view, &key, "User created"),
    })
}

pub async fn update(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: UpdateUserParams,
    body: UserInput,
) -> Result<UpdateUserResponse> {
    let lookup = lookup(
        params.lookup_key,
        params.lookup_value,
        params.source,
        params.language,
    )?;
    let (patch, written) = convert::user_patch(body)?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let key = UserKey::Lookup(lookup.clone());
    let directory = propeller.directory();
    let view = users::update(directory, context(call), key, patch, precondition, PARTS).await?;
    let key = Shown {
        written,
        looked_up: Some(lookup),
    };
    Ok(UpdateUserResponse::Ok {
        etag: tag(&view),
        body: result(view, &key, "User updated"),
    })
}

pub async fn delete(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: DeleteUserParams,
) -> Result<DeleteUserResponse> {
    let lookup = lookup(
        params.lookup_key,
        params.lookup_value,
        params.source,
        params.language,
    )?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let key = UserKey::Lookup(lookup);
    users::delete(propeller.directory(), context(call), key, precondition).await?;
    let body = deleted("User deleted");
    Ok(DeleteUserResponse::Ok { body })
}

fn result(view: UserView, key: &Shown, message: &str) -> UserResult {
    UserResult {
        data: convert::user(view, key, false),
        messages: vec![message.to_owned()],
        total: 1,
    }
}

/// Who is his parent does not move the user's version.
fn tag(view: &UserView) -> String {
    etag::with_parent(view.user.version, view.parent)
}
