//! `roster routes`: the live route table as JSON, for `cargo xtask check`. Never part of a release.

use crate::cli::Failure;
use crate::intake;
use crate::origin::Origin;
use crate::state::State;
use crate::status::page;
use crate::{app, storage, terminal};
use actix_web::introspection::IntrospectionTree;
use actix_web::{HttpResponse, test, web};
use directory::{Clock, Ids};
use serde_json::{Value, json};
use std::net::Ipv4Addr;

/// Where this command asks for the table; not a route of the server.
const ASK: &str = "/-routes";

pub fn run() -> Result<(), Failure> {
    actix_web::rt::System::new().block_on(list())
}

async fn list() -> Result<(), Failure> {
    let (directory, folder) = storage::ephemeral(Clock::system(), Ids::random())?;
    // With everything that a server may answer.
    let mark = directory.mark().await?;
    let origin = Origin::new(None, (Ipv4Addr::LOCALHOST, 0).into());
    let app = app::app(&web::Data::new(State::new(
        directory.clone(),
        origin,
        Some(mark),
        intake::TIME,
    )));
    let service = test::init_service(app.service(web::resource(ASK).route(web::get().to(report)))).await;
    let request = test::TestRequest::get().uri(ASK).to_request();
    let table: Value = test::call_and_read_body_json(&service, request).await;
    let routes: Vec<Value> = table
        .as_array()
        .into_iter()
        .flatten()
        .filter(|route| route["full_path"] != ASK)
        .map(|route| json!({"path": route["full_path"], "methods": route["methods"]}))
        .collect();
    directory.close().await?;
    drop(folder);
    terminal::line(&Value::Array(routes).to_string());
    Ok(())
}

async fn report(tree: web::Data<IntrospectionTree>) -> HttpResponse {
    HttpResponse::build(page::SHOWN)
        .content_type("application/json")
        .body(tree.report_as_json())
}
