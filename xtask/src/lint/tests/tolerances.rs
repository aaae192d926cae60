//! The rules for the words of `x-roster-tolerates` and for patches.

use super::Cases;

const AT: &str = "at: {type: string, description: When., format: date-time}";

#[test]
fn members_with_other_names() {
    let mut cases = Cases::default();
    let name = "name: {type: string, description: Its name.,";
    let tolerant =
        |words: &str| format!("name: {{type: string, x-roster-tolerates: [{words}], description: Its name.,");
    cases.check(name, &tolerant("alias:title, alias:label"), &[]);
    cases.check(name, &tolerant("alias:at"), &["alias 81:9"]);
    cases.check(name, &tolerant("alias:name"), &["alias 81:9"]);
    cases.check(name, &tolerant("alias:one, alias:one"), &["alias 81:9"]);
    cases.check(name, &tolerant("alias:Name"), &[]);
    cases.check(name, &tolerant("'alias:'"), &["extension 81:51"]);
    cases.check(name, &tolerant("name-case"), &["extension 81:51"]);
    cases.end();
    let folded = super::SMALL.replacen("paths:", "x-roster-tolerates: [name-case]\npaths:", 1);
    let folded = folded.replacen(name, &tolerant("alias:AT"), 1);
    assert_eq!(super::found(&folded), ["alias 82:9"]);
}

#[test]
fn values_with_other_spellings() {
    let mut cases = Cases::default();
    cases.check(
        "maxLength: 3,",
        "maxLength: 3, x-roster-tolerates: [number],",
        &[],
    );
    cases.check(
        AT,
        "at: {type: string, description: When., format: date-time, x-roster-tolerates: [number]}",
        &["extension 83:9"],
    );
    cases.check(
        "description: A list.",
        "description: A list.\n          x-roster-tolerates: [number]",
        &["extension 84:9"],
    );
    cases.check(
        "description: A list.",
        "description: A list.\n          x-roster-tolerates: [linked-items]",
        &["extension 84:9"],
    );
    let numbers = "{type: integer, format: int32, minimum: 1, maximum: 2, description: One.}";
    cases.check(
        "description: A list.\n          maxItems: 2\n          items: {type: string, maxLength: 2}",
        &format!("description: A list.\n          maxItems: 2\n          x-roster-tolerates: [linked-items]\n          items: {numbers}"),
        &[],
    );
    cases.check(
        "items: {type: string, maxLength: 2}",
        "items: {type: string, maxLength: 2, x-roster-tolerates: [number]}",
        &["extension 88:68"],
    );
    cases.check(
        "    Thing:\n      type: object\n",
        "    Thing:\n      type: object\n      x-roster-tolerates: [number]\n",
        &["extension 77:28"],
    );
    cases.check(
        "schema: {type: string, maxLength: 9}",
        "schema: {type: string, maxLength: 9, x-roster-tolerates: [number]}",
        &["extension 58:65"],
    );
    cases.end();
}

#[test]
fn patches() {
    let mut cases = Cases::default();
    let thing = "    Thing:\n      type: object\n";
    cases.check(
        thing,
        "    Thing:\n      type: object\n      x-roster-patch: true\n",
        &["extension 77:7"],
    );
    cases.check(
        thing,
        "    Thing:\n      type: object\n      x-roster-patch: yes, it is\n",
        &["extension 77:7"],
    );
    let patch = |member: &str| {
        format!(
            "    Change:\n      type: object\n      description: Changes.\n      x-roster-patch: true\n      \
             properties:\n        one: {member}\n    Thing:\n      type: object\n"
        )
    };
    for (member, expected) in [
        (
            "{type: [string, 'null'], description: One., maxLength: 1}",
            &[][..],
        ),
        (
            "{description: One., oneOf: [{$ref: '#/components/schemas/Error'}, {type: 'null'}]}",
            &["unsupported 80:9"],
        ),
        (
            "{type: [array, 'null'], description: One., maxItems: 1, items: {type: boolean}}",
            &["unsupported 80:9"],
        ),
        (
            "{type: [string, 'null'], description: One., format: password, maxLength: 1}",
            &["unsupported 80:9"],
        ),
        (
            "{type: string, description: One., maxLength: 1}",
            &["extension 78:7"],
        ),
    ] {
        cases.check(thing, &patch(member), expected);
    }
    cases.check(
        "schema: {type: string, maxLength: 9}",
        "schema: {type: string, maxLength: 9, x-roster-patch: true}",
        &["extension 58:44"],
    );
    cases.end();
}

#[test]
fn media_types_of_bodies() {
    let mut cases = Cases::default();
    let json = "        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}";
    let body = |media: &str, schema: &str, more: &str| {
        format!(
            "{more}        content:\n          {media}:\n            schema: {{$ref: '#/components/schemas/{schema}'}}"
        )
    };
    let (form, patch) = ("application/x-www-form-urlencoded", "application/json-patch+json");
    let plain = "        x-roster-tolerates: [plain-json]\n";
    cases.check(json, &body(patch, "Thing", ""), &[]);
    cases.check(json, &body(patch, "Thing", plain), &[]);
    cases.check(
        json,
        &body("application/json", "Thing", plain),
        &["extension 25:7"],
    );
    cases.check(json, &body("text/json", "Thing", ""), &["unsupported 29:11"]);
    // The list among its members is no text.
    cases.check(json, &body(form, "Thing", ""), &["unsupported 84:9"]);
    cases.check(
        "        required: true\n        description: The thing.\n        content:\n",
        &format!(
            "        required: true\n        description: The thing.\n        content:\n          {patch}:\n            \
             schema: {{$ref: '#/components/schemas/Thing'}}\n            examples:\n              two:\n                \
             value: {{name: abc}}\n"
        ),
        &["unsupported 25:7"],
    );
    let answer = "          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Thing'}";
    let other = answer.replace("application/json", patch);
    cases.check(answer, &other, &["unsupported 38:13"]);
    cases.end();
}

