//! Mutations of what has to be built before it can be judged: all of them stand in one copy of the work tree, which is
//! built once, and each step and the suite that the documents drive run once.

use super::driven;
use super::mutation::{Edit, Expected, Mutation, Place};
use super::row::Row;
use super::samples;
use super::specimens::{self, Specimen};
use super::stage::{Stage, shared};
use super::tree::{Applied, Texts, apply, restore, texts};
use crate::cargo;
use crate::check::{Context, Step};
use crate::workspace::{Fault, Workspace};

/// The program of the copy, under a name of its own: it must not take the place of the server.
const PROGRAM: &str = "roster-mutated";

/// The version of the crates of the copy. Without it cargo takes them for those of the work tree, wherever they lie.
const VERSION: &str = "0.0.0-mutated";

pub fn rows(workspace: &Workspace) -> Result<Vec<Row>, Fault> {
    let stage = Stage::prepare(workspace)?;
    let specimens = specimens::all();
    let routes = routes();
    let mut edits = hosts(&stage, &specimens)?;
    for specimen in &specimens {
        edits.push(specimen.document());
        edits.extend(specimen.code()?);
    }
    edits.extend(routes.iter().flat_map(|mutation| mutation.edits.clone()));
    edits.extend(driven::edits(&stage.workspace)?);
    let done = apply(stage.workspace.root(), &edits)?;
    let mut edited = texts(&done);
    let expected = routes.iter().flat_map(|mutation| &mutation.expected);
    for file in expected.map(|expected| &expected.file) {
        if edited.iter().all(|texts| texts.file != *file) {
            let text = stage.workspace.read(file)?.unwrap_or_default();
            edited.push(Texts {
                file: file.clone(),
                after: text,
            });
        }
    }
    let judged = judged(&stage, &specimens, &routes, &edited).and_then(|mut rows| {
        rows.extend(driven::rows(&stage.workspace)?);
        Ok(rows)
    });
    restore(done)?;
    judged
}

fn judged(
    stage: &Stage,
    specimens: &[Specimen],
    routes: &[Mutation],
    edited: &[Texts],
) -> Result<Vec<Row>, Fault> {
    let built = cargo::build_programs(&stage.workspace, &[PROGRAM])?;
    let programs = built.map_err(|findings| {
        let errors: Vec<String> = findings.iter().map(ToString::to_string).collect();
        Fault(format!(
            "the copy with all mutations does not build:\n{}",
            errors.join("\n")
        ))
    })?;
    let [program] = programs.as_slice() else {
        return Err(Fault("cargo built no program".to_owned()));
    };
    let find = |step: Step| step.find(&Context::new(stage.workspace.clone()).served_by(program.clone()));
    let shown = specimens.iter().flat_map(Specimen::examples);
    let examples: Vec<Mutation> = specimens::by_hand().into_iter().chain(shown).collect();
    let derived: Vec<Mutation> = specimens.iter().flat_map(Specimen::derived).collect();
    let mut rows = shared(&derived, find(Step::Derived)?, edited, Step::Derived);
    rows.extend(shared(&examples, find(Step::Examples)?, edited, Step::Examples));
    // The specimens have no routes.
    let documents: Vec<Edit> = specimens
        .iter()
        .map(|specimen| Edit::Remove(specimen.path()))
        .collect();
    let done: Vec<Applied> = apply(stage.workspace.root(), &documents)?;
    let found = find(Step::Routes);
    rows.extend(shared(routes, found?, edited, Step::Routes));
    let samples = samples::mutations();
    let edits: Vec<Edit> = samples
        .iter()
        .flat_map(|mutation| mutation.edits.clone())
        .collect();
    let drifted = apply(stage.workspace.root(), &edits)?;
    let found = find(Step::Samples);
    rows.extend(shared(&samples, found?, &texts(&drifted), Step::Samples));
    restore(drifted)?;
    restore(done)?;
    Ok(rows)
}

