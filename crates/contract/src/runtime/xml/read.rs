//! Reads XML by its form into the value that JSON would have.
//!
//! Elements may come in any order, in any namespace and with any prefix; items may have any name. There are no
//! document types, hence no entities but the five that XML itself has.

use std::collections::HashSet;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use serde_json::{Map, Value};

use super::super::form::{self, Folding, Form, Kind, Member};
use super::super::json::shorten;
use super::super::shape::escape;
use super::super::{Place, Violation};
use super::INSTANCE;
use super::lexis::{self, Fault};

/// Elements inside of one another.
const DEEPEST: usize = 64;

/// Attributes of one element. Each is compared with those before it.
const MOST_ATTRIBUTES: usize = 64;

/// Reads a document whose root element is that of the form; any root is taken by a form without a name. What is
/// not well-formed is the error, elements that are there twice are told beside the value.
pub fn read(
    bytes: &[u8],
    form: &'static Form,
    folding: Folding,
) -> Result<(Value, Vec<Violation>), Violation> {
    let text = lexis::text(bytes).map_err(|fault| malformed("", &fault))?;
    let mut reader = Reader::new(&text, folding);
    let value = reader.document(form).map_err(|fault| malformed(&text, &fault))?;
    Ok((value, reader.violations))
}

fn malformed(text: &str, fault: &Fault) -> Violation {
    let (line, column) = lexis::place(text, fault.at);
    let message = format!("malformed XML at line {line} column {column}: {}", fault.message);
    Violation::new(Place::Body, "", "xml", message)
}

struct Reader<'t> {
    events: NsReader<&'t [u8]>,
    folding: Folding,
    depth: usize,
    violations: Vec<Violation>,
}

