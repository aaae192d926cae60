//! Work trees with a history, judged.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Against, run};
use crate::check::Context;
use crate::check::fixture::shown;
use crate::git::tests::{commit, git};
use crate::workspace::Workspace;

const SAMPLE: &str = include_str!("../../compare/sample.yaml");
const FILE: &str = "openapi/a.yaml";
const LIST: &str = "openapi/lint/accepted.txt";

/// A branch whose work tree holds the given text, and whose base holds the sample.
fn branch(before: &str, after: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    commit(folder.path(), FILE, before);
    git(folder.path(), &["checkout", "--quiet", "-b", "work"]);
    commit(folder.path(), "README.md", "work");
    fs::write(folder.path().join(FILE), after).unwrap();
    folder
}

fn judged_against(folder: &Path, against: Against) -> (Vec<String>, Vec<String>) {
    let mut context = Context::new(Workspace::at(folder));
    context.against = against;
    let findings = run(&context).unwrap_or_else(|fault| panic!("{fault}"));
    (shown(&findings), context.notes(crate::check::Step::Breaking))
}

fn judged(folder: &Path) -> (Vec<String>, Vec<String>) {
    judged_against(folder, Against::Default)
}

fn edit(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(SAMPLE.to_owned(), |text, (before, after)| {
        assert!(text.contains(before), "{before}");
        text.replacen(before, after, 1)
    })
}

fn rules(findings: &[String]) -> Vec<&str> {
    findings
        .iter()
        .map(|line| line.split(": ").nth(1).unwrap_or_default())
        .collect()
}

const BREAK: (&str, &str) = ("maximum: 500", "maximum: 50");
const ADDITION: (&str, &str) = ("maximum: 500", "maximum: 5000");
const VERSION: &str = "version: \"1.4.0\"";

#[test]
fn a_version_has_to_rise_as_its_changes_demand() {
    for (edit_of, version, expected) in [
        (
            BREAK,
            "1.4.0",
            vec!["request-member-bounds-narrowed", "version-not-raised"],
        ),
        (
            BREAK,
            "1.5.0",
            vec!["request-member-bounds-narrowed", "version-not-raised"],
        ),
        (BREAK, "2.0.0", vec![]),
        (BREAK, "2.0.0-rc.1", vec![]),
        (
            ADDITION,
            "1.4.0",
            vec!["request-member-bounds-widened", "version-not-raised"],
        ),
        (
            ADDITION,
            "1.4.9",
            vec!["request-member-bounds-widened", "version-not-raised"],
        ),
        (ADDITION, "1.5.0", vec![]),
        (("title: Sample", "title: Other"), "1.4.0", vec![]),
        (
            ("title: Sample", "title: Other"),
            "1.3.0",
            vec!["version-lowered"],
        ),
        (BREAK, "one", vec!["version-unreadable"]),
    ] {
        let after = edit(&[edit_of, (VERSION, &format!("version: \"{version}\""))]);
        let folder = branch(SAMPLE, &after);
        let (findings, _) = judged(folder.path());
        let mut found = rules(&findings);
        found.sort_unstable();
        assert_eq!(found, expected, "{version} {edit_of:?}");
    }
}

#[test]
fn a_finding_stands_at_its_line_and_says_what_mends_it() {
    let folder = branch(SAMPLE, &edit(&[BREAK]));
    let context = Context::new(Workspace::at(folder.path()));
    let findings = run(&context).unwrap();
    let lines = shown(&findings);
    let line = SAMPLE
        .lines()
        .position(|line| line.contains("maximum: 500"))
        .unwrap()
        + 1;
    assert!(
        lines.iter().any(|text| text.starts_with(&format!(
            "a.yaml:{line}:9: request-member-bounds-narrowed: breaking: member `amount`: `maximum` 500 -> 50, in createOrder"
        ))),
        "{lines:?}"
    );
    assert!(findings.iter().any(|finding| {
        finding.mend.as_deref() == Some("set `info.version` to 2.0.0, or take the change back")
    }));
    let notes = context.notes(crate::check::Step::Breaking);
    assert!(
        notes[0].starts_with("compared with: merge base with `main`"),
        "{notes:?}"
    );
    assert_eq!(notes[1], "openapi/a.yaml: 1.4.0 -> 1.4.0, 1 breaking");
}

#[test]
fn a_pre_release_promises_nothing() {
    let before = edit(&[(VERSION, "version: \"0.1.0-draft\"")]);
    let after = edit(&[(VERSION, "version: \"0.1.0-draft\""), BREAK]);
    let folder = branch(&before, &after);
    let (findings, notes) = judged(folder.path());
    assert!(findings.is_empty(), "{findings:?}");
    assert!(
        notes[1].contains("1 breaking") && notes[1].contains("pre-release"),
        "{notes:?}"
    );
}

