//! A request as data: it can be changed part by part, sent, and told as a line for a shell.

use super::spec::{Operation, Place, text};
use serde_json::Value;
use std::fmt::Write as _;
use testkit::document::Document;
use testkit::http::encode;
use testkit::xml;

/// A request.
#[derive(Clone)]
pub struct Call<'s> {
    pub operation: &'s Operation,
    pub method: String,
    pub mount: String,
    /// The values of the templates, as they stand in the path.
    pub path: Vec<(String, String)>,
    /// Names and values, as they stand in the query.
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub body: Payload,
    /// The credential that is shown.
    pub shown: Vec<Shown>,
}

/// A part of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub at: At,
    pub name: String,
    pub value: String,
    /// A credential as it should be: a line for a shell has a variable for it.
    pub is_right: bool,
}

/// Where a credential stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Header,
    Query,
    Member,
}

/// A body.
#[derive(Clone)]
pub enum Payload {
    None,
    /// A value in one of the media types that the document has.
    Value {
        media: String,
        root: String,
        value: Value,
    },
    /// Bytes, with a media type or without one.
    Bytes {
        media: Option<String>,
        bytes: Vec<u8>,
    },
}

impl Call<'_> {
    /// The value of a template, percent-encoded.
    pub fn set_path(&mut self, name: &str, value: &Value) {
        set(&mut self.path, name, encode(&text(value)));
    }

    /// A query parameter, percent-encoded; the items of a list are apart by commas.
    pub fn set_query(&mut self, name: &str, value: &Value) {
        let encoded = match value {
            Value::Array(items) => items
                .iter()
                .map(|item| encode(&text(item)))
                .collect::<Vec<_>>()
                .join(","),
            other => encode(&text(other)),
        };
        set(&mut self.query, name, encoded);
    }

    pub fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// A parameter at its place.
    pub fn set(&mut self, name: &str, place: Place, value: &Value) {
        match place {
            Place::Path => self.set_path(name, value),
            Place::Query => self.set_query(name, value),
            Place::Header => self.set_header(name, &text(value)),
        }
    }

    /// The value that is the body.
    pub fn value(&self) -> Option<&Value> {
        match &self.body {
            Payload::Value { value, .. } => Some(value),
            _ => None,
        }
    }

    pub fn value_mut(&mut self) -> Option<&mut Value> {
        match &mut self.body {
            Payload::Value { value, .. } => Some(value),
            _ => None,
        }
    }

    /// Whether all is there that is required, and everything fits its schema.
    pub fn is_right(&self, document: &Document) -> bool {
        let body = self.operation.body.as_ref();
        let fits = body.is_none_or(|body| self.value().is_none_or(|value| (body.fits)(value)));
        let mut choices = self
            .operation
            .params
            .iter()
            .filter(|param| param.needs.as_deref() == Some("one-of"))
            .peekable();
        let has_choice = choices.peek().is_none()
            || choices.any(|param| self.query.iter().any(|(name, _)| *name == param.name));
        fits && has_choice
            && self.operation.params.iter().all(|param| {
                let given = match param.place {
                    Place::Path => self.path.iter(),
                    Place::Query => self.query.iter(),
                    Place::Header => self.headers.iter(),
                };
                let mut given = given
                    .filter(|(name, _)| name.eq_ignore_ascii_case(&param.name))
                    .peekable();
                let is_there = given.peek().is_some() || !param.is_required;
                let text = |value: &str| {
                    if param.place == Place::Header {
                        value.to_owned()
                    } else {
                        decoded(value)
                    }
                };
                is_there && given.all(|(_, value)| param.value(document, &text(value)).is_some())
            })
    }

    /// The same request with these bytes as its body, in the media type that it has.
    pub fn with_bytes(&self, bytes: impl Into<Vec<u8>>) -> Self {
        let media = match &self.body {
            Payload::Value { media, .. } => Some(media.clone()),
            Payload::Bytes { media, .. } => media.clone(),
            Payload::None => None,
        };
        let body = Payload::Bytes {
            media,
            bytes: bytes.into(),
        };
        Self { body, ..self.clone() }
    }

    /// Path and query.
    pub fn target(&self) -> String {
        self.target_with(&|shown| encode(&shown.value))
    }

    fn target_with(&self, value: &dyn Fn(&Shown) -> String) -> String {
        let mut target = self.mount.clone();
        for part in self.operation.path.split('/').skip(1) {
            target.push('/');
            let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
            let given = name.and_then(|name| self.path.iter().find(|(have, _)| have == name));
            target.push_str(given.map_or(part, |(_, value)| value));
        }
        let mut joint = '?';
        let in_query = self.shown.iter().filter(|shown| shown.at == At::Query);
        let shown = in_query.map(|shown| (shown.name.clone(), value(shown)));
        for (name, value) in self.query.iter().cloned().chain(shown) {
            write!(target, "{joint}{name}={value}").unwrap();
            joint = '&';
        }
        target
    }

    /// All headers, that of the credential and `Content-Type` among them.
    pub fn head(&self) -> Vec<(String, String)> {
        let mut all = self.headers.clone();
        let in_head = self.shown.iter().filter(|shown| shown.at == At::Header);
        all.extend(in_head.map(|shown| (shown.name.clone(), shown.value.clone())));
        let media = match &self.body {
            Payload::Value { media, .. } => Some(media),
            Payload::Bytes { media, .. } => media.as_ref(),
            Payload::None => None,
        };
        all.extend(media.map(|media| ("Content-Type".to_owned(), media.clone())));
        all
    }

    pub fn bytes(&self) -> Option<Vec<u8>> {
        match &self.body {
            Payload::None => None,
            Payload::Bytes { bytes, .. } => Some(bytes.clone()),
            Payload::Value { media, root, value } => {
                let mut value = value.clone();
                let is_object = value.is_object();
                for shown in self
                    .shown
                    .iter()
                    .filter(|shown| shown.at == At::Member && is_object)
                {
                    let number = shown.value.parse::<i64>();
                    value[&shown.name] =
                        number.map_or_else(|_| Value::from(shown.value.clone()), Value::from);
                }
                Some(written(media, root, &value))
            }
        }
    }

    /// A line for a shell. `$ROSTER` is where the server answers.
    pub fn curl(&self) -> String {
        let mut line = format!("curl -sS -i --path-as-is -X {}", self.method);
        for (name, value) in self.head() {
            let given = self
                .shown
                .iter()
                .find(|shown| shown.at == At::Header && shown.name == name);
            match given.filter(|shown| shown.is_right) {
                Some(shown) => {
                    let scheme = shown.value.split_once(' ').map_or("", |(scheme, _)| scheme);
                    write!(line, " -H \"{name}: {scheme} $CREDENTIAL\"").unwrap();
                }
                None if value.is_empty() => {
                    write!(line, " -H {}", quoted(format!("{name};").as_bytes())).unwrap();
                }
                None => write!(line, " -H {}", quoted(format!("{name}: {value}").as_bytes())).unwrap(),
            }
        }
        if let Some(bytes) = self.bytes() {
            write!(line, " --data-binary {}", quoted(&bytes)).unwrap();
        }
        write!(line, " \"$ROSTER\"{}", quoted(self.target().as_bytes())).unwrap();
        line
    }
}

