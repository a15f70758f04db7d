//! The patient, or another provider that has opened the order, asks whoever holds the repair to give it back; the holder decides.

use super::RepairOrderDecision;
use super::events::RepairOrderEvent;
use super::lifecycle::{Command, Held, State};
use super::model::{Hold, RepairOrder};
use super::refusals::{OWN_HOLD, admit_state, wrong_state};
use crate::decision::{Decided, admit};
use crate::device_order::refusals::RELEASE_REQUESTED;
use crate::device_order::release::{Party, ReleaseRequest, requested_by};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};
use chrono::{DateTime, Utc};

type Check = fn(&Hold, Party) -> Vec<String>;

const RULES: &[Rule<Check>] = &[
    Rule {
        number: "RO-86",
        legal: "design",
        says: Sentence {
            pl: "O zwolnienie naprawy prosi się innego realizatora; własne pobranie się wycofuje.",
            en: "The release of a repair is asked of another provider; one's own take-up is given back.",
        },
        problem: OWN_HOLD,
        broken_at: |hold, by| whole(by == Party::Provider(hold.provider.id)),
    },
    Rule {
        number: "RO-87",
        legal: "design",
        says: Sentence {
            pl: "O zwolnienie tego samego pobrania naprawy prosi się raz (DO-69c).",
            en: "The release of one take-up of a repair is asked for once (DO-69c).",
        },
        problem: RELEASE_REQUESTED,
        broken_at: |hold, by| whole(requested_by(&hold.release_requests, by).is_some()),
    },
];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("repair orders: release-requests")).collect()
}

/// Why this party cannot ask whoever holds it; empty where nobody does, which the state says.
pub fn faults(hold: &Hold, by: Party) -> Vec<Violation> {
    rule::broken(RULES, |check| check(hold, by))
}

/// Asks the holder.
pub fn request(order: RepairOrder, asked: ReleaseRequest, now: DateTime<Utc>) -> RepairOrderDecision {
    admit_state(&order.state, Command::ReleaseRequest)?;
    let State::Held(held) = order.state.clone() else { return Err(wrong_state()) };
    admit(faults(&held.hold, asked.by.party()))?;
    let Held { confirmed, mut hold } = *held;
    hold.release_requests.push(asked);
    let event = RepairOrderEvent::RepairReleaseRequested { provider: hold.provider.id };
    let state = State::Held(Box::new(Held { confirmed, hold }));
    Ok(Decided { document: RepairOrder { state, changed_at: now, ..order }, events: vec![event] })
}
