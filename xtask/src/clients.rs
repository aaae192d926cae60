//! `cargo xtask test clients`: clients are generated from the documents, compiled strictly, and call the server.
//!
//! Everything happens in a stage below the target folder: packages, copies of documents and stories, generated
//! clients. Each generator and each dialect has one story in `tests/clients/stories`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::cargo;
use crate::workspace::{Fault, Workspace};

mod compile;
mod generation;
pub mod generators;
mod jobs;
mod packages;
mod stage;
mod stories;
mod tools;

use jobs::Case;
use stage::Stage;

/// Takes a line of what is told.
type Hear<'a> = &'a mut dyn FnMut(&str) -> Result<(), Fault>;

/// Runs the suite, tells about it as cargo tells about tests, and says whether everything passed. It is left out
/// where a tool is missing or packages cannot be installed; with `CI` set that is a failure.
pub fn run(workspace: &Workspace, hear: Hear<'_>) -> Result<bool, Fault> {
    let start = Instant::now();
    hear("     Running generated clients (clients)")?;
    let mut cases = Vec::new();
    match prepare(workspace)? {
        Ok((stage, program)) => {
            let steps: [&dyn Fn() -> Vec<Case>; 3] =
                [&|| generation::run(&stage), &|| compile::run(&stage), &|| {
                    stories::run(&stage, &program)
                }];
            for step in steps {
                let done = step();
                let is_good = done.iter().all(Case::is_good);
                tell(&done, hear)?;
                cases.extend(done);
                if !is_good {
                    break;
                }
            }
        }
        Err(why) if std::env::var_os("CI").is_some() => {
            cases.push(Case::new("prepare".to_owned(), Err(why)));
            tell(&cases, hear)?;
        }
        Err(why) => hear(&format!("the suite `clients` did not run: {why}"))?,
    }
    conclude(&cases, start.elapsed().as_secs_f64(), hear)
}

/// The filled stage and the built server, or why there is none.
fn prepare(workspace: &Workspace) -> Result<Result<(Stage, PathBuf), String>, Fault> {
    let tools = match tools::find() {
        Ok(tools) => tools,
        Err(missing) => return Ok(Err(missing)),
    };
    let program = cargo::build_server(workspace)?.map_err(|findings| {
        let errors: Vec<String> = findings.iter().map(ToString::to_string).collect();
        Fault(format!("the server does not build:\n{}", errors.join("\n")))
    })?;
    let stage = Stage::prepare(workspace, &folder(&program), tools)?;
    let missing = packages::install(&stage);
    Ok(missing.map_or(Ok((stage, program)), |why| {
        Err(format!("packages cannot be installed: {why}"))
    }))
}

/// The stage lies in the target folder that the server was built into.
fn folder(program: &Path) -> PathBuf {
    let target = program.parent().and_then(Path::parent);
    target.unwrap_or(Path::new("target")).join("clients")
}

fn tell(cases: &[Case], hear: Hear<'_>) -> Result<(), Fault> {
    for case in cases {
        let end = if case.is_good() { "ok" } else { "FAILED" };
        hear(&format!("test {} ... {end}", case.name))?;
    }
    Ok(())
}

fn conclude(cases: &[Case], seconds: f64, hear: Hear<'_>) -> Result<bool, Fault> {
    let failed: Vec<(&str, &String)> = cases.iter().filter_map(Case::failure).collect();
    for (name, said) in &failed {
        hear("")?;
        hear(&format!("---- {name} stdout ----"))?;
        said.lines().try_for_each(&mut *hear)?;
    }
    let end = if failed.is_empty() { "ok" } else { "FAILED" };
    let (passed, failed) = (cases.len() - failed.len(), failed.len());
    hear("")?;
    hear(&format!(
        "test result: {end}. {passed} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out; finished in {seconds:.2}s"
    ))?;
    Ok(failed == 0)
}

#[cfg(test)]
mod tests;