#[test]
fn a_new_document_is_no_break_and_one_that_is_gone_is() {
    let folder = branch(SAMPLE, SAMPLE);
    let other = SAMPLE.replace("/orders", "/things");
    fs::write(folder.path().join("openapi/b.yaml"), other).unwrap();
    let (findings, notes) = judged(folder.path());
    assert!(findings.is_empty(), "{findings:?}");
    assert!(notes.contains(&"openapi/b.yaml: new".to_owned()), "{notes:?}");

    fs::remove_file(folder.path().join(FILE)).unwrap();
    fs::remove_file(folder.path().join("openapi/b.yaml")).unwrap();
    let (findings, _) = judged(folder.path());
    assert_eq!(
        findings,
        ["a.yaml:1:1: document-removed: breaking: `openapi/a.yaml` is gone (#/)"]
    );
}

#[test]
fn a_document_of_another_name_is_known_by_its_paths() {
    for (after, expected) in [
        (SAMPLE, ["document-renamed", "version-not-raised"]),
        (
            &edit(&[BREAK]),
            ["request-member-bounds-narrowed", "version-not-raised"],
        ),
    ] {
        let folder = branch(SAMPLE, SAMPLE);
        fs::remove_file(folder.path().join(FILE)).unwrap();
        fs::write(folder.path().join("openapi/b.yaml"), after).unwrap();
        let (findings, _) = judged(folder.path());
        let mut found = rules(&findings);
        found.sort_unstable();
        assert_eq!(found, expected, "{findings:?}");
    }
}

const ENTRY: &str = "a.yaml 1.4.0 request-member-bounds-narrowed /components/schemas/Order/properties/amount never above 50\n";

#[test]
fn an_accepted_change_demands_nothing_until_the_version_rises() {
    let folder = branch(SAMPLE, &edit(&[BREAK]));
    let path = folder.path();
    fs::create_dir_all(path.join("openapi/lint")).unwrap();
    fs::write(path.join(LIST), ENTRY).unwrap();
    assert!(judged(path).0.is_empty(), "{:?}", judged(path).0);

    // Once it is merged, the base has both the change and the line.
    git(path, &["checkout", "--quiet", "-B", "main"]);
    commit(path, "README.md", "merged");
    git(path, &["checkout", "--quiet", "-b", "next"]);
    commit(path, "README.md", "next");
    assert!(judged(path).0.is_empty(), "{:?}", judged(path).0);

    // The next version ends it.
    fs::write(path.join(FILE), edit(&[BREAK, (VERSION, "version: \"1.5.0\"")])).unwrap();
    assert_eq!(rules(&judged(path).0), ["accepted-unused"]);
}

#[test]
fn a_line_that_accepts_nothing_is_a_finding() {
    let folder = branch(SAMPLE, SAMPLE);
    fs::create_dir_all(folder.path().join("openapi/lint")).unwrap();
    for (line, rule) in [
        (ENTRY, "accepted-unused"),
        ("b.yaml 1.4.0 server-removed /servers why\n", "accepted-unused"),
        ("a.yaml 1.4.0 server-removed /servers\n", "accepted-malformed"),
        ("a.yaml 1.4.0 no-such-rule /servers why\n", "accepted-malformed"),
    ] {
        fs::write(folder.path().join(LIST), format!("# Why.\n{line}")).unwrap();
        let (findings, _) = judged(folder.path());
        assert_eq!(rules(&findings), [rule], "{line}");
        assert!(findings[0].starts_with("accepted.txt:2:1: "), "{findings:?}");
    }
}

#[test]
fn a_removed_document_can_be_accepted() {
    let folder = branch(SAMPLE, SAMPLE);
    fs::remove_file(folder.path().join(FILE)).unwrap();
    fs::create_dir_all(folder.path().join("openapi/lint")).unwrap();
    fs::write(
        folder.path().join(LIST),
        "a.yaml 1.4.0 document-removed / the vendor closed it\n",
    )
    .unwrap();
    assert!(judged(folder.path()).0.is_empty());
}

#[test]
fn what_cannot_be_compared_is_said() {
    let latin = b"openapi: 3.1.0\ninfo: {title: caf\xe9}\n";
    for (before, words) in [
        (&b"openapi: [\n"[..], "yaml"),
        (&latin[..], "not UTF-8"),
        (
            &b"openapi: 3.1.0\ninfo: {version: \"1.0.0\"}\npaths: {}\n"[..],
            "not supported",
        ),
        (&b"a: 1\na: 2\n"[..], "duplicate"),
    ] {
        let folder = branch("", SAMPLE);
        let path = folder.path();
        git(path, &["checkout", "--quiet", "main"]);
        fs::write(path.join(FILE), before).unwrap();
        git(path, &["commit", "--quiet", "--all", "--message", "broken"]);
        git(path, &["checkout", "--quiet", "-b", "mend"]);
        commit(path, "README.md", "mend");
        fs::write(path.join(FILE), SAMPLE).unwrap();
        let (findings, _) = judged(path);
        assert_eq!(rules(&findings)[0], "document-not-comparable", "{findings:?}");
        assert!(findings[0].contains(words), "{words}: {findings:?}");
    }
}

