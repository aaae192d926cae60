//! Rules about the server, the tests and the work tree.

use super::{Entry, entry};

const DERIVED: &str = "Step derived";
const EXAMPLES: &str = "Step examples";
const SAMPLES: &str = "Step samples";
const ROUTES: &str = "Step routes";
const COVERAGE: &str = "Step coverage";
const TIDY: &str = "Step tidy";
const TOOLS: &str = "Steps fmt and clippy, and building the server";

pub static ENTRIES: &[Entry] = &[
    entry(
        DERIVED,
        "derived",
        "The document that the server derives from its types differs from the document in `openapi/`.",
        "a member that generated code lost",
    ),
    entry(
        EXAMPLES,
        "example-fails",
        "Generated code refuses an example, or writes it in another way.",
        "an example that the XML reader does not take",
    ),
    entry(
        SAMPLES,
        "sample-accepted",
        "Generated code takes a body or parameter that the schema refuses.",
        "a text of 256 characters where `maxLength` is 255",
    ),
    entry(
        SAMPLES,
        "sample-refused",
        "Generated code refuses a body or parameter that the schema allows, or makes no answer of a header that it allows.",
        "`1.0` where `type` is `integer`",
    ),
    entry(
        SAMPLES,
        "sample-misplaced",
        "Generated code refuses a broken body or parameter, but names another place than the broken one.",
        "`/users` for a mistake at `/users/1/id`",
    ),
    entry(
        SAMPLES,
        "sample-changed",
        "A valid body or header of an answer is not written as it was given, or a body does not survive its media type.",
        "a member that XML loses",
    ),
    entry(
        SAMPLES,
        "sample-unfit",
        "What generated code writes for a valid body or header of an answer breaks the schema.",
        "a null where `type` is `string`",
    ),
    entry(
        SAMPLES,
        "sample-untried",
        "The server does not know a body, parameters or headers of an answer that the document has.",
        "a new operation before `cargo xtask generate`",
    ),
    entry(
        ROUTES,
        "routes-probe",
        "The running server answers an operation that is not documented, or does not answer one that is.",
        "405 for a documented verb",
    ),
    entry(
        ROUTES,
        "routes-table",
        "The server's list of routes is not what the documents say.",
        "a route without an operation",
    ),
    entry(
        COVERAGE,
        "coverage",
        "A documented answer has no test case.",
        "no case for `getGroup` and 404",
    ),
    entry(
        COVERAGE,
        "coverage-unknown",
        "A test case names an answer that no document has.",
        "a case for `getGroup` and 418",
    ),
    entry(
        COVERAGE,
        "coverage-literal",
        "A test case does not name operation and status as literals, so it cannot be counted.",
        "`Case::new(name, 200)`",
    ),
    entry(
        COVERAGE,
        "coverage-gaps",
        "The list of gaps is missing or holds a line; none is accepted.",
        "`getGroup 404`",
    ),
    entry(
        TIDY,
        "tidy-marker",
        "Work that is put off is recorded in the sources.",
        "a marker for later in a comment",
    ),
    entry(
        TIDY,
        "tidy-path",
        "A path of one machine, or a fixed temporary folder.",
        "an absolute path in a script",
    ),
    entry(
        TIDY,
        "tidy-host",
        "The host name of a package registry.",
        "the address of a registry in a document",
    ),
    entry(
        TIDY,
        "tidy-size",
        "A file or function is too long.",
        "a file of 501 lines",
    ),
    entry(
        TIDY,
        "tidy-module",
        "A module lies in a file `mod.rs`.",
        "`groups/mod.rs`",
    ),
    entry(
        TIDY,
        "tidy-header",
        "A generated file lacks its header, or a file by hand has it.",
        "generated code without its first line",
    ),
    entry(
        TIDY,
        "tidy-unfinished",
        "Unfinished code.",
        "a macro that stands for code to come",
    ),
    entry(
        TIDY,
        "tidy-ignored",
        "A test that never runs.",
        "the attribute that skips a test",
    ),
    entry(
        TIDY,
        "tidy-status",
        "A status outside of the tables of statuses.",
        "`StatusCode::CONFLICT` in a handler",
    ),
    entry(
        TIDY,
        "tidy-framework",
        "A framework outside of the crates that may name it.",
        "`sea_orm` in `directory`",
    ),
    entry(
        TIDY,
        "tidy-model",
        "The model waits, reads a clock or does I/O.",
        "`async fn` in `model`",
    ),
    entry(
        TIDY,
        "tidy-dialect",
        "One dialect names another, or a common file names a dialect.",
        "`kibo` in `dialects/formsonfire`",
    ),
    entry(
        TIDY,
        "tidy-direction",
        "A crate depends on one that it must not know.",
        "`store` in the manifest of `model`",
    ),
    entry(
        TIDY,
        "tidy-table",
        "The table of dependencies is not sorted or lacks a reason.",
        "`serde = \"1\"` without a comment",
    ),
    entry(
        TIDY,
        "tidy-bypass",
        "A member declares a version of its own.",
        "`serde = \"1\"` instead of `serde.workspace = true`",
    ),
    entry(
        TIDY,
        "tidy-lints",
        "A member does not take the lints of the workspace.",
        "a manifest without `[lints]`",
    ),
    entry(
        TIDY,
        "tidy-unused",
        "A dependency that nothing uses.",
        "a crate that no source names",
    ),
    entry(
        TIDY,
        "tidy-twice",
        "A crate is there in two versions without a reason.",
        "`syn` 1 and `syn` 2",
    ),
    entry(
        TIDY,
        "tidy-licence",
        "A dependency has a licence that is not on the list.",
        "a crate under GPL-3.0",
    ),
    entry(TIDY, "rust-syntax", "A source is no Rust.", "fn ("),
    entry(
        TOOLS,
        "fmt",
        "A file is not formatted as rustfmt does.",
        "two statements on one line",
    ),
    entry(
        TOOLS,
        "clippy",
        "A complaint of the compiler or of clippy.",
        "an unused variable",
    ),
    entry(
        TOOLS,
        "build",
        "The server does not build, so that the steps that ask it cannot run.",
        "a handler that is missing",
    ),
];
