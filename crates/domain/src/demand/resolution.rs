//! The ministry's examination: taking a case, preparing a resolution and signing it (PF art. 4ad(4), 4d(3)).

use super::events::DemandEvent;
use super::lifecycle::{Approved, Command, DraftReturned, Rejected, ResolutionPrepared, State, WithMinister};
use super::model::{Demand, Digest, Officer, Outcome, Resolution, ResolutionDraft, Signed, TakenOver};
use super::refusals::{
    APPROVED_QUANTITY_BEYOND, APPROVED_QUANTITY_REQUIRED, APPROVED_QUANTITY_SUPERFLUOUS,
    APPROVED_QUANTITY_UNIT, ASSIGNED_TO_ANOTHER, DRAFT_CHANGED, GROUNDS_REQUIRED, NOT_ASSIGNED, SAME_OFFICER,
    admit_state, wrong_state,
};
use super::{Check, DemandDecision};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::problem::Sentence;
use crate::rule::{self, Rule, at, whole};
use crate::values::{Quantity, Text};
use chrono::{DateTime, Utc};
use std::cmp::Ordering;

/// Taking a case; from another preparer only with a reason.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub officer: Officer,
    pub reason: Option<Text<2000>>,
}

pub const ASSIGNMENT_RULES: &[Rule<Check<Assignment>>] = &[Rule {
    number: "SD-10",
    legal: "design; for a medicine KPA art. 66a",
    says: Sentence {
        pl: "Sprawę innej osoby przejmuje się z podaniem powodu.",
        en: "A case of another officer is taken over with a reason.",
    },
    problem: ASSIGNED_TO_ANOTHER,
    broken_at: taken_over_with_a_reason,
}];

fn taken_over_with_a_reason(demand: &Demand, asked: &Assignment) -> Vec<String> {
    let another = demand.state.assigned().is_some_and(|held| held.person != asked.officer.person);
    whole(another && asked.reason.is_none())
}

pub fn assign(demand: Demand, asked: Assignment, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Assignment)?;
    admit(rule::broken(ASSIGNMENT_RULES, |check| check(&demand, &asked)))?;
    let mut state = demand.state;
    let held = match &mut state {
        State::WithMinister(held) => held.as_mut(),
        State::Clarification(open) => &mut open.held,
        _ => return wrong_state(),
    };
    if let (Some(from), Some(reason)) =
        (held.assigned.take_if(|held| held.person != asked.officer.person), asked.reason)
    {
        held.taken_over = Some(TakenOver { from, reason, at: now });
    }
    held.assigned = Some(asked.officer);
    let document = Demand { state, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::CaseAssigned {}] })
}

pub const DRAFT_RULES: &[Rule<Check<ResolutionDraft>>] = &[
    Rule {
        number: "SD-11",
        legal: "PF art. 4d(3)(11)",
        says: Sentence {
            pl: "Projekt przygotowuje osoba, która prowadzi sprawę.",
            en: "The officer who has the case prepares the draft.",
        },
        problem: NOT_ASSIGNED,
        broken_at: preparer_has_the_case,
    },
    Rule {
        number: "SD-12",
        legal: "design",
        says: Sentence { pl: "Zgoda określa ilość.", en: "An approval states the approved quantity." },
        problem: APPROVED_QUANTITY_REQUIRED,
        broken_at: approval_states_a_quantity,
    },
    Rule {
        number: "SD-13",
        legal: "design",
        says: Sentence { pl: "Odmowa nie określa ilości.", en: "A rejection states no quantity." },
        problem: APPROVED_QUANTITY_SUPERFLUOUS,
        broken_at: rejection_states_none,
    },
    Rule {
        number: "SD-14",
        legal: "design",
        says: Sentence {
            pl: "Ilość w zgodzie ma jednostkę zapotrzebowania.",
            en: "The approved quantity has the unit of the demand.",
        },
        problem: APPROVED_QUANTITY_UNIT,
        broken_at: approved_in_the_demanded_unit,
    },
    Rule {
        number: "SD-15",
        legal: "design",
        says: Sentence {
            pl: "Ilość w zgodzie nie przekracza zapotrzebowanej.",
            en: "The approved quantity is not beyond the demanded one.",
        },
        problem: APPROVED_QUANTITY_BEYOND,
        broken_at: approved_within_the_demand,
    },
    Rule {
        number: "SD-16",
        legal: "design",
        says: Sentence {
            pl: "Odmowa i zgoda na mniejszą ilość wymagają uzasadnienia.",
            en: "A rejection, and an approval of less than demanded, need grounds.",
        },
        problem: GROUNDS_REQUIRED,
        broken_at: less_than_demanded_has_grounds,
    },
];

fn preparer_has_the_case(demand: &Demand, draft: &ResolutionDraft) -> Vec<String> {
    let held_by = demand.state.assigned().map(|officer| officer.person);
    whole(held_by != Some(draft.prepared_by.person))
}

fn approval_states_a_quantity(_: &Demand, draft: &ResolutionDraft) -> Vec<String> {
    at("/approvedQuantity", draft.outcome == Outcome::Approved && draft.approved_quantity.is_none())
}

fn rejection_states_none(_: &Demand, draft: &ResolutionDraft) -> Vec<String> {
    at("/approvedQuantity", draft.outcome == Outcome::Rejected && draft.approved_quantity.is_some())
}

/// The demanded and the approved quantity, of an approval.
fn demanded_and_approved<'a>(
    demand: &'a Demand,
    draft: &'a ResolutionDraft,
) -> Option<(&'a Quantity, &'a Quantity)> {
    let approved = draft.approved_quantity.as_ref().filter(|_| draft.outcome == Outcome::Approved);
    demand.content.quantity.as_ref().zip(approved)
}

