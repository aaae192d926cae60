//! Work on many things side by side.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::workspace::Fault;

/// What `work` makes of each item, in the order of the items; as many threads as there are cores take one item after
/// the other. Fails if the work on an item panics.
pub fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Result<Vec<R>, Fault> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return done;
            };
            done.push((index, work(item)));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let parts: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores.min(items.len())).map(|_| scope.spawn(take)).collect();
        threads.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let mut all = Vec::new();
    for part in parts {
        all.extend(part.map_err(|_| Fault("a thread of a step ended early".to_owned()))?);
    }
    all.sort_by_key(|(index, _)| *index);
    Ok(all.into_iter().map(|(_, made)| made).collect())
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn in_their_order() {
        let items: Vec<usize> = (0..1000).collect();
        let twice: Vec<usize> = items.iter().map(|item| item * 2).collect();
        assert_eq!(each(&items, |item| item * 2).unwrap(), twice);
        assert!(each(&items[..0], |item| *item).unwrap().is_empty());
    }

    #[test]
    fn a_panic_is_a_fault() {
        let fault = each(&[1, 0], |item| 1 / item).unwrap_err();
        assert_eq!(fault.0, "a thread of a step ended early");
    }
}
