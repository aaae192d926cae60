//! Rules about tokens: what code must not say in which place.

use std::path::{Component, Path};

use super::finding;
use crate::finding::Finding;
use crate::source::{self, Source, Token};
use crate::workspace::TextFile;

/// A sequence of tokens that must not occur in the files a rule applies to.
struct TokenRule {
    name: &'static str,
    patterns: &'static [&'static [&'static str]],
    applies: fn(&Path) -> bool,
    /// Whether code that is compiled for tests only is free to do it.
    free_in_tests: bool,
    text: &'static str,
    mend: &'static str,
}

static TOKEN_RULES: [TokenRule; 7] = [
    TokenRule {
        name: "tidy-unfinished",
        patterns: &[&["todo", "!"], &["unimplemented", "!"]],
        applies: |_| true,
        free_in_tests: false,
        text: "unfinished code",
        mend: "finish it",
    },
    TokenRule {
        name: "tidy-ignored",
        patterns: &[&["#", "[", "ignore", "_"]],
        applies: |_| true,
        free_in_tests: false,
        text: "a test that never runs",
        mend: "mend the test, or let an environment variable choose the slow ones",
    },
    TokenRule {
        name: "tidy-status",
        patterns: &[&["StatusCode", ":", ":", "_"], &["HttpResponse", ":", ":", "_"]],
        applies: chooses_no_status,
        free_in_tests: true,
        text: "a status outside of the tables of statuses",
        mend: "let the typed answer or crates/server/src/status.rs choose the status",
    },
    TokenRule {
        name: "tidy-framework",
        patterns: &[&["rusqlite"]],
        applies: |path| path.starts_with("crates") && !path.starts_with("crates/store"),
        free_in_tests: true,
        text: "the database outside of the store",
        mend: "ask the store, by a function named after what is wanted",
    },
    TokenRule {
        name: "tidy-framework",
        patterns: &[&["sea_orm"], &["sea_orm_migration"]],
        applies: |path| path.starts_with("crates") && !path.starts_with("crates/store"),
        free_in_tests: false,
        text: "the database framework outside of the store",
        mend: "ask the store, by a function named after what is wanted",
    },
    TokenRule {
        name: "tidy-framework",
        patterns: &[&["actix_web"], &["utoipa"]],
        applies: |path| {
            path.starts_with("crates")
                && !path.starts_with("crates/contract")
                && !path.starts_with("crates/server")
        },
        free_in_tests: false,
        text: "the web framework outside of contract and server",
        mend: "pass our own types",
    },
    TokenRule {
        name: "tidy-model",
        patterns: &[
            &["async"],
            &["await"],
            &["SystemTime"],
            &["Instant", ":", ":", "now"],
            &["Utc", ":", ":", "now"],
            &["getrandom"],
            &["now_v7"],
            &["new_v4"],
        ],
        applies: |path| path.starts_with("crates/model"),
        free_in_tests: true,
        text: "the model waits for nothing, reads no clock and draws no random number",
        mend: "take it as a parameter",
    },
];

/// Where each dialect has a folder or file.
const DIALECTS: &str = "crates/server/src/dialects";

/// Checks one file. Its tokens are looked at only if a word that matters is somewhere in its text.
pub fn check(file: &TextFile, dialects: &[String]) -> Vec<Finding> {
    let rules: Vec<&TokenRule> = TOKEN_RULES.iter().filter(|rule| rule.may_find(file)).collect();
    let has_names =
        file.path.starts_with(DIALECTS) && dialects.iter().any(|name| file.text.contains(name.as_str()));
    if rules.is_empty() && !has_names {
        // What the generator wrote is Rust, and the step `generated` holds every such file against it.
        let broken = (!file.is_generated()).then(|| source::parse(file).err());
        return broken.flatten().into_iter().collect();
    }
    let source = match Source::parse(file) {
        Ok(source) => source,
        Err(finding) => return vec![finding],
    };
    let mut findings: Vec<Finding> = rules.iter().flat_map(|rule| rule.check(file, &source)).collect();
    findings.extend(foreign_dialect(&source, dialects));
    findings
}

impl TokenRule {
    /// Whether it applies to a file that has all words of one of its patterns.
    fn may_find(&self, file: &TextFile) -> bool {
        let is_word = |part: &&&str| part.starts_with(char::is_alphabetic);
        let stands = |pattern: &&[&str]| {
            pattern
                .iter()
                .filter(is_word)
                .all(|word| file.text.contains(word))
        };
        (self.applies)(&file.path)
            && !(self.free_in_tests && file.is_test())
            && self.patterns.iter().any(stands)
    }

    fn check(&self, file: &TextFile, source: &Source) -> Vec<Finding> {
        let mut findings = Vec::new();
        for found in self.patterns.iter().flat_map(|pattern| source.matches(pattern)) {
            if (self.free_in_tests && source.is_test_line(found[0].line)) || is_name_only(found) {
                continue;
            }
            let written: String = found.iter().map(|token| token.text.as_str()).collect();
            let place = (found[0].line, found[0].column);
            let text = format!("{}: `{written}`", self.text);
            findings.push(finding(self.name, &file.path, place, text, self.mend));
        }
        findings
    }
}

/// `HttpResponse::<` names a type, and `HttpResponse::build(status)` takes a status that was chosen elsewhere.
fn is_name_only(found: &[Token]) -> bool {
    let typed = ["StatusCode", "HttpResponse"].contains(&found[0].text.as_str());
    let names = |token: &Token| token.text == "build" || !token.text.starts_with(|c: char| c.is_alphabetic());
    typed && found.last().is_some_and(names)
}

/// Statuses come from generated code, its runtime, and the one table of the server.
fn chooses_no_status(path: &Path) -> bool {
    let home = [
        "crates/contract/src/runtime",
        "crates/contract/src/runtime.rs",
        "crates/server/src/status.rs",
    ];
    path.starts_with("crates")
        && !home.iter().any(|home| path.starts_with(home))
        && !path
            .components()
            .any(|part| part == Component::Normal("generated".as_ref()))
}

/// Dialects meet in the directory, never in each other's modules.
fn foreign_dialect(source: &Source, dialects: &[String]) -> Vec<Finding> {
    let Ok(below) = source.path.strip_prefix(DIALECTS) else {
        return Vec::new();
    };
    let own = below
        .iter()
        .next()
        .map(|part| Path::new(part).with_extension(""))
        .unwrap_or_default();
    let foreign = source
        .tokens
        .iter()
        .filter(|token| dialects.contains(&token.text) && own.as_os_str() != token.text.as_str());
    foreign
        .map(|token| {
            let text = format!("dialect `{}` names dialect `{}`", own.display(), token.text);
            let mend = "move what both need to the directory";
            finding(
                "tidy-dialect",
                &source.path,
                (token.line, token.column),
                text,
                mend,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests;
