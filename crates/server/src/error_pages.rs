//! `/docs/errors/{code}`: what an error code means. Answers with such a code lead here.

use crate::app::page as own_page;
use crate::dialects::propeller::catalogue::{self, Code};
use crate::status::page;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::{HttpResponse, web};

/// A page per code; whoever may reach the server may read it.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(own_page("/docs/errors/{code}", explain));
}

async fn explain(code: web::Path<String>) -> HttpResponse {
    let (status, title, text) = match catalogue::find(&code) {
        Some(code) => (page::SHOWN, format!("Error {}", code.number), explained(code)),
        None => (
            page::ABSENT,
            "No such error".to_owned(),
            "<p>There is no error with this code.</p>".to_owned(),
        ),
    };
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head><body><h1>{title}</h1>{text}\
         <p><a href=\"/docs/\">Documentation</a></p></body></html>"
    );
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(html)
}

/// Our own words, which need no escapes.
fn explained(code: &Code) -> String {
    let status = code.cause.status().as_u16();
    format!(
        "<p><code>{}</code>, status {status}</p><h2>What it means</h2><p>{}</p>\
         <h2>What to do</h2><p>{}</p>",
        code.name, code.meaning, code.advice
    )
}
