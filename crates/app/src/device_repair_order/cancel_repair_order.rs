//! The issuer cancels a repair order, or an officer of the payer does so at the patient's request, while nobody holds it (DO-31).

use super::view::RepairOrderView;
use super::write::{Change, RepairTarget};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::device_order::lifecycle::Cancellation;
use domain::device_repair_order::{Command, issue};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "cancel_device_repair_order", skip_all)]
    pub async fn cancel_repair_order(
        &self,
        caller: &Caller,
        target: RepairTarget,
        reason: Text<500>,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Cancellation, "cancel_device_repair_order");
        self.change_repair_order(caller, change, target, write, render, move |work, found| {
            let cancellation = Cancellation { reason: reason.clone(), by: work.officer()?, at: work.now };
            Ok(issue::cancel(found, cancellation, work.now)?)
        })
        .await
    }
}
