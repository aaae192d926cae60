//! XML as the tests write and judge it, without the help of the code that they test: a strict reader of answers,
//! directed by the document's schemas, and a writer of plain requests.

use crate::document::resolve;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// An element with everything in it.
#[derive(Debug, Default)]
struct Element {
    prefix: Option<String>,
    name: String,
    /// Prefix and namespace.
    declared: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

/// Reads an answer as the object of its schema. Wrong is also what a client could do without: another order of the
/// elements than the alphabetical one, another root, another prefix or namespace than the document has.
pub fn decode(bytes: &[u8], document: &Value, schema: &Value, root: &str) -> Result<Value, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "the body is no UTF-8")?;
    let element = read(text)?;
    if element.name != root || element.prefix.is_some() {
        return Err(format!("the root is `{}` and not `{root}`", element.name));
    }
    value(&element, document, schema, &mut Vec::new())
}

type Scope = Vec<(String, String)>;

fn value(element: &Element, document: &Value, schema: &Value, scope: &mut Scope) -> Result<Value, String> {
    let outside = scope.len();
    scope.extend(element.declared.iter().cloned());
    let schema = resolve(document, schema);
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    let is_complex = matches!(kind, Some("object" | "array"));
    if is_complex && !element.text.trim().is_empty() || !is_complex && !element.children.is_empty() {
        return Err(format!("`{}` holds what it must not", element.name));
    }
    let text = element.text.as_str();
    let read = match kind {
        Some("object") => object(element, document, schema, scope),
        Some("array") => array(element, document, schema, scope),
        Some("integer") => text
            .parse::<i64>()
            .map(|number| json!(number))
            .map_err(|error| error.to_string()),
        Some("boolean") => text
            .parse::<bool>()
            .map(|flag| json!(flag))
            .map_err(|error| error.to_string()),
        _ => Ok(json!(text)),
    };
    scope.truncate(outside);
    read
}

fn object(element: &Element, document: &Value, schema: &Value, scope: &mut Scope) -> Result<Value, String> {
    let mut members = Map::new();
    let mut last = "";
    for child in &element.children {
        let name = child.name.as_str();
        if name <= last {
            return Err(format!("`{name}` stands behind `{last}`"));
        }
        last = name;
        let property = &schema["properties"][name];
        if property.is_null() {
            return Err(format!("`{}` has no member `{name}`", element.name));
        }
        spelled(child, &property["xml"], scope)?;
        members.insert(name.to_owned(), value(child, document, property, scope)?);
    }
    Ok(Value::Object(members))
}

fn array(element: &Element, document: &Value, schema: &Value, scope: &mut Scope) -> Result<Value, String> {
    let items = &schema["items"];
    let facts = match &items["xml"] {
        Value::Null => &resolve(document, items)["xml"],
        facts => facts,
    };
    let each = element.children.iter().map(|child| {
        if Some(child.name.as_str()) != facts["name"].as_str() {
            return Err(format!(
                "an item of `{}` is called `{}`",
                element.name, child.name
            ));
        }
        spelled(child, facts, scope)?;
        value(child, document, items, scope)
    });
    each.collect::<Result<Vec<_>, _>>().map(Value::Array)
}

/// Prefix and namespace are the document's.
fn spelled(element: &Element, facts: &Value, scope: &Scope) -> Result<(), String> {
    if element.prefix.as_deref() != facts["prefix"].as_str() {
        return Err(format!("`{}` has the prefix {:?}", element.name, element.prefix));
    }
    let Some(prefix) = &element.prefix else {
        return Ok(());
    };
    let namespace = scope
        .iter()
        .chain(&element.declared)
        .rfind(|(have, _)| have == prefix);
    if namespace.map(|(_, namespace)| namespace.as_str()) == facts["namespace"].as_str() {
        Ok(())
    } else {
        Err(format!("`{}` is in the namespace {namespace:?}", element.name))
    }
}

fn read(text: &str) -> Result<Element, String> {
    let mut rest = text.trim_start();
    if rest.starts_with("<?xml") {
        rest = rest
            .split_once("?>")
            .ok_or("a declaration without end")?
            .1
            .trim_start();
    }
    let mut open: Vec<Element> = Vec::new();
    loop {
        let Some(at) = rest.find('<') else {
            return Err("the text ends too early".to_owned());
        };
        if let Some(element) = open.last_mut() {
            element.text.push_str(&unescaped(&rest[..at])?);
        } else if at > 0 {
            return Err("text outside of the root".to_owned());
        }
        let (tag, behind) = rest[at + 1..].split_once('>').ok_or("a tag without end")?;
        rest = behind;
        let done = if let Some(name) = tag.strip_prefix('/') {
            let element = open.pop().ok_or("an end without a start")?;
            if qualified(&element) != name {
                return Err(format!("`{name}` ends `{}`", element.name));
            }
            element
        } else {
            let element = started(tag.trim_end_matches('/'))?;
            if !tag.ends_with('/') {
                open.push(element);
                continue;
            }
            element
        };
        match open.last_mut() {
            Some(parent) => parent.children.push(done),
            None if rest.trim().is_empty() => return Ok(done),
            None => return Err("something behind the root".to_owned()),
        }
    }
}

