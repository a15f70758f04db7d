//! A provider gives back what it took up, or an officer of the payer releases it; patient and provider see why.

use super::access::Relation;
use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::{App, register};
use domain::device_order::refusals::TAKE_UP_UNKNOWN;
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
            let is_officer = matches!(work.relation, Relation::NfzStaff | Relation::NfzOfficer);
            let is_theirs = |provider| is_officer || work.caller.org_id() == Some(provider);
            if !take_up::find(&found, id).is_some_and(|it| is_theirs(it.provider.id)) {
                return Err(Failure::Refused(Refused::one(TAKE_UP_UNKNOWN)));
            }
            let by = if is_officer { Some(register::officer(work.tx, work.caller)?) } else { None };
            Ok(take_up::withdraw(found, id, reason.clone(), by, work.now)?)
        })
        .await
    }
}
