//! Things: what a request makes, how it is read, and what changes it, by the links of the document.

use super::call::Call;
use super::links::Link;
use super::session::{Answer, Session};
use super::spec::Operation;
use super::spec::lists::List;
use serde_json::Value;

/// Something that was made.
pub struct Thing<'s> {
    pub made: Call<'s>,
    pub answer: Answer,
    /// The request that reads it.
    pub read: Call<'s>,
    /// Where the answers that read it show it, as a JSON pointer.
    pub at: &'s str,
}

/// A way to something: the link that reads what an operation makes, and the one that leads to what is tried on it.
#[derive(Clone, Copy)]
pub struct Way<'s> {
    pub maker: &'s Operation,
    pub to_read: &'s Link,
}

/// Every operation that makes something that a link reads by itself.
pub fn makers<'s>(session: &Session<'s>) -> Vec<Way<'s>> {
    let spec = session.spec;
    let makers = spec.operations.iter().filter(|operation| !operation.is_safe());
    let ways = makers.filter_map(|maker| {
        let links = spec
            .links
            .iter()
            .filter(|link| link.from == maker.id && reads(session, link));
        // What answers the same shows most of it.
        let to_read = links.min_by_key(|link| spec.operation(&link.to).good() != maker.good())?;
        Some(Way { maker, to_read })
    });
    ways.collect()
}

/// Whether a link leads to the one thing that it names.
fn reads(session: &Session<'_>, link: &Link) -> bool {
    let to = session.spec.operation(&link.to);
    let is_about_it = |name: &str| name == "one-of";
    let mut needs = to.params.iter().filter_map(|param| param.needs.as_deref());
    to.is_safe()
        && !link.params.is_empty()
        && !needs.any(is_about_it)
        && !session.spec.list(to).is_some_and(List::has_pages)
}

impl<'s> Way<'s> {
    /// The operations that links lead to from what this makes, without those that only read.
    pub fn changes(&self, session: &Session<'s>) -> Vec<(&'s Link, &'s Operation)> {
        let spec = session.spec;
        let links = spec.links.iter().filter(|link| link.from == self.maker.id);
        let all = links.map(|link| (link, spec.operation(&link.to)));
        let own = self.to_read.params.iter().map(|(_, value)| value);
        let own: Vec<&Value> = own.filter(|value| of_answer(value)).collect();
        let is_about_it = |link: &Link| {
            let mut values = link
                .params
                .iter()
                .map(|(_, value)| value)
                .chain(link.body.iter().flat_map(members));
            values.any(|value| own.contains(&value))
        };
        all.filter(|(link, to)| !to.is_safe() && is_about_it(link))
            .collect()
    }

    /// Makes the thing that a request describes; none if that or reading it fails, which is another rule's matter.
    pub fn make(&self, session: &Session<'s>, made: Call<'s>) -> Option<Thing<'s>> {
        let answer = session.send(&made);
        let mut read = session.fresh(session.spec.operation(&self.to_read.to));
        // In the form in which all the other answers are.
        read.set_header("Accept", "application/json");
        let is_there = answer.is_good() && self.to_read.apply(&made, &answer, &mut read);
        is_there.then(|| Thing {
            made,
            answer,
            read,
            at: self.to_read.thing(),
        })
    }

    /// Makes one as the examples do.
    pub fn example(&self, session: &Session<'s>) -> Option<Thing<'s>> {
        self.make(session, session.prepare(self.maker).0)
    }
}

impl<'s> Thing<'s> {
    /// What it is now; none if it cannot be read.
    pub fn now(&self, session: &Session<'s>) -> Option<Answer> {
        Some(session.send(&self.read)).filter(|answer| answer.status() == 200)
    }

    /// A request on it.
    pub fn call(&self, session: &Session<'s>, link: &'s Link, to: &'s Operation) -> Option<Call<'s>> {
        let (mut call, _) = session.prepare(to);
        link.apply(&self.made, &self.answer, &mut call).then_some(call)
    }
}

fn of_answer(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("$response"))
}

fn members(value: &Value) -> Vec<&Value> {
    value
        .as_object()
        .map_or_else(Vec::new, |members| members.values().collect())
}
