//! Operations, their parameters, bodies and responses.

use super::checks::target;
use super::protocol::{FORM, aliases, is_other_json, words};
use super::schemas::Lowering;
use super::{
    Body, Format, Header, Kind, Limits, Media, Member, Operation, Param, ParamKind, Place, Response, Schema,
    Type,
};
use super::{field_name, pascal};
use crate::document::Node;

/// The verbs that a path can have.
pub const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

impl<'a> Lowering<'a> {
    /// Lowers all operations, in the order of the file.
    pub fn operations(&mut self, root: &Node<'a>) -> Vec<Operation<'a>> {
        let mut operations = Vec::new();
        for (path, item) in root.members_of("paths") {
            for (method, node) in item.members() {
                if METHODS.contains(&method) {
                    operations.extend(self.operation(root, path, &item, method, node));
                }
            }
        }
        operations
    }

    fn operation(
        &mut self,
        root: &Node<'a>,
        path: &str,
        item: &Node<'a>,
        method: &str,
        node: Node<'a>,
    ) -> Option<Operation<'a>> {
        let id = node.text("operationId")?.to_owned();
        let params = self.params(path, item, &node);
        let body = self.body(root, &node);
        let responses = self.responses(&node);
        let security = self.security(root, &node);
        let takes_parameters_in_body = words(&node).contains(&"parameters-in-body");
        let negotiates = responses.iter().any(|response| response.status == 406);
        let (method, path) = (method.to_owned(), path.to_owned());
        let aliases = aliases(item).into_iter().map(ToOwned::to_owned).collect();
        Some(Operation {
            id,
            method,
            path,
            aliases,
            params,
            body,
            responses,
            security,
            takes_parameters_in_body,
            negotiates,
            node,
        })
    }

