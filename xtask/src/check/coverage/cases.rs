//! Finds the test cases in a Rust source.

use std::path::PathBuf;

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, ExprLit, ExprStruct, Lit, Macro, Member, Token};

use crate::finding::Finding;
use crate::workspace::TextFile;

/// The struct of a test case.
pub const NAME: &str = "Case";

/// A test case as the source states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// `operationId`.
    pub operation: String,
    /// Status the test expects.
    pub status: u16,
    /// The source.
    pub file: PathBuf,
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1.
    pub column: usize,
}

/// The cases of a file, and findings for those whose operation or status is no literal: what only a run
/// can know does not count as covered.
pub fn read(file: &TextFile) -> Result<(Vec<Case>, Vec<Finding>), Finding> {
    let syntax = syn::parse_file(&file.text).map_err(|error| {
        let start = error.span().start();
        finding(
            file,
            "rust-syntax",
            start.line,
            start.column + 1,
            &error.to_string(),
        )
    })?;
    let mut reader = Reader {
        file,
        cases: Vec::new(),
        findings: Vec::new(),
    };
    reader.visit_file(&syntax);
    Ok((reader.cases, reader.findings))
}

fn finding(file: &TextFile, rule: &'static str, line: usize, column: usize, text: &str) -> Finding {
    Finding {
        rule,
        file: file.path.clone(),
        line,
        column,
        text: text.to_owned(),
        mend: None,
    }
}

struct Reader<'a> {
    file: &'a TextFile,
    cases: Vec<Case>,
    findings: Vec<Finding>,
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_expr_struct(&mut self, literal: &'ast ExprStruct) {
        if literal
            .path
            .segments
            .last()
            .is_some_and(|segment| segment.ident == NAME)
        {
            self.case(literal);
        }
        visit::visit_expr_struct(self, literal);
    }

    /// The arguments of a macro such as `vec!` are tokens to syn; most are a list of expressions.
    fn visit_macro(&mut self, invocation: &'ast Macro) {
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(arguments) = list.parse2(invocation.tokens.clone()) {
            for argument in &arguments {
                self.visit_expr(argument);
            }
        }
        visit::visit_macro(self, invocation);
    }
}

impl Reader<'_> {
    fn case(&mut self, literal: &ExprStruct) {
        let start = literal.path.span().start();
        let (line, column) = (start.line, start.column + 1);
        let operation = field(literal, "operation").and_then(text);
        let status = field(literal, "status").and_then(number);
        match (operation, status) {
            (Some(operation), Some(status)) => {
                let file = self.file.path.clone();
                self.cases.push(Case { operation, status, file, line, column });
            }
            _ => self.findings.push(finding(
                self.file,
                "coverage-literal",
                line,
                column,
                "`operation` and `status` of a case must be literals, so that it can be counted without a run",
            )),
        }
    }
}

fn field<'e>(literal: &'e ExprStruct, name: &str) -> Option<&'e Expr> {
    let found = literal.fields.iter().find(|field| match &field.member {
        Member::Named(ident) => ident == name,
        Member::Unnamed(_) => false,
    });
    found.map(|field| &field.expr)
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text), ..
        }) => Some(text.value()),
        _ => None,
    }
}

fn number(expression: &Expr) -> Option<u16> {
    match expression {
        Expr::Lit(ExprLit {
            lit: Lit::Int(number),
            ..
        }) => number.base10_parse().ok(),
        _ => None,
    }
}