fn qualified(element: &Element) -> String {
    match &element.prefix {
        Some(prefix) => format!("{prefix}:{}", element.name),
        None => element.name.clone(),
    }
}

fn started(tag: &str) -> Result<Element, String> {
    let mut words = tag.split_whitespace();
    let name = words.next().ok_or("a tag without a name")?;
    let (prefix, name) = match name.split_once(':') {
        Some((prefix, name)) => (Some(prefix.to_owned()), name),
        None => (None, name),
    };
    let declared = words.map(|word| {
        let (name, value) = word.split_once('=').ok_or("an attribute without a value")?;
        let prefix = name
            .strip_prefix("xmlns:")
            .ok_or("an attribute that declares nothing")?;
        Ok((prefix.to_owned(), value.trim_matches('"').to_owned()))
    });
    Ok(Element {
        prefix,
        name: name.to_owned(),
        declared: declared.collect::<Result<_, &str>>()?,
        ..Element::default()
    })
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or("a reference without end")?;
        let code = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
        let code = code.or_else(|| name.strip_prefix('#').map(str::parse));
        out.push(match (name, code) {
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("amp", _) => '&',
            ("quot", _) => '"',
            ("apos", _) => '\'',
            (_, Some(Ok(code))) => char::from_u32(code).ok_or("a reference to no character")?,
            _ => return Err(format!("an unknown reference `{name}`")),
        });
        out.push_str(rest);
    }
    Ok(out)
}

/// Writes an object as a client would. Null becomes `i:nil`; items are called as the vendor calls them.
pub fn encode(root: &str, value: &Value) -> String {
    let mut out = String::new();
    write!(
        out,
        "<{root} xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">"
    )
    .unwrap();
    inside(&mut out, root, value);
    write!(out, "</{root}>").unwrap();
    out
}

fn inside(out: &mut String, name: &str, value: &Value) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| name.as_str());
            for (name, value) in members {
                element(out, name, value);
            }
        }
        Value::Array(items) => {
            let item = match name {
                "UserIds" => "string",
                "Metadata" => "KeyValue",
                _ => "Id",
            };
            for value in items {
                element(out, item, value);
            }
        }
        Value::String(text) => out.push_str(&escaped(text)),
        Value::Null => {}
        other => out.push_str(&other.to_string()),
    }
}

fn element(out: &mut String, name: &str, value: &Value) {
    if value.is_null() {
        write!(out, "<{name} i:nil=\"true\"/>").unwrap();
        return;
    }
    write!(out, "<{name}>").unwrap();
    inside(out, name, value);
    write!(out, "</{name}>").unwrap();
}

/// Text between tags.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\r', "&#xD;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        json!({"components": {"schemas": {
            "A": {"type": "object", "xml": {"name": "A"}, "properties": {
                "N": {"type": "integer"},
                "L": {"type": "array", "items": {"type": "string", "xml": {"name": "s"}}},
                "P": {"type": "string", "xml": {"prefix": "p", "namespace": "urn:p"}},
            }},
        }}})
    }

    fn decoded(text: &str) -> Result<Value, String> {
        let schema = json!({"$ref": "#/components/schemas/A"});
        decode(text.as_bytes(), &document(), &schema, "A")
    }

    #[test]
    fn answers_become_objects() {
        let text = "<A xmlns:p=\"urn:p\"><L><s>a&amp;&#x62;</s><s/></L><N>7</N><p:P>x</p:P></A>";
        assert_eq!(decoded(text), Ok(json!({"N": 7, "L": ["a&b", ""], "P": "x"})));
        assert_eq!(decoded("<A/>"), Ok(json!({})));
    }

    #[test]
    fn what_the_document_does_not_have_is_told() {
        for (text, complaint) in [
            ("<B/>", "the root"),
            ("<A><N>7</N><L/></A>", "stands behind"),
            ("<A><X/></A>", "no member"),
            ("<A><L><t/></L></A>", "is called"),
            ("<A><P>x</P></A>", "prefix"),
            ("<A xmlns:p=\"urn:q\"><p:P>x</p:P></A>", "namespace"),
            ("<A><N>x</N></A>", "invalid digit"),
            ("<A>", "too early"),
        ] {
            let told = decoded(text).unwrap_err();
            assert!(told.contains(complaint), "{text}: {told}");
        }
    }

    #[test]
    fn requests_are_written() {
        let value = json!({"Name": "a<b", "Id": null, "UserIds": ["1"]});
        let text = encode("UserGroup", &value);
        assert!(text.ends_with(
            "><Id i:nil=\"true\"/><Name>a&lt;b</Name><UserIds><string>1</string></UserIds></UserGroup>"
        ));
    }
}
