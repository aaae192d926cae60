//! Installs the pinned packages into the stage, again only when their pins have changed.

use std::path::Path;
use std::time::Duration;

use super::jobs::{self, Case};
use super::stage::Stage;

/// How long one installation may take.
const LIMIT: Duration = Duration::from_mins(5);

type Installer = fn(&Stage) -> Result<(), String>;

/// Installs what is not there, Node's and Python's packages beside each other; says why it cannot.
pub fn install(stage: &Stage) -> Option<String> {
    let kinds: [(&str, Installer); 2] = [("package-lock.json", node), ("requirements.txt", python)];
    let done = jobs::each(&kinds, |(file, install)| {
        Case::new((*file).to_owned(), renew(stage, file, *install))
    });
    done.iter().find_map(Case::failure).map(|(_, said)| said.clone())
}

fn renew(stage: &Stage, file: &str, install: Installer) -> Result<(), String> {
    let (pins, stamp) = (stage.read(file), format!("stamps/{file}"));
    if stage.read(&stamp) == pins {
        return Ok(());
    }
    install(stage)?;
    stage.write(&stamp, &pins).map_err(|fault| fault.0)
}

fn node(stage: &Stage) -> Result<(), String> {
    let mut npm = jobs::command(stage, Path::new("npm"));
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    jobs::run(stage, "npm-ci", &mut npm, LIMIT).map(drop)
}

fn python(stage: &Stage) -> Result<(), String> {
    let mut venv = jobs::command(stage, Path::new(&stage.tools.python));
    venv.args(["-m", "venv", "--clear", "venv"]);
    jobs::run(stage, "venv", &mut venv, LIMIT)?;
    let mut pip = jobs::command(stage, &stage.python("python"));
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]);
    pip.args(["--requirement", "requirements.txt"]);
    jobs::run(stage, "pip-install", &mut pip, LIMIT).map(drop)
}
