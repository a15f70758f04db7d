//! Passing an approved demand on to a wholesaler, and drawing it down (PF art. 4ad(5)–(7)).

use super::clocks::ClockKind;
use super::events::DemandEvent;
use super::ledger::{Fit, Ledger, Realisation, RealisationKind, Reversal, fit};
use super::lifecycle::{Approved, Command, Expired, Realised, State, WithWholesaler};
use super::model::{Demand, Handover};
use super::refusals::{
    ALREADY_DRAWN, LEDGER_BEYOND, LEDGER_DATE, LEDGER_EXPIRED_BATCH, LEDGER_FINAL_KIND, LEDGER_UNIT,
    NOT_EXPIRED_BY_HANDOVER, PASSED_ON_FUTURE, PASSED_ON_LATE, REALISATION_REVERSED, admit_state,
    wrong_state,
};
use super::{Check, DemandDecision};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, Decision, admit};
use crate::problem::Sentence;
use crate::rule::{self, Rule, at, whole};
use crate::values::Quantity;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

/// Passing on, in the system or on paper, with the day on which it is recorded.
#[derive(Clone, Debug)]
pub struct AskedHandover {
    pub handover: Handover,
    pub today: NaiveDate,
}

pub const HANDOVER_RULES: &[Rule<Check<AskedHandover>>] = &[
    Rule {
        number: "SD-23",
        legal: "PF art. 4ad(7)",
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
];

fn passed_on_in_time(demand: &Demand, asked: &AskedHandover) -> Vec<String> {
    let late = demand.state.approved().is_some_and(|approved| {
        let last_day = ClockKind::Handover.term().last_day(approved.resolution.resolved_on);
        let first = approved.first_passed_on.unwrap_or(asked.handover.passed_on);
        first.min(asked.handover.passed_on) > last_day
    });
    at("/passedOn", late)
}

fn passed_on_is_past(demand: &Demand, asked: &AskedHandover) -> Vec<String> {
    let day = asked.handover.passed_on;
    let resolved = demand.state.resolution().map(|resolution| resolution.resolved_on);
    at("/passedOn", day > asked.today || resolved.is_some_and(|resolved| day < resolved))
}

/// The pharmacy passes the demand on in the system.
pub fn hand_over(demand: Demand, handover: Handover, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Handover)?;
    let asked = AskedHandover { handover, today: warsaw_date(now) };
    admit(rule::broken(HANDOVER_RULES, |check| check(&demand, &asked)))?;
    let State::Approved(approved) = demand.state else { return wrong_state() };
    Ok(passed_on(Demand { state: State::Draft, ..demand }, *approved, asked.handover, now))
}

/// The wholesaler records a hand-over on paper; one in time lifts an expiry for want of it.
pub fn receive_on_paper(demand: Demand, handover: Handover, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::PaperReceipt)?;
    let asked = AskedHandover { handover, today: warsaw_date(now) };
    let lifted = matches!(demand.state, State::Expired(_));
    if lifted && demand.state.approved().is_none() {
        return Err(vec![crate::problem::Violation::whole(NOT_EXPIRED_BY_HANDOVER)]);
    }
    admit(rule::broken(HANDOVER_RULES, |check| check(&demand, &asked)))?;
    let (approved, rest) = match demand.state {
        State::Approved(approved) => (*approved, Demand { state: State::Draft, ..demand }),
        State::Expired(expired) => match *expired {
            Expired::NotRealised { approved, .. } => (approved, Demand { state: State::Draft, ..demand }),
            Expired::NotSubmitted { .. } => return wrong_state(),
        },
        _ => return wrong_state(),
    };
    let mut decided = passed_on(rest, approved, asked.handover, now);
    if lifted {
        decided.events.insert(0, DemandEvent::ExpiryLifted {});
    }
    Ok(decided)
}

fn passed_on(
    demand: Demand,
    mut approved: Approved,
    handover: Handover,
    now: DateTime<Utc>,
) -> Decided<Demand, DemandEvent> {
    let first = approved.first_passed_on.unwrap_or(handover.passed_on);
    approved.first_passed_on = Some(first.min(handover.passed_on));
    let event =
        DemandEvent::DemandHandedOver { wholesaler: handover.wholesaler.id, pharmacy: handover.pharmacy.id };
    let state =
        State::WithWholesaler(Box::new(WithWholesaler { approved, handover, ledger: Ledger::default() }));
    Decided { document: Demand { state, changed_at: now, ..demand }, events: vec![event] }
}

