//! Gives answers to HTTP Basic their token.

use super::TaleoLearn;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use model::Caller;

/// Where the token is, in requests and in answers.
const HEADER: HeaderName = HeaderName::from_static("x-learn-access-token");

/// Left with a request that showed a good credential: its answer carries a token.
pub struct Granted(pub Caller);

/// Gives a good answer to HTTP Basic its token. An answer without one is better than none.
pub async fn hand_out(
    dialect: web::Data<TaleoLearn>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut answer = next.call(request).await?;
    let status = answer.status();
    if !status.is_success() && !status.is_redirection() {
        return Ok(answer);
    }
    let granted = answer.request().extensions_mut().remove::<Granted>();
    let Some(Granted(caller)) = granted else {
        return Ok(answer);
    };
    match dialect.state.sliding.of(&dialect.state.directory, &caller).await {
        Ok(token) => {
            if let Ok(mut value) = HeaderValue::from_str(token.reveal()) {
                value.set_sensitive(true);
                answer.headers_mut().insert(HEADER, value);
            }
        }
        Err(error) => tracing::warn!(?error, "no token could be made"),
    }
    Ok(answer)
}
