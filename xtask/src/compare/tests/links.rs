//! Links come and go with what they lead to, and are known by more than the words that they are written in.

use std::collections::BTreeSet;

use super::{SAMPLE, changes, edited, ids};

/// The sample, in which the answer of `createOrder` leads to what is at `/orders/{id}`, too.
fn with(links: &str) -> String {
    edited("          links:\n", &format!("          links:\n{links}"))
}

const DELETE: &str =
    "            gone: {operationId: deleteOrder, parameters: {path.id: $response.body#/number}}\n";

#[test]
fn a_link_is_known_by_the_operation_and_not_by_its_name() {
    let before = with(DELETE);
    let after = before.replace("deleteOrder", "removeOrder");
    assert_eq!(
        ids(&changes(&before, &after)),
        BTreeSet::from(["operation-id-changed"])
    );
}

#[test]
fn a_value_in_the_path_is_known_by_its_place() {
    let before = with(DELETE);
    let after = before
        .replace("{id}", "{number}")
        .replace("- name: id", "- name: number")
        .replace("path.id: ", "number: ");
    assert_eq!(
        ids(&changes(&before, &after)),
        BTreeSet::from(["path-value-renamed"])
    );
}

#[test]
fn a_link_comes_and_goes_with_its_operation() {
    let operation = "    delete:
      operationId: deleteOrder
      responses:
        '204':
          description: Gone.
        '400': {$ref: '#/components/responses/Error'}
";
    let with = with(DELETE);
    let without = edited(operation, "");
    assert_eq!(
        ids(&changes(&with, &without)),
        BTreeSet::from(["operation-removed"])
    );
    assert_eq!(
        ids(&changes(&without, &with)),
        BTreeSet::from(["operation-added"])
    );
}

#[test]
fn a_value_comes_and_goes_with_its_parameter() {
    let value = "                query.limit: 20\n";
    let with = edited(value, &format!("{value}                old: x\n"));
    let parameter = "        - name: old
          in: query
          deprecated: true
          x-sunset: 2020-01-31
          schema: {type: string, maxLength: 22}
";
    let without = edited(parameter, "");
    let gone = BTreeSet::from(["request-parameter-removed-after-sunset"]);
    assert_eq!(ids(&changes(&with, &without)), gone);
    assert_eq!(
        ids(&changes(&without, &with)),
        BTreeSet::from(["request-parameter-added"])
    );
}

#[test]
fn a_link_that_leads_nowhere_was_none() {
    let before = with("            gone: {operationId: deleteNothing}\n");
    assert!(changes(&before, SAMPLE).is_empty());
}

/// A link of `components` is one place, however many answers have it; a link that is gone stands at the answer.
#[test]
fn places_and_words() {
    let shared = |body: &str| {
        edited("components:\n", &format!("components:\n  links:\n    Again:\n      operationId: createOrder\n      requestBody: {body}\n"))
            .replace(
                "        '204':\n",
                "        '204':\n          links:\n            again: {$ref: '#/components/links/Again'}\n",
            )
    };
    let found = changes(&shared("$response.body#/a"), &shared("$response.body#/b"));
    let [change] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(change.pointer, "/components/links/Again/requestBody");
    assert_eq!(
        change.text,
        "link `again`: the body `$response.body#/a` -> `$response.body#/b`"
    );
    let operations: Vec<&str> = change.operations.iter().map(String::as_str).collect();
    assert_eq!(operations, ["createToken", "deleteOrder", "readLegacy"]);

    let found = changes(
        SAMPLE,
        &edited("                after: $response.body#/owner\n", ""),
    );
    assert_eq!(found[0].text, "link `following`: `after`");
    assert_eq!(
        found[0].pointer,
        "/paths/~1orders/post/responses/201/links/following/parameters/after"
    );
    let found = changes(&with(DELETE), SAMPLE);
    assert_eq!(found[0].text, "link `gone` to `deleteOrder`");
    assert_eq!(found[0].pointer, "/paths/~1orders/post/responses/201/links/gone");
    let links = SAMPLE.lines().position(|line| line == "          links:");
    assert_eq!(found[0].place, (links.unwrap() + 1, 11));
}
