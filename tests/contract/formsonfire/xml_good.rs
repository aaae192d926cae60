//! XML in every dress that clients give it: all of it means the same.

use super::samples::{admin, editor};
use serde_json::json;
use testkit::App;
use testkit::app::secret;
use testkit::formsonfire::{Answer, Format, GROUP};

/// Sends a body as it is, as XML.
#[track_caller]
fn post(app: &App, body: impl Into<Vec<u8>>) -> Answer {
    let request = editor(app, Format::Xml).bare("POST", GROUP);
    request.body("application/xml", body).send()
}

/// The credential's elements.
fn key() -> String {
    format!("<IntegrationKey>{}</IntegrationKey>", secret("editor"))
}

/// A group's name as it comes back.
#[track_caller]
fn name(app: &App, element: &str) -> String {
    let body = format!(
        "<UserGroup><CompanyId>1</CompanyId>{}{element}</UserGroup>",
        key()
    );
    post(app, body).expect(200).text("/UserGroup/Name").to_owned()
}

#[test]
fn no_content_type_and_an_empty_one_mean_xml() {
    let app = App::start();
    let body = format!(
        "<UserGroup><CompanyId>1</CompanyId>{}<Name>a</Name></UserGroup>",
        key()
    );
    for content_type in [
        None,
        Some(""),
        Some(" "),
        Some("text/xml"),
        Some("Application/XML; charset=UTF-8"),
    ] {
        let request = editor(&app, Format::Xml)
            .bare("POST", GROUP)
            .body("x", body.clone());
        let request = request.without("Content-Type").without("Accept");
        let request = match content_type {
            Some(content_type) => request.header("Content-Type", content_type),
            None => request,
        };
        request.send().expect(200).in_format(Format::Xml);
    }
}

#[test]
fn texts_in_every_spelling() {
    let app = App::start();
    for (element, expected) in [
        (
            "<Name>a&amp;b &lt;c&gt; &quot;d&quot; &apos;e&apos;</Name>",
            "a&b <c> \"d\" 'e'",
        ),
        ("<Name>&#65;&#x42;&#x1F600;</Name>", "AB\u{1F600}"),
        ("<Name><![CDATA[a <b> & c]]></Name>", "a <b> & c"),
        ("<Name>a<![CDATA[]]]]><![CDATA[>]]>b</Name>", "a]]>b"),
        ("<Name>a<!-- not this -->b<?nor this?>c</Name>", "abc"),
        ("<!-- before --><Name> a </Name>\n<?x?>", " a "),
        ("<Name>a&#9;b&#10;c&#13;d</Name>", "a\tb\nc\rd"),
        ("<Name>a\r\nb\rc</Name>", "a\nb\nc"),
        ("<Name attribute='ignored'>a</Name>", "a"),
        ("<Name>\u{85}\u{2028}é</Name>", "\u{85}\u{2028}é"),
    ] {
        assert_eq!(name(&app, element), expected, "{element}");
    }
}

#[test]
fn elements_in_any_order_namespace_and_letter_case() {
    let app = App::start();
    let key = secret("editor");
    for body in [
        format!(
            "<UserGroup><Name>a</Name><IntegrationKey>{key}</IntegrationKey><CompanyId>1</CompanyId></UserGroup>"
        ),
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<UserGroup xmlns=\"http://schemas.servicestack.net/types\" \
             xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\n  <CompanyId>1</CompanyId>\n  \
             <IntegrationKey>{key}</IntegrationKey>\n  <Name>a</Name>\n</UserGroup>\n"
        ),
        format!(
            "<q:UserGroup xmlns:q=\"urn:q\"><r:CompanyId xmlns:r='urn:r'> 1 </r:CompanyId><q:IntegrationKey>{key}\
             </q:IntegrationKey><q:Name>a</q:Name></q:UserGroup>"
        ),
        format!(
            "<usergroup><COMPANYID>1</COMPANYID><integrationKey>{key}</integrationKey><nAME>a</nAME></usergroup>"
        ),
        format!(
            "\u{feff}<UserGroup><CompanyId>1</CompanyId><IntegrationKey>{key}</IntegrationKey><Name>a</Name></UserGroup>"
        ),
        format!(
            "<UserGroup><Unknown><Deep>x</Deep></Unknown><CompanyId>1</CompanyId><IntegrationKey>{key}</IntegrationKey>\
             <Name>a</Name></UserGroup>"
        ),
    ] {
        let answer = post(&app, body).expect(200);
        assert_eq!(answer.at("/UserGroup/Name"), "a");
    }
}

