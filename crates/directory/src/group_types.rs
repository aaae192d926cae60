//! Group types, such as "Household": a group with a type has a name that no other live group of that type has.

use crate::Directory;
use crate::changes::{Fields, diff};
use model::error::Kind;
use model::text::Name;
use model::{Caller, Context, Error, Result};
use serde_json::json;
use store::group_types::GroupType;

/// The tenant's types, by number.
pub async fn list(directory: &Directory, caller: &Caller) -> Result<Vec<GroupType>> {
    let tenant = caller.reads().tenant();
    store::group_types::list(&directory.store.reads(), tenant).await
}

/// Makes a type. Its name is not empty and unique in the tenant without regard to case.
pub async fn create(directory: &Directory, context: Context, name: Name) -> Result<GroupType> {
    if name.as_str().is_empty() {
        return Err(Error::invalid(
            "name",
            "minLength",
            "must have at least 1 characters",
        ));
    }
    context.caller.writes()?;
    directory
        .write(context, async move |unit| {
            let made = store::group_types::insert(unit.tx, unit.tenant, &name).await?;
            let fields = Fields::from([("name".to_owned(), json!(made.name))]);
            unit.record(diff(Kind::GroupType, made.number.get(), Fields::new(), fields));
            Ok(made)
        })
        .await
}
