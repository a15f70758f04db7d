//! A signature on a notification that was received and awaits a validation service outside: what waits with it.

use super::AuthorisationDecision;
use super::events::AuthorisationEvent;
use super::lifecycle::{Command, admits};
use super::model::Authorisation;
use super::refusals::{STEP_PENDING, admit_state};
use crate::decision::Decided;
use crate::pending::{self, Ending, PendingStep};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};
use chrono::{DateTime, Utc};

impl Command {
    /// Whether it may be given while a signature awaits validation.
    pub fn fits_a_wait(self) -> bool {
        matches!(self, Self::Withdrawal | Self::PendingStepRefusal)
    }
}

pub type StepCheck = fn(&Authorisation, Command) -> Vec<String>;

pub const RULES: &[Rule<StepCheck>] = &[Rule {
    number: "TS-05",
    legal: "design",
    says: Sentence {
        pl: "Gdy podpis pod zgłoszeniem lub rozstrzygnięciem czeka na sprawdzenie, nie wykonuje się żadnej innej czynności poza wycofaniem i zakończeniem oczekiwania.",
        en: "While a signature under a notification or its resolution awaits validation, no other step is taken but a withdrawal, or the end of the wait.",
    },
    problem: STEP_PENDING,
    broken_at: nothing_else_is_done,
}];

fn nothing_else_is_done(authorisation: &Authorisation, command: Command) -> Vec<String> {
    whole(authorisation.pending.is_some() && !command.fits_a_wait())
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

/// An officer ends the wait for a validation that does not come (TS-11 to TS-13). No term runs in a state in which a
/// signature can wait, so that there is none to let expire (TS-14).
pub fn end(authorisation: Authorisation, ending: &Ending, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::PendingStepRefusal)?;
    let refused = pending::end(authorisation.pending.as_ref(), false, ending, now)?;
    let mut ended = refuse(authorisation, ending.code, now);
    ended.document.refused_steps.push(refused);
    Ok(ended)
}

#[cfg(test)]
mod tests;
