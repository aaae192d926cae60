//! Rules about the packages that are built: licences and versions, as `cargo tree` lists them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{finding, manifests};
use crate::cargo;
use crate::finding::Finding;
use crate::manifest::Manifest;
use crate::source::place_of;
use crate::workspace::{Fault, Member, Outcome, Workspace};

/// Licences that ask for no more than a notice.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Direct dependencies that are built in two versions, each with the cause. An entry that is not needed any
/// more is a finding.
const TWICE: &[(&str, &str)] = &[
    ("base64", "jsonwebtoken takes 0.22, Swagger UI takes 0.23"),
    (
        "getrandom",
        "cryptography below jsonwebtoken takes 0.2, sea-orm's maps take 0.3, uuid and tempfile take 0.4",
    ),
    (
        "syn",
        "the macros of our dependencies move from 2 to 3 one by one",
    ),
];

/// A package that is built.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    name: String,
    version: String,
    licence: String,
}

/// Lists the packages that are built here, and checks them.
pub fn check(workspace: &Workspace, root: &Manifest, members: &[Member], lock: &str) -> Outcome {
    let packages = packages(workspace)?;
    let own: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let mut findings = licences(&packages, &own, lock);
    findings.extend(twice(&packages, root, TWICE));
    Ok(findings)
}

fn packages(workspace: &Workspace) -> Result<BTreeSet<Package>, Fault> {
    let args = [
        "tree",
        "--workspace",
        "--edges",
        "normal,build,dev",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ];
    let mut offline = args.to_vec();
    offline.extend(["--locked", "--offline"]);
    let mut output = cargo::run(workspace, &offline)?;
    if !output.status.success() {
        // A package that no build here needed yet is fetched now.
        let mut online = args.to_vec();
        online.push("--locked");
        output = cargo::run(workspace, &online)?;
    }
    if !output.status.success() {
        return Err(Fault(format!(
            "`cargo tree` failed:\n{}",
            cargo::last_lines(&output.stderr, 10)
        )));
    }
    Ok(read(&String::from_utf8_lossy(&output.stdout)))
}

/// Reads lines `name v1.2.3 (notes)|licence (*)`.
fn read(lines: &str) -> BTreeSet<Package> {
    let package = |line: &str| {
        let (package, licence) = line.split_once('|')?;
        let mut words = package.split(' ');
        Some(Package {
            name: words.next()?.to_owned(),
            version: words.next()?.trim_start_matches('v').to_owned(),
            licence: licence.trim_end_matches(" (*)").trim().to_owned(),
        })
    };
    lines.lines().filter_map(package).collect()
}

fn licences(packages: &BTreeSet<Package>, own: &BTreeSet<&str>, lock: &str) -> Vec<Finding> {
    let foreign = packages
        .iter()
        .filter(|package| !own.contains(package.name.as_str()));
    foreign
        .filter(|package| !is_allowed(&package.licence))
        .map(|package| {
            let text = format!(
                "{} {} has the licence `{}`",
                package.name, package.version, package.licence
            );
            let mend = "do without the package, or allow the licence in xtask/src/check/tidy/dependencies.rs";
            finding(
                "tidy-licence",
                Path::new("Cargo.lock"),
                (lock_line(lock, package), 1),
                text,
                mend,
            )
        })
        .collect()
}

fn lock_line(lock: &str, package: &Package) -> usize {
    let (name, version) = (
        format!("name = \"{}\"", package.name),
        format!("version = \"{}\"", package.version),
    );
    let lines: Vec<&str> = lock.lines().collect();
    lines
        .windows(2)
        .position(|pair| pair[0] == name && pair[1] == version)
        .map_or(1, |index| index + 1)
}

/// Every part of an `AND` must be allowed, one alternative of an `OR` suffices. `/` is an old way to say `OR`.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let words: Vec<&str> = expression.split_whitespace().collect();
    let spaced = words.join(" ");
    !spaced.is_empty() && alternatives(&spaced)
}

fn alternatives(expression: &str) -> bool {
    split(expression, " OR ")
        .into_iter()
        .any(|part| split(part, " AND ").into_iter().all(single))
}

fn single(part: &str) -> bool {
    match part.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => alternatives(inner),
        None => LICENCES.contains(&part),
    }
}

/// Splits at a word that stands outside of brackets.
fn split<'t>(text: &'t str, word: &str) -> Vec<&'t str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 && at >= from && text[at..].starts_with(word) => {
                parts.push(&text[from..at]);
                from = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// Direct dependencies that are built in more than one version, and exceptions without need.
fn twice(packages: &BTreeSet<Package>, root: &Manifest, exceptions: &[(&str, &str)]) -> Vec<Finding> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions
            .entry(&package.name)
            .or_default()
            .insert(&package.version);
    }
    let direct = |name: &str| manifests::place(root, name).0 > 1;
    let mut findings = Vec::new();
    for (name, versions) in versions
        .iter()
        .filter(|(name, versions)| versions.len() > 1 && direct(name))
    {
        if exceptions.iter().all(|(excepted, _)| excepted != name) {
            let list: Vec<&str> = versions.iter().copied().collect();
            let text = format!("`{name}` is built in the versions {}", list.join(" and "));
            let mend = "use the version that the others use, or list it with its cause in `TWICE`";
            findings.push(finding(
                "tidy-twice",
                manifests::root_path(),
                manifests::place(root, name),
                text,
                mend,
            ));
        }
    }
    for (name, _) in exceptions
        .iter()
        .filter(|(name, _)| versions.get(name).is_none_or(|v| v.len() < 2))
    {
        let text = format!("`{name}` is built in one version only");
        let own = Path::new("xtask/src/check/tidy/dependencies.rs");
        findings.push(finding(
            "tidy-twice",
            own,
            place_of(include_str!("dependencies.rs"), &format!("(\"{name}\"")),
            text,
            "take it off the list `TWICE`",
        ));
    }
    findings
}

#[cfg(test)]
mod tests;
