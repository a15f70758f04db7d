//! What time changes of an order – a month, a year, a hold that is over – applied before anybody commands or reads it, and
//! by the worker.

use super::announce::{self, Saved};
use super::verify;
use crate::demand::Elapsed;
use crate::failure::Failure;
use crate::overdue::apply_overdue;
use crate::{App, Parts};
use domain::device_order::{clocks, elapse};
use domain::ids::{DeviceOrderId, SpaceId};
use store::Tx;

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

    /// Terms that have run out are applied before a list shows a state.
    pub(super) async fn apply_all_elapsed_orders(&self, space: &SpaceId) -> Result<(), Failure> {
        let list = async |limit| {
            let (parts, space) = (self.inner.clone(), space.clone());
            let list = move |tx: &mut Tx<'_>| {
                let now = parts.clock.now(&space);
                Ok::<_, Failure>(store::device_order::list_due(tx, &space, now, limit)?)
            };
            self.inner.store.read(list).await
        };
        apply_overdue(list, async |id| self.apply_elapsed_order(id).await).await
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