/// Undoes percent-encoding.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = byte.filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn set(pairs: &mut Vec<(String, String)>, name: &str, value: String) {
    pairs.retain(|(have, _)| have != name);
    pairs.push((name.to_owned(), value));
}

/// A value in a media type.
fn written(media: &str, root: &str, value: &Value) -> Vec<u8> {
    if media.ends_with("xml") {
        return xml::encode(root, value).into_bytes();
    }
    if media == "application/x-www-form-urlencoded" {
        let pairs = value.as_object().into_iter().flatten();
        let pairs = pairs.map(|(name, value)| format!("{}={}", encode(name), encode(&text(value))));
        return pairs.collect::<Vec<_>>().join("&").into_bytes();
    }
    value.to_string().into_bytes()
}

/// Bytes as one word of a shell; what is too long for a line is left out in its middle.
fn quoted(bytes: &[u8]) -> String {
    const LONGEST: usize = 4000;
    if bytes.len() > LONGEST {
        let (start, end) = (&bytes[..LONGEST / 4], &bytes[bytes.len() - 40..]);
        let left = bytes.len() - LONGEST / 4 - 40;
        return format!("{}<{left} bytes>{}", quoted(start), quoted(end));
    }
    let text = std::str::from_utf8(bytes).ok();
    if let Some(text) = text.filter(|text| !text.contains(|c: char| c.is_control() && c != '\n')) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut word = "$'".to_owned();
    for byte in bytes {
        match byte {
            b'\'' | b'\\' => write!(word, "\\{}", char::from(*byte)).unwrap(),
            b' '..=b'~' => word.push(char::from(*byte)),
            other => write!(word, "\\x{other:02x}").unwrap(),
        }
    }
    word.push('\'');
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_what_was_meant() {
        for (bytes, word) in [
            (&b"a b"[..], "'a b'"),
            (b"it's", r"'it'\''s'"),
            (b"\x00'\\\xff", r"$'\x00\'\\\xff'"),
            ("\u{202e}ö".as_bytes(), "'\u{202e}ö'"),
        ] {
            assert_eq!(quoted(bytes), word);
        }
        assert!(quoted(&[b'a'; 5000]).contains("<3960 bytes>"));
    }
}
