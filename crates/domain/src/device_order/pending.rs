//! A signature on an order that was received and awaits a validation service outside: what waits with it (ADR 28).

use super::events::DeviceOrderEvent;
use super::lifecycle::{Command, admits};
use super::model::DeviceOrder;
use super::refusals::STEP_PENDING;
use super::{Check, DeviceOrderDecision};
use crate::decision::Decided;
use crate::demand::model::SignatureKind;
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

/// A step that will be taken when its signature has been validated, or will not. No state: the order stands where it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PendingStep {
    pub step: SignedStep,
    pub kind: SignatureKind,
    /// When the service received the signature; the step is judged, and months count, as of then.
    pub received_at: DateTime<Utc>,
}

impl Command {
    /// Whether it may be given while a signature awaits validation.
    pub fn fits_a_wait(self) -> bool {
        self == Self::Cancellation
    }
}

const RULES: &[Rule<Check<Command>>] = &[Rule {
    number: "DO-89",
    legal: "design",
    says: Sentence {
        pl: "Gdy podpis pod zleceniem czeka na sprawdzenie, nie wykonuje się żadnej innej czynności poza anulowaniem; miesiące liczą się od przyjęcia podpisu.",
        en: "While a signature under an order awaits validation, no other step is taken but a cancellation; months count from its receipt.",
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
