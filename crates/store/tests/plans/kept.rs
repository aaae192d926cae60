//! What an export reads, and what an import of one writes. An event is put by the statements of any event.

use crate::{actor, at, external, item, name, user};
use model::credentials::Credential;
use model::group_types::{GroupType, GroupTypeFields};
use model::groups::{Group, GroupFields, Membership};
use model::ids::{
    CredentialNumber, GroupId, GroupNumber, GroupTypeNumber, RoleNumber, TenantNumber, UserNumber,
};
use model::roles::{Grant, Role};
use model::tenants::Tenant;
use model::text::Code;
use model::users::{GrantView, User, UserGroups, UserView};
use model::{Access, Dialect, Result};
use store::Db;
use store::credentials::StoredSecret;
use store::kept::{self, Numbers};
use uuid::Uuid;

/// A page of each, from the start and from within, and the rest of a group that is longer than a page.
pub async fn reads(db: &Db) -> Result<()> {
    let tenant = TenantNumber::new(1).unwrap();
    kept::last_numbers(db).await?;
    kept::users(db, tenant, 5, 500).await?;
    kept::groups(db, tenant, 5, 500).await?;
    kept::memberships(db, tenant, (5, 5), 500).await?;
    kept::events(db, tenant, 5, 500).await?;
    for length in [1, 500] {
        let groups = vec![GroupNumber::new(1).unwrap(); length];
        kept::items(db, tenant, &groups).await?;
    }
    Ok(())
}

/// A tenant with one object of each kind.
pub async fn writes(tx: &Db) -> Result<()> {
    let tenant = TenantNumber::new(9).unwrap();
    kept::put_tenant(tx, &tenant_of(tenant)).await?;
    let role = Role {
        number: RoleNumber::new(1).unwrap(),
        name: "Reader".to_owned(),
    };
    kept::put_roles(tx, tenant, &[role]).await?;
    kept::put_group_type(tx, &type_of(tenant)).await?;
    let user = user_of(tenant);
    kept::put_user(tx, &user).await?;
    let number = user.user.number;
    kept::put_grant(tx, tenant, number, &grant()).await?;
    let (group, parent) = (group_of(tenant, 9), group_of(tenant, 10));
    kept::put_group(tx, &group).await?;
    kept::put_group(tx, &parent).await?;
    kept::put_parent(tx, tenant, group.number, parent.number).await?;
    kept::put_owner(tx, tenant, group.number, number).await?;
    kept::put_item(tx, tenant, group.number, &item()).await?;
    let membership = Membership {
        group: group.number,
        user: number,
        excluded: false,
        is_parent: false,
    };
    kept::put_membership(tx, tenant, &membership).await?;
    kept::count_members(tx, tenant).await?;
    let secret = StoredSecret {
        lookup: [9; 32],
        sealed: vec![1],
        created_at: at(),
    };
    kept::put_credential(tx, &credential_of(tenant), Some(number), &[secret]).await?;
    kept::end_chain(tx, tenant, 0, &[0; 32]).await?;
    let raised = Numbers {
        user: 99,
        ..Numbers::default()
    };
    kept::raise_numbers(tx, &raised).await
}

fn tenant_of(number: TenantNumber) -> Tenant {
    Tenant {
        number,
        name: "nine".to_owned(),
        created_at: at(),
        aliases: vec![(Dialect::Kibo, "9".to_owned())],
    }
}

fn type_of(tenant: TenantNumber) -> GroupType {
    GroupType {
        number: GroupTypeNumber::new(9).unwrap(),
        tenant,
        fields: GroupTypeFields {
            name: name("Household"),
            ..GroupTypeFields::default()
        },
        created_at: at(),
        created_by: actor(),
        updated_at: at(),
        updated_by: actor(),
    }
}

fn user_of(tenant: TenantNumber) -> UserView {
    let draft = user(tenant);
    UserView {
        user: User {
            number: UserNumber::new(9).unwrap(),
            id: model::ids::UserId(Uuid::from_u128(9)),
            tenant,
            fields: draft.fields,
            version: 1,
            created_at: at(),
            created_by: actor(),
            updated_at: at(),
            updated_by: actor(),
        },
        external_ids: vec![external()],
        grants: Vec::new(),
        groups: UserGroups::default(),
        parent: None,
    }
}

fn grant() -> GrantView {
    GrantView {
        grant: Grant {
            role: RoleNumber::new(1).unwrap(),
            scope: None,
            resources: Vec::new(),
            tags: Vec::new(),
        },
        role_name: String::new(),
        created_at: at(),
        created_by: actor(),
        updated_at: at(),
        updated_by: actor(),
    }
}

fn group_of(tenant: TenantNumber, number: i64) -> Group {
    Group {
        number: GroupNumber::new(number).unwrap(),
        id: GroupId(Uuid::from_u128(u128::from(number.unsigned_abs()))),
        tenant,
        code: Code::stored(number.to_string()),
        fields: GroupFields::default(),
        version: 1,
        member_count: 0,
        created_at: at(),
        created_by: actor(),
        updated_at: at(),
        updated_by: actor(),
        deleted_at: None,
    }
}

fn credential_of(tenant: TenantNumber) -> Credential {
    Credential {
        number: CredentialNumber::new(9).unwrap(),
        tenant,
        client_id: "nine".to_owned(),
        access: Access::Reader,
        user: None,
        created_at: at(),
        revoked_at: None,
        secrets: 1,
    }
}
