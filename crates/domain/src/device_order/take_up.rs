//! A provider takes up months of an order, or the whole of a one-off one, and gives them back (DO-33 to DO-39).
//!
//! Two steps: the months are the provider's alone while the payer looks once more, and then they are held or free again.

mod look;
mod rules;
mod settings;

pub use look::{content_for, content_of, entitlement_of, look_again};
pub use rules::entries;
pub(super) use rules::is_taken;
pub use settings::{CONFIRMATION_DAYS, HOLD_DAYS, Settings};

use super::content::RightProof;
use super::events::DeviceOrderEvent;
use super::lifecycle::{Command, Confirmed, PeriodState, State};
use super::model::{DeviceOrder, EntitlementChoice, Months, Provider, TakeUp, TakeUpState};
use super::refusals::{NOT_HOLDER, admit_state, wrong_state};
use super::verification::Verdict;
use super::{DeviceOrderDecision, elapse};
use crate::calendar::end_of_day_warsaw;
use crate::decision::{Decided, admit};
use crate::demand::model::Officer;
use crate::ids::TakeUpId;
use crate::problem::Violation;
use crate::rule;
use crate::values::Text;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use look::{changes, said_faults};
use rules::RULES;

const MOST_MONTHS: u32 = 6;
/// After so long nobody looks any more, and the months are free again.
pub const MOST_MINUTES_OF_A_LOOK: i64 = 10;

/// What a provider asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: TakeUpId,
    pub provider: Provider,
    /// Whether the directory knows a contract of the provider, or of whom it acts for, that is valid today.
    pub has_contract: bool,
    pub months: Option<Months>,
    pub entitlement: EntitlementChoice,
    /// What the patient brought to the counter to prove the right to benefits (DO-28).
    pub right: Option<RightProof>,
    /// Set where the counter knows better than the order (DO-57).
    pub pregnant: Option<bool>,
    /// How many days the goods may take (a setting).
    pub hold_days: u32,
    /// How many days after that the confirmation may follow (a setting, else [`CONFIRMATION_DAYS`]).
    pub confirmation_days: u32,
    pub today: NaiveDate,
}

/// From when on months that others have are free again if nothing is issued of them; whose they are is not told.
pub fn free_from(order: &DeviceOrder, months: Option<Months>) -> Option<DateTime<Utc>> {
    let confirmed = order.state.confirmed()?;
    let taken = confirmed.periods.asked(months)?.into_iter().filter(|state| is_taken(*state));
    taken.filter_map(|state| find(order, state.take_up()?)).map(TakeUp::frees_at).max()
}

/// The months are closed to everybody else from here on.
pub fn take_up(order: DeviceOrder, asked: Asked, now: DateTime<Utc>) -> DeviceOrderDecision {
    admit_state(&order.state, Command::TakeUp)?;
    let found = [rule::broken(RULES, |check| check(&order, &asked)), said_faults(&order, &asked)];
    admit(found.concat())?;
    let event = DeviceOrderEvent::MonthsTakenUp { take_up: asked.id, provider: asked.provider.id };
    change(order, now, vec![event], |confirmed| {
        let (id, months, provider) = (asked.id, asked.months, asked.provider.id);
        let last_day = confirmed.periods.last_day().unwrap_or(NaiveDate::MAX);
        confirmed.periods = confirmed.periods.clone().map(|month, _| {
            let is_asked = months.is_none_or(|months| month.is_some_and(|month| months.hold(month)));
            is_asked.then_some(PeriodState::Verifying { take_up: id })
        });
        if let Some(paper) = &mut confirmed.issue.paper {
            paper.bound_to = Some(provider);
        }
        confirmed.take_ups.push(TakeUp {
            id: asked.id,
            provider: asked.provider,
            months: asked.months,
            taken_at: now,
            held_until: held_until(asked.today, asked.months, asked.hold_days).min(last_day),
            confirmation_days: asked.confirmation_days,
            entitlement: asked.entitlement,
            proof: asked.right,
            pregnant: asked.pregnant,
            lines: Vec::new(),
            right: None,
            changes: Vec::new(),
            other_change: None,
            withdrawn: Vec::new(),
            release_requests: Vec::new(),
            state: TakeUpState::Verifying,
        });
        Ok(())
    })
}

/// Until when what was taken back is held, and for how many days after that it is confirmed: for as long as a new hold, and beyond
/// the order's last day for its confirmation alone.
pub fn reopened(
    (held_until, confirmation_days): (NaiveDate, u32),
    again: NaiveDate,
    last_day: Option<NaiveDate>,
) -> (NaiveDate, u32) {
    let until = last_day.map_or(again, |last| again.min(last)).max(held_until);
    let left = u32::try_from((again - until).num_days()).unwrap_or_default();
    (until, confirmation_days.max(left))
}

/// The hold is counted from the day on which goods can be issued: at once, or on the first day of a later month.
fn held_until(today: NaiveDate, months: Option<Months>, hold_days: u32) -> NaiveDate {
    let first = months.map_or(today, |months| months.from.first_day().max(today));
    first + Days::new(u64::from(hold_days))
}

