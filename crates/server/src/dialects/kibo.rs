//! Kibo's admin user API (`openapi/kibo.yaml`).

mod accounts;
mod convert;
mod groups;
mod list;
mod passwords;
pub mod problem;
mod roles;
mod tickets;

use crate::requests;
use crate::state::State;
use actix_web::{HttpRequest, web};
use contract::kibo::KiboApi;
use contract::kibo::models::{
    AccountCreate, AdminGroup, AdminUserPasswordInfo, AdminUserResetPasswordInfo, AppAuthInfo,
    AuthTicketRequest, ChangeUserPasswordInfo, ErrorResponse, OAuthTicketRequest, User, UserIdList,
};
use contract::kibo::params::{
    AddAccountRoleParams, AddGroupUsersParams, ChangePasswordParams, ChangeUserPasswordParams,
    CreateAccountParams, CreateGroupParams, DeleteAccountParams, DeleteAuthTicketParams, DeleteGroupParams,
    GetAccountByIdParams, GetAccountParams, GetGroupParams, ListAccountRolesParams, ListAccountTenantsParams,
    ListAccountsParams, ListGroupsParams, ListRolesParams, RemoveAccountRoleParams, RemoveGroupUsersParams,
    ResetPasswordParams, UnlockAccountParams, UpdateAccountParams, UpdateGroupParams,
};
use contract::kibo::responses::{
    AddAccountRoleResponse, AddGroupUsersResponse, ChangePasswordResponse, ChangeUserPasswordResponse,
    CreateAccountResponse, CreateAuthTicketResponse, CreateGroupResponse, CreateOauthTicketResponse,
    DeleteAccountResponse, DeleteAuthTicketResponse, DeleteGroupResponse, GetAccountByIdResponse,
    GetAccountResponse, GetGroupResponse, ListAccountRolesResponse, ListAccountTenantsResponse,
    ListAccountsResponse, ListGroupsResponse, ListRolesResponse, RefreshAuthTicketResponse,
    RefreshOauthTicketResponse, RemoveAccountRoleResponse, RemoveGroupUsersResponse, ResetPasswordResponse,
    UnlockAccountResponse, UpdateAccountResponse, UpdateGroupResponse,
};
use contract::runtime::{Call, Failure, Refusal};
use directory::tenants;
use model::{Caller, Context, Dialect, Error};

/// The dialect's handlers.
pub struct Kibo {
    state: web::Data<State>,
}

impl Kibo {
    pub fn new(state: web::Data<State>) -> Self {
        Self { state }
    }

    /// The caller and the circumstances of a request. `tenant` is the request's `x-vol-tenant`: it may be absent,
    /// and a tenant other than the credential's is refused.
    async fn context(&self, call: &Call<Caller>, tenant: Option<&str>) -> Result<Context, Error> {
        if let Some(tenant) = tenant {
            let own = tenants::alias(&self.state.directory, call.caller.tenant, Dialect::Kibo).await?;
            if own.as_deref() != Some(tenant) {
                return Err(Error::Forbidden {
                    reason: "`x-vol-tenant` does not name the credential's tenant",
                });
            }
        }
        Ok(Context {
            caller: call.caller.clone(),
            dialect: Dialect::Kibo,
            operation: call.operation.id,
            request: requests::id(&call.request),
        })
    }
}

type Answer<T> = Result<T, Failure<ErrorResponse>>;

impl KiboApi for Kibo {
    type Caller = Caller;

    fn problem(&self, request: &HttpRequest, refusal: &Refusal) -> ErrorResponse {
        problem::refused(request, refusal)
    }

    async fn bearer_auth(&self, _request: &HttpRequest, token: &str) -> Result<Caller, Refusal> {
        self.state.bearer(token).await
    }

    async fn app_claims(&self, _request: &HttpRequest, token: &str) -> Result<Caller, Refusal> {
        self.state.bearer(token).await
    }

