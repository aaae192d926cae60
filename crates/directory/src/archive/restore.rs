//! Puts back what an export holds: numbers, identifiers, instants, actors and the audit history as they were.

mod rules;

use super::place::Place;
use super::records::{
    CredentialRecord, EventRecord, GroupRecord, GroupTypeRecord, MembershipRecord, Numbers, RoleRecord,
    UserRecord, whole,
};
use super::scan::{Raw, Scanner};
use super::{Import, Order, Summary, required};
use crate::keys;
use crate::secrets::{Secret, parse_client_id};
use model::credentials::Credential;
use model::group_types::GroupType;
use model::groups::{Group, Membership};
use model::ids::{GroupNumber, MAX_NUMBER, TenantNumber};
use model::roles::Role;
use model::tenants::Tenant;
use model::users::{GrantView, User, UserGroups, UserView};
use model::{Error, Instant, Result};
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use store::credentials::StoredSecret;
use store::kept;

/// What every tenant says, in this order.
const LISTS: [&str; 6] = [
    "groupTypes",
    "users",
    "groups",
    "memberships",
    "credentials",
    "events",
];

/// Reads what follows the version of an export.
pub(super) async fn read<R: Read>(import: &Import<'_>, scanner: &mut Scanner<R>) -> Result<Summary> {
    if store::tenants::any(import.tx).await? {
        return Err(Error::Conflict {
            reason: "an export goes into an empty database, since its numbers are those of the whole server; this one has \
                     tenants"
                .to_owned(),
        });
    }
    let (place, numbers): (Place, Numbers) = required(scanner, "lastNumbers")?;
    let mut summary = Summary::default();
    let mut order = Order::new(&["tenants"]);
    while order.member(scanner)?.is_some() {
        scanner.list()?;
        while scanner.item()? {
            let mut restoring = Restoring::begin(import, scanner).await?;
            restoring.lists(scanner, &mut summary).await?;
            restoring.end().await?;
            summary.tenants += 1;
        }
    }
    raise(import, &numbers)
        .await
        .map_err(|error| place.explain(error))?;
    Ok(summary)
}

async fn raise(import: &Import<'_>, numbers: &Numbers) -> Result<()> {
    let bounds = [
        ("tenant", numbers.tenant, MAX_NUMBER),
        ("groupType", numbers.group_type, i64::from(i32::MAX)),
        ("user", numbers.user, MAX_NUMBER),
        ("group", numbers.group, MAX_NUMBER),
        ("credential", numbers.credential, MAX_NUMBER),
    ];
    for (field, number, most) in bounds {
        if !(0..=most).contains(&number) {
            return Err(Error::invalid(
                field,
                "range",
                format!("must be from 0 to {most}"),
            ));
        }
    }
    let to = kept::Numbers {
        tenant: numbers.tenant,
        group_type: numbers.group_type,
        user: numbers.user,
        group: numbers.group,
        credential: numbers.credential,
    };
    kept::raise_numbers(import.tx, &to).await
}

/// One tenant on its way back.
struct Restoring<'a> {
    import: &'a Import<'a>,
    tenant: TenantNumber,
    /// Position and digest of the last event.
    last: (i64, Vec<u8>),
    /// Groups with a parent, which may come behind them: the group's place is kept for what is wrong with it.
    parents: HashMap<GroupNumber, (GroupNumber, Place)>,
}

