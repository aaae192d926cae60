//! The form that people write: objects made in the order of the file, each with its own audit event.

mod records;

pub(super) use records::{aliases, check_extras};

use super::place::Place;
use super::scan::{Raw, Scanner};
use super::{Import, Order, Summary};
use crate::changes::{Fields, diff, of_items, of_members};
use crate::credentials::New;
use crate::secrets::{Secret, parse_client_id};
use crate::unit::{Origin, Unit};
use crate::{group_types, groups, tenants, users};
use model::error::Kind;
use model::group_types::MAX_GROUP_TYPES;
use model::groups::{Group, Membership};
use model::ids::{TenantNumber, UserNumber};
use model::items::MAX_ITEMS;
use model::roles::Role;
use model::tenants::Tenant;
use model::{Error, Result, Violation};
use records::{Credential, GroupRecord, GroupTypeRecord, Member, RoleRecord, UserRecord};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::mem;

/// What a tenant may say, in this order.
const MEMBERS: [&str; 7] = [
    "name",
    "aliases",
    "roles",
    "groupTypes",
    "users",
    "groups",
    "credentials",
];

/// Reads what follows the version of a seed and makes it.
pub(super) async fn read<R: Read>(import: &Import<'_>, scanner: &mut Scanner<R>) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut order = Order::new(&["tenants"]);
    while order.member(scanner)?.is_some() {
        scanner.list()?;
        while scanner.item()? {
            Sowing::new(import).tenant(scanner, &mut summary).await?;
        }
    }
    Ok(summary)
}

/// What the members before the first list say of a tenant.
#[derive(Default)]
struct Head {
    name: String,
    aliases: Option<BTreeMap<String, String>>,
    roles: Option<Vec<RoleRecord>>,
}

/// One tenant in the making.
struct Sowing<'a> {
    import: &'a Import<'a>,
    tenant: Option<Tenant>,
    roles: Vec<Role>,
    types: HashMap<String, model::ids::GroupTypeNumber>,
    /// How many events were written.
    events: u32,
}

impl<'a> Sowing<'a> {
    fn new(import: &'a Import<'a>) -> Self {
        Self {
            import,
            tenant: None,
            roles: Vec::new(),
            types: HashMap::new(),
            events: 0,
        }
    }

    async fn tenant<R: Read>(&mut self, scanner: &mut Scanner<R>, summary: &mut Summary) -> Result<()> {
        let start = scanner.place()?;
        scanner.object()?;
        let mut order = Order::new(&MEMBERS);
        let mut head = Some(Head::default());
        while let Some((name, _)) = order.member(scanner)? {
            match (name, &mut head) {
                ("name", Some(head)) => head.name = scanner.value()?.read()?,
                ("aliases", Some(head)) => head.aliases = Some(scanner.value()?.read()?),
                ("roles", Some(head)) => head.roles = Some(scanner.value()?.read()?),
                _ => {
                    self.begin(start, head.take()).await?;
                    scanner.list()?;
                    while scanner.item()? {
                        let raw = scanner.value()?;
                        self.one(name, &raw, summary).await?;
                    }
                }
            }
        }
        self.begin(start, head).await?;
        summary.tenants += 1;
        summary.events += u64::from(self.events);
        Ok(())
    }

    /// Makes the tenant itself, once.
    async fn begin(&mut self, start: Place, head: Option<Head>) -> Result<()> {
        let Some(head) = head else { return Ok(()) };
        if head.name.is_empty() {
            return Err(start.wrong("required", "a tenant needs a `name`, before everything else"));
        }
        let aliases = records::aliases(&head.name, head.aliases).map_err(|error| start.explain(error))?;
        tenants::check(&head.name, &aliases).map_err(|error| start.explain(error))?;
        self.roles = match head.roles {
            Some(roles) => records::roles(roles).map_err(|error| start.explain(error))?,
            None => tenants::initial_roles(),
        };
        let origin = self.origin();
        let Import { directory, tx, .. } = self.import;
        let named = (head.name.as_str(), aliases.as_slice());
        let made = tenants::insert_with(directory, tx, &origin, named, self.roles.clone(), directory.now());
        let (tenant, unit) = made.await.map_err(|error| start.explain(error))?;
        unit.finish().await?;
        self.tenant = Some(tenant);
        Ok(())
    }

    fn origin(&mut self) -> Origin {
        self.events += 1;
        self.import.origin.part(self.events)
    }

    fn number(&self) -> Result<TenantNumber> {
        let tenant = self.tenant.as_ref().map(|tenant| tenant.number);
        tenant.ok_or_else(|| Error::internal("an object came before its tenant"))
    }

    /// Makes one object of a list.
    async fn one(&mut self, list: &str, raw: &Raw, summary: &mut Summary) -> Result<()> {
        let origin = self.origin();
        let (tenant, Import { directory, tx, .. }) = (self.number()?, self.import);
        let mut unit = Unit::new(directory, tx, &origin, tenant, directory.now());
        let made = match list {
            "groupTypes" => self.group_type(&mut unit, raw.read()?).await,
            "users" => self.user(&mut unit, raw.read()?, summary).await,
            "groups" => self.group(&mut unit, raw.read()?, summary).await,
            _ => credential(&mut unit, self.import, raw.read()?, summary).await,
        };
        made.map_err(|error| raw.place.explain(error))?;
        unit.finish().await
    }

