//! Taking an approval back: two officers, with grounds and a legal basis.

use super::events::DemandEvent;
use super::ledger::Ledger;
use super::lifecycle::{Approved, Command, Revoked, State};
use super::model::{Demand, Digest, Handover, Officer, Revocation, RevocationDraft};
use super::refusals::{DRAFT_CHANGED, REVOCATION_DRAFT_MISSING, SAME_OFFICER, admit_state, wrong_state};
use super::{Check, DemandDecision};
use crate::decision::{Decided, admit};
use crate::problem::Sentence;
use crate::rule::{self, Rule, at, whole};
use chrono::{DateTime, Utc};

/// Prepares a revocation, or replaces the draft; the state stays as it is.
pub fn prepare(demand: Demand, draft: RevocationDraft, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::RevocationDraft)?;
    let mut document = Demand { changed_at: now, ..demand };
    match &mut document.state {
        State::Approved(approved) => approved.revocation_draft = Some(draft),
        State::WithWholesaler(held) => held.approved.revocation_draft = Some(draft),
        _ => return wrong_state(),
    }
    Ok(Decided { document, events: vec![DemandEvent::RevocationPrepared {}] })
}

/// The decider puts the draft that they saw into effect.
#[derive(Clone, Debug)]
pub struct Decision {
    pub decider: Officer,
    pub seen: Digest,
    /// Digest of the draft as it is; `None` when there is none.
    pub actual: Option<Digest>,
}

pub const RULES: &[Rule<Check<Decision>>] = &[
    Rule {
        number: "SD-19",
        legal: "design",
        says: Sentence {
            pl: "Cofnięcie zgody wymaga wcześniejszego projektu.",
            en: "A revocation needs a draft first.",
        },
        problem: REVOCATION_DRAFT_MISSING,
        broken_at: a_draft_is_there,
    },
    Rule {
        number: "SD-20",
        legal: "design",
        says: Sentence {
            pl: "Zgodę cofa inna osoba niż ta, która przygotowała projekt.",
            en: "Another officer than the preparer revokes.",
        },
        problem: SAME_OFFICER,
        broken_at: decider_is_another_officer,
    },
    Rule {
        number: "SD-21",
        legal: "design",
        says: Sentence {
            pl: "Skutek ma dokładnie ten projekt, który się obejrzało.",
            en: "The very draft that was seen takes effect.",
        },
        problem: DRAFT_CHANGED,
        broken_at: the_draft_seen_takes_effect,
    },
];

/// The revocation that waits for a decider.
pub fn draft_of(demand: &Demand) -> Option<&RevocationDraft> {
    demand.state.approved().and_then(|approved| approved.revocation_draft.as_ref())
}

fn a_draft_is_there(demand: &Demand, _: &Decision) -> Vec<String> {
    whole(draft_of(demand).is_none())
}

fn decider_is_another_officer(demand: &Demand, asked: &Decision) -> Vec<String> {
    whole(draft_of(demand).is_some_and(|draft| draft.prepared_by.person == asked.decider.person))
}

fn the_draft_seen_takes_effect(demand: &Demand, asked: &Decision) -> Vec<String> {
    let differs = draft_of(demand).is_some() && asked.actual.as_ref() != Some(&asked.seen);
    at("/draftSha256", differs)
}

pub fn revoke(demand: Demand, asked: Decision, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Revocation)?;
    admit(rule::broken(RULES, |check| check(&demand, &asked)))?;
    let (approved, handover, ledger): (Approved, Option<Handover>, Ledger) = match demand.state {
        State::Approved(approved) => (*approved, None, Ledger::default()),
        State::WithWholesaler(held) => (held.approved, Some(held.handover), held.ledger),
        _ => return wrong_state(),
    };
    let Some(draft) = approved.revocation_draft.clone() else { return wrong_state() };
    let revocation = Revocation { draft, decided_by: asked.decider, revoked_at: now };
    let state = State::Revoked(Box::new(Revoked { approved, handover, ledger, revocation }));
    let document = Demand { state, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::DemandRevoked {}] })
}

#[cfg(test)]
mod tests;