impl<'a> Restoring<'a> {
    /// Reads what stands before the lists.
    async fn begin<R: Read>(import: &'a Import<'a>, scanner: &mut Scanner<R>) -> Result<Self> {
        let start = scanner.place()?;
        scanner.object()?;
        let number: TenantNumber = required(scanner, "number")?.1;
        let name: String = required(scanner, "name")?.1;
        let created_at: Instant = required(scanner, "createdAt")?.1;
        let aliases: BTreeMap<String, String> = required(scanner, "aliases")?.1;
        let (place, roles): (Place, Vec<RoleRecord>) = required(scanner, "roles")?;
        let explain = |error| start.explain(error);
        let aliases = super::seed::aliases(&name, Some(aliases)).map_err(explain)?;
        crate::tenants::check(&name, &aliases).map_err(explain)?;
        let tenant = Tenant {
            number,
            name,
            created_at: whole("createdAt", created_at).map_err(explain)?,
            aliases,
        };
        kept::put_tenant(import.tx, &tenant).await.map_err(explain)?;
        let mut catalogue = Vec::with_capacity(roles.len());
        for role in roles {
            rules::role(&role).map_err(|error| place.explain(error))?;
            catalogue.push(Role {
                number: role.number,
                name: role.name,
            });
        }
        kept::put_roles(import.tx, number, &catalogue)
            .await
            .map_err(|error| place.explain(error))?;
        Ok(Self {
            import,
            tenant: number,
            last: (0, vec![0; 32]),
            parents: HashMap::new(),
        })
    }

    async fn lists<R: Read>(&mut self, scanner: &mut Scanner<R>, summary: &mut Summary) -> Result<()> {
        for name in LISTS {
            let end = scanner.place()?;
            match scanner.member()? {
                Some((found, _)) if found == name => {}
                Some((_, place)) => return Err(place.wrong("required", format!("expected `{name}` here"))),
                None => return Err(end.wrong("required", format!("the list `{name}` is missing"))),
            }
            scanner.list()?;
            while scanner.item()? {
                let raw = scanner.value()?;
                self.one(name, &raw).await?;
                count(name, summary);
            }
        }
        match scanner.member()? {
            None => Ok(()),
            Some((name, place)) => {
                Err(place.wrong("additionalProperties", format!("`{name}` is not known here")))
            }
        }
    }

    async fn one(&mut self, list: &str, raw: &Raw) -> Result<()> {
        let put = match list {
            "groupTypes" => self.group_type(raw.read()?).await,
            "users" => self.user(raw.read()?).await,
            "groups" => self.group(raw.read()?, raw.place).await,
            "memberships" => self.membership(&raw.read()?).await,
            "credentials" => self.credential(raw.read()?).await,
            _ => self.event(raw.read()?).await,
        };
        put.map_err(|error| raw.place.explain(error))
    }

    async fn group_type(&self, record: GroupTypeRecord) -> Result<()> {
        rules::group_type(&record.fields)?;
        let (created_at, created_by) = record.created.parts()?;
        let (updated_at, updated_by) = record.updated.parts()?;
        let kept = GroupType {
            number: record.number,
            tenant: self.tenant,
            fields: record.fields,
            created_at,
            created_by,
            updated_at,
            updated_by,
        };
        kept::put_group_type(self.import.tx, &kept).await
    }

    async fn user(&self, record: UserRecord) -> Result<()> {
        rules::user(&record)?;
        let (created_at, created_by) = record.created.parts()?;
        let (updated_at, updated_by) = record.updated.parts()?;
        let user = User {
            number: record.number,
            id: record.id,
            tenant: self.tenant,
            fields: record.fields,
            version: record.version,
            created_at,
            created_by,
            updated_at,
            updated_by,
        };
        let view = UserView {
            user,
            external_ids: rules::external_ids(record.external_ids),
            grants: Vec::new(),
            groups: UserGroups::Unread,
            parent: None,
        };
        let tx = self.import.tx;
        kept::put_user(tx, &view).await?;
        for record in record.grants {
            let (created_at, created_by) = record.created.parts()?;
            let (updated_at, updated_by) = record.updated.parts()?;
            let grant = GrantView {
                grant: record.grant,
                role_name: String::new(),
                created_at,
                created_by,
                updated_at,
                updated_by,
            };
            kept::put_grant(tx, self.tenant, view.user.number, &grant).await?;
        }
        Ok(())
    }

