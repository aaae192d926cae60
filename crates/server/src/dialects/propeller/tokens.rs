//! The token endpoint: client id and secret for an access token of half an hour. All values are texts, as with the vendor.

use super::Propeller;
use contract::propeller::models::{Token, TokenRequest, TokenStatus, TokenType};
use contract::propeller::responses::CreateTokenResponse;
use directory::{credentials, tenants};
use model::Result;

/// Life of an access token, in seconds.
const SECONDS: i64 = 1800;
/// The one product that a token opens.
const PRODUCT: &str = "roster";

pub async fn create(propeller: &Propeller, body: TokenRequest) -> Result<CreateTokenResponse> {
    let directory = propeller.directory();
    let secret = body.client_secret.expose();
    let caller = credentials::authenticate(directory, &body.client_id, secret).await?;
    let tenant = tenants::own(directory, &caller).await?;
    let now = directory.now();
    let client_id = caller.actor.client_id;
    let access_token = propeller.state.tokens.issue_access(
        caller.credential,
        &client_id,
        now,
        SECONDS,
        directory.ids().uuid(now)?,
    )?;
    let body = Token {
        access_token,
        token_type: TokenType::BearerToken,
        // Counted from when it arrives.
        expires_in: (SECONDS - 1).to_string(),
        issued_at: now.timestamp_millis().to_string(),
        refresh_token_expires_in: "0".to_owned(),
        refresh_count: "0".to_owned(),
        status: TokenStatus::Approved,
        scope: String::new(),
        application_name: client_id.clone(),
        client_id,
        organization_name: tenant.name,
        api_product_list: format!("[{PRODUCT}]"),
        api_product_list_json: vec![PRODUCT.to_owned()],
        developer_email: String::new(),
    };
    Ok(CreateTokenResponse::Ok {
        body,
        cache_control: "no-store".to_owned(),
    })
}
