//! A file of JSON read in pieces: the caller walks through its outer objects and lists, and takes single values out. Of the
//! whole file no more than one such value is in memory.

use super::place::Place;
use super::strict::Strict;
use super::unique::Unique;
use model::{Error, Result};
use serde::de::DeserializeOwned;
use std::io::{ErrorKind, Read};

/// The longest single value, in bytes.
const MAX_VALUE: usize = 16 * 1024 * 1024;
/// The deepest nesting inside of one value.
const MAX_DEPTH: usize = 120;
/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// The reader of one file.
pub struct Scanner<R> {
    input: R,
    piece: Vec<u8>,
    /// What of the piece is read.
    at: usize,
    place: Place,
    /// For each object or list that is open: nothing of it was read yet.
    fresh: Vec<bool>,
}

/// The text of one value, and where it begins.
#[derive(Debug)]
pub struct Raw {
    text: Vec<u8>,
    pub place: Place,
}

impl<R: Read> Scanner<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            piece: Vec::new(),
            at: 0,
            place: Place::START,
            fresh: Vec::new(),
        }
    }

    /// Where the next byte is that is no space.
    pub fn place(&mut self) -> Result<Place> {
        self.skip()?;
        Ok(self.place)
    }

    /// Passes over a byte order mark, which some editors and shells begin a file with.
    pub fn mark(&mut self) -> Result<()> {
        if matches!(self.peek()?, Some(0xFE | 0xFF)) {
            return Err(self.place.wrong("encoding", "is not UTF-8"));
        }
        for byte in BYTE_ORDER_MARK {
            if self.peek()? == Some(byte) {
                self.bump()?;
            }
        }
        Ok(())
    }

    /// Enters an object.
    pub fn object(&mut self) -> Result<()> {
        self.open(b'{', "an object")
    }

    /// Enters a list.
    pub fn list(&mut self) -> Result<()> {
        self.open(b'[', "a list")
    }

    /// The name of the next member of the object, with its place; the value is to be read next. None leaves the object.
    pub fn member(&mut self) -> Result<Option<(String, Place)>> {
        if !self.next(b'}', "`,` or `}`")? {
            return Ok(None);
        }
        let place = self.place()?;
        if self.peek()? != Some(b'"') {
            return Err(self.unexpected("a member's name in quotes"));
        }
        let name: String = self.value()?.read()?;
        self.skip()?;
        if self.peek()? != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.bump()?;
        Ok(Some((name, place)))
    }

    /// Whether the list has one more item, which is to be read next; false leaves the list.
    pub fn item(&mut self) -> Result<bool> {
        self.next(b']', "`,` or `]`")
    }

    /// Takes a whole value.
    pub fn value(&mut self) -> Result<Raw> {
        let place = self.place()?;
        let mut raw = Raw {
            text: Vec::new(),
            place,
        };
        match self.peek()? {
            Some(b'"') => self.text(&mut raw)?,
            Some(b'{' | b'[') => self.nested(&mut raw)?,
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z') => {
                while let Some(byte) = self.peek()? {
                    if !(byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) {
                        break;
                    }
                    self.take(&mut raw)?;
                }
            }
            _ => return Err(self.unexpected("a value")),
        }
        Ok(raw)
    }

    /// Nothing but space may follow.
    pub fn end(&mut self) -> Result<()> {
        self.skip()?;
        match self.peek()? {
            None => Ok(()),
            Some(_) => Err(self.unexpected("nothing more")),
        }
    }

    fn open(&mut self, bracket: u8, what: &str) -> Result<()> {
        self.skip()?;
        if self.peek()? != Some(bracket) {
            return Err(self.unexpected(what));
        }
        self.bump()?;
        self.fresh.push(true);
        Ok(())
    }

    /// Whether something follows in the open object or list; else its bracket was read.
    fn next(&mut self, close: u8, expected: &str) -> Result<bool> {
        self.skip()?;
        let is_fresh = self.fresh.last().copied().unwrap_or_default();
        match self.peek()? {
            Some(byte) if byte == close => {
                self.bump()?;
                self.fresh.pop();
                Ok(false)
            }
            Some(_) if is_fresh => {
                if let Some(fresh) = self.fresh.last_mut() {
                    *fresh = false;
                }
                Ok(true)
            }
            Some(b',') => {
                self.bump()?;
                Ok(true)
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    fn text(&mut self, raw: &mut Raw) -> Result<()> {
        self.take(raw)?;
        loop {
            match self.peek()? {
                None => return Err(self.unexpected("the end of a text")),
                Some(b'"') => return self.take(raw),
                Some(b'\\') => {
                    self.take(raw)?;
                    if self.peek()?.is_some() {
                        self.take(raw)?;
                    }
                }
                Some(_) => self.take(raw)?,
            }
        }
    }

    fn nested(&mut self, raw: &mut Raw) -> Result<()> {
        let mut depth = 0;
        loop {
            match self.peek()? {
                None => return Err(self.unexpected("the end of an object or list")),
                Some(b'"') => self.text(raw)?,
                Some(byte) => {
                    match byte {
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth -= 1,
                        _ => {}
                    }
                    if depth > MAX_DEPTH {
                        let message = format!("is nested deeper than {MAX_DEPTH} levels");
                        return Err(self.place.wrong("depth", message));
                    }
                    self.take(raw)?;
                }
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    fn take(&mut self, raw: &mut Raw) -> Result<()> {
        if raw.text.len() >= MAX_VALUE {
            let message = format!("is longer than the {MAX_VALUE} bytes that one object may have");
            return Err(raw.place.wrong("size", message));
        }
        raw.text.extend(self.peek()?);
        self.bump()
    }

    fn skip(&mut self) -> Result<()> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek()? {
            self.bump()?;
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u8>> {
        if self.at == self.piece.len() {
            self.fill()?;
        }
        Ok(self.piece.get(self.at).copied())
    }

    fn bump(&mut self) -> Result<()> {
        if let Some(byte) = self.peek()? {
            self.at += 1;
            if byte == b'\n' {
                self.place.line += 1;
                self.place.column = 1;
            } else {
                self.place.column += 1;
            }
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<()> {
        self.piece.resize(PIECE, 0);
        self.at = 0;
        let read = loop {
            match self.input.read(&mut self.piece) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let read = read.map_err(|error| Error::internal(format!("the file cannot be read: {error}")))?;
        self.piece.truncate(read);
        Ok(())
    }

    fn unexpected(&mut self, expected: &str) -> Error {
        match self.peek() {
            Err(error) => error,
            Ok(None) => self
                .place
                .wrong("syntax", format!("the file ends where {expected} is due")),
            Ok(Some(_)) => self.place.wrong("syntax", format!("expected {expected}")),
        }
    }
}

/// What serde expects, and what people call it.
const EXPECTED: [(&str, &str); 3] = [
    ("expected struct ", "expected an object"),
    ("expected i", "expected a whole number"),
    ("expected u", "expected a whole number, not negative"),
];

/// The message without a text of the file, which may be a secret in the wrong place, and without names of our code.
fn told(message: &str) -> String {
    let message = match (message.find(" \""), message.rfind('"')) {
        (Some(from), Some(to)) => format!("{}{}", &message[..from], &message[to + 1..]),
        _ => message.to_owned(),
    };
    for (code, words) in EXPECTED {
        if let Some((before, name)) = message.split_once(code)
            && (code.ends_with(' ') || name.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return format!("{before}{words}");
        }
    }
    message
}

impl Raw {
    /// Reads the value. A name that is there twice, at any depth, is an error, as is one that the type does not know.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        if let Err(error) = std::str::from_utf8(&self.text) {
            let before = &self.text[..error.valid_up_to()];
            let line = before.split(|byte| *byte == b'\n').count();
            let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
            return Err(self.place.within(line, column).wrong("encoding", "is not UTF-8"));
        }
        self.parse::<Unique>()?;
        self.parse().map(|Strict(value)| value)
    }

    fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.text).map_err(|error| {
            let text = error.to_string();
            // The place that is said there counts from the beginning of this value.
            let message = text
                .rsplit_once(" at line ")
                .map_or(text.as_str(), |(message, _)| message);
            // The value is whole, so what is missing at its end was never meant to come.
            let message = if error.is_eof() {
                "is no JSON".to_owned()
            } else {
                told(message)
            };
            let rule = if error.is_data() { "type" } else { "syntax" };
            self.place
                .within(error.line(), error.column())
                .wrong(rule, message)
        })
    }
}
