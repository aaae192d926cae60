//! Generates the clients whose document, command or packages have changed, and judges their names.

use std::time::Duration;

use super::generators::{Generator, Language};
use super::jobs::{self, Failure};
use super::stage::Stage;
use crate::document::Document;

/// How long one generator may take.
const LIMIT: Duration = Duration::from_mins(2);

pub fn run(stage: &Stage) -> (String, Vec<Failure>) {
    let clients: Vec<(&Document, Generator)> = stage.clients().collect();
    let failures = jobs::each(&clients, |(document, generator)| {
        generate(stage, &document.name, *generator)?;
        names(stage, document, *generator)
    });
    let done = clients.len() - failures.len();
    (format!("{done} clients"), failures)
}

fn generate(stage: &Stage, dialect: &str, generator: Generator) -> Result<(), Failure> {
    let what = format!("{dialect} {}", generator.name());
    let failure = |said: String| Failure {
        what: what.clone(),
        said,
    };
    let line = generator.command(dialect);
    let pins = match generator {
        Generator::OpenapiFetch | Generator::HeyApi | Generator::Orval => "package-lock.json",
        _ => "requirements.txt",
    };
    let inputs = [
        line.clone(),
        stage.read("orval.config.mjs"),
        stage.read(pins),
        stage.read(&format!("openapi/{dialect}.yaml")),
    ];
    let (stamp, inputs) = (
        format!("stamps/{dialect}.{}", generator.name()),
        inputs.join("\n"),
    );
    if stage.read(&stamp) == inputs {
        return Ok(());
    }
    stage
        .clear(&generator.output(dialect))
        .map_err(|fault| failure(fault.0))?;
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or_default();
    let program = match pins {
        "package-lock.json" => stage.node(program),
        _ => stage.python(program),
    };
    let said = jobs::run(stage, &what, jobs::command(stage, &program).args(words), LIMIT)?;
    if let Some(complaint) = complaint(&said) {
        return Err(failure(complaint));
    }
    stage.write(&stamp, &inputs).map_err(|fault| failure(fault.0))
}

/// What openapi-python-client left out, although it ended well. XML it never reads, and the same bodies are there as JSON.
pub(super) fn complaint(said: &str) -> Option<String> {
    let mut lines = said.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("WARNING ") || line.starts_with("ERROR ") {
            let reason = lines.find(|line| !line.is_empty()).unwrap_or_default();
            if reason != "Unsupported content type application/xml" {
                return Some(format!("{line} {reason}"));
            }
        }
    }
    None
}

/// Every model has the name of a schema: a name that a generator had to invent helps nobody.
fn names(stage: &Stage, document: &Document, generator: Generator) -> Result<(), Failure> {
    let Some(index) = generator.index(&document.name) else {
        return Ok(());
    };
    let schemas = document.root().path(&["components", "schemas"]);
    let schemas: Vec<String> = schemas
        .map(|schemas| schemas.members().iter().map(|(name, _)| bare(name)).collect())
        .unwrap_or_default();
    let models = models(&stage.read(&index), generator.language());
    let invented: Vec<&String> = models
        .iter()
        .filter(|name| !schemas.contains(&bare(name)))
        .collect();
    if models.is_empty() || !invented.is_empty() {
        return Err(Failure {
            what: format!("{} {}", document.name, generator.name()),
            said: format!(
                "{index}: {} models, named by the generator: {invented:?}",
                models.len()
            ),
        });
    }
    Ok(())
}

/// Generators differ in capitals: `OAuthTicket`, `o_auth_ticket`.
fn bare(name: &str) -> String {
    name.replace('_', "").to_ascii_lowercase()
}

/// The models that an index exports: `export * from './Name.js'`, `from .name import Name`.
pub(super) fn models(index: &str, language: Language) -> Vec<String> {
    let name = |line: &str| match language {
        Language::TypeScript => {
            let file = line.strip_prefix("export * from './")?;
            Some(file.split('.').next()?.to_owned())
        }
        Language::Python => {
            let (from, name) = line.strip_prefix("from ")?.split_once(" import ")?;
            from.contains('.').then(|| name.to_owned())
        }
    };
    index.lines().filter_map(name).collect()
}