/// How much is approved of how much; amounts of different units cannot be compared.
fn compared(demand: &Demand, draft: &ResolutionDraft) -> Option<Ordering> {
    demanded_and_approved(demand, draft)
        .filter(|(demanded, approved)| demanded.unit() == approved.unit())
        .map(|(demanded, approved)| approved.amount().cmp(&demanded.amount()))
}

fn approved_in_the_demanded_unit(demand: &Demand, draft: &ResolutionDraft) -> Vec<String> {
    let differs = demanded_and_approved(demand, draft)
        .is_some_and(|(demanded, approved)| demanded.unit() != approved.unit());
    at("/approvedQuantity/unit", differs)
}

fn approved_within_the_demand(demand: &Demand, draft: &ResolutionDraft) -> Vec<String> {
    at("/approvedQuantity/amount", compared(demand, draft) == Some(Ordering::Greater))
}

fn less_than_demanded_has_grounds(demand: &Demand, draft: &ResolutionDraft) -> Vec<String> {
    let less = compared(demand, draft) == Some(Ordering::Less);
    at("/grounds", draft.grounds.is_none() && (less || draft.outcome == Outcome::Rejected))
}

/// Puts a draft before the decider; a second call replaces the first and keeps its number.
pub fn prepare(demand: Demand, draft: ResolutionDraft, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::ResolutionDraft)?;
    admit(rule::broken(DRAFT_RULES, |check| check(&demand, &draft)))?;
    let state = match demand.state {
        State::WithMinister(held) => {
            let assigned = draft.prepared_by.clone();
            ResolutionPrepared {
                examined: held.examined,
                since: held.since,
                assigned,
                taken_over: held.taken_over,
                draft,
            }
        }
        State::ResolutionPrepared(prepared) => {
            let draft = ResolutionDraft { number: prepared.draft.number.clone(), ..draft };
            ResolutionPrepared { draft, ..*prepared }
        }
        _ => return wrong_state(),
    };
    let document = Demand { state: State::ResolutionPrepared(Box::new(state)), changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::ResolutionPrepared {}] })
}

/// The preparer takes the draft back, or the decider sends it back; its number is void.
pub fn return_draft(demand: Demand, by: Officer, reason: Text<2000>, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::ResolutionDraftReturn)?;
    let State::ResolutionPrepared(prepared) = demand.state else { return wrong_state() };
    let state = State::WithMinister(Box::new(WithMinister {
        examined: prepared.examined,
        since: prepared.since,
        assigned: Some(prepared.assigned),
        draft_returned: Some(DraftReturned { by, reason, at: now }),
        taken_over: prepared.taken_over,
    }));
    let document = Demand { state, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::ResolutionDraftReturned {}] })
}

/// The decider's signature over the draft that they saw.
#[derive(Clone, Debug)]
pub struct Decision {
    pub decider: Officer,
    pub signed: Signed,
    /// Digest of the draft that the decider saw.
    pub seen: Digest,
    /// Digest of the draft as it is.
    pub actual: Digest,
    /// Issued beside the signature; proves the resolution offline.
    pub decision_token: String,
}

pub const RESOLUTION_RULES: &[Rule<Check<Decision>>] = &[
    Rule {
        number: "SD-17",
        legal: "PF art. 4d(3)(9), (11); design",
        says: Sentence {
            pl: "Rozstrzyga inna osoba niż ta, która przygotowała projekt.",
            en: "The decider is another person than the preparer.",
        },
        problem: SAME_OFFICER,
        broken_at: decider_is_another_officer,
    },
    Rule {
        number: "SD-18",
        legal: "design",
        says: Sentence {
            pl: "Podpisuje się dokładnie ten projekt, który się obejrzało.",
            en: "The decider signs the very draft that was seen.",
        },
        problem: DRAFT_CHANGED,
        broken_at: the_draft_seen_is_the_draft_signed,
    },
];

/// Whether preparer and decider are one person.
pub fn is_same_officer(demand: &Demand, decider: &Officer) -> bool {
    demand.state.resolution_draft().is_some_and(|draft| draft.prepared_by.person == decider.person)
}

fn decider_is_another_officer(demand: &Demand, asked: &Decision) -> Vec<String> {
    whole(is_same_officer(demand, &asked.decider))
}

fn the_draft_seen_is_the_draft_signed(_: &Demand, asked: &Decision) -> Vec<String> {
    at("/draftSha256", asked.seen != asked.actual)
}

/// Resolves the demand.
pub fn resolve(demand: Demand, asked: Decision, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Resolution)?;
    admit(rule::broken(RESOLUTION_RULES, |check| check(&demand, &asked)))?;
    let State::ResolutionPrepared(prepared) = demand.state else { return wrong_state() };
    let ResolutionPrepared { examined, draft, .. } = *prepared;
    let outcome = draft.outcome;
    let resolution = Resolution {
        draft,
        decided_by: asked.decider,
        signed: asked.signed,
        resolved_on: warsaw_date(now),
        resolved_at: now,
        decision_token: asked.decision_token,
    };
    let (state, event) = match outcome {
        Outcome::Approved => {
            let approved = Approved {
                examined,
                resolution,
                first_passed_on: None,
                handover_returned: None,
                revocation_draft: None,
            };
            (State::Approved(Box::new(approved)), DemandEvent::DemandApproved {})
        }
        Outcome::Rejected => {
            (State::Rejected(Box::new(Rejected { examined, resolution })), DemandEvent::DemandRejected {})
        }
    };
    let document = Demand { state, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![event] })
}

#[cfg(test)]
mod tests;
