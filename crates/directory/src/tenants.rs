//! Tenants: made by the command line and at the first start.

use crate::Directory;
use crate::changes::{Fields, diff, of_tenant};
use crate::unit::{Origin, Unit};
use model::error::Kind;
use model::ids::{RoleNumber, TenantNumber};
use model::roles::{INITIAL, Role};
use model::tenants::{Account, Tenant};
use model::text::{MAX_NAME, bounded};
use model::{Caller, Dialect, Error, Instant, Result, Violation};
use serde_json::json;
use store::Db;

/// The tenant that the first start makes.
pub const DEFAULT: &str = "default";

/// Makes a tenant with the initial roles. Its name, 1 to 255 characters, is unique in the server, and so is each
/// of its aliases in its dialect; it has at most one alias per dialect.
pub async fn create(directory: &Directory, name: &str, aliases: Vec<(Dialect, String)>) -> Result<Tenant> {
    check(name, &aliases)?;
    let origin = Origin::roster(directory, "createTenant")?;
    let (shared, name) = (directory.clone(), name.to_owned());
    directory
        .store
        .write(async move |tx: &Db| {
            let (tenant, unit) = insert(&shared, tx, &origin, &name, &aliases, shared.now()).await?;
            unit.finish().await?;
            Ok(tenant)
        })
        .await
}

/// All tenants, by number.
pub async fn list(directory: &Directory) -> Result<Vec<Tenant>> {
    directory
        .store
        .read(async |db| store::tenants::list(db).await)
        .await
}

/// The tenant of this name.
pub async fn find(directory: &Directory, name: &str) -> Result<Tenant> {
    directory.store.read(async |db| existing(db, name).await).await
}

/// The caller's own tenant.
pub async fn own(directory: &Directory, caller: &Caller) -> Result<Tenant> {
    let number = caller.reads().tenant();
    directory
        .store
        .read(async |db| store::tenants::get(db, number).await)
        .await?
        .ok_or_else(|| Error::not_found(Kind::Tenant, number.to_string()))
}

/// The tenant's account identifier in a dialect, if it has one.
pub async fn alias(directory: &Directory, tenant: TenantNumber, dialect: Dialect) -> Result<Option<String>> {
    let tenant = store::tenants::get(&directory.store.reads(), tenant).await?;
    let aliases = tenant.map(|tenant| tenant.aliases).unwrap_or_default();
    Ok(aliases
        .into_iter()
        .find(|(known, _)| *known == dialect)
        .map(|(_, value)| value))
}

/// Whether tenant `default` exists.
pub async fn default_exists(directory: &Directory) -> Result<bool> {
    Ok(store::tenants::find(&directory.store.reads(), DEFAULT)
        .await?
        .is_some())
}

pub(crate) async fn existing(db: &Db, name: &str) -> Result<Tenant> {
    store::tenants::find(db, name)
        .await?
        .ok_or_else(|| Error::not_found(Kind::Tenant, name))
}

/// Makes a tenant in a transaction; the unit that comes back holds the changes of its first event.
pub(crate) async fn insert<'a>(
    directory: &'a Directory,
    tx: &'a Db,
    origin: &'a Origin,
    name: &str,
    aliases: &[(Dialect, String)],
    at: Instant,
) -> Result<(Tenant, Unit<'a>)> {
    insert_with(directory, tx, origin, (name, aliases), initial_roles(), at).await
}

/// As [`insert`], with another catalogue of roles.
pub(crate) async fn insert_with<'a>(
    directory: &'a Directory,
    tx: &'a Db,
    origin: &'a Origin,
    (name, aliases): (&str, &[(Dialect, String)]),
    roles: Vec<Role>,
    at: Instant,
) -> Result<(Tenant, Unit<'a>)> {
    let tenant = store::tenants::insert(tx, name, aliases, at).await?;
    let mut unit = Unit::new(directory, tx, origin, tenant.number, at);
    unit.record(diff(
        Kind::Tenant,
        tenant.number.get(),
        Fields::new(),
        of_tenant(&tenant),
    ));
    store::roles::insert(tx, tenant.number, &roles).await?;
    for role in roles {
        let fields = Fields::from([("name".to_owned(), json!(role.name))]);
        unit.record(diff(Kind::Role, role.number.get(), Fields::new(), fields));
    }
    Ok((tenant, unit))
}

/// The roles that a tenant starts with.
pub(crate) fn initial_roles() -> Vec<Role> {
    INITIAL
        .into_iter()
        .filter_map(|(number, name)| {
            Some(Role {
                number: RoleNumber::new(number)?,
                name: name.to_owned(),
            })
        })
        .collect()
}

/// Refuses a name or aliases that no tenant can have.
pub(crate) fn check(name: &str, aliases: &[(Dialect, String)]) -> Result<()> {
    let mut violations: Vec<Violation> = text("name", name).err().into_iter().collect();
    for (i, (dialect, value)) in aliases.iter().enumerate() {
        let field = format!("aliases/{}", dialect.as_str());
        violations.extend(account(&field, *dialect, value).err());
        if aliases[..i].iter().any(|(other, _)| other == dialect) {
            violations.push(Violation::new(
                &field,
                "uniqueItems",
                "must be given once per dialect",
            ));
        }
    }
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(violations))
    }
}

/// Refuses an account that no request of the dialect could name.
fn account(field: &str, dialect: Dialect, value: &str) -> Result<(), Violation> {
    let unknown = |message| Err(Violation::new(field, "unknown", message));
    match Account::of(dialect) {
        Account::None if dialect == Dialect::Roster => unknown("must name a vendor's dialect"),
        Account::None => unknown(
            "must not be given: requests of this dialect name no account, the credential says which it is",
        ),
        Account::Text => text(field, value),
        Account::Number(most) => {
            let is_number = !value.starts_with('0') && value.bytes().all(|byte| byte.is_ascii_digit());
            let message = format!("must be a whole number from 1 to {most}, in digits alone");
            if !is_number || value.is_empty() {
                Err(Violation::new(field, "pattern", message))
            } else if value.parse().is_ok_and(|number: i64| number <= most) {
                Ok(())
            } else {
                Err(Violation::new(field, "maximum", message))
            }
        }
    }
}

fn text(field: &str, text: &str) -> Result<(), Violation> {
    let text = bounded(field, text.to_owned(), 1, MAX_NAME)?;
    if text
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
    {
        let message = "must not contain control characters, U+FFFE and U+FFFF";
        return Err(Violation::new(field, "pattern", message));
    }
    Ok(())
}
