//! The suite that the documents drive: for every operation of every document requests are made from the document
//! alone, and every answer is judged by it. A new operation is covered with no new test code.

mod call;
mod coverage;
mod created;
mod credentials;
mod deleted;
mod finding;
mod foreign;
mod kept;
mod limits;
mod links;
mod lists;
mod media;
mod negative;
mod positive;
mod reach;
mod repeats;
mod rules;
mod same;
mod session;
mod shrink;
mod sizes;
mod spec;
mod texts;
mod thing;
mod unique;
mod verbs;
mod world;

use crate::words;
use coverage::Beyond;
use session::{Notes, Session};
use spec::Spec;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::App;
use testkit::document;

/// What is done with one document on a server of its own.
type Phase = fn(&Session<'_>);

/// The phases, the longest first.
const PHASES: [(&str, Phase); 17] = [
    ("kept", kept::run),
    ("unique", unique::run),
    ("texts", texts::run),
    ("positive", positive::run),
    ("negative", negative::run),
    ("foreign", foreign::run),
    ("repeats", repeats::run),
    ("lists", lists::run),
    ("deleted", deleted::run),
    ("created", created::run),
    ("reach", reach::run),
    ("sizes", sizes::run),
    ("credentials", credentials::run),
    ("limits", limits::run),
    ("media", media::run),
    ("same", same::run),
    ("verbs", verbs::run),
];

/// The seed of all that is drawn, unless `ROSTER_SEED` is set.
const SEED: u64 = 20_261_122;

fn specs() -> Vec<Spec> {
    vec![
        Spec::read("formsonfire", &document::FORMSONFIRE),
        Spec::read("kibo", &document::KIBO),
        Spec::read("mypreferences", &document::MYPREFERENCES),
        Spec::read("propeller", &document::PROPELLER),
        Spec::read("taleolearn", &document::TALEOLEARN),
    ]
}

fn seed() -> u64 {
    let given = std::env::var("ROSTER_SEED").ok();
    given.map_or(SEED, |given| given.parse().unwrap())
}

/// Every phase on every document; all findings are told at once.
#[test]
fn documents() {
    let (specs, notes, seed) = (specs(), Notes::default(), seed());
    let jobs: Vec<(&Spec, &str, Phase)> = PHASES
        .iter()
        .flat_map(|(name, phase)| specs.iter().map(move |spec| (spec, *name, *phase)))
        .collect();
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(2, usize::from) * 2;
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((spec, name, phase)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    run(spec, name, *phase, seed, &notes);
                }
            });
        }
    });
    let mut findings = notes.findings.into_inner().unwrap();
    let answers = notes.seen.into_inner().unwrap();
    let mut beyond = Vec::new();
    for spec in &specs {
        let (missing, left) = coverage::missing(spec, &answers);
        findings.extend(missing);
        beyond.extend(left);
    }
    let faults = beyond
        .iter()
        .filter(|(reason, _)| *reason == Beyond::Fault)
        .count();
    assert!(
        findings.is_empty(),
        "{} findings in {} requests; beyond them are {} documented answers, {faults} of them faults of the server:\n\n{}",
        findings.len(),
        notes.sent.into_inner(),
        beyond.len(),
        finding::told(&findings, seed)
    );
}

fn run(spec: &Spec, name: &str, phase: Phase, seed: u64, notes: &Notes) {
    let app = App::start();
    let session = Session::new(spec, &app, seed, notes);
    if let Err(failure) = catch_unwind(AssertUnwindSafe(|| phase(&session))) {
        session.complain(
            rules::STOPPED,
            name,
            "the phase ends",
            words(&*failure),
            "no single request",
        );
    }
}

#[test]
fn a_phase_that_stops_is_told() {
    let (spec, notes) = (Spec::read("kibo", &document::KIBO), Notes::default());
    run(&spec, "halfway", |_| panic!("no token is given out"), 1, &notes);
    let findings = notes.findings.into_inner().unwrap();
    let told: Vec<(&str, &str, &str)> = findings
        .iter()
        .map(|finding| {
            (
                finding.rule,
                finding.operation.as_str(),
                finding.answered.as_str(),
            )
        })
        .collect();
    assert_eq!(told, [(rules::STOPPED, "halfway", "no token is given out")]);
}
