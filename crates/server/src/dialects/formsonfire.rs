//! Forms On Fire's user and user group API, version 2 (`openapi/formsonfire.yaml`).

mod access;
mod convert;
mod extras;
mod groups;
pub mod problem;
mod refs;
mod users;

use crate::requests;
use crate::state::State;
use access::Company;
use actix_web::{HttpRequest, web};
use contract::formsonfire::FormsonfireApi;
use contract::formsonfire::models::{
    ErrorResponse, UserCreate, UserGroupCreate, UserGroupUpdate, UserUpdate,
};
use contract::formsonfire::params::{
    DeleteUserGroupParams, DeleteUserParams, GetUserGroupParams, GetUserParams, SearchUserGroupsParams,
    SearchUsersParams, UpdateUserGroupParams, UpdateUserParams,
};
use contract::formsonfire::responses::{
    CreateUserGroupResponse, CreateUserResponse, DeleteUserGroupResponse, DeleteUserResponse,
    GetUserGroupResponse, GetUserResponse, SearchUserGroupsResponse, SearchUsersResponse,
    UpdateUserGroupResponse, UpdateUserResponse,
};
use contract::runtime::{Call, Failure, Refusal};
use model::{Context, Dialect};

/// The dialect's handlers.
pub struct FormsOnFire {
    state: web::Data<State>,
}

impl FormsOnFire {
    pub fn new(state: web::Data<State>) -> Self {
        Self { state }
    }
}

/// The caller and the circumstances of a request.
fn context(call: &Call<Company>) -> Context {
    Context {
        caller: call.caller.caller.clone(),
        dialect: Dialect::FormsOnFire,
        operation: call.operation.id,
        request: requests::id(&call.request),
    }
}

type Answer<T> = Result<T, Failure<ErrorResponse>>;

impl FormsonfireApi for FormsOnFire {
    type Caller = Company;

    fn problem(&self, request: &HttpRequest, refusal: &Refusal) -> ErrorResponse {
        problem::refused(request, refusal)
    }

    async fn company_id_and_integration_key(
        &self,
        _request: &HttpRequest,
        company_id: &str,
        integration_key: &str,
    ) -> Result<Company, Refusal> {
        access::company(&self.state.directory, company_id, integration_key).await
    }

    async fn get_user_group(
        &self,
        call: Call<Company>,
        params: GetUserGroupParams,
    ) -> Answer<GetUserGroupResponse> {
        groups::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn create_user_group(
        &self,
        call: Call<Company>,
        body: UserGroupCreate,
    ) -> Answer<CreateUserGroupResponse> {
        groups::create(self, &call, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_user_group(
        &self,
        call: Call<Company>,
        params: UpdateUserGroupParams,
        body: UserGroupUpdate,
    ) -> Answer<UpdateUserGroupResponse> {
        groups::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn delete_user_group(
        &self,
        call: Call<Company>,
        params: DeleteUserGroupParams,
    ) -> Answer<DeleteUserGroupResponse> {
        groups::delete(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn search_user_groups(
        &self,
        call: Call<Company>,
        params: SearchUserGroupsParams,
    ) -> Answer<SearchUserGroupsResponse> {
        groups::search(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_user(&self, call: Call<Company>, params: GetUserParams) -> Answer<GetUserResponse> {
        users::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn create_user(&self, call: Call<Company>, body: UserCreate) -> Answer<CreateUserResponse> {
        users::create(self, &call, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_user(
        &self,
        call: Call<Company>,
        params: UpdateUserParams,
        body: UserUpdate,
    ) -> Answer<UpdateUserResponse> {
        users::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn delete_user(&self, call: Call<Company>, params: DeleteUserParams) -> Answer<DeleteUserResponse> {
        users::delete(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn search_users(
        &self,
        call: Call<Company>,
        params: SearchUsersParams,
    ) -> Answer<SearchUsersResponse> {
        users::search(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }
}
