//! What the document promises: every answer of every operation has a case here, and every rule that a client can
//! rely on a test. Each starts a server on a directory of its own.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests, and their helpers stop them with the reason"
)]

mod database;
mod driven;
mod formsonfire;
mod kibo;
mod mypreferences;
mod propeller;
mod story;
mod taleolearn;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};
use testkit::App;
use testkit::document::{self, Document};

/// One documented answer of one operation, and how to get it. `cargo xtask check` finds these literals.
pub struct Case {
    /// The `operationId`.
    pub operation: &'static str,
    pub status: u16,
    pub name: &'static str,
    pub run: fn(&App),
}

/// Every dialect: its document, and its cases, one table per noun.
static DIALECTS: [(&LazyLock<Document>, &[&[Case]]); 5] = [
    (&document::FORMSONFIRE, &formsonfire::TABLES),
    (&document::KIBO, &kibo::TABLES),
    (&document::MYPREFERENCES, &mypreferences::TABLES),
    (&document::PROPELLER, &propeller::TABLES),
    (&document::TALEOLEARN, &taleolearn::TABLES),
];

fn all() -> impl Iterator<Item = &'static Case> {
    DIALECTS
        .iter()
        .flat_map(|(_, tables)| tables.iter().copied().flatten())
}

/// Runs every case on a server of its own, and believes none that it saw the answer it is about: the client noted
/// each answer that was as documented.
#[test]
fn cases() {
    let cases: Vec<&Case> = all().collect();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from) * 2;
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(failure) = catch_unwind(AssertUnwindSafe(|| run(case))) {
                        failures
                            .lock()
                            .unwrap()
                            .push(format!("{}\n{}", title(case), words(&*failure)));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(
        failures.is_empty(),
        "{} of {} failed:\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n\n")
    );
}

fn run(case: &Case) {
    let app = App::start();
    (case.run)(&app);
    assert!(
        app.has_seen(case.operation, case.status),
        "the answer was not seen"
    );
}

fn title(case: &Case) -> String {
    format!("{} {}: {}", case.operation, case.status, case.name)
}

fn words(failure: &(dyn std::any::Any + Send)) -> &str {
    let text = failure.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| failure.downcast_ref::<&str>().copied())
        .unwrap_or("it stopped without words")
}

/// The tables and the list of gaps together are exactly what the documents have.
#[test]
fn coverage() {
    let mut missing = BTreeSet::new();
    for (document, tables) in &DIALECTS {
        let operations = || document.operations().iter();
        let documented: BTreeSet<(&str, u16)> = operations()
            .flat_map(|o| o.statuses().map(|status| (o.id.as_str(), status)))
            .collect();
        let covered: BTreeSet<(&str, u16)> = tables
            .iter()
            .copied()
            .flatten()
            .map(|case| (case.operation, case.status))
            .collect();
        let unknown: Vec<_> = covered.difference(&documented).collect();
        assert!(unknown.is_empty(), "not in the document: {unknown:?}");
        for operation in operations().filter(|operation| operation.secured) {
            assert!(
                covered.contains(&(operation.id.as_str(), 401)),
                "{} is secured",
                operation.id
            );
        }
        missing.extend(
            documented
                .difference(&covered)
                .map(|(operation, status)| format!("{operation} {status}")),
        );
    }
    let gaps = include_str!("gaps.txt").lines().map(str::trim);
    let gaps: BTreeSet<String> = gaps
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        missing, gaps,
        "documented answers without a case, and the accepted gaps"
    );
}

/// No two cases of a dialect say the same of themselves.
#[test]
fn titles_are_unique() {
    for (_, tables) in &DIALECTS {
        let mut seen = BTreeSet::new();
        for case in tables.iter().copied().flatten() {
            assert!(seen.insert(title(case)), "{} occurs twice", title(case));
        }
    }
}