/// What the attributes of an element say.
#[derive(Default)]
struct Attributes {
    is_nil: bool,
    /// Those without a prefix.
    plain: Vec<(String, String)>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, folding: Folding) -> Self {
        let mut events = NsReader::from_str(text);
        let config = events.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = true;
        Self {
            events,
            folding,
            depth: 0,
            violations: Vec::new(),
        }
    }

    fn fault<T>(&self, message: &'static str) -> Result<T, Fault> {
        let at = usize::try_from(self.events.buffer_position()).unwrap_or_default();
        Err(Fault::new(message, at))
    }

    /// The next event that means something.
    fn next(&mut self) -> Result<Event<'t>, Fault> {
        loop {
            let Ok(event) = self.events.read_event() else {
                let at = usize::try_from(self.events.error_position()).unwrap_or_default();
                return Err(Fault::new("not well-formed", at));
            };
            match event {
                Event::Comment(_) => {}
                Event::PI(instruction) => {
                    let target = instruction.target();
                    if !lexis::is_name(target) || target.eq_ignore_ascii_case("xml") {
                        return self.fault("a processing instruction without a name");
                    }
                }
                Event::DocType(_) => return self.fault("a document type declaration is not taken"),
                Event::Text(text) if text.contains("]]>") => return self.fault("`]]>` outside of CDATA"),
                other => return Ok(other),
            }
        }
    }

    fn document(&mut self, form: &'static Form) -> Result<Value, Fault> {
        let mut is_first = true;
        let root = loop {
            match self.next()? {
                Event::Decl(declaration) if is_first && self.events.buffer_position() > 0 => {
                    let is_utf_8 = match declaration.encoding() {
                        None => true,
                        Some(Ok(name)) => name.eq_ignore_ascii_case("utf-8"),
                        Some(Err(_)) => false,
                    };
                    if !is_utf_8 {
                        return self.fault("the encoding must be UTF-8");
                    }
                    if !declaration
                        .version()
                        .is_ok_and(|version| version.starts_with("1."))
                    {
                        return self.fault("the version must be 1.0");
                    }
                }
                Event::Text(text) if lexis::is_blank(&text) => {}
                Event::Start(start) => break start,
                Event::Eof => return self.fault("there is no element"),
                _ => return self.fault("not expected before the root element"),
            }
            is_first = false;
        };
        let wanted = form.element.name;
        if !wanted.is_empty() && !self.folding.is_name(root.local_name().as_ref(), wanted) {
            return self.fault("another root element is expected");
        }
        let value = self.element(&root, form.kind, "")?;
        loop {
            match self.next()? {
                Event::Eof => return Ok(value),
                Event::Text(text) if lexis::is_blank(&text) => {}
                _ => return self.fault("not expected after the root element"),
            }
        }
    }

    fn element(&mut self, start: &BytesStart<'t>, kind: Kind, pointer: &str) -> Result<Value, Fault> {
        let attributes = self.open(start)?;
        let value = if attributes.is_nil {
            self.skip_rest()?;
            Value::Null
        } else {
            match kind.resolved() {
                Kind::Object(members) => self.object(members, attributes, pointer)?,
                Kind::List(items) => self.list(items, pointer)?,
                kind => self.scalar(kind)?,
            }
        };
        self.depth -= 1;
        Ok(value)
    }

    fn object(
        &mut self,
        members: &'static [Member],
        attributes: Attributes,
        pointer: &str,
    ) -> Result<Value, Fault> {
        let mut map = Map::new();
        let mut seen = HashSet::new();
        for (name, value) in attributes.plain {
            let wanted = members
                .iter()
                .find(|member| member.is_attribute && self.folding.is_name(&name, member.element.name));
            if let Some(member) = wanted {
                if !seen.insert(member.wire.to_owned()) {
                    self.twice(pointer, member.wire);
                }
                map.insert(
                    member.wire.to_owned(),
                    form::from_text(member.kind.resolved(), value, self.folding),
                );
            }
        }
        while let Some(start) = self.child()? {
            let name = start.local_name();
            let wanted = members.iter().find(|member| {
                !member.is_attribute && self.folding.is_name(name.as_ref(), member.element.name)
            });
            let known = wanted.map_or_else(
                || self.folding.key(name.as_ref()),
                |member| member.wire.to_owned(),
            );
            let is_new = seen.insert(known);
            match wanted {
                Some(member) if is_new => {
                    let pointer = format!("{pointer}/{}", escape(member.wire));
                    let value = self.element(&start, member.kind, &pointer)?;
                    map.insert(member.wire.to_owned(), value);
                }
                _ => {
                    if !is_new {
                        self.twice(pointer, wanted.map_or(name.as_ref(), |member| member.wire));
                    } else if wanted.is_none() {
                        // Nobody asks for its value, but a closed object refuses its name.
                        map.insert(name.as_ref().to_owned(), Value::Null);
                    }
                    self.skip(&start)?;
                }
            }
        }
        Ok(Value::Object(map))
    }

    fn list(&mut self, items: &'static Form, pointer: &str) -> Result<Value, Fault> {
        let mut list = Vec::new();
        while let Some(start) = self.child()? {
            let pointer = format!("{pointer}/{}", list.len());
            list.push(self.element(&start, items.kind, &pointer)?);
        }
        Ok(Value::Array(list))
    }

    /// The next child of an element that holds nothing but elements; `None` at its end.
    fn child(&mut self) -> Result<Option<BytesStart<'t>>, Fault> {
        loop {
            match self.next()? {
                Event::Start(start) => return Ok(Some(start)),
                Event::End(_) => return Ok(None),
                Event::Text(text) if lexis::is_blank(&text) => {}
                Event::CData(text) if lexis::is_blank(&text) => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    return self.fault("text between elements");
                }
                _ => return self.fault("the end of an element is missing"),
            }
        }
    }

    fn scalar(&mut self, kind: Kind) -> Result<Value, Fault> {
        let mut text = String::new();
        let mut has_children = false;
        loop {
            match self.next()? {
                Event::Text(part) => text.push_str(&part),
                Event::CData(part) => text.push_str(&part),
                Event::GeneralRef(reference) => text.push(self.referenced(&reference)?),
                Event::Start(start) => {
                    has_children = true;
                    self.skip(&start)?;
                }
                Event::End(_) if has_children => return Ok(Value::Object(Map::new())),
                Event::End(_) => return Ok(form::from_text(kind, text, self.folding)),
                _ => return self.fault("the end of an element is missing"),
            }
        }
    }

    /// Reads an element away that means nothing; it has to be well-formed all the same.
    fn skip(&mut self, start: &BytesStart<'t>) -> Result<(), Fault> {
        self.open(start)?;
        self.skip_rest()?;
        self.depth -= 1;
        Ok(())
    }

    fn skip_rest(&mut self) -> Result<(), Fault> {
        let outside = self.depth;
        loop {
            match self.next()? {
                Event::Start(start) => {
                    self.open(&start)?;
                }
                Event::End(_) if self.depth == outside => return Ok(()),
                Event::End(_) => self.depth -= 1,
                Event::Text(_) | Event::CData(_) => {}
                Event::GeneralRef(reference) => {
                    self.referenced(&reference)?;
                }
                _ => return self.fault("the end of an element is missing"),
            }
        }
    }

    /// Goes one level down, after a look at the name and the attributes of an element.
    fn open(&mut self, start: &BytesStart<'t>) -> Result<Attributes, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fault("nested too deeply");
        }
        let name = start.name();
        let is_unbound = matches!(
            self.events.resolver().resolve_element(name).0,
            ResolveResult::Unknown(_)
        );
        if is_unbound || !lexis::is_name(name.as_ref()) {
            return self.fault("the name of an element is not well-formed, or its prefix is not declared");
        }
        let mut attributes = Attributes::default();
        for (index, attribute) in start.attributes().enumerate() {
            if index == MOST_ATTRIBUTES {
                return self.fault("too many attributes");
            }
            let Ok(attribute) = attribute else {
                return self.fault("an attribute is not well-formed or there twice");
            };
            let name = attribute.key.as_ref();
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).ok();
            let Some(value) = value.filter(|value| value.chars().all(lexis::is_character)) else {
                return self.fault("the value of an attribute is not well-formed");
            };
            if !lexis::is_name(name) || attribute.value.contains('<') {
                return self.fault("an attribute is not well-formed");
            }
            match self.events.resolver().resolve_attribute(attribute.key) {
                (ResolveResult::Unknown(_), _) => {
                    return self.fault("the prefix of an attribute is not declared");
                }
                (ResolveResult::Bound(Namespace(INSTANCE)), local) if local.as_ref() == "nil" => {
                    attributes.is_nil = matches!(value.trim(), "true" | "1");
                }
                (ResolveResult::Unbound, _) if name != "xmlns" => {
                    attributes.plain.push((name.to_owned(), value.into_owned()));
                }
                _ => {}
            }
        }
        Ok(attributes)
    }

    fn referenced(&self, reference: &BytesRef<'t>) -> Result<char, Fault> {
        match reference.resolve_char_ref() {
            Ok(Some(character)) if lexis::is_character(character) => Ok(character),
            Ok(None) => match lexis::entity(reference) {
                Some(character) => Ok(character),
                None => self.fault("an entity that XML itself does not have"),
            },
            _ => self.fault("a reference to a character that XML cannot carry"),
        }
    }

    fn twice(&mut self, pointer: &str, name: &str) {
        if self.violations.len() >= form::MOST_VIOLATIONS {
            return;
        }
        let pointer = format!("{pointer}/{}", escape(shorten(name)));
        let violation = Violation::new(Place::Body, pointer, "duplicate", "must not be given twice");
        self.violations.push(violation);
    }
}