#[test]
fn null_empty_and_absent() {
    let app = App::start();
    let nil = "xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil";
    for (rest, expected) in [
        ("<ExternalId/>".to_owned(), json!(null)),
        ("<ExternalId></ExternalId>".to_owned(), json!(null)),
        (format!("<ExternalId {nil}=\"true\"/>"), json!(null)),
        (format!("<ExternalId {nil}=\"1\"></ExternalId>"), json!(null)),
        (format!("<ExternalId {nil}=\"false\">b</ExternalId>"), json!("b")),
        ("<ExternalId nil=\"true\">c</ExternalId>".to_owned(), json!("c")),
        ("<UserIds/>".to_owned(), json!(null)),
        (format!("<UserIds {nil}=\"true\"/>"), json!(null)),
    ] {
        let body = format!(
            "<UserGroup><CompanyId>1</CompanyId>{}<Name>a</Name>{rest}</UserGroup>",
            key()
        );
        let answer = post(&app, body).expect(200);
        let found = answer.json()["UserGroup"]
            .get("ExternalId")
            .cloned()
            .unwrap_or_default();
        assert_eq!(found, expected, "{rest}");
        assert_eq!(answer.at("/UserGroup/UserIds"), &json!([]));
    }
    let body = format!(
        "<UserGroup><CompanyId>1</CompanyId>{}<Name {nil}='true'/></UserGroup>",
        key()
    );
    post(&app, body).refused(400, "ArgumentException");
}

#[test]
fn items_may_have_any_name() {
    let app = App::start();
    let sample = super::samples::Sample::prepare(&app);
    for item in ["string", "Id", "a:string", "x"] {
        let ids = format!(
            "<{item}>{}</{item}><{item}>{}</{item}>",
            sample.member, sample.loner
        );
        let body = format!(
            "<UserGroup xmlns:a=\"http://schemas.microsoft.com/2003/10/Serialization/Arrays\"><CompanyId>1</CompanyId>{}\
             <Name>a</Name><UserIds>\n{ids}\n</UserIds></UserGroup>",
            key()
        );
        let answer = post(&app, body).expect(200);
        assert_eq!(
            answer.at("/UserGroup/UserIds"),
            &json!([sample.member, sample.loner])
        );
    }
}

/// JSON bare, and in an object that is named like the root element.
#[test]
fn json_bare_and_wrapped() {
    let app = App::start();
    let client = admin(&app, Format::Json);
    let bare = client.signed(&json!({"Name": "a"}));
    for body in [
        bare.clone(),
        json!({"UserGroup": bare}),
        json!({"usergroup": client.signed(&json!({"NAME": "a"}))}),
    ] {
        client.bare("POST", GROUP).object(&body).send().expect(200);
    }
    let wrong = json!({"UserGroup": client.signed(&json!({"Name": "", "UserIds": ["x"]}))});
    let answer = client.bare("POST", GROUP).object(&wrong).send();
    answer.invalid(&[("Name", "NotEmpty"), ("UserIds[0]", "RegularExpression")]);
    let twice = json!({"UserGroup": bare, "Other": 1});
    client
        .bare("POST", GROUP)
        .object(&twice)
        .send()
        .refused(401, "Unauthorized");
}

/// What an answer writes, a reader of XML reads back.
#[test]
fn answers_carry_every_character() {
    let app = App::start();
    let text = "<&>\"'\t\n\r]]>\u{7f}\u{85}\u{a0}\u{2028}\u{d7ff}\u{e000}\u{fffd}\u{10ffff} é \u{1F600}";
    let mut shown = Vec::new();
    for format in Format::ALL {
        let client = editor(&app, format);
        let made = client.post(GROUP, &json!({"Name": text})).send().expect(200);
        shown.push(made.text("/UserGroup/Name").to_owned());
    }
    assert_eq!(shown, [text, text]);
}
