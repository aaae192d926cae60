//! Media types of a document, and what it tolerates beside what it says.

use std::collections::BTreeSet;

use super::{Kind, Media, Operation, Schema, Scheme, SchemeKind, Takes};
use crate::document::Node;

/// A media type that bodies and answers can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Xml,
}

/// The words of `x-roster-tolerates` at the root.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tolerances {
    pub path_case: bool,
    pub name_case: bool,
    pub value_case: bool,
    pub text_json: bool,
    pub text_xml: bool,
    pub empty_content_type: bool,
}

/// How a dialect talks, where that is more than JSON by the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The first is the default.
    pub formats: Vec<Format>,
    pub tolerances: Tolerances,
    /// The query parameter that names the format of the answer.
    pub format_parameter: Option<String>,
    /// XML has elements in alphabetical order, not in that of the document.
    pub is_alphabetical: bool,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Json, Self::Xml];

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        }
    }

    pub fn of(media_type: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.media_type() == media_type)
    }

    /// What a document says that its default is; else it is that of the first media type.
    fn default_of(root: &Node<'_>) -> Option<Self> {
        match root.text("x-roster-default-format")? {
            "json" => Some(Self::Json),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }
}

/// The media type of a body where nothing in the request speaks for another one.
pub fn default_media_type<'a>(root: &Node<'_>, media_types: &'a [String]) -> Option<&'a String> {
    let default = Format::default_of(root);
    let is_default = |media_type: &&String| default.is_some() && Format::of(media_type) == default;
    media_types
        .iter()
        .find(is_default)
        .or_else(|| media_types.first())
}

/// The media type of forms.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// Whether a media type is JSON under another name.
pub fn is_other_json(media_type: &str) -> bool {
    media_type.starts_with("application/") && media_type.ends_with("+json")
}

impl Tolerances {
    fn of(root: &Node<'_>) -> Self {
        let words: BTreeSet<&str> = words(root).into_iter().collect();
        Self {
            path_case: words.contains("path-case"),
            name_case: words.contains("name-case"),
            value_case: words.contains("value-case"),
            text_json: words.contains("text-json"),
            text_xml: words.contains("text-xml"),
            empty_content_type: words.contains("empty-content-type"),
        }
    }
}

/// The words of `x-roster-tolerates` beside a node.
pub fn words<'a>(node: &Node<'a>) -> Vec<&'a str> {
    let words = node
        .value
        .get("x-roster-tolerates")
        .and_then(serde_json::Value::as_array);
    words
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect()
}

/// The names behind `alias:` beside a node.
pub fn aliases<'a>(node: &Node<'a>) -> Vec<&'a str> {
    let aliases = words(node).into_iter();
    aliases.filter_map(|word| word.strip_prefix("alias:")).collect()
}

fn has_tolerant_member(schemas: &[Schema<'_>]) -> bool {
    schemas.iter().any(|schema| match &schema.kind {
        Kind::Object { members, .. } => members
            .iter()
            .any(|member| !member.aliases.is_empty() || member.takes != Takes::Type),
        _ => false,
    })
}

fn has_other_media(operations: &[Operation<'_>]) -> bool {
    let mut bodies = operations.iter().filter_map(|operation| operation.body.as_ref());
    bodies.any(|body| body.media != Media::Own)
}

/// `None` where nothing but JSON by the letter is needed.
pub fn protocol(
    root: &Node<'_>,
    types: &[Schema<'_>],
    operations: &[Operation<'_>],
    schemes: &[Scheme],
) -> Option<Protocol> {
    let mut formats = Vec::new();
    let bodies = operations.iter().filter_map(|operation| operation.body.as_ref());
    let requests = bodies.flat_map(|body| &body.media_types);
    let answers = operations.iter().flat_map(|operation| &operation.responses);
    let answers = answers
        .filter_map(|answer| answer.body.as_ref())
        .flat_map(|(_, media_types)| media_types);
    for format in requests
        .chain(answers)
        .filter_map(|media_type| Format::of(media_type))
    {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    // Client generators take the first media type of a body; a vendor's default may be another one.
    if let Some(default) = Format::default_of(root) {
        formats.sort_by_key(|format| *format != default);
    }
    let tolerances = Tolerances::of(root);
    let has_query_scheme = schemes
        .iter()
        .any(|scheme| matches!(scheme.kind, SchemeKind::Query(_)));
    let has_credential = operations
        .iter()
        .any(|operation| operation.security.is_empty() && operation.has_caller());
    let is_plain = formats == [Format::Json]
        && tolerances == Tolerances::default()
        && !has_tolerant_member(types)
        && !has_other_media(operations)
        && !has_query_scheme
        && !has_credential
        && !operations
            .iter()
            .any(|operation| operation.takes_parameters_in_body);
    let mut params = operations.iter().flat_map(|operation| &operation.params);
    let format_parameter = params.find(|param| matches!(param.kind, super::ParamKind::Format(_)));
    (!is_plain).then(|| Protocol {
        formats,
        tolerances,
        format_parameter: format_parameter.map(|param| param.wire.clone()),
        is_alphabetical: root.text("x-roster-xml-order") == Some("alphabetical"),
    })
}
