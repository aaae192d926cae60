use serde_json::{Value, json};

use super::super::form::Folding;
use super::super::form::samples::THING;
use super::{read, write};

const FOLDING: Folding = Folding {
    names: true,
    values: true,
};

const NIL: &str = r#"xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true""#;

fn value(text: &str) -> Value {
    let (value, violations) =
        read(text.as_bytes(), &THING, FOLDING).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
    assert_eq!(violations, [], "{text}");
    value
}

fn refused(bytes: &[u8], because: &str) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let fault = read(bytes, &THING, FOLDING).expect_err(&text);
    assert_eq!((fault.rule, fault.pointer.as_str()), ("xml", ""), "{text}");
    assert!(
        fault.message.starts_with("malformed XML at line "),
        "{text}: {}",
        fault.message
    );
    assert!(fault.message.contains(because), "{text}: {}", fault.message);
}

#[test]
fn elements_become_the_values_of_json() {
    let text = r#"<?xml version="1.0" encoding="utf-8"?>
        <!-- a thing --><?target data?>
        <x:thing xmlns:x="urn:any" rank="7">
            <x:Words><anything>a</anything><string/></x:Words>
            <Name> a &amp; <![CDATA[<b>]]><!-- c -->&#x26;&#10;</Name>
            <count> 12 </count><FLAG>True</FLAG><Ratio>1.5</Ratio>
            <At>2026-11-22T15:04:05Z</At>
            <Inner><Text/></Inner>
            <Things/>
            <Unknown><a/><a>text &lt;</a></Unknown>
            <Kind>LARGE</Kind>
        </x:thing> <!-- end -->"#;
    let expected = json!({
        "Rank": 7, "Words": ["a", ""], "Name": " a & <b>&\n", "Count": 12, "Flag": true, "Ratio": 1.5,
        "At": "2026-11-22T15:04:05Z", "Inner": {"Text": ""}, "Things": [], "Kind": "LARGE",
        // What is in it means nothing, but that it is there may be wrong.
        "Unknown": null
    });
    assert_eq!(value(text), expected);
    let with_mark = format!("\u{feff}{text}");
    assert_eq!(value(&with_mark), expected);
}

#[test]
fn null_empty_and_texts_that_are_no_values() {
    assert_eq!(
        value(&format!("<Thing><Count {NIL}/><Words {NIL}>x</Words></Thing>")),
        json!({"Count": null, "Words": null})
    );
    assert_eq!(
        value("<Thing><Count nil='true'>1</Count></Thing>"),
        json!({"Count": 1})
    );
    assert_eq!(value(&format!("<Thing {NIL}/>")), Value::Null);
    assert_eq!(
        value("<Thing><Count/><Flag>yes</Flag><Ratio>x</Ratio><Name>a<b/></Name></Thing>"),
        json!({"Count": "", "Flag": "yes", "Ratio": "x", "Name": {}})
    );
    assert_eq!(value("<Thing><Flag> 1 </Flag></Thing>"), json!({"Flag": true}));
    assert_eq!(
        value("<Thing><Name>a\r\nb\rc&#13;</Name></Thing>"),
        json!({"Name": "a\nb\nc\r"})
    );
}