    async fn list_groups(&self, call: Call<Caller>, params: ListGroupsParams) -> Answer<ListGroupsResponse> {
        groups::list(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn create_group(
        &self,
        call: Call<Caller>,
        params: CreateGroupParams,
        body: AdminGroup,
    ) -> Answer<CreateGroupResponse> {
        groups::create(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_group(&self, call: Call<Caller>, params: GetGroupParams) -> Answer<GetGroupResponse> {
        groups::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_group(
        &self,
        call: Call<Caller>,
        params: UpdateGroupParams,
        body: AdminGroup,
    ) -> Answer<UpdateGroupResponse> {
        groups::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn delete_group(
        &self,
        call: Call<Caller>,
        params: DeleteGroupParams,
    ) -> Answer<DeleteGroupResponse> {
        groups::delete(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn add_group_users(
        &self,
        call: Call<Caller>,
        params: AddGroupUsersParams,
        body: UserIdList,
    ) -> Answer<AddGroupUsersResponse> {
        groups::add_users(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn remove_group_users(
        &self,
        call: Call<Caller>,
        params: RemoveGroupUsersParams,
        body: UserIdList,
    ) -> Answer<RemoveGroupUsersResponse> {
        groups::remove_users(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_accounts(
        &self,
        call: Call<Caller>,
        params: ListAccountsParams,
    ) -> Answer<ListAccountsResponse> {
        accounts::list(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn create_account(
        &self,
        call: Call<Caller>,
        params: CreateAccountParams,
        body: AccountCreate,
    ) -> Answer<CreateAccountResponse> {
        accounts::create(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn reset_password(
        &self,
        call: Call<Caller>,
        params: ResetPasswordParams,
        body: AdminUserResetPasswordInfo,
    ) -> Answer<ResetPasswordResponse> {
        passwords::reset(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_account(&self, call: Call<Caller>, params: GetAccountParams) -> Answer<GetAccountResponse> {
        accounts::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_account(
        &self,
        call: Call<Caller>,
        params: UpdateAccountParams,
        body: User,
    ) -> Answer<UpdateAccountResponse> {
        accounts::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn delete_account(
        &self,
        call: Call<Caller>,
        params: DeleteAccountParams,
    ) -> Answer<DeleteAccountResponse> {
        accounts::delete(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_account_by_id(
        &self,
        call: Call<Caller>,
        params: GetAccountByIdParams,
    ) -> Answer<GetAccountByIdResponse> {
        accounts::get_by_id(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_account_tenants(
        &self,
        call: Call<Caller>,
        params: ListAccountTenantsParams,
    ) -> Answer<ListAccountTenantsResponse> {
        accounts::list_tenants(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_account_roles(
        &self,
        call: Call<Caller>,
        params: ListAccountRolesParams,
    ) -> Answer<ListAccountRolesResponse> {
        roles::list_of_account(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn add_account_role(
        &self,
        call: Call<Caller>,
        params: AddAccountRoleParams,
    ) -> Answer<AddAccountRoleResponse> {
        roles::add(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn remove_account_role(
        &self,
        call: Call<Caller>,
        params: RemoveAccountRoleParams,
    ) -> Answer<RemoveAccountRoleResponse> {
        roles::remove(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn change_password(
        &self,
        call: Call<Caller>,
        params: ChangePasswordParams,
        body: AdminUserPasswordInfo,
    ) -> Answer<ChangePasswordResponse> {
        passwords::change(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn change_user_password(
        &self,
        call: Call<Caller>,
        params: ChangeUserPasswordParams,
        body: ChangeUserPasswordInfo,
    ) -> Answer<ChangeUserPasswordResponse> {
        passwords::change_of_user(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn unlock_account(
        &self,
        call: Call<Caller>,
        params: UnlockAccountParams,
    ) -> Answer<UnlockAccountResponse> {
        passwords::unlock(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_roles(&self, call: Call<Caller>, params: ListRolesParams) -> Answer<ListRolesResponse> {
        roles::list(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn create_oauth_ticket(
        &self,
        call: Call<()>,
        body: OAuthTicketRequest,
    ) -> Answer<CreateOauthTicketResponse> {
        tickets::create(self, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn create_auth_ticket(
        &self,
        call: Call<()>,
        body: AppAuthInfo,
    ) -> Answer<CreateAuthTicketResponse> {
        tickets::create_older(self, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn refresh_auth_ticket(
        &self,
        call: Call<()>,
        body: AuthTicketRequest,
    ) -> Answer<RefreshAuthTicketResponse> {
        tickets::refresh_older(self, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn refresh_oauth_ticket(
        &self,
        call: Call<()>,
        body: AuthTicketRequest,
    ) -> Answer<RefreshOauthTicketResponse> {
        tickets::refresh(self, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn delete_auth_ticket(
        &self,
        call: Call<()>,
        params: DeleteAuthTicketParams,
    ) -> Answer<DeleteAuthTicketResponse> {
        tickets::delete(self, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }
}
