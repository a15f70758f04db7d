//! A provider takes up months of an order, or the whole of a one-off one, and gives them back (DO-33 to DO-39).
//!
//! Two steps: the months are the provider's alone while the payer looks once more, and then they are held or free again.

use super::content::Content;
use super::events::DeviceOrderEvent;
use super::lifecycle::{Command, Confirmed, PeriodState, State};
use super::model::{
    ConfirmedLine, DeviceOrder, EntitlementChoice, LimitChange, Months, Provider, TakeUp, TakeUpState,
};
use super::refusals::{
    MONTHS_OUTSIDE, NO_CONTRACT, NOT_AVAILABLE, NOT_HOLDER, PAPER_ELSEWHERE, TAKE_UP_PAST, TOO_MANY_AT_ONCE,
    admit_state, wrong_state,
};
use super::verification::Verdict;
use super::{Check, DeviceOrderDecision, elapse};
use crate::calendar::{age_on, warsaw_date};
use crate::decision::{Decided, admit};
use crate::demand::model::Officer;
use crate::ids::TakeUpId;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::values::{Text, YearMonth};
use chrono::{DateTime, Days, NaiveDate, Utc};

const MOST_MONTHS: u32 = 6;

/// What a provider asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: TakeUpId,
    pub provider: Provider,
    /// Whether the directory knows a contract of the provider, or of whom it acts for, that is valid today.
    pub has_contract: bool,
    pub months: Option<Months>,
    pub entitlement: EntitlementChoice,
    /// How many days the goods may take (a setting).
    pub hold_days: u32,
    pub today: NaiveDate,
}

const RULES: &[Rule<Check<Asked>>] = &[
    Rule {
        number: "DO-35",
        legal: "eZWM v2.1.6 pp. 2, 84",
        says: Sentence {
            pl: "Pobiera realizator z umową ważną w tym dniu; podwykonawca działa w ramach umowy jej posiadacza.",
            en: "A provider takes up with a contract that is valid on the day; a subcontractor acts under its holder's.",
        },
        problem: NO_CONTRACT,
        broken_at: |_, asked| whole(!asked.has_contract),
    },
    Rule {
        number: "DO-36a",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Miesiące należą do zlecenia; zlecenie jednorazowe ich nie ma.",
            en: "The months belong to the order; a one-off order has none.",
        },
        problem: MONTHS_OUTSIDE,
        broken_at: |order, asked| {
            let is_inside =
                order.state.confirmed().is_some_and(|it| it.periods.asked(asked.months).is_some());
            at("/months", !is_inside)
        },
    },
    Rule {
        number: "DO-36b",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Naraz pobiera się od 1 do 6 miesięcy.", en: "One take-up has 1 to 6 months."
        },
        problem: TOO_MANY_AT_ONCE,
        broken_at: |_, asked| {
            at("/months/count", asked.months.is_some_and(|months| !(1..=MOST_MONTHS).contains(&months.count)))
        },
    },
    Rule {
        number: "DO-36c",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Pierwszy miesiąc nie jest wcześniejszy niż bieżący.",
            en: "The first month is not before the present one.",
        },
        problem: TAKE_UP_PAST,
        broken_at: |_, asked| {
            let present = YearMonth::of(asked.today);
            at("/months/from", asked.months.is_some_and(|months| months.from < present))
        },
    },
    Rule {
        number: "DO-38",
        legal: "order of the NFZ president 98/2023/DSOZ",
        says: Sentence {
            pl: "Części e-zlecenia można realizować u różnych realizatorów, papierowego u jednego.",
            en: "Parts of an electronic order may go to several providers; a paper order to one.",
        },
        problem: PAPER_ELSEWHERE,
        broken_at: |order, asked| {
            let bound = order.state.issue().and_then(|issue| issue.paper.as_ref()).and_then(|it| it.bound_to);
            whole(bound.is_some_and(|bound| bound != asked.provider.id))
        },
    },
    Rule {
        number: "DO-33",
        legal: "eZWM v2.1.6 p. 49",
        says: Sentence {
            pl: "Pobiera się tylko wolne miesiące; pobranie blokuje je dla innych.",
            en: "Only free months are taken up, and a take-up closes them to others.",
        },
        problem: NOT_AVAILABLE,
        broken_at: |order, asked| {
            let states = order.state.confirmed().and_then(|it| it.periods.asked(asked.months));
            at("/months", states.is_some_and(|it| it.iter().any(|state| *state != PeriodState::Available)))
        },
    },
];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("take-ups")).collect()
}

