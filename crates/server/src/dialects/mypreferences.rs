//! MyPreferences' group types and profile groups (`openapi/mypreferences.yaml`).

mod access;
mod convert;
mod group_types;
mod groups;
mod patch;
pub mod problem;
mod profiles;
mod signature;
mod tokens;

use crate::requests;
use crate::state::State;
use actix_web::{HttpRequest, web};
use contract::mypreferences::MypreferencesApi;
use contract::mypreferences::models::{
    ErrorResponse as Body, GroupRename, GroupTypeBatch, JsonPatch, Profile, TokenRequest,
};
use contract::mypreferences::params::{
    CreateGroupTypesParams, CreateProfileParams, GetProfileParams, ListGroupNamesParams,
    ListGroupProfilesParams, ListGroupTypesParams, PatchProfileParams, RenameGroupParams,
    UpdateGroupTypeParams, UpdateProfileParams,
};
use contract::mypreferences::responses::{
    CreateGroupTypesResponse, CreateProfileResponse, CreateTokenResponse, GetProfileResponse,
    ListGroupNamesResponse, ListGroupProfilesResponse, ListGroupTypesResponse, PatchProfileResponse,
    RenameGroupResponse, UpdateGroupTypeResponse, UpdateProfileResponse,
};
use contract::runtime::{Call, Failure, Refusal};
use directory::tenants;
use model::error::Kind;
use model::{Caller, Context, Dialect, Error};
use std::fmt::Write;

/// The dialect's handlers.
pub struct MyPreferences {
    state: web::Data<State>,
}

impl MyPreferences {
    pub fn new(state: web::Data<State>) -> Self {
        Self { state }
    }

    /// The caller of a read. Another account than the credential's does not exist.
    async fn reader<'a>(&self, call: &'a Call<Caller>, client_id: &str) -> Result<&'a Caller, Error> {
        let own = tenants::alias(&self.state.directory, call.caller.tenant, Dialect::MyPreferences).await?;
        if own.as_deref() == Some(client_id) {
            Ok(&call.caller)
        } else {
            Err(Error::not_found(Kind::Tenant, client_id))
        }
    }

    /// An address below the account, for `Location`.
    fn link(&self, request: &HttpRequest, client_id: &str, path: &str) -> String {
        let origin = self.state.origin.of(request);
        format!("{origin}/Profiles/v4/{}/{path}", segment(client_id))
    }

    /// The caller and the circumstances of a write.
    async fn writer(&self, call: &Call<Caller>, client_id: &str) -> Result<Context, Error> {
        call.caller.writes()?;
        let caller = self.reader(call, client_id).await?.clone();
        Ok(Context {
            caller,
            dialect: Dialect::MyPreferences,
            operation: call.operation.id,
            request: requests::id(&call.request),
        })
    }
}

/// A text as one segment of a path.
fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

type Answer<T> = Result<T, Failure<Body>>;

impl MypreferencesApi for MyPreferences {
    type Caller = Caller;

    fn problem(&self, request: &HttpRequest, refusal: &Refusal) -> Body {
        problem::refused(request, refusal)
    }

    async fn bearer_auth(&self, _request: &HttpRequest, token: &str) -> Result<Caller, Refusal> {
        self.state.bearer(token).await
    }

    async fn signature(&self, request: &HttpRequest, credential: &str) -> Result<Caller, Refusal> {
        access::signed(&self.state.directory, request, credential).await
    }

    async fn list_group_types(
        &self,
        call: Call<Caller>,
        params: ListGroupTypesParams,
    ) -> Answer<ListGroupTypesResponse> {
        group_types::list(self, &call, params).await
    }

    async fn create_group_types(
        &self,
        call: Call<Caller>,
        params: CreateGroupTypesParams,
        body: GroupTypeBatch,
    ) -> Answer<CreateGroupTypesResponse> {
        group_types::create(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_group_type(
        &self,
        call: Call<Caller>,
        params: UpdateGroupTypeParams,
        body: JsonPatch,
    ) -> Answer<UpdateGroupTypeResponse> {
        group_types::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_group_names(
        &self,
        call: Call<Caller>,
        params: ListGroupNamesParams,
    ) -> Answer<ListGroupNamesResponse> {
        groups::names(self, &call, params).await
    }

    async fn rename_group(
        &self,
        call: Call<Caller>,
        params: RenameGroupParams,
        body: GroupRename,
    ) -> Answer<RenameGroupResponse> {
        groups::rename(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_group_profiles(
        &self,
        call: Call<Caller>,
        params: ListGroupProfilesParams,
    ) -> Answer<ListGroupProfilesResponse> {
        groups::profiles(self, &call, params).await
    }

    async fn create_profile(
        &self,
        call: Call<Caller>,
        params: CreateProfileParams,
        body: Profile,
    ) -> Answer<CreateProfileResponse> {
        profiles::create(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_profile(&self, call: Call<Caller>, params: GetProfileParams) -> Answer<GetProfileResponse> {
        profiles::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_profile(
        &self,
        call: Call<Caller>,
        params: UpdateProfileParams,
        body: Profile,
    ) -> Answer<UpdateProfileResponse> {
        profiles::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn patch_profile(
        &self,
        call: Call<Caller>,
        params: PatchProfileParams,
        body: JsonPatch,
    ) -> Answer<PatchProfileResponse> {
        profiles::patch(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn create_token(&self, call: Call<()>, body: TokenRequest) -> Answer<CreateTokenResponse> {
        tokens::create(self, &call, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }
}
