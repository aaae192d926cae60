//! YAML to JSON, with the place of each node.

use std::collections::BTreeMap;

use saphyr::{MarkedYaml, Marker, Scalar, ScanError, YamlData, YamlLoader};
use saphyr_parser::{Event, Parser, SpannedEventReceiver};
use serde_json::{Map, Number, Value};

use super::node::below;

/// Why a text is no document.
pub struct Fault {
    pub rule: &'static str,
    pub place: (usize, usize),
    pub text: String,
}

type Positions = BTreeMap<String, (usize, usize)>;

/// Nesting that no document needs; it keeps every walk over a document within its stack.
const DEEPEST: usize = 64;

/// Nodes that aliases may stand for; a few lines of them could stand for more than there is memory.
const MOST_ALIASED: usize = 100_000;

/// Reads a text with exactly one YAML document.
pub fn read(text: &str) -> Result<(Value, Positions), Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = load(text)?;
    let mut positions = Positions::new();
    positions.insert(String::new(), place(&root.span.start));
    let value = value(&root, "", &mut positions)?;
    if !value.is_object() {
        return Err(fault(place(&root.span.start), "a document is a mapping"));
    }
    Ok((value, positions))
}

/// The only document of a text. Nothing here calls itself, however deep the text is nested: that is seen before a
/// tree is built that could not be walked.
fn load(text: &str) -> Result<MarkedYaml<'_>, Fault> {
    let mut parser = Parser::new_from_str(text);
    let mut loader = YamlLoader::<MarkedYaml<'_>>::default();
    loader.alias_limit(MOST_ALIASED);
    let (mut heights, mut count) = (Heights::default(), 0);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| scan_fault(&error))?;
        let start = place(&span.start);
        if matches!(event, Event::DocumentStart(_)) {
            count += 1;
        } else if count > 1 {
            return Err(fault(start, "a file holds one document, not several"));
        }
        if heights.after(&event) > DEEPEST + 1 {
            return Err(fault(start, "the document is nested too deeply"));
        }
        loader.on_event(event, span);
        if let Some(error) = loader.error() {
            return Err(scan_fault(error));
        }
    }
    let root = loader.into_documents().pop();
    root.ok_or_else(|| fault((1, 1), "the file is empty"))
}

/// How deep the nodes are nested, those included that an alias stands for.
#[derive(Default)]
struct Heights {
    /// The lists and mappings that are open, each with the number of its anchor and the height of what is in it.
    open: Vec<(usize, usize)>,
    anchors: BTreeMap<usize, usize>,
}

impl Heights {
    /// The depth of the deepest node once this event has come.
    fn after(&mut self, event: &Event<'_>) -> usize {
        match event {
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                self.open.push((*anchor, 0));
                self.open.len()
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (anchor, below) = self.open.pop().unwrap_or_default();
                self.anchors.insert(anchor, below + 1);
                self.hold(below + 1)
            }
            Event::Scalar(..) => self.hold(1),
            Event::Alias(anchor) => self.hold(self.anchors.get(anchor).copied().unwrap_or(1)),
            _ => 0,
        }
    }

    /// Something of this height stands in what is open.
    fn hold(&mut self, height: usize) -> usize {
        if let Some((_, below)) = self.open.last_mut() {
            *below = height.max(*below);
        }
        self.open.len() + height
    }
}

fn scan_fault(error: &ScanError) -> Fault {
    let rule = if error.info().contains("duplicate") {
        "duplicate-key"
    } else {
        "yaml"
    };
    Fault {
        rule,
        place: place(error.marker()),
        text: error.info().to_owned(),
    }
}

fn fault(place: (usize, usize), text: &str) -> Fault {
    Fault {
        rule: "yaml",
        place,
        text: text.to_owned(),
    }
}

fn place(marker: &Marker) -> (usize, usize) {
    (marker.line().max(1), marker.col() + 1)
}

fn value(node: &MarkedYaml<'_>, pointer: &str, positions: &mut Positions) -> Result<Value, Fault> {
    let fault = |text: &str| fault(place(&node.span.start), text);
    match &node.data {
        YamlData::Value(scalar) => {
            scalar_value(scalar).ok_or_else(|| fault("this number cannot be written in JSON"))
        }
        YamlData::Sequence(items) => {
            let mut list = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                positions.insert(pointer.clone(), place(&item.span.start));
                list.push(value(item, &pointer, positions)?);
            }
            Ok(Value::Array(list))
        }
        YamlData::Mapping(entries) => {
            let mut members = Map::new();
            for (key, entry) in entries {
                let name = key_name(key)?;
                let pointer = below(pointer, &name);
                positions.insert(pointer.clone(), place(&key.span.start));
                let entry = value(entry, &pointer, positions)?;
                if members.insert(name.clone(), entry).is_some() {
                    // `404` and `"404"` differ in YAML, not in JSON.
                    let text = format!("duplicate key `{name}`");
                    return Err(Fault {
                        rule: "duplicate-key",
                        place: place(&key.span.start),
                        text,
                    });
                }
            }
            Ok(Value::Object(members))
        }
        YamlData::Tagged(..) => Err(fault("tags are not supported")),
        YamlData::Representation(..) | YamlData::Alias(_) | YamlData::BadValue => {
            Err(fault("this is no value"))
        }
    }
}

fn scalar_value(scalar: &Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => Value::Bool(*value),
        Scalar::Integer(value) => Value::Number((*value).into()),
        Scalar::FloatingPoint(value) => Value::Number(Number::from_f64(value.0)?),
        Scalar::String(text) => Value::String(text.to_string()),
    })
}

fn key_name(key: &MarkedYaml<'_>) -> Result<String, Fault> {
    match &key.data {
        YamlData::Value(Scalar::String(text)) => Ok(text.to_string()),
        YamlData::Value(Scalar::Integer(number)) => Ok(number.to_string()),
        YamlData::Value(Scalar::Boolean(value)) => Ok(value.to_string()),
        _ => {
            let text = "a key must be a text or a whole number";
            Err(fault(place(&key.span.start), text))
        }
    }
}
