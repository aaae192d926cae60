//! `/docs/`: Swagger UI with every document, from files inside the program. It asks no other host for anything.

use crate::app::page as own_page;
use crate::status::page;
use crate::{documents, plain};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ContentEncoding, LOCATION,
};
use actix_web::{HttpRequest, HttpResponse, web};
use std::sync::Arc;
use utoipa_swagger_ui::{Config, Url};

/// Swagger UI needs inline styles and images in `data:` addresses; everything else comes from here.
const POLICY: &str =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/// The page and its files. Sees to it that `/docs` finds the page too.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.app_data(web::Data::new(settings()))
        .service(own_page("/docs", redirect))
        .service(own_page("/docs/{file:.*}", file));
}

fn settings() -> Arc<Config<'static>> {
    let urls = documents::ALL
        .iter()
        .enumerate()
        .map(|(at, document)| Url::with_primary(document.title, document.yaml_path, at == 0));
    Arc::new(
        Config::new(urls)
            .persist_authorization(true)
            .try_it_out_enabled(true)
            .display_request_duration(true)
            .display_operation_id(true)
            .deep_linking(true)
            .filter(true)
            .validator_url("none"),
    )
}

async fn redirect() -> HttpResponse {
    HttpResponse::build(page::ELSEWHERE)
        .insert_header((LOCATION, "/docs/"))
        .finish()
}

async fn file(
    request: HttpRequest,
    path: web::Path<String>,
    settings: web::Data<Arc<Config<'static>>>,
) -> HttpResponse {
    match utoipa_swagger_ui::serve(&path, Arc::clone(&settings)) {
        Ok(Some(found)) => {
            let mut answer = HttpResponse::build(page::SHOWN);
            if found.gzpipped {
                answer.insert_header((CONTENT_ENCODING, ContentEncoding::Gzip));
            }
            answer
                .content_type(found.content_type)
                .insert_header((CONTENT_SECURITY_POLICY, POLICY))
                .insert_header((CACHE_CONTROL, "no-cache"))
                .body(found.bytes.into_owned())
        }
        Ok(None) => plain::unknown_path(&request),
        Err(error) => {
            tracing::error!(%error, "a file of the documentation page could not be made");
            HttpResponse::build(page::BROKEN).finish()
        }
    }
}
