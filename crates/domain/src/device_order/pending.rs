//! A signature on an order that was received and awaits a validation service outside: what waits with it (ADR 28).

use super::events::DeviceOrderEvent;
use super::lifecycle::{Command, admits};
use super::model::DeviceOrder;
use super::refusals::{STEP_PENDING, admit_state};
use super::{Check, DeviceOrderDecision};
use crate::decision::Decided;
use crate::pending::{self, Ending};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The steps that are signed, in the words of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedStep {
    Submission,
    Correction,
}

impl SignedStep {
    pub fn command(self) -> Command {
        match self {
            Self::Submission => Command::Submission,
            Self::Correction => Command::Correction,
        }
    }
}

/// A step that will be taken when its signature has been validated, or will not; months count as of its receipt.
pub type PendingStep = pending::PendingStep<SignedStep>;

/// A step whose wait the issuer or an officer of the payer ended.
pub type RefusedStep = pending::RefusedStep<SignedStep>;

impl Command {
    /// Whether it may be given while a signature awaits validation.
    pub fn fits_a_wait(self) -> bool {
        matches!(self, Self::Cancellation | Self::PendingStepRefusal)
    }
}

const RULES: &[Rule<Check<Command>>] = &[Rule {
    number: "DO-89",
    legal: "design",
    says: Sentence {
        pl: "Gdy podpis pod zleceniem czeka na sprawdzenie, nie wykonuje się żadnej innej czynności poza anulowaniem i zakończeniem oczekiwania; miesiące liczą się od przyjęcia podpisu.",
        en: "While a signature under an order awaits validation, no other step is taken but a cancellation, or the end of the wait; months count from its receipt.",
    },
    problem: STEP_PENDING,
    broken_at: |order, command| whole(order.pending.is_some() && !command.fits_a_wait()),
}];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("every step")).collect()
}

/// Whether this command may be given now. One that the state does not know is refused for that.
pub fn admit(order: &DeviceOrder, command: Command) -> Result<(), Vec<Violation>> {
    if !admits(order.state.name(), command) {
        return Ok(());
    }
    crate::decision::admit(rule::broken(RULES, |check| check(order, &command)))
}

/// Notes that the signature of this step was received.
pub fn receive(order: DeviceOrder, pending: PendingStep) -> DeviceOrderDecision {
    admit(&order, pending.step.command())?;
    let event = DeviceOrderEvent::SignatureReceived { action: pending.step };
    let document = DeviceOrder { changed_at: pending.received_at, pending: Some(pending), ..order };
    Ok(Decided { document, events: vec![event] })
}

/// The order as its next step finds it: its signature was validated, or it is cancelled instead.
#[must_use]
pub fn resume(order: DeviceOrder) -> DeviceOrder {
    DeviceOrder { pending: None, ..order }
}

/// The signature was not confirmed, or its step cannot be taken: the signer may sign again.
pub fn refuse(order: DeviceOrder, code: &str, now: DateTime<Utc>) -> Decided<DeviceOrder, DeviceOrderEvent> {
    let refused = |pending: &PendingStep| DeviceOrderEvent::SignatureRefused {
        action: pending.step,
        code: code.to_owned(),
    };
    let events = order.pending.as_ref().map(refused).into_iter().collect();
    Decided { document: DeviceOrder { pending: None, changed_at: now, ..order }, events }
}

/// The issuer, at once, or an officer of the payer ends the wait for a validation that does not come (TS-11 to TS-13). No
/// term of an order ends in a state in which a signature can wait, so that there is none to let expire (TS-14).
pub fn end(order: DeviceOrder, ending: &Ending, now: DateTime<Utc>) -> DeviceOrderDecision {
    admit_state(&order.state, Command::PendingStepRefusal)?;
    let refused = pending::end(order.pending.as_ref(), false, ending, now)?;
    let mut ended = refuse(order, ending.code, now);
    ended.document.refused_steps.push(refused);
    Ok(ended)
}
