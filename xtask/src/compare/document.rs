//! The document as a whole: mount points, spellings, credentials.

use super::Comparison;
use crate::ir::{Api, SchemeKind};

impl Comparison<'_> {
    pub(super) fn document(&mut self) {
        let (before, after) = (self.before, self.after);
        let (was, is) = (servers(before), servers(after));
        for url in was.iter().filter(|url| !is.contains(url)) {
            self.note("server-removed", "/servers", format!("`{url}`"));
        }
        for url in is.iter().filter(|url| !was.contains(url)) {
            self.note("server-added", "/servers", format!("`{url}`"));
        }
        self.tolerances(&before.root, &after.root);
        let order = |api: &Api<'_>| {
            api.root
                .text("x-roster-xml-order")
                .unwrap_or("as written")
                .to_owned()
        };
        if order(before) != order(after) {
            let text = format!("{} -> {}", order(before), order(after));
            self.note("xml-order-changed", "/x-roster-xml-order", text);
        }
        for was in &before.schemes {
            let Some(is) = after.scheme(&was.name) else {
                continue;
            };
            if was.kind != is.kind {
                let pointer = format!("/components/securitySchemes/{}", was.name);
                let text = format!("{} -> {}", shown(&was.kind), shown(&is.kind));
                self.note("security-scheme-changed", &pointer, text);
            }
        }
    }
}

fn servers<'a>(api: &Api<'a>) -> Vec<&'a str> {
    let servers = api.root.items_of("servers");
    servers.iter().filter_map(|server| server.text("url")).collect()
}

fn shown(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer => "bearer token".to_owned(),
        SchemeKind::Basic => "HTTP Basic".to_owned(),
        SchemeKind::Header(name) => format!("header `{name}`"),
        SchemeKind::Query(name) => format!("query parameter `{name}`"),
    }
}