    async fn group_type(&mut self, unit: &mut Unit<'_>, record: GroupTypeRecord) -> Result<()> {
        let fields = record.fields()?;
        refuse(fields.violations(""))?;
        if self.types.len() >= MAX_GROUP_TYPES {
            let reason = format!("there cannot be more than {MAX_GROUP_TYPES} group types");
            return Err(Error::Conflict { reason });
        }
        let made = group_types::insert(unit, &fields).await?;
        self.types.insert(made.fields.name.folded(), made.number);
        Ok(())
    }

    async fn user(&self, unit: &mut Unit<'_>, record: UserRecord, summary: &mut Summary) -> Result<()> {
        let (fields, patch) = record.patch(&self.roles)?;
        refuse(patch.violations(""))?;
        users::insert_over(unit, "", fields, &patch).await?;
        summary.users += 1;
        Ok(())
    }

    async fn group(&self, unit: &mut Unit<'_>, mut record: GroupRecord, summary: &mut Summary) -> Result<()> {
        let (members, owners) = (mem::take(&mut record.members), mem::take(&mut record.owners));
        let items = record.items()?;
        let named = members
            .iter()
            .map(Member::user)
            .chain(owners.iter().map(String::as_str));
        let people = people(unit, named).await?;
        let rows = rows(&members, &people)?;
        let mut new = record.new_group(&self.types)?;
        new.owners = numbers("owners", &owners, &people)?;
        refuse(new.violations())?;
        let group = groups::insert(unit, &new).await?;
        let group = add_members(unit, group, &rows).await?;
        for item in &items {
            store::items::insert(unit.tx, unit.tenant, group.number, item).await?;
        }
        let number = group.number.get();
        unit.record(diff(Kind::Group, number, Fields::new(), of_items(&items)));
        summary.groups += 1;
        summary.memberships += rows.len() as u64;
        Ok(())
    }
}

/// Puts users into a group that was made in this unit.
async fn add_members(unit: &mut Unit<'_>, group: Group, rows: &[(UserNumber, &Member)]) -> Result<Group> {
    let members: Vec<Membership> = rows
        .iter()
        .map(|(user, member)| Membership {
            group: group.number,
            user: *user,
            excluded: member.excluded(),
            is_parent: member.is_parent(),
        })
        .collect();
    store::members::insert(unit.tx, unit.tenant, &members).await?;
    let counted = members.iter().filter(|member| !member.excluded).count();
    let after = Group {
        member_count: i64::try_from(counted)
            .map_err(|_| Error::internal("more members than can be counted"))?,
        ..group.clone()
    };
    store::groups::update(unit.tx, &group, &after).await?;
    let number = group.number.get();
    unit.record(diff(Kind::Group, number, Fields::new(), of_members(&members)));
    Ok(after)
}

async fn credential(
    unit: &mut Unit<'_>,
    import: &Import<'_>,
    record: Credential,
    summary: &mut Summary,
) -> Result<()> {
    let user = match &record.user {
        Some(name) => {
            let people = people(unit, [name.as_str()]).await?;
            numbers("user", std::slice::from_ref(name), &people)?.pop()
        }
        None => None,
    };
    let secret = Secret::parse(record.secret)?;
    let client_id = parse_client_id(record.client_id)?;
    let new = New::prepare(import.directory, client_id, record.access, &secret)?;
    new.insert(unit, user).await?;
    summary.credentials += 1;
    Ok(())
}

/// The users of these names, by folded name.
async fn people<'n>(
    unit: &Unit<'_>,
    names: impl IntoIterator<Item = &'n str>,
) -> Result<HashMap<String, UserNumber>> {
    let names: HashSet<String> = names.into_iter().map(model::text::fold).collect();
    let names: Vec<String> = names.into_iter().collect();
    store::users::named(unit.tx, unit.tenant, &names).await
}

fn numbers(field: &str, names: &[String], people: &HashMap<String, UserNumber>) -> Result<Vec<UserNumber>> {
    let of = |(i, name): (usize, &String)| {
        let known = people.get(&model::text::fold(name)).copied();
        known.ok_or_else(|| stranger(format!("{field}/{i}")))
    };
    names.iter().enumerate().map(of).collect()
}

/// The members with their users, each user once.
fn rows<'m>(
    members: &'m [Member],
    people: &HashMap<String, UserNumber>,
) -> Result<Vec<(UserNumber, &'m Member)>> {
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(members.len());
    for (i, member) in members.iter().enumerate() {
        let field = format!("members/{i}");
        let known = people.get(&model::text::fold(member.user())).copied();
        let user = known.ok_or_else(|| stranger(field.clone()))?;
        if !seen.insert(user) {
            return Err(Error::invalid(
                field,
                "uniqueItems",
                "names a user who is there already",
            ));
        }
        if member.excluded() && member.is_parent() {
            let message = "must not exclude the user whose parent the group is";
            return Err(Error::invalid(field, "conflict", message));
        }
        rows.push((user, member));
    }
    Ok(rows)
}

fn stranger(field: String) -> Error {
    Error::invalid(field, "unknown", "must be the user name of a user above")
}

pub(super) fn refuse(violations: Vec<Violation>) -> Result<()> {
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(violations))
    }
}

/// More items than a group may have, or one that is there twice.
pub(super) fn check_items(items: &[model::items::MappedItem]) -> Result<()> {
    if items.len() as u64 > MAX_ITEMS {
        let message = format!("must have at most {MAX_ITEMS} entries");
        return Err(Error::invalid("items", "maxItems", message));
    }
    let mut seen = HashSet::new();
    for (i, item) in items.iter().enumerate() {
        refuse(item.key.violations())?;
        if !seen.insert(&item.key) {
            let message = "is there already";
            return Err(Error::invalid(format!("items/{i}"), "uniqueItems", message));
        }
    }
    Ok(())
}
