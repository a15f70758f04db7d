//! A signature on a notification that was received and awaits a validation service outside: what waits with it.

use super::AuthorisationDecision;
use super::events::AuthorisationEvent;
use super::lifecycle::{Command, admits};
use super::model::Authorisation;
use super::refusals::STEP_PENDING;
use crate::decision::Decided;
use crate::pending::PendingStep;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};
use chrono::{DateTime, Utc};

pub type StepCheck = fn(&Authorisation, Command) -> Vec<String>;

pub const RULES: &[Rule<StepCheck>] = &[Rule {
    number: "TS-05",
    legal: "design",
    says: Sentence {
        pl: "Gdy podpis pod zgłoszeniem lub rozstrzygnięciem czeka na sprawdzenie, nie wykonuje się żadnej innej czynności poza wycofaniem.",
        en: "While a signature under a notification or its resolution awaits validation, no other step is taken but a withdrawal.",
    },
    problem: STEP_PENDING,
    broken_at: nothing_else_is_done,
}];

fn nothing_else_is_done(authorisation: &Authorisation, command: Command) -> Vec<String> {
    whole(authorisation.pending.is_some() && command != Command::Withdrawal)
}

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("every step")).collect()
}

/// Whether this command may be given now. One that the state does not know is refused for that.
pub fn admit(authorisation: &Authorisation, command: Command) -> Result<(), Vec<Violation>> {
    if !admits(authorisation.state.name(), command) {
        return Ok(());
    }
    crate::decision::admit(rule::broken(RULES, |check| check(authorisation, command)))
}

/// Notes that the signature of this command was received.
pub fn receive(
    authorisation: Authorisation,
    command: Command,
    pending: PendingStep,
) -> AuthorisationDecision {
    admit(&authorisation, command)?;
    let event = AuthorisationEvent::SignatureReceived { action: pending.step };
    let document = Authorisation { changed_at: pending.received_at, pending: Some(pending), ..authorisation };
    Ok(Decided { document, events: vec![event] })
}

/// The notification as the step finds it, once its signature was validated.
#[must_use]
pub fn resume(authorisation: Authorisation) -> Authorisation {
    Authorisation { pending: None, ..authorisation }
}

/// The signature was not confirmed, or its step cannot be taken: the signer may sign again.
pub fn refuse(
    authorisation: Authorisation,
    code: &str,
    now: DateTime<Utc>,
) -> Decided<Authorisation, AuthorisationEvent> {
    let event = authorisation
        .pending
        .as_ref()
        .map(|pending| AuthorisationEvent::SignatureRefused { action: pending.step, code: code.to_owned() });
    let document = Authorisation { pending: None, changed_at: now, ..authorisation };
    Decided { document, events: event.into_iter().collect() }
}

#[cfg(test)]
mod tests;
