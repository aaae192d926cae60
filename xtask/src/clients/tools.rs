//! The programs that the suite needs besides Rust.

use std::process::Command;

/// What was found.
#[derive(Clone, Debug)]
pub struct Tools {
    pub python: String,
}

/// A program, the argument that makes it tell its version, and the oldest version that will do.
const NEEDED: [(&str, &str, [u32; 2]); 4] = [
    ("node", "--version", [20, 19]),
    ("npm", "--version", [10, 0]),
    ("python3", "--version", [3, 11]),
    ("java", "-version", [11, 0]),
];

/// The programs, or what is missing.
pub fn find() -> Result<Tools, String> {
    let mut missing = Vec::new();
    for (program, argument, [major, minor]) in NEEDED {
        match version(program, argument) {
            Some(found) if found >= [major, minor] => {}
            Some([a, b]) => missing.push(format!("{program} {a}.{b} is older than {major}.{minor}")),
            None => missing.push(format!("{program} {major}.{minor} or later is missing")),
        }
    }
    if missing.is_empty() {
        Ok(Tools {
            python: "python3".to_owned(),
        })
    } else {
        Err(missing.join(", "))
    }
}

fn version(program: &str, argument: &str) -> Option<[u32; 2]> {
    let output = Command::new(program).arg(argument).output().ok()?;
    let said = [output.stdout, output.stderr].concat();
    output
        .status
        .success()
        .then(|| read(&String::from_utf8_lossy(&said)))
        .flatten()
}

/// The first two numbers of the first word that has two numbers with a dot between.
pub(super) fn read(said: &str) -> Option<[u32; 2]> {
    said.split(|c: char| !c.is_ascii_digit() && c != '.')
        .find_map(|word| {
            let mut parts = word.split('.').map(str::parse);
            match (parts.next(), parts.next()) {
                (Some(Ok(major)), Some(Ok(minor))) => Some([major, minor]),
                _ => None,
            }
        })
}
