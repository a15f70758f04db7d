//! The ministry's examination: taking a case, preparing a resolution and signing it (PF art. 4(8), 4ad(4)).

mod decision;
mod rules;

pub use decision::{RESOLUTION_RULES, is_same_officer};
pub use rules::{ASSIGNMENT_RULES, DRAFT_RULES};

use super::events::AuthorisationEvent;
use super::lifecycle::{Command, Consented, Refused, ResolutionPrepared, State, WithMinister};
use super::model::{Authorisation, Outcome, Resolution, ResolutionDraft, Terms};
use super::refusals::{admit_state, wrong_state};
use super::{AuthorisationDecision, addition};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::demand::ledger::Ledger;
use crate::demand::lifecycle::DraftReturned;
use crate::demand::model::{Digest, Officer, Signed, TakenOver};
use crate::rule;
use crate::values::Text;
use chrono::{DateTime, NaiveDate, Utc};

/// Taking a case; from another preparer only with a reason.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub officer: Officer,
    pub reason: Option<Text<2000>>,
}

pub fn assign(authorisation: Authorisation, asked: Assignment, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::Assignment)?;
    admit(rule::broken(ASSIGNMENT_RULES, |check| check(&authorisation, &asked)))?;
    let mut state = authorisation.state;
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
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::CaseAssigned {}] })
}

/// A draft that is to be put before the decider.
#[derive(Clone, Debug)]
pub struct AskedDraft {
    pub draft: ResolutionDraft,
    /// Of an addition: the consent to which it adds, as that stands now.
    pub base: Option<Box<Authorisation>>,
    /// The wholesaler may trade: its entry in the directory is active.
    pub wholesaler_is_active: bool,
    pub today: NaiveDate,
}

/// Puts a draft before the decider; a second call replaces the first and keeps its number. An addition's consent has
/// the period of the consent to which it adds.
pub fn prepare(authorisation: Authorisation, asked: AskedDraft, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::ResolutionDraft)?;
    admit(rule::broken(DRAFT_RULES, |check| check(&authorisation, &asked)))?;
    let base = asked.base.filter(|_| asked.draft.outcome == Outcome::Consented);
    let inherited = base.and_then(|base| addition::in_force(&base));
    let draft = ResolutionDraft { period: asked.draft.period.or(inherited), ..asked.draft };
    let state = match authorisation.state {
        State::WithMinister(held) => {
            let assigned = draft.prepared_by.clone();
            let WithMinister { examined, since, taken_over, .. } = *held;
            ResolutionPrepared { examined, since, assigned, taken_over, draft }
        }
        State::ResolutionPrepared(prepared) => {
            let draft = ResolutionDraft { number: prepared.draft.number.clone(), ..draft };
            ResolutionPrepared { draft, ..*prepared }
        }
        _ => return wrong_state(),
    };
    let state = State::ResolutionPrepared(Box::new(state));
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::ResolutionPrepared {}] })
}

/// The preparer takes the draft back, or the decider sends it back; its number is void.
pub fn return_draft(
    authorisation: Authorisation,
    by: Officer,
    reason: Text<2000>,
    now: DateTime<Utc>,
) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::ResolutionDraftReturn)?;
    let State::ResolutionPrepared(prepared) = authorisation.state else { return wrong_state() };
    let ResolutionPrepared { examined, since, assigned, taken_over, .. } = *prepared;
    let state = State::WithMinister(Box::new(WithMinister {
        examined,
        since,
        assigned: Some(assigned),
        draft_returned: Some(DraftReturned { by, reason, at: now }),
        taken_over,
    }));
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::ResolutionDraftReturned {}] })
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
    /// Of an addition: the consent to which it adds, as that stands now.
    pub base: Option<Box<Authorisation>>,
    /// The wholesaler may trade: its entry in the directory is active.
    pub wholesaler_is_active: bool,
    pub today: NaiveDate,
}

/// Resolves the notification.
pub fn resolve(authorisation: Authorisation, asked: Decision, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::Resolution)?;
    admit(rule::broken(RESOLUTION_RULES, |check| check(&authorisation, &asked)))?;
    let State::ResolutionPrepared(prepared) = authorisation.state else { return wrong_state() };
    let ResolutionPrepared { examined, draft, .. } = *prepared;
    let terms = match draft.outcome {
        Outcome::Consented => match draft.approved_quantity.zip(draft.period) {
            Some((quantity, period)) => Some(Terms { quantity, period }),
            None => return wrong_state(),
        },
        Outcome::Refused => None,
    };
    let resolution = Resolution {
        draft,
        decided_by: asked.decider,
        signed: asked.signed,
        resolved_on: warsaw_date(now),
        resolved_at: now,
        decision_token: asked.decision_token,
    };
    let (state, event) = if let Some(terms) = terms {
        let consented = Consented {
            examined,
            resolution,
            terms,
            added: Vec::new(),
            passed_on: Vec::new(),
            ledger: Ledger::default(),
            revocation_draft: None,
        };
        (State::Consented(Box::new(consented)), AuthorisationEvent::AuthorisationConsented {})
    } else {
        let refused = Refused { examined, resolution };
        (State::Refused(Box::new(refused)), AuthorisationEvent::AuthorisationRefused {})
    };
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![event] })
}