    fn params(&mut self, path: &str, item: &Node<'a>, operation: &Node<'a>) -> Vec<Param<'a>> {
        let mut params: Vec<Param<'a>> = Vec::new();
        // The operation's own parameters replace those of its path.
        for node in item
            .items_of("parameters")
            .into_iter()
            .chain(operation.items_of("parameters"))
        {
            if let Some(param) = node.resolve().ok().and_then(|node| self.param(path, node)) {
                params.retain(|other| (other.place, &other.wire) != (param.place, &param.wire));
                params.push(param);
            }
        }
        for (index, param) in params.iter().enumerate() {
            if let Some(other) = params[..index].iter().find(|other| other.field == param.field) {
                let text = format!(
                    "`{}` and `{}` are both `{}` in Rust",
                    other.wire, param.wire, param.field
                );
                self.findings.push(operation.finding("name-clash", text));
            }
        }
        params
    }

    fn param(&mut self, path: &str, node: Node<'a>) -> Option<Param<'a>> {
        let wire = node.text("name")?.to_owned();
        let place = match node.text("in")? {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            other => return self.unsupported(&node, &format!("a parameter in `{other}`")),
        };
        let Some(schema) = node.get("schema") else {
            return self.unsupported(&node, "a parameter without `schema`");
        };
        let lowered = self.value(&schema, "Unnamed")?;
        if lowered.is_nullable {
            return self.unsupported(&schema, "a parameter that may be null");
        }
        if self.has_unnamed() {
            return self.unsupported(
                &schema,
                "an enumeration inside of a parameter; name it under `components`",
            );
        }
        let kind = self.param_kind(&node, place, lowered.ty)?;
        if let Some(default) = schema.get("default")
            && !matches!(
                kind,
                ParamKind::One(Type::Int32 | Type::Int64 | Type::Boolean | Type::Text | Type::Choice(_))
            )
        {
            return self.unsupported(&default, "a default of this type");
        }
        if let Some(default) = schema.get("default")
            && matches!(kind, ParamKind::One(Type::Int32 | Type::Int64))
            && default.value.as_i64().is_none()
        {
            return self.unsupported(&default, "a whole number that is written as a fraction");
        }
        let from_end = path
            .rsplit('/')
            .position(|segment| segment == format!("{{{wire}}}"));
        if place == Place::Path && from_end.is_none() {
            return self.unsupported(&node, "a path value that is not a whole segment");
        }
        Some(Param {
            field: field_name(&wire),
            place,
            is_required: node.flag("required"),
            kind,
            limits: Limits {
                says: node
                    .text("x-roster-says")
                    .map(ToOwned::to_owned)
                    .or(lowered.limits.says),
                ..lowered.limits
            },
            default: schema.get("default").map(|default| default.value.clone()),
            from_end: from_end.unwrap_or_default(),
            wire,
            node,
        })
    }

    fn param_kind(&mut self, node: &Node<'a>, place: Place, ty: Type) -> Option<ParamKind> {
        if node.text("x-roster-type") == Some("selection") {
            let selected = node.text("x-roster-selects").unwrap_or_default();
            let is_object = |schema: &&super::Schema<'_>| {
                schema.name == selected && matches!(schema.kind, Kind::Object { .. })
            };
            if place != Place::Query
                || ty != Type::Text
                || !self.schemas.iter().any(|schema| is_object(&schema))
            {
                let what = "a selection that is no text in the query, or does not select from a named object";
                return self.unsupported(node, what);
            }
            return Some(ParamKind::Selection(selected.to_owned()));
        }
        match (node.text("x-roster-type"), &ty) {
            (Some("format"), Type::Choice(name)) => {
                return Some(ParamKind::Format(name.clone()));
            }
            (Some("guid"), Type::Text) => return Some(ParamKind::One(Type::Guid)),
            _ => {}
        }
        match ty {
            Type::List(items)
                if place == Place::Query
                    && target(&items.ty).is_none()
                    && !matches!(items.ty, Type::List(_)) =>
            {
                let style = node.text("style").unwrap_or("form");
                if style != "form" {
                    let at = node.get("style").unwrap_or_else(|| node.clone());
                    return self.unsupported(&at, &format!("the style `{style}`"));
                }
                let explode = node.get("explode").is_none_or(|explode| explode.value == true);
                Some(ParamKind::Many {
                    items: *items,
                    explode,
                })
            }
            Type::List(_) | Type::Named(_) => {
                self.unsupported(node, "a parameter of this type in this place")
            }
            ty => Some(ParamKind::One(ty)),
        }
    }

    fn body(&mut self, root: &Node<'a>, operation: &Node<'a>) -> Option<Body> {
        let node = operation.get("requestBody")?.resolve().ok()?;
        let (ty, media_types) = self.content(&node, true)?;
        let media = self.media(root, &node, &ty, &media_types)?;
        let credential = self.credential(&ty);
        let is_open = self.is_open(&ty, &mut Vec::new());
        let limit = operation
            .value
            .get("x-roster-max-body")
            .and_then(serde_json::Value::as_u64);
        Some(Body {
            ty,
            is_required: node.flag("required"),
            media_types,
            media,
            may_be_wrapped: words(&node).contains(&"json-wrapper"),
            credential,
            limit,
            is_open,
        })
    }

    /// What a body is written in. A form and another JSON stand alone.
    fn media(
        &mut self,
        root: &Node<'a>,
        node: &Node<'a>,
        ty: &Type,
        media_types: &[String],
    ) -> Option<Media> {
        let is_own = |name: &String| Format::of(name).is_some();
        match media_types {
            several if several.iter().all(is_own) => Some(Media::Own),
            [form] if form == FORM => {
                self.flat(ty);
                Some(Media::Form)
            }
            [json] => {
                let mut names = vec![json.clone()];
                if words(node).contains(&"plain-json") {
                    names.push("application/json".to_owned());
                    if words(root).contains(&"text-json") {
                        names.push("text/json".to_owned());
                    }
                }
                Some(Media::Json(names))
            }
            _ => self.unsupported(node, "a form or another JSON beside other media types"),
        }
    }

    /// A form is an object of texts.
    fn flat(&mut self, ty: &Type) {
        let schema = self
            .schemas
            .iter()
            .find(|schema| Some(schema.name.as_str()) == target(ty));
        let Some((node, kind)) = schema.map(|schema| (schema.node.clone(), &schema.kind)) else {
            return;
        };
        let Kind::Object { members, .. } = kind else {
            let _: Option<()> = self.unsupported(&node, "a form that is no object");
            return;
        };
        let is_text = |ty: &Type| {
            matches!(
                ty,
                Type::Text | Type::Secret | Type::Instant | Type::Uuid | Type::Guid | Type::Choice(_)
            )
        };
        let others: Vec<Node<'a>> = members
            .iter()
            .filter(|member| !is_text(&member.ty))
            .map(|member| member.node.clone())
            .collect();
        for member in others {
            let _: Option<()> = self.unsupported(&member, "a member of a form that is no text");
        }
    }

    /// Whether an enumeration stood where nothing gives it a name; it is forgotten.
    fn has_unnamed(&mut self) -> bool {
        let count = self.schemas.len();
        self.schemas
            .retain(|schema| !schema.is_inline || !schema.name.starts_with("Unnamed"));
        self.schemas.len() < count
    }

    /// The schema of all media types, and these.
    fn content(&mut self, node: &Node<'a>, is_request: bool) -> Option<(Type, Vec<String>)> {
        let content = node.get("content")?;
        let mut body: Option<Type> = None;
        let mut media_types = Vec::new();
        for (name, media) in content.members() {
            let is_other = is_request && (name == FORM || is_other_json(name));
            if Format::of(name).is_none() && !is_other {
                return self.unsupported(&media, &format!("the media type `{name}`"));
            }
            let Some(schema) = media.get("schema") else {
                return self.unsupported(&media, "a body without `schema`");
            };
            let ty = self.value(&schema, "Unnamed")?.ty;
            let is_map = |schema: &Schema<'_>| {
                Some(schema.name.as_str()) == target(&ty) && matches!(schema.kind, Kind::Map(_))
            };
            if !matches!(ty, Type::Named(_)) || self.schemas.iter().any(is_map) {
                return self.unsupported(&schema, "a body that is not a named object or list");
            }
            if body.as_ref().is_some_and(|body| *body != ty) {
                return self.unsupported(&schema, "media types of one body with several schemas");
            }
            body = Some(ty);
            media_types.push(name.to_owned());
        }
        match body {
            Some(body) => Some((body, media_types)),
            None => self.unsupported(&content, "a body without a media type"),
        }
    }

    /// The security schemes whose credentials a body carries, and their members.
    fn credential(&self, ty: &Type) -> Vec<(String, String)> {
        let schema = self
            .schemas
            .iter()
            .find(|schema| Some(schema.name.as_str()) == target(ty));
        match schema.map(|schema| &schema.kind) {
            Some(Kind::Object { members, .. }) => {
                let pair = |member: &Member<'_>| Some((member.credential.clone()?, member.wire.clone()));
                members.iter().filter_map(pair).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether unknown members are taken anywhere below, so that duplicate names have to be looked for.
    fn is_open(&self, ty: &Type, seen: &mut Vec<String>) -> bool {
        let Some(name) = target(ty).filter(|name| !seen.iter().any(|seen| seen == name)) else {
            return false;
        };
        seen.push(name.to_owned());
        match self
            .schemas
            .iter()
            .find(|schema| schema.name == name)
            .map(|schema| &schema.kind)
        {
            Some(Kind::Object { is_closed, members }) => {
                let is_open = |member: &Member<'_>| member.ty == Type::Any || self.is_open(&member.ty, seen);
                !is_closed || members.iter().any(is_open)
            }
            Some(Kind::List { items, .. }) => self.is_open(&items.ty, seen),
            _ => false,
        }
    }

    fn responses(&mut self, operation: &Node<'a>) -> Vec<Response<'a>> {
        let mut responses = Vec::new();
        for (status, node) in operation.members_of("responses") {
            // A number has other spellings, which would be the same status once more.
            let plain = status
                .parse()
                .ok()
                .filter(|code: &u16| code.to_string() == status);
            let Some((status, variant)) = plain.and_then(reason) else {
                let _: Option<()> = self.unsupported(&node, &format!("the status `{status}`"));
                continue;
            };
            responses.extend(self.response(status, variant, &node));
        }
        responses
    }

    fn response(&mut self, status: u16, variant: String, node: &Node<'a>) -> Option<Response<'a>> {
        let shared = node
            .text("$ref")
            .and_then(|text| text.strip_prefix("#/components/responses/"));
        let shared = shared.map(ToOwned::to_owned);
        let node = node.resolve().ok()?;
        let body = match node.get("content") {
            Some(_) => Some(self.content(&node, false)?),
            None => None,
        };
        let mut headers = Vec::new();
        for (wire, node) in node.members_of("headers") {
            headers.extend(node.resolve().ok().and_then(|node| self.header(wire, node)));
        }
        for (index, header) in headers.iter().enumerate() {
            let is_taken = headers[..index]
                .iter()
                .any(|other: &Header<'_>| other.field == header.field);
            if is_taken || header.field == "body" {
                let text = format!("`{}` is taken as the name of a field of the answer", header.field);
                self.findings.push(node.finding("name-clash", text));
            }
        }
        Some(Response {
            status,
            variant,
            shared,
            body,
            headers,
            node,
        })
    }

    fn header(&mut self, wire: &str, node: Node<'a>) -> Option<Header<'a>> {
        let Some(schema) = node.get("schema") else {
            return self.unsupported(&node, "a header without `schema`");
        };
        let lowered = self.value(&schema, "Unnamed")?;
        if lowered.is_nullable
            || matches!(
                lowered.ty,
                Type::List(_) | Type::Named(_) | Type::Choice(_) | Type::Secret
            )
        {
            self.has_unnamed();
            return self.unsupported(&schema, "a header of this type");
        }
        // Generated code itself writes the two headers that follow from the refusal.
        let is_ours = ["www-authenticate", "allow"].contains(&wire.to_ascii_lowercase().as_str());
        Some(Header {
            wire: wire.to_owned(),
            field: header_field(wire),
            is_required: node.flag("required"),
            is_set_by_server: is_ours || node.text("x-roster-set-by") == Some("server"),
            ty: lowered.ty,
            node,
        })
    }
}

/// `ETag` is one word.
fn header_field(wire: &str) -> String {
    if wire.eq_ignore_ascii_case("etag") {
        "etag".to_owned()
    } else {
        field_name(wire)
    }
}

/// The status with its variant's name.
pub fn reason(status: u16) -> Option<(u16, String)> {
    let reason = match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition Failed",
        413 => "Payload Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Entity",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => return None,
    };
    Some((status, pascal(&reason.to_lowercase())))
}
