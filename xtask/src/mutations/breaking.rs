//! Mutations of documents whose clients notice. The rules' own examples are the mutations.

use super::mutation::{Edit, Expected, Mutation, Place, shown};
use super::row::Row;
use super::tree::Tree;
use crate::check::Step;
use crate::compare::accepted;
use crate::compare::rules;
use crate::workspace::{Fault, Workspace};

mod places;

const SAMPLE: &str = include_str!("../compare/sample.yaml");
const FILE: &str = "openapi/sample.yaml";
/// A base that was written for another version of OpenAPI.
const BASE: &str = "openapi: 3.0.0\ninfo: {title: Sample, version: \"1.4.0\"}\npaths: {}\n";
const OTHER: &str = "openapi/other.yaml";
const VERSION: &str = "version: \"1.4.0\"";

pub fn rows(_: &Workspace) -> Result<Vec<Row>, Fault> {
    let tree = Tree::new(&[(FILE, SAMPLE.as_bytes())])?.committed()?;
    let mut rows = super::one_by_one(&tree, changes())?;
    rows.extend(super::one_by_one(&tree, versions())?);
    rows.extend(super::one_by_one(&tree, files())?);
    let unreadable = Tree::new(&[(FILE, BASE.as_bytes())])?.committed()?;
    rows.push(super::tried(&unreadable, &not_comparable())?);
    Ok(rows)
}

/// One for each rule that an edit of one document shows.
fn changes() -> Vec<Mutation> {
    let about_one = rules::all().filter(|rule| SAMPLE.contains(rule.example.0) && !rule.example.0.is_empty());
    about_one
        .map(|rule| {
            let (from, to) = rule.example;
            Mutation {
                name: shown(from, to),
                step: Step::Breaking,
                edits: vec![Edit::replace(FILE, from, to)],
                expected: vec![changed(rule.id, place(rule.id)), not_raised(FILE)],
            }
        })
        .collect()
}

/// The place of a rule's example; a rule that has none is not found where it is expected, at the start of nothing.
fn place(rule: &str) -> Place {
    let known = places::PLACES.iter().find(|(id, _)| *id == rule);
    known.map_or(Place::At(0, 0), |(_, pointer)| Place::Node((*pointer).to_owned()))
}

fn changed(rule: &str, place: Place) -> Expected {
    Expected::new(rule, FILE, place)
}

fn not_raised(file: &str) -> Expected {
    Expected::new("version-not-raised", file, Place::Of(VERSION.to_owned()))
}

/// Versions and announcements.
fn versions() -> Vec<Mutation> {
    let at = |rule, text: &str| Expected::new(rule, FILE, Place::Of(text.to_owned()));
    let version = |text: &str| Edit::replace(FILE, VERSION, text);
    let sunset = "maxLength: 20, x-sunset: 2027-01-31}";
    let (entry, pointer) = (
        "sample.yaml 1.4.0 request-member-bounds-narrowed",
        "/components/schemas/Order/properties/amount",
    );
    let list = |line: &str| {
        vec![Edit::Write(
            accepted::FILE.into(),
            format!("# Why.\n{line}\n").into_bytes(),
        )]
    };
    let accepted = |rule| vec![Expected::new(rule, accepted::FILE, Place::At(2, 1))];
    let mutation = |name: &str, edits: Vec<Edit>, expected: Vec<Expected>| Mutation {
        name: name.to_owned(),
        step: Step::Breaking,
        edits,
        expected,
    };
    vec![
        mutation(
            "the version falls",
            vec![version("version: \"1.3.9\"")],
            vec![at("version-lowered", "version: \"1.3.9\"")],
        ),
        mutation(
            "the version is a word",
            vec![version("version: one")],
            vec![at("version-unreadable", "version: one")],
        ),
        mutation(
            "the version is a number",
            vec![version("version: 2")],
            vec![at("version-unreadable", "version: 2")],
        ),
        mutation(
            "a break, and only the patch rises",
            vec![
                version("version: \"1.4.1\""),
                Edit::replace(FILE, "maximum: 500", "maximum: 50"),
            ],
            vec![
                changed(
                    "request-member-bounds-narrowed",
                    place("request-member-bounds-narrowed"),
                ),
                at("version-not-raised", "version: \"1.4.1\""),
            ],
        ),
        mutation(
            "a date beside what stays",
            vec![Edit::replace(FILE, "maxLength: 20}", sunset)],
            vec![at("sunset", "x-sunset: 2027-01-31")],
        ),
        mutation(
            "a date that is none",
            vec![Edit::replace(
                FILE,
                "deprecated: true\n      x-sunset: 2020-01-31",
                "deprecated: true\n      x-sunset: soon",
            )],
            vec![
                at("sunset", "x-sunset: soon"),
                changed("sunset-changed", place("sunset-changed")),
                not_raised(FILE),
            ],
        ),
        mutation(
            "a line without a reason",
            list(&format!("{entry} {pointer}")),
            accepted("accepted-malformed"),
        ),
        mutation(
            "a line with an unknown rule",
            list("sample.yaml 1.4.0 no-such-rule / why"),
            accepted("accepted-malformed"),
        ),
        mutation(
            "a line that accepts nothing",
            list(&format!("{entry} {pointer} why")),
            accepted("accepted-unused"),
        ),
    ]
}

/// Documents that come, go and change their names.
fn files() -> Vec<Mutation> {
    let moved = vec![
        Edit::Remove(FILE.into()),
        Edit::Write(OTHER.into(), SAMPLE.into()),
    ];
    let start = |rule, file: &str| Expected::new(rule, file, Place::At(1, 1));
    vec![
        Mutation {
            name: "the document is gone".to_owned(),
            step: Step::Breaking,
            edits: vec![Edit::Remove(FILE.into())],
            expected: vec![start("document-removed", FILE)],
        },
        Mutation {
            name: "the document has another name".to_owned(),
            step: Step::Breaking,
            edits: moved,
            expected: vec![start("document-renamed", OTHER), not_raised(OTHER)],
        },
    ]
}

fn not_comparable() -> Mutation {
    Mutation {
        name: "the document of the base cannot be compared".to_owned(),
        step: Step::Breaking,
        edits: vec![Edit::Write(FILE.into(), SAMPLE.into())],
        expected: vec![
            Expected::new("document-not-comparable", FILE, Place::At(1, 1)),
            not_raised(FILE),
        ],
    }
}
