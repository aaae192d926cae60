//! `patterns.rs`: each pattern of the document once, compiled when it is first needed.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{docs, with_imports};
use crate::ir::{Api, Kind, Limits, ParamKind, Type};

/// The patterns of a document, in the order of their first use.
#[derive(Default)]
pub struct Patterns {
    all: Vec<String>,
    /// Those that `validator` checks, by a function, and what a refusal says instead of each.
    in_models: BTreeMap<String, Option<String>>,
}

impl Patterns {
    pub fn of(api: &Api<'_>) -> Self {
        let mut patterns = Self::default();
        for schema in &api.schemas {
            match &schema.kind {
                Kind::Object { members, .. } => {
                    for member in members {
                        patterns.note(&member.ty, &member.limits);
                        if let Some(pattern) = member.limits.pattern.clone().filter(|_| is_text(&member.ty)) {
                            let says = patterns.in_models.entry(pattern).or_default();
                            *says = says.take().or_else(|| member.limits.says.clone());
                        }
                    }
                }
                Kind::List { items, .. } => patterns.note(&items.ty, &items.limits),
                Kind::Map(_) | Kind::Choice(_) => {}
            }
        }
        for param in api.operations.iter().flat_map(|operation| &operation.params) {
            match &param.kind {
                ParamKind::One(ty) => patterns.note(ty, &param.limits),
                ParamKind::Many { items, .. } => patterns.note(&items.ty, &items.limits),
                ParamKind::Format(_) => {}
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
        let Some(pattern) = limits.pattern.as_ref().filter(|_| is_text(ty)) else {
            return;
        };
        if !self.all.contains(pattern) {
            self.all.push(pattern.clone());
        }
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
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
        self.all
            .iter()
            .position(|have| have == pattern)
            .map_or(0, |index| index + 1)
    }

    pub fn emit(&self) -> TokenStream {
        let items = self.all.iter().map(|pattern| {
            let (constant, function) = (self.constant(pattern), self.function(pattern));
            let about = docs(&format!("`{pattern}`"));
            let check = self.in_models.get(pattern).map(|says| {
                let rule = says.as_ref().map_or_else(
                    || quote!(Rule::Pattern(&#constant)),
                    |words| quote!(Rule::Form(&#constant, #words)),
                );
                quote! {
                    /// Checks a text against the pattern.
                    pub fn #function<T: Ruled>(text: &T) -> Result<(), ValidationError> {
                        rule::holds(text, #rule)
                    }
                }
            });
            quote! {
                #about
                pub static #constant: Pattern = LazyLock::new(|| rule::compile(#pattern));
                #check
            }
        });
        let body = with_imports(
            &quote!(#(#items)*),
            &[
                ("LazyLock", "std::sync::LazyLock"),
                ("Pattern", "contract::runtime::rule::Pattern"),
                ("Rule", "contract::runtime::rule::Rule"),
                ("Ruled", "contract::runtime::rule::Ruled"),
                ("rule", "contract::runtime::rule"),
                ("ValidationError", "validator::ValidationError"),
            ],
        );
        quote! {
            //! The patterns of the document.

            #body
        }
    }

    /// The paths of all statics and functions, for `with_imports`.
    pub fn paths(&self) -> Vec<(String, String)> {
        let names = self
            .all
            .iter()
            .flat_map(|pattern| [self.constant(pattern), self.function(pattern)]);
        names
            .map(|name| (name.to_string(), format!("super::patterns::{name}")))
            .collect()
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Secret)
}
