//! Compiles the clients and their stories: TypeScript with tsc, Python with mypy.

use std::time::Duration;

use super::generators::{Generator, Language};
use super::jobs::{self, Failure};
use super::stage::Stage;

/// How long one compiler may take.
const LIMIT: Duration = Duration::from_mins(4);

pub fn run(stage: &Stage) -> (String, Vec<Failure>) {
    let parts = [
        None,
        Some(Generator::OpenapiGenerator),
        Some(Generator::OpenapiPythonClient),
    ];
    let failures = jobs::each(&parts, |part| match part {
        None => typescript(stage),
        Some(generator) => python(stage, *generator),
    });
    (format!("{} parts", parts.len() - failures.len()), failures)
}

/// First what the stories see as declarations, then everything else.
fn typescript(stage: &Stage) -> Result<(), Failure> {
    for project in ["tsconfig.typescript-fetch.json", "tsconfig.json"] {
        let mut tsc = jobs::command(stage, &stage.node("tsc"));
        tsc.args(["--project", project]);
        jobs::run(stage, &format!("tsc {project}"), &mut tsc, LIMIT)?;
    }
    Ok(())
}

fn python(stage: &Stage, generator: Generator) -> Result<(), Failure> {
    debug_assert_eq!(generator.language(), Language::Python);
    let mut mypy = jobs::command(stage, &stage.python("mypy"));
    mypy.env("MYPYPATH", stage.python_path(generator, ":"))
        .args(["--cache-dir", &format!("mypy-cache/{}", generator.name())]);
    for dialect in stage.dialects() {
        mypy.arg(format!("{}/{dialect}_client", generator.output(dialect)));
        let story = generator.story(dialect);
        if stage.root.join(&story).exists() {
            mypy.arg(story);
        }
    }
    let what = format!("mypy {}", generator.name());
    jobs::run(stage, &what, &mut mypy, LIMIT).map(drop)
}