pub const HANDOVER_RETURN_RULES: &[Rule<Check<()>>] = &[Rule {
    number: "SD-25",
    legal: "design",
    says: Sentence {
        pl: "Przekazanie można cofnąć, dopóki nic nie sprowadzono ani nie wydano.",
        en: "A hand-over can be taken back as long as nothing is drawn.",
    },
    problem: ALREADY_DRAWN,
    broken_at: nothing_is_drawn,
}];

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "every check of a command takes what was asked by reference"
)]
fn nothing_is_drawn(demand: &Demand, (): &()) -> Vec<String> {
    whole(demand.state.ledger().is_some_and(|ledger| !ledger.is_untouched()))
}

/// The wholesaler declines, or the pharmacy recalls.
pub fn return_handover(demand: Demand, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::HandoverReturn)?;
    admit(rule::broken(HANDOVER_RETURN_RULES, |check| check(&demand, &())))?;
    let State::WithWholesaler(held) = demand.state else { return wrong_state() };
    let WithWholesaler { approved, handover, .. } = *held;
    let event =
        DemandEvent::HandoverReturned { wholesaler: handover.wholesaler.id, pharmacy: handover.pharmacy.id };
    let document = Demand { state: State::Approved(Box::new(approved)), changed_at: now, ..demand };
    Ok(Decided { document, events: vec![event] })
}

/// An entry that somebody wants to record.
#[derive(Clone, Debug)]
pub struct AskedRealisation {
    pub entry: Realisation,
    pub today: NaiveDate,
}

pub const REALISATION_RULES: &[Rule<Check<AskedRealisation>>] = &[
    Rule {
        number: "SD-26",
        legal: "design",
        says: Sentence {
            pl: "Rozchód liczy się w jednostce zgody.",
            en: "The ledger counts in the approved unit.",
        },
        problem: LEDGER_UNIT,
        broken_at: counted_in_the_approved_unit,
    },
    Rule {
        number: "SD-27",
        legal: "design",
        says: Sentence {
            pl: "Wpisy każdego rodzaju sumują się najwyżej do ilości w zgodzie; ostatnie pełne opakowanie może ją przekroczyć.",
            en: "Entries of each kind add up to at most the approved quantity; the last whole pack may reach beyond it.",
        },
        problem: LEDGER_BEYOND,
        broken_at: within_the_approved_quantity,
    },
    Rule {
        number: "SD-28",
        legal: "design",
        says: Sentence {
            pl: "Data czynności leży między rozstrzygnięciem a dniem wpisu.",
            en: "The date lies between the resolution and the day of entry.",
        },
        problem: LEDGER_DATE,
        broken_at: done_on_is_past,
    },
    Rule {
        number: "SD-29",
        legal: "PF art. 4(8a), art. 66",
        says: Sentence {
            pl: "Seria po terminie ważności nie może być w obrocie.",
            en: "A batch past its expiry date must not be in trade.",
        },
        problem: LEDGER_EXPIRED_BATCH,
        broken_at: batch_is_not_expired,
    },
    Rule {
        number: "SD-30",
        legal: "design",
        says: Sentence {
            pl: "Rozchód zamyka apteka, wpisem wydania.",
            en: "The pharmacy closes the ledger, with an entry of dispensing.",
        },
        problem: LEDGER_FINAL_KIND,
        broken_at: only_dispensing_closes,
    },
];

fn approved_quantity(demand: &Demand) -> Option<&Quantity> {
    demand.state.resolution().and_then(|resolution| resolution.draft.approved_quantity.as_ref())
}

fn fit_of(demand: &Demand, entry: &Realisation) -> Option<Fit> {
    let approved = approved_quantity(demand)?;
    let drawn = demand.state.ledger().map_or(Decimal::ZERO, |ledger| ledger.sum(entry.kind));
    Some(fit(drawn, entry.packs, &entry.pack_size, approved))
}

fn counted_in_the_approved_unit(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    let differs =
        approved_quantity(demand).is_some_and(|approved| approved.unit() != asked.entry.pack_size.unit());
    at("/packSize/unit", differs)
}

