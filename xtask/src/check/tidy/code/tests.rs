use super::check;
use crate::check::fixture::{file, shown};

fn findings(path: &str, text: &str) -> Vec<String> {
    let dialects = ["kibo".to_owned(), "scim".to_owned()];
    shown(&check(&file(path, text), &dialects))
}

#[test]
fn each_rule_finds_its_place() {
    let cases = [
        (
            "crates/a/src/a.rs",
            "fn a() {\n    todo!()\n}\n",
            "a.rs:2:5: tidy-unfinished: unfinished code: `todo!`",
        ),
        (
            "tests/a.rs",
            "#[test]\n#[ignore]\nfn a() {}\n",
            "a.rs:2:1: tidy-ignored: ",
        ),
        (
            "tests/a.rs",
            "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n",
            "a.rs:2:1: tidy-ignored: ",
        ),
        (
            "crates/server/src/app.rs",
            "fn a() { b(StatusCode::OK) }\n",
            "a.rs:1:12: tidy-status: a status outside",
        ),
        (
            "crates/server/src/app.rs",
            "fn a() { HttpResponse::Found() }\n",
            "a.rs:1:10: tidy-status: ",
        ),
        (
            "crates/server/src/app.rs",
            "fn a() { StatusCode::from_u16(x) }\n",
            "a.rs:1:10: tidy-status: ",
        ),
        (
            "crates/directory/src/a.rs",
            "use sea_orm::Entity;\n",
            "a.rs:1:5: tidy-framework: the database framework",
        ),
        (
            "crates/directory/src/a.rs",
            "use rusqlite::Row;\n",
            "a.rs:1:5: tidy-framework: the database outside",
        ),
        (
            "crates/directory/src/a.rs",
            "fn a(r: actix_web::HttpRequest) {}\n",
            "a.rs:1:9: tidy-framework: the web framework",
        ),
        (
            "crates/model/src/a.rs",
            "async fn a() {}\n",
            "a.rs:1:1: tidy-model: ",
        ),
        (
            "crates/model/src/a.rs",
            "fn a() { Utc::now() }\n",
            "a.rs:1:10: tidy-model: ",
        ),
        (
            "crates/server/src/dialects/kibo/groups.rs",
            "use super::super::scim::Group;\n",
            "a.rs:1:19: tidy-dialect: dialect `kibo` names dialect `scim`",
        ),
        (
            "crates/server/src/dialects/scim.rs",
            "fn a() { kibo::b() }\n",
            "a.rs:1:10: tidy-dialect: dialect `scim` names dialect `kibo`",
        ),
    ];
    for (path, text, start) in cases {
        let found = findings(path, text);
        let [only] = found.as_slice() else {
            panic!("{path} {text}: {found:?}")
        };
        let name = path.rsplit('/').next().unwrap();
        assert!(only.starts_with(&start.replace("a.rs", name)), "{only}");
    }
}

#[test]
fn what_the_rules_allow_is_clean() {
    let cases = [
        ("crates/server/src/status.rs", "fn a() { b(StatusCode::OK) }\n"),
        (
            "crates/contract/src/runtime/body.rs",
            "fn a() { HttpResponse::Ok() }\n",
        ),
        (
            "crates/contract/src/generated/kibo/routes.rs",
            "fn a() { HttpResponse::Ok() }\n",
        ),
        (
            "crates/server/src/app.rs",
            "fn a() -> HttpResponse { b() }\nfn c(s: StatusCode) { \"StatusCode::OK\"; }\n",
        ),
        (
            "crates/server/src/app.rs",
            "type A = HttpResponse<B>;\ntype C = HttpResponse::<B>;\n",
        ),
        (
            "crates/server/src/app.rs",
            "#[cfg(test)]\nmod tests {\n    fn a() { b(StatusCode::OK) }\n}\n",
        ),
        (
            "tests/contract/main.rs",
            "fn a() { assert_eq!(s, StatusCode::OK) }\n",
        ),
        ("crates/directory/tests/plans.rs", "use rusqlite::Row;\n"),
        (
            "crates/store/src/groups.rs",
            "use sea_orm::Entity;\nasync fn a() {}\n",
        ),
        ("crates/model/src/ids.rs", "// async, Utc::now\nfn a() {}\n"),
        (
            "crates/server/src/dialects/kibo/groups.rs",
            "use contract::kibo::Group;\n",
        ),
        ("crates/server/src/app.rs", "fn a() { HttpResponse::build(b) }\n"),
        ("crates/model/src/time.rs", "pub struct Instant(i64);\n"),
        ("crates/server/src/dialects.rs", "pub mod kibo;\npub mod scim;\n"),
        ("crates/contract/src/generated/kibo/routes.rs", "fn a(\n"),
    ];
    for (path, text) in cases {
        assert_eq!(findings(path, text), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn what_is_no_rust_is_found_with_and_without_a_word_that_matters() {
    for text in ["fn a(\n", "fn a(\n// todo\n"] {
        let found = findings("crates/server/src/app.rs", text);
        let [only] = found.as_slice() else {
            panic!("{text}: {found:?}")
        };
        assert!(only.starts_with("app.rs:1:5: rust-syntax: "), "{only}");
    }
}
