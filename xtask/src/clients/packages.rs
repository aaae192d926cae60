//! Installs the pinned packages into the stage, again only when their pins have changed.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::jobs;
use super::stage::Stage;

/// How long one installation may take.
const LIMIT: Duration = Duration::from_mins(5);

type Installer = fn(&Stage) -> Result<(), jobs::Failure>;

/// Installs what is not there, Node's and Python's packages beside each other, and answers with what failed.
pub fn install(stage: &Stage) -> Vec<jobs::Failure> {
    let kinds: [(&str, Installer); 2] = [("package-lock.json", node), ("requirements.txt", python)];
    jobs::each(&kinds, |(pins, install)| {
        let (pins, stamp) = (stage.read(pins), format!("stamps/{pins}"));
        if stage.read(&stamp) == pins {
            return Ok(());
        }
        install(stage)?;
        stage.write(&stamp, &pins).map_err(|fault| jobs::Failure {
            what: stamp.clone(),
            said: fault.0,
        })
    })
}

fn node(stage: &Stage) -> Result<(), jobs::Failure> {
    let mut npm = jobs::command(stage, Path::new("npm"));
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    jobs::run(stage, "npm ci", &mut npm, LIMIT).map(drop)
}

fn python(stage: &Stage) -> Result<(), jobs::Failure> {
    let mut venv: Command = jobs::command(stage, Path::new(&stage.tools.python));
    venv.args(["-m", "venv", "--clear", "venv"]);
    jobs::run(stage, "python3 -m venv", &mut venv, LIMIT)?;
    let mut pip = jobs::command(stage, &stage.python("python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-deps",
        "--requirement",
    ]);
    pip.arg("requirements.txt");
    jobs::run(stage, "pip install", &mut pip, LIMIT).map(drop)
}
