//! The role catalogue. Roles are data that clients keep here; they give no rights in Roster.

use crate::Directory;
use model::roles::Role;
use model::{Caller, Result};

/// The tenant's roles, by number.
pub async fn list(directory: &Directory, caller: &Caller) -> Result<Vec<Role>> {
    let tenant = caller.reads().tenant();
    store::roles::list(&directory.store.reads(), tenant).await
}
