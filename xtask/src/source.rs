//! A Rust source as a flat list of tokens with positions, and which lines of it are tests.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use proc_macro2::{Delimiter, LineColumn, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::finding::Finding;
use crate::workspace::TextFile;

/// The tokens of a file, groups opened up, comments left out.
#[derive(Debug)]
pub struct Source {
    /// Path relative to the root.
    pub path: PathBuf,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    tests: Vec<RangeInclusive<usize>>,
}

/// One identifier, literal, punctuation character or bracket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// As written.
    pub text: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

impl Source {
    /// Reads a file; text that is no Rust is a finding.
    pub fn parse(file: &TextFile) -> Result<Self, Finding> {
        let (syntax, stream) = parse(file)?;
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let mut tests = TestLines::default();
        tests.visit_file(&syntax);
        Ok(Self {
            path: file.path.clone(),
            tokens,
            tests: tests.found,
        })
    }

    /// Whether a line belongs to an item that is compiled for tests only.
    pub fn is_test_line(&self, line: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&line))
    }

    /// The windows of tokens that equal the pattern; `_` in a pattern stands for any one token.
    pub fn matches<'a>(&'a self, pattern: &'a [&'a str]) -> impl Iterator<Item = &'a [Token]> {
        self.tokens
            .windows(pattern.len())
            .filter(move |window| window.iter().zip(pattern).all(|(t, p)| *p == "_" || t.text == *p))
    }
}

/// The syntax tree and the tokens of a file; text that is no Rust is a finding.
pub fn parse(file: &TextFile) -> Result<(syn::File, TokenStream), Finding> {
    let stream: Result<TokenStream, _> = file.text.parse();
    let parsed = stream.map_err(syn::Error::from).and_then(|stream| {
        let syntax: syn::File = syn::parse2(stream.clone())?;
        Ok((syntax, stream))
    });
    parsed.map_err(|error| {
        let start = error.span().start();
        Finding {
            rule: "rust-syntax",
            file: file.path.clone(),
            line: start.line,
            column: start.column + 1,
            text: error.to_string(),
            mend: None,
        }
    })
}

/// The place of a literal text in a source; its first line if it is not there.
pub fn place_of(text: &str, literal: &str) -> (usize, usize) {
    let mut lines = text.lines().enumerate();
    let first = lines.find_map(|(index, line)| {
        let at = line.find(literal)?;
        Some((index + 1, line[..at].chars().count() + 1))
    });
    first.unwrap_or((1, 1))
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(token(open.to_owned(), group.span_open().start()));
                flatten(group.stream(), tokens);
                tokens.push(token(close.to_owned(), group.span_close().start()));
            }
            other => tokens.push(token(other.to_string(), other.span().start())),
        }
    }
}

fn token(text: String, start: LineColumn) -> Token {
    Token {
        text,
        line: start.line,
        column: start.column + 1,
    }
}

/// Collects the lines of items below `#[cfg(test)]`.
#[derive(Default)]
struct TestLines {
    found: Vec<RangeInclusive<usize>>,
}

impl<'ast> Visit<'ast> for TestLines {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes: &[syn::Attribute] = match item {
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            _ => &[],
        };
        if attributes.iter().any(is_cfg_test) {
            self.found.push(item.span().start().line..=item.span().end().line);
        } else {
            visit::visit_item(self, item);
        }
    }
}

fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Path>()
            .is_ok_and(|argument| argument.is_ident("test"))
}

#[cfg(test)]
mod tests;
