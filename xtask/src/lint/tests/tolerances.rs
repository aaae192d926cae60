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
