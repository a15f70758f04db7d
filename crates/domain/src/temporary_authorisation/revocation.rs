//! Taking a consent back: two officers, with grounds and a legal basis.

use super::events::AuthorisationEvent;
use super::lifecycle::{Command, Consented, Revoked, State};
use super::model::Authorisation;
use super::refusals::{IS_ADDITION, admit_state, wrong_state};
use super::{AuthorisationDecision, Check};
use crate::decision::{Decided, admit};
use crate::demand::model::{Digest, Officer, Revocation, RevocationDraft};
use crate::demand::refusals::{DRAFT_CHANGED, REVOCATION_DRAFT_MISSING, SAME_OFFICER};
use crate::problem::Sentence;
use crate::rule::{self, Rule, at, whole};
use chrono::{DateTime, Utc};

pub const DRAFT_RULES: &[Rule<Check<RevocationDraft>>] = &[Rule {
    number: "TA-29",
    legal: "design",
    says: Sentence {
        pl: "Cofa się zgodę jako całość, razem z seriami, które do niej doszły.",
        en: "A consent is revoked as a whole, with the batches that were added to it.",
    },
    problem: IS_ADDITION,
    broken_at: is_no_addition,
}];

fn is_no_addition(authorisation: &Authorisation, _: &RevocationDraft) -> Vec<String> {
    whole(authorisation.adds_to.is_some())
}

/// Prepares a revocation, or replaces the draft; the state stays as it is.
pub fn prepare(
    authorisation: Authorisation,
    draft: RevocationDraft,
    now: DateTime<Utc>,
) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::RevocationDraft)?;
    admit(rule::broken(DRAFT_RULES, |check| check(&authorisation, &draft)))?;
    let State::Consented(consented) = authorisation.state else { return wrong_state() };
    let consented = Consented { revocation_draft: Some(draft), ..*consented };
    let state = State::Consented(Box::new(consented));
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::RevocationPrepared {}] })
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
        number: "TA-30",
        legal: "design",
        says: Sentence {
            pl: "Cofnięcie zgody wymaga wcześniejszego projektu.",
            en: "A revocation needs a draft first.",
        },
        problem: REVOCATION_DRAFT_MISSING,
        broken_at: a_draft_is_there,
    },
    Rule {
        number: "TA-31",
        legal: "design",
        says: Sentence {
            pl: "Zgodę cofa inna osoba niż ta, która przygotowała projekt.",
            en: "Another officer than the preparer revokes.",
        },
        problem: SAME_OFFICER,
        broken_at: decider_is_another_officer,
    },
    Rule {
        number: "TA-32",
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
pub fn draft_of(authorisation: &Authorisation) -> Option<&RevocationDraft> {
    authorisation.state.consented().and_then(|consented| consented.revocation_draft.as_ref())
}

fn a_draft_is_there(authorisation: &Authorisation, _: &Decision) -> Vec<String> {
    whole(draft_of(authorisation).is_none())
}

fn decider_is_another_officer(authorisation: &Authorisation, asked: &Decision) -> Vec<String> {
    whole(draft_of(authorisation).is_some_and(|draft| draft.prepared_by.person == asked.decider.person))
}

fn the_draft_seen_takes_effect(authorisation: &Authorisation, asked: &Decision) -> Vec<String> {
    let differs = draft_of(authorisation).is_some() && asked.actual.as_ref() != Some(&asked.seen);
    at("/draftSha256", differs)
}

pub fn revoke(authorisation: Authorisation, asked: Decision, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::Revocation)?;
    admit(rule::broken(RULES, |check| check(&authorisation, &asked)))?;
    let Some(draft) = draft_of(&authorisation).cloned() else { return wrong_state() };
    take_back(authorisation, Revocation { draft, decided_by: asked.decider, revoked_at: now })
}

/// The consent of an addition ends with the one to which it adds, by the same act.
pub fn follow(addition: Authorisation, revocation: Revocation) -> AuthorisationDecision {
    admit_state(&addition.state, Command::Revocation)?;
    take_back(addition, revocation)
}

fn take_back(authorisation: Authorisation, revocation: Revocation) -> AuthorisationDecision {
    let changed_at = revocation.revoked_at;
    let State::Consented(consented) = authorisation.state else { return wrong_state() };
    let state = State::Revoked(Box::new(Revoked { consented: *consented, revocation }));
    let document = Authorisation { changed_at, state, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::ConsentRevoked {}] })
}
