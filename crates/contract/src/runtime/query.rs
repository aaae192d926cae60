//! The query of a request, names decoded.

use actix_web::HttpRequest;
use serde_json::Value;

use super::form::Folding;
use super::text::query_decode;

/// The pairs of a query. Values are decoded when they are asked for.
#[derive(Clone, Debug)]
pub struct Query<'a> {
    pairs: Vec<(String, Part<'a>)>,
    folding: Folding,
    /// A name has a bad escape.
    is_damaged: bool,
}

/// The value of a pair.
#[derive(Clone, Debug)]
pub(super) enum Part<'a> {
    /// As it stands in the URI.
    Raw(&'a str),
    /// From a body that stands for parameters.
    Plain(String),
}

impl<'a> Part<'a> {
    /// The parts of a list that commas join.
    pub(super) fn split(&self) -> Vec<Part<'a>> {
        match self {
            Self::Raw(raw) => raw.split(',').map(Part::Raw).collect(),
            Self::Plain(text) => text.split(',').map(|part| Part::Plain(part.to_owned())).collect(),
        }
    }

    /// `None` for a bad escape and for what is not UTF-8.
    pub(super) fn decoded(&self) -> Option<String> {
        match self {
            Self::Raw(raw) => query_decode(raw),
            Self::Plain(text) => Some(text.clone()),
        }
    }
}

impl<'a> Query<'a> {
    pub fn of(request: &'a HttpRequest, folding: Folding) -> Self {
        let mut query = Self {
            pairs: Vec::new(),
            folding,
            is_damaged: false,
        };
        let text = request.uri().query().unwrap_or_default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match query_decode(name) {
                Some(name) => query.pairs.push((name, Part::Raw(value))),
                None => query.is_damaged = true,
            }
        }
        query
    }

    /// All values of a name.
    pub(super) fn parts(&self, name: &str) -> Vec<&Part<'a>> {
        let is_meant = |have: &str| self.folding.is_name(have, name);
        let pairs = self.pairs.iter().filter(|(have, _)| is_meant(have));
        pairs.map(|(_, part)| part).collect()
    }

    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    pub(super) fn folding(&self) -> Folding {
        self.folding
    }

    /// The only value of a name; `None` when it is absent, given twice or badly escaped. For credentials and for
    /// what is only looked at: nothing is told about a bad value.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.parts(name).as_slice() {
            [part] => part.decoded(),
            _ => None,
        }
    }

    /// Whether all of these names are there.
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| !self.parts(name).is_empty())
    }

    /// Adds the members of an object for the names that the query lacks. Values are texts, numbers or flags; others
    /// are passed over.
    pub fn complete(&mut self, body: Value) {
        let Value::Object(members) = body else { return };
        for (name, value) in members {
            let text = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Bool(flag) => flag.to_string(),
                Value::Null | Value::Array(_) | Value::Object(_) => continue,
            };
            if self.parts(&name).is_empty() {
                self.pairs.push((name, Part::Plain(text)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Query;
    use crate::runtime::form::Folding;
    use actix_web::test::TestRequest;
    use serde_json::json;

    #[test]
    fn one_value_of_a_name() {
        let request = TestRequest::with_uri("/?a=x%20y&b=1&B=2&c=%zz&d=&a%20e=7").to_http_request();
        let folding = Folding {
            names: true,
            values: true,
        };
        let mut query = Query::of(&request, folding);
        for (name, expected) in [
            ("A", Some("x y")),
            ("b", None),
            ("c", None),
            ("d", Some("")),
            ("a e", Some("7")),
            ("x", None),
        ] {
            assert_eq!(query.text(name).as_deref(), expected, "{name}");
        }
        let strict = Query::of(&request, Folding::default());
        assert_eq!(strict.text("b").as_deref(), Some("1"));
        query.complete(json!({"a": "other", "Id": "7", "n": 1, "f": true, "o": {}, "x": null}));
        assert_eq!(
            query.text("a").as_deref(),
            Some("x y"),
            "the query goes before the body"
        );
        assert_eq!(query.text("id").as_deref(), Some("7"));
        assert_eq!(query.text("n").as_deref(), Some("1"));
        assert_eq!(query.text("f").as_deref(), Some("true"));
        assert_eq!(query.text("x"), None);
    }
}
