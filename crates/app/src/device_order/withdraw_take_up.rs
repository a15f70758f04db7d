//! A provider gives back what it took up, or an officer of the payer releases it; patient and provider see why.

use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::device_order::{Command, take_up};
use domain::ids::{DeviceOrderId, TakeUpId};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "withdraw_take_up", skip_all)]
    pub async fn withdraw_take_up(
        &self,
        caller: &Caller,
        (order, id): (DeviceOrderId, TakeUpId),
        reason: Text<500>,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of_take_up(Command::TakeUpWithdrawal, "withdraw_take_up", id);
        let target = OrderTarget { id: order, if_match: None };
        self.change_order(caller, change, target, write, render, move |work, found| {
            work.take_up(&found, id)?;
            let by = work.officer()?;
            Ok(take_up::withdraw(found, id, reason.clone(), by, work.now)?)
        })
        .await
    }
}