/// The months are closed to everybody else from here on.
pub fn take_up(order: DeviceOrder, asked: Asked, now: DateTime<Utc>) -> DeviceOrderDecision {
    admit_state(&order.state, Command::TakeUp)?;
    admit(rule::broken(RULES, |check| check(&order, &asked)))?;
    let event = DeviceOrderEvent::MonthsTakenUp { take_up: asked.id, provider: asked.provider.id };
    change(order, now, vec![event], |confirmed| {
        let (id, months, provider) = (asked.id, asked.months, asked.provider.id);
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
            held_until: held_until(asked.today, asked.months, asked.hold_days),
            entitlement: asked.entitlement,
            lines: Vec::new(),
            right: None,
            changes: Vec::new(),
            withdrawn: Vec::new(),
            state: TakeUpState::Verifying,
        });
        Ok(())
    })
}

/// The hold is counted from the day on which goods can be issued: at once, or on the first day of a later month.
fn held_until(today: NaiveDate, months: Option<Months>, hold_days: u32) -> NaiveDate {
    let first = months.map_or(today, |months| months.from.first_day().max(today));
    first + Days::new(u64::from(hold_days))
}

/// The content as the payer looks at it for this take-up (DO-39).
pub fn content_for(order: &DeviceOrder, choice: &EntitlementChoice) -> Content {
    let additional_entitlement = match choice {
        EntitlementChoice::Keep => order.content.additional_entitlement.clone(),
        EntitlementChoice::Remove => None,
        EntitlementChoice::Set { entitlement } => Some(entitlement.clone()),
    };
    Content { additional_entitlement, ..order.content.clone() }
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
            let changes = changes(&order, take_up, &lines, now);
            change(order, now, Vec::new(), |confirmed| {
                confirmed.periods =
                    confirmed.periods.clone().move_take_up(id, PeriodState::Reserved { take_up: id });
                let take_up = find_mut(confirmed, id)?;
                take_up.lines = lines;
                take_up.right = Some(right);
                take_up.changes = changes;
                take_up.state = TakeUpState::Held;
                Ok(())
            })
        }
        Verdict::Negative { findings, .. } => {
            let event = DeviceOrderEvent::TakeUpRefused { take_up: id, provider };
            change(order, now, vec![event], |confirmed| {
                find_mut(confirmed, id)?.state = TakeUpState::Refused { findings, at: now };
                free(confirmed, id);
                Ok(())
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
        find_mut(confirmed, id)?.state = TakeUpState::Withdrawn { reason, by, at: now };
        free(confirmed, id);
        Ok(())
    })?;
    // A month that passed while it was held is lost with the hold.
    let elapsed = elapse::elapse(freed.document, now);
    Ok(Decided { document: elapsed.document, events: [freed.events, elapsed.events].concat() })
}

/// Why the limits are others than those of the first look, with the payer's reasons.
fn changes(
    order: &DeviceOrder,
    take_up: &TakeUp,
    lines: &[ConfirmedLine],
    now: DateTime<Utc>,
) -> Vec<LimitChange> {
    let Some(confirmed) = order.state.confirmed() else { return Vec::new() };
    if confirmed.confirmation.lines == lines {
        return Vec::new();
    }
    let issued_on = confirmed.issue.issued_on;
    let has_aged = order
        .content
        .patient
        .born()
        .is_some_and(|born| age_on(born, issued_on) != age_on(born, warsaw_date(now)));
    let has_other_entitlement = take_up.entitlement != EntitlementChoice::Keep;
    let reasons: Vec<LimitChange> =
        [(LimitChange::Age, has_aged), (LimitChange::Entitlement, has_other_entitlement)]
            .into_iter()
            .filter_map(|(reason, holds)| holds.then_some(reason))
            .collect();
    if reasons.is_empty() { vec![LimitChange::Regulation] } else { reasons }
}

pub(super) fn free(confirmed: &mut Confirmed, id: TakeUpId) {
    confirmed.periods = confirmed.periods.clone().move_take_up(id, PeriodState::Available);
}

pub fn find(order: &DeviceOrder, id: TakeUpId) -> Option<&TakeUp> {
    order.state.confirmed()?.take_ups.iter().find(|take_up| take_up.id == id)
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