#[test]
fn paths_with_other_spellings() {
    let mut cases = Cases::default();
    let path = |words: &str| format!("  /things/{{id}}:\n    x-roster-tolerates: [{words}]\n");
    let thing = "  /things/{id}:\n";
    for (words, expected) in [
        ("'alias:/thing/{thing}', 'alias:/all/things/{id}'", &[][..]),
        ("'alias:thing/{id}'", &["extension 13:26"]),
        ("'alias:/thing/{id}/'", &["alias 13:26", "trailing-slash 13:26"]),
        ("'alias:/thing'", &["alias 13:26"]),
        ("'alias:/thing/{id}/all'", &["alias 13:26"]),
        ("'alias:/things/{id}/{id}'", &["alias 13:26"]),
        ("'alias:/things/{other}'", &["ambiguous-path 13:26"]),
        ("'alias:/a/{id}', 'alias:/a/{b}'", &["ambiguous-path 13:43"]),
        ("path-case", &["extension 13:26"]),
    ] {
        cases.check(thing, &path(words), expected);
    }
    cases.end();
}

#[test]
fn failures_and_challenges() {
    let mut cases = Cases::default();
    let security = "security:\n  - bearer: []\n";
    let status = |status: &str| format!("x-roster-fault-status: {status}\n{security}");
    cases.check(security, &status("500"), &[]);
    cases.check(security, &status("503"), &["undeclared-status 35:7"]);
    cases.check(security, &status("'503'"), &["extension 9:1"]);
    cases.check(security, &status("404"), &["extension 9:1"]);
    cases.check(
        "      tags:",
        "      x-roster-fault-status: 500\n      tags:",
        &["extension 15:7"],
    );
    let shared = "    Error:\n      description: An error.\n";
    let header = |more: &str| {
        format!(
            "{shared}      headers:\n        x-more: {{description: More.{more}, schema: {{type: string, maxLength: 9}}}}\n"
        )
    };
    cases.check(shared, &header(", x-roster-set-by: server"), &[]);
    cases.check(shared, &header(""), &["unsupported 63:9"]);
    let scheme = "    bearer: {type: http, scheme: bearer, description: A token.}";
    let other = "    other: {type: http, scheme: basic, description: A name., x-roster-challenge: Basic}";
    let own = scheme.replace("A token.", "A token., x-roster-challenge: 'Bearer realm=\"a\"'");
    cases.check(scheme, &own, &[]);
    cases.check(scheme, &format!("{own}\n{other}"), &["extension 52:62"]);
    cases.check(
        scheme,
        &scheme.replace("A token.", "A token., x-roster-challenge: 'Bearer \u{e9}'"),
        &["extension 51:65"],
    );
    cases.check(
        "      tags:",
        "      x-roster-challenge: Basic\n      tags:",
        &["extension 15:7"],
    );
    cases.end();
}

#[test]
fn maps_and_any_json() {
    let mut cases = Cases::default();
    let errors = "        text: {type: string, description: Why., maxLength: 99}\n";
    let map = |values: &str| {
        format!(
            "{errors}        more: {{$ref: '#/components/schemas/Many'}}\n    Many: {{type: object, \
             description: Many., maxProperties: 9, additionalProperties: {values}}}\n"
        )
    };
    for (values, expected) in [
        ("{type: string, maxLength: 9}", &[][..]),
        ("{$ref: '#/components/schemas/Thing'}", &[]),
        ("{type: array, maxItems: 9, items: {type: boolean}}", &[]),
        ("{type: string}", &["missing-bound 76:82"]),
        ("{type: string, enum: [a]}", &["unsupported 76:82"]),
        ("{type: [string, 'null'], maxLength: 9}", &["unsupported 76:82"]),
        ("{type: object}", &["unsupported 76:82"]),
    ] {
        let to = map(values);
        let found = super::found(&super::SMALL.replacen(errors, &to, 1));
        let found: Vec<String> = found
            .iter()
            .map(|found| found.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        let rules: Vec<&str> = expected
            .iter()
            .map(|rule| rule.split(' ').next().unwrap_or_default())
            .collect();
        assert_eq!(found, rules, "{values}");
    }
    let thing = "        at: {type: string, description: When., format: date-time}\n";
    cases.check(thing, "        at: {description: Anything.}\n", &[]);
    cases.check(
        thing,
        "        at: {description: Anything., maxLength: 3}\n",
        &["unsupported 83:9"],
    );
    cases.check(
        thing,
        "        at: {$ref: '#/components/schemas/Many'}\n    Many: {type: object, description: Many., maxProperties: 9, additionalProperties: {type: boolean}}\n    More:\n      type: object\n      description: More.\n      properties:\n",
        &["unsupported 84:5"],
    );
    cases.check(
        "      additionalProperties: false\n",
        "      additionalProperties: false\n      maxProperties: 3\n",
        &["unsupported 79:7"],
    );
    cases.check(
        "items: {type: string, maxLength: 2}",
        "items: {description: Any.}",
        &["unsupported 88:11"],
    );
    cases.end();
}
