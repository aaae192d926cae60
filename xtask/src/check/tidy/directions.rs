//! Which member may depend on which, and which may name a framework.

use super::finding;
use crate::finding::Finding;
use crate::workspace::Member;

/// Members and the members that they may depend on. Packages that only test may use everything.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("contract", &[]),
    ("model", &[]),
    ("store", &["model"]),
    ("directory", &["model", "store"]),
    ("samples", &[]),
    ("server", &["contract", "directory", "model", "store"]),
    (
        "testkit",
        &["contract", "directory", "model", "samples", "server", "store"],
    ),
    (
        "tests",
        &[
            "contract",
            "directory",
            "model",
            "samples",
            "server",
            "store",
            "testkit",
        ],
    ),
    ("xtask", &["samples"]),
];

/// Frameworks and the only members that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("actix-web", &["contract", "server"]),
    ("utoipa", &["contract", "server"]),
    ("utoipa-swagger-ui", &["server"]),
    ("sea-orm", &["store"]),
    ("sea-orm-migration", &["store"]),
];

/// Named by the program of one member only; tests may look into the database or break it.
const HOMES_BUT_FOR_TESTS: &[(&str, &[&str])] = &[("rusqlite", &["store", "tests"])];

/// What tests of a member may use beyond its own directions.
const FOR_TESTS: &[&str] = &["samples", "testkit"];

/// Checks the dependencies of every member.
pub fn check(members: &[Member]) -> Vec<Finding> {
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    members
        .iter()
        .flat_map(|member| of_member(member, &names))
        .collect()
}

fn of_member(member: &Member, members: &[&str]) -> Vec<Finding> {
    let manifest = &member.manifest;
    let Some((_, allowed)) = DIRECTIONS.iter().find(|(name, _)| *name == member.name) else {
        let text = format!("`{}` has no place in the directions", member.name);
        let mend = "say in xtask/src/check/tidy/directions.rs what it may depend on";
        return vec![finding("tidy-direction", &manifest.path, (1, 1), text, mend)];
    };
    let mut findings = Vec::new();
    for (table, name, entry) in manifest.dependencies() {
        let for_tests = table == "dev-dependencies" && FOR_TESTS.contains(&name);
        if members.contains(&name) && !allowed.contains(&name) && !for_tests {
            let text = format!("`{}` must not depend on `{name}`", member.name);
            let mend = "move the code to the side of the line it belongs to";
            findings.push(finding(
                "tidy-direction",
                &manifest.path,
                (entry.line, 1),
                text,
                mend,
            ));
        }
        let relaxed = HOMES_BUT_FOR_TESTS.iter().filter(|_| table != "dev-dependencies");
        let home = HOMES
            .iter()
            .chain(relaxed)
            .find(|(framework, _)| *framework == name);
        if home.is_some_and(|(_, homes)| !homes.contains(&member.name.as_str())) {
            let text = format!("`{}` must not name `{name}`", member.name);
            let mend = "keep the framework where it is, and pass our own types";
            findings.push(finding(
                "tidy-framework",
                &manifest.path,
                (entry.line, 1),
                text,
                mend,
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests;
