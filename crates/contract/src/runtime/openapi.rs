//! Completes the document that utoipa derives with what its macros cannot say.
//!
//! The types stay the witness: names, types, formats, nullability and required members come from Rust types and
//! attributes. What is added here are keywords as JSON, put into the `Extensions` of the derived object, which
//! writes every key it holds beside the typed fields. That is not a promised API of utoipa, hence its pinned
//! version and the test below.

use serde_json::{Map, Value};
pub use utoipa::openapi::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::link::Link;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::{AdditionalProperties, ArrayItems, Schema};
use utoipa::openapi::{Components, Header, RefOr, Required, Response};

/// Where a response stands.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// Path, verb in lower case, status.
    Of(&'a str, &'a str, &'a str),
    /// A name under `components/responses`.
    Shared(&'a str),
}

/// Adds to a derived document. What it cannot find it leaves alone: `cargo xtask check` compares the outcome
/// with the source document and reports every difference.
pub struct Patch<'a> {
    document: &'a mut OpenApi,
}

impl<'a> Patch<'a> {
    pub fn new(document: &'a mut OpenApi) -> Self {
        Self { document }
    }

    /// Sets what has no type of its own: `info`, `servers`, `tags`, `security`, `securitySchemes`, `externalDocs`.
    pub fn root(&mut self, name: &str, json: &str) {
        let document = &mut *self.document;
        match name {
            "info" => assign(&mut document.info, json),
            "servers" => assign(&mut document.servers, json),
            "tags" => assign(&mut document.tags, json),
            "security" => assign(&mut document.security, json),
            "externalDocs" => assign(&mut document.external_docs, json),
            "securitySchemes" => {
                let components = document.components.get_or_insert_with(Components::default);
                assign(&mut components.security_schemes, json);
            }
            _ => {}
        }
    }

    /// utoipa writes the description of a member that is a nullable reference beside the reference, inside of
    /// `oneOf`; it belongs to the member.
    pub fn hoist_descriptions(&mut self) {
        let schemas = self
            .document
            .components
            .iter_mut()
            .flat_map(|components| components.schemas.values_mut());
        for schema in schemas {
            let RefOr::T(Schema::Object(schema)) = schema else {
                continue;
            };
            for member in schema.properties.values_mut() {
                let RefOr::T(Schema::OneOf(one)) = member else {
                    continue;
                };
                for item in &mut one.items {
                    if let RefOr::Ref(reference) = item
                        && !reference.description.is_empty()
                    {
                        one.description = Some(std::mem::take(&mut reference.description));
                    }
                }
            }
        }
    }

    /// Adds keywords to a named schema.
    pub fn schema(&mut self, name: &str, json: &str) {
        if let Some(schema) = self.named_schema(name) {
            refine(schema, object(json));
        }
    }

    /// Adds keywords to a member of a named schema.
    pub fn member(&mut self, schema: &str, member: &str, json: &str) {
        let Some(RefOr::T(Schema::Object(schema))) = self.named_schema(schema) else {
            return;
        };
        if let Some(member) = schema.properties.get_mut(member) {
            refine(member, object(json));
        }
    }

    /// Adds members to an operation.
    pub fn operation(&mut self, path: &str, verb: &str, json: &str) {
        if let Some(operation) = self.find(path, verb) {
            extend(&mut operation.extensions, object(json));
        }
    }

    /// Says that a request body may be left out.
    pub fn optional_body(&mut self, path: &str, verb: &str) {
        if let Some(RefOr::T(body)) = self
            .find(path, verb)
            .and_then(|operation| operation.request_body.as_mut())
        {
            body.required = Some(Required::False);
        }
    }

    /// Adds members to a parameter; those of `schema` go to its schema.
    pub fn parameter(&mut self, path: &str, verb: &str, name: &str, json: &str) {
        let parameters = self
            .find(path, verb)
            .and_then(|operation| operation.parameters.as_mut());
        let is_meant =
            |parameter: &&mut RefOr<Parameter>| matches!(parameter, RefOr::T(have) if have.name == name);
        let Some(RefOr::T(parameter)) = parameters.and_then(|list| list.iter_mut().find(is_meant)) else {
            return;
        };
        let mut members = object(json);
        if let (Some(schema), Some(Value::Object(keywords))) =
            (&mut parameter.schema, members.remove("schema"))
        {
            refine(schema, keywords);
        }
        extend(&mut parameter.extensions, members);
    }

    /// Adds members to the header of an answer; those of `schema` go to its schema.
    pub fn header(&mut self, answer: Answer<'_>, name: &str, json: &str) {
        let Some(response) = self.response(answer) else {
            return;
        };
        let Some(RefOr::T(header)) = response.headers.get_mut(name) else {
            return;
        };
        header_members(header, object(json));
    }

    /// Adds a link to an answer.
    pub fn link(&mut self, answer: Answer<'_>, name: &str, json: &str) {
        let Some(response) = self.response(answer) else {
            return;
        };
        let mut members = object(json);
        // utoipa does not read a link without parameters.
        members
            .entry("parameters")
            .or_insert_with(|| Value::Object(Map::new()));
        if let Ok(link) = serde_json::from_value::<Link>(Value::Object(members)) {
            response.links.insert(name.to_owned(), RefOr::T(link));
        }
    }

