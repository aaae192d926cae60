//! Credentials: made and revoked by the command line, shown by callers, read on every request.

use crate::changes::{Fields, diff, of_credential};
use crate::secrets::{Secret, parse_client_id};
use crate::unit::{Origin, Unit};
use crate::{Directory, keys, tenants};
use model::credentials::Credential;
use model::error::Kind;
use model::ids::{CredentialNumber, MAX_NUMBER, TenantNumber, UserId, UserNumber};
use model::users::UserKey;
use model::{Access, Caller, Dialect, Error, Result};
use store::Db;
use store::credentials::{CredentialDraft, StoredSecret};

/// What [`ensure`] found or did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ensured {
    /// There was none of this client id.
    Created,
    /// It exists with this secret.
    Unchanged,
}

/// Makes a credential. Without a client id it gets a UUID, without a secret a drawn one; the secret that comes
/// back is the only time it is shown.
pub async fn create(
    directory: &Directory,
    tenant: &str,
    client_id: Option<String>,
    access: Access,
    user: Option<UserId>,
    secret: Option<String>,
) -> Result<(Credential, Secret)> {
    let client_id = match client_id {
        Some(given) => parse_client_id(given)?,
        None => directory.ids().uuid(directory.now())?.to_string(),
    };
    let secret = secret.map_or_else(|| Secret::draw(directory.ids()), |text| Ok(Secret::parse(text)?))?;
    let new = New::prepare(directory, client_id, access, &secret)?;
    let origin = Origin::roster(directory, "createCredential")?;
    let (shared, tenant) = (directory.clone(), tenant.to_owned());
    let credential = directory
        .store
        .write(async move |tx: &Db| {
            let tenant = tenants::existing(tx, &tenant).await?.number;
            let mut unit = Unit::new(&shared, tx, &origin, tenant, shared.now());
            let user = bound_user(&unit, user).await?;
            let credential = new.insert(&mut unit, user).await?;
            unit.finish().await?;
            Ok(credential)
        })
        .await?;
    Ok((credential, secret))
}

/// Makes sure that this credential exists. One that exists with another secret, access or tenant, or that was
/// revoked, is `Error::Conflict`; nothing is changed then.
pub async fn ensure(
    directory: &Directory,
    tenant: &str,
    client_id: &str,
    secret: &str,
    access: Access,
) -> Result<Ensured> {
    let secret = Secret::parse(secret)?;
    let new = New::prepare(directory, parse_client_id(client_id.to_owned())?, access, &secret)?;
    let origin = Origin::roster(directory, "ensureCredential")?;
    let (shared, tenant) = (directory.clone(), tenant.to_owned());
    directory
        .store
        .write(async move |tx: &Db| {
            let tenant = tenants::existing(tx, &tenant).await?.number;
            let mut unit = Unit::new(&shared, tx, &origin, tenant, shared.now());
            let ensured = new.ensure(&mut unit, &secret).await?;
            unit.finish().await?;
            Ok(ensured)
        })
        .await
}

/// The credentials of one tenant, or of all, by number; revoked ones too.
pub async fn list(directory: &Directory, tenant: Option<&str>) -> Result<Vec<Credential>> {
    directory
        .store
        .read(async |db| {
            let tenant = match tenant {
                Some(name) => Some(tenants::existing(db, name).await?.number),
                None => None,
            };
            store::credentials::list(db, tenant).await
        })
        .await
}

/// Revokes a credential: it is refused from the next request on, and its secrets are forgotten.
pub async fn revoke(directory: &Directory, client_id: &str) -> Result<()> {
    let origin = Origin::roster(directory, "revokeCredential")?;
    let (shared, client_id) = (directory.clone(), client_id.to_owned());
    directory
        .store
        .write(async move |tx: &Db| {
            let before = store::credentials::lock(tx, &client_id)
                .await?
                .ok_or_else(|| Error::not_found(Kind::Credential, client_id.clone()))?;
            if before.revoked_at.is_some() {
                return Ok(());
            }
            let mut unit = Unit::new(&shared, tx, &origin, before.tenant, shared.now());
            store::credentials::revoke(tx, before.number, unit.at).await?;
            let after = Credential {
                revoked_at: Some(unit.at),
                secrets: 0,
                ..before.clone()
            };
            let number = before.number.get();
            unit.record(diff(
                Kind::Credential,
                number,
                of_credential(&before),
                of_credential(&after),
            ));
            unit.finish().await
        })
        .await
}

/// The caller that shows this client id and secret. Unknown, revoked and wrong look the same, also to a clock.
pub async fn authenticate(directory: &Directory, client_id: &str, secret: &str) -> Result<Caller> {
    let keys = directory.keys();
    directory
        .store
        .read(async |db| {
            let credential = store::credentials::find(db, client_id).await?;
            let secrets = match &credential {
                Some(known) => store::credentials::secrets(db, known.number).await?,
                None => Vec::new(),
            };
            // All secrets are compared, and one of nobody, so that the time tells neither which nor whether.
            let nobody = keys.is_digest_of(&[0; 32], secret);
            let good = secrets.iter().fold(nobody, |good, known| {
                good | keys.is_digest_of(&known.lookup, secret)
            });
            let caller = match credential {
                Some(known) if good => store::credentials::caller(db, known.number).await?,
                _ => None,
            };
            caller.ok_or(Error::Unauthenticated)
        })
        .await
}

