//! Pages: `page` counts from 1, `offset` is the size of a page.

use contract::propeller::models::{User, UserPage, Usergroup, UsergroupPage};
use model::query::{Comparison, ListQuery};

const COMPLETED: &str = "Completed";
const FIRST: i32 = 1;
const SIZE: i32 = 12;

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    page: i32,
    size: i32,
}

impl Asked {
    /// Of values that the document's bounds let through.
    pub fn new(page: Option<i32>, offset: Option<i32>) -> Self {
        Self {
            page: page.unwrap_or(FIRST),
            size: offset.unwrap_or(SIZE),
        }
    }

    /// The oldest first.
    pub fn query<F>(self, filter: Vec<Comparison<F>>) -> ListQuery<F> {
        let unsigned = |number: i32| u64::try_from(number).unwrap_or_default();
        ListQuery {
            filter,
            sort: Vec::new(),
            start: unsigned(self.page - 1) * unsigned(self.size),
            limit: unsigned(self.size),
        }
    }

    pub fn usergroups(self, data: Vec<Usergroup>, found: u64) -> UsergroupPage {
        let numbers = self.numbers(data.len(), found);
        UsergroupPage {
            data,
            messages: vec![COMPLETED.to_owned()],
            start: numbers.start,
            end: numbers.end,
            page: self.page,
            pages: numbers.pages,
            total: numbers.total,
            offset: self.size,
            items_found: numbers.found,
        }
    }

    pub fn users(self, data: Vec<User>, found: u64) -> UserPage {
        let numbers = self.numbers(data.len(), found);
        UserPage {
            data,
            messages: vec![COMPLETED.to_owned()],
            start: numbers.start,
            end: numbers.end,
            page: self.page,
            pages: numbers.pages,
            total: numbers.total,
            offset: self.size,
            items_found: numbers.found,
        }
    }

    fn numbers(self, shown: usize, found: u64) -> Numbers {
        let total = i32::try_from(shown).unwrap_or(i32::MAX);
        let found = i64::try_from(found).unwrap_or(i64::MAX);
        let (page, size) = (i64::from(self.page), i64::from(self.size));
        let before = (page - 1) * size;
        let (start, end) = match total {
            0 => (0, 0),
            total => (before + 1, before + i64::from(total)),
        };
        Numbers {
            start,
            end,
            pages: found / size + i64::from(found % size > 0),
            total,
            found,
        }
    }
}

struct Numbers {
    start: i64,
    end: i64,
    pages: i64,
    total: i32,
    found: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages() {
        for (page, size, shown, found, expected) in [
            (1, 12, 0, 0, (0, 0, 0)),
            (1, 12, 12, 25, (1, 12, 3)),
            (3, 12, 1, 25, (25, 25, 3)),
            (4, 12, 0, 25, (0, 0, 3)),
            (1, 100, 100, 100, (1, 100, 1)),
        ] {
            let numbers = Asked::new(Some(page), Some(size)).numbers(shown, found);
            assert_eq!(
                (numbers.start, numbers.end, numbers.pages),
                expected,
                "page {page}"
            );
        }
    }
}
