//! Handlers of usergroups: convert, call, reply.

use super::lookup::{Shown, lookup, named};
use super::pages::Asked;
use super::{Propeller, context, convert};
use crate::etag;
use contract::propeller::models::{
    DeleteResult, NoData, UsergroupInput, UsergroupPage, UsergroupReference, UsergroupResult, UsergroupSearch,
};
use contract::propeller::params::{
    DeleteUsergroupParams, GetUsergroupParams, ListUsergroupsParams, SearchUsergroupsParams,
    UpdateUsergroupParams,
};
use contract::propeller::responses::{
    CreateUsergroupResponse, DeleteUsergroupResponse, GetUsergroupResponse, ListUsergroupsResponse,
    SearchUsergroupsResponse, UpdateUsergroupResponse,
};
use contract::runtime::Call;
use directory::{Deletion, groups};
use model::groups::{GroupKey, GroupParts, GroupView, MemberParts};
use model::query::{Comparison, GroupField, Operator, Value};
use model::{Caller, Error, Result};

/// Every answer shows the same of a usergroup.
const PARTS: GroupParts = GroupParts {
    members: MemberParts::None,
    external_ids: true,
    owners: false,
    present_actors: false,
};

pub async fn list(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: ListUsergroupsParams,
) -> Result<ListUsergroupsResponse> {
    let asked = Asked::new(Some(params.page), Some(params.offset));
    let body = page(propeller, call, asked, Vec::new(), params.expands.as_deref()).await?;
    Ok(ListUsergroupsResponse::Ok { body })
}

pub async fn search(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: SearchUsergroupsParams,
    body: UsergroupSearch,
) -> Result<SearchUsergroupsResponse> {
    let asked = Asked::new(body.page, body.offset);
    let mut filter = Vec::new();
    for (field, operator, text) in [
        (GroupField::FoldedName, Operator::Contains, body.name),
        (GroupField::Language, Operator::Equal, body.language),
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
        filter.push(equals(GroupField::AnyExternalId, value));
    }
    if let Some(reference) = body.parent {
        let Some(value) = parent(propeller, call, reference).await? else {
            let body = asked.usergroups(Vec::new(), 0);
            return Ok(SearchUsergroupsResponse::Ok { body });
        };
        filter.push(equals(GroupField::Parent, value));
    }
    let body = page(propeller, call, asked, filter, params.expands.as_deref()).await?;
    Ok(SearchUsergroupsResponse::Ok { body })
}

/// What a search compares keys with.
pub fn external(value: Option<String>, source: Option<String>) -> Option<Value> {
    (value.is_some() || source.is_some()).then_some(Value::External { value, source })
}

/// What a search compares parents with; none if there is no such usergroup.
pub async fn parent(
    propeller: &Propeller,
    call: &Call<Caller>,
    reference: UsergroupReference,
) -> Result<Option<Value>> {
    let Some(key) = named(reference)? else {
        return Ok(Some(Value::Nothing));
    };
    match groups::get(propeller.directory(), &call.caller, &key, GroupParts::default()).await {
        Ok(view) => Ok(Some(Value::Integer(view.group.number.get()))),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn page(
    propeller: &Propeller,
    call: &Call<Caller>,
    asked: Asked,
    filter: Vec<Comparison<GroupField>>,
    expands: Option<&[String]>,
) -> Result<UsergroupPage> {
    let query = asked.query(filter);
    let found = groups::list(propeller.directory(), &call.caller, &query, PARTS).await?;
    let (sources, key) = (expanded(expands), Shown::default());
    let shown = |view| convert::usergroup(view, &key, sources);
    Ok(asked.usergroups(found.items.into_iter().map(shown).collect(), found.total))
}

pub async fn get(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: GetUsergroupParams,
) -> Result<GetUsergroupResponse> {
    let lookup = lookup(
        params.lookup_key,
        params.lookup_value,
        params.source,
        params.language,
    )?;
    let key = GroupKey::Lookup(lookup.clone());
    let view = groups::get(propeller.directory(), &call.caller, &key, PARTS).await?;
    let etag = tag(&view);
    if etag::known(params.if_none_match.as_deref(), &etag) {
        return Ok(GetUsergroupResponse::NotModified { etag });
    }
    let key = Shown {
        written: None,
        looked_up: Some(lookup),
    };
    let data = convert::usergroup(view, &key, expanded(params.expands.as_deref()));
    let body = UsergroupResult {
        data,
        messages: Vec::new(),
        total: 1,
    };
    Ok(GetUsergroupResponse::Ok { body, etag })
}

pub async fn create(
    propeller: &Propeller,
    call: &Call<Caller>,
    body: UsergroupInput,
) -> Result<CreateUsergroupResponse> {
    let (new, written) = convert::new_group(body)?;
    let view = groups::create(propeller.directory(), context(call), new, PARTS).await?;
    let key = Shown {
        written,
        looked_up: None,
    };
    Ok(CreateUsergroupResponse::Created {
        etag: tag(&view),
        body: result(view, &key, "Usergroup created"),
    })
}

pub async fn update(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: UpdateUsergroupParams,
    body: UsergroupInput,
) -> Result<UpdateUsergroupResponse> {
    let lookup = lookup(
        params.lookup_key,
        params.lookup_value,
        params.source,
        params.language,
    )?;
    let (change, written) = convert::group_change(body)?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let key = GroupKey::Lookup(lookup.clone());
    let directory = propeller.directory();
    let view = groups::update(directory, context(call), key, change, precondition, PARTS).await?;
    let key = Shown {
        written,
        looked_up: Some(lookup),
    };
    Ok(UpdateUsergroupResponse::Ok {
        etag: tag(&view),
        body: result(view, &key, "Usergroup updated"),
    })
}

pub async fn delete(
    propeller: &Propeller,
    call: &Call<Caller>,
    params: DeleteUsergroupParams,
) -> Result<DeleteUsergroupResponse> {
    let lookup = lookup(
        params.lookup_key,
        params.lookup_value,
        params.source,
        params.language,
    )?;
    let precondition = etag::precondition(params.if_match.as_deref());
    let (key, bin) = (GroupKey::Lookup(lookup), Deletion::RecycleBin);
    groups::delete(propeller.directory(), context(call), key, precondition, bin).await?;
    let body = deleted("Usergroup deleted");
    Ok(DeleteUsergroupResponse::Ok { body })
}

/// Whether `expands` asks for the list of keys. Many clients send the comma between the parts as an escape.
pub fn expanded(expands: Option<&[String]>) -> bool {
    let mut parts = expands
        .unwrap_or_default()
        .iter()
        .flat_map(|part| part.split(','));
    parts.any(|part| part == "sources")
}

/// The answer to a deletion.
pub fn deleted(message: &str) -> DeleteResult {
    DeleteResult {
        data: NoData {},
        messages: vec![message.to_owned()],
    }
}

fn result(view: GroupView, key: &Shown, message: &str) -> UsergroupResult {
    UsergroupResult {
        data: convert::usergroup(view, key, false),
        messages: vec![message.to_owned()],
        total: 1,
    }
}

/// Whether a parent is shown also depends on that one.
fn tag(view: &GroupView) -> String {
    etag::with_parent(view.group.version, view.group.fields.parent)
}
