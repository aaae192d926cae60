//! The OpenAPI documents: what each dialect promises, as files and as the code derives them.

use crate::app::page as own_page;
use crate::status::page;
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use clap::builder::PossibleValuesParser;
use contract::runtime::example::Complaint;
use contract::runtime::openapi::OpenApi;
use contract::runtime::trial::{Body, Headers, Parameters};
use sha2::{Digest, Sha256};
use std::future::ready;

/// One dialect's document.
pub struct Document {
    /// The dialect's name in paths and on the command line.
    pub name: &'static str,
    /// The dialect's name for people.
    pub title: &'static str,
    /// Where the JSON form is served.
    pub json_path: &'static str,
    /// Where the YAML form is served.
    pub yaml_path: &'static str,
    /// The source, word for word.
    pub yaml: &'static str,
    /// The same as JSON.
    pub json: &'static str,
    /// What utoipa derives from the generated code.
    pub derived: fn() -> OpenApi,
    /// What is wrong with the examples of the document.
    pub examples: fn() -> Vec<Complaint>,
    /// Its bodies, to be tried.
    pub bodies: &'static [Body],
    /// The parameters of its operations, to be tried.
    pub parameters: &'static [Parameters],
    /// The headers of its answers, to be tried.
    pub headers: &'static [Headers],
}

/// All documents, the first one shown first.
pub const ALL: &[Document] = &[
    Document {
        name: "kibo",
        title: "Kibo admin user groups",
        json_path: "/openapi/kibo.json",
        yaml_path: "/openapi/kibo.yaml",
        yaml: contract::kibo::DOCUMENT_YAML,
        json: contract::kibo::DOCUMENT_JSON,
        derived: contract::kibo::document,
        examples: contract::kibo::trials::examples,
        bodies: contract::kibo::trials::BODIES,
        parameters: contract::kibo::trials::PARAMETERS,
        headers: contract::kibo::trials::HEADERS,
    },
    Document {
        name: "formsonfire",
        title: "Forms On Fire users and user groups",
        json_path: "/openapi/formsonfire.json",
        yaml_path: "/openapi/formsonfire.yaml",
        yaml: contract::formsonfire::DOCUMENT_YAML,
        json: contract::formsonfire::DOCUMENT_JSON,
        derived: contract::formsonfire::document,
        examples: contract::formsonfire::trials::examples,
        bodies: contract::formsonfire::trials::BODIES,
        parameters: contract::formsonfire::trials::PARAMETERS,
        headers: contract::formsonfire::trials::HEADERS,
    },
    Document {
        name: "mypreferences",
        title: "MyPreferences group types and profile groups",
        json_path: "/openapi/mypreferences.json",
        yaml_path: "/openapi/mypreferences.yaml",
        yaml: contract::mypreferences::DOCUMENT_YAML,
        json: contract::mypreferences::DOCUMENT_JSON,
        derived: contract::mypreferences::document,
        examples: contract::mypreferences::trials::examples,
        bodies: contract::mypreferences::trials::BODIES,
        parameters: contract::mypreferences::trials::PARAMETERS,
        headers: contract::mypreferences::trials::HEADERS,
    },
    Document {
        name: "propeller",
        title: "Propeller usergroups and users",
        json_path: "/openapi/propeller.json",
        yaml_path: "/openapi/propeller.yaml",
        yaml: contract::propeller::DOCUMENT_YAML,
        json: contract::propeller::DOCUMENT_JSON,
        derived: contract::propeller::document,
        examples: contract::propeller::trials::examples,
        bodies: contract::propeller::trials::BODIES,
        parameters: contract::propeller::trials::PARAMETERS,
        headers: contract::propeller::trials::HEADERS,
    },
    Document {
        name: "taleolearn",
        title: "Taleo Learn learnCenter groups",
        json_path: "/openapi/taleolearn.json",
        yaml_path: "/openapi/taleolearn.yaml",
        yaml: contract::taleolearn::DOCUMENT_YAML,
        json: contract::taleolearn::DOCUMENT_JSON,
        derived: contract::taleolearn::document,
        examples: contract::taleolearn::trials::examples,
        bodies: contract::taleolearn::trials::BODIES,
        parameters: contract::taleolearn::trials::PARAMETERS,
        headers: contract::taleolearn::trials::HEADERS,
    },
];

pub fn find(name: &str) -> Option<&'static Document> {
    ALL.iter().find(|document| document.name == name)
}

/// The names that the command line takes.
pub fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(ALL.iter().map(|document| document.name))
}

/// `/openapi/<dialect>.yaml` and `.json`.
pub fn configure(cfg: &mut web::ServiceConfig) {
    for document in ALL {
        for (path, media_type, text) in [
            (document.yaml_path, "application/yaml", document.yaml),
            (document.json_path, "application/json", document.json),
        ] {
            let tag = format!("\"{:x}\"", Sha256::digest(text));
            let answer = move |request: HttpRequest| ready(file(&request, media_type, text, &tag));
            cfg.service(own_page(path, answer));
        }
    }
}

/// A file that changes only with the program: browsers keep it and ask whether it changed.
fn file(request: &HttpRequest, media_type: &str, text: &'static str, tag: &str) -> HttpResponse {
    if request
        .headers()
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known == tag)
    {
        return HttpResponse::build(page::UNCHANGED)
            .insert_header((ETAG, tag))
            .finish();
    }
    HttpResponse::build(page::SHOWN)
        .content_type(media_type)
        .insert_header((ETAG, tag))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(text)
}
