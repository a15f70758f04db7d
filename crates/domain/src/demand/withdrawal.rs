//! The physician withdraws: any time before the resolution, and later while nothing is drawn.

use super::Check;
use super::DemandDecision;
use super::events::DemandEvent;
use super::lifecycle::{Command, State, Withdrawn};
use super::model::Demand;
use super::refusals::{ALREADY_DRAWN, ALREADY_USED, admit_state};
use super::treated;
use crate::clarification;
use crate::decision::{Decided, admit};
use crate::problem::Sentence;
use crate::rule::{self, Rule, whole};
use crate::values::Text;
use chrono::{DateTime, Utc};

pub const RULES: &[Rule<Check<Text<2000>>>] = &[
    Rule {
        number: "SD-22",
        legal: "design",
        says: Sentence {
            pl: "Po zgodzie zapotrzebowanie można wycofać, dopóki nic nie sprowadzono ani nie wydano.",
            en: "After an approval a demand can be withdrawn as long as nothing is drawn.",
        },
        problem: ALREADY_DRAWN,
        broken_at: nothing_is_drawn,
    },
    Rule {
        number: "SD-60",
        legal: "design",
        says: Sentence {
            pl: "Nie wycofuje się zapotrzebowania, z którego kogoś leczono.",
            en: "A demand from which anybody was treated is not withdrawn.",
        },
        problem: ALREADY_USED,
        broken_at: nothing_is_used,
    },
];

fn nothing_is_drawn(demand: &Demand, _: &Text<2000>) -> Vec<String> {
    whole(demand.is_drawn())
}

fn nothing_is_used(demand: &Demand, _: &Text<2000>) -> Vec<String> {
    whole(demand.is_used())
}

pub fn withdraw(demand: Demand, reason: Text<2000>, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Withdrawal)?;
    admit(rule::broken(RULES, |check| check(&demand, &reason)))?;
    let demand = clarification::withdraw(demand, now);
    let state = State::Withdrawn(Box::new(Withdrawn { reason, at: now, was: demand.state }));
    let treated = treated::unsupplied(demand.treated);
    let document = Demand { state, treated, pending: None, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::DemandWithdrawn {}] })
}

#[cfg(test)]
mod tests;
