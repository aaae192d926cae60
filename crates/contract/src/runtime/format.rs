//! The media types of a dialect that has several, and which of them a request is answered in.

use actix_web::HttpRequest;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE};

use super::form::Folding;
use super::negotiate::{is_media_type, weight};
use super::query::Query;
use super::{Refusal, body, pairs};

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

/// What the body of an operation is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// The formats of the dialect.
    Own,
    /// JSON under other names. `supported` says in words what is documented.
    Json {
        names: &'static [&'static str],
        supported: &'static str,
    },
    /// Pairs of names and texts.
    Form,
}

/// How a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    Json,
    Xml,
    Form,
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
    /// `text/json` counts as `application/json`.
    pub text_json: bool,
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

    /// How the request's body is to be read. No `Content-Type` means the default.
    pub fn content_type(&self, request: &HttpRequest, media: Media) -> Result<Syntax, Refusal> {
        let supported = media.supported(self);
        let refusal = Refusal::UnsupportedMediaType { supported };
        if body::is_encoded(request) {
            return Err(refusal);
        }
        let syntax = match media {
            Media::Own => self.given(request).map(|format| match format {
                Format::Json => Syntax::Json,
                Format::Xml => Syntax::Xml,
            }),
            Media::Json { names, .. } => self.given_as(request, names).map(|()| Syntax::Json),
            Media::Form => self
                .given_as(request, &[pairs::MEDIA_TYPE])
                .map(|()| Syntax::Form),
        };
        syntax.map_err(|()| refusal)
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

    /// The text of `Content-Type`; `None` where there is none.
    fn named<'r>(&self, request: &'r HttpRequest) -> Result<Option<&'r str>, ()> {
        let mut given = request.headers().get_all(CONTENT_TYPE);
        let first = given.next();
        match first.map(|first| first.to_str()) {
            _ if given.next().is_some() => Err(()),
            None => Ok(None),
            Some(Ok(text)) if text.trim().is_empty() && self.empty_content_type => Ok(None),
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(_)) => Err(()),
        }
    }

    fn given_as(&self, request: &HttpRequest, names: &[&str]) -> Result<(), ()> {
        match self.named(request)? {
            Some(text) if !names.iter().any(|name| is_media_type(text, name)) => Err(()),
            _ => Ok(()),
        }
    }

    fn given(&self, request: &HttpRequest) -> Result<Format, ()> {
        let Some(text) = self.named(request)? else {
            return Ok(self.formats.first().copied().unwrap_or(Format::Json));
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
        let alias = match format {
            Format::Json => self.text_json.then_some("text/json"),
            Format::Xml => self.text_xml.then_some("text/xml"),
        };
        std::iter::once(format.media_type()).chain(alias)
    }
}

impl Media {
    /// What a body may be, in words.
    pub fn supported(self, protocol: &Protocol) -> &'static str {
        match self {
            Self::Own => protocol.supported,
            Self::Json { supported, .. } => supported,
            Self::Form => "`application/x-www-form-urlencoded`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Media, Negotiated, Protocol, Syntax};
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
        text_json: false,
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
        let patch = Media::Json {
            names: &["application/json-patch+json", "text/json"],
            supported: "a patch",
        };
        for (media, given, expected) in [
            (Media::Own, None, Some(Syntax::Xml)),
            (Media::Own, Some(""), Some(Syntax::Xml)),
            (Media::Own, Some("text/xml; charset=utf-8"), Some(Syntax::Xml)),
            (Media::Own, Some("Application/JSON"), Some(Syntax::Json)),
            (Media::Own, Some("application/xml; charset=utf-16"), None),
            (Media::Own, Some("text/plain"), None),
            (Media::Own, Some("text/json"), None),
            (patch, None, Some(Syntax::Json)),
            (patch, Some(""), Some(Syntax::Json)),
            (patch, Some("text/json; charset=utf-8"), Some(Syntax::Json)),
            (patch, Some("application/JSON-patch+json"), Some(Syntax::Json)),
            (patch, Some("application/json"), None),
            (patch, Some("application/xml"), None),
            (Media::Form, None, Some(Syntax::Form)),
            (
                Media::Form,
                Some("application/x-www-form-urlencoded"),
                Some(Syntax::Form),
            ),
            (Media::Form, Some("application/json"), None),
        ] {
            let mut request = TestRequest::post();
            if let Some(given) = given {
                request = request.insert_header(("content-type", given));
            }
            let found = PROTOCOL.content_type(&request.to_http_request(), media).ok();
            assert_eq!(found, expected, "{media:?} {given:?}");
        }
        let text_json = Protocol {
            text_json: true,
            ..PROTOCOL
        };
        let request = TestRequest::post().insert_header(("content-type", "text/json"));
        let found = text_json.content_type(&request.to_http_request(), Media::Own);
        assert_eq!(found.ok(), Some(Syntax::Json));
    }
}
