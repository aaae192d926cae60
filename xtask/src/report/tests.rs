//! One report in all formats.

use serde_json::Value;

use super::{Format, Report, Verdict};
use crate::finding::Finding;

fn finding(rule: &'static str, file: &str, line: usize, text: &str) -> Finding {
    Finding {
        rule,
        file: file.into(),
        line,
        column: 7,
        text: text.to_owned(),
        mend: Some("cargo xtask generate".to_owned()),
    }
}

/// Two findings with everything that a format could stumble over, a fault and a note.
fn report() -> Report {
    let mut report = Report::default();
    let hard = "a, b: 100%\n\"<&>\" \u{1b}[31m\r]]> ü";
    let findings = vec![
        finding("yaml", "openapi/a b.yaml", 3, hard),
        finding("response-success-added", "openapi/kibo.yaml", 9, "status 202"),
    ];
    report.add("lint".to_owned(), 0.25, Ok(findings.clone()), Vec::new());
    report.add(
        "generated".to_owned(),
        0.5,
        Ok(findings),
        vec!["compared with: `main`".to_owned()],
    );
    report.add(
        "routes".to_owned(),
        1.0,
        Err("no server\nat all".to_owned()),
        Vec::new(),
    );
    report.add("tidy".to_owned(), 0.0, Ok(Vec::new()), Vec::new());
    report
}

fn written(report: &Report, format: Format) -> String {
    let mut out = Vec::new();
    report.write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_exit_code_says_what_a_run_amounts_to() {
    assert_eq!(report().verdict(), Verdict::Faulty);
    let mut found = Report::default();
    found.add(
        "lint".to_owned(),
        0.0,
        Ok(vec![finding("yaml", "a", 1, "x")]),
        Vec::new(),
    );
    assert_eq!(found.verdict(), Verdict::Findings);
    assert_eq!(Report::default().verdict(), Verdict::Clean);
    let codes = [Verdict::Clean, Verdict::Findings, Verdict::Faulty].map(Verdict::code);
    assert_eq!(codes, [0, 1, 2]);
}

#[test]
fn json_has_every_step_and_every_finding_once() {
    let value: Value = serde_json::from_str(&written(&report(), Format::Json)).unwrap();
    assert_eq!(value["verdict"], "faulty");
    assert_eq!(value["exitCode"], 2);
    assert_eq!(value["steps"].as_array().unwrap().len(), 4);
    assert_eq!(value["steps"][1]["repeated"], 2);
    assert_eq!(value["steps"][1]["notes"][0], "compared with: `main`");
    assert_eq!(value["steps"][2]["fault"], "no server\nat all");
    assert_eq!(value["findings"].as_array().unwrap().len(), 2);
    let first = &value["findings"][0];
    assert_eq!(first["step"], "lint");
    assert_eq!(first["rule"], "yaml");
    assert_eq!(first["level"], "error");
    assert_eq!(first["file"], "openapi/a b.yaml");
    assert_eq!((&first["line"], &first["column"]), (&3.into(), &7.into()));
    assert_eq!(first["mend"], "cargo xtask generate");
    assert_eq!(value["findings"][1]["level"], "warning");
}

#[test]
fn sarif_names_rules_places_and_faults() {
    let value: Value = serde_json::from_str(&written(&report(), Format::Sarif)).unwrap();
    assert_eq!(value["version"], "2.1.0");
    let run = &value["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!((rules.len(), results.len()), (2, 2));
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(rules[index]["defaultConfiguration"]["level"], result["level"]);
        assert!(
            rules[index]["shortDescription"]["text"]
                .as_str()
                .unwrap()
                .ends_with('.')
        );
    }
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "openapi/a%20b.yaml");
    assert_eq!(place["region"]["startLine"], 3);
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let said = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(said, "routes: no server\nat all");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "ROOT");
    let mut elsewhere = Report::default();
    let file = std::env::temp_dir().join("a.yaml");
    let found = finding("yaml", &file.to_string_lossy(), 1, "x");
    elsewhere.add("breaking".to_owned(), 0.0, Ok(vec![found]), Vec::new());
    let text = written(&elsewhere, Format::Sarif);
    assert!(
        text.contains("\"uri\": \"file://") && !text.contains("uriBaseId"),
        "{text}"
    );
    let clean: Value = serde_json::from_str(&written(&Report::default(), Format::Sarif)).unwrap();
    assert_eq!(clean["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn github_has_one_command_on_a_line() {
    let text = written(&report(), Format::Github);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!(
        lines[0],
        "::error file=openapi/a b.yaml,line=3,col=7,title=yaml::a, b: 100%25%0A\"<&>\" \u{1b}[31m%0D]]> ü%0Amend: cargo xtask generate"
    );
    assert!(
        lines[1].starts_with("::warning file=openapi/kibo.yaml,line=9,"),
        "{text}"
    );
    assert_eq!(lines[2], "::notice title=generated::compared with: `main`");
    assert_eq!(lines[3], "::error title=routes could not run::no server%0Aat all");
}

/// Elements with their attributes, as an XML reader sees them.
fn elements(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    use quick_xml::XmlVersion;
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                let attributes = element.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    let value = attribute.normalized_value(XmlVersion::Explicit1_0);
                    (key, value.unwrap().into_owned())
                });
                elements.push((name, attributes.collect()));
            }
            Event::Eof => return elements,
            _ => {}
        }
    }
}

fn attribute<'a>(element: &'a (String, Vec<(String, String)>), name: &str) -> &'a str {
    let found = element.1.iter().find(|(key, _)| key == name);
    found.map_or("", |(_, value)| value)
}

#[test]
fn junit_has_a_suite_per_step_and_counts_that_add_up() {
    let text = written(&report(), Format::Junit);
    let elements = elements(&text);
    let named = |name: &str| {
        elements
            .iter()
            .filter(|(element, _)| element == name)
            .collect::<Vec<_>>()
    };
    let suites = named("testsuite");
    assert_eq!(suites.len(), 4);
    let cases = named("testcase").len();
    assert_eq!(attribute(named("testsuites")[0], "tests"), cases.to_string());
    assert_eq!(
        attribute(named("testsuites")[0], "failures"),
        named("failure").len().to_string()
    );
    assert_eq!(
        attribute(named("testsuites")[0], "errors"),
        named("error").len().to_string()
    );
    assert_eq!((named("failure").len(), named("error").len()), (2, 1));
    let failure = attribute(named("failure")[0], "message");
    assert_eq!(failure, "a, b: 100%\n\"<&>\" \u{fffd}[31m\r]]> ü");
    assert_eq!(
        attribute(named("testcase")[0], "name"),
        "openapi/a b.yaml:3:7 yaml"
    );
}
