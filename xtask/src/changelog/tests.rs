//! The Markdown for API consumers.

use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{render, run};
use crate::compare::revisions;
use crate::document::Document;
use crate::git::tests::{commit, git};
use crate::workspace::Workspace;

const SAMPLE: &str = include_str!("../compare/sample.yaml");

fn rendered(before: &[(&str, &str)], after: &[(&str, &str)]) -> String {
    let files = |all: &[(&str, &str)]| -> Vec<(PathBuf, Vec<u8>)> {
        let file = |(name, text): &(&str, &str)| {
            (
                PathBuf::from(format!("openapi/{name}.yaml")),
                text.as_bytes().to_vec(),
            )
        };
        all.iter().map(file).collect()
    };
    let earlier = revisions::read(files(before));
    let later: Vec<Document> = files(after)
        .into_iter()
        .map(|(path, bytes)| Document::read(path, &bytes).unwrap())
        .collect();
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    render("# Changes\n", &earlier, &later, today).unwrap()
}

#[test]
fn changes_are_told_by_weight_and_operation() {
    let after = SAMPLE
        .replace("version: \"1.4.0\"", "version: \"2.0.0\"")
        .replace("maximum: 500", "maximum: 50")
        .replace("maximum: 900", "maximum: 90")
        .replace("  - url: /api\n", "")
        .replace("operationId: createToken", "operationId: makeToken")
        .replace("maxLength: 8, xml", "maxLength: 9, xml");
    let expected = "\
# Changes

## Sample (`openapi/sample.yaml`): 1.4.0 to 2.0.0

### Breaking

- The whole document
  - server removed: `/api`
- `createOrder` (`POST /orders`)
  - request member bounds narrowed: member `amount`: `maximum` 500 -> 50

### May concern you

- `makeToken` (`POST /tokens`)
  - operation id changed: `createToken` -> `makeToken`

### New and relaxed

- `createOrder` (`POST /orders`)
  - request member bounds widened: member `pin`: `maxLength` 8 -> 9
- `createOrder`, `listOrders`
  - response member bounds narrowed: member `number`: `maximum` 900 -> 90

";
    assert_eq!(rendered(&[("sample", SAMPLE)], &[("sample", &after)]), expected);
}

#[test]
fn new_and_gone_documents_are_told() {
    let text = rendered(&[("old", "openapi: 3.1.0\npaths: {}\n")], &[("sample", SAMPLE)]);
    assert!(
        text.contains("## `openapi/old.yaml`\n\nThe document and all its operations are gone.\n"),
        "{text}"
    );
    assert!(
        text.contains("## Sample (`openapi/sample.yaml`): new, 1.4.0\n\n- `listOrders` (`GET /orders`)\n"),
        "{text}"
    );
}

#[test]
fn where_nothing_changed_that_is_said() {
    let other = SAMPLE.replace("title: Sample", "title: Other");
    let expected = "# Changes\n\nNothing changed for clients.\n";
    assert_eq!(rendered(&[("sample", SAMPLE)], &[("sample", &other)]), expected);
}

#[test]
fn two_revisions_or_a_revision_and_the_work_tree_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    git(path, &["init", "--quiet"]);
    commit(path, "openapi/a.yaml", SAMPLE);
    git(path, &["tag", "v1.4.0"]);
    commit(
        path,
        "openapi/a.yaml",
        &SAMPLE.replace("maximum: 500", "maximum: 50"),
    );
    fs::write(
        path.join("openapi/a.yaml"),
        SAMPLE.replace("maximum: 500", "maximum: 5"),
    )
    .unwrap();
    git(path, &["checkout", "--quiet", "-b", "work"]);
    commit(path, "README.md", "work");
    let workspace = Workspace::at(path);
    for (base, to, title, change) in [
        (None, None, "from release `v1.4.0` to the work tree", "500 -> 5\n"),
        (Some("v1.4.0"), Some("main"), "from v1.4.0 to main", "500 -> 50\n"),
        (Some("main"), None, "from main to the work tree", "50 -> 5\n"),
    ] {
        let text = run(&workspace, base, to).unwrap().unwrap();
        assert!(text.starts_with(&format!("# API changes {title}\n")), "{text}");
        assert!(text.contains(change), "{text}");
    }
    for (base, to) in [(Some("nothing"), None), (None, Some("nothing"))] {
        let fault = run(&workspace, base, to).unwrap_err().0;
        assert!(fault.contains("no revision `nothing`"), "{fault}");
    }
    fs::write(path.join("openapi/a.yaml"), "openapi: [\n").unwrap();
    assert_eq!(run(&workspace, None, None).unwrap().unwrap_err()[0].rule, "yaml");
}
