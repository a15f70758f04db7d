//! A confirmed issue was an error: the provider takes it back in time, or an officer of the payer whenever it is found (DO-46).

use super::settlement::book_realisation;
use super::verify::known;
use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget, Work};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::device_order::realisation::{Withdrawal, withdraw};
use domain::device_order::settlement::EntryKind;
use domain::device_order::{Command, DeviceOrder, State};
use domain::ids::{DeviceOrderId, TakeUpId};
use domain::values::{AccessCode, Text};

impl App {
    #[tracing::instrument(name = "withdraw_realisation", skip_all)]
    pub async fn withdraw_realisation(
        &self,
        caller: &Caller,
        (order, id): (DeviceOrderId, TakeUpId),
        reason: Text<500>,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of_take_up(Command::RealisationWithdrawal, "withdraw_realisation", id);
        let target = OrderTarget { id: order, if_match: None };
        self.change_order(caller, change, target, write, render, move |work, found| {
            work.take_up(&found, id)?;
            let settings = work.parts.take_ups;
            let withdrawal = Withdrawal {
                reason: reason.clone(),
                by: work.officer()?,
                within_days: settings.withdrawal_days,
                hold_days: settings.hold_days,
                code: code_in_place(work, &found)?,
            };
            let decided = withdraw(found.clone(), id, withdrawal, work.now)?;
            book_realisation(work, &found, id, EntryKind::Withdrawn)?;
            Ok(decided)
        })
        .await
    }
}

/// An order of which nothing was left has given its code away: where another open order of the patient has it by now, it gets
/// another one (DO-17).
fn code_in_place(work: &mut Work<'_, '_>, found: &DeviceOrder) -> Result<Option<AccessCode>, Failure> {
    let State::Realised(confirmed) = &found.state else { return Ok(None) };
    let Some(code) = &confirmed.access.code else { return Ok(None) };
    let known = known(work.tx, work.parts, found, Some(work.patient), work.now)?;
    Ok(if known.has_code(code) { known.free_code(work.parts) } else { None })
}