/// What makes the specimens dialects of the copy: modules, entries of the list of documents, the program's name.
fn hosts(stage: &Stage, specimens: &[Specimen]) -> Result<Vec<Edit>, Fault> {
    let list = "crates/server/src/documents.rs";
    let text = stage.workspace.read(list)?.unwrap_or_default();
    let start = "pub const ALL: &[Document] = &[\n";
    let entry = text
        .split_once(start)
        .and_then(|(_, rest)| rest.split_once("    },\n"));
    let (like, _) = entry.ok_or_else(|| Fault(format!("{list} has no list of documents")))?;
    let entries: String = specimens
        .iter()
        .map(|specimen| specimen.entry(&format!("{like}    }},\n")))
        .collect();
    let joined = |part: fn(&Specimen) -> String| specimens.iter().map(part).collect::<String>();
    let manifest = "crates/server/Cargo.toml";
    let (ours, theirs) = ("version = \"0.0.0\"\n", format!("version = \"{VERSION}\"\n"));
    let lock = stage.workspace.read("Cargo.lock")?.unwrap_or_default();
    let library = "crates/contract/src/lib.rs";
    let modules = "    //! One module for each document.\n";
    Ok(vec![
        Edit::replace("Cargo.toml", ours, &theirs),
        Edit::Write("Cargo.lock".into(), lock.replace(ours, &theirs).into_bytes()),
        // They are told by the command line, and have no pages of their own.
        Edit::replace(
            list,
            start,
            &format!("const SPECIMENS: &[Document] = &[\n{entries}];\n\n{start}"),
        ),
        Edit::replace(list, "ALL.iter().find(", "ALL.iter().chain(SPECIMENS).find("),
        Edit::replace(
            list,
            "PossibleValuesParser::new(ALL.iter()",
            "PossibleValuesParser::new(ALL.iter().chain(SPECIMENS)",
        ),
        Edit::replace(
            manifest,
            "name = \"roster\"\n",
            &format!("name = \"{PROGRAM}\"\n"),
        ),
        Edit::replace(
            library,
            modules,
            &format!("{modules}{}", joined(Specimen::module)),
        ),
        Edit::replace(
            library,
            "pub use generated::kibo;\n",
            &format!("{}pub use generated::kibo;\n", joined(Specimen::export)),
        ),
    ])
}

/// Routes too many and too few.
fn routes() -> Vec<Mutation> {
    let app = "crates/server/src/app.rs";
    let generated = |name: &str| format!("crates/contract/src/generated/{name}/routes.rs");
    let of = |rule: &str, file: &str, text: &str| Expected::new(rule, file, Place::Of(text.to_owned()));
    let mutation = |name: &str, edit: Edit, expected: Vec<Expected>| Mutation {
        name: name.to_owned(),
        step: Step::Routes,
        edits: vec![edit],
        expected,
    };
    let list = "xtask/src/check/routes.rs";
    let (taleo, propeller) = ("openapi/taleolearn.yaml", "openapi/propeller.yaml");
    vec![
        mutation(
            "a page that nobody names",
            Edit::replace(
                app,
                "page(\"/healthz\", health::healthz)",
                "page(\"/surplus\", health::healthz)",
            ),
            vec![
                // GET and HEAD; the list is stale once.
                of("routes-table", app, "\"/surplus\""),
                of("routes-table", app, "\"/surplus\""),
                of("routes-table", list, "(\"/healthz\""),
                of("routes-probe", list, "(\"/healthz\""),
                of("routes-probe", list, "(\"/healthz\""),
            ],
        ),
        mutation(
            "a verb that no document has",
            Edit::replace(
                generated("taleolearn"),
                ".route(web::get().to(get_metadata_catalog::<H>))",
                ".route(web::get().to(get_metadata_catalog::<H>)).route(web::patch().to(get_metadata_catalog::<H>))",
            ),
            vec![
                of("routes-table", taleo, "/metadata-catalog:"),
                of("routes-probe", taleo, "/metadata-catalog:"),
            ],
        ),
        mutation(
            "an operation without a route",
            Edit::replace(
                generated("propeller"),
                ".route(web::delete().to(delete_usergroup::<H>))",
                "",
            ),
            vec![
                // It is mounted twice; the probe asks below one of both.
                of(
                    "routes-table",
                    propeller,
                    "delete:\n      operationId: deleteUsergroup\n",
                ),
                of(
                    "routes-table",
                    propeller,
                    "delete:\n      operationId: deleteUsergroup\n",
                ),
                of(
                    "routes-probe",
                    propeller,
                    "delete:\n      operationId: deleteUsergroup\n",
                ),
            ],
        ),
    ]
}
