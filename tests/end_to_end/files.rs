//! What a browser finds: the start page, the documentation page with its files, the documents, health.

use crate::{Place, get};
use serde_json::Value;
use testkit::{Process, Reply};

fn media_type(reply: &Reply) -> String {
    let value = reply.header("content-type").unwrap_or_default();
    value.split(';').next().unwrap_or_default().to_owned()
}

/// The values of an attribute of a page.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!("{name}=\"");
    page.split(opening.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn everything_is_found_from_the_start_page() {
    let place = Place::new();
    let server = place.serve();
    let page = get(&server, "/");
    assert_eq!((page.status, media_type(&page).as_str()), (200, "text/html"));
    let text = page.text();
    let links = attributes(&text, "href");
    for expected in [
        "/docs/",
        "/openapi/kibo.yaml",
        "/openapi/kibo.json",
        "/healthz",
        "/readyz",
    ] {
        assert!(links.contains(&expected), "{links:?}");
    }
    for link in links {
        assert_eq!(get(&server, link).status, 200, "{link}");
    }
}

#[test]
fn the_documentation_page_needs_no_other_host() {
    let place = Place::new();
    let server = place.serve();
    let moved = get(&server, "/docs");
    assert!([301, 302, 307, 308].contains(&moved.status));
    assert_eq!(moved.header("location").as_deref(), Some("/docs/"));
    let page = get(&server, "/docs/");
    assert_eq!((page.status, media_type(&page).as_str()), (200, "text/html"));
    let text = page.text();
    let mut files = attributes(&text, "src");
    files.extend(attributes(&text, "href"));
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        assert!(!file.contains("//"), "{file}");
        let found = get(&server, &format!("/docs/{}", file.trim_start_matches("./")));
        assert_eq!(found.status, 200, "{file}");
        assert!(!found.body.is_empty(), "{file}");
    }
    let settings = get(&server, "/docs/swagger-initializer.js").text();
    assert!(settings.contains("\"/openapi/kibo."), "{settings}");
    assert!(settings.contains("\"persistAuthorization\": true"), "{settings}");
    assert_eq!(get(&server, "/docs/nothing.js").status, 404);
}

#[test]
fn documents_are_served_as_they_are() {
    let place = Place::new();
    let server = place.serve();
    let yaml = get(&server, "/openapi/kibo.yaml");
    assert_eq!(
        (yaml.status, media_type(&yaml).as_str()),
        (200, "application/yaml")
    );
    let source = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/kibo.yaml")).unwrap();
    assert!(yaml.body == source, "byte for byte");
    let json = get(&server, "/openapi/kibo.json");
    assert_eq!(
        (json.status, media_type(&json).as_str()),
        (200, "application/json")
    );
    let found: Value = serde_json::from_slice(&json.body).unwrap();
    let document: Value = serde_json::from_str(contract::kibo::DOCUMENT_JSON).unwrap();
    assert_eq!(found, document);
    for (path, reply) in [("/openapi/kibo.yaml", &yaml), ("/openapi/kibo.json", &json)] {
        let known = vec![("If-None-Match".to_owned(), reply.header("etag").unwrap())];
        assert_eq!(
            testkit::http::send(server.url(), "GET", path, &known, None)
                .unwrap()
                .status,
            304
        );
    }
}

#[test]
fn health_is_told() {
    let place = Place::new();
    let server: Process = place.serve();
    for path in ["/healthz", "/readyz"] {
        let reply = get(&server, path);
        assert_eq!(
            (reply.status, media_type(&reply).as_str()),
            (200, "application/json"),
            "{path}"
        );
        assert!(
            reply.header("x-request-id").is_some_and(|id| id.len() == 36),
            "{path}"
        );
    }
}

#[test]
fn other_verbs_are_refused_with_the_right_ones() {
    let place = Place::new();
    let server = place.serve();
    for path in [
        "/",
        "/healthz",
        "/readyz",
        "/docs",
        "/docs/",
        "/openapi/kibo.yaml",
        "/openapi/kibo.json",
    ] {
        for verb in ["POST", "PUT", "DELETE", "PATCH"] {
            let reply = testkit::http::send(server.url(), verb, path, &[], Some(b"{}")).unwrap();
            assert_eq!(reply.status, 405, "{verb} {path}");
            let allow = reply.header("allow").unwrap();
            assert!(
                allow.split(", ").any(|verb| verb == "GET"),
                "{verb} {path}: {allow}"
            );
        }
    }
}