    async fn group(&mut self, record: GroupRecord, place: Place) -> Result<()> {
        let code = rules::group(&record)?;
        let items = rules::items(&record.items)?;
        let (created_at, created_by) = record.created.parts()?;
        let (updated_at, updated_by) = record.updated.parts()?;
        let group = Group {
            number: record.number,
            id: record.id,
            tenant: self.tenant,
            code,
            fields: rules::settled(record.fields)?,
            version: record.version,
            member_count: 0,
            created_at,
            created_by,
            updated_at,
            updated_by,
            deleted_at: gone("deletedAt", record.deleted_at)?,
        };
        let (tx, tenant, number) = (self.import.tx, self.tenant, group.number);
        kept::put_group(tx, &group).await?;
        if let Some(parent) = group.fields.parent {
            self.parents.insert(number, (parent, place));
        }
        for id in rules::external_ids(record.external_ids) {
            store::groups::put_external_id(tx, tenant, number, &id).await?;
        }
        for owner in record.owners {
            kept::put_owner(tx, tenant, number, owner).await?;
        }
        for item in &items {
            kept::put_item(tx, tenant, number, item).await?;
        }
        Ok(())
    }

    async fn membership(&self, record: &MembershipRecord) -> Result<()> {
        rules::membership(record.excluded, record.is_parent)?;
        let kept = Membership {
            group: record.group,
            user: record.user,
            excluded: record.excluded,
            is_parent: record.is_parent,
        };
        kept::put_membership(self.import.tx, self.tenant, &kept).await
    }

    async fn credential(&self, record: CredentialRecord) -> Result<()> {
        let client_id = parse_client_id(record.client_id)?;
        let (tx, directory) = (self.import.tx, self.import.directory);
        let user = match record.user {
            Some(id) => {
                let known = store::users::resolve(tx, self.tenant, &[id]).await?;
                let unknown = || Error::invalid("user", "unknown", "must be a user above");
                Some(known.get(&id).copied().ok_or_else(unknown)?)
            }
            None => None,
        };
        let mut secrets = Vec::new();
        if let Some(text) = record.secret {
            if record.revoked_at.is_some() {
                let message = "must not be given for a credential that was revoked";
                return Err(Error::invalid("secret", "conflict", message));
            }
            let stored = Secret::parse(text)?.stored(directory.keys(), directory.ids(), &client_id)?;
            keys::claim(tx, directory.keys()).await?;
            secrets.push(StoredSecret {
                lookup: stored.digest,
                sealed: stored.sealed,
                created_at: directory.now(),
            });
        }
        let kept = Credential {
            number: record.number,
            tenant: self.tenant,
            client_id,
            access: record.access,
            user: record.user,
            created_at: whole("createdAt", record.created_at)?,
            revoked_at: gone("revokedAt", record.revoked_at)?,
            secrets: 0,
        };
        kept::put_credential(tx, &kept, user, &secrets).await
    }

    async fn event(&mut self, record: EventRecord) -> Result<()> {
        let kept = rules::event(record)?;
        let next = (kept.position, kept.digest.clone());
        kept::put_event(self.import.tx, self.tenant, kept, &self.last).await?;
        self.last = next;
        Ok(())
    }

    /// What can be said only when everything is there.
    async fn end(self) -> Result<()> {
        let tx = self.import.tx;
        rules::tree(&self.parents)?;
        for (group, (parent, place)) in &self.parents {
            let put = kept::put_parent(tx, self.tenant, *group, *parent).await;
            put.map_err(|error| place.explain(error))?;
        }
        kept::count_members(tx, self.tenant).await?;
        kept::end_chain(tx, self.tenant, self.last.0, &self.last.1).await
    }
}

fn gone(field: &str, at: Option<Instant>) -> Result<Option<Instant>> {
    at.map(|at| whole(field, at)).transpose()
}

fn count(list: &str, summary: &mut Summary) {
    let counted = match list {
        "users" => &mut summary.users,
        "groups" => &mut summary.groups,
        "memberships" => &mut summary.memberships,
        "credentials" => &mut summary.credentials,
        "events" => &mut summary.events,
        _ => return,
    };
    *counted += 1;
}
