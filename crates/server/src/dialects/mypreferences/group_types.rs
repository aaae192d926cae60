//! Handlers of group types: convert, call, reply.

use super::{MyPreferences, convert, patch, problem};
use contract::mypreferences::models::{ErrorResponse as Body, GroupTypeBatch, GroupTypeList, JsonPatch};
use contract::mypreferences::params::{CreateGroupTypesParams, ListGroupTypesParams, UpdateGroupTypeParams};
use contract::mypreferences::responses::{
    CreateGroupTypesResponse, ListGroupTypesResponse, UpdateGroupTypeResponse,
};
use contract::runtime::{Call, Failure};
use directory::group_types;
use model::error::Kind;
use model::group_types::{GroupType, GroupTypeFields};
use model::ids::GroupTypeNumber;
use model::{Caller, Error, Result};

pub async fn list(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: ListGroupTypesParams,
) -> Result<ListGroupTypesResponse, Failure<Body>> {
    let failed = |error: Error| problem::failure(&call.request, &error);
    let caller = dialect.reader(call, &params.client_id).await.map_err(failed)?;
    let directory = &dialect.state.directory;
    let found = match number(params.id) {
        None => group_types::list(directory, caller).await,
        Some(number) => group_types::get(directory, caller, number)
            .await
            .map(|one| vec![one]),
    };
    let mut types = found.map_err(failed)?;
    if let Some(locale) = params.locale.filter(|locale| !locale.is_empty()) {
        if !types.iter().any(|one| convert::has_locale(one, &locale)) {
            return Err(problem::no_locale(&locale));
        }
        for one in &mut types {
            convert::narrow(one, &locale);
        }
    }
    let body = shown(types);
    Ok(ListGroupTypesResponse::Ok { body })
}

pub async fn create(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: CreateGroupTypesParams,
    body: GroupTypeBatch,
) -> Result<CreateGroupTypesResponse> {
    let new: Vec<GroupTypeFields> = (0..)
        .zip(body.group_types)
        .map(|(i, given)| convert::fields(given, &format!("GroupTypes/{i}/")))
        .collect::<Result<_>>()?;
    let context = dialect.writer(call, &params.client_id).await?;
    let made = group_types::create(&dialect.state.directory, context, new).await?;
    let first = made.first().map_or(0, |one| one.number.get());
    Ok(CreateGroupTypesResponse::Created {
        location: dialect.link(
            &call.request,
            &params.client_id,
            &format!("GroupTypes?Id={first}"),
        ),
        body: shown(made),
    })
}

pub async fn update(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: UpdateGroupTypeParams,
    body: JsonPatch,
) -> Result<UpdateGroupTypeResponse> {
    let context = dialect.writer(call, &params.client_id).await?;
    let number = number(params.type_id)
        .ok_or_else(|| Error::not_found(Kind::GroupType, params.type_id.to_string()))?;
    let change = move |known: &GroupType| {
        let document = convert::document(&convert::group_type(known.clone()))?;
        let patched = patch::apply(document, &body.0, &convert::OWNED_BY_TYPES)?;
        convert::patched_type(&patched)
    };
    let changed = group_types::change(&dialect.state.directory, context, number, change).await?;
    let body = convert::group_type(changed);
    Ok(UpdateGroupTypeResponse::Ok { body })
}

fn shown(types: Vec<GroupType>) -> GroupTypeList {
    GroupTypeList {
        group_types: types.into_iter().map(convert::group_type).collect(),
    }
}

/// The number of a type; none for 0, which means all.
pub fn number(id: i32) -> Option<GroupTypeNumber> {
    GroupTypeNumber::new(i64::from(id))
}
