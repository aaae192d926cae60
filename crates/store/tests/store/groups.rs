//! Groups.

use crate::fixture::{Fixture, at, bound_actor, code, group, name};
use model::error::{Error, Kind};
use model::groups::{
    Budget, ExternalId, Group, GroupFields, GroupKey, OrderListAllowAll, SelfService, Status,
};
use store::groups::GroupDraft;
use store::{Db, group_types, groups};

#[tokio::test]
async fn every_field_comes_back() {
    let f = Fixture::new().await;
    let parent = f.group("parent").await;
    let one = f.one;
    let household = f
        .store
        .write(async move |tx: &Db| group_types::insert(tx, one, &name("Household")).await)
        .await
        .unwrap();
    let full = GroupDraft {
        fields: GroupFields {
            name: name("Füll"),
            description: Some("what it is for".to_owned()),
            parent: Some(parent.number),
            group_type: Some(household.number),
            status: Status::Inactive,
            active_from: Some(at(1)),
            active_until: Some(at(2)),
            language: Some("nl".to_owned()),
            company: Some("Company".to_owned()),
            department: Some("Department".to_owned()),
            office: Some("Office".to_owned()),
            notes: Some("Notes\nof two lines".to_owned()),
            inherit_product_list: false,
            inherit_order_list: false,
            budget: Budget::H,
            budget_inherit: false,
            order_list_allow_all: OrderListAllowAll::P,
            only_owners_edit: true,
            self_service: SelfService::RequiresApproval,
            scope_type_id: Some(i32::MIN),
            scope_id: Some(i32::MAX),
        },
        member_count: 12,
        at: at(123_456),
        by: bound_actor(),
        ..group(f.one, "sdk group/1")
    };
    for draft in [full, group(f.one, "empty")] {
        let made = f.insert(draft.clone()).await.unwrap();
        assert_eq!(made.fields, draft.fields);
        assert_eq!(made.created_by, draft.by);
        for key in [
            GroupKey::Number(made.number),
            GroupKey::Id(made.id),
            GroupKey::Code(made.code.clone()),
        ] {
            let found = groups::find(&f.store.reads(), f.one, &key).await.unwrap();
            assert_eq!(found.as_ref(), Some(&made), "{key:?}");
            let other = groups::find(&f.store.reads(), f.two, &key).await.unwrap();
            assert_eq!(other, None, "{key:?} of another tenant");
        }
    }
}
