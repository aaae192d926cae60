use super::{Tally, summarise};

const LINES: &str = "\
running 3 tests
test a::one ... ok
test a::two ... FAILED
test a::three ... ok
test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
";

fn tally(lines: &str) -> Tally {
    let mut tally = Tally::default();
    lines.lines().for_each(|line| tally.read(line));
    tally
}

fn verdict(lines: &str, success: bool) -> (bool, String) {
    let mut out = Vec::new();
    let passed = summarise(&tally(lines), success, 1.0, &mut out).unwrap();
    (passed, String::from_utf8(out).unwrap())
}

#[test]
fn results_of_all_programs_are_added_up() {
    let (passed, text) = verdict(LINES, false);
    assert!(!passed);
    assert_eq!(
        text,
        "failed: a::two\ntest: 14 passed, 1 failed, 0 skipped in 2 programs, 1.0 s\n"
    );
}

#[test]
fn only_a_full_run_without_failure_passes() {
    let ok = "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n";
    let skipped = "test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured\n";
    for (lines, success, expected) in [
        (ok, true, true),
        (ok, false, false),
        (skipped, true, false),
        ("", true, false),
    ] {
        assert_eq!(verdict(lines, success).0, expected, "{lines} {success}");
    }
}
