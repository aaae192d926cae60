//! What the suite finds, and how it is told.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many findings of one rule and operation are told.
const SHOWN: usize = 5;

/// A promise of a document that the server did not keep.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub rule: &'static str,
    pub dialect: &'static str,
    pub operation: String,
    /// What should have been.
    pub expected: String,
    /// What came instead.
    pub answered: String,
    /// The smallest request that shows it.
    pub curl: String,
}

/// All findings for a person, each with one line for programs: `finding: RULE DIALECT OPERATION`.
pub fn told(findings: &[Finding], seed: u64) -> String {
    let mut sorted = findings.to_vec();
    sorted.sort();
    sorted.dedup();
    let mut groups: BTreeMap<(&str, &str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in &sorted {
        let key = (finding.dialect, finding.operation.as_str(), finding.rule);
        groups.entry(key).or_default().push(finding);
    }
    let mut text = String::new();
    for ((dialect, operation, rule), group) in groups {
        for finding in group.iter().take(SHOWN) {
            write!(
                text,
                "finding: {rule} {dialect} {operation}\n  seed     {seed}\n  expected {}\n  answered {}\n  {}\n\n",
                indented(&finding.expected),
                indented(&finding.answered),
                finding.curl
            )
            .unwrap();
        }
        if group.len() > SHOWN {
            let more = group.len() - SHOWN;
            write!(text, "  and {more} more of `{rule}` at {dialect} {operation}\n\n").unwrap();
        }
    }
    text
}

fn indented(text: &str) -> String {
    let text: String = text.chars().take(1500).collect();
    text.trim_end().replace('\n', "\n           ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_told_in_order_and_not_all_of_a_kind() {
        let finding = |rule, operation: &str, curl: usize| Finding {
            rule,
            dialect: "kibo",
            operation: operation.to_owned(),
            expected: "405".to_owned(),
            answered: "200\nx".to_owned(),
            curl: format!("curl {curl}"),
        };
        let mut all: Vec<Finding> = (0..7).map(|n| finding("driven-verb", "b", n)).collect();
        all.push(finding("driven-verb", "a", 0));
        all.push(finding("driven-verb", "a", 0));
        let text = told(&all, 7);
        assert!(
            text.starts_with("finding: driven-verb kibo a\n  seed     7\n  expected 405\n"),
            "{text}"
        );
        assert_eq!(text.matches("\nfinding: ").count() + 1, 6, "{text}");
        assert!(text.contains("and 2 more of `driven-verb` at kibo b"), "{text}");
    }
}