/// The payer has looked once more: the months are held, or free again (DO-34).
pub fn conclude(
    order: DeviceOrder,
    id: TakeUpId,
    verdict: Verdict,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::TakeUpResult)?;
    let take_up = find(&order, id).filter(|it| it.state == TakeUpState::Verifying).ok_or_else(not_held)?;
    let provider = take_up.provider.id;
    match verdict {
        Verdict::Positive { lines, right, .. } => {
            let (changes, other_change) = changes(&order, take_up, &lines, now);
            change(order, now, Vec::new(), |confirmed| {
                confirmed.periods =
                    confirmed.periods.clone().move_take_up(id, PeriodState::Reserved { take_up: id });
                let take_up = find_mut(confirmed, id)?;
                take_up.lines = lines;
                take_up.right = Some(right);
                take_up.changes = changes;
                take_up.other_change = other_change;
                take_up.state = TakeUpState::Held;
                Ok(())
            })
        }
        Verdict::Negative { findings, .. } => {
            let event = DeviceOrderEvent::TakeUpRefused { take_up: id, provider };
            change(order, now, vec![event], |confirmed| {
                release(confirmed, id, TakeUpState::Refused { findings, at: now })
            })
        }
    }
}

/// Given back before anything was issued (T14); by an officer at anybody's request.
pub fn withdraw(
    order: DeviceOrder,
    id: TakeUpId,
    reason: Text<500>,
    by: Option<Officer>,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::TakeUpWithdrawal)?;
    let take_up = find(&order, id).ok_or_else(not_held)?;
    let is_held = matches!(take_up.state, TakeUpState::Held | TakeUpState::Verifying);
    admit(if is_held { Vec::new() } else { not_held() })?;
    let event = DeviceOrderEvent::TakeUpWithdrawn { take_up: id, provider: take_up.provider.id };
    let freed = change(order, now, vec![event], |confirmed| {
        release(confirmed, id, TakeUpState::Withdrawn { reason, by, at: now })
    })?;
    // A month that passed while it was held is lost with the hold.
    let elapsed = elapse::elapse(freed.document, now);
    Ok(Decided { document: elapsed.document, events: [freed.events, elapsed.events].concat() })
}

/// A take-up ends without goods: its months are free, and a paper order of which nothing else was begun is no longer
/// bound to a provider (DO-38).
pub(super) fn release(
    confirmed: &mut Confirmed,
    id: TakeUpId,
    state: TakeUpState,
) -> Result<(), Vec<Violation>> {
    find_mut(confirmed, id)?.state = state;
    confirmed.periods = confirmed.periods.clone().move_take_up(id, PeriodState::Available);
    if let Some(paper) =
        confirmed.issue.paper.as_mut().filter(|_| !confirmed.take_ups.iter().any(TakeUp::is_begun))
    {
        paper.bound_to = None;
    }
    Ok(())
}

impl TakeUp {
    /// Whether it has not ended without goods.
    pub fn is_begun(&self) -> bool {
        match self.state {
            TakeUpState::Verifying | TakeUpState::Held | TakeUpState::Realised { .. } => true,
            TakeUpState::Refused { .. } | TakeUpState::Withdrawn { .. } | TakeUpState::Lapsed { .. } => false,
        }
    }

    /// Whether it closes its months to others, and nothing was issued of it yet.
    pub fn is_open(&self) -> bool {
        match self.state {
            TakeUpState::Verifying | TakeUpState::Held => true,
            TakeUpState::Refused { .. }
            | TakeUpState::Realised { .. }
            | TakeUpState::Withdrawn { .. }
            | TakeUpState::Lapsed { .. } => false,
        }
    }

    /// The last day on which goods that were issued in time may be confirmed.
    pub fn confirmed_until(&self) -> NaiveDate {
        self.held_until + Days::new(u64::from(self.confirmation_days))
    }

    /// When its months are free again by themselves, unless goods are issued.
    pub fn frees_at(&self) -> DateTime<Utc> {
        match self.state {
            TakeUpState::Verifying => self.given_up_at(),
            TakeUpState::Held
            | TakeUpState::Refused { .. }
            | TakeUpState::Realised { .. }
            | TakeUpState::Withdrawn { .. }
            | TakeUpState::Lapsed { .. } => end_of_day_warsaw(self.confirmed_until()),
        }
    }

    /// When a look that nobody has concluded is given up.
    pub fn given_up_at(&self) -> DateTime<Utc> {
        self.taken_at + TimeDelta::minutes(MOST_MINUTES_OF_A_LOOK)
    }
}

pub fn find(order: &DeviceOrder, id: TakeUpId) -> Option<&TakeUp> {
    order.state.confirmed()?.take_ups.iter().find(|take_up| take_up.id == id)
}

/// The take-up while its goods can be issued.
pub fn held(order: &DeviceOrder, id: TakeUpId) -> Result<&TakeUp, Vec<Violation>> {
    find(order, id).filter(|it| it.state == TakeUpState::Held).ok_or_else(not_held)
}

pub(super) fn find_mut(confirmed: &mut Confirmed, id: TakeUpId) -> Result<&mut TakeUp, Vec<Violation>> {
    confirmed.take_ups.iter_mut().find(|take_up| take_up.id == id).ok_or_else(not_held)
}

pub(super) fn not_held() -> Vec<Violation> {
    vec![Violation::whole(NOT_HOLDER)]
}

/// Changes what the payer has confirmed, in a state that has it; the state's name stays.
pub(super) fn change(
    order: DeviceOrder,
    now: DateTime<Utc>,
    events: Vec<DeviceOrderEvent>,
    alter: impl FnOnce(&mut Confirmed) -> Result<(), Vec<Violation>>,
) -> DeviceOrderDecision {
    let state = match order.state {
        State::Positive(mut confirmed) => {
            alter(&mut confirmed)?;
            State::Positive(confirmed)
        }
        State::Realised(mut confirmed) => {
            alter(&mut confirmed)?;
            State::Realised(confirmed)
        }
        State::Draft
        | State::Registered(_)
        | State::Verifying(_)
        | State::Negative(_)
        | State::Expired(_)
        | State::Cancelled(_) => return Err(wrong_state()),
    };
    Ok(Decided { document: DeviceOrder { state, changed_at: now, ..order }, events })
}