/// Two mappings that differ in their order alone are equal as values.
#[test]
fn media_types_in_another_order_are_a_change() {
    let json =
        "            application/json:\n              schema: {$ref: '#/components/schemas/Receipts'}\n";
    let xml = json.replace("json", "xml");
    let after = edit(&[(&format!("{json}{xml}"), &format!("{xml}{json}"))]);
    let (findings, _) = judged(branch(SAMPLE, &after).path());
    assert!(
        rules(&findings).contains(&"response-media-type-default-changed"),
        "{findings:?}"
    );
}

/// The words of OpenAPI 3.0 mean other things.
#[test]
fn a_document_of_another_version_of_openapi_is_not_compared() {
    let before = edit(&[("openapi: 3.1.0", "openapi: 3.0.3")]);
    let (findings, _) = judged(branch(&before, SAMPLE).path());
    let mut found = rules(&findings);
    found.sort_unstable();
    assert_eq!(found, ["document-not-comparable", "version-not-raised"]);
}

#[test]
fn a_broken_work_tree_is_a_finding_at_its_place() {
    for (after, expected) in [
        ("openapi: [\n", "a.yaml:"),
        ("openapi: 3.1.0\nopenapi: 3.1.0\n", "a.yaml:2:1: duplicate-key"),
        (
            &edit(&[(
                "{$ref: '#/components/schemas/Note'}",
                "{$ref: '#/components/schemas/Nobody'}",
            )]),
            "dangling-ref",
        ),
        (
            &edit(&[("note: {type: string, maxLength: 23}", "note: {type: 5}")]),
            "unsupported",
        ),
    ] {
        let folder = branch(SAMPLE, after);
        let (findings, _) = judged(folder.path());
        assert!(
            findings.iter().any(|line| line.contains(expected)),
            "{expected}: {findings:?}"
        );
    }
}

#[test]
fn dates_of_sunset_are_dates_beside_something_deprecated() {
    for (edit_of, words) in [
        (
            ("maxLength: 20}", "maxLength: 20, x-sunset: 2027-01-31}"),
            "stands beside `deprecated",
        ),
        (
            ("x-sunset: 2020-01-31", "x-sunset: 2020-02-30"),
            "expected a date",
        ),
        (("x-sunset: 2020-01-31", "x-sunset: soon"), "expected a date"),
        (
            ("x-sunset: 2020-01-31", "x-sunset: 2020-01-31T25:00:00Z"),
            "expected a date",
        ),
    ] {
        let after = edit(&[edit_of, (VERSION, "version: \"2.0.0\"")]);
        let folder = branch(SAMPLE, &after);
        let (findings, _) = judged(folder.path());
        assert_eq!(rules(&findings), ["sunset"], "{findings:?}");
        assert!(findings[0].contains(words), "{findings:?}");
    }
}

#[test]
fn without_a_base_nothing_is_found_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("openapi")).unwrap();
    fs::write(folder.path().join(FILE), SAMPLE).unwrap();
    let (findings, notes) = judged(folder.path());
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(notes, ["nothing to compare with: this is no git work tree"]);
}

#[test]
fn a_revision_can_be_named_and_an_unknown_one_is_a_fault() {
    let folder = branch(SAMPLE, &edit(&[BREAK]));
    let (findings, notes) = judged_against(folder.path(), Against::Revision("main".to_owned()));
    assert_eq!(rules(&findings).len(), 2);
    assert_eq!(notes[0], "compared with: main");
    let mut context = Context::new(Workspace::at(folder.path()));
    context.against = Against::Revision("nothing".to_owned());
    let fault = run(&context).unwrap_err().0;
    assert!(fault.contains("there is no revision `nothing`"), "{fault}");
}

#[test]
fn two_files_can_be_compared_wherever_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from.yaml"), folder.path().join("to.yaml"));
    fs::write(&from, SAMPLE).unwrap();
    fs::write(&to, edit(&[BREAK])).unwrap();
    let files = |from: &Path, to: &Path| Against::Files {
        from: from.to_path_buf(),
        to: to.to_path_buf(),
    };
    let (findings, _) = judged_against(folder.path(), files(&from, &to));
    let mut found = rules(&findings);
    found.sort_unstable();
    assert_eq!(found, ["request-member-bounds-narrowed", "version-not-raised"]);
    let (findings, _) = judged_against(folder.path(), files(&from, &folder.path().join("none.yaml")));
    assert_eq!(rules(&findings), ["unreadable"]);
}
