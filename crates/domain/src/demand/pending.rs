//! A signature that was received and awaits a validation service outside: what waits with it, and what does not.

use super::DemandDecision;
use super::clocks;
use super::events::DemandEvent;
use super::lifecycle::{Command, StateName, admits};
use super::model::Demand;
use super::refusals::{STEP_PENDING, admit_state};
use crate::decision::Decided;
use crate::outage::Holds;
use crate::pending::{self, AwaitedStep, Ending, PendingStep};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};
use chrono::{DateTime, Utc};

impl AwaitedStep {
    pub fn command(self) -> Command {
        match self {
            Self::Submission => Command::Submission,
            Self::RepresentativeApproval => Command::RepresentativeApproval,
            Self::Opinion => Command::Opinion,
            Self::Resolution => Command::Resolution,
        }
    }
}

impl Command {
    /// Whether it may be given while a signature awaits validation.
    pub fn fits_a_wait(self) -> bool {
        matches!(self, Self::Withdrawal | Self::PendingStepRefusal)
    }
}

pub type StepCheck = fn(&Demand, Command) -> Vec<String>;

pub const RULES: &[Rule<StepCheck>] = &[Rule {
    number: "TS-01",
    legal: "design",
    says: Sentence {
        pl: "Gdy podpis czeka na sprawdzenie, nie wykonuje się żadnej innej czynności poza wycofaniem i zakończeniem oczekiwania.",
        en: "While a signature awaits validation, no other step is taken but a withdrawal, or the end of the wait.",
    },
    problem: STEP_PENDING,
    broken_at: nothing_else_is_done,
}];

fn nothing_else_is_done(demand: &Demand, command: Command) -> Vec<String> {
    whole(demand.pending.is_some() && !command.fits_a_wait())
}

/// What the service keeps and no caller can break.
const KEPT: [(&str, &str, &str, Sentence); 4] = [
    (
        "TS-02",
        "elapse",
        "PF art. 4ac(2), 4ad(1), (3); design",
        Sentence {
            pl: "Termin nie upływa, dopóki podpis otrzymany przed jego końcem czeka na sprawdzenie; po uznaniu podpisu czynność nastąpiła w chwili jego otrzymania, po nieuznaniu termin biegł cały czas.",
            en: "A term does not run out while a signature received before its end awaits validation; once it is found valid the step was taken when it was received, otherwise the term ran all the while.",
        },
    ),
    (
        "TS-03",
        "submission, representative-approval, opinion, resolution",
        "PF art. 4ac(1); design",
        Sentence {
            pl: "Czynność podpisana podpisem zaufanym następuje sama, gdy usługa sprawdzania potwierdzi podpis, i nie następuje, gdy go nie potwierdzi; podpis składa się wtedy ponownie.",
            en: "A step signed with a trusted signature is taken by itself when the validation service confirms the signature, and is not taken when it does not; then it is signed again.",
        },
    ),
    (
        "TS-04",
        "submission, representative-approval, opinion, resolution",
        "PF art. 4ac(1); design",
        Sentence {
            pl: "Podpis zaufany obejmuje dokładnie te bajty, które wydała usługa, nosi przypiętą pieczęć i wskazuje osobę, która ma podpisać.",
            en: "A trusted signature covers exactly the bytes that the service handed out, bears a pinned seal, and names the person who is to sign.",
        },
    ),
    (
        "TS-10",
        "submission, representative-approval, opinion, resolution",
        "design",
        Sentence {
            pl: "Podpis, którego usługa sprawdzania długo i wielokrotnie nie potrafi sprawdzić, choć odpowiada, uznaje się za niepotwierdzony; czasu, w którym jest niedostępna, nie liczy się.",
            en: "A signature that the validation service cannot judge for long and many times, although it answers, is taken as not confirmed; the time in which it is away does not count.",
        },
    ),
];

pub fn entries() -> Vec<RuleEntry> {
    let kept =
        KEPT.map(|(number, operation, legal, says)| RuleEntry {
            operation, number, legal, says, code: "–"
        });
    let every = RULES.iter().map(|rule| rule.entry("every step"));
    every.chain(kept).chain(pending::entries()).collect()
}

/// Whether this command may be given now. One that the state does not know is refused for that.
pub fn admit(demand: &Demand, command: Command) -> Result<(), Vec<Violation>> {
    if !admits(demand.state.name(), command) {
        return Ok(());
    }
    crate::decision::admit(rule::broken(RULES, |check| check(demand, command)))
}

/// Whether terms wait for the outcome (TS-02). Those that had ended before the receipt were applied with it.
pub fn holds_terms(demand: &Demand) -> bool {
    demand.pending.is_some()
}

/// Notes that the step's signature was received.
pub fn receive(demand: Demand, pending: PendingStep) -> DemandDecision {
    admit(&demand, pending.step.command())?;
    let event = DemandEvent::SignatureReceived { action: pending.step };
    let document = Demand { changed_at: pending.received_at, pending: Some(pending), ..demand };
    Ok(Decided { document, events: vec![event] })
}

/// The demand as the step finds it, once its signature was validated.
#[must_use]
pub fn resume(demand: Demand) -> Demand {
    Demand { pending: None, ..demand }
}

/// The signature was not confirmed, or its step cannot be taken: the signer may sign again.
pub fn refuse(demand: Demand, code: &str, now: DateTime<Utc>) -> Decided<Demand, DemandEvent> {
    let event = demand
        .pending
        .as_ref()
        .map(|pending| DemandEvent::SignatureRefused { action: pending.step, code: code.to_owned() });
    let document = Demand { pending: None, changed_at: now, ..demand };
    Decided { document, events: event.into_iter().collect() }
}

/// Where the terms lead that only the wait keeps from taking effect; `None` where none has ended that no outage holds.
pub fn kept_from(demand: &Demand, holds: &Holds, now: DateTime<Utc>) -> Option<StateName> {
    demand.pending.as_ref()?;
    clocks::first_run_out(demand, holds, now)?;
    Some(clocks::elapse(demand.clone(), holds, now).document.state.name())
}

/// An officer ends the wait for a validation that does not come (TS-11 to TS-14).
pub fn end(demand: Demand, ending: &Ending, holds: &Holds, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::PendingStepRefusal)?;
    let keeps_a_term = kept_from(&demand, holds, now).is_some();
    let refused = pending::end(demand.pending.as_ref(), keeps_a_term, ending, now)?;
    let mut ended = refuse(demand, ending.code, now);
    ended.document.refused_steps.push(refused);
    Ok(ended)
}

#[cfg(test)]
mod tests;
