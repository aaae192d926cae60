//! Reads path segments, query values and headers, and gathers everything that is wrong with them.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

use super::form::Folding;
use super::query::{Part, Query};
use super::rule::{Rule, Ruled};
use super::text::{FromText, demand, percent_decode};
use super::{Place, Selection, Shape, Violation};

/// How a query parameter carries a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// `a=1&a=2` (`explode: true`).
    Repeated,
    /// `a=1,2` (`explode: false`).
    Commas,
}

/// The limits of a list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size {
    pub least: usize,
    pub most: Option<usize>,
}

/// Reads one request's parameters. Each call notes what is wrong; nothing stops at the first violation.
pub struct Reader<'a> {
    /// Raw, last first, without the empty one behind a trailing slash.
    segments: Vec<&'a str>,
    query: Query<'a>,
    headers: &'a HeaderMap,
    violations: Vec<Violation>,
}

impl<'a> Reader<'a> {
    pub fn new(request: &'a HttpRequest) -> Self {
        Self::with(request, Query::of(request, Folding::default()))
    }

    /// With a query that was read already.
    pub fn with(request: &'a HttpRequest, query: Query<'a>) -> Self {
        let path = request.uri().path();
        let path = path.strip_suffix('/').unwrap_or(path);
        let violations = query.is_damaged().then(|| encoding(Place::Query, ""));
        Self {
            segments: path.rsplit('/').collect(),
            query,
            headers: request.headers(),
            violations: violations.into_iter().collect(),
        }
    }

    /// The path value that stands `from_end` segments before the last one. Counted from the end, because the
    /// document's paths may be mounted below any prefix. Decoded from the raw path, exactly once.
    pub fn path<T: FromText + Ruled>(&mut self, name: &str, from_end: usize, rules: &[Rule]) -> Option<T> {
        let raw = self.segments.get(from_end).copied().unwrap_or_default();
        let text = self.decoded(Place::Path, name, percent_decode(raw))?;
        self.parse(Place::Path, name, &text, rules)
    }

    /// A query value; `None` when it is absent or wrong.
    pub fn query<T: FromText + Ruled>(&mut self, name: &str, rules: &[Rule]) -> Option<T> {
        let text = self.query_text(name)?;
        self.parse(Place::Query, name, &text, rules)
    }

    /// A list in the query; `None` when it is absent or wrong. An item's place in the list is not told.
    pub fn query_list<T: FromText + Ruled>(
        &mut self,
        name: &str,
        list: List,
        size: Size,
        rules: &[Rule],
    ) -> Option<Vec<T>> {
        let parts: Vec<Part<'a>> = match (list, self.query.parts(name).as_slice()) {
            (_, []) => return None,
            (List::Repeated, parts) => parts.iter().map(|part| (*part).clone()).collect(),
            (List::Commas, [one]) => one.split(),
            (List::Commas, _) => {
                self.violations.push(duplicate(Place::Query, name));
                return None;
            }
        };
        if parts.len() < size.least {
            let message = format!("must have at least {} items", size.least);
            self.violations
                .push(Violation::new(Place::Query, name, "minItems", message));
        }
        if let Some(most) = size.most.filter(|most| parts.len() > *most) {
            // Nothing more is said about a list that is too long: the answer would be, too.
            let message = format!("must have at most {most} items");
            self.violations
                .push(Violation::new(Place::Query, name, "maxItems", message));
            return None;
        }
        let mut items = Vec::with_capacity(parts.len());
        for part in parts {
            let text = self.decoded(Place::Query, name, part.decoded())?;
            items.push(self.parse(Place::Query, name, &text, rules)?);
        }
        Some(items)
    }

    /// A selection in the query; everything when it is absent, empty or wrong.
    pub fn selection(&mut self, name: &str, shape: &'static Shape, rules: &[Rule]) -> Selection {
        let text = self.query::<String>(name, rules).unwrap_or_default();
        Selection::parse(&text, shape)
    }

    /// A header; `None` when it is absent or wrong. Repeated lines count as one list, as in HTTP.
    pub fn header<T: FromText + Ruled>(&mut self, name: &str, rules: &[Rule]) -> Option<T> {
        let lines: Option<Vec<&str>> = self
            .headers
            .get_all(name)
            .map(|value| std::str::from_utf8(value.as_bytes()).ok())
            .collect();
        let lines = self.decoded(Place::Header, name, lines)?;
        if lines.is_empty() {
            return None;
        }
        self.parse(Place::Header, name, &lines.join(", "), rules)
    }

    /// Notes that a parameter is required, unless something else is already said about it.
    pub fn require(&mut self, place: Place, name: &str, is_there: bool) {
        let is_told = self
            .violations
            .iter()
            .any(|told| told.place == place && told.pointer == name);
        if !is_there && !is_told {
            self.violations
                .push(Violation::new(place, name, "required", "is required"));
        }
    }

    /// Everything that is wrong, sorted.
    pub fn finish(mut self) -> Vec<Violation> {
        self.violations.sort();
        self.violations
    }

    fn query_text(&mut self, name: &str) -> Option<String> {
        let text = match self.query.parts(name).as_slice() {
            [] => return None,
            [part] => part.decoded(),
            _ => {
                self.violations.push(duplicate(Place::Query, name));
                return None;
            }
        };
        self.decoded(Place::Query, name, text)
    }

    fn decoded<T>(&mut self, place: Place, name: &str, text: Option<T>) -> Option<T> {
        if text.is_none() {
            self.violations.push(encoding(place, name));
        }
        text
    }

    fn parse<T: FromText + Ruled>(
        &mut self,
        place: Place,
        name: &str,
        text: &str,
        rules: &[Rule],
    ) -> Option<T> {
        let value = if T::IS_WORD && self.query.folding().values {
            T::from_text(&text.to_ascii_lowercase())
        } else {
            T::from_text(text)
        };
        let Some(value) = value else {
            let violation = Violation::new(place, name, T::RULE, demand::<T>());
            self.violations.push(violation);
            return None;
        };
        let broken = rules.iter().filter(|rule| !value.keeps(**rule));
        let before = self.violations.len();
        self.violations
            .extend(broken.map(|rule| Violation::new(place, name, rule.name(), rule.message())));
        (self.violations.len() == before).then_some(value)
    }
}

