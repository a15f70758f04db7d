//! A signature on a repair order that was received and awaits a validation service outside: what waits with it (ADR 28).

use super::RepairOrderDecision;
use super::events::RepairOrderEvent;
use super::lifecycle::{Command, admits};
use super::model::RepairOrder;
use super::refusals::admit_state;
use crate::decision::Decided;
use crate::device_order::pending::{PendingStep, SignedStep};
use crate::device_order::refusals::STEP_PENDING;
use crate::pending::{self, Ending};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};
use chrono::{DateTime, Utc};

impl Command {
    /// The command that is signed in this step.
    pub fn of_step(step: SignedStep) -> Self {
        match step {
            SignedStep::Submission => Self::Submission,
            SignedStep::Correction => Self::Correction,
        }
    }

    /// Whether it may be given while a signature awaits validation.
    pub fn fits_a_wait(self) -> bool {
        matches!(self, Self::Cancellation | Self::PendingStepRefusal)
    }
}

type Check = fn(&RepairOrder, Command) -> Vec<String>;

const RULES: &[Rule<Check>] = &[Rule {
    number: "RO-60",
    legal: "design",
    says: Sentence {
        pl: "Gdy podpis pod zleceniem naprawy czeka na sprawdzenie, można tylko zakończyć oczekiwanie albo anulować zlecenie; podpis liczy się od przyjęcia.",
        en: "While a signature under a repair order awaits validation, all that can be done is to end the wait or to cancel the order; the signature counts from its receipt.",
    },
    problem: STEP_PENDING,
    broken_at: |order, command| whole(order.pending.is_some() && !command.fits_a_wait()),
}];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("repair orders: every step")).collect()
}

/// Whether this command may be given now. One that the state does not know is refused for that.
pub fn admit(order: &RepairOrder, command: Command) -> Result<(), Vec<Violation>> {
    if !admits(order.state.name(), command) {
        return Ok(());
    }
    crate::decision::admit(rule::broken(RULES, |check| check(order, command)))
}

/// Notes that the signature of this step was received.
pub fn receive(order: RepairOrder, pending: PendingStep) -> RepairOrderDecision {
    admit(&order, Command::of_step(pending.step))?;
    let event = RepairOrderEvent::SignatureReceived { action: pending.step };
    let document = RepairOrder { changed_at: pending.received_at, pending: Some(pending), ..order };
    Ok(Decided { document, events: vec![event] })
}

/// The order as its next step finds it: its signature was validated, or it is cancelled instead.
#[must_use]
pub fn resume(order: RepairOrder) -> RepairOrder {
    RepairOrder { pending: None, ..order }
}

/// The signature was not confirmed, or its step cannot be taken: the signer may sign again.
pub fn refuse(order: RepairOrder, code: &str, now: DateTime<Utc>) -> Decided<RepairOrder, RepairOrderEvent> {
    let refused = |pending: &PendingStep| RepairOrderEvent::SignatureRefused {
        action: pending.step,
        code: code.to_owned(),
    };
    let events = order.pending.as_ref().map(refused).into_iter().collect();
    Decided { document: RepairOrder { pending: None, changed_at: now, ..order }, events }
}

/// The issuer, at once, or another officer of the payer ends the wait for a validation that does not come (TS-11 to TS-13). No
/// term of a repair order ends in a state in which a signature can wait, so that there is none to let expire (TS-14).
pub fn end(order: RepairOrder, ending: &Ending, now: DateTime<Utc>) -> RepairOrderDecision {
    admit_state(&order.state, Command::PendingStepRefusal)?;
    let refused = pending::end(order.pending.as_ref(), false, ending, now)?;
    let mut ended = refuse(order, ending.code, now);
    ended.document.refused_steps.push(refused);
    Ok(ended)
}
