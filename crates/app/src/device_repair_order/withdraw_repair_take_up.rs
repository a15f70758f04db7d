//! A provider gives a repair back, or an officer of the payer releases it; patient and provider see why.

use super::take_up_repair_order::at_the_counter;
use super::view::RepairOrderView;
use super::write::{RepairTarget, Work};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::device_repair_order::Command;
use domain::device_repair_order::supply::{self, Returning};
use domain::ids::{RepairOrderId, TakeUpId};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "withdraw_device_repair_take_up", skip_all)]
    pub async fn withdraw_repair_take_up(
        &self,
        caller: &Caller,
        (order, id): (RepairOrderId, TakeUpId),
        reason: Text<500>,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        let change = at_the_counter(Command::TakeUpWithdrawal, "withdraw_device_repair_take_up");
        let target = RepairTarget { id: order, if_match: None };
        self.change_repair_order(caller, change, target, write, render, move |work, found| {
            work.hold(&found, id)?;
            let returning = returning(work, reason.clone())?;
            Ok(supply::withdraw(found, &returning, work.now)?)
        })
        .await
    }
}

/// Who gives back, and why.
pub(super) fn returning(work: &mut Work<'_, '_>, reason: Text<500>) -> Result<Returning, Failure> {
    let provider = work.caller.org_id().filter(|_| !work.is_officer());
    let settings = work.parts.take_ups;
    let (within_days, hold_days) = (settings.withdrawal_days.into(), settings.hold_days);
    Ok(Returning { provider, reason, by: work.officer()?, within_days, hold_days })
}
