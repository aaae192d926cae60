//! Compiles the clients and their stories: TypeScript with tsc, Python with mypy.

use std::time::Duration;

use super::generators::Generator;
use super::jobs::{self, Case};
use super::stage::Stage;

/// How long one compiler may take.
const LIMIT: Duration = Duration::from_mins(4);

pub fn run(stage: &Stage) -> Vec<Case> {
    let parts = [
        None,
        Some(Generator::OpenapiGenerator),
        Some(Generator::OpenapiPythonClient),
    ];
    jobs::each(&parts, |part| match part {
        None => Case::new("compile::typescript".to_owned(), typescript(stage)),
        Some(generator) => Case::new(
            format!("compile::{}", generator.name()),
            python(stage, *generator),
        ),
    })
}

/// First what the stories see as declarations, then everything else.
fn typescript(stage: &Stage) -> Result<(), String> {
    for project in ["tsconfig.typescript-fetch", "tsconfig"] {
        let mut tsc = jobs::command(stage, &stage.node("tsc"));
        tsc.args(["--project", &format!("{project}.json")]);
        jobs::run(stage, &format!("tsc-{project}"), &mut tsc, LIMIT)?;
    }
    Ok(())
}

fn python(stage: &Stage, generator: Generator) -> Result<(), String> {
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
    jobs::run(stage, &format!("mypy-{}", generator.name()), &mut mypy, LIMIT).map(drop)
}
