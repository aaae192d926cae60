//! Runs of cargo as they are printed, and what a reader of JUnit's XML gets.

use super::Junit;

const LINES: &str = "\
   Compiling xtask v0.0.0
     Running unittests src/lib.rs (target/debug/deps/xtask-9fddc17c2ca00407)

running 3 tests
test a::one ... ok
test a::two ... FAILED
test a::three - should panic ... ok

failures:

---- a::two stdout ----

thread 'a::two' panicked at xtask/src/a.rs:5:9:
assertion `left == right` failed
  left: \"<1>\"
test a::one ... ok

failures:
    a::two

test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.04s

     Running contract/main.rs (target/debug/deps/contract-17c2ca00407)

running 1 test
test kibo::groups ... ignored, not now
test result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.50s

   Doc-tests model

running 1 test
test crates/model/src/lib.rs - name (line 3) ... ok

test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

fn report(lines: &str, success: bool) -> String {
    let mut junit = Junit::default();
    lines.lines().for_each(|line| junit.read(line));
    junit.render(success)
}

#[test]
fn each_program_is_a_suite_with_its_cases() {
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="test" tests="5" failures="1" errors="0" skipped="1">
  <testsuite name="xtask (src/lib.rs)" tests="3" failures="1" errors="0" skipped="0" time="0.04">
    <testcase name="a::one" classname="xtask (src/lib.rs)"/>
    <testcase name="a::two" classname="xtask (src/lib.rs)">
      <failure message="assertion `left == right` failed">
thread 'a::two' panicked at xtask/src/a.rs:5:9:
assertion `left == right` failed
  left: &quot;&lt;1&gt;&quot;
test a::one ... ok

</failure>
    </testcase>
    <testcase name="a::three - should panic" classname="xtask (src/lib.rs)"/>
  </testsuite>
  <testsuite name="contract (contract/main.rs)" tests="1" failures="0" errors="0" skipped="1" time="1.50">
    <testcase name="kibo::groups" classname="contract (contract/main.rs)">
      <skipped/>
    </testcase>
  </testsuite>
  <testsuite name="model (documentation)" tests="1" failures="0" errors="0" skipped="0" time="0.00">
    <testcase name="crates/model/src/lib.rs - name (line 3)" classname="model (documentation)"/>
  </testsuite>
</testsuites>
"#;
    assert_eq!(report(LINES, false), expected);
}

#[test]
fn a_program_that_dies_is_an_error() {
    let lines = "     Running unittests src/lib.rs (deps/store-0)\nrunning 2 tests\ntest one ... ok\nerror: signal 6\n";
    let text = report(lines, false);
    assert!(text.contains(r#"tests="2" failures="0" errors="1""#), "{text}");
    assert!(
        text.contains(r#"<error message="the program did not come to its end">"#),
        "{text}"
    );
    assert!(text.contains("error: signal 6</error>"), "{text}");
}

#[test]
fn what_does_not_build_is_an_error() {
    let text = report("   Compiling a v0.1.0\nerror[E0308]: mismatched types\n", false);
    assert!(
        text.contains(r#"<testsuites name="test" tests="1" failures="0" errors="1" skipped="0">"#),
        "{text}"
    );
    assert!(text.contains("error[E0308]: mismatched types</error>"), "{text}");
    // A run without failure and without tests has nothing to report.
    assert!(report("", true).contains(r#"tests="0" failures="0" errors="0""#));
}
