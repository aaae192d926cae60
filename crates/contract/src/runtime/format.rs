//! The media types of a dialect that has several, and which of them a request is answered in.

use actix_web::HttpRequest;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE};

use super::form::Folding;
use super::negotiate::{is_media_type, weight};
use super::query::Query;
use super::{Refusal, body};

/// A media type of bodies and answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Json,
    Xml,
}

impl Format {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        }
    }

    /// The word for it in a query parameter.
    const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
        }
    }
}

/// What a dialect takes and answers, and what it tolerates.
#[derive(Clone, Copy, Debug)]
pub struct Protocol {
    /// The first is the default.
    pub formats: &'static [Format],
    /// The media types in words, for refusals.
    pub supported: &'static str,
    /// The query parameter that names the format of the answer.
    pub format_parameter: Option<&'static str>,
    pub folding: Folding,
    /// `text/xml` counts as `application/xml`.
    pub text_xml: bool,
    /// An empty `Content-Type` counts as none.
    pub empty_content_type: bool,
}

/// The format of an answer, decided before anything of the request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Negotiated {
    pub format: Format,
    is_acceptable: bool,
}

impl Protocol {
    /// Decides the format of the answer: the format parameter, else what `Accept` likes best, else the media type
    /// of the request, else the default. Where that leaves nothing, refusals are in the format that comes next.
    pub fn decide(&self, request: &HttpRequest, query: &Query<'_>) -> Negotiated {
        let named = self.format_parameter.and_then(|name| query.text(name));
        let named = named.and_then(|word| {
            let is_meant = |format: &&Format| {
                word == format.word() || self.folding.values && word.eq_ignore_ascii_case(format.word())
            };
            self.formats.iter().find(is_meant)
        });
        if let Some(format) = named {
            return Negotiated {
                format: *format,
                is_acceptable: true,
            };
        }
        let liked = self.liked(request);
        let (among, is_acceptable) = match liked.as_slice() {
            [] => (self.formats, false),
            liked => (liked, true),
        };
        let own = self.given(request).ok().filter(|format| among.contains(format));
        let first = among.first().copied().unwrap_or(Format::Json);
        Negotiated {
            format: own.unwrap_or(first),
            is_acceptable,
        }
    }

    /// The format of the request's body. No `Content-Type` means the default.
    pub fn content_type(&self, request: &HttpRequest) -> Result<Format, Refusal> {
        let refusal = Refusal::UnsupportedMediaType {
            supported: self.supported,
        };
        if body::is_encoded(request) {
            return Err(refusal);
        }
        self.given(request).map_err(|()| refusal)
    }

    /// Refuses a request that accepts nothing that there is.
    pub fn accept(&self, negotiated: Negotiated) -> Result<(), Refusal> {
        if negotiated.is_acceptable {
            return Ok(());
        }
        Err(Refusal::NotAcceptable {
            supported: self.supported,
        })
    }

    fn given(&self, request: &HttpRequest) -> Result<Format, ()> {
        let mut given = request.headers().get_all(CONTENT_TYPE);
        let first = given.next();
        let default = self.formats.first().copied().unwrap_or(Format::Json);
        let text = match first.map(|first| first.to_str()) {
            _ if given.next().is_some() => return Err(()),
            None => return Ok(default),
            Some(Ok(text)) if text.trim().is_empty() && self.empty_content_type => return Ok(default),
            Some(Ok(text)) => text,
            Some(Err(_)) => return Err(()),
        };
        let is_given = |format: &&Format| self.names(**format).any(|name| is_media_type(text, name));
        self.formats.iter().find(is_given).copied().ok_or(())
    }

