//! The members of an object schema, known at compile time: for selections and for the names in violations.

use std::borrow::Cow;

use serde_json::Value;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::rule::noun;
use super::{Place, Violation};

/// The members of one object schema. A list has the shape of its items.
#[derive(Debug)]
pub struct Shape {
    /// The schema's name in the document.
    pub name: &'static str,
    pub members: &'static [Member],
}

/// One member of an object schema.
#[derive(Debug)]
pub struct Member {
    /// The name on the wire.
    pub wire: &'static str,
    /// The name of the Rust field.
    pub field: &'static str,
    /// The members of the member, when it is an object or a list of objects.
    pub shape: Option<&'static Shape>,
}

impl Shape {
    /// Looks a member up by its name on the wire.
    pub fn member(&self, wire: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.wire == wire)
    }

    /// Validates an object of this shape that stands at `pointer` in the body.
    pub fn check<T: Validate>(&self, pointer: &str, value: &T) -> Vec<Violation> {
        value
            .validate()
            .err()
            .map_or_else(Vec::new, |errors| self.violations(pointer, &errors))
    }

    /// Turns the findings of `validator` into violations: with the names of the wire, and without the values.
    /// `pointer` is where the object stands in the body.
    pub fn violations(&self, pointer: &str, errors: &ValidationErrors) -> Vec<Violation> {
        let mut violations = Vec::new();
        self.gather(pointer, errors, &mut violations);
        violations.sort();
        violations
    }

    fn gather(&self, pointer: &str, errors: &ValidationErrors, out: &mut Vec<Violation>) {
        for (field, kind) in errors.errors() {
            let member = self.members.iter().find(|member| member.field == field);
            let name = member.map_or(field.as_ref(), |member| member.wire);
            let below = member.and_then(|member| member.shape).unwrap_or(self);
            let pointer = format!("{pointer}/{}", escape(name));
            match kind {
                ValidationErrorsKind::Field(errors) => {
                    out.extend(errors.iter().map(|error| violation(&pointer, error)));
                }
                ValidationErrorsKind::Struct(errors) => below.gather(&pointer, errors, out),
                ValidationErrorsKind::List(items) => {
                    for (index, errors) in items {
                        below.gather(&format!("{pointer}/{index}"), errors, out);
                    }
                }
            }
        }
    }
}

/// The violations of a list that is the whole body.
pub fn list_violations<const N: usize>(checks: [Result<(), ValidationError>; N]) -> Vec<Violation> {
    checks
        .into_iter()
        .filter_map(Result::err)
        .map(|error| violation("", &error))
        .collect()
}

/// Escapes a name for a JSON pointer (RFC 6901).
pub fn escape(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}

/// Words for one finding on the value at `pointer`.
pub fn violation(pointer: &str, error: &ValidationError) -> Violation {
    let pointer = match error.params.get("index") {
        Some(index) => format!("{pointer}/{index}"),
        None => pointer.to_owned(),
    };
    let (rule, message) = match error.code.as_ref() {
        "length" => length(error, "minLength", "maxLength", "character"),
        "items" => length(error, "minItems", "maxItems", "item"),
        "range" => range(error),
        "pattern" => ("pattern", message(error)),
        "minLength" => ("minLength", message(error)),
        "maxLength" => ("maxLength", message(error)),
        "minimum" => ("minimum", message(error)),
        "maximum" => ("maximum", message(error)),
        "minItems" => ("minItems", message(error)),
        "maxItems" => ("maxItems", message(error)),
        "uniqueItems" => ("uniqueItems", message(error)),
        _ => ("schema", "must be as its schema says".to_owned()),
    };
    Violation::new(Place::Body, pointer, rule, message)
}

fn message(error: &ValidationError) -> String {
    error.message.clone().unwrap_or_default().into_owned()
}

/// `validator` names only the pair of limits; the value, which goes no further than this, tells which one it was.
fn length(
    error: &ValidationError,
    least_rule: &'static str,
    most_rule: &'static str,
    unit: &'static str,
) -> (&'static str, String) {
    let actual = match error.params.get("value") {
        Some(Value::String(text)) => text.chars().count(),
        Some(Value::Array(items)) => items.len(),
        _ => usize::MAX,
    };
    let limit = |name| {
        error
            .params
            .get(name)
            .and_then(Value::as_u64)
            .and_then(|limit| usize::try_from(limit).ok())
    };
    match (limit("min"), limit("max")) {
        (Some(least), _) if actual < least => (
            least_rule,
            format!("must have at least {least} {}", noun(least, unit)),
        ),
        (_, most) => {
            let most = most.unwrap_or_default();
            (
                most_rule,
                format!("must have at most {most} {}", noun(most, unit)),
            )
        }
    }
}

fn range(error: &ValidationError) -> (&'static str, String) {
    let number = |name| error.params.get(name).and_then(Value::as_f64);
    let limit = |name| error.params.get(name).map(Value::to_string).unwrap_or_default();
    match (number("min"), number("value")) {
        (Some(least), Some(value)) if value < least => {
            ("minimum", format!("must be at least {}", limit("min")))
        }
        _ => ("maximum", format!("must be at most {}", limit("max"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Member, Shape};
    use crate::runtime::{Place, Violation};
    use validator::Validate;

    #[derive(Validate)]
    struct Outer {
        #[validate(length(min = 1, max = 3))]
        group_code: String,
        #[validate(length(max = 1, code = "items"), nested)]
        users: Vec<Inner>,
    }

    #[derive(Validate, serde::Serialize)]
    struct Inner {
        #[validate(range(min = 0, max = 9))]
        role_id: i32,
    }

    static INNER: Shape = Shape {
        name: "Inner",
        members: &[Member {
            wire: "roleId",
            field: "role_id",
            shape: None,
        }],
    };
    static OUTER: Shape = Shape {
        name: "Outer",
        members: &[
            Member {
                wire: "group/Code",
                field: "group_code",
                shape: None,
            },
            Member {
                wire: "users",
                field: "users",
                shape: Some(&INNER),
            },
        ],
    };

    #[test]
    fn names_are_those_of_the_wire_and_values_stay_out() {
        let outer = Outer {
            group_code: "secret".to_owned(),
            users: vec![Inner { role_id: 10 }, Inner { role_id: -1 }],
        };
        let found = OUTER.violations("", &outer.validate().unwrap_err());
        let body = |pointer: &str, rule, message: &str| Violation::new(Place::Body, pointer, rule, message);
        assert_eq!(
            found,
            [
                body("/group~1Code", "maxLength", "must have at most 3 characters"),
                body("/users", "maxItems", "must have at most 1 item"),
            ]
        );
        let outer = Outer {
            group_code: String::new(),
            users: vec![Inner { role_id: -1 }],
        };
        let found = OUTER.violations("/0", &outer.validate().unwrap_err());
        assert_eq!(
            found,
            [
                body("/0/group~1Code", "minLength", "must have at least 1 character"),
                body("/0/users/0/roleId", "minimum", "must be at least 0"),
            ]
        );
    }
}
