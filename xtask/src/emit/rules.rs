//! Limits as code: attributes for `validator`, and rules for parameters and items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::{Context, number};
use crate::ir::{Limits, Type};

/// The rules of a scalar, for the runtime.
pub fn rules(context: &Context<'_>, ty: &Type, limits: &Limits) -> Vec<TokenStream> {
    let mut rules = Vec::new();
    if is_text(ty) {
        rules.extend(limits.min_length.map(|least| rule("MinLength", &count(least))));
        rules.extend(limits.max_length.map(|most| rule("MaxLength", &count(most))));
        rules.extend(limits.pattern.as_ref().map(|pattern| {
            let constant = context.patterns.constant(pattern);
            limits.says.as_ref().map_or_else(
                || quote!(Rule::Pattern(&#constant)),
                |words| quote!(Rule::Form(&#constant, #words)),
            )
        }));
    }
    if *ty == Type::Number {
        rules.extend(
            limits
                .minimum
                .as_ref()
                .map(|least| rule("LeastNumber", &float(least))),
        );
        rules.extend(
            limits
                .maximum
                .as_ref()
                .map(|most| rule("GreatestNumber", &float(most))),
        );
    } else if let Some((least, most)) = whole_range(ty) {
        let narrow =
            |limit: Option<&Number>, edge| limit.and_then(Number::as_i64).filter(|limit| *limit != edge);
        rules.extend(narrow(limits.minimum.as_ref(), least).map(|least| rule("Minimum", &number(least))));
        rules.extend(narrow(limits.maximum.as_ref(), most).map(|most| rule("Maximum", &number(most))));
    }
    rules
}

fn rule(name: &str, value: &TokenStream) -> TokenStream {
    let name = super::ident(name);
    quote!(Rule::#name(#value))
}

/// The `validate` attributes of a member. `items` is the name of the function that checks its items, if there
/// is one; `is_object` says that the value, or its items, have members of their own.
pub fn attributes(
    context: &Context<'_>,
    ty: &Type,
    limits: &Limits,
    items: Option<&TokenStream>,
    is_object: bool,
) -> TokenStream {
    let mut parts = Vec::new();
    if is_text(ty) {
        parts.extend(length(limits.min_length, limits.max_length, None));
        parts.extend(limits.pattern.as_ref().map(|pattern| {
            let function = context.patterns.function(pattern);
            quote!(custom(function = #function))
        }));
    }
    if matches!(ty, Type::List(_)) {
        parts.extend(length(limits.min_items, limits.max_items, Some("items")));
        parts.extend(items.map(|function| quote!(custom(function = #function))));
    }
    parts.extend(range(ty, limits));
    if is_object {
        parts.push(quote!(nested));
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[validate(#(#parts),*)])
    }
}

fn length(least: Option<u64>, most: Option<u64>, code: Option<&str>) -> Option<TokenStream> {
    let mut parts = Vec::new();
    parts.extend(least.map(|least| {
        let least = count(least);
        quote!(min = #least)
    }));
    parts.extend(most.map(|most| {
        let most = count(most);
        quote!(max = #most)
    }));
    if parts.is_empty() {
        return None;
    }
    parts.extend(code.map(|code| quote!(code = #code)));
    Some(quote!(length(#(#parts),*)))
}

fn range(ty: &Type, limits: &Limits) -> Option<TokenStream> {
    let (least, most) = if *ty == Type::Number {
        (
            limits.minimum.as_ref().map(float),
            limits.maximum.as_ref().map(float),
        )
    } else {
        let (lowest, highest) = whole_range(ty)?;
        let narrow = |limit: &Option<Number>, edge| {
            limit
                .as_ref()
                .and_then(Number::as_i64)
                .filter(|limit| *limit != edge)
                .map(number)
        };
        (narrow(&limits.minimum, lowest), narrow(&limits.maximum, highest))
    };
    let least = least.map(|least| quote!(min = #least));
    let most = most.map(|most| quote!(max = #most));
    let parts: Vec<TokenStream> = least.into_iter().chain(most).collect();
    if parts.is_empty() {
        None
    } else {
        Some(quote!(range(#(#parts),*)))
    }
}

/// What the type itself holds.
fn whole_range(ty: &Type) -> Option<(i64, i64)> {
    match ty {
        Type::Int32 => Some((i32::MIN.into(), i32::MAX.into())),
        Type::Int64 => Some((i64::MIN, i64::MAX)),
        _ => None,
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Secret)
}

/// A count of characters or items.
pub fn count(value: u64) -> TokenStream {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

fn float(value: &Number) -> TokenStream {
    let value = value.as_f64().unwrap_or_default();
    let literal = decimal(value.abs())
        .parse::<Literal>()
        .unwrap_or_else(|_| Literal::f64_unsuffixed(value.abs()));
    if value < 0.0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}

/// A number as people read it: an exponent where it is long, else digits in groups of three.
fn decimal(value: f64) -> String {
    let is_long = value >= 1e15 || value != 0.0 && value < 1e-5;
    let text = if is_long {
        format!("{value:e}")
    } else {
        format!("{value:?}")
    };
    let (digits, exponent) = text.split_at(text.find('e').unwrap_or(text.len()));
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let grouped = |digits: &str, first: usize| {
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if digits.len() > 5 && index > 0 && index % 3 == first % 3 {
                text.push('_');
            }
            text.push(digit);
        }
        text
    };
    let fraction = fraction
        .strip_prefix('.')
        .map_or_else(String::new, |fraction| format!(".{}", grouped(fraction, 0)));
    format!("{}{fraction}{exponent}", grouped(whole, whole.len()))
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_as_people_read_them() {
        for (value, text) in [
            (0.0, "0.0"),
            (1.5, "1.5"),
            (12345.0, "12345.0"),
            (1_234_567.5, "1_234_567.5"),
            (0.123_456_7, "0.123_456_7"),
            (1e308, "1e308"),
            (0.000_001, "1e-6"),
            (18_446_744_073_709_552_000.0, "1.844_674_407_370_955_2e19"),
        ] {
            assert_eq!(decimal(value), text);
        }
    }
}
