//! What the document promises: every answer of every operation has a case here, and every rule that a client can
//! rely on a test. Each starts a server on a directory of its own.

mod accounts;
mod audit;
mod bad_input;
mod concurrency;
mod database;
mod etags;
mod examples;
mod filters;
mod groups;
mod members;

mod order;
mod paging;
mod paths;
mod refusals;
mod samples;
mod secrets;
mod selections;
mod tenants;
mod tickets;
mod updates;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::{App, document};

/// One documented answer of one operation, and how to get it. `cargo xtask check` finds these literals.
pub struct Case {
    /// The `operationId`.
    pub operation: &'static str,
    pub status: u16,
    pub name: &'static str,
    pub run: fn(&App),
}

/// All cases, one table per noun.
const TABLES: [&[Case]; 4] = [groups::CASES, members::CASES, accounts::CASES, tickets::CASES];

/// Runs every case on a server of its own, and believes none that it saw the answer it is about: the client noted
/// each answer that was as documented.
#[test]
fn cases() {
    let cases: Vec<&Case> = TABLES.into_iter().flatten().collect();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from) * 2;
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(failure) = catch_unwind(AssertUnwindSafe(|| run(case))) {
                        failures.lock().unwrap().push(format!("{}\n{}", title(case), words(&*failure)));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} of {} failed:\n\n{}", failures.len(), cases.len(), failures.join("\n\n"));
}

fn run(case: &Case) {
    let app = App::start();
    (case.run)(&app);
    assert!(app.has_seen(case.operation, case.status), "the answer was not seen");
}

fn title(case: &Case) -> String {
    format!("{} {}: {}", case.operation, case.status, case.name)
}

fn words(failure: &(dyn std::any::Any + Send)) -> &str {
    let text = failure.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| failure.downcast_ref::<&str>().copied()).unwrap_or("it stopped without words")
}

/// The tables and the list of gaps together are exactly what the document has.
#[test]
fn coverage() {
    let documented: BTreeSet<(String, u16)> = document::operations()
        .iter()
        .flat_map(|operation| operation.statuses().map(|status| (operation.id.to_owned(), status)))
        .collect();
    let cases = TABLES.into_iter().flatten().map(|case| (case.operation.to_owned(), case.status));
    let mut covered: BTreeSet<(String, u16)> = cases.collect();
    for line in include_str!("gaps.txt").lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (operation, status) = line.trim().split_once(' ').expect("a gap is `operation status`");
        assert!(covered.insert((operation.to_owned(), status.parse().unwrap())), "`{line}` is no gap any more");
    }
    let difference: Vec<_> = documented.symmetric_difference(&covered).collect();
    assert!(difference.is_empty(), "no case for, or not in the document: {difference:?}");
    for operation in document::operations().iter().filter(|operation| operation.secured) {
        assert!(covered.contains(&(operation.id.to_owned(), 401)), "{} is secured", operation.id);
    }
}

/// No two cases say the same of themselves.
#[test]
fn titles_are_unique() {
    let mut seen = BTreeSet::new();
    for case in TABLES.into_iter().flatten() {
        assert!(seen.insert(title(case)), "{} occurs twice", title(case));
    }
}
