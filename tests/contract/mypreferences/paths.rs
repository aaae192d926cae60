//! Paths and verbs that no operation has, and who answers them.

use super::samples::{Sample, admin, reader};
use crate::database::unchanged;
use std::collections::{BTreeMap, BTreeSet};
use testkit::App;
use testkit::document::MYPREFERENCES;

#[test]
fn unknown_paths_have_their_owners_answer() {
    let app = App::start();
    let message = "There is nothing at this path.";
    unchanged(&app, || {
        for path in [
            "/Profiles",
            "/profiles/",
            "/Profiles/v4",
            "/Profiles/v4/default",
            "/Profiles/v3/default/GroupTypes",
            "/Profiles/v4/default/EmailTypes",
            "/Profiles/v4/default/GroupType/1/2",
            "/Profiles/v4/default/GroupTypes/Household/Delete",
            "/Profiles/v4/default//GroupTypes",
            "/Profiles/v4//GroupTypes",
            "/PROFILES/v4/default/Profile/1/Groups",
            "/oauth",
            "/OAuth/authorize",
            "/oauth/token/x",
        ] {
            for request in [
                reader(&app).bare("GET", path),
                reader(&app).bare("POST", path).body("text/plain", "x"),
            ] {
                request.header("Accept", "text/html").send().refused(404, message);
            }
        }
    });
}

#[test]
fn wrong_verbs_are_told_the_right_ones() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let mut paths: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for operation in MYPREFERENCES.operations() {
        paths
            .entry(&operation.path)
            .or_default()
            .insert(&operation.method);
    }
    assert_eq!(paths.len(), 8);
    unchanged(&app, || {
        for (template, verbs) in paths {
            let path = template
                .replace("{clientId}", "nobody")
                .replace("{typeId}", &sample.household.to_string())
                .replace("{groupType}", "Household")
                .replace("{profileId}", &sample.jo.to_string());
            for verb in [
                "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE",
            ] {
                if verbs.contains(verb) {
                    continue;
                }
                for path in [path.clone(), format!("{}/", path.to_uppercase())] {
                    let answer = admin(&app).bare(verb, &path).send().expect(405);
                    let allow = answer.header("allow");
                    let told: BTreeSet<&str> = allow.split(", ").collect();
                    assert_eq!(told, verbs, "{verb} {path}");
                    if verb != "HEAD" {
                        assert_eq!(answer.at("/Message"), &format!("This path offers {allow} only."));
                    }
                }
            }
        }
    });
}

/// Other likely spellings of the paths answer with the same verbs.
#[test]
fn other_spellings_answer_too() {
    let app = App::start();
    Sample::prepare(&app);
    for (path, allow) in [
        ("GroupType", "GET, POST"),
        ("GroupTypes/1", "PATCH"),
        ("GroupTypeNames", "GET"),
        ("GroupType/Household/RenameGroup", "POST"),
        ("GroupTypes/Household/Rename", "POST"),
        ("GroupProfile", "GET"),
        ("Profiles", "POST"),
        ("Profiles/1", "GET, PATCH, POST"),
    ] {
        let answer = admin(&app).request("DELETE", path).send().expect(405);
        assert_eq!(answer.header("allow"), allow, "{path}");
    }
}
