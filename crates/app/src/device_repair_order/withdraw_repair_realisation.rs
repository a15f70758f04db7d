//! A confirmed repair was an error: the provider takes it back in time, or an officer of the payer whenever it is found (DO-46).

use super::take_up_repair_order::at_the_counter;
use super::view::RepairOrderView;
use super::withdraw_repair_take_up::returning;
use super::write::RepairTarget;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::device_order::book_entries;
use crate::failure::Failure;
use domain::device_order::settlement::EntryKind;
use domain::device_repair_order::Command;
use domain::device_repair_order::settlement::entry;
use domain::device_repair_order::supply;
use domain::ids::{RepairOrderId, TakeUpId};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "withdraw_device_repair_realisation", skip_all)]
    pub async fn withdraw_repair_realisation(
        &self,
        caller: &Caller,
        (order, id): (RepairOrderId, TakeUpId),
        reason: Text<500>,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        let change = at_the_counter(Command::RealisationWithdrawal, "withdraw_device_repair_realisation");
        let target = RepairTarget { id: order, if_match: None };
        self.change_repair_order(caller, change, target, write, render, move |work, found| {
            work.hold(&found, id)?;
            let returning = returning(work, reason.clone())?;
            let booked: Vec<_> = entry(&found, EntryKind::Withdrawn, work.now).into_iter().collect();
            let decided = supply::withdraw_realisation(found, &returning, work.now)?;
            book_entries(work.tx, work.parts, (&decided.document.space, work.now), &booked)?;
            Ok(decided)
        })
        .await
    }
}
