//! The issuing entity cancels an order, or an officer of the payer does so at the patient's request: the whole, or what is
//! left once goods were issued of it (DO-31, DO-32).

use super::access::Relation;
use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, register};
use domain::device_order::lifecycle::Cancellation;
use domain::device_order::{Command, KIND, StateName, cancellation};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "cancel_device_order", skip_all)]
    pub async fn cancel_device_order(
        &self,
        caller: &Caller,
        target: OrderTarget,
        reason: Text<500>,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Cancellation, "cancel_device_order");
        self.change_order(caller, change, target, write, render, move |work, found| {
            let by = match work.relation {
                Relation::NfzStaff | Relation::NfzOfficer => Some(register::officer(work.tx, work.caller)?),
                Relation::Prescriber
                | Relation::Assistant
                | Relation::Patient
                | Relation::Provider
                | Relation::FormerProvider => None,
            };
            let cancellation = Cancellation { reason: reason.clone(), by, at: work.now };
            let decided = cancellation::cancel(found, cancellation, work.now)?;
            let order = &decided.document;
            if order.state.name() == StateName::Cancelled {
                // What was entered wrongly is entered anew.
                store::device_order::paper::release(work.tx, order.id, KIND, work.now)?;
            }
            Ok(decided)
        })
        .await
    }
}