    /// The formats that `Accept` likes best; all of them where it says nothing.
    fn liked(&self, request: &HttpRequest) -> Vec<Format> {
        let headers = request.headers().get_all(ACCEPT);
        let texts: Vec<&str> = headers.filter_map(|value| value.to_str().ok()).collect();
        let likings: Vec<(Format, Option<u16>)> = self
            .formats
            .iter()
            .map(|format| {
                let names: Vec<&str> = self.names(*format).collect();
                (*format, weight(&texts, &names))
            })
            .collect();
        if likings.iter().all(|(_, liking)| liking.is_none()) {
            return self.formats.to_vec();
        }
        let best = likings
            .iter()
            .filter_map(|(_, liking)| *liking)
            .max()
            .unwrap_or_default();
        let is_best = |liking: Option<u16>| best > 0 && liking == Some(best);
        likings
            .iter()
            .filter(|(_, liking)| is_best(*liking))
            .map(|(format, _)| *format)
            .collect()
    }

    fn names(&self, format: Format) -> impl Iterator<Item = &'static str> {
        let alias = (format == Format::Xml && self.text_xml).then_some("text/xml");
        std::iter::once(format.media_type()).chain(alias)
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Negotiated, Protocol};
    use crate::runtime::form::Folding;
    use crate::runtime::query::Query;
    use actix_web::test::TestRequest;

    const PROTOCOL: Protocol = Protocol {
        formats: &[Format::Xml, Format::Json],
        supported: "XML or JSON",
        format_parameter: Some("format"),
        folding: Folding {
            names: true,
            values: true,
        },
        text_xml: true,
        empty_content_type: true,
    };

    fn negotiate(uri: &str, headers: &[(&str, &str)]) -> Negotiated {
        let mut request = TestRequest::with_uri(uri);
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        let request = request.to_http_request();
        PROTOCOL.decide(&request, &Query::of(&request, PROTOCOL.folding))
    }

    #[test]
    fn parameter_then_accept_then_content_type_then_default() {
        let json = ("content-type", "application/json");
        for (uri, headers, format) in [
            ("/", &[][..], Format::Xml),
            ("/", &[json], Format::Json),
            (
                "/?format=xml",
                &[json, ("accept", "application/json")],
                Format::Xml,
            ),
            ("/?FORMAT=Json", &[("accept", "text/html")], Format::Json),
            ("/?format=yaml", &[json], Format::Json),
            ("/", &[("accept", "application/json")], Format::Json),
            ("/", &[json, ("accept", "text/xml")], Format::Xml),
            ("/", &[json, ("accept", "*/*")], Format::Json),
            ("/", &[("accept", "*/*")], Format::Xml),
            (
                "/",
                &[("accept", "application/xml;q=0.5, application/json;q=0.6")],
                Format::Json,
            ),
            ("/", &[json, ("accept", "text/html, */*;q=0.1")], Format::Json),
            ("/", &[("accept", "application/xml;q=0, */*")], Format::Json),
            ("/", &[json, ("accept", "nonsense")], Format::Json),
        ] {
            let negotiated = negotiate(uri, headers);
            assert_eq!(negotiated.format, format, "{uri} {headers:?}");
            assert!(PROTOCOL.accept(negotiated).is_ok(), "{uri} {headers:?}");
        }
        for headers in [&[("accept", "text/html")][..], &[("accept", "*/*;q=0"), json]] {
            let negotiated = negotiate("/", headers);
            assert!(PROTOCOL.accept(negotiated).is_err(), "{headers:?}");
        }
        let refused = negotiate("/", &[("accept", "text/html"), json]);
        assert_eq!(
            refused.format,
            Format::Json,
            "the refusal is in the request's format"
        );
    }

    #[test]
    fn content_types() {
        for (given, expected) in [
            (None, Some(Format::Xml)),
            (Some(""), Some(Format::Xml)),
            (Some("text/xml; charset=utf-8"), Some(Format::Xml)),
            (Some("Application/JSON"), Some(Format::Json)),
            (Some("application/xml; charset=utf-16"), None),
            (Some("text/plain"), None),
        ] {
            let mut request = TestRequest::post();
            if let Some(given) = given {
                request = request.insert_header(("content-type", given));
            }
            let found = PROTOCOL.content_type(&request.to_http_request()).ok();
            assert_eq!(found, expected, "{given:?}");
        }
    }
}
