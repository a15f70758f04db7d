//! Passing an approved demand on to a wholesaler, in the system or on paper, and taking that back.

use super::super::clocks::{ClockKind, RunningClock};
use super::super::events::DemandEvent;
use super::super::ledger::Ledger;
use super::super::lifecycle::{Approved, Command, Expired, State, WithWholesaler};
use super::super::model::{Demand, Handover, HandoverReturn};
use super::super::refusals::{
    ALREADY_DRAWN, ALREADY_USED, HANDOVER_OF_ANOTHER, NOT_EXPIRED_BY_HANDOVER, PASSED_ON_FUTURE,
    PASSED_ON_LATE, admit_state, wrong_state,
};
use super::super::treated;
use super::super::{Check, DemandDecision};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::outage::Holds;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at, whole};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Passing on, in the system or on paper, with the day on which it is recorded, and what held the term.
#[derive(Clone, Debug)]
pub struct AskedHandover {
    pub passed_on: NaiveDate,
    pub today: NaiveDate,
    pub holds: Holds,
}

pub const HANDOVER_RULES: &[Rule<Check<AskedHandover>>] = &[
    Rule {
        number: "SD-23",
        legal: "PF art. 4ad(7); later hand-overs: design",
        says: Sentence {
            pl: "Zapotrzebowanie przekazuje się hurtowni w ciągu 60 dni od rozstrzygnięcia; pierwsze przekazanie w terminie zachowuje go dla późniejszych.",
            en: "A demand is passed to a wholesaler within 60 days of the resolution; a first timely hand-over keeps later ones in time.",
        },
        problem: PASSED_ON_LATE,
        broken_at: passed_on_in_time,
    },
    Rule {
        number: "SD-24",
        legal: "design",
        says: Sentence {
            pl: "Data przekazania leży między rozstrzygnięciem a dniem wpisu.",
            en: "The date of passing on lies between the resolution and the day of entry.",
        },
        problem: PASSED_ON_FUTURE,
        broken_at: passed_on_is_past,
    },
    Rule {
        number: "SD-33",
        legal: "PF art. 4ad(3), 4ad(7)",
        says: Sentence {
            pl: "Dowód przekazania w terminie uchyla tylko wygaśnięcie z powodu braku przekazania.",
            en: "Proof of a timely hand-over lifts only an expiry for want of a hand-over.",
        },
        problem: NOT_EXPIRED_BY_HANDOVER,
        broken_at: expired_for_want_of_a_handover,
    },
];

fn passed_on_in_time(demand: &Demand, asked: &AskedHandover) -> Vec<String> {
    let late = demand.state.approved().is_some_and(|approved| {
        let first = approved.first_passed_on.unwrap_or(asked.passed_on);
        last_day(approved, &asked.holds).is_some_and(|last| first.min(asked.passed_on) > last)
    });
    at("/passedOn", late)
}

/// The last day for passing on; `None` while an outage holds the term for as long as nobody knows.
fn last_day(approved: &Approved, holds: &Holds) -> Option<NaiveDate> {
    let mut clock = RunningClock::start(ClockKind::Handover, approved.resolution.resolved_at);
    clock.hold(holds);
    clock.ends_at().map(|end| warsaw_date(end - TimeDelta::microseconds(1)))
}

fn passed_on_is_past(demand: &Demand, asked: &AskedHandover) -> Vec<String> {
    let day = asked.passed_on;
    let resolved = demand.state.resolution().map(|resolution| resolution.resolved_on);
    at("/passedOn", day > asked.today || resolved.is_some_and(|resolved| day < resolved))
}

fn expired_for_want_of_a_handover(demand: &Demand, _: &AskedHandover) -> Vec<String> {
    let never_submitted = match &demand.state {
        State::Expired(expired) => matches!(expired.as_ref(), Expired::NotSubmitted { .. }),
        _ => false,
    };
    whole(never_submitted)
}

/// All that stands in the way of passing the demand on on this day, to whomever it is.
pub fn handover_faults(
    demand: &Demand,
    passed_on: NaiveDate,
    holds: &Holds,
    now: DateTime<Utc>,
) -> Vec<Violation> {
    let asked = AskedHandover { passed_on, today: warsaw_date(now), holds: holds.clone() };
    rule::broken(HANDOVER_RULES, |check| check(demand, &asked))
}

