//! XML that is refused, quickly and without harm.

use super::samples::editor;
use crate::database::unchanged;
use testkit::App;
use testkit::app::secret;
use testkit::formsonfire::{Answer, Format, GROUP};

#[track_caller]
fn post(app: &App, body: impl Into<Vec<u8>>) -> Answer {
    let request = editor(app, Format::Xml).bare("POST", GROUP);
    request
        .body("application/xml", body)
        .send()
        .in_format(Format::Xml)
}

/// A good group with something more in it.
fn with(element: &str) -> String {
    let key = secret("editor");
    format!("<UserGroup><CompanyId>1</CompanyId><IntegrationKey>{key}</IntegrationKey>{element}</UserGroup>")
}

#[test]
fn what_is_not_taken_for_xml() {
    let app = App::start();
    let good = with("<Name>a</Name>");
    let bomb = "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
                <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    let deep = |levels: usize| format!("<Other>{}{}</Other>", "<a>".repeat(levels), "</a>".repeat(levels));
    unchanged(&app, || {
        for body in [
            format!("<!DOCTYPE UserGroup>{good}"),
            format!("<!DOCTYPE UserGroup SYSTEM \"http://127.0.0.1:9/x.dtd\">{good}"),
            format!(
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>{}",
                with("<Name>&e;</Name>")
            ),
            format!("{bomb}{}", with("<Name>&c;</Name>")),
            with("<Name>&nbsp;</Name>"),
            with("<Name>&e;</Name>"),
            with("<Name>&amp</Name>"),
            with("<Name>a & b</Name>"),
            with("<Name>&#0;</Name>"),
            with("<Name>&#1;</Name>"),
            with("<Name>&#xFFFE;</Name>"),
            with("<Name>&#xD800;</Name>"),
            with("<Name>&#x110000;</Name>"),
            with("<Name>a\u{1}</Name>"),
            with("<Name>a\u{ffff}</Name>"),
            with("<Name><![CDATA[\u{b}]]></Name>"),
            with("<Name>a</name>"),
            with("<Name>a"),
            with("<Name a=b>a</Name>"),
            with("<Name a='1' a='2'>a</Name>"),
            with("<Name>a]]>b</Name>"),
            with("text<Name>a</Name>"),
            with("<Name>a</Name>&#32;x"),
            with(&deep(63)),
            with(&deep(100_000)),
            format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{good}"),
            format!("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{good}"),
            format!(" <?xml version=\"1.0\"?>{good}"),
            format!("{good}{good}"),
            format!("{good}x"),
            good.replace("UserGroup>", "Group>"),
            "<UserGroup".to_owned(),
        ] {
            let answer = post(&app, body.clone());
            let told: String = body.chars().take(300).collect();
            assert_eq!(answer.reply.status, 400, "{told}\n{}", answer.told());
            let code = answer.text("/ResponseStatus/ErrorCode");
            assert_eq!(code, "SerializationException", "{told}\n{}", answer.told());
        }
    });
    post(&app, with(&format!("<Name>a</Name>{}", deep(60)))).expect(200);
}

#[test]
fn bytes_that_are_no_utf8() {
    let app = App::start();
    let good = with("<Name>a</Name>");
    let wide = |endian: fn(u16) -> [u8; 2], mark: bool| {
        let text: Vec<u8> = good.encode_utf16().flat_map(endian).collect();
        let mark = if mark { endian(0xfeff).to_vec() } else { Vec::new() };
        [mark, text].concat()
    };
    let mut broken = with("<Name>X</Name>").into_bytes();
    let at = broken.iter().position(|byte| *byte == b'X').unwrap();
    unchanged(&app, || {
        for byte in [0xff, 0xc0, 0x80, 0x00] {
            broken[at] = byte;
            post(&app, broken.clone()).refused(400, "SerializationException");
        }
        for body in [
            wide(u16::to_le_bytes, true),
            wide(u16::to_be_bytes, true),
            wide(u16::to_le_bytes, false),
            b"\x00\x00\xfe\xff".to_vec(),
        ] {
            post(&app, body).refused(400, "SerializationException");
        }
    });
}

#[test]
fn elements_that_are_there_twice() {
    let app = App::start();
    unchanged(&app, || {
        for twice in [
            "<Name>a</Name><Name>b</Name>",
            "<Name>a</Name><x:NAME xmlns:x='urn:x'>b</x:NAME>",
        ] {
            let answer = post(&app, with(twice));
            answer.invalid(&[("Name", "Duplicate")]);
        }
        // Which of two credentials is meant is not for the server to guess.
        post(&app, with("<Name>a</Name><CompanyId>1</CompanyId>")).refused(401, "Unauthorized");
    });
}
