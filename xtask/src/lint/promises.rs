//! Extensions that say what becomes of what was sent, and how lists are read. Nothing is generated from them; the suite
//! that the documents drive holds the server to them.

use super::extensions::Place;
use crate::document::Node;

/// What parameters and members have to do with pages of lists.
const PAGE: [&str; 9] = [
    "start", "number", "size", "counted", "items", "total", "pages", "more", "shown",
];

/// Whether an extension may stand here, whether it is right, and what it should be; none if it is another one.
pub fn check(node: &Node<'_>, name: &str, place: Place) -> Option<(bool, bool, &'static str)> {
    let is_text = |texts: &[&str]| node.value.as_str().is_some_and(|text| texts.contains(&text));
    let of_lists = matches!(place, Place::Parameter | Place::Schema);
    Some(match name {
        "x-roster-absent" => (
            matches!(place, Place::Operation | Place::Schema),
            is_text(&["keeps", "default"]),
            "`keeps` or `default`",
        ),
        "x-roster-default" => (place == Place::Schema, true, "a value"),
        "x-roster-filters" => (of_lists, node.value.is_string(), "the name of a member"),
        "x-roster-page" => (
            of_lists,
            is_text(&PAGE),
            "a word of the table in `openapi/README.md`",
        ),
        "x-roster-shown" => (
            place == Place::Schema,
            node.value.is_object() || is_text(&["otherwise"]),
            "`otherwise`, or what is shown for each word",
        ),
        _ => return None,
    })
}
