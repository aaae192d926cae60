//! `roster openapi`: prints a dialect's document, as it was written or as the code derives it.

use crate::cli::Failure;
use crate::{documents, terminal};
use clap::Args;
use contract::runtime::trial;
use std::io::{self, BufWriter};

#[derive(Args, Debug)]
pub struct Options {
    /// The dialect: one of the names under /openapi/
    #[arg(value_parser = documents::names())]
    pub dialect: String,
    /// Print the document that the code derives by itself, as JSON, instead of the source in YAML
    #[arg(long)]
    pub derived: bool,
    /// Try all examples of the document and print what is wrong with them, as JSON
    #[arg(long, conflicts_with = "derived")]
    pub examples: bool,
    /// Read samples of bodies, parameters and headers of answers, one on a line, and print what the code makes of each
    #[arg(long, conflicts_with_all = ["derived", "examples"])]
    pub samples: bool,
}

pub fn run(options: &Options) -> Result<(), Failure> {
    let document = documents::find(&options.dialect)
        .ok_or_else(|| Failure(format!("dialect `{}` does not exist", options.dialect)))?;
    if options.derived {
        let derived = (document.derived)()
            .to_pretty_json()
            .map_err(|error| Failure(format!("the derived document cannot be written: {error}")))?;
        terminal::line(&derived);
    } else if options.examples {
        let complaints = serde_json::to_string(&(document.examples)())
            .map_err(|error| Failure(format!("the complaints cannot be written: {error}")))?;
        terminal::line(&complaints);
    } else if options.samples {
        let (input, output) = (io::stdin().lock(), BufWriter::new(io::stdout().lock()));
        let (bodies, parameters) = (document.bodies, document.parameters);
        trial::session(input, output, bodies, parameters, document.headers)
            .map_err(|error| Failure(format!("the samples cannot be tried: {error}")))?;
    } else {
        terminal::line(document.yaml.trim_end());
    }
    Ok(())
}
