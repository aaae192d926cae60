//! An independent validator agrees with every sample.

use std::collections::BTreeSet;

use crate::{Direction, Sample, Samples};
use jsonschema::Validator;
use serde_json::{Value, json};

/// A document with every keyword that is known, each where it can be broken alone.
fn document() -> Value {
    json!({"components": {"schemas": {
        "Person": {
            "type": "object",
            "additionalProperties": false,
            "required": ["name", "age", "secret"],
            "properties": {
                "name": {"type": "string", "minLength": 2, "maxLength": 8, "pattern": "^[^\\u0000-\\u001F]*$"},
                "code": {"type": "string", "maxLength": 64, "pattern": "^(?:[A-Z]{2}|x)-[0-9]+$"},
                "age": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 150},
                "far": {"type": "integer", "format": "int64"},
                "near": {"type": "integer", "format": "int32"},
                "ratio": {"type": ["number", "null"], "exclusiveMinimum": -0.5, "exclusiveMaximum": 1.5},
                "step": {"type": "integer", "multipleOf": 5, "minimum": 0},
                "id": {"type": "string", "format": "uuid", "readOnly": true},
                "at": {"type": "string", "format": "date-time"},
                "secret": {"type": "string", "writeOnly": true, "maxLength": 20},
                "kind": {"type": "string", "enum": ["one", "Two"]},
                "version": {"const": 2},
                "flag": {"type": ["boolean", "null"]},
                "tags": {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": true,
                    "items": {"type": "string", "maxLength": 5}},
                "friends": {"type": "array", "maxItems": 4, "items": {"$ref": "#/components/schemas/Person"}},
                "boss": {"oneOf": [{"$ref": "#/components/schemas/Person"}, {"type": "null"}]},
                "either": {"anyOf": [{"type": "integer", "minimum": 3}, {"type": "string", "maxLength": 2}]},
                "notes": {"type": "object", "minProperties": 1, "maxProperties": 3,
                    "additionalProperties": {"type": "string", "maxLength": 3}},
                "large": {"type": "string", "maxLength": 100_000},
                "anything": {}
            }
        },
        "Open": {"type": "object", "properties": {"a/b": {"type": "boolean"}}}
    }}})
}

/// The schemas as a whole schema for one way.
fn judge(document: &Value, name: &str, direction: Direction) -> Validator {
    let mut document = document.clone();
    let person = &mut document["components"]["schemas"]["Person"];
    if direction == Direction::Response {
        person["properties"].as_object_mut().unwrap().remove("secret");
        person["required"] = json!(["name", "age"]);
    }
    document["$ref"] = json!(format!("#/components/schemas/{name}"));
    jsonschema::options()
        .should_validate_formats(true)
        .with_format("int32", |_: &str| true)
        .build(&document)
        .unwrap()
}

const WAYS: [Direction; 2] = [Direction::Request, Direction::Response];

#[test]
fn valid_samples_are_valid() {
    let document = document();
    let samples = Samples::new(&document, 1);
    for name in ["Person", "Open"] {
        for way in WAYS {
            let judge = judge(&document, name, way);
            let made = samples.valid_at(&format!("/components/schemas/{name}"), way);
            for Sample { value, rule, .. } in &made {
                let errors: Vec<String> = judge.iter_errors(value).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{rule}: {value}: {errors:?}");
            }
            assert!(made.len() >= 5 && made.len() < 2000, "{}", made.len());
        }
    }
}

#[test]
fn broken_samples_are_broken_at_their_place_alone() {
    let document = document();
    let samples = Samples::new(&document, 1);
    for way in WAYS {
        let judge = judge(&document, "Person", way);
        let made = samples.broken_at("/components/schemas/Person", way);
        for Sample {
            value,
            rule,
            pointer,
            keyword,
        } in &made
        {
            let errors: Vec<_> = judge.iter_errors(value).collect();
            // The format of a number is ours to judge.
            if *rule != "format" || !errors.is_empty() {
                assert!(!errors.is_empty(), "{rule} at {pointer}: {value}");
            }
            for error in errors {
                let at = error.instance_path().to_string();
                assert!(pointer.starts_with(&at), "{rule} at {pointer}, not {at}: {value}");
            }
            let is_there = document.pointer(keyword).is_some();
            assert!(is_there, "{keyword}");
        }
        assert!(made.len() > 200 && made.len() < 4000, "{}", made.len());
    }
}

#[test]
fn every_keyword_is_broken_wherever_it_stands() {
    let document = document();
    let samples = Samples::new(&document, 1);
    let broken: BTreeSet<String> = WAYS
        .into_iter()
        .flat_map(|way| samples.broken_at("/components/schemas/Person", way))
        .map(|sample| sample.keyword)
        .collect();
    let mut wanted = Vec::new();
    keywords(
        &document["components"]["schemas"]["Person"],
        "/components/schemas/Person",
        &mut wanted,
    );
    let missing: Vec<&String> = wanted
        .iter()
        .filter(|keyword| !broken.contains(*keyword))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

fn keywords(schema: &Value, at: &str, out: &mut Vec<String>) {
    for (name, value) in schema.as_object().into_iter().flatten() {
        let below = format!("{at}/{}", name.replace('/', "~1"));
        match name.as_str() {
            "properties" => {
                for (name, schema) in value.as_object().unwrap() {
                    keywords(schema, &format!("{below}/{name}"), out);
                }
            }
            "items" => keywords(value, &below, out),
            "additionalProperties" if value.is_object() => keywords(value, &below, out),
            // What is broken in the one branch that is no null is broken there.
            "$ref" | "readOnly" | "oneOf" => {}
            // Limits leave nothing for the format to refuse.
            "format" if schema.get("maximum").is_some() => {}
            _ => out.push(below),
        }
    }
}

#[test]
fn everything_follows_from_the_seed() {
    let document = document();
    let at = "/components/schemas/Person";
    let all = |seed| {
        let samples = Samples::new(&document, seed);
        (samples.valid_at(at, WAYS[0]), samples.any_at(at, WAYS[0]))
    };
    assert_eq!(all(3), all(3));
    assert_ne!(all(3).1, all(4).1);
}

#[test]
fn one_plain_value() {
    let document = document();
    let schema = &document["components"]["schemas"]["Person"];
    for seed in 0..50 {
        let samples = Samples::new(&document, seed);
        let any = samples.any(schema, Direction::Request);
        assert_eq!(samples.complaints(schema, &any, Direction::Request), []);
        assert!(any.get("id").is_none() && any["secret"].is_string(), "{any}");
        let least = samples.smallest(schema, Direction::Request);
        assert_eq!(least.as_object().unwrap().len(), 3, "{least}");
    }
    let exampled = json!({"type": "string", "examples": ["Ada"]});
    let samples = Samples::new(&document, 1).preferring_examples();
    assert_eq!(samples.any(&exampled, Direction::Request), "Ada");
}

#[test]
fn texts_reach_their_limits_in_code_points() {
    let schema = json!({"type": "string", "minLength": 2, "maxLength": 3});
    let samples = Samples::new(&Value::Null, 1);
    let has = |samples: &[Sample], text: &str| samples.iter().any(|sample| sample.value == text);
    let valid = samples.valid(&schema, Direction::Request);
    let broken = samples.broken(&schema, Direction::Request);
    assert!(has(&valid, "\u{1F600}\u{1F600}\u{1F600}") && has(&valid, "aa"));
    assert!(has(&broken, "\u{1F600}\u{1F600}\u{1F600}\u{1F600}") && has(&broken, "a"));
}
