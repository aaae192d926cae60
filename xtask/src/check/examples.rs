//! Step `examples`: every example of a body is decoded, checked and encoded again by the generated code, in each of
//! its media types.

use serde_json::Value;

use crate::check::Context;
use crate::document::Document;
use crate::finding::Finding;
use crate::server::ask_program;
use crate::threads::each;
use crate::workspace::{Fault, Outcome};

/// Asks the built server to try the examples of every dialect.
pub fn run(context: &Context) -> Outcome {
    let (documents, mut findings) = context.documents()?;
    let program = match context.server()? {
        Ok(program) => program,
        Err(complaints) => return Ok(complaints),
    };
    let tried = |document: &Document| {
        let text = ask_program(&program, &["openapi", &document.name, "--examples"])?;
        self::findings(document, &text)
    };
    for outcome in each(documents, tried)? {
        findings.extend(outcome?);
    }
    Ok(findings)
}

/// The complaints that the server printed, at their lines in the document.
fn findings(document: &Document, text: &str) -> Outcome {
    let wrong = || {
        let name = &document.name;
        Fault(format!(
            "`roster openapi {name} --examples` printed no list of {{pointer, text}}"
        ))
    };
    let value: Value = serde_json::from_str(text).map_err(|_| wrong())?;
    let complaints = value.as_array().ok_or_else(wrong)?.iter().map(|complaint| {
        let (line, column) = document.position(complaint["pointer"].as_str()?);
        Some(Finding {
            rule: "example-fails",
            file: document.path.clone(),
            line,
            column,
            text: complaint["text"].as_str()?.to_owned(),
            mend: Some("mend the example, or its schema and then `cargo xtask generate`".to_owned()),
        })
    });
    complaints.collect::<Option<_>>().ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::check::fixture::{document, shown};

    const YAML: &str =
        "openapi: 3.1.0\ncomponents:\n  examples:\n    Group:\n      value:\n        name: x\n";

    #[test]
    fn complaints_stand_at_their_lines() {
        let printed = r#"[{"pointer": "/components/examples/Group/value/name", "text": "application/xml: /name: expected text"},
            {"pointer": "/components/examples/Group/value/id", "text": "application/json: /id: is required"}]"#;
        assert_eq!(
            shown(&findings(&document("kibo", YAML), printed).unwrap()),
            [
                "kibo.yaml:6:9: example-fails: application/xml: /name: expected text",
                "kibo.yaml:5:7: example-fails: application/json: /id: is required"
            ]
        );
        assert!(findings(&document("kibo", YAML), "[]").unwrap().is_empty());
        for other in ["", "{}", "[1]"] {
            assert!(findings(&document("kibo", YAML), other).is_err(), "{other}");
        }
    }
}
