//! What time changes of an order – a month, a year, a hold that is over – applied before anybody commands or reads it, and
//! by the worker.

use super::announce::{self, Saved};
use super::verify;
use crate::demand::Elapsed;
use crate::failure::Failure;
use crate::{App, Parts};
use domain::device_order::{clocks, elapse};
use domain::ids::DeviceOrderId;
use std::collections::BTreeSet;
use std::fmt::Display;
use store::Tx;

/// As many as one request applies; the worker does the rest.
const AT_MOST: usize = 500;

impl App {
    /// In a transaction of its own that stands even when a command is then refused.
    pub(super) async fn apply_elapsed_order(&self, id: DeviceOrderId) -> Result<(), Failure> {
        let parts = self.inner.clone();
        let is_due = self
            .inner
            .store
            .read(move |tx| {
                let found = store::device_order::find(tx, &parts.ring, id)?;
                Ok::<_, Failure>(
                    found.is_some_and(|it| clocks::is_due(&it.order, parts.clock.now(&it.order.space))),
                )
            })
            .await?;
        if !is_due {
            return Ok(());
        }
        let parts = self.inner.clone();
        // Overtaken by another node, there is nothing left to do.
        self.inner.store.transaction(move |tx| elapse_in(tx, &parts, id).map(|_| ())).await
    }

    /// A page on which no term has run out that is not applied. What others have is no affair of whoever lists: only what
    /// their own page shows is looked at, and the worker does the rest.
    pub(super) async fn elapsed_page<T>(
        &self,
        list: impl AsyncFn() -> Result<T, Failure>,
        due: impl Fn(&T) -> Vec<DeviceOrderId>,
    ) -> Result<T, Failure> {
        elapsed_page(list, due, async |id| self.apply_elapsed_order(id).await).await
    }
}

/// The same of whichever documents, with what applies the terms of one.
pub(crate) async fn elapsed_page<T, I: Copy + Ord + Display>(
    list: impl AsyncFn() -> Result<T, Failure>,
    due: impl Fn(&T) -> Vec<I>,
    apply: impl AsyncFn(I) -> Result<(), Failure>,
) -> Result<T, Failure> {
    let mut tried = BTreeSet::new();
    loop {
        let found = list().await?;
        let due: Vec<I> = due(&found).into_iter().filter(|id| tried.insert(*id)).collect();
        if due.is_empty() || tried.len() > AT_MOST {
            return Ok(found);
        }
        for id in due {
            // One that cannot be read is left as it is: it holds nobody's list up.
            if let Err(fault) = apply(id).await {
                tracing::error!(order.id = %id, term.fault = ?fault, "a term that ran out is not applied");
            }
        }
    }
}

/// Applies whatever has run out.
pub(crate) fn elapse_in(tx: &mut Tx<'_>, parts: &Parts, id: DeviceOrderId) -> Result<Elapsed, Failure> {
    let Some(loaded) = store::device_order::find(tx, &parts.ring, id)? else { return Ok(Elapsed::Nothing) };
    let now = parts.clock.now(&loaded.order.space);
    if !clocks::is_due(&loaded.order, now) {
        return Ok(Elapsed::Nothing);
    }
    let decided = elapse::elapse(loaded.order.clone(), now);
    let times = verify::times(parts, now);
    let saved = store::device_order::save(tx, &parts.ring, decided.document, &loaded, None, times)?;
    let Some((order, patient)) = saved else { return Ok(Elapsed::Overtaken) };
    let saved = Saved { order: &order, patient, concerned: &[patient], events: &decided.events };
    announce::by_the_service(tx, parts, "elapse", &saved)?;
    Ok(Elapsed::Applied)
}