/// The pharmacy passes the demand on in the system.
pub fn hand_over(demand: Demand, handover: Handover, holds: &Holds, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Handover)?;
    admit(handover_faults(&demand, handover.passed_on, holds, now))?;
    let State::Approved(approved) = demand.state else { return wrong_state() };
    let (state, event) = passed_on(*approved, handover);
    Ok(Decided { document: Demand { state, changed_at: now, ..demand }, events: vec![event] })
}

/// The wholesaler records a hand-over on paper; one in time lifts an expiry for want of it.
pub fn receive_on_paper(
    demand: Demand,
    handover: Handover,
    holds: &Holds,
    now: DateTime<Utc>,
) -> DemandDecision {
    admit_state(&demand.state, Command::PaperReceipt)?;
    admit(handover_faults(&demand, handover.passed_on, holds, now))?;
    let (approved, mut events) = match demand.state {
        State::Approved(approved) => (*approved, Vec::new()),
        State::Expired(expired) => match *expired {
            Expired::NotRealised { approved, .. } => (approved, vec![DemandEvent::ExpiryLifted {}]),
            Expired::NotSubmitted { .. } => return wrong_state(),
        },
        _ => return wrong_state(),
    };
    let (state, event) = passed_on(approved, handover);
    events.push(event);
    Ok(Decided { document: Demand { state, changed_at: now, ..demand }, events })
}

fn passed_on(mut approved: Approved, handover: Handover) -> (State, DemandEvent) {
    let first = approved.first_passed_on.unwrap_or(handover.passed_on);
    approved.first_passed_on = Some(first.min(handover.passed_on));
    let event =
        DemandEvent::DemandHandedOver { wholesaler: handover.wholesaler.id, pharmacy: handover.pharmacy.id };
    let held = WithWholesaler { approved, handover, ledger: Ledger::default() };
    (State::WithWholesaler(Box::new(held)), event)
}

pub const HANDOVER_RETURN_RULES: &[Rule<Check<HandoverReturn>>] = &[
    Rule {
        number: "SD-25",
        legal: "design",
        says: Sentence {
            pl: "Przekazanie można cofnąć, dopóki nic nie sprowadzono ani nie wydano.",
            en: "A hand-over can be taken back as long as nothing is drawn.",
        },
        problem: ALREADY_DRAWN,
        broken_at: nothing_is_drawn,
    },
    Rule {
        number: "SD-61",
        legal: "design",
        says: Sentence {
            pl: "Nie cofa się przekazania, po którym produktu już użyto.",
            en: "A hand-over after which the product was used is not taken back.",
        },
        problem: ALREADY_USED,
        broken_at: nothing_is_used,
    },
    Rule {
        number: "SD-38",
        legal: "design",
        says: Sentence {
            pl: "Przekazanie cofa apteka, która go dokonała lub odbierze produkt, albo hurtownia, która je otrzymała.",
            en: "The pharmacy that made a hand-over or will receive the product, or the wholesaler that has it, takes it back.",
        },
        problem: HANDOVER_OF_ANOTHER,
        broken_at: taken_back_by_a_party_to_it,
    },
];

fn nothing_is_drawn(demand: &Demand, _: &HandoverReturn) -> Vec<String> {
    whole(demand.is_drawn())
}

fn nothing_is_used(demand: &Demand, _: &HandoverReturn) -> Vec<String> {
    whole(demand.is_used())
}

/// A pharmacy that was given the same two numbers is no party to another's hand-over.
fn taken_back_by_a_party_to_it(demand: &Demand, asked: &HandoverReturn) -> Vec<String> {
    let is_party =
        |held: &Handover| [held.passed_on_by, held.pharmacy.id, held.wholesaler.id].contains(&asked.by);
    whole(!demand.state.handover().is_some_and(is_party))
}

/// The wholesaler declines, or the pharmacy recalls.
pub fn return_handover(demand: Demand, returned: HandoverReturn, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::HandoverReturn)?;
    admit(rule::broken(HANDOVER_RETURN_RULES, |check| check(&demand, &returned)))?;
    let State::WithWholesaler(held) = demand.state else { return wrong_state() };
    let WithWholesaler { mut approved, handover, .. } = *held;
    approved.handover_returned = Some(returned);
    let event =
        DemandEvent::HandoverReturned { wholesaler: handover.wholesaler.id, pharmacy: handover.pharmacy.id };
    let treated = treated::unsupplied(demand.treated);
    let document = Demand { state: State::Approved(Box::new(approved)), treated, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![event] })
}
