//! Generates the clients whose document, command or packages have changed, and judges their names.

use std::time::Duration;

use super::generators::{Generator, Language};
use super::jobs::{self, Case};
use super::stage::Stage;
use crate::document::Document;

/// How long one generator may take.
const LIMIT: Duration = Duration::from_mins(2);

pub fn run(stage: &Stage) -> Vec<Case> {
    let clients: Vec<(&Document, Generator)> = stage.clients().collect();
    jobs::each(&clients, |(document, generator)| {
        let done =
            generate(stage, &document.name, *generator).and_then(|()| names(stage, document, *generator));
        Case::new(format!("generate::{}::{}", document.name, generator.name()), done)
    })
}

fn generate(stage: &Stage, dialect: &str, generator: Generator) -> Result<(), String> {
    let line = generator.command(dialect);
    let is_node = generator.is_node();
    let inputs = [
        line.clone(),
        stage.read("orval.config.mjs"),
        stage.read(if is_node {
            "package-lock.json"
        } else {
            "requirements.txt"
        }),
        stage.read(&format!("openapi/{dialect}.yaml")),
    ];
    let (stamp, inputs) = (
        format!("stamps/{dialect}.{}", generator.name()),
        inputs.join("\n"),
    );
    if stage.read(&stamp) == inputs {
        return Ok(());
    }
    stage.clear(&generator.output(dialect)).map_err(|fault| fault.0)?;
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or_default();
    let program = if is_node {
        stage.node(program)
    } else {
        stage.python(program)
    };
    let mut command = jobs::command(stage, &program);
    let log = format!("generate-{dialect}-{}", generator.name());
    let said = jobs::run(stage, &log, command.args(words), LIMIT)?;
    complaint(&said).map_or(Ok(()), Err)?;
    stage.write(&stamp, &inputs).map_err(|fault| fault.0)
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
fn names(stage: &Stage, document: &Document, generator: Generator) -> Result<(), String> {
    let Some(index) = generator.index(&document.name) else {
        return Ok(());
    };
    let schemas = document.root().path(&["components", "schemas"]);
    let schemas = schemas.map(|schemas| schemas.members()).unwrap_or_default();
    let schemas: Vec<String> = schemas.iter().map(|(name, _)| bare(name)).collect();
    let models = models(&stage.read(&index), generator.language());
    let invented: Vec<&String> = models
        .iter()
        .filter(|name| !schemas.contains(&bare(name)))
        .collect();
    if models.is_empty() || !invented.is_empty() {
        let count = models.len();
        return Err(format!(
            "{index}: {count} models, named by the generator: {invented:?}"
        ));
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
