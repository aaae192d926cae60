//! Which revision a work tree is compared with.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Git, command};

/// Runs git as nobody in particular, without the configuration of whoever runs the tests.
pub fn git(folder: &Path, args: &[&str]) {
    let output = command(folder)
        .args([
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.com",
            "-c",
            "init.defaultBranch=main",
        ])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "tag.gpgsign=false",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Writes a file and commits everything.
pub fn commit(folder: &Path, path: &str, text: &str) {
    let full = folder.join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, text).unwrap();
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", path]);
}

/// A repository with one commit on `main`.
pub fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    commit(folder.path(), "openapi/a.yaml", "one");
    folder
}

fn base(folder: &Path) -> String {
    let git = Git::around(folder).unwrap();
    let base = git.default_base().unwrap();
    let file = git.file(&base, "openapi/a.yaml").unwrap();
    let shown = base.shown.split(", ").next().unwrap().to_owned();
    format!("{shown}: {}", String::from_utf8(file).unwrap())
}

#[test]
fn a_branch_is_compared_with_where_it_left_the_default_branch() {
    let folder = repository();
    let path = folder.path();
    assert_eq!(base(path), "last commit: one");
    git(path, &["checkout", "--quiet", "-b", "work"]);
    commit(path, "openapi/a.yaml", "two");
    assert_eq!(base(path), "merge base with `main`: one");
    git(path, &["checkout", "--quiet", "main"]);
    commit(path, "openapi/a.yaml", "three");
    git(path, &["checkout", "--quiet", "work"]);
    assert_eq!(base(path), "merge base with `main`: one");
}

#[test]
fn the_default_branch_is_compared_with_the_newest_release() {
    let folder = repository();
    let path = folder.path();
    git(path, &["tag", "v0.1.0"]);
    commit(path, "openapi/a.yaml", "two");
    git(path, &["tag", "latest"]);
    commit(path, "openapi/a.yaml", "three");
    assert_eq!(base(path), "release `v0.1.0`: one");
}

#[test]
fn a_clone_knows_the_default_branch_of_its_origin() {
    let origin = repository();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    git(folder.path(), &["clone", "--quiet", "--depth", "1", &url, "deep"]);
    let clone = folder.path().join("deep");
    assert_eq!(base(&clone), "last commit: one");
    commit(&clone, "openapi/a.yaml", "two");
    assert_eq!(base(&clone), "merge base with `origin/HEAD`: one");
}

#[test]
fn a_shallow_clone_without_the_common_commit_says_so() {
    let origin = repository();
    git(origin.path(), &["checkout", "--quiet", "-b", "work"]);
    commit(origin.path(), "openapi/a.yaml", "two");
    git(origin.path(), &["checkout", "--quiet", "main"]);
    commit(origin.path(), "openapi/a.yaml", "three");
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    git(
        folder.path(),
        &[
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--no-single-branch",
            &url,
            "c",
        ],
    );
    let clone = folder.path().join("c");
    git(&clone, &["checkout", "--quiet", "work"]);
    let why = Git::around(&clone).unwrap().default_base().unwrap_err();
    assert!(
        why.contains("no commit in common") && why.contains("fetch"),
        "{why}"
    );
}

#[test]
fn without_git_or_a_commit_there_is_no_base() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        Git::around(folder.path()).unwrap_err(),
        "this is no git work tree"
    );
    git(folder.path(), &["init", "--quiet"]);
    assert_eq!(Git::around(folder.path()).unwrap_err(), "there is no commit yet");
}

#[test]
fn files_of_a_revision_are_those_of_the_folder_alone() {
    let folder = repository();
    commit(folder.path(), "openapi/drafts/b.yaml", "draft");
    commit(folder.path(), "openapi/README.md", "words");
    let git = Git::around(folder.path()).unwrap();
    let head = git.resolve("HEAD").unwrap();
    let files = git.files(&head, "openapi").unwrap();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(files[0].0, Path::new("openapi/a.yaml"));
    assert!(git.files(&head, "nothing").unwrap().is_empty());
    for wrong in ["nothing", "--all", "HEAD~9", ""] {
        let fault = git.resolve(wrong).unwrap_err().0;
        assert!(fault.contains("there is no revision"), "{fault}");
    }
}
