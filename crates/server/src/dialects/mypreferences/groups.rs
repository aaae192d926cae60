//! Handlers of groups, which are pairs of a type and a name: convert, call, reply.

use super::convert::profiles::{PARTS, profile};
use super::{MyPreferences, convert, group_types::number, problem};
use contract::mypreferences::models::{
    ErrorResponse as Body, GroupEntry, GroupRename, GroupTypeNameList, GroupTypeNames, ProfileList,
};
use contract::mypreferences::params::{ListGroupNamesParams, ListGroupProfilesParams, RenameGroupParams};
use contract::mypreferences::responses::{
    ListGroupNamesResponse, ListGroupProfilesResponse, RenameGroupResponse,
};
use contract::runtime::{Call, Failure};
use directory::group_types::{self, MAX_GROUP_NAMES};
use directory::groups::{self, Rename};
use model::error::Kind;
use model::group_types::{GroupNames, MAX_SHARING, Person, Sharing};
use model::ids::UserNumber;
use model::text::Name;
use model::{Caller, Error, Result, Violation};

pub async fn names(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: ListGroupNamesParams,
) -> Result<ListGroupNamesResponse, Failure<Body>> {
    let failed = |error: Error| problem::failure(&call.request, &error);
    let caller = dialect.reader(call, &params.client_id).await.map_err(failed)?;
    let found = group_types::names(&dialect.state.directory, caller, number(params.id)).await;
    let Some(found) = found.map_err(failed)? else {
        return Err(problem::too_many_names(MAX_GROUP_NAMES));
    };
    let body = GroupTypeNameList {
        group_type_names: found.iter().map(shown).collect(),
    };
    Ok(ListGroupNamesResponse::Ok { body })
}

pub async fn rename(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: RenameGroupParams,
    body: GroupRename,
) -> Result<RenameGroupResponse> {
    let new = Name::parse("NewGroupName", body.new_group_name)?;
    let context = dialect.writer(call, &params.client_id).await?;
    let rename = Rename {
        group_type: params.group_type,
        old: body.old_group_name,
        new: new.clone(),
        merge: body.allow_merge.unwrap_or(false),
    };
    let renamed = groups::rename(&dialect.state.directory, context, rename).await;
    let (of, group) = renamed.map_err(|error| match error {
        // The vendor names no 409 here.
        Error::Exists {
            kind: Kind::Group, ..
        } => {
            let message = format!(
                "group `{}` exists; set AllowMerge to merge the groups",
                new.as_str()
            );
            Error::invalid("NewGroupName", "conflict", message)
        }
        other => other,
    })?;
    let body = GroupEntry {
        group_type: of.fields.name.as_str().to_owned(),
        group_name: group.fields.name.as_str().to_owned(),
    };
    Ok(RenameGroupResponse::Ok { body })
}

pub async fn profiles(
    dialect: &MyPreferences,
    call: &Call<Caller>,
    params: ListGroupProfilesParams,
) -> Result<ListGroupProfilesResponse, Failure<Body>> {
    let failed = |error: Error| problem::failure(&call.request, &error);
    let person = person(&params).map_err(failed)?;
    let caller = dialect.reader(call, &params.client_id).await.map_err(failed)?;
    let name = params.group_name.as_deref().filter(|name| !name.is_empty());
    let directory = &dialect.state.directory;
    let found = group_types::sharing(directory, caller, &person, &params.group_type, name, PARTS).await;
    match found.map_err(failed)? {
        Sharing::Nobody => Err(problem::no_profile(&person)),
        Sharing::TooMany => Err(problem::too_many(MAX_SHARING)),
        Sharing::All(users) => {
            let profiles = users.into_iter().map(profile).collect();
            let body = ProfileList { profiles };
            Ok(ListGroupProfilesResponse::Ok { body })
        }
    }
}

/// Whom the parameters name: exactly one of them.
fn person(params: &ListGroupProfilesParams) -> Result<Person> {
    let kind = |kind: &Option<String>| kind.clone().filter(|kind| !kind.is_empty());
    let number = params.profile_id.and_then(UserNumber::new).map(Person::Number);
    let email = params.email_address.clone().map(|value| Person::Email {
        value,
        kind: kind(&params.email_type),
    });
    let phone = params.phone_number.clone().map(|value| Person::Phone {
        value,
        kind: kind(&params.phone_type),
    });
    let mut given = [email, phone, number].into_iter().flatten();
    if let (Some(person), None) = (given.next(), given.next()) {
        return Ok(person);
    }
    let message = "exactly one of `emailAddress`, `phoneNumber` and `profileId` is needed";
    let wrong = ["emailAddress", "phoneNumber", "profileId"];
    let wrong = wrong.map(|name| Violation::new(name, "conflict", message));
    Err(Error::Invalid(wrong.to_vec()))
}

fn shown(names: &GroupNames) -> GroupTypeNames {
    GroupTypeNames {
        type_id: convert::type_id(names.group_type.number).unwrap_or(i32::MAX),
        type_name: names.group_type.fields.name.as_str().to_owned(),
        group_names: names.names.iter().map(|name| name.as_str().to_owned()).collect(),
    }
}
