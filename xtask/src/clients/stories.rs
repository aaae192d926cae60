//! Runs the stories, each with a server and a directory of its own.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::generators::{Generator, Language};
use super::jobs::{self, Case};
use super::stage::Stage;
use crate::document::Document;
use crate::server::Server;

/// How long one story may take.
const LIMIT: Duration = Duration::from_mins(1);

/// The credential of every story's server, which lives as long as the story.
const CLIENT: &str = "stories";
const SECRET: &str = "correct-horse-battery-staple";

pub fn run(stage: &Stage, program: &Path) -> Vec<Case> {
    let clients: Vec<(&Document, Generator)> = stage.clients().collect();
    jobs::each(&clients, |(document, generator)| {
        let name = format!("story::{}::{}", document.name, generator.name());
        Case::new(name, tell(stage, program, &document.name, *generator))
    })
}

fn tell(stage: &Stage, program: &Path, dialect: &str, generator: Generator) -> Result<(), String> {
    let story = generator.story(dialect);
    if !stage.root.join(&story).exists() {
        return Err(format!("there is no tests/clients/{story}"));
    }
    let credential = format!("{CLIENT}:{SECRET}");
    let server =
        Server::start_with(program, &["--bootstrap-credential", &credential]).map_err(|fault| fault.0)?;
    let mut command = teller(stage, &story, generator);
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy).env_remove(proxy.to_ascii_lowercase());
    }
    command
        .env("ROSTER_URL", format!("http://{}", server.address))
        .env("ROSTER_CLIENT_ID", CLIENT)
        .env("ROSTER_CLIENT_SECRET", SECRET);
    let log = format!("story-{dialect}-{}", generator.name());
    jobs::run(stage, &log, &mut command, LIMIT).map(drop)
}

fn teller(stage: &Stage, story: &str, generator: Generator) -> Command {
    match generator.language() {
        Language::TypeScript => {
            let mut node = jobs::command(stage, Path::new("node"));
            node.arg(format!("built/{}.js", story.trim_end_matches(".ts")));
            node
        }
        Language::Python => {
            let mut python = jobs::command(stage, &stage.python("python"));
            python
                .env("PYTHONPATH", stage.python_path(generator, ":"))
                .arg(story);
            python
        }
    }
}
