//! Company number and integration key, wherever in the request they stand.

use contract::runtime::Refusal;
use directory::{Directory, credentials};
use model::{Caller, Dialect, Error};

/// A caller, and the number under which this dialect knows his tenant.
#[derive(Clone, Debug)]
pub struct Company {
    pub caller: Caller,
    pub id: i32,
}

/// The caller that shows this pair. A company that does not exist, another one's key and a wrong key look the same,
/// so the text of a number that is none is looked for like any other. The credential is read anew each time and
/// nothing is remembered: a revoked one is refused from the next request on, whoever revoked it.
pub async fn company(directory: &Directory, number: &str, key: &str) -> Result<Company, Refusal> {
    let refused = Refusal::Unauthorized {
        reason: "the credential is not valid",
    };
    match credentials::authenticate_secret(directory, Dialect::FormsOnFire, number, key).await {
        Ok(caller) => match number.parse() {
            Ok(id) => Ok(Company { caller, id }),
            Err(_) => Err(refused),
        },
        Err(Error::Unauthenticated) => Err(refused),
        Err(error) => {
            tracing::error!(?error, "the credential could not be read");
            Err(Refusal::Fault)
        }
    }
}
