//! Odd texts in every place that takes a text: stored and answered exactly as they came, or refused.

use super::call::{Call, Payload};
use super::rules::TEXT;
use super::session::{Answer, Session};
use super::spec::{Operation, Place};
use serde_json::Value;

/// Texts that have broken servers before.
const ODD: [&str; 22] = [
    "' OR '1'='1' --",
    "\"; DROP TABLE user_account; --",
    "<script>alert(1)</script>",
    "<![CDATA[x]]>&amp;&#x41;",
    "../../../../etc/passwd",
    "..\\..\\boot.ini",
    "${7*7}{{7*7}}%{7*7}",
    "%00%0d%0a%s%n",
    "a\u{0}b",
    "a\r\nSet-Cookie: x=y",
    "tab\tand\u{b}vertical",
    "\u{202e}gnp.exe\u{202c}\u{2066}x\u{2069}",
    "\u{feff}zero\u{200b}width\u{200d}",
    "e\u{301} and \u{e9}",
    "\u{1e9b}\u{323}",
    "\u{fb01}\u{ff21}\u{212b}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{1f3fd}",
    "\u{10ffff}\u{fffe}",
    "\u{10fffd}\u{e000}",
    "  spaces at both ends  ",
    "null",
    "\u{0130}\u{0131}\u{df}\u{1e9e}",
];

/// How many texts that do not fit each member gets; the next member goes on with the next ones.
const UNFIT: usize = 3;

pub fn run(session: &Session<'_>) {
    let first = usize::try_from(session.seed % ODD.len() as u64).unwrap();
    let mut odd = ODD.iter().cycle().skip(first);
    for operation in &session.spec.operations {
        let (call, _) = session.prepare(operation);
        queries(session, &call);
        surrogates(session, &call);
        let mut pointers = Vec::new();
        if let (Some(body), Some(value)) = (&operation.body, call.value()) {
            places(session, &body.schema, value, "", &mut pointers);
        }
        for pointer in pointers {
            for media in medias(operation) {
                member(session, operation, &pointer, media, &mut odd);
            }
        }
    }
}

/// The media types in which an answer shows the text again.
fn medias(operation: &Operation) -> impl Iterator<Item = &str> {
    let all = operation.body.iter().flat_map(|body| &body.media_types);
    let json = all.clone().find(|media| media.ends_with("json"));
    let xml = all.clone().find(|media| media.ends_with("xml"));
    let other = all.take(1).filter(move |_| json.is_none() && xml.is_none());
    json.into_iter().chain(xml).chain(other).map(String::as_str)
}

/// All texts that fit, in as few requests as can be, and some of the others.
fn member<'s>(
    session: &Session<'s>,
    operation: &'s Operation,
    pointer: &str,
    media: &str,
    odd: &mut dyn Iterator<Item = &'static &'static str>,
) {
    let base = session.base(operation);
    let fits =
        |text: &str| with(&base, pointer, text).is_some_and(|call| call.is_right(session.spec.document));
    for text in packed(session.count(), &fits) {
        if !body(session, operation, (pointer, media), &text) {
            for single in ODD.iter().filter(|single| fits(single)) {
                body(session, operation, (pointer, media), single);
            }
        }
    }
    for text in odd.take(ODD.len()).filter(|text| !fits(text)).take(UNFIT) {
        body(session, operation, (pointer, media), text);
    }
}

/// Texts with blanks at both ends that hold all the odd ones which fit; the number makes them unlike any others.
fn packed(number: u32, fits: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut all = Vec::new();
    let mut open = String::new();
    for text in ODD {
        let longer = if open.is_empty() {
            format!("  {number} {text}  ")
        } else {
            format!("{open}{text}  ")
        };
        if fits(&longer) {
            open = longer;
        } else if fits(text) {
            all.extend((!open.is_empty()).then(|| std::mem::take(&mut open)));
            all.push(text.to_owned());
        }
    }
    all.extend((!open.is_empty()).then_some(open));
    all
}

/// The request with another text at a place.
fn with<'s>(call: &Call<'s>, pointer: &str, text: &str) -> Option<Call<'s>> {
    let mut call = call.clone();
    *call.value_mut()?.pointer_mut(pointer)? = Value::from(text);
    Some(call)
}

