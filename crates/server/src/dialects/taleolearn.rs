//! Oracle Taleo Learn's learnCenter group API (`openapi/taleolearn.yaml`).

mod access;
mod catalog;
mod convert;
mod dates;
mod groups;
mod hand_out;
mod items;
mod links;
mod members;
mod owners;
pub mod problem;
mod users;

pub use hand_out::hand_out;

use crate::requests;
use crate::state::State;
use access::Learner;
use actix_web::{HttpRequest, web};
use contract::runtime::{Call, Failure, Refusal};
use contract::taleolearn::TaleolearnApi;
use contract::taleolearn::models::{
    ErrorResponse as Problem, GroupCreate, GroupPatch, GroupReplace, MappedItemInput, MemberCreate,
    MemberUpdate,
};
use contract::taleolearn::params::{
    AddMappedItemParams, AddMemberParams, CreateGroupParams, GetGroupParams, GetMemberParams, GetOwnerParams,
    GetUserParams, ListGroupsParams, ListMappedItemsParams, ListMembersParams, ListMembershipsParams,
    ListOwnersParams, RemoveMappedItemParams, RemoveMemberParams, ReplaceGroupParams,
    ReplaceMappedItemParams, UpdateGroupParams, UpdateMappedItemParams, UpdateMemberParams,
};
use contract::taleolearn::responses::{
    AddMappedItemResponse, AddMemberResponse, CreateGroupResponse, GetGroupResponse, GetMemberResponse,
    GetMetadataCatalogResponse, GetOwnerResponse, GetUserResponse, ListGroupsResponse,
    ListMappedItemsResponse, ListMembersResponse, ListMembershipsResponse, ListOwnersResponse,
    RemoveMappedItemResponse, RemoveMemberResponse, ReplaceGroupResponse, ReplaceMappedItemResponse,
    UpdateGroupResponse, UpdateMappedItemResponse, UpdateMemberResponse,
};
use links::Links;
use model::{Context, Dialect, Result};

/// Where the document's paths are mounted, in any letter case.
pub const MOUNT: &str = r"/{_mount:(?i-u:learn\.rest)}/{_version:(?i-u:v1)}";
/// The same as links show it.
const PREFIX: &str = "/learn.rest/v1";

/// A path without the mount point, if it lies below.
pub fn below_mount(path: &str) -> Option<&str> {
    let (head, rest) = path.split_at_checked(PREFIX.len())?;
    head.eq_ignore_ascii_case(PREFIX).then_some(rest)
}

/// The dialect's handlers.
pub struct TaleoLearn {
    state: web::Data<State>,
}

impl TaleoLearn {
    pub fn new(state: web::Data<State>) -> Self {
        Self { state }
    }

    /// The links of an answer to this request, whose learnCenter has to be the caller's.
    fn links(&self, call: &Call<Learner>, learn_center: i64) -> Result<Links> {
        call.caller.is_at(learn_center)?;
        Ok(Links::new(&self.state.origin.of(&call.request), learn_center))
    }

    /// The caller and the circumstances of a write. Whoever may not write at all is told so first.
    fn writes(&self, call: &Call<Learner>, learn_center: i64) -> Result<(Context, Links)> {
        let caller = call.caller.caller.clone();
        caller.writes()?;
        let links = self.links(call, learn_center)?;
        let context = Context {
            caller,
            dialect: Dialect::TaleoLearn,
            operation: call.operation.id,
            request: requests::id(&call.request),
        };
        Ok((context, links))
    }
}

type Answer<T> = Result<T, Failure<Problem>>;

impl TaleolearnApi for TaleoLearn {
    type Caller = Learner;

    fn problem(&self, request: &HttpRequest, refusal: &Refusal) -> Problem {
        problem::refused(request, refusal)
    }

    async fn basic_auth(&self, request: &HttpRequest, credentials: &str) -> Result<Learner, Refusal> {
        access::basic(&self.state.directory, request, credentials).await
    }

    async fn learn_token(&self, request: &HttpRequest, token: &str) -> Result<Learner, Refusal> {
        access::token(&self.state, request, token).await
    }