fn encoding(place: Place, name: &str) -> Violation {
    Violation::new(
        place,
        name,
        "encoding",
        "must be UTF-8 with well-formed percent-escapes",
    )
}

fn duplicate(place: Place, name: &str) -> Violation {
    Violation::new(place, name, "duplicate", "must not be given twice")
}

#[cfg(test)]
mod tests {
    use super::{List, Reader, Size};
    use crate::runtime::rule::Rule;
    use crate::runtime::{Place, Violation};
    use actix_web::HttpRequest;
    use actix_web::test::TestRequest;

    fn request(uri: &str) -> HttpRequest {
        TestRequest::with_uri(uri).to_http_request()
    }

    #[test]
    fn path_values_count_from_the_end_and_decode_once() {
        for uri in [
            "/groups/a%2Fb%2520c/addusers",
            "/api/x/groups/a%2Fb%2520c/addusers/",
        ] {
            let request = request(uri);
            let mut reader = Reader::new(&request);
            assert_eq!(
                reader.path::<String>("groupCode", 1, &[]).as_deref(),
                Some("a/b%20c"),
                "{uri}"
            );
            assert_eq!(reader.finish(), []);
        }
    }

    #[test]
    fn all_violations_are_gathered() {
        let request = request("/groups/%FF?n=x&n=y&m=7&t=%zz&l=1,2,3&unknown=%zz");
        let mut reader = Reader::new(&request);
        assert_eq!(reader.path::<String>("code", 0, &[]), None);
        assert_eq!(reader.query::<i32>("n", &[]), None);
        assert_eq!(reader.query::<i32>("m", &[Rule::Maximum(6)]), None);
        assert_eq!(reader.query::<String>("t", &[]), None);
        let list = reader.query_list::<i32>(
            "l",
            List::Commas,
            Size {
                least: 0,
                most: Some(2),
            },
            &[],
        );
        assert_eq!(list, None);
        assert_eq!(reader.header::<i64>("x-tenant", &[]), None);
        reader.require(Place::Header, "x-tenant", false);
        reader.require(Place::Path, "code", false);
        let rules: Vec<(Place, String, &str)> = reader
            .finish()
            .into_iter()
            .map(
                |Violation {
                     place, pointer, rule, ..
                 }| (place, pointer, rule),
            )
            .collect();
        assert_eq!(
            rules,
            [
                (Place::Path, "code".to_owned(), "encoding"),
                (Place::Query, "l".to_owned(), "maxItems"),
                (Place::Query, "m".to_owned(), "maximum"),
                (Place::Query, "n".to_owned(), "duplicate"),
                (Place::Query, "t".to_owned(), "encoding"),
                (Place::Header, "x-tenant".to_owned(), "required"),
            ]
        );
    }

    #[test]
    fn lists_in_both_spellings() {
        let request = request("/?a=1&a=2&b=3,4&c=sort%20by+me");
        let mut reader = Reader::new(&request);
        let size = Size::default();
        assert_eq!(
            reader.query_list::<i32>("a", List::Repeated, size, &[]),
            Some(vec![1, 2])
        );
        assert_eq!(
            reader.query_list::<i32>("b", List::Commas, size, &[]),
            Some(vec![3, 4])
        );
        assert_eq!(reader.query_list::<i32>("z", List::Commas, size, &[]), None);
        assert_eq!(reader.query::<String>("c", &[]).as_deref(), Some("sort by me"));
        assert_eq!(reader.finish(), []);
    }
}
