//! What of an order can be printed (DO-82, DO-83).

use super::DeviceOrder;
use super::model::{Realisation, TakeUp, TakeUpState};
use super::refusals::{NO_ACCESS_DATA, NOT_ISSUED, NOT_REALISED};
use crate::decision::admit;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};

type Check = fn(&DeviceOrder) -> Vec<String>;
type SupplyCheck = fn(&TakeUp) -> Vec<String>;

const OF_ORDERS: &[Rule<Check>] = &[Rule {
    number: "DO-82",
    legal: "eZWM v2.1.6 p. 11",
    says: Sentence {
        pl: "Drukuje się zlecenie wystawione; szkic nie ma numeru ani podpisu.",
        en: "An order is printed once it is issued; a draft has no number and no signature.",
    },
    problem: NOT_ISSUED,
    broken_at: |order| whole(order.number.is_none() || order.state.issue().is_none()),
}];

const OF_INFORMATION: &[Rule<Check>] = &[Rule {
    number: "DO-83",
    legal: "NFZ notice on orders",
    says: Sentence {
        pl: "Wydruk informacyjny dotyczy zlecenia potwierdzonego: pacjent odbierze z nim wyroby.",
        en: "The information print is of a confirmed order: with it the patient gets the devices.",
    },
    problem: NO_ACCESS_DATA,
    broken_at: |order| whole(order.state.confirmed().is_none()),
}];

const OF_SUPPLIES: &[Rule<SupplyCheck>] = &[Rule {
    number: "DO-84",
    legal: "eZWM v2.1.6 p. 11",
    says: Sentence {
        pl: "Części III i IV drukuje się z pobrania, z którego wydano wyroby.",
        en: "Parts III and IV are printed of a take-up of which goods were issued.",
    },
    problem: NOT_REALISED,
    broken_at: |take_up| whole(realisation(take_up).is_none()),
}];

pub fn entries() -> Vec<RuleEntry> {
    let orders = OF_ORDERS.iter().map(|rule| rule.entry("print"));
    let information = OF_INFORMATION.iter().map(|rule| rule.entry("information-print"));
    let supplies = OF_SUPPLIES.iter().map(|rule| rule.entry("print of a take-up"));
    orders.chain(information).chain(supplies).collect()
}

/// Parts I and II.
pub fn admit_print(order: &DeviceOrder) -> Result<(), Vec<Violation>> {
    admit(rule::broken(OF_ORDERS, |check| check(order)))
}

/// What the patient takes along.
pub fn admit_information(order: &DeviceOrder) -> Result<(), Vec<Violation>> {
    admit(rule::broken(OF_INFORMATION, |check| check(order)))
}

/// Parts III and IV: what was issued of the take-up.
pub fn admit_supply(take_up: &TakeUp) -> Result<&Realisation, Vec<Violation>> {
    admit(rule::broken(OF_SUPPLIES, |check| check(take_up)))?;
    realisation(take_up).ok_or_else(|| vec![Violation::whole(NOT_REALISED)])
}

fn realisation(take_up: &TakeUp) -> Option<&Realisation> {
    match &take_up.state {
        TakeUpState::Realised { realisation } => Some(realisation),
        TakeUpState::Verifying
        | TakeUpState::Refused { .. }
        | TakeUpState::Held
        | TakeUpState::Withdrawn { .. }
        | TakeUpState::Lapsed { .. } => None,
    }
}