    async fn list_groups(&self, call: Call<Learner>, params: ListGroupsParams) -> Answer<ListGroupsResponse> {
        groups::list(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn create_group(
        &self,
        call: Call<Learner>,
        params: CreateGroupParams,
        body: GroupCreate,
    ) -> Answer<CreateGroupResponse> {
        groups::create(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_group(&self, call: Call<Learner>, params: GetGroupParams) -> Answer<GetGroupResponse> {
        groups::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn replace_group(
        &self,
        call: Call<Learner>,
        params: ReplaceGroupParams,
        body: GroupReplace,
    ) -> Answer<ReplaceGroupResponse> {
        groups::replace(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_group(
        &self,
        call: Call<Learner>,
        params: UpdateGroupParams,
        body: GroupPatch,
    ) -> Answer<UpdateGroupResponse> {
        groups::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_owners(&self, call: Call<Learner>, params: ListOwnersParams) -> Answer<ListOwnersResponse> {
        owners::list(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_owner(&self, call: Call<Learner>, params: GetOwnerParams) -> Answer<GetOwnerResponse> {
        owners::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_members(
        &self,
        call: Call<Learner>,
        params: ListMembersParams,
    ) -> Answer<ListMembersResponse> {
        members::list(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn add_member(
        &self,
        call: Call<Learner>,
        params: AddMemberParams,
        body: MemberCreate,
    ) -> Answer<AddMemberResponse> {
        members::add(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_member(&self, call: Call<Learner>, params: GetMemberParams) -> Answer<GetMemberResponse> {
        members::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_member(
        &self,
        call: Call<Learner>,
        params: UpdateMemberParams,
        body: MemberUpdate,
    ) -> Answer<UpdateMemberResponse> {
        members::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn remove_member(
        &self,
        call: Call<Learner>,
        params: RemoveMemberParams,
    ) -> Answer<RemoveMemberResponse> {
        members::remove(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_mapped_items(
        &self,
        call: Call<Learner>,
        params: ListMappedItemsParams,
    ) -> Answer<ListMappedItemsResponse> {
        items::list(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn add_mapped_item(
        &self,
        call: Call<Learner>,
        params: AddMappedItemParams,
        body: MappedItemInput,
    ) -> Answer<AddMappedItemResponse> {
        items::add(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn replace_mapped_item(
        &self,
        call: Call<Learner>,
        params: ReplaceMappedItemParams,
        body: MappedItemInput,
    ) -> Answer<ReplaceMappedItemResponse> {
        items::replace(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn update_mapped_item(
        &self,
        call: Call<Learner>,
        params: UpdateMappedItemParams,
        body: MappedItemInput,
    ) -> Answer<UpdateMappedItemResponse> {
        items::update(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn remove_mapped_item(
        &self,
        call: Call<Learner>,
        params: RemoveMappedItemParams,
        body: MappedItemInput,
    ) -> Answer<RemoveMappedItemResponse> {
        items::remove(self, &call, params, body)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_user(&self, call: Call<Learner>, params: GetUserParams) -> Answer<GetUserResponse> {
        users::get(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn list_memberships(
        &self,
        call: Call<Learner>,
        params: ListMembershipsParams,
    ) -> Answer<ListMembershipsResponse> {
        users::memberships(self, &call, params)
            .await
            .map_err(|error| problem::failure(&call.request, &error))
    }

    async fn get_metadata_catalog(&self, call: Call<Learner>) -> Answer<GetMetadataCatalogResponse> {
        Ok(catalog::get(self, &call))
    }
}

#[cfg(test)]
mod tests {
    use super::below_mount;

    #[test]
    fn the_mount_is_taken_off_in_any_letter_case() {
        for (path, below) in [
            ("/learn.rest/v1/users/1", Some("/users/1")),
            ("/LEARN.rest/V1", Some("")),
            ("/learn.rest/v2/users/1", None),
            ("/learn.rest", None),
        ] {
            assert_eq!(below_mount(path), below, "{path}");
        }
    }
}
