//! Whoever issues a repair order ends the wait for the validation of its signature, or another officer of the payer does so.

use super::access::Relation;
use super::view::RepairOrderView;
use super::write::{Change, RepairTarget};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::pending_step::{EndWait, ending, refused};
use crate::{App, Parts};
use chrono::{DateTime, TimeDelta, Utc};
use domain::device_repair_order::{Command, RepairOrder, pending};
use domain::pending::Ending;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "refuse_device_repair_order_pending_step", skip_all)]
    pub async fn refuse_repair_order_pending_step(
        &self,
        caller: &Caller,
        target: RepairTarget,
        reason: Text<2000>,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::PendingStepRefusal, "refuse_device_repair_order_pending_step");
        self.change_repair_order(caller, change, target, write, render, move |work, found| {
            // No term of a repair order can end while something waits in it.
            let asked = EndWait { reason: reason.clone(), lets_expire: false };
            let ending = Ending { after: after(work.parts, work.relation), ..ending(work.parts, asked) };
            let waiting = found.pending.clone();
            let decided = pending::end(found, &ending, work.now);
            decided.map_err(|found| refused(found, waiting.as_ref(), &ending))
        })
        .await
    }
}

/// The patient sits before the issuer, who may cancel the order anyway; another officer waits as those of the ministry do.
fn after(parts: &Parts, relation: Relation) -> TimeDelta {
    if relation.is_issuer() { TimeDelta::zero() } else { parts.pending_refusal_after }
}

/// Whether something waits so long that this party may end it.
pub(super) fn may_end(parts: &Parts, order: &RepairOrder, relation: Relation, now: DateTime<Utc>) -> bool {
    order.pending.as_ref().is_some_and(|it| it.may_be_ended_from(after(parts, relation)) <= now)
}
