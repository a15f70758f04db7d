//! The issuing entity ends the wait for the validation of a signature on an order, or an officer of the payer does so.

use super::access::Relation;
use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::pending_step::{EndWait, ending, refused};
use crate::{App, Parts};
use chrono::{DateTime, TimeDelta, Utc};
use domain::device_order::{Command, DeviceOrder, pending};
use domain::pending::Ending;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "refuse_device_order_pending_step", skip_all)]
    pub async fn refuse_device_order_pending_step(
        &self,
        caller: &Caller,
        target: OrderTarget,
        reason: Text<2000>,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::PendingStepRefusal, "refuse_device_order_pending_step");
        self.change_order(caller, change, target, write, render, move |work, found| {
            // No term of an order can end while something waits in it.
            let asked = EndWait { reason: reason.clone(), lets_expire: false };
            let ending = Ending { after: after(work.parts, work.relation), ..ending(work.parts, asked) };
            let waiting = found.pending.clone();
            let decided = pending::end(found, &ending, work.now);
            decided.map_err(|found| refused(found, waiting.as_ref(), &ending))
        })
        .await
    }
}

/// The patient sits before the issuer, who may cancel the order anyway; an officer waits as those of the ministry do.
fn after(parts: &Parts, relation: Relation) -> TimeDelta {
    if relation.is_officer() { parts.pending_refusal_after } else { TimeDelta::zero() }
}

/// Whether something waits so long that this party may end it.
pub(super) fn may_end(parts: &Parts, order: &DeviceOrder, relation: Relation, now: DateTime<Utc>) -> bool {
    order.pending.as_ref().is_some_and(|it| it.may_be_ended_from(after(parts, relation)) <= now)
}
