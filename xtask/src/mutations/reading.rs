//! Mutations of documents that cannot be read at all.

use super::lint::{FILE, SMALL};
use super::mutation::{Edit, Expected, Mutation, Place};
use super::row::Row;
use super::tree::Tree;
use crate::check::Step;
use crate::workspace::{Fault, Workspace};

/// A name, the bytes of the document, and what is found where.
type Case = (&'static str, fn() -> Edit, &'static str, (usize, usize));

const CASES: &[Case] = &[
    (
        "a folder in place of the document",
        || Edit::Folder(FILE.into()),
        "unreadable",
        (1, 1),
    ),
    (
        "a title in Latin-1",
        || Edit::Write(FILE.into(), latin()),
        "not-utf-8",
        (3, 13),
    ),
    (
        "a list that does not end",
        || Edit::replace(FILE, "tags:\n", "tags: [\n"),
        "yaml",
        (7, 3),
    ),
    (
        "two documents",
        || Edit::replace(FILE, "paths:\n", "---\npaths:\n"),
        "yaml",
        (12, 1),
    ),
    (
        "lists within lists",
        || Edit::Write(FILE.into(), b"[".repeat(500)),
        "yaml",
        (1, 256),
    ),
    (
        "lists within lists, each on the line of the one before",
        || Edit::Write(FILE.into(), b"- ".repeat(50_000)),
        "yaml",
        (1, 131),
    ),
    (
        "a tag",
        || Edit::replace(FILE, "title: Small", "title: !mine Small"),
        "yaml",
        (3, 10),
    ),
    (
        "a key twice",
        || Edit::replace(FILE, "  title: Small\n", "  title: Small\n  title: Large\n"),
        "duplicate-key",
        (4, 3),
    ),
    (
        "a status with quotes and without",
        || {
            Edit::replace(
                FILE,
                "        '401':",
                "        400: {$ref: '#/components/responses/Error'}\n        '401':",
            )
        },
        "duplicate-key",
        (44, 9),
    ),
];

fn latin() -> Vec<u8> {
    let (before, after) = SMALL.split_once("Small").unwrap_or_default();
    [before.as_bytes(), b"caf\xe9", after.as_bytes()].concat()
}

pub fn rows(_: &Workspace) -> Result<Vec<Row>, Fault> {
    let tree = Tree::new(&[(FILE, SMALL.as_bytes())])?;
    let mutation = |(name, edit, rule, (line, column)): &Case| Mutation {
        name: (*name).to_owned(),
        step: Step::Lint,
        edits: vec![edit()],
        expected: vec![Expected::new(rule, FILE, Place::At(*line, *column))],
    };
    super::one_by_one(&tree, CASES.iter().map(mutation).collect())
}
