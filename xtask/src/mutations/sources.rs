//! Mutations of sources, manifests, tests and generated files, side by side in a copy of the work tree. What the sources
//! must not contain is put together from parts here.

use super::lint::SMALL;
use super::mutation::{Edit, Expected, Mutation, Place};
use super::row::Row;
use super::stage::Stage;
use crate::catalogue;
use crate::check::Step;
use crate::workspace::{Fault, Workspace};

/// A rule, the new file that breaks it, and the place.
type NewFile = (&'static str, &'static str, &'static str, (usize, usize));

const FILES: &[NewFile] = &[
    (
        "tidy-marker",
        "docs/later.md",
        concat!("Later.\n\nTO", "DO: more.\n"),
        (3, 1),
    ),
    (
        "tidy-marker",
        "crates/model/src/later.rs",
        concat!("// A FIX", "ME of somebody.\n"),
        (1, 6),
    ),
    (
        "tidy-path",
        "docs/place.md",
        concat!("See /ho", "me/me/notes.\n"),
        (1, 4),
    ),
    (
        "tidy-path",
        "xtask/place.sh",
        concat!("cd /t", "mp/there\n"),
        (1, 3),
    ),
    (
        "tidy-host",
        "docs/host.md",
        concat!("From https://crates", ".io/ today.\n"),
        (1, 14),
    ),
    (
        "tidy-module",
        "crates/model/src/extra/mod.rs",
        "//! Extra.\n",
        (1, 1),
    ),
    (
        "tidy-header",
        "crates/contract/src/generated/mine.rs",
        "//! By hand.\n",
        (1, 1),
    ),
    (
        "tidy-header",
        "crates/model/src/made.rs",
        concat!("// @gene", "rated by hand\n"),
        (1, 1),
    ),
    (
        "tidy-unfinished",
        "crates/model/src/open.rs",
        "fn f() {\n    todo!()\n}\n",
        (2, 5),
    ),
    (
        "tidy-unfinished",
        "crates/store/src/open.rs",
        "fn f() {\n    unimplemented!()\n}\n",
        (2, 5),
    ),
    (
        "tidy-ignored",
        "tests/fault/never.rs",
        "#[test]\n#[ignore]\nfn never() {}\n",
        (2, 1),
    ),
    (
        "tidy-status",
        "crates/server/src/dialects/kibo/teapot.rs",
        "const S: S = StatusCode::IM_A_TEAPOT;\n",
        (1, 14),
    ),
    (
        "tidy-status",
        "crates/server/src/teapot.rs",
        "fn f() -> R { HttpResponse::Ok() }\n",
        (1, 15),
    ),
    (
        "tidy-framework",
        "crates/directory/src/rows.rs",
        "use sea_orm::Select;\n",
        (1, 5),
    ),
    (
        "tidy-framework",
        "crates/server/src/rows.rs",
        "use rusqlite::Row;\n",
        (1, 5),
    ),
    (
        "tidy-framework",
        "crates/model/src/web.rs",
        "use actix_web::web;\n",
        (1, 5),
    ),
    (
        "tidy-model",
        "crates/model/src/wait.rs",
        "async fn wait() {}\n",
        (1, 1),
    ),
    (
        "tidy-model",
        "crates/model/src/clock.rs",
        "fn now() -> I { Utc::now() }\n",
        (1, 17),
    ),
    (
        "tidy-dialect",
        "crates/server/src/dialects/kibo/other.rs",
        "use crate::dialects::propeller;\n",
        (1, 22),
    ),
    (
        "tidy-dialect",
        "crates/server/src/dialects/common.rs",
        "use crate::dialects::kibo;\n",
        (1, 22),
    ),
    ("rust-syntax", "crates/model/src/broken.rs", "fn (\n", (1, 4)),
];

pub fn rows(workspace: &Workspace) -> Result<Vec<Row>, Fault> {
    let stage = Stage::prepare(workspace)?;
    let mut rows = Vec::new();
    for (step, mutations) in [
        (Step::Tidy, tidy()),
        (Step::Coverage, coverage()),
        (Step::Generated, generated()),
    ] {
        rows.extend(stage.judge(&mutations, step)?);
    }
    Ok(rows)
}

fn mutation(step: Step, name: &str, edits: Vec<Edit>, expected: Vec<Expected>) -> Mutation {
    Mutation {
        name: name.to_owned(),
        step,
        edits,
        expected,
    }
}

fn new(path: &str, text: &str) -> Edit {
    Edit::Write(path.into(), text.into())
}

fn of(rule: &str, file: &str, text: &str) -> Expected {
    Expected::new(rule, file, Place::Of(text.to_owned()))
}

fn tidy() -> Vec<Mutation> {
    let tidy = |name, edits, expected| mutation(Step::Tidy, name, edits, expected);
    let mut all: Vec<Mutation> = FILES
        .iter()
        .map(|(rule, path, text, (line, column))| {
            let expected = vec![Expected::new(rule, *path, Place::At(*line, *column))];
            tidy("a new file", vec![new(path, text)], expected)
        })
        .collect();
    let long = "crates/model/src/long.rs";
    all.push(tidy(
        "a file of 501 lines",
        vec![new(long, &"// More.\n".repeat(501))],
        vec![Expected::new("tidy-size", long, Place::At(501, 1))],
    ));
    all.extend(manifests());
    all.extend(packages());
    all
}

/// How the model stands in the lock file, as far as it is edited.
const LOCKED_MODEL: &str =
    "name = \"model\"\nversion = \"0.0.0\"\ndependencies = [\n \"chrono\",\n \"serde\",\n";

/// The end of the same list.
const LOCKED_END: &str = " \"serde\",\n \"serde_json\",\n \"uuid\",\n";

/// One table of dependencies, and who may depend on whom.
fn manifests() -> Vec<Mutation> {
    let tidy = |name, edits, expected| mutation(Step::Tidy, name, edits, expected);
    let (root, model, lock) = ("Cargo.toml", "crates/model/Cargo.toml", "Cargo.lock");
    vec![
        tidy(
            "a dependency without its reason",
            vec![Edit::replace(
                root,
                "walkdir = \"2\" # tidy\n",
                "walkdir = \"2\"\n",
            )],
            vec![of("tidy-table", root, "walkdir = \"2\"\n")],
        ),
        tidy(
            "a table that is not sorted",
            vec![Edit::replace(
                root,
                "quick-xml = {",
                "aquick = \"1\" # none\nquick-xml = {",
            )],
            vec![
                of("tidy-table", root, "aquick"),
                of("tidy-unused", root, "aquick"),
            ],
        ),
        tidy(
            "a version beside the table",
            vec![Edit::replace(
                "xtask/Cargo.toml",
                "walkdir.workspace = true",
                "walkdir = \"2\"",
            )],
            vec![of("tidy-bypass", "xtask/Cargo.toml", "walkdir = \"2\"")],
        ),
        tidy(
            "a member without the lints",
            vec![Edit::replace(
                "crates/testkit/Cargo.toml",
                "[lints]\nworkspace = true\n",
                "",
            )],
            vec![Expected::new(
                "tidy-lints",
                "crates/testkit/Cargo.toml",
                Place::At(1, 1),
            )],
        ),
        tidy(
            "the model depends on the contract, which it does not use",
            vec![
                Edit::replace(
                    model,
                    "[dependencies]\n",
                    "[dependencies]\ncontract.workspace = true\n",
                ),
                Edit::replace(
                    lock,
                    LOCKED_MODEL,
                    &LOCKED_MODEL.replace(" \"serde\"", " \"contract\",\n \"serde\""),
                ),
            ],
            vec![
                of("tidy-direction", model, "contract.workspace"),
                of("tidy-unused", model, "contract.workspace"),
            ],
        ),
    ]
}

/// Two versions of one package, the first under a licence that is not on the list.
fn packages() -> Vec<Mutation> {
    let (root, lock, user) = ("Cargo.toml", "Cargo.lock", "crates/model/Cargo.toml");
    let manifest = |version: &str, licence: &str| {
        format!(
            "[package]\nname = \"viral\"\nversion = \"{version}\"\nedition = \"2024\"\nlicense = \"{licence}\"\n"
        )
    };
    let locked = "[[package]]\nname = \"viral\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"viral\"\nversion = \"2.0.0\"\n\n";
    let walkdir = "[[package]]\nname = \"walkdir\"\n";
    let edits = vec![
        new("vendor/one/Cargo.toml", &manifest("1.0.0", "GPL-3.0-only")),
        Edit::replace(
            root,
            "resolver = \"3\"\n",
            "resolver = \"3\"\nexclude = [\"vendor\"]\n",
        ),
        new("vendor/one/src/lib.rs", "//! One.\n"),
        new("vendor/two/Cargo.toml", &manifest("2.0.0", "MIT")),
        new("vendor/two/src/lib.rs", "//! Two.\n"),
        Edit::replace(
            root,
            "walkdir = \"2\"\n",
            "viral = { path = \"vendor/one\" } # one\nviral-two = { path = \"vendor/two\", package = \"viral\" } # two\nwalkdir = \"2\"\n",
        ),
        Edit::replace(
            user,
            "uuid.workspace = true\n",
            "uuid.workspace = true\nviral.workspace = true\nviral-two.workspace = true\n",
        ),
        new(
            "crates/model/src/viral.rs",
            "use viral::One;\nuse viral_two::Two;\n",
        ),
        Edit::replace(lock, walkdir, &format!("{locked}{walkdir}")),
        Edit::replace(
            lock,
            &format!("{LOCKED_END}]\n"),
            &format!("{LOCKED_END} \"viral 1.0.0\",\n \"viral 2.0.0\",\n]\n"),
        ),
    ];
    let name = "a package in two versions, one of them under another licence";
    let expected = vec![
        of("tidy-twice", root, "viral = {"),
        of("tidy-licence", lock, "name = \"viral\"\nversion = \"1.0.0\""),
    ];
    vec![mutation(Step::Tidy, name, edits, expected)]
}

fn coverage() -> Vec<Mutation> {
    let case = |operation: &str, status: &str| {
        format!(
            "const CASES: &[Case] = &[\n    Case {{ operation: {operation}, status: {status}, run: f }},\n];\n"
        )
    };
    let coverage = |name, edits, expected| mutation(Step::Coverage, name, edits, expected);
    let folder = "tests/contract/kibo";
    let file = |name: &str| format!("{folder}/{name}.rs");
    let statuses = [
        "'200':\n          description: The thing.\n          content",
        "'400':",
        "'401':",
        "'406':",
        "'413':",
        "'415':",
        "'500':",
    ];
    vec![
        coverage(
            "a document without cases",
            vec![new("openapi/small.yaml", SMALL)],
            statuses
                .iter()
                .map(|status| of("coverage", "openapi/small.yaml", status))
                .collect(),
        ),
        coverage(
            "a case for a status that is not documented",
            vec![new(&file("teapot"), &case("\"getGroup\"", "418"))],
            vec![of("coverage-unknown", &file("teapot"), "Case {")],
        ),
        coverage(
            "a case for an operation that does not exist",
            vec![new(&file("nothing"), &case("\"getNothing\"", "200"))],
            vec![of("coverage-unknown", &file("nothing"), "Case {")],
        ),
        coverage(
            "a case whose status only a run can know",
            vec![new(&file("number"), &case("\"getGroup\"", "TEAPOT"))],
            vec![of("coverage-literal", &file("number"), "Case {")],
        ),
        coverage(
            "a gap that is accepted",
            vec![Edit::replace(
                "tests/contract/gaps.txt",
                "None is accepted.\n",
                "None is accepted.\ngetGroup 404\n",
            )],
            vec![of("coverage-gaps", "tests/contract/gaps.txt", "getGroup")],
        ),
    ]
}

fn generated() -> Vec<Mutation> {
    let folder = "crates/contract/src/generated";
    let file = |name: &str| format!("{folder}/{name}.rs");
    let header = concat!(
        "// @gene",
        "rated by `cargo xtask generate` from openapi/gone.yaml. Do not edit.\n"
    );
    let generated = |name, edit, rule, file: &str, place| {
        mutation(
            Step::Generated,
            name,
            vec![edit],
            vec![Expected::new(rule, file, place)],
        )
    };
    let (kibo, api, gone) = (file("kibo"), file("kibo/api"), file("gone"));
    vec![
        generated(
            "a line by hand",
            Edit::replace(&kibo, "pub mod api;\n", "pub mod api;\npub mod more;\n"),
            "generated-differs",
            &kibo,
            // The first letter that differs: another module stood there.
            Place::Of("pub mod more;".to_owned()),
        ),
        generated(
            "a file that is gone",
            Edit::Remove((&api).into()),
            "generated-missing",
            &api,
            Place::At(1, 1),
        ),
        generated(
            "code of no document",
            new(&gone, header),
            "generated-surplus",
            &gone,
            Place::At(1, 1),
        ),
        generated(
            "a rule in other words",
            Edit::replace(catalogue::FILE, "# Rules\n", "# Laws\n"),
            "generated-differs",
            catalogue::FILE,
            Place::Of("Laws".to_owned()),
        ),
    ]
}
