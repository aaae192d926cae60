//! Mutations of what only `cargo xtask generate` meets: a place where nothing can be written, and a generator that writes
//! what is no Rust.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use super::lint::{FILE, SMALL};
use super::mutation::{Edit, Expected, Mutation, Place};
use super::row::Row;
use super::tree::{Tree, apply};
use crate::check::Step;
use crate::document::Document;
use crate::emit::emit;
use crate::finding::Finding;
use crate::generate::{generate, render_by};
use crate::ir::Api;
use crate::workspace::{Fault, Workspace};

/// The first file that is written below the folder of the document.
const BLOCKED: &str = "crates/contract/src/generated/small/api.rs";

pub fn rows(_: &Workspace) -> Result<Vec<Row>, Fault> {
    let mutation = |name: &str, edits, rule, file: &str| Mutation {
        name: name.to_owned(),
        step: Step::Generated,
        edits,
        expected: vec![Expected::new(rule, file, Place::At(1, 1))],
    };
    let folder = vec![Edit::Folder(BLOCKED.into())];
    let folder = mutation(
        "a folder in place of a generated file",
        folder,
        "unwritable",
        BLOCKED,
    );
    let tree = Tree::new(&[(FILE, SMALL.as_bytes())])?;
    apply(tree.root(), &folder.edits)?;
    let unwritable = generate(tree.root()).err().unwrap_or_default();

    let token = mutation(
        "a generator that writes a word too many",
        Vec::new(),
        "generator",
        FILE,
    );
    let broken = broken().err().unwrap_or_default();
    Ok(vec![
        super::judged(&folder, &unwritable, &[]),
        super::judged(&token, &broken, &[]),
    ])
}

fn broken() -> Result<(), Vec<Finding>> {
    let document = Document::parse(FILE.into(), SMALL)?;
    render_by(&[document], |api: &Api<'_>| {
        let mut files = emit(api);
        if let Some((_, tokens)) = files.last_mut() {
            let word = TokenTree::Ident(Ident::new("word", Span::call_site()));
            *tokens = tokens.clone().into_iter().chain([word]).collect::<TokenStream>();
        }
        files
    })
    .map(drop)
}
