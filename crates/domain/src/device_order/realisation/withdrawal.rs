//! A confirmation was an error and is taken back (DO-46): the months are held again.

use super::realised;
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::demand::model::Officer;
use crate::device_order::DeviceOrderDecision;
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::lifecycle::{Command, PeriodState, State};
use crate::device_order::model::{DeviceOrder, TakeUpState, WithdrawnRealisation};
use crate::device_order::refusals::{WITHDRAWAL_LATE, admit_state};
use crate::device_order::take_up::{change, find_mut, reopened};
use crate::ids::TakeUpId;
use crate::problem::Violation;
use crate::values::{AccessCode, Text};
use chrono::{DateTime, Days, Utc};

/// Why, by whom, and how long a provider may.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    pub reason: Text<500>,
    /// An officer is bound by no time.
    pub by: Option<Officer>,
    /// The payer's «time set in the system» is not published: a setting.
    pub within_days: u32,
    /// How long the goods are held again, so that the right ones can be confirmed.
    pub hold_days: u32,
    /// What opens the order again, where another order of the patient has its code by now (DO-17).
    pub code: Option<AccessCode>,
}

pub fn withdraw(
    order: DeviceOrder,
    id: TakeUpId,
    withdrawal: Withdrawal,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::RealisationWithdrawal)?;
    let (take_up, realisation) = realised(&order, id)?;
    let is_late = withdrawal.by.is_none() && realisation.is_late(withdrawal.within_days, warsaw_date(now));
    admit(if is_late { vec![Violation::whole(WITHDRAWAL_LATE)] } else { Vec::new() })?;
    let event = DeviceOrderEvent::RealisationWithdrawn { take_up: id, provider: take_up.provider.id };
    let entry = WithdrawnRealisation {
        reason: withdrawal.reason,
        by: withdrawal.by,
        amounts: realisation.amounts,
        confirmed_at: realisation.confirmed_at,
        withdrawn_at: now,
    };
    let hold = Days::new(u64::from(withdrawal.hold_days));
    // What it lost of the take-up was lost by its day of issue, which was an error like the rest of it.
    let lost = realisation.lost.clone();
    let open = change(order, now, vec![event], |confirmed| {
        confirmed.periods = confirmed.periods.clone().map(|month, state| {
            let is_given_back =
                state == PeriodState::Lost && month.is_some_and(|month| lost.contains(&month));
            (is_given_back || state.take_up() == Some(id)).then_some(PeriodState::Reserved { take_up: id })
        });
        let last_day = confirmed.periods.last_day();
        let take_up = find_mut(confirmed, id)?;
        (take_up.held_until, take_up.confirmation_days) =
            reopened((take_up.held_until, take_up.confirmation_days), warsaw_date(now) + hold, last_day);
        // Whoever asked before the issue asks anew.
        take_up.release_requests.clear();
        take_up.state = TakeUpState::Held;
        take_up.withdrawn.push(entry);
        if let Some(code) = withdrawal.code {
            confirmed.access.code = Some(code);
        }
        Ok(())
    })?;
    Ok(open_again(open))
}

/// What was realised as a whole is to be had again.
fn open_again(decided: Decided<DeviceOrder, DeviceOrderEvent>) -> Decided<DeviceOrder, DeviceOrderEvent> {
    let state = match decided.document.state {
        State::Realised(confirmed) => State::Positive(confirmed),
        other => other,
    };
    Decided { document: DeviceOrder { state, ..decided.document }, events: decided.events }
}
