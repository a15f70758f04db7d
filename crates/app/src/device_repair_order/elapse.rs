//! What time changes of a repair order – its year or a hold that is over – applied before anybody commands or reads it, and by the
//! worker.

use super::announce::{self, Saved};
use crate::demand::Elapsed;
use crate::device_order::times;
use crate::failure::Failure;
use crate::{App, Parts};
use domain::device_repair_order::{clocks, supply};
use domain::ids::RepairOrderId;
use store::Tx;

impl App {
    /// In a transaction of its own that stands even when a command is then refused.
    pub(super) async fn apply_elapsed_repair_order(&self, id: RepairOrderId) -> Result<(), Failure> {
        let parts = self.inner.clone();
        let look = move |tx: &mut Tx<'_>| {
            let found = store::device_repair_order::find(tx, &parts.ring, id)?;
            let is_due = found.is_some_and(|it| clocks::is_due(&it.order, parts.clock.now(&it.order.space)));
            Ok::<_, Failure>(is_due)
        };
        if !self.inner.store.read(look).await? {
            return Ok(());
        }
        let parts = self.inner.clone();
        // Overtaken by another node, there is nothing left to do.
        self.inner.store.transaction(move |tx| elapse_in(tx, &parts, id).map(|_| ())).await
    }
}

/// Applies whatever has run out.
pub(crate) fn elapse_in(tx: &mut Tx<'_>, parts: &Parts, id: RepairOrderId) -> Result<Elapsed, Failure> {
    let Some(loaded) = store::device_repair_order::find(tx, &parts.ring, id)? else {
        return Ok(Elapsed::Nothing);
    };
    let now = parts.clock.now(&loaded.order.space);
    if !clocks::is_due(&loaded.order, now) {
        return Ok(Elapsed::Nothing);
    }
    let decided = supply::elapse(loaded.order.clone(), now);
    let times = times(parts, now);
    let saved = store::device_repair_order::save(tx, &parts.ring, decided.document, &loaded, None, times)?;
    let Some((order, patient)) = saved else { return Ok(Elapsed::Overtaken) };
    let saved = Saved { order: &order, patient, concerned: &[patient], events: &decided.events };
    announce::by_the_service(tx, parts, "elapse", &saved)?;
    Ok(Elapsed::Applied)
}
