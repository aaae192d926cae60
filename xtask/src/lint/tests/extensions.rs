//! The rules for our extensions, media types and `xml` objects.

use super::found;

/// The small document of the other tests with XML and a credential in its body.
fn small() -> String {
    let mut text = super::SMALL.to_owned();
    for (from, to) in [
        (
            "security:\n  - bearer: []\n",
            "security:\n  - key: []\nx-roster-tolerates: [xml-element-order, xml-any-namespace, xml-any-item-name, name-case]\n",
        ),
        (
            "bearer: {type: http, scheme: bearer,",
            "key: {type: apiKey, in: query, name: Key,",
        ),
        (
            "      tags: [Things]\n",
            "      tags: [Things]\n      security: []\n",
        ),
        (
            "          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}\n            examples:",
            "          application/xml: &thing\n            schema: {$ref: '#/components/schemas/Thing'}\n            examples:\n              one:\n                value: {name: abc, secret: x}\n          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}\n            examples:",
        ),
        (
            "                value: {name: abc}\n      responses",
            "                value: {name: abc, secret: x}\n      responses",
        ),
        (
            "value: {name: abc}\n        '400'",
            "value: {name: abc}\n        '400'",
        ),
        ("required: [name]", "required: [name, secret]"),
        (
            "secret: {type: string, description: A secret., writeOnly: true,",
            "secret: {type: string, description: A secret., x-roster-credential: key, writeOnly: true,",
        ),
        (
            "at: {type: string,",
            "at: {type: string, x-roster-fraction-digits: 7,",
        ),
        (
            "          maxItems: 2\n",
            "          maxItems: 2\n          xml: {wrapped: true}\n",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    let small = small();
    assert!(small.contains(from), "{from}");
    let found = found(&small.replacen(from, to, 1));
    let rules: Vec<&str> = found
        .iter()
        .map(|found| found.split(' ').next().unwrap_or_default())
        .collect();
    assert_eq!(rules, expected, "{from} -> {to}: {found:?}");
}

#[test]
fn the_document_with_xml_is_clean() {
    assert_eq!(found(&small()), Vec::<String>::new());
}

#[test]
fn extensions_say_something_in_their_places() {
    check(
        "x-roster-tolerates: [",
        "x-roster-tolerates: [everything, ",
        &["extension"],
    );
    check(
        "x-roster-tolerates: [",
        "x-roster-tolerates: [json-wrapper, ",
        &["extension"],
    );
    check(
        "x-roster-tolerates: [xml-element-order, ",
        "x-roster-tolerates: [",
        &["unsupported"],
    );
    check(
        "x-roster-tolerates: [",
        "x-roster-xml-order: falling\nx-roster-tolerates: [",
        &["extension"],
    );
    check(
        "x-roster-tolerates: [",
        "x-roster-default-format: text\nx-roster-tolerates: [",
        &["extension"],
    );
    check(
        "      tags:",
        "      x-roster-tolerates: [path-case]\n      tags:",
        &["extension"],
    );
    check(
        "      tags:",
        "      x-roster-max-body: much\n      tags:",
        &["extension"],
    );
    check(
        "      tags:",
        "      x-roster-selects: Thing\n      tags:",
        &["extension"],
    );
    check(
        "      tags:",
        "      x-roster-tolerates: [parameters-in-body]\n      tags:",
        &["extension", "unsupported"],
    );
    check("digits: 7", "digits: 10", &["extension"]);
    check("at: {", "at: {x-roster-type: text, ", &["extension"]);
    check(
        "description: A list.",
        "description: A list.\n          x-roster-fraction-digits: 1",
        &["extension"],
    );
    check(
        "in: path\n",
        "in: path\n      x-roster-type: uuid\n",
        &["extension"],
    );
}

#[test]
fn credentials_in_bodies() {
    check("required: [name, secret]", "required: [name]", &["credential"]);
    check("writeOnly: true, ", "", &["example-mismatch"]);
    check(
        "x-roster-credential: key",
        "x-roster-credential: other",
        &["credential", "dangling-ref", "dangling-ref"],
    );
    check("      security: []\n", "", &["credential"]);
    check("security:\n  - key: []\n", "security: []\n", &["credential"]);
    check(
        "        '401': {$ref: '#/components/responses/Error'}\n",
        "",
        &["undeclared-status"],
    );
}

#[test]
fn wrappers_and_formats() {
    check(
        "description: A list.",
        "description: A list.\n          x-roster-type: guid",
        &["extension"],
    );
    check(
        "        required: true\n        description: The thing.",
        "        required: true\n        x-roster-tolerates: [json-wrapper]\n        description: The thing.",
        &[],
    );
    check(
        "    Thing:\n      type: object\n",
        "    Thing:\n      type: object\n      xml: {name: Name}\n",
        &[],
    );
    let both = small().replacen(
        "    Thing:\n      type: object\n",
        "    Thing:\n      type: object\n      xml: {name: Name}\n",
        1,
    );
    let both = both.replacen(
        "        required: true\n        description: The thing.",
        "        required: true\n        x-roster-tolerates: [json-wrapper]\n        description: The thing.",
        1,
    );
    assert_eq!(found(&both).len(), 1, "{:?}", found(&both));
    let format = |words: &str| {
        format!(
            "  parameters:\n    Format:\n      name: format\n      in: query\n      description: A format.\n      \
             x-roster-type: format\n      schema: {{type: string, maxLength: 9, enum: [{words}]}}\n"
        )
    };
    check(
        "  parameters:\n    Id:",
        &format!("{}    Id:", format("xml, json")),
        &[],
    );
    check(
        "  parameters:\n    Id:",
        &format!("{}    Id:", format("xml, csv")),
        &["extension"],
    );
    let says = |schema: &str| {
        format!(
            "  parameters:\n    Order:\n      name: order\n      in: query\n      description: An order.\n      \
             x-roster-says: must be a name\n      schema: {{type: string, maxLength: 9{schema}}}\n"
        )
    };
    for (schema, expected) in [(", pattern: '^[a-z]*$'", &[][..]), ("", &["extension"])] {
        check(
            "  parameters:\n    Id:",
            &format!("{}    Id:", says(schema)),
            expected,
        );
    }
}

#[test]
fn xml_objects() {
    check(
        "xml: {wrapped: true}",
        "xml: {wraped: true}",
        &["unknown-keyword"],
    );
    check("          xml: {wrapped: true}\n", "", &["unsupported"]);
    check("at: {", "at: {xml: {wrapped: true}, ", &["xml"]);
    check(
        "xml: {wrapped: true}",
        "xml: {wrapped: true, attribute: true}",
        &["xml"],
    );
    check("at: {", "at: {xml: {namespace: 'urn:a'}, ", &["xml"]);
    check(
        "at: {",
        "At: {type: string, description: Again., maxLength: 1}\n        at: {",
        &["name-case", "name-clash"],
    );
    check(
        "          application/json:\n            schema: {$ref: '#/components/schemas/Thing'}",
        "          application/json:\n            schema: {$ref: '#/components/schemas/Error'}",
        &["unsupported", "example-mismatch"],
    );
    check(
        "at: {",
        "a: {type: string, description: A., maxLength: 1, xml: {namespace: 'urn:a', prefix: p}}\n        at: {xml: {namespace: 'urn:b', prefix: p}, ",
        &["xml"],
    );
    check("application/json:", "text/csv:", &["unsupported"]);
}
