//! Links of answers, and the pages that they lead through.

use super::PREFIX;
use contract::taleolearn::models::{Link, LinkHolder};
use model::ids::{GroupNumber, UserNumber};
use model::query::{Stretch, Window};

/// The largest `offset` that a request may have.
const MAX_OFFSET: u64 = 1_000_000;

/// Makes the links of one answer.
pub struct Links {
    /// Scheme, host, port and mount.
    base: String,
    center: i64,
}

impl Links {
    pub fn new(origin: &str, center: i64) -> Self {
        Self {
            base: format!("{origin}{PREFIX}"),
            center,
        }
    }

    pub fn groups(&self) -> String {
        format!("{}/learnCenters/{}/groups", self.base, self.center)
    }

    pub fn group(&self, group: GroupNumber) -> String {
        format!("{}/{group}", self.groups())
    }

    pub fn owners(&self, group: GroupNumber) -> String {
        format!("{}/owners", self.group(group))
    }

    pub fn owner(&self, group: GroupNumber, owner: UserNumber) -> String {
        format!("{}/{owner}", self.owners(group))
    }

    pub fn members(&self, group: GroupNumber) -> String {
        format!("{}/users", self.group(group))
    }

    pub fn member(&self, group: GroupNumber, user: UserNumber) -> String {
        format!("{}/Users/{user}", self.group(group))
    }

    pub fn items(&self, group: GroupNumber) -> String {
        format!("{}/mappedItems", self.group(group))
    }

    pub fn user(&self, user: UserNumber) -> String {
        format!("{}/users/{user}", self.base)
    }

    pub fn memberships(&self, user: UserNumber) -> String {
        format!("{}/memberships", self.user(user))
    }
}

/// One link.
pub fn link(rel: &str, href: String) -> Link {
    Link {
        rel: rel.to_owned(),
        href,
    }
}

/// The link to the object itself.
pub fn canonical(href: String) -> Vec<Link> {
    vec![link("canonical", href)]
}

/// A member that holds the link to another object.
pub fn holder(href: String) -> LinkHolder {
    LinkHolder {
        links: canonical(href),
    }
}

/// Where in a list a page begins and how long it may be; within the document's bounds.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub limit: i32,
    pub offset: i32,
    pub total_results: bool,
}

/// What a page says of itself, whatever its items are.
pub struct Page {
    pub count: i32,
    pub links: Vec<Link>,
    pub total_results: Option<i64>,
}

impl Paging {
    pub fn window(self) -> Window {
        Window {
            start: u64::from(self.offset.unsigned_abs()),
            limit: u64::from(self.limit.unsigned_abs()).max(1),
            counted: self.total_results,
        }
    }

    /// Describes the page of the list at `list` that shows `found`.
    pub fn page<T>(self, list: &str, found: &Stretch<T>) -> Page {
        Page {
            count: i32::try_from(found.items.len()).unwrap_or(i32::MAX),
            links: self.links(list, found.has_more, found.total),
            total_results: found.total.map(|total| i64::try_from(total).unwrap_or(i64::MAX)),
        }
    }

    /// `self` always; `first`, `prev` and `next` where there are such pages; `last` where it is known. None leads to a
    /// page that a request cannot ask for.
    fn links(self, list: &str, has_more: bool, total: Option<u64>) -> Vec<Link> {
        let Window { start, limit, .. } = self.window();
        let mut links = Vec::new();
        let mut add = |rel: &str, offset: u64| {
            if offset <= MAX_OFFSET {
                let counted = if self.total_results {
                    "&totalResults=true"
                } else {
                    ""
                };
                let href = format!("{list}?limit={limit}&offset={offset}{counted}");
                links.push(link(rel, href));
            }
        };
        add("self", start);
        if start > 0 || has_more {
            add("first", 0);
        }
        if start > 0 {
            add("prev", start.saturating_sub(limit));
        }
        if has_more {
            add("next", start + limit);
        }
        if let Some(total) = total {
            add("last", total.saturating_sub(1) / limit * limit);
        }
        links
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(limit: i32, offset: i32, has_more: bool, total: Option<u64>) -> Vec<String> {
        let paging = Paging {
            limit,
            offset,
            total_results: total.is_some(),
        };
        let links = paging.links("L", has_more, total);
        links
            .into_iter()
            .map(|link| format!("{} {}", link.rel, link.href))
            .collect()
    }

    #[test]
    fn links_lead_to_other_pages() {
        assert_eq!(shown(100, 0, false, None), ["self L?limit=100&offset=0"]);
        assert_eq!(
            shown(1, 0, true, Some(2)),
            [
                "self L?limit=1&offset=0&totalResults=true",
                "first L?limit=1&offset=0&totalResults=true",
                "next L?limit=1&offset=1&totalResults=true",
                "last L?limit=1&offset=1&totalResults=true",
            ]
        );
        assert_eq!(
            shown(2, 1, true, None),
            [
                "self L?limit=2&offset=1",
                "first L?limit=2&offset=0",
                "prev L?limit=2&offset=0",
                "next L?limit=2&offset=3",
            ]
        );
    }

    #[test]
    fn the_last_page_of_a_list() {
        for (total, offset) in [(0, 0), (1, 0), (10, 0), (11, 10), (20, 10)] {
            let last = format!("last L?limit=10&offset={offset}&totalResults=true");
            assert_eq!(
                shown(10, 0, total > 10, Some(total)).last(),
                Some(&last),
                "{total}"
            );
        }
    }

    #[test]
    fn no_link_leads_out_of_bounds() {
        let links = shown(500, 1_000_000, true, Some(5_000_000));
        let rels: Vec<_> = links.iter().filter_map(|link| link.split(' ').next()).collect();
        assert_eq!(rels, ["self", "first", "prev"]);
    }
}
