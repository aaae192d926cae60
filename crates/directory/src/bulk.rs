//! Bulk writes: many items in one transaction, each with savepoints and an event of its own.

use crate::Directory;
use crate::unit::{Origin, Unit};
use model::{Context, Error, Result};
use store::Db;

/// Most items of one bulk write.
pub const MAX_ITEMS: usize = 500;

/// What an item does, decided when it is known whether the object that its key names exists.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<N, C> {
    Create(N),
    Change(C),
}

/// What [`Item::decide`] is: given the stored object, if there is one, it says what to do, or why nothing is done.
pub type Decide<V, N, C> = Box<dyn Fn(Option<&V>) -> Result<Step<N, C>> + Send>;

/// One item of a bulk write.
pub struct Item<K, V, N, C> {
    pub key: K,
    pub decide: Decide<V, N, C>,
}

/// An item that was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done<N> {
    pub number: N,
    pub created: bool,
}

impl<N> Done<N> {
    /// The same of another kind of number.
    pub fn map<M>(self, number: impl FnOnce(N) -> M) -> Done<M> {
        Done {
            number: number(self.number),
            created: self.created,
        }
    }
}

impl Directory {
    /// Runs `work` for each item in turn, each item seeing what those before it did. An item that fails is undone alone
    /// and leaves no event; a fault of the server undoes all of them and is the answer.
    pub(crate) async fn write_each<I, T, F>(
        &self,
        context: Context,
        items: Vec<I>,
        work: F,
    ) -> Result<Vec<Result<T>>>
    where
        I: Send + 'static,
        T: Send + 'static,
        F: AsyncFn(&mut Unit<'_>, &I) -> Result<T> + Send + 'static,
    {
        if items.len() > MAX_ITEMS {
            let message = format!("must have at most {MAX_ITEMS} entries");
            return Err(Error::invalid("items", "maxItems", message));
        }
        let tenant = context.caller.tenant;
        let origin = Origin::of(self, context)?;
        let directory = self.clone();
        self.store
            .write(async move |tx: &Db| {
                let at = directory.now();
                let mut results = Vec::with_capacity(items.len());
                for (place, item) in (0..).zip(&items) {
                    let origin = origin.part(place);
                    let result = tx
                        .attempt(async || {
                            let mut unit = Unit::new(&directory, tx, &origin, tenant, at);
                            let done = work(&mut unit, item).await?;
                            unit.finish().await?;
                            Ok(done)
                        })
                        .await?;
                    results.push(result);
                }
                Ok(results)
            })
            .await
    }
}
