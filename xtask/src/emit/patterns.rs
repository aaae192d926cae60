//! `patterns.rs`: each pattern of the document once, compiled when it is first needed.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use crate::ir::{Api, Kind, Limits, ParamKind, Type};

/// The patterns of a document, in the order of their first use.
pub struct Patterns(Vec<String>);

impl Patterns {
    pub fn of(api: &Api<'_>) -> Self {
        let mut patterns = Self(Vec::new());
        for schema in &api.schemas {
            match &schema.kind {
                Kind::Object { members, .. } => {
                    for member in members {
                        patterns.note(&member.ty, &member.limits);
                    }
                }
                Kind::List { items, .. } => patterns.note(&items.ty, &items.limits),
                Kind::Choice(_) => {}
            }
        }
        for param in api.operations.iter().flat_map(|operation| &operation.params) {
            match &param.kind {
                ParamKind::One(ty) => patterns.note(ty, &param.limits),
                ParamKind::Many { items, .. } => patterns.note(&items.ty, &items.limits),
                ParamKind::Selection(_) => patterns.note(&Type::Text, &param.limits),
            }
        }
        patterns
    }

    fn note(&mut self, ty: &Type, limits: &Limits) {
        if let Type::List(items) = ty {
            self.note(&items.ty, &items.limits);
        }
        // Other types are right by being what they are.
        let Some(pattern) = limits.pattern.as_ref().filter(|_| matches!(ty, Type::Text | Type::Secret)) else { return };
        if !self.0.contains(pattern) {
            self.0.push(pattern.clone());
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of the static, such as `PATTERN_1`.
    pub fn constant(&self, pattern: &str) -> Ident {
        format_ident!("PATTERN_{}", self.index(pattern))
    }

    /// The name of the function that checks it, such as `pattern_1`.
    pub fn function(&self, pattern: &str) -> Ident {
        format_ident!("pattern_{}", self.index(pattern))
    }

    fn index(&self, pattern: &str) -> usize {
        self.0.iter().position(|have| have == pattern).map_or(0, |index| index + 1)
    }

    pub fn emit(&self) -> TokenStream {
        let items = self.0.iter().map(|pattern| {
            let (constant, function) = (self.constant(pattern), self.function(pattern));
            let about = docs(&format!("`{pattern}`"));
            quote! {
                #about
                pub static #constant: Pattern = LazyLock::new(|| rule::compile(#pattern));

                /// Checks a text against the pattern.
                pub fn #function<T: Ruled>(text: &T) -> Result<(), ValidationError> {
                    rule::matches(text, &#constant)
                }
            }
        });
        quote! {
            //! The patterns of the document.

            use std::sync::LazyLock;

            use contract::runtime::rule::{self, Pattern, Ruled};
            use validator::ValidationError;

            #(#items)*
        }
    }
}
