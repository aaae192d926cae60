//! Every operation succeeds for a request that the document itself says how to make.

use super::rules::UNREACHED;
use super::session::Session;

pub fn run(session: &Session<'_>) {
    for operation in &session.spec.operations {
        let (call, _) = session.prepare(operation);
        session.demand_right(UNREACHED, &call, "a good answer", &|answer| !answer.is_good());
    }
}
