//! Links are promises: each `href`, `moreInfo` and `Location` of an answer must lead somewhere, with the same
//! credential.

use crate::exchange::{Answer, Dialect, Request};
use crate::http::Reply;
use serde_json::Value;
use std::io;

/// The members of a body that hold a link.
const MEMBERS: [&str; 2] = ["href", "moreInfo"];
/// The headers that hold a link.
const HEADERS: [&str; 2] = ["location", "content-location"];
/// What belongs to the request itself and not to whoever sends it.
const OF_THE_REQUEST: [&str; 4] = ["content-type", "if-match", "if-none-match", "content-length"];

/// Asks for every link of an answer that was not followed since the last write.
///
/// # Panics
/// When a link leads to another host, or is not answered with 200 as the document promises.
#[track_caller]
pub fn follow<D: Dialect>(request: &Request<D>, answer: &Answer<D>) -> io::Result<()> {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        request.wire.followed.lock().unwrap().clear();
    }
    for link in of(&answer.reply, answer.json()) {
        let target = link
            .strip_prefix(&request.wire.url)
            .unwrap_or_else(|| panic!("`{link}` leads elsewhere in\n{}", answer.told()));
        let mut next = Request::new(&request.wire, request.dialect.clone(), "GET", target.to_owned());
        next.headers = request
            .headers
            .iter()
            .filter(|(name, _)| !OF_THE_REQUEST.contains(&name.to_ascii_lowercase().as_str()))
            .cloned()
            .collect();
        if !request.wire.followed.lock().unwrap().insert(next.told()) {
            continue;
        }
        let status = if D::document().has_path(target) {
            next.ask()?.reply.status
        } else {
            next.exchange()?.status
        };
        assert_eq!(status, 200, "`{link}` leads nowhere in\n{}", answer.told());
    }
    Ok(())
}

/// The links of an answer, in its order.
fn of(reply: &Reply, body: &Value) -> Vec<String> {
    let mut links: Vec<String> = HEADERS.iter().filter_map(|name| reply.header(name)).collect();
    gather(body, &mut links);
    links
}

fn gather(value: &Value, links: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, links)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(link) if MEMBERS.contains(&name.as_str()) => links.push(link.clone()),
                    other => gather(other, links),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn links_are_found_at_any_depth() {
        let reply = Reply {
            status: 201,
            headers: vec![("location".to_owned(), "http://h/1".to_owned())],
            body: Vec::new(),
        };
        let body = json!({"a": [{"links": [{"rel": "self", "href": "http://h/2"}]}], "error": {"moreInfo": "http://h/3"}});
        assert_eq!(of(&reply, &body), ["http://h/1", "http://h/2", "http://h/3"]);
    }
}
