use super::{Route, compare, key, read};
use crate::check::fixture::{document, file, shown};
use crate::check::routes::Named;
use crate::check::routes::documented::paths;
use crate::source::place_of;
use crate::workspace::TextFile;

const YAML: &str = "openapi: 3.1.0
servers: [{ url: / }, { url: /api }]
paths:
  /groups/{groupCode}:
    get: {}
    put: {}
";

fn named() -> Vec<Named> {
    let name = |path: &str, listed, verbs, reason| Named {
        path: path.to_owned(),
        listed,
        verbs,
        reason,
    };
    vec![
        name("/healthz", "/healthz", &["GET"], "lives"),
        name("/docs/{file}", "/docs/{file}", &["*"], "pages"),
        name(
            "/openapi/kibo.json",
            "/openapi/<dialect>.json",
            &["GET"],
            "document",
        ),
    ]
}

fn route(path: &str, verbs: &[&str]) -> Route {
    Route {
        path: path.to_owned(),
        verbs: verbs.iter().map(ToString::to_string).collect(),
    }
}

fn good() -> Vec<Route> {
    vec![
        route("/Groups/{code:[^/]+}", &["GET", "PUT"]),
        route("/{_1:(?i-u:groups)}/{code}/", &["GET", "PUT"]),
        route("/api/groups/{code}", &["PUT", "GET"]),
        route("/healthz", &["GET"]),
        route("/docs/{_:.*}", &[]),
        route("/openapi/kibo.json", &["GET"]),
    ]
}

fn sources() -> Vec<TextFile> {
    vec![
        file(
            "crates/server/src/app.rs",
            "fn a() {}\n    .route(\"/healthz\", get())\n",
        ),
        file(
            "crates/server/src/rogue.rs",
            "\n.service(web::resource(\"/rogue/{id}\"))\n",
        ),
    ]
}

type Change = fn(&mut Vec<Route>);

fn check(change: Change) -> Vec<String> {
    let mut routes = good();
    change(&mut routes);
    shown(&compare(
        &routes,
        &paths(&[document("kibo", YAML)]),
        &named(),
        &sources().iter().collect::<Vec<_>>(),
    ))
}

#[test]
fn documented_and_named_routes_are_clean() {
    assert_eq!(check(|_| {}), Vec::<String>::new());
}

#[test]
fn every_other_difference_is_found_at_its_likely_place() {
    let cases: [(Change, &str); 6] = [
        (
            |r| r.push(route("/rogue/{id}", &["POST"])),
            "rogue.rs:2:24: routes-table: the server answers POST at /rogue",
        ),
        (
            |r| r.push(route("/api/rogue/{id}", &["POST"])),
            "rogue.rs:2:24: routes-table: the server answers POST at /api/",
        ),
        (
            |r| r.push(route("/other", &["GET"])),
            "src:1:1: routes-table: the server answers GET at /other",
        ),
        (
            |r| r.push(route("/any", &[])),
            "src:1:1: routes-table: the server answers every verb at /any",
        ),
        (
            |r| r[2].verbs.extend(["DELETE".to_owned()]),
            "kibo.yaml:4:3: routes-table: the server answers DELETE",
        ),
        (
            |r| r[2].verbs.retain(|verb| verb != "PUT"),
            "kibo.yaml:6:5: routes-table: PUT /api/groups/{groupCode} is documented",
        ),
    ];
    for (change, start) in cases {
        let found = check(change);
        let [only] = found.as_slice() else {
            panic!("{start}: {found:?}")
        };
        assert!(only.starts_with(start), "{only}");
    }
}

#[test]
fn a_name_without_a_route_is_found_where_it_is_listed() {
    let found = check(|r| r.retain(|route| route.path != "/healthz"));
    let (line, column) = place_of(include_str!("../../routes.rs"), "(\"/healthz\"");
    assert!(line > 1, "{line}");
    let text = "routes-table: the named route /healthz (lives) is no route of the server";
    assert_eq!(found, [format!("routes.rs:{line}:{column}: {text}")]);
}

#[test]
fn keys_leave_out_what_does_not_matter() {
    for (path, expected) in [
        ("/", "/"),
        ("", "/"),
        ("/A/{b}/", "/a/{}"),
        ("/a/{b:[0-9]{2}}/c", "/a/{}/c"),
        (r"/{_mount:(?i-u:A\.b)}/{_1:(?i-u:c-D)}/{e}", "/a.b/c-d/{}"),
    ] {
        assert_eq!(key(path), expected, "{path}");
    }
}

#[test]
fn the_table_of_the_server_is_read_or_refused() {
    let text = r#"[{"path":"/a","methods":["get"]},{"path":"/b","methods":[]}]"#;
    assert_eq!(read(text).unwrap(), [route("/a", &["GET"]), route("/b", &[])]);
    for text in ["", "{}", r#"[{"path":"/a"}]"#, r#"[{"path":1,"methods":[]}]"#] {
        assert!(read(text).is_err(), "{text}");
    }
}
