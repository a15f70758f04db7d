//! A signature that was received and awaits a validation service outside: what is kept of the step, in whichever document,
//! and when an officer may end the wait.

use crate::demand::model::SignatureKind;
use crate::problem::{Sentence, Violation};
use crate::problems;
use crate::rule::{self, Rule, RuleEntry, whole};
use crate::values::Text;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

problems! { PROBLEMS:
    NOTHING_WAITS = "pending_step.none", Conflict,
        pl: "W tej sprawie żaden podpis nie czeka na sprawdzenie.",
        en: "No signature awaits validation in this case.",
        fix_pl: "Odczytaj dokument i `…/history`: czynność już nastąpiła, została odrzucona albo sprawę wycofano.",
        fix_en: "Read the document and `…/history`: the step was taken or refused meanwhile, or the case withdrawn.";
    TOO_EARLY = "pending_step.too_early", Conflict,
        pl: "Podpis czeka na sprawdzenie zbyt krótko, by zakończyć oczekiwanie.",
        en: "The signature has not awaited validation long enough for the wait to be ended.",
        fix_pl: "Poczekaj na wynik; oczekiwanie można zakończyć od chwili podanej w `notBefore`.",
        fix_en: "Wait for the outcome; the wait may be ended from the instant in `notBefore` on.";
}

/// The steps that are signed, in the words of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwaitedStep {
    Submission,
    RepresentativeApproval,
    Opinion,
    Resolution,
}

impl AwaitedStep {
    pub const ALL: [AwaitedStep; 4] =
        [Self::Submission, Self::RepresentativeApproval, Self::Opinion, Self::Resolution];
}

/// A step that will be taken when its signature has been validated, or will not. No state: the document stands where it
/// stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PendingStep {
    pub step: AwaitedStep,
    pub kind: SignatureKind,
    /// When the service received the signature; the step is judged, and terms count, as of then.
    pub received_at: DateTime<Utc>,
}

/// A step whose wait an officer ended: its signer reads why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedStep {
    pub step: AwaitedStep,
    pub received_at: DateTime<Utc>,
    pub refused_at: DateTime<Utc>,
    pub reason: Text<2000>,
}

/// An officer ends the wait.
#[derive(Clone, Debug)]
pub struct Ending {
    pub reason: Text<2000>,
    /// How long a signature awaits validation before anybody may.
    pub after: TimeDelta,
    /// The code under which the signer is told.
    pub code: &'static str,
}

impl PendingStep {
    /// From when on the wait may be ended.
    pub fn may_be_ended_from(&self, after: TimeDelta) -> DateTime<Utc> {
        self.received_at + after
    }
}

pub type EndingCheck = fn(Option<&PendingStep>, &Ending, DateTime<Utc>) -> Vec<String>;

pub const RULES: &[Rule<EndingCheck>] = &[
    Rule {
        number: "TS-11",
        legal: "design",
        says: Sentence {
            pl: "Urzędnik ministra kończy oczekiwanie tylko tam, gdzie podpis czeka na sprawdzenie.",
            en: "An officer of the minister ends a wait only where a signature awaits validation.",
        },
        problem: NOTHING_WAITS,
        broken_at: something_waits,
    },
    Rule {
        number: "TS-12",
        legal: "design",
        says: Sentence {
            pl: "Oczekiwanie można zakończyć, gdy trwa co najmniej tyle, ile ustawił operator (`SOID_PENDING_REFUSAL_AFTER_HOURS`).",
            en: "A wait may be ended once it has lasted as long as the operator has set (`SOID_PENDING_REFUSAL_AFTER_HOURS`).",
        },
        problem: TOO_EARLY,
        broken_at: it_has_lasted,
    },
];

fn something_waits(pending: Option<&PendingStep>, _: &Ending, _: DateTime<Utc>) -> Vec<String> {
    whole(pending.is_none())
}

fn it_has_lasted(pending: Option<&PendingStep>, ending: &Ending, now: DateTime<Utc>) -> Vec<String> {
    whole(pending.is_some_and(|pending| now < pending.may_be_ended_from(ending.after)))
}

pub fn entries() -> Vec<RuleEntry> {
    let kept = RuleEntry {
        operation: "pending-step/refusal",
        number: "TS-13",
        legal: "design",
        says: Sentence {
            pl: "Po zakończeniu oczekiwania czynność nie nastąpiła, terminy biegły cały czas, a podpisujący zna powód i może podpisać ponownie; późniejszy wynik sprawdzania niczego nie zmienia.",
            en: "Once a wait was ended the step was not taken, terms ran all the while, and the signer knows the reason and may sign again; a verdict that comes later changes nothing.",
        },
        code: "–",
    };
    RULES.iter().map(|rule| rule.entry("pending-step/refusal")).chain([kept]).collect()
}

/// The step that waits, as its document remembers it once its wait was ended.
pub fn end(
    pending: Option<&PendingStep>,
    ending: &Ending,
    now: DateTime<Utc>,
) -> Result<RefusedStep, Vec<Violation>> {
    crate::decision::admit(rule::broken(RULES, |check| check(pending, ending, now)))?;
    let waited = pending.ok_or_else(|| vec![Violation::whole(NOTHING_WAITS)])?;
    Ok(RefusedStep {
        step: waited.step,
        received_at: waited.received_at,
        refused_at: now,
        reason: ending.reason.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{day, ending, waiting_since};

    fn codes(found: Result<RefusedStep, Vec<Violation>>) -> Vec<&'static str> {
        found.err().into_iter().flatten().map(|violation| violation.problem.code).collect()
    }

    #[test]
    fn ts_11_only_where_a_signature_waits() {
        assert_eq!(codes(end(None, &ending(), day(9))), ["pending_step.none"]);
        assert!(end(Some(&waiting_since(day(1))), &ending(), day(9)).is_ok());
    }

    #[test]
    fn ts_12_a_wait_is_ended_from_its_minimum_on_and_not_a_second_before() {
        let waiting = waiting_since(day(1));
        let from = waiting.may_be_ended_from(ending().after);
        assert_eq!(from, day(2));
        let before = end(Some(&waiting), &ending(), from - TimeDelta::seconds(1));
        assert_eq!(codes(before), ["pending_step.too_early"]);
        let ended = end(Some(&waiting), &ending(), from).unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!((ended.received_at, ended.refused_at), (day(1), day(2)));
        assert_eq!(ended.reason, ending().reason);
    }
}