fn within_the_approved_quantity(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    at("/packs", fit_of(demand, &asked.entry) == Some(Fit::Beyond))
}

fn done_on_is_past(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    let day = asked.entry.done_on;
    let resolved = demand.state.resolution().map(|resolution| resolution.resolved_on);
    at("/doneOn", day > asked.today || resolved.is_some_and(|resolved| day < resolved))
}

fn batch_is_not_expired(_: &Demand, asked: &AskedRealisation) -> Vec<String> {
    at("/expiresOn", asked.entry.expires_on < asked.entry.done_on)
}

fn only_dispensing_closes(_: &Demand, asked: &AskedRealisation) -> Vec<String> {
    at("/final", asked.entry.closes && asked.entry.kind != RealisationKind::Dispensed)
}

/// A demand with the ledger entry that was recorded or reversed.
pub type LedgerDecision = Decision<(Demand, Realisation), DemandEvent>;

/// Records an entry; the ledger's end realises the demand.
pub fn realise(demand: Demand, entry: Realisation, now: DateTime<Utc>) -> LedgerDecision {
    admit_state(&demand.state, Command::Realisation)?;
    let rounded_up = fit_of(&demand, &entry) == Some(Fit::RoundedUp);
    let asked = AskedRealisation { entry: Realisation { rounded_up, ..entry }, today: warsaw_date(now) };
    admit(rule::broken(REALISATION_RULES, |check| check(&demand, &asked)))?;
    let exhausted = |ledger: &Ledger| approved_quantity(&demand).is_some_and(|q| ledger.is_exhausted(q));
    let ledger = demand.state.ledger().cloned().unwrap_or_default().with(&asked.entry);
    let is_done = exhausted(&ledger);
    let mut events = vec![DemandEvent::RealisationRecorded { realisation: asked.entry.id }];
    let State::WithWholesaler(held) = demand.state else {
        return Err(vec![crate::problem::Violation::whole(super::refusals::WRONG_STATE)]);
    };
    let WithWholesaler { approved, handover, .. } = *held;
    let state = if is_done {
        events.push(DemandEvent::DemandRealised {});
        State::Realised(Box::new(Realised { approved, handover, ledger, at: now }))
    } else {
        State::WithWholesaler(Box::new(WithWholesaler { approved, handover, ledger }))
    };
    Ok(Decided { document: (Demand { state, changed_at: now, ..demand }, asked.entry), events })
}

pub const REVERSAL_RULES: &[Rule<Check<Realisation>>] = &[Rule {
    number: "SD-31",
    legal: "design",
    says: Sentence {
        pl: "Wpis wycofuje się raz; sam wpis się nie zmienia.",
        en: "An entry is reversed once; the entry itself never changes.",
    },
    problem: REALISATION_REVERSED,
    broken_at: entry_stands,
}];

fn entry_stands(_: &Demand, entry: &Realisation) -> Vec<String> {
    whole(entry.reversal.is_some())
}

/// Reverses an entry; what it had drawn is free again, and a finished demand may be open again.
pub fn reverse(demand: Demand, entry: Realisation, reversal: Reversal, now: DateTime<Utc>) -> LedgerDecision {
    admit_state(&demand.state, Command::RealisationReversal)?;
    admit(rule::broken(REVERSAL_RULES, |check| check(&demand, &entry)))?;
    let ledger = demand.state.ledger().cloned().unwrap_or_default().without(&entry);
    let still_done = approved_quantity(&demand).is_some_and(|approved| ledger.is_exhausted(approved));
    let mut events = vec![DemandEvent::RealisationReversed { realisation: entry.id }];
    let state = match demand.state {
        State::WithWholesaler(held) => State::WithWholesaler(Box::new(WithWholesaler { ledger, ..*held })),
        State::Realised(done) if still_done => State::Realised(Box::new(Realised { ledger, ..*done })),
        State::Realised(done) => {
            events.push(DemandEvent::DemandReopened {});
            let Realised { approved, handover, .. } = *done;
            State::WithWholesaler(Box::new(WithWholesaler { approved, handover, ledger }))
        }
        _ => return Err(vec![crate::problem::Violation::whole(super::refusals::WRONG_STATE)]),
    };
    let entry = Realisation { reversal: Some(reversal), ..entry };
    Ok(Decided { document: (Demand { state, changed_at: now, ..demand }, entry), events })
}