#[test]
fn an_element_that_is_there_twice_is_told() {
    let text = "<Thing><Name>a</Name><name>b</name><x/><X/><Things><a><y/><y/></a></Things></Thing>";
    let (value, violations) = read(text.as_bytes(), &THING, FOLDING).unwrap();
    assert_eq!(value["Name"], "a");
    let told: Vec<(&str, &str)> = violations
        .iter()
        .map(|violation| (violation.pointer.as_str(), violation.rule))
        .collect();
    assert_eq!(
        told,
        [
            ("/Name", "duplicate"),
            ("/X", "duplicate"),
            ("/Things/0/y", "duplicate")
        ]
    );
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for (text, because) in [
        ("<!DOCTYPE Thing><Thing/>", "document type"),
        (
            "<!DOCTYPE a [<!ENTITY b 'c'>]><Thing><Name>&b;</Name></Thing>",
            "document type",
        ),
        ("<Thing><Name>&b;</Name></Thing>", "entity"),
        ("<Thing><Name>&#0;</Name></Thing>", "cannot carry"),
        ("<Thing><Name>&#xFFFE;</Name></Thing>", "cannot carry"),
        ("<Thing><Name>&#xD800;</Name></Thing>", "cannot carry"),
        ("<Thing><Name>\u{b}</Name></Thing>", "cannot carry"),
        ("<Thing><Unknown>&#1;</Unknown></Thing>", "cannot carry"),
        ("<Thing a='&#1;'/>", "attribute"),
        ("<Thing a='&b;'/>", "attribute"),
        ("<Thing a='1' a='2'/>", "attribute"),
        ("<Thing a='<'/>", "attribute"),
        ("<Thing a/>", "attribute"),
        ("<Thing x:a='1'/>", "prefix"),
        ("<x:Thing/>", "prefix"),
        ("<Thing><1/></Thing>", "name"),
        ("<Other/>", "another root"),
        ("", "no element"),
        ("<!-- only -->", "no element"),
        ("text", "before the root"),
        ("<Thing/>text", "after the root"),
        ("<Thing/><Thing/>", "after the root"),
        ("<Thing/>&amp;", "after the root"),
        ("<Thing>text</Thing>", "text between"),
        ("<Thing><![CDATA[text]]></Thing>", "text between"),
        ("<Thing><Words>&amp;</Words></Thing>", "text between"),
        ("<Thing><Name>]]></Name></Thing>", "]]>"),
        ("<Thing><!-- a -- b --></Thing>", "not well-formed"),
        ("<Thing><Name></Thing>", "not well-formed"),
        ("<Thing><Name>", "is missing"),
        ("<Thing", "not well-formed"),
        ("<Thing><Name>a & b</Name></Thing>", "not well-formed"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><Thing/>", "UTF-8"),
        ("<?xml version='2.0'?><Thing/>", "version"),
        (" <?xml version='1.0'?><Thing/>", ""),
        ("<Thing><?xml version='1.0'?></Thing>", ""),
    ] {
        refused(text.as_bytes(), because);
    }
    refused(b"\xFE\xFF\0<\0a", "UTF-8");
    refused(b"<Thing><Name>\xE4</Name></Thing>", "UTF-8");
    let (line, column) = (2, 7);
    let fault = read(b"<Thing>\n<Name>&b;</Name></Thing>", &THING, FOLDING).unwrap_err();
    assert!(
        fault.message.contains(&format!("line {line} column ")),
        "{} {column}",
        fault.message
    );
}

#[test]
fn nesting_is_bounded_and_entities_do_not_grow() {
    let deep = |depth: usize| format!("<Thing>{}{}</Thing>", "<a>".repeat(depth), "</a>".repeat(depth));
    assert_eq!(value(&deep(63)), json!({"a": null}));
    refused(deep(64).as_bytes(), "too deeply");
    refused("<Thing>".repeat(100_000).as_bytes(), "too deeply");
    let attributes = |count: usize| {
        let names: Vec<String> = (0..count).map(|index| format!("a{index}=''")).collect();
        format!("<Thing {}/>", names.join(" "))
    };
    assert_eq!(value(&attributes(64)), json!({}));
    refused(attributes(100_000).as_bytes(), "too many attributes");
    let known = |depth: usize| {
        let (open, close) = ("<Things><x>".repeat(depth), "</x></Things>".repeat(depth));
        format!("<Thing>{open}{close}</Thing>")
    };
    assert!(value(&known(31)).is_object());
    refused(known(32).as_bytes(), "too deeply");
}

#[test]
fn values_are_written_as_their_form_says() {
    let thing = json!({
        "Rank": 7, "Words": ["a", ""], "Name": "a & <b>\r\n", "Count": null, "Flag": true, "Ratio": 1.5,
        "Inner": {"Text": "x"}, "Things": [{"Name": "in\u{1}", "Rank": 1}], "unknown": 1
    });
    let written = write(&THING, None, &thing);
    assert_eq!(
        written,
        "<Thing xmlns:t=\"urn:things\" Rank=\"7\"><Flag>true</Flag><t:Inner><t:Text>x</t:Text></t:Inner>\
         <Name>a &amp; &lt;b&gt;&#13;\n</Name><Ratio>1.5</Ratio>\
         <Things><Thing Rank=\"1\"><Name>in\u{fffd}</Name></Thing></Things>\
         <Words><string>a</string><string/></Words></Thing>"
    );
    assert_eq!(write(&THING, Some("Other"), &json!({})), "<Other/>");
    assert_eq!(
        write(&THING, None, &json!({"Words": []})),
        "<Thing><Words/></Thing>"
    );
}

#[test]
fn what_is_written_is_read() {
    let thing = json!({
        "Rank": -7, "Name": " \t\n\r&amp;<>\"' ]]> \u{fc}\u{10ffff}", "Flag": false, "Ratio": 1.0e-5,
        "Ids": [], "Things": [{"Name": "", "Inner": {"Text": "<![CDATA["}}], "Kind": "small"
    });
    assert_eq!(value(&write(&THING, None, &thing)), thing);
}
