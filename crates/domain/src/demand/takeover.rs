//! Another physician of the entity goes on with the demand when the first cannot act.

use super::DemandDecision;
use super::events::DemandEvent;
use super::issue::{PhysicianOnRecord, edit};
use super::lifecycle::{Command, State};
use super::model::{Demand, PhysicianTakeover};
use super::refusals::{
    ALREADY_YOURS, CONSULTANT_IS_PHYSICIAN, NOTHING_LEFT_TO_DO, PATIENT_LIST_CLOSED, admit_state,
};
use super::{Check, content, treated};
use crate::decision::{Decided, admit};
use crate::problem::Sentence;
use crate::rule::{self, Rule, whole};
use crate::values::Text;
use chrono::{DateTime, Utc};

/// Who takes the demand over, and why the first cannot act.
#[derive(Clone, Debug)]
pub struct Takeover {
    pub physician: PhysicianOnRecord,
    pub reason: Text<2000>,
}

pub const RULES: &[Rule<Check<Takeover>>] = &[
    Rule {
        number: "SD-39",
        legal: "design",
        says: Sentence {
            pl: "Zapotrzebowanie przejmuje inny lekarz niż ten, który je prowadzi.",
            en: "Another physician than the one who holds it takes a demand over.",
        },
        problem: ALREADY_YOURS,
        broken_at: held_by_another,
    },
    Rule {
        number: "SD-40",
        legal: "design",
        says: Sentence {
            pl: "Konsultant nie przejmuje zapotrzebowania, które ocenia lub ocenił.",
            en: "A consultant does not take over a demand that they assess or have assessed.",
        },
        problem: CONSULTANT_IS_PHYSICIAN,
        broken_at: taken_over_by_nobody_who_assesses,
    },
    Rule {
        number: "SD-59",
        legal: "RODO art. 5(1)(c); design",
        says: Sentence {
            pl: "Zakończone zapotrzebowanie przejmuje się tylko dla listy leczonych pacjentów: by ją podać lub poprawić.",
            en: "A demand that has ended is taken over only for its list of treated patients: to give or to correct it.",
        },
        problem: NOTHING_LEFT_TO_DO,
        broken_at: something_is_left_to_do,
    },
];

fn held_by_another(demand: &Demand, asked: &Takeover) -> Vec<String> {
    whole(demand.physician == asked.physician.npwz)
}

fn taken_over_by_nobody_who_assesses(demand: &Demand, asked: &Takeover) -> Vec<String> {
    let chosen = demand.state.consultant().map(|consultant| &consultant.npwz);
    whole(demand.assessors.iter().chain(chosen).any(|assessor| *assessor == asked.physician.npwz))
}

fn something_is_left_to_do(demand: &Demand, _: &Takeover) -> Vec<String> {
    let has_ended = matches!(demand.state, State::Realised(_) | State::Revoked(_));
    // A list that is whole can still be wrong.
    let has_no_list = treated::closed_to(demand).is_some_and(|problem| problem != PATIENT_LIST_CLOSED);
    whole(has_ended && has_no_list)
}

/// From now on the demand is the other physician's. What was signed stays signed by the first; what is still to be
/// signed names the one who will sign it.
pub fn take_over(demand: Demand, asked: Takeover, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Takeover)?;
    admit(rule::broken(RULES, |check| check(&demand, &asked)))?;
    let Takeover { physician, reason } = asked;
    let taken_over = Some(PhysicianTakeover {
        from: demand.physician.clone(),
        earlier: demand
            .taken_over
            .iter()
            .flat_map(|it| it.earlier.iter().chain([&it.from]))
            .cloned()
            .collect(),
        reason,
        at: now,
    });
    let mut document = match demand.state {
        State::Draft | State::Returned(_) => {
            let named = content::Physician {
                given_names: Some(physician.name.given_names),
                family_name: Some(physician.name.family_name),
                npwz: Some(physician.npwz.clone()),
            };
            let content = content::Content { physician: named, ..demand.content.clone() };
            edit(demand, content, now)?.document
        }
        _ => demand,
    };
    document.physician = physician.npwz;
    document.taken_over = taken_over;
    document.changed_at = now;
    Ok(Decided { document, events: vec![DemandEvent::DemandTakenOver {}] })
}

#[cfg(test)]
mod tests;
