//! A provider takes up months of an order: its contract is looked at, the months are closed to others, and the payer looks once
//! more before they are held (DO-33 to DO-39).

use super::look_again::WaitingLook;
use super::verify::Waiting;
use super::view::DeviceOrderView;
use super::write::{Asked, Change, Changed, OrderTarget, Work};
use crate::App;
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::device_provider::{Supplying, supplier};
use crate::failure::{Failure, Refused};
use crate::faults::ENTITY_UNKNOWN;
use crate::idempotent::Done;
use crate::{Parts, register};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::device_order::content::RightProof;
use domain::device_order::model::{EntitlementChoice, Months, Provider};
use domain::device_order::refusals::{MONTH_TAKEN, admit_state};
use domain::device_order::{Command, Content, DeviceOrder, take_up};
use domain::ids::{DeviceOrderId, TakeUpId};
use domain::problem::Violation;
use domain::values::Text;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Tx;
use store::device_order::WaitingTakeUp;
use tracing::Instrument;

/// What a provider wants of an order.
#[derive(Clone, Debug)]
pub struct TakeUpDeviceOrder {
    /// None of a one-off order.
    pub months: Option<Months>,
    /// The place of issue, by its code in the contract.
    pub place: Text<40>,
    pub entitlement: EntitlementChoice,
    /// What the patient brought to prove the right to benefits.
    pub right: Option<RightProof>,
    /// Where the counter knows better than the order.
    pub pregnant: Option<bool>,
}

impl App {
    /// Two transactions, as at a submission: one in which the months are the provider's alone, and one in which the payer's
    /// finding is kept.
    #[tracing::instrument(name = "take_up_device_order", skip_all)]
    pub async fn take_up_device_order(
        &self,
        caller: &Caller,
        order: DeviceOrderId,
        asked: TakeUpDeviceOrder,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::DeviceOrder(Command::TakeUp)).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &write).await?;
        let id = TakeUpId(self.inner.entropy.id(self.inner.clock.now(&caller.space)));
        let begun = WaitingTakeUp { order, id, tries: 0 };
        let waiting = Waiting { caller: caller.clone(), write: write.clone(), render };
        let trace_id = write.trace_id.clone();
        let change = Change::of_take_up(Command::TakeUp, "take_up_device_order", id);
        let target = OrderTarget { id: order, if_match: None };
        let decide = move |work: &mut Work<'_, '_>, found: DeviceOrder| decide(work, &found, id, &asked);
        let asked = Asked { caller: caller.clone(), change, target, write, render, decide };
        let done = match self.carry_out_on_order(Arc::new(asked)).await? {
            Done::Now(answer) => Done::Now(self.looked_at(begun, waiting, answer).await),
            before @ Done::Before(_) => before,
        };
        drop(turn);
        self.answered(caller, &trace_id, done).await
    }

    /// The answer with the payer's finding; where that cannot be kept now, the one that says that the look has begun, and a
    /// worker finishes it. It goes on although the client may have hung up.
    async fn looked_at(&self, begun: WaitingTakeUp, waiting: Waiting, answer: StoredAnswer) -> StoredAnswer {
        let (app, look) = (self.clone(), WaitingLook { begun, waiting: Some(waiting) });
        let finish = async move { app.finish_take_up(look).await };
        match tokio::spawn(finish.instrument(tracing::Span::current())).await {
            Ok(Ok(finished)) => finished.unwrap_or(answer),
            Ok(Err(fault)) => {
                tracing::error!(take_up.id = %begun.id, take_up.fault = ?fault, "take-up not finished");
                answer
            }
            Err(fault) => {
                tracing::error!(take_up.id = %begun.id, task.fault = %fault, "take-up ended by itself");
                answer
            }
        }
    }
}

fn decide(work: &mut Work<'_, '_>, found: &DeviceOrder, id: TakeUpId, asked: &TakeUpDeviceOrder) -> Changed {
    admit_state(&found.state, Command::TakeUp)?;
    let counter = Counter { parts: work.parts, caller: work.caller, now: work.now };
    let taking = counter.taking(work.tx, &found.content, id, asked)?;
    let months = taking.months;
    take_up::take_up(found.clone(), taking, work.now).map_err(|broken| refusal(broken, found, months))
}

/// Says until when a month is taken, and not who has it.
pub(super) fn refusal(broken: Vec<Violation>, found: &DeviceOrder, months: Option<Months>) -> Failure {
    let is_taken = broken.iter().any(|violation| violation.problem == MONTH_TAKEN);
    let not_before = if is_taken { take_up::free_from(found, months).map(Box::new) } else { None };
    Failure::Refused(Refused { not_before, ..Refused::all(broken) })
}

/// Where something is taken up, or would be.
pub(super) struct Counter<'a> {
    pub parts: &'a Parts,
    pub caller: &'a Caller,
    pub now: DateTime<Utc>,
}

impl Counter<'_> {
    /// What is asked for, under the contract of today.
    pub(super) fn taking(
        &self,
        tx: &mut Tx<'_>,
        content: &Content,
        id: TakeUpId,
        asked: &TakeUpDeviceOrder,
    ) -> Result<take_up::Asked, Failure> {
        register::in_post(tx, self.caller)?;
        let (provider, has_contract) = self.provider(tx, content, &asked.place)?;
        let settings = self.parts.take_ups;
        Ok(take_up::Asked {
            id,
            provider,
            has_contract,
            months: asked.months,
            entitlement: asked.entitlement.clone(),
            right: asked.right.clone(),
            pregnant: asked.pregnant,
            hold_days: settings.hold_days,
            confirmation_days: settings.confirmation_days,
            today: warsaw_date(self.now),
        })
    }

    /// The provider under the contract that covers what is ordered; whether one covers all of it.
    fn provider(
        &self,
        tx: &mut Tx<'_>,
        content: &Content,
        place: &Text<40>,
    ) -> Result<(Provider, bool), Failure> {
        let organisation = self.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        let day = warsaw_date(self.now);
        let codes: BTreeSet<_> = content.items().into_iter().map(|item| item.code).collect();
        let mut found: Option<(Provider, bool)> = None;
        for code in &codes {
            let supplying = Supplying { organisation, code, day, place };
            let provider = supplier(tx, &self.caller.space, &supplying)?;
            let is_one = found.as_ref().is_none_or(|(first, is_one)| *is_one && *first == provider);
            found = Some((provider, is_one));
        }
        found.ok_or_else(|| Failure::Bug("an order of nothing".into()))
    }
}
