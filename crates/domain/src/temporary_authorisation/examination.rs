//! The wholesaler's representative co-signs, or sends the notification back (PF art. 4ac(1), (5)).

use super::events::AuthorisationEvent;
use super::lifecycle::{Command, Draft, State, WithMinister};
use super::model::{Authorisation, Examined, SentBack};
use super::refusals::{REPRESENTATIVE_DIFFERS, admit_state, wrong_state};
use super::submission::reopened;
use super::{AuthorisationDecision, Check};
use crate::decision::{Decided, admit};
use crate::demand::model::{Named, Signed};
use crate::problem::Sentence;
use crate::rule::{self, Rule, at, whole};
use crate::values::Text;
use chrono::{DateTime, Utc};

/// The representative's signature over the submitted notification.
#[derive(Clone, Debug)]
pub struct Approval {
    pub signed: Signed,
}

pub const APPROVAL_RULES: &[Rule<Check<Approval>>] = &[Rule {
    number: "TA-11",
    legal: "PF art. 4ac(1), 4ac(5)",
    says: Sentence {
        pl: "Podpisuje osoba uprawniona do reprezentacji hurtowni wskazana w zgłoszeniu.",
        en: "The person entitled to represent the wholesaler who is named in the notification signs.",
    },
    problem: REPRESENTATIVE_DIFFERS,
    broken_at: signer_is_the_named_representative,
}];

fn signer_is_the_named_representative(authorisation: &Authorisation, asked: &Approval) -> Vec<String> {
    at("/signature", !is_the_named_representative(authorisation, &asked.signed.named()))
}

fn is_the_named_representative(authorisation: &Authorisation, person: &Named) -> bool {
    let named = &authorisation.content.representative;
    named.given_names.as_ref().is_some_and(|name| person.has_given_names(name))
        && named.family_name.as_ref().is_some_and(|name| person.has_family_name(name))
}

/// The representative signs: on to the minister.
pub fn approve(authorisation: Authorisation, asked: Approval, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::RepresentativeApproval)?;
    admit(rule::broken(APPROVAL_RULES, |check| check(&authorisation, &asked)))?;
    let State::AwaitingRepresentative(waiting) = authorisation.state else { return wrong_state() };
    let state = State::WithMinister(Box::new(WithMinister {
        examined: Examined { issue: waiting.issue, approval: asked.signed.into() },
        since: now,
        assigned: None,
        draft_returned: None,
        taken_over: None,
    }));
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::RepresentativeApproved {}] })
}

/// The representative's refusal to sign.
#[derive(Clone, Debug)]
pub struct ApprovalRefusal {
    pub by: Named,
    pub reason: Text<2000>,
}

pub const APPROVAL_REFUSAL_RULES: &[Rule<Check<ApprovalRefusal>>] = &[Rule {
    number: "TA-12",
    legal: "PF art. 4ac(1), 4ac(5)",
    says: Sentence {
        pl: "Podpisu odmawia osoba uprawniona do reprezentacji hurtowni wskazana w zgłoszeniu.",
        en: "The person entitled to represent the wholesaler who is named in the notification refuses to sign.",
    },
    problem: REPRESENTATIVE_DIFFERS,
    broken_at: refuser_is_the_named_representative,
}];

fn refuser_is_the_named_representative(
    authorisation: &Authorisation,
    asked: &ApprovalRefusal,
) -> Vec<String> {
    whole(!is_the_named_representative(authorisation, &asked.by))
}

/// The representative refuses: back to a draft, with the reason.
pub fn refuse_approval(
    authorisation: Authorisation,
    asked: ApprovalRefusal,
    now: DateTime<Utc>,
) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::RepresentativeRefusal)?;
    admit(rule::broken(APPROVAL_REFUSAL_RULES, |check| check(&authorisation, &asked)))?;
    let State::AwaitingRepresentative(waiting) = &authorisation.state else { return wrong_state() };
    let submission_sha256 = waiting.issue.signed.payload_sha256().clone();
    let sent_back = Some(SentBack { reason: asked.reason, submission_sha256, at: now });
    let document = reopened(Draft { sent_back }, authorisation, now);
    Ok(Decided { document, events: vec![AuthorisationEvent::AuthorisationSentBack {}] })
}
