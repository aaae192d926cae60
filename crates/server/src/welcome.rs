//! `/`: leads a person to everything else. Also the words that `serve` prints when it starts.

use crate::documents;
use crate::status;
use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use std::fmt::Write;

/// The start page.
pub async fn page() -> HttpResponse {
    let mut list = String::new();
    for document in documents::ALL {
        // Writing to a string cannot fail.
        let _ = write!(
            list,
            "<li>{}: <a href=\"{}\">YAML</a>, <a href=\"{}\">JSON</a></li>",
            document.title, document.yaml_path, document.json_path
        );
    }
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Roster</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head><body><h1>Roster</h1>\
         <p>A directory of user groups that speaks several dialects.</p><ul>\
         <li><a href=\"/docs/\">Explore and call the APIs</a></li>\
         <li>OpenAPI documents<ul>{list}</ul></li>\
         <li><a href=\"/healthz\">Is the process alive?</a></li>\
         <li><a href=\"/readyz\">Is the database reachable?</a></li></ul></body></html>"
    );
    HttpResponse::build(status::page::SHOWN)
        .content_type("text/html; charset=utf-8")
        .insert_header((
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .body(html)
}

/// What a person can paste after the first start.
pub fn first_steps(url: &str, id: &str, secret: &str) -> String {
    let ticket = serde_json::json!({
        "client_id": id, "client_secret": secret, "grant_type": "client_credentials",
    });
    format!(
        r#"Tenant `default` was made, with one admin credential. Its secret is shown only now:

  client id:  {id}
  secret:     {secret}

First calls, ready to paste:

  # Kibo
  TOKEN=$(curl -s {url}/platform/applications/authtickets/oauth \
    -H 'Content-Type: application/json' \
    -d '{ticket}' \
    | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')

  curl -s {url}/platform/adminuser/groups \
    -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
    -d '{{"groupCode":"staff","name":"Staff","users":[{{"emailAddress":"ann@example.com","firstName":"Ann","lastName":"Lee"}}]}}'

  curl -s {url}/platform/adminuser/groups/staff -H "Authorization: Bearer $TOKEN"

  # Forms On Fire: XML, and JSON where it is asked for
  curl -s {url}/api/v2/usergroup -H 'Content-Type: application/xml' \
    -d '<UserGroup xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><CompanyId>1</CompanyId><IntegrationKey>{secret}</IntegrationKey><Name>Inspectors</Name></UserGroup>'

  curl -s -G {url}/api/v2/usergroup/search -d format=json -d Name=Inspectors \
    -d CompanyId=1 --data-urlencode 'IntegrationKey={secret}'

  # MyPreferences: any token opens it; this is its own way to get one
  TOKEN=$(curl -s {url}/oauth/token -d grant_type=client_credentials -d 'client_id={id}' \
    --data-urlencode 'client_secret={secret}' | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')

  curl -s {url}/Profiles/v4/default/GroupTypes -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
    -d '{{"GroupTypes":[{{"TypeName":"Household","LocalizedFields":[{{"Locale":"en-us","Name":"Household"}}]}}]}}'

  curl -s {url}/Profiles/v4/default/Profile -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
    -d '{{"CustomerName":{{"FirstName":"Jo"}},"Groups":[{{"GroupType":"Household","GroupName":"Smith"}}]}}'

  # Taleo Learn: HTTP Basic, or the token that each answer carries
  curl -s -u '{id}:{secret}' {url}/learn.rest/v1/learnCenters/1/groups \
    -H 'Content-Type: application/json' -d '{{"name":"New managers"}}'

  curl -s -u '{id}:{secret}' '{url}/learn.rest/v1/learnCenters/1/groups?totalResults=true'

  # Propeller
  TOKEN=$(curl -s {url}/oauth2/token -d grant_type=client_credentials \
    --data-urlencode 'client_id={id}' --data-urlencode 'client_secret={secret}' \
    | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')

  curl -s {url}/usergroups/ -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
    -d '{{"name":"Netherlands","language":"NL","sourceId":"erp-1005","source":"erp"}}'

  curl -s {url}/usergroups/sourceId/erp-1005 -H "Authorization: Bearer $TOKEN"
"#
    )
}
