//! Earlier revisions of the documents, read by the program `git`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::cargo::last_lines;
use crate::workspace::Fault;

/// How tags of releases are named.
const RELEASES: &str = "v[0-9]*";

/// Variables by which git would read another repository than that of its folder.
const FOREIGN: [&str; 7] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_WORK_TREE",
];

/// A commit to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Its full id.
    pub commit: String,
    /// What it is, for people.
    pub shown: String,
}

/// A git work tree.
#[derive(Clone, Debug)]
pub struct Git {
    root: PathBuf,
}

impl Git {
    /// The work tree around a folder; why there is none otherwise.
    pub fn around(root: &Path) -> Result<Self, String> {
        let git = Self {
            root: root.to_path_buf(),
        };
        if !root.join(".git").exists() && !root.ancestors().any(|folder| folder.join(".git").exists()) {
            return Err("this is no git work tree".to_owned());
        }
        match git.run(&["rev-parse", "--is-inside-work-tree"]) {
            Err(_) => Err("there is no program `git`".to_owned()),
            Ok(output) if !output.status.success() => Err(format!(
                "git does not read this work tree: {}",
                last_lines(&output.stderr, 1)
            )),
            Ok(_) if git.commit("HEAD").is_none() => Err("there is no commit yet".to_owned()),
            Ok(_) => Ok(git),
        }
    }

    /// The commit that a name means.
    pub fn resolve(&self, revision: &str) -> Result<Base, Fault> {
        self.commit(revision)
            .map(|commit| Base {
                commit,
                shown: revision.to_owned(),
            })
            .ok_or_else(|| {
                Fault(format!(
                    "there is no revision `{revision}`; in a shallow clone, fetch it first"
                ))
            })
    }

    /// What a work tree is compared with where nothing is said: where its branch left the default branch. On that
    /// branch itself, the newest release; without one, the last commit.
    pub fn default_base(&self) -> Result<Base, String> {
        let Some(head) = self.commit("HEAD") else {
            return Err("there is no commit yet".to_owned());
        };
        let default = [
            "refs/remotes/origin/HEAD",
            "refs/remotes/origin/main",
            "refs/heads/main",
        ];
        if let Some((name, tip)) = default.iter().find_map(|name| Some((name, self.commit(name)?))) {
            let name = name
                .trim_start_matches("refs/")
                .trim_start_matches("remotes/")
                .trim_start_matches("heads/");
            match self.line(&["merge-base", &head, &tip]) {
                None => {
                    return Err(format!(
                        "this branch and `{name}` have no commit in common; in a shallow clone, fetch more"
                    ));
                }
                Some(commit) if commit != head => {
                    let shown = format!("merge base with `{name}`, {}", short(&commit));
                    return Ok(Base { commit, shown });
                }
                Some(_) => {}
            }
        }
        Ok(self.release(&head).unwrap_or(Base {
            shown: format!("last commit, {}", short(&head)),
            commit: head,
        }))
    }

    /// The newest release; without one, what a work tree is compared with.
    pub fn newest_release(&self) -> Result<Base, String> {
        let head = self.commit("HEAD").unwrap_or_default();
        self.release(&head).map_or_else(|| self.default_base(), Ok)
    }

    /// The newest release that a commit comes after.
    fn release(&self, head: &str) -> Option<Base> {
        let tag = self.line(&["describe", "--tags", "--abbrev=0", "--match", RELEASES, head])?;
        let commit = self.commit(&format!("refs/tags/{tag}"))?;
        let shown = format!("release `{tag}`");
        Some(Base { commit, shown })
    }

    /// The files of a folder at a commit, without those of folders in it, sorted by name.
    pub fn files(&self, base: &Base, folder: &str) -> Result<Vec<(PathBuf, Vec<u8>)>, Fault> {
        let listed = self.run(&[
            "ls-tree",
            "-z",
            "--name-only",
            &base.commit,
            &format!("{folder}/"),
        ])?;
        if !listed.status.success() {
            let why = last_lines(&listed.stderr, 3);
            return Err(Fault(format!(
                "git cannot list `{folder}` at {}: {why}",
                base.shown
            )));
        }
        let names = String::from_utf8_lossy(&listed.stdout).into_owned();
        let mut files = Vec::new();
        for name in names.split('\0').filter(|name| is_document(name)) {
            if let Some(bytes) = self.file(base, name) {
                files.push((PathBuf::from(name), bytes));
            }
        }
        Ok(files)
    }

    /// A file at a commit, if it is there.
    pub fn file(&self, base: &Base, path: &str) -> Option<Vec<u8>> {
        let output = self
            .run(&["cat-file", "blob", &format!("{}:./{path}", base.commit)])
            .ok()?;
        output.status.success().then_some(output.stdout)
    }

    fn commit(&self, revision: &str) -> Option<String> {
        let revision = format!("{revision}^{{commit}}");
        self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &revision])
    }

    /// The first line that a command prints, if it succeeds.
    fn line(&self, args: &[&str]) -> Option<String> {
        let output = self.run(args).ok()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().next().filter(|line| !line.is_empty())?;
        output.status.success().then(|| line.to_owned())
    }

    fn run(&self, args: &[&str]) -> Result<Output, Fault> {
        command(&self.root)
            .args(args)
            .stdin(Stdio::null())
            .output()
            .map_err(|e| Fault(format!("cannot run git: {e}")))
    }
}

/// A git that finds its repository by its folder: a hook has the variables of the repository that runs it.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder);
    for name in FOREIGN {
        command.env_remove(name);
    }
    command
}

/// Makes a repository of a folder, with everything in it as its only commit, by nobody in particular.
pub fn record(folder: &Path) -> Result<(), Fault> {
    let identity = [
        "-c",
        "user.name=Roster",
        "-c",
        "user.email=roster@example.com",
        "-c",
        "commit.gpgsign=false",
    ];
    for args in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["commit", "--quiet", "--message", "All"],
    ] {
        let mut git = command(folder);
        git.args(identity).args(args).stdin(Stdio::null());
        git.env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        let output = git.output().map_err(|e| Fault(format!("cannot run git: {e}")))?;
        if !output.status.success() {
            let why = last_lines(&output.stderr, 3);
            return Err(Fault(format!("git {}: {why}", args[0])));
        }
    }
    Ok(())
}

fn is_document(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "yaml")
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

#[cfg(test)]
pub(crate) mod tests;