/// Where a body has texts that are free.
fn places(session: &Session<'_>, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let mut schema = session.spec.document.resolved(schema);
    if let Some(first) = schema["oneOf"].get(0) {
        schema = session.spec.document.resolved(first);
    }
    let is_free = ["enum", "format", "x-roster-needs"]
        .iter()
        .all(|word| schema.get(word).is_none());
    match value {
        Value::String(_) if is_free && !at.is_empty() => found.push(at.to_owned()),
        Value::Array(items) if is_free => {
            for (index, item) in items.iter().enumerate().take(1) {
                places(session, &schema["items"], item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) if is_free => {
            for (name, member) in members {
                places(
                    session,
                    &schema["properties"][name],
                    member,
                    &format!("{at}/{name}"),
                    found,
                );
            }
        }
        _ => {}
    }
}

/// Whether a text is answered as it should be.
fn body<'s>(
    session: &Session<'s>,
    operation: &'s Operation,
    (pointer, media): (&str, &str),
    text: &str,
) -> bool {
    let (call, _) = session.prepare(operation);
    let Some(mut call) = with(&call, pointer, text) else {
        return true;
    };
    if let Payload::Value { media: of, .. } = &mut call.body {
        media.clone_into(of);
    }
    let is_right = call.is_right(session.spec.document);
    if media.ends_with("urlencoded") {
        session.send(&call);
        return true;
    }
    let is_wrong = |answer: &Answer| {
        if is_right {
            answer.status() == 400 || is_other(&answer.json, pointer, text)
        } else {
            answer.status() != 400
        }
    };
    let expected = if is_right {
        format!("`{}` as it was sent, at `{pointer}`", text.escape_debug())
    } else {
        "400".to_owned()
    };
    let answer = session.send(&call);
    let is_wrong = is_wrong(&answer);
    if is_wrong {
        session.report(TEXT, &call, &expected, &answer, &|_| None);
    }
    !is_wrong
}

/// Whether an answer has another text where the request had this one, as itself or below one member.
fn is_other(answer: &Value, pointer: &str, text: &str) -> bool {
    let below = answer
        .as_object()
        .into_iter()
        .flat_map(|members| members.values());
    let mut places = std::iter::once(answer)
        .chain(below)
        .filter_map(|part| part.pointer(pointer)?.as_str());
    places.any(|found| found != text)
}

fn queries<'s>(session: &Session<'s>, call: &Call<'s>) {
    for param in call.operation.in_place(Place::Query) {
        let schema = session.spec.document.resolved(&param.schema);
        if param.needs.is_some() || schema["type"] != "string" || schema.get("enum").is_some() {
            continue;
        }
        for text in ODD {
            // Behind the example it may stand in the middle of a grammar, which may have reasons to refuse it.
            let behind = format!("{} {text}", super::spec::text(&param.example));
            if (param.fits)(&Value::from(behind.as_str())) {
                let mut call = call.clone();
                call.set_query(&param.name, &Value::from(behind));
                session.send(&call);
            }
            let mut call = call.clone();
            call.set_query(&param.name, &Value::from(text));
            let is_right = (param.fits)(&Value::from(text));
            let expected = if is_right {
                "no refusal of a text that fits"
            } else {
                "400"
            };
            let answer = session.send(&call);
            if (answer.status() == 400) == is_right {
                session.report(TEXT, &call, expected, &answer, &|_| None);
            }
        }
    }
}

/// An escape of half a character is no text.
fn surrogates<'s>(session: &Session<'s>, call: &Call<'s>) {
    let Payload::Value { media, value, .. } = &call.body else {
        return;
    };
    if !media.ends_with("json") || !value.is_object() {
        return;
    }
    for (escape, name) in [
        ("\\ud800", "x"),
        ("\\udc00", "x"),
        ("\\ud800\\u0041", "x"),
        ("x", "\\udfff"),
    ] {
        let Some(whole) = call.bytes().and_then(|bytes| String::from_utf8(bytes).ok()) else {
            return;
        };
        let end = whole.trim_end_matches('}');
        let joint = if end.ends_with('{') { "" } else { "," };
        let wrong = call.with_bytes(format!(
            "{end}{joint}\"{name}\":\"{escape}\"{}",
            &whole[end.len()..]
        ));
        session.demand(TEXT, &wrong, "400: half a character", &|answer| {
            answer.status() != 400
        });
    }
}

#[test]
fn every_odd_text_that_fits_is_in_some_pack() {
    let (short, long) = (|text: &str| text.chars().count() <= 40, |_: &str| true);
    for fits in [&short as &dyn Fn(&str) -> bool, &long] {
        let all = packed(7, fits);
        for odd in ODD.iter().filter(|odd| fits(odd)) {
            assert!(all.iter().any(|text| text.contains(*odd)), "{odd:?}");
        }
        assert!(all.iter().all(|text| fits(text)));
        assert!(
            all[0].starts_with("  7 ") && all[0].ends_with("  "),
            "{:?}",
            all[0]
        );
    }
    assert_eq!(packed(7, &long).len(), 1);
}
