//! The first start: tenant `default` and the credential that opens it.

use crate::Directory;
use crate::credentials::{Ensured, New};
use crate::secrets::{Secret, parse_client_id};
use crate::tenants::{self, DEFAULT};
use crate::unit::{Origin, Unit};
use model::{Access, Dialect, Result};
use store::Db;

/// What the first start made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    pub tenant_created: bool,
    /// Client id and secret of a credential that was made just now.
    pub credential: Option<(String, Secret)>,
}

/// Makes what is missing, in one write: on an empty database tenant `default` and, unless one is given, an admin
/// credential with a drawn secret; whenever one is given (client id, secret), that admin credential, and tenant
/// `default` with it. A given credential that exists with another secret is `Error::Conflict`.
pub async fn bootstrap(directory: &Directory, given: Option<(String, String)>) -> Result<Bootstrap> {
    let was_given = given.is_some();
    let (client_id, secret) = match given {
        Some((client_id, secret)) => (parse_client_id(client_id)?, Secret::parse(secret)?),
        None => (
            directory.ids().uuid(directory.now())?.to_string(),
            Secret::draw(directory.ids())?,
        ),
    };
    if !was_given && store::tenants::any(&directory.store.reads()).await? {
        return Ok(Bootstrap {
            tenant_created: false,
            credential: None,
        });
    }
    let new = New::prepare(directory, client_id.clone(), Access::Admin, &secret)?;
    let origin = Origin::roster(directory, "bootstrap")?;
    let (shared, same) = (directory.clone(), secret.clone());
    let (tenant_created, ensured) = directory
        .store
        .write(async move |tx: &Db| {
            let known = store::tenants::find(tx, DEFAULT).await?;
            // Another process may have been faster.
            if !was_given && store::tenants::any(tx).await? {
                return Ok((false, Ensured::Unchanged));
            }
            let created = known.is_none();
            let mut unit = match known {
                Some(tenant) => Unit::new(&shared, tx, &origin, tenant.number, shared.now()),
                None => {
                    tenants::insert(&shared, tx, &origin, DEFAULT, &aliases(), shared.now())
                        .await?
                        .1
                }
            };
            let ensured = new.ensure(&mut unit, &same).await?;
            unit.finish().await?;
            Ok((created, ensured))
        })
        .await?;
    let credential = (ensured == Ensured::Created).then_some((client_id, secret));
    Ok(Bootstrap {
        tenant_created,
        credential,
    })
}

/// What the dialects call tenant `default`.
pub(crate) fn aliases() -> [(Dialect, String); 4] {
    [
        (Dialect::Kibo, "1".to_owned()),
        (Dialect::FormsOnFire, "1".to_owned()),
        (Dialect::TaleoLearn, "1".to_owned()),
        (Dialect::MyPreferences, DEFAULT.to_owned()),
    ]
}
