//! Tries the headers of answers: an answer is made of values, and written as for a client.

use std::io::Write;

use actix_web::HttpResponse;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::runtime::json;
use crate::runtime::text::FromText;
use crate::runtime::wire::Read;

/// An answer with headers that a handler gives.
pub struct Headers {
    /// The `operationId`.
    pub operation: &'static str,
    pub status: u16,
    /// Writes the answer; `None` where it cannot be made of the values.
    pub run: fn(&Given) -> Option<HttpResponse>,
}

/// What an answer is made of.
#[derive(Deserialize)]
pub struct Given {
    /// The headers that are there, as text.
    headers: Map<String, Value>,
    #[serde(default)]
    body: Value,
}

impl Given {
    /// The body, if it is one of this schema.
    pub fn body<R: Read>(&self) -> Option<R::Value> {
        json::value::<R>(self.body.clone()).ok()
    }

    /// A header, if its text is a value of the type.
    pub fn header<T: FromText>(&self, name: &str) -> Option<T> {
        T::from_text(self.headers.get(name)?.as_str()?)
    }

    /// The same for a header that may be left out.
    pub fn optional<T: FromText>(&self, name: &str) -> Option<Option<T>> {
        match self.headers.get(name) {
            Some(_) => self.header(name).map(Some),
            None => Some(None),
        }
    }
}

/// Answers a sample with the headers that were written: names in small letters, each with its values.
pub fn tell(headers: &Headers, line: &str, output: &mut impl Write) -> std::io::Result<()> {
    let given: Given = serde_json::from_str(line)?;
    let Some(answer) = (headers.run)(&given) else {
        let refused = json!({"violations": [["", "", "no answer can be made of it"]]});
        return writeln!(output, "{refused}");
    };
    let mut written: Map<String, Value> = Map::new();
    for (name, value) in answer.headers() {
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let values = written.entry(name.as_str()).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(text.into());
        }
    }
    writeln!(output, "{}", json!({"written": written}))
}
