//! Propeller's usergroup and user API (`openapi/propeller.yaml`).

mod bulk;
pub mod catalogue;
mod convert;
mod lookup;
mod pages;
pub mod problem;
mod tokens;
mod usergroups;
mod users;

use crate::requests;
use crate::state::State;
use actix_web::{HttpRequest, web};
use contract::propeller::PropellerApi;
use contract::propeller::models::{
    BulkUsergroups, BulkUsers, ErrorResponse, TokenRequest, UserInput, UserSearch, UsergroupInput,
    UsergroupSearch,
};
use contract::propeller::params::{
    DeleteUserParams, DeleteUsergroupParams, GetUserParams, GetUsergroupParams, ListUsergroupsParams,
    ListUsersParams, SearchUsergroupsParams, SearchUsersParams, UpdateUserParams, UpdateUsergroupParams,
};
use contract::propeller::responses::{
    BulkUsergroupsByIdResponse, BulkUsergroupsBySourceIdResponse, BulkUsersByIdResponse,
    BulkUsersBySourceIdResponse, CreateTokenResponse, CreateUserResponse, CreateUsergroupResponse,
    DeleteUserResponse, DeleteUsergroupResponse, GetUserResponse, GetUsergroupResponse,
    ListUsergroupsResponse, ListUsersResponse, SearchUsergroupsResponse, SearchUsersResponse,
    UpdateUserResponse, UpdateUsergroupResponse,
};
use contract::runtime::{Call, Failure, Refusal};
use directory::Directory;
use model::{Caller, Context, Dialect, Error};

/// The dialect's handlers.
pub struct Propeller {
    state: web::Data<State>,
}

impl Propeller {
    pub fn new(state: web::Data<State>) -> Self {
        Self { state }
    }

    fn directory(&self) -> &Directory {
        &self.state.directory
    }

    /// A use case's error as an answer.
    fn failed<C>(&self, call: &Call<C>) -> impl FnOnce(Error) -> Failure<ErrorResponse> {
        |error| problem::failure(&self.state.origin, &call.request, &error)
    }
}

/// The caller and the circumstances of a request.
fn context(call: &Call<Caller>) -> Context {
    Context {
        caller: call.caller.clone(),
        dialect: Dialect::Propeller,
        operation: call.operation.id,
        request: requests::id(&call.request),
    }
}

/// Whether a path is that of the one operation that takes a form.
fn is_token_path(path: &str) -> bool {
    let path = path.strip_prefix("/v2").unwrap_or(path);
    path.trim_end_matches('/') == "/oauth2/token"
}

type Answer<T> = Result<T, Failure<ErrorResponse>>;

impl PropellerApi for Propeller {
    type Caller = Caller;

    fn problem(&self, request: &HttpRequest, refusal: &Refusal) -> ErrorResponse {
        problem::refused(&self.state.origin, request, refusal)
    }

    async fn bearer_auth(&self, _request: &HttpRequest, token: &str) -> Result<Caller, Refusal> {
        self.state.bearer(token).await
    }

    async fn list_usergroups(
        &self,
        call: Call<Caller>,
        params: ListUsergroupsParams,
    ) -> Answer<ListUsergroupsResponse> {
        usergroups::list(self, &call, params)
            .await
            .map_err(self.failed(&call))
    }

    async fn create_usergroup(
        &self,
        call: Call<Caller>,
        body: UsergroupInput,
    ) -> Answer<CreateUsergroupResponse> {
        usergroups::create(self, &call, body)
            .await
            .map_err(self.failed(&call))
    }

    async fn search_usergroups(
        &self,
        call: Call<Caller>,
        params: SearchUsergroupsParams,
        body: UsergroupSearch,
    ) -> Answer<SearchUsergroupsResponse> {
        usergroups::search(self, &call, params, body)
            .await
            .map_err(self.failed(&call))
    }

    async fn bulk_usergroups_by_id(
        &self,
        call: Call<Caller>,
        body: BulkUsergroups,
    ) -> Answer<BulkUsergroupsByIdResponse> {
        let done = bulk::usergroups_by_id(self, &call, body).await;
        done.map(|body| BulkUsergroupsByIdResponse::Ok { body })
            .map_err(self.failed(&call))
    }

    async fn bulk_usergroups_by_source_id(
        &self,
        call: Call<Caller>,
        body: BulkUsergroups,
    ) -> Answer<BulkUsergroupsBySourceIdResponse> {
        let done = bulk::usergroups_by_source_id(self, &call, body).await;
        done.map(|body| BulkUsergroupsBySourceIdResponse::Ok { body })
            .map_err(self.failed(&call))
    }

    async fn get_usergroup(
        &self,
        call: Call<Caller>,
        params: GetUsergroupParams,
    ) -> Answer<GetUsergroupResponse> {
        usergroups::get(self, &call, params)
            .await
            .map_err(self.failed(&call))
    }

    async fn update_usergroup(
        &self,
        call: Call<Caller>,
        params: UpdateUsergroupParams,
        body: UsergroupInput,
    ) -> Answer<UpdateUsergroupResponse> {
        usergroups::update(self, &call, params, body)
            .await
            .map_err(self.failed(&call))
    }

    async fn delete_usergroup(
        &self,
        call: Call<Caller>,
        params: DeleteUsergroupParams,
    ) -> Answer<DeleteUsergroupResponse> {
        usergroups::delete(self, &call, params)
            .await
            .map_err(self.failed(&call))
    }

    async fn list_users(&self, call: Call<Caller>, params: ListUsersParams) -> Answer<ListUsersResponse> {
        users::list(self, &call, params).await.map_err(self.failed(&call))
    }

    async fn create_user(&self, call: Call<Caller>, body: UserInput) -> Answer<CreateUserResponse> {
        users::create(self, &call, body).await.map_err(self.failed(&call))
    }

    async fn search_users(
        &self,
        call: Call<Caller>,
        params: SearchUsersParams,
        body: UserSearch,
    ) -> Answer<SearchUsersResponse> {
        users::search(self, &call, params, body)
            .await
            .map_err(self.failed(&call))
    }

    async fn bulk_users_by_id(&self, call: Call<Caller>, body: BulkUsers) -> Answer<BulkUsersByIdResponse> {
        let done = bulk::users_by_id(self, &call, body).await;
        done.map(|body| BulkUsersByIdResponse::Ok { body })
            .map_err(self.failed(&call))
    }

    async fn bulk_users_by_source_id(
        &self,
        call: Call<Caller>,
        body: BulkUsers,
    ) -> Answer<BulkUsersBySourceIdResponse> {
        let done = bulk::users_by_source_id(self, &call, body).await;
        done.map(|body| BulkUsersBySourceIdResponse::Ok { body })
            .map_err(self.failed(&call))
    }

    async fn get_user(&self, call: Call<Caller>, params: GetUserParams) -> Answer<GetUserResponse> {
        users::get(self, &call, params).await.map_err(self.failed(&call))
    }

    async fn update_user(
        &self,
        call: Call<Caller>,
        params: UpdateUserParams,
        body: UserInput,
    ) -> Answer<UpdateUserResponse> {
        users::update(self, &call, params, body)
            .await
            .map_err(self.failed(&call))
    }

    async fn delete_user(&self, call: Call<Caller>, params: DeleteUserParams) -> Answer<DeleteUserResponse> {
        users::delete(self, &call, params)
            .await
            .map_err(self.failed(&call))
    }

    async fn create_token(&self, call: Call<()>, body: TokenRequest) -> Answer<CreateTokenResponse> {
        tokens::create(self, body).await.map_err(self.failed(&call))
    }
}