    /// Adds an example to an answer.
    pub fn answer_example(&mut self, answer: Answer<'_>, media_type: &str, name: &str, json: &str) {
        let Some(response) = self.response(answer) else {
            return;
        };
        if let Some(RefOr::T(content)) = response.content.get_mut(media_type)
            && let Ok(example) = serde_json::from_str(json)
        {
            content.examples.insert(name.to_owned(), RefOr::T(example));
        }
    }

    /// Adds an example to a request body.
    pub fn request_example(&mut self, path: &str, verb: &str, media_type: &str, name: &str, json: &str) {
        let Some(RefOr::T(body)) = self
            .find(path, verb)
            .and_then(|operation| operation.request_body.as_mut())
        else {
            return;
        };
        if let Some(RefOr::T(content)) = body.content.get_mut(media_type)
            && let Ok(example) = serde_json::from_str(json)
        {
            content.examples.insert(name.to_owned(), RefOr::T(example));
        }
    }

    fn named_schema(&mut self, name: &str) -> Option<&mut RefOr<Schema>> {
        self.document.components.as_mut()?.schemas.get_mut(name)
    }

    fn find(&mut self, path: &str, verb: &str) -> Option<&mut Operation> {
        let item = self.document.paths.paths.get_mut(path)?;
        match verb {
            "get" => item.get.as_mut(),
            "put" => item.put.as_mut(),
            "post" => item.post.as_mut(),
            "delete" => item.delete.as_mut(),
            "options" => item.options.as_mut(),
            "head" => item.head.as_mut(),
            "patch" => item.patch.as_mut(),
            _ => None,
        }
    }

    fn response(&mut self, answer: Answer<'_>) -> Option<&mut Response> {
        let response = match answer {
            Answer::Of(path, verb, status) => self.find(path, verb)?.responses.responses.get_mut(status)?,
            Answer::Shared(name) => self.document.components.as_mut()?.responses.get_mut(name)?,
        };
        match response {
            RefOr::T(response) => Some(response),
            RefOr::Ref(_) => None,
        }
    }
}

fn assign<T: for<'a> serde::Deserialize<'a>>(place: &mut T, json: &str) {
    if let Ok(value) = serde_json::from_str(json) {
        *place = value;
    }
}

fn object(json: &str) -> Map<String, Value> {
    serde_json::from_str(json).unwrap_or_default()
}

fn extend(extensions: &mut Option<Extensions>, members: Map<String, Value>) {
    if !members.is_empty() {
        extensions.get_or_insert_with(Extensions::default).extend(members);
    }
}

fn header_members(header: &mut Header, mut members: Map<String, Value>) {
    if let (Some(schema), Some(Value::Object(keywords))) = (&mut header.schema, members.remove("schema")) {
        refine(schema, keywords);
    }
    extend(&mut header.extensions, members);
}

/// Adds keywords to a schema; those of `items` and `additionalProperties` go to their schemas.
fn refine(schema: &mut RefOr<Schema>, mut keywords: Map<String, Value>) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::Array(array) => {
            if let (ArrayItems::RefOrSchema(items), Some(Value::Object(keywords))) =
                (&mut array.items, keywords.remove("items"))
            {
                refine(items, keywords);
            }
            extend(&mut array.extensions, keywords);
        }
        Schema::Object(object) => {
            if let Some(AdditionalProperties::RefOr(values)) = object.additional_properties.as_deref_mut()
                && let Some(Value::Object(keywords)) = keywords.remove("additionalProperties")
            {
                refine(values, keywords);
                // That names are texts is said by being JSON.
                object.property_names = None;
            }
            extend(&mut object.extensions, keywords);
        }
        Schema::OneOf(one) => extend(&mut one.extensions, keywords),
        Schema::AllOf(all) => extend(&mut all.extensions, keywords),
        Schema::AnyOf(any) => extend(&mut any.extensions, keywords),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Patch;
    use serde_json::json;
    use utoipa::openapi::{ComponentsBuilder, OpenApiBuilder};
    use utoipa::{PartialSchema, ToSchema};

    #[derive(ToSchema)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Sample {
        name: Option<String>,
        list: Vec<i32>,
        /// The other one.
        other: Option<Other>,
    }

    #[derive(ToSchema)]
    struct Other {}

    #[test]
    fn keywords_stand_beside_what_the_types_say() {
        let components = ComponentsBuilder::new()
            .schema("Sample", Sample::schema())
            .build();
        let mut document = OpenApiBuilder::new().components(Some(components)).build();
        let mut patch = Patch::new(&mut document);
        patch.member("Sample", "name", r#"{"not": {"const": "x"}}"#);
        patch.member(
            "Sample",
            "list",
            r#"{"maxItems": 3, "items": {"description": "One."}}"#,
        );
        patch.schema("Sample", r#"{"title": "A sample"}"#);
        patch.hoist_descriptions();
        patch.root("info", r#"{"title": "T", "version": "1"}"#);
        let written = serde_json::to_value(&document).unwrap();
        assert_eq!(
            written["components"]["schemas"]["Sample"],
            json!({
                "type": "object",
                "title": "A sample",
                "required": ["list"],
                "properties": {
                    "name": {"type": ["string", "null"], "not": {"const": "x"}},
                    "other": {
                        "description": "The other one.",
                        "oneOf": [{"$ref": "#/components/schemas/Other"}, {"type": "null"}]
                    },
                    "list": {
                        "type": "array",
                        "maxItems": 3,
                        "items": {"type": "integer", "format": "int32", "description": "One."}
                    }
                }
            })
        );
        assert_eq!(written["info"]["title"], "T");
    }
}
