//! Who calls, by a signature.

use super::signature::{Signature, cause};
use actix_web::HttpRequest;
use contract::runtime::Refusal;
use contract::runtime::text::percent_decode;
use directory::{Directory, credentials};
use model::{Caller, Error};

/// Where the account stands in a path: behind `/Profiles/v4/`.
const ACCOUNT: usize = 3;

/// The caller who signed for the account of the path. `header` is the value of `Authorization`.
pub async fn signed(directory: &Directory, request: &HttpRequest, header: &str) -> Result<Caller, Refusal> {
    let refused = |reason| Refusal::Unauthorized { reason };
    let signature = Signature::read(header, directory.now()).map_err(refused)?;
    let account = request
        .uri()
        .path()
        .split('/')
        .nth(ACCOUNT)
        .and_then(percent_decode);
    let account = account.ok_or(refused(cause::OTHER))?;
    let proves = |secret: &str| signature.fits(&account, secret);
    match credentials::authenticate_proof(directory, signature.user_id, proves).await {
        Ok(caller) => Ok(caller),
        Err(Error::Unauthenticated) => Err(refused(cause::OTHER)),
        Err(error) => {
            tracing::error!(?error, "the credential could not be read");
            Err(Refusal::Fault)
        }
    }
}
