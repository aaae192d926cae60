//! What no document says: the values that its security schemes want, and what the tenants are called.

use crate::App;
use serde_json::Value;

/// The client ids and secrets of one dialect's clients, as its security schemes want to see them.
#[derive(Clone, Copy)]
pub struct Access {
    /// One for each scheme of the document.
    pub schemes: &'static [Scheme],
    /// The name of a client's tenant in paths and headers, by client id.
    pub tenant: fn(id: &str) -> &'static str,
    /// Makes a user in the admin's tenant and names it; where the API itself can, there is none.
    pub user: Option<fn(app: &App) -> Value>,
}

/// One security scheme.
#[derive(Clone, Copy)]
pub struct Scheme {
    /// Its name under `components/securitySchemes`.
    pub name: &'static str,
    /// Its value for a client id and a secret: what stands in the header, the query or the body; with HTTP schemes
    /// what stands behind the scheme's name.
    pub value: fn(app: &App, id: &str, secret: &str) -> String,
    /// How long a value lives, in seconds; `None` when as long as its credential.
    pub lives: Option<i64>,
}

impl Access {
    /// The scheme of this name.
    ///
    /// # Panics
    /// When the dialect has none: a new scheme has to be added to its `ACCESS`.
    pub fn scheme(&self, name: &str) -> &Scheme {
        let found = self.schemes.iter().find(|scheme| scheme.name == name);
        found.unwrap_or_else(|| panic!("the dialect's `ACCESS` has nothing for the scheme `{name}`"))
    }
}

/// The number of a client's tenant where tenants are numbers.
pub(crate) fn number(id: &str) -> &'static str {
    if id == "stranger" { "2" } else { "1" }
}

/// The name of a client's tenant where tenants have names.
pub(crate) fn name(id: &str) -> &'static str {
    if id == "stranger" { "other" } else { "default" }
}
