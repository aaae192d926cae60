//! What cargo's test programs print, as JUnit's XML.

use crate::report::xml::Xml;

/// The tests of one program.
#[derive(Debug, Default, PartialEq)]
struct Suite {
    name: String,
    cases: Vec<Case>,
    /// Seconds that the program took, as it prints them.
    seconds: String,
    /// The program printed its result, so it came to its end.
    is_whole: bool,
}

#[derive(Debug, PartialEq)]
struct Case {
    name: String,
    end: End,
}

#[derive(Debug, PartialEq)]
enum End {
    Passed,
    Failed(String),
    Skipped,
}

/// Reads the lines of a run of `cargo test`.
#[derive(Debug, Default)]
pub struct Junit {
    suites: Vec<Suite>,
    /// The test whose output is being printed.
    printing: Option<String>,
    /// What was printed outside of any test, kept for programs that do not come to their end.
    last: Vec<String>,
}

/// How many lines are kept of what was printed last.
const KEPT: usize = 50;

impl Junit {
    pub fn read(&mut self, line: &str) {
        if self.last.len() == KEPT {
            self.last.remove(0);
        }
        self.last.push(line.to_owned());
        if let Some(name) = program(line) {
            self.printing = None;
            self.suites.push(Suite {
                name,
                ..Suite::default()
            });
        } else if let Some(result) = line.strip_prefix("test result: ") {
            self.printing = None;
            let seconds = result.rsplit("finished in ").next().unwrap_or_default();
            let suite = self.suite();
            seconds.trim_end_matches('s').clone_into(&mut suite.seconds);
            suite.is_whole = true;
        } else if let Some(name) = line
            .strip_prefix("---- ")
            .and_then(|rest| rest.strip_suffix(" stdout ----"))
        {
            self.printing = Some(name.to_owned());
        } else if line == "failures:" {
            self.printing = None;
        } else if let Some(name) = self.printing.clone() {
            self.print(&name, line);
        } else if let Some((name, end)) = case(line) {
            self.suite().cases.push(Case { name, end });
        }
    }

    fn print(&mut self, name: &str, line: &str) {
        let suite = self.suite();
        let case = suite.cases.iter_mut().find(|case| case.name == name);
        if let Some(Case {
            end: End::Failed(text),
            ..
        }) = case
        {
            text.push_str(line);
            text.push('\n');
        }
    }

    fn suite(&mut self) -> &mut Suite {
        if self.suites.is_empty() {
            self.suites.push(Suite::default());
        }
        let last = self.suites.len() - 1;
        &mut self.suites[last]
    }

    /// The whole report. A program that did not come to its end is an error, and so is a run without any.
    pub fn render(&self, success: bool) -> String {
        let mut xml = Xml::default();
        let is_broken = !success && self.suites.iter().all(Suite::is_good);
        let all = || self.suites.iter().flat_map(|suite| &suite.cases);
        let count = |wanted: fn(&End) -> bool| all().filter(|case| wanted(&case.end)).count();
        let errors = self.suites.iter().filter(|suite| !suite.is_whole).count() + usize::from(is_broken);
        let (tests, failures) = (all().count() + errors, count(|end| matches!(end, End::Failed(_))));
        xml.open(
            "testsuites",
            &[
                ("name", "test"),
                ("tests", &tests.to_string()),
                ("failures", &failures.to_string()),
                ("errors", &errors.to_string()),
                ("skipped", &count(|end| *end == End::Skipped).to_string()),
            ],
        );
        for suite in &self.suites {
            suite.write(&mut xml, &self.last);
        }
        if is_broken {
            let attributes = [
                ("name", "cargo"),
                ("tests", "1"),
                ("failures", "0"),
                ("errors", "1"),
            ];
            xml.open("testsuite", &attributes);
            broken(
                &mut xml,
                "cargo",
                "a program did not build or did not end well",
                &self.last,
            );
            xml.close();
        }
        xml.finish()
    }
}

impl Suite {
    fn is_good(&self) -> bool {
        self.is_whole && self.cases.iter().all(|case| !matches!(case.end, End::Failed(_)))
    }

    fn write(&self, xml: &mut Xml, last: &[String]) {
        let count = |wanted: fn(&End) -> bool| self.cases.iter().filter(|case| wanted(&case.end)).count();
        let errors = usize::from(!self.is_whole);
        xml.open(
            "testsuite",
            &[
                ("name", &self.name),
                ("tests", &(self.cases.len() + errors).to_string()),
                (
                    "failures",
                    &count(|end| matches!(end, End::Failed(_))).to_string(),
                ),
                ("errors", &errors.to_string()),
                ("skipped", &count(|end| *end == End::Skipped).to_string()),
                ("time", &self.seconds),
            ],
        );
        for case in &self.cases {
            let attributes = [("name", case.name.as_str()), ("classname", &self.name)];
            match &case.end {
                End::Passed => xml.empty("testcase", &attributes),
                End::Skipped => {
                    xml.open("testcase", &attributes);
                    xml.empty("skipped", &[]);
                    xml.close();
                }
                End::Failed(text) => {
                    xml.open("testcase", &attributes);
                    xml.text("failure", &[("message", first_line(text))], text);
                    xml.close();
                }
            }
        }
        if !self.is_whole {
            broken(xml, &self.name, "the program did not come to its end", last);
        }
        xml.close();
    }
}

fn broken(xml: &mut Xml, name: &str, message: &str, last: &[String]) {
    xml.open("testcase", &[("name", name), ("classname", name)]);
    xml.text("error", &[("message", message)], &last.join("\n"));
    xml.close();
}

/// The panic's own words are in the line below the one that tells its place.
fn first_line(text: &str) -> &str {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or("failed");
    if first.contains(" panicked at ") {
        lines.next().unwrap_or(first)
    } else {
        first
    }
}

/// `Running unittests src/lib.rs (target/debug/deps/xtask-0f3a)` or `Doc-tests xtask`.
fn program(line: &str) -> Option<String> {
    let line = line.trim_start();
    if let Some(name) = line.strip_prefix("Doc-tests ") {
        return Some(format!("{name} (documentation)"));
    }
    let rest = line.strip_prefix("Running ")?;
    let (source, path) = rest.strip_suffix(')')?.rsplit_once(" (")?;
    let file = path.rsplit(['/', '\\']).next()?;
    let name = file.rsplit_once('-').map_or(file, |(name, _)| name);
    let source = source.trim_start_matches("unittests ");
    Some(format!("{name} ({source})"))
}

/// `test a::b ... ok`.
fn case(line: &str) -> Option<(String, End)> {
    let (name, end) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let end = match end {
        "ok" => End::Passed,
        "FAILED" => End::Failed(String::new()),
        _ if end.starts_with("ignored") => End::Skipped,
        _ => return None,
    };
    Some((name.to_owned(), end))
}

#[cfg(test)]
mod tests;