/// The caller who knows a secret of this client id, as `proves` finds when it is given the secret itself: for schemes
/// that show what was made with a secret, and not the secret. `proves` takes the same time for every answer.
///
/// Unknown, revoked and wrong look the same: all secrets are tried, and one of nobody, whatever the others proved.
pub async fn authenticate_proof(
    directory: &Directory,
    client_id: &str,
    proves: impl Fn(&str) -> bool,
) -> Result<Caller> {
    let keys = directory.keys();
    directory
        .store
        .read(async |db| {
            let credential = store::credentials::find(db, client_id).await?;
            let secrets = match &credential {
                Some(known) => store::credentials::secrets(db, known.number).await?,
                None => Vec::new(),
            };
            std::hint::black_box(proves(""));
            let mut good = false;
            for secret in secrets {
                good |= proves(&keys.unseal(client_id, &secret.sealed)?);
            }
            let caller = match credential {
                Some(known) if good => store::credentials::caller(db, known.number).await?,
                _ => None,
            };
            caller.ok_or(Error::Unauthenticated)
        })
        .await
}

/// The caller that shows this secret together with what a dialect calls its tenant. No such tenant, and no such secret
/// in it, look the same, also to a clock: each costs both look-ups, and a digest under the server's key gives no hint
/// how much of a secret was right.
///
/// Nothing is remembered: what this costs is little, and a revoked credential is refused at once, whoever revoked it.
pub async fn authenticate_secret(
    directory: &Directory,
    dialect: Dialect,
    alias: &str,
    secret: &str,
) -> Result<Caller> {
    let digest = directory.keys().secret_digest(secret);
    let db = directory.store.reads();
    let tenant = store::tenants::by_alias(&db, dialect, alias).await?;
    let probed = tenant
        .or(TenantNumber::new(MAX_NUMBER))
        .ok_or(Error::Unauthenticated)?;
    let caller = store::credentials::caller_by_secret(&db, probed, &digest).await?;
    caller.filter(|_| tenant.is_some()).ok_or(Error::Unauthenticated)
}

/// The credential as it is now; `Error::Unauthenticated` once it is revoked.
pub async fn caller(directory: &Directory, credential: CredentialNumber) -> Result<Caller> {
    store::credentials::caller(&directory.store.reads(), credential)
        .await?
        .ok_or(Error::Unauthenticated)
}

async fn bound_user(unit: &Unit<'_>, user: Option<UserId>) -> Result<Option<UserNumber>> {
    let Some(id) = user else { return Ok(None) };
    match store::users::lock(unit.tx, unit.tenant, &UserKey::Id(id)).await? {
        Some(user) => Ok(Some(user.number)),
        None => Err(Error::not_found(Kind::User, id.to_string())),
    }
}

/// A credential to be made. Hashing and sealing are done before the write, which others wait for.
pub(crate) struct New {
    client_id: String,
    access: Access,
    stored: crate::secrets::Stored,
}

impl New {
    pub fn prepare(
        directory: &Directory,
        client_id: String,
        access: Access,
        secret: &Secret,
    ) -> Result<Self> {
        let stored = secret.stored(directory.keys(), directory.ids(), &client_id)?;
        Ok(Self {
            client_id,
            access,
            stored,
        })
    }

    pub async fn insert(&self, unit: &mut Unit<'_>, user: Option<UserNumber>) -> Result<Credential> {
        keys::claim(unit.tx, unit.keys()).await?;
        let draft = CredentialDraft {
            tenant: unit.tenant,
            client_id: self.client_id.clone(),
            access: self.access,
            user,
            at: unit.at,
        };
        let secret = StoredSecret {
            lookup: self.stored.digest,
            sealed: self.stored.sealed.clone(),
            created_at: unit.at,
        };
        let made = store::credentials::insert(unit.tx, draft, &[secret]).await?;
        unit.record(diff(
            Kind::Credential,
            made.number.get(),
            Fields::new(),
            of_credential(&made),
        ));
        Ok(made)
    }

    pub async fn ensure(&self, unit: &mut Unit<'_>, secret: &Secret) -> Result<Ensured> {
        let Some(known) = store::credentials::lock(unit.tx, &self.client_id).await? else {
            self.insert(unit, None).await?;
            return Ok(Ensured::Created);
        };
        let conflict = |what: &str| Error::Conflict {
            reason: format!("credential `{}` {what}", self.client_id),
        };
        if known.revoked_at.is_some() {
            return Err(conflict("was revoked"));
        }
        if known.tenant != unit.tenant {
            return Err(conflict("belongs to another tenant"));
        }
        if known.access != self.access {
            return Err(conflict("exists with another access level"));
        }
        let secrets = store::credentials::secrets(unit.tx, known.number).await?;
        if !secrets
            .iter()
            .any(|known| unit.keys().is_digest_of(&known.lookup, secret.reveal()))
        {
            return Err(conflict("exists with another secret"));
        }
        Ok(Ensured::Unchanged)
    }
}
