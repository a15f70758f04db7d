//! A signature that was received and awaits a validation service outside: what is kept of the step, in whichever document,
//! and when the wait may be ended.

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
    TERM_OVER = "pending_step.term_over", Conflict,
        pl: "Podczas oczekiwania minął termin, którego skutek nastąpi, gdy oczekiwanie się zakończy.",
        en: "A term has ended during the wait, and takes effect once the wait is ended.",
        fix_pl: "Jeżeli skutek ma nastąpić, wyślij `letsExpire: true`. Jeżeli nie działał system, najpierw zapisz awarię: wstrzymuje ona termin.",
        fix_en: "Send `letsExpire: true` where that is meant to happen. Where the system was out, record the outage first: it holds the term.";
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
pub struct PendingStep<S = AwaitedStep> {
    pub step: S,
    pub kind: SignatureKind,
    /// When the service received the signature; the step is judged, and terms count, as of then.
    pub received_at: DateTime<Utc>,
}

/// A step whose wait somebody ended: its signer reads why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedStep<S = AwaitedStep> {
    pub step: S,
    pub received_at: DateTime<Utc>,
    pub refused_at: DateTime<Utc>,
    pub reason: Text<2000>,
}

/// The end of a wait, asked for by a person.
#[derive(Clone, Debug)]
pub struct Ending {
    pub reason: Text<2000>,
    /// How long a signature awaits validation before they may.
    pub after: TimeDelta,
    /// The code under which the signer is told.
    pub code: &'static str,
    /// The officer says that a term which ended during the wait is to take effect.
    pub lets_expire: bool,
}

/// What waits in a document, as the rules of its end look at it.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    /// When the signature was received that waits; none where nothing does.
    pub since: Option<DateTime<Utc>>,
    /// A term has ended meanwhile that no outage holds, and that nothing but the wait keeps from taking effect.
    pub keeps_a_term: bool,
}

impl<S> PendingStep<S> {
    /// From when on the wait may be ended.
    pub fn may_be_ended_from(&self, after: TimeDelta) -> DateTime<Utc> {
        self.received_at + after
    }
}

pub type EndingCheck = fn(Wait, &Ending, DateTime<Utc>) -> Vec<String>;

pub const RULES: &[Rule<EndingCheck>] = &[
    Rule {
        number: "TS-11",
        legal: "design",
        says: Sentence {
            pl: "Oczekiwanie kończy się tylko tam, gdzie podpis czeka na sprawdzenie.",
            en: "A wait is ended only where a signature awaits validation.",
        },
        problem: NOTHING_WAITS,
        broken_at: something_waits,
    },
    Rule {
        number: "TS-12",
        legal: "design",
        says: Sentence {
            pl: "Urzędnik może zakończyć oczekiwanie, gdy trwa co najmniej tyle, ile ustawił operator (`SOID_PENDING_REFUSAL_AFTER_HOURS`); wystawiający zlecenie na wyroby – od razu.",
            en: "An officer may end a wait once it has lasted as long as the operator has set (`SOID_PENDING_REFUSAL_AFTER_HOURS`); who issues an order for devices may at once.",
        },
        problem: TOO_EARLY,
        broken_at: it_has_lasted,
    },
    Rule {
        number: "TS-14",
        legal: "PF art. 4ac(2), 4ad(1), (3); design",
        says: Sentence {
            pl: "Gdy podczas oczekiwania minął termin, którego nie wstrzymuje awaria, urzędnik kończy oczekiwanie tylko z wyraźnym oświadczeniem, że skutek terminu ma nastąpić (`letsExpire`).",
            en: "Where a term has ended during the wait that no outage holds, an officer ends the wait only with the explicit statement that the term is to take effect (`letsExpire`).",
        },
        problem: TERM_OVER,
        broken_at: no_term_ends_unsaid,
    },
];

fn something_waits(wait: Wait, _: &Ending, _: DateTime<Utc>) -> Vec<String> {
    whole(wait.since.is_none())
}

fn it_has_lasted(wait: Wait, ending: &Ending, now: DateTime<Utc>) -> Vec<String> {
    whole(wait.since.is_some_and(|since| now < since + ending.after))
}

/// Asked for where the wait may be ended at all: before that there is nothing to confirm.
fn no_term_ends_unsaid(wait: Wait, ending: &Ending, now: DateTime<Utc>) -> Vec<String> {
    let may_end = wait.since.is_some_and(|since| since + ending.after <= now);
    whole(may_end && wait.keeps_a_term && !ending.lets_expire)
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

/// The step that waits, as its document remembers it once its wait was ended. `keeps_a_term` where a term has ended
/// meanwhile that no outage holds, and that nothing but the wait keeps from taking effect.
pub fn end<S: Copy>(
    waiting: Option<&PendingStep<S>>,
    keeps_a_term: bool,
    ending: &Ending,
    now: DateTime<Utc>,
) -> Result<RefusedStep<S>, Vec<Violation>> {
    let wait = Wait { since: waiting.map(|it| it.received_at), keeps_a_term };
    crate::decision::admit(rule::broken(RULES, |check| check(wait, ending, now)))?;
    let waited = waiting.ok_or_else(|| vec![Violation::whole(NOTHING_WAITS)])?;
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

    const NOTHING: Option<&PendingStep> = None;

    fn codes(found: Result<RefusedStep, Vec<Violation>>) -> Vec<&'static str> {
        found.err().into_iter().flatten().map(|violation| violation.problem.code).collect()
    }

    #[test]
    fn ts_11_only_where_a_signature_waits() {
        assert_eq!(codes(end(NOTHING, false, &ending(), day(9))), ["pending_step.none"]);
        assert!(end(Some(&waiting_since(day(1))), false, &ending(), day(9)).is_ok());
    }

    #[test]
    fn ts_12_a_wait_is_ended_from_its_minimum_on_and_not_a_second_before() {
        let waiting = waiting_since(day(1));
        let from = waiting.may_be_ended_from(ending().after);
        assert_eq!(from, day(2));
        let before = end(Some(&waiting), false, &ending(), from - TimeDelta::seconds(1));
        assert_eq!(codes(before), ["pending_step.too_early"]);
        let ended = end(Some(&waiting), false, &ending(), from).unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!((ended.received_at, ended.refused_at), (day(1), day(2)));
        assert_eq!(ended.reason, ending().reason);
    }

    #[test]
    fn ts_14_a_term_takes_effect_only_where_the_officer_says_so() {
        let waiting = waiting_since(day(1));
        let (unsaid, said) = (Ending { lets_expire: false, ..ending() }, ending());
        assert_eq!(codes(end(Some(&waiting), true, &unsaid, day(9))), ["pending_step.term_over"]);
        assert!(end(Some(&waiting), true, &said, day(9)).is_ok());
        assert!(end(Some(&waiting), false, &unsaid, day(9)).is_ok(), "no term ended");
        assert!(end(Some(&waiting), false, &said, day(9)).is_ok(), "and none need have");
    }

    #[test]
    fn ts_14_nothing_is_confirmed_before_its_time() {
        let waiting = waiting_since(day(1));
        let unsaid = Ending { lets_expire: false, ..ending() };
        let early = end(Some(&waiting), true, &unsaid, day(2) - TimeDelta::seconds(1));
        assert_eq!(codes(early), ["pending_step.too_early"]);
        assert_eq!(codes(end(Some(&waiting), true, &unsaid, day(2))), ["pending_step.term_over"]);
        assert_eq!(codes(end(NOTHING, true, &unsaid, day(9))), ["pending_step.none"]);
    }
}
