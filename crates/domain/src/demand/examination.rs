//! The representative's co-signature and the consultant's opinion (PF art. 4ac(2), 4ad(1)–(2)).

use super::events::{DemandEvent, ReturnReason};
use super::lifecycle::{AwaitingConsultant, AwaitingRepresentative, Command, Returned, State, WithMinister};
use super::model::{Consultant, Demand, Examined, Named, Opinion, Signed, Verdict};
use super::refusals::{
    OPINION_NEEDS_JUSTIFICATION, REPRESENTATIVE_DIFFERS, SIGNATURE_REQUIRED, SIGNATURE_SUPERFLUOUS,
    admit_state, wrong_state,
};
use super::{Check, DemandDecision};
use crate::consultant::absence;
use crate::decision::{Decided, admit};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at, whole};
use crate::values::Text;
use chrono::{DateTime, Utc};

/// The representative's signature over the issued demand.
#[derive(Clone, Debug)]
pub struct Approval {
    pub signed: Signed,
}

pub const APPROVAL_RULES: &[Rule<Check<Approval>>] = &[Rule {
    number: "SD-06",
    legal: "PF art. 4ac(1)(1), 4ac(3)",
    says: Sentence {
        pl: "Podpisuje osoba uprawniona do reprezentacji wskazana w zapotrzebowaniu.",
        en: "The person entitled to represent the entity who is named in the demand signs.",
    },
    problem: REPRESENTATIVE_DIFFERS,
    broken_at: signer_is_the_named_representative,
}];

fn signer_is_the_named_representative(demand: &Demand, asked: &Approval) -> Vec<String> {
    at("/signature", !is_the_named_representative(demand, &asked.signed.named()))
}

fn is_the_named_representative(demand: &Demand, person: &Named) -> bool {
    demand.content.representative.as_ref().is_some_and(|named| {
        named.given_names.as_ref().is_some_and(|name| person.has_given_names(name))
            && named.family_name.as_ref().is_some_and(|name| person.has_family_name(name))
    })
}

/// The representative signs: on to the consultant.
pub fn approve(demand: Demand, asked: Approval, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::RepresentativeApproval)?;
    admit(rule::broken(APPROVAL_RULES, |check| check(&demand, &asked)))?;
    let State::AwaitingRepresentative(AwaitingRepresentative { issue, consultant, .. }) = demand.state else {
        return wrong_state();
    };
    let state = State::AwaitingConsultant(AwaitingConsultant {
        issue,
        approval: Some(asked.signed.into()),
        consultant,
        since: now,
    });
    let document = Demand { state, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::RepresentativeApproved {}] })
}

/// The representative's refusal to sign.
#[derive(Clone, Debug)]
pub struct ApprovalRefusal {
    pub by: Named,
    pub reason: Text<2000>,
}

pub const APPROVAL_REFUSAL_RULES: &[Rule<Check<ApprovalRefusal>>] = &[Rule {
    number: "SD-34",
    legal: "PF art. 4ac(1)(1), 4ac(3)",
    says: Sentence {
        pl: "Podpisu odmawia osoba uprawniona do reprezentacji wskazana w zapotrzebowaniu.",
        en: "The person entitled to represent the entity who is named in the demand refuses to sign.",
    },
    problem: REPRESENTATIVE_DIFFERS,
    broken_at: refuser_is_the_named_representative,
}];

fn refuser_is_the_named_representative(demand: &Demand, asked: &ApprovalRefusal) -> Vec<String> {
    whole(!is_the_named_representative(demand, &asked.by))
}

/// The representative refuses: back to the physician, with the reason.
pub fn refuse_approval(demand: Demand, asked: ApprovalRefusal, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::RepresentativeRefusal)?;
    admit(rule::broken(APPROVAL_REFUSAL_RULES, |check| check(&demand, &asked)))?;
    let reason = asked.reason;
    let State::AwaitingRepresentative(AwaitingRepresentative { issue, consultant, .. }) = demand.state else {
        return wrong_state();
    };
    let why = ReturnReason::RepresentativeRefused;
    let state = State::Returned(Box::new(Returned {
        issue,
        approval: None,
        consultant,
        reason: why,
        text: Some(reason.widen()),
        refusal: None,
        at: now,
    }));
    let document = Demand { state, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::DemandReturned { reason: why }] })
}

/// The demand as it stands before the substitute of an absent consultant (CO-04); unchanged where it waits for nobody,
/// or where the substitute has issued or held it.
pub fn stand_in(demand: Demand, substitute: Consultant) -> Demand {
    let is_theirs = demand.is_or_was_of(&substitute.npwz);
    match demand.state {
        State::AwaitingConsultant(waiting) if !is_theirs => {
            let consultant = absence::in_place_of(substitute, &waiting.consultant);
            let state = State::AwaitingConsultant(AwaitingConsultant { consultant, ..waiting });
            Demand { state, ..demand }
        }
        state => Demand { state, ..demand },
    }
}

/// What the consultant answers.
#[derive(Clone, Debug)]
pub struct AskedOpinion {
    pub verdict: Verdict,
    pub justification: Option<Text<8000>>,
    pub signed: Option<Signed>,
}

pub const OPINION_RULES: &[Rule<Check<AskedOpinion>>] = &[
    Rule {
        number: "SD-07",
        legal: "PF art. 4ad(2)",
        says: Sentence {
            pl: "Odmowa potwierdzenia wymaga uzasadnienia.",
            en: "A refusal to confirm needs a justification.",
        },
        problem: OPINION_NEEDS_JUSTIFICATION,
        broken_at: refusal_is_justified,
    },
    Rule {
        number: "SD-08",
        legal: "PF art. 4ac(1); for a refusal design",
        says: Sentence {
            pl: "Opinię co do istoty konsultant podpisuje.",
            en: "A consultant signs an opinion on the merits.",
        },
        problem: SIGNATURE_REQUIRED,
        broken_at: merits_are_signed,
    },
    Rule {
        number: "SD-09",
        legal: "design",
        says: Sentence {
            pl: "Zwrot bez oceny (inna dziedzina, konflikt interesów) nie jest podpisywany.",
            en: "A return without an assessment (another field, conflict of interest) is not signed.",
        },
        problem: SIGNATURE_SUPERFLUOUS,
        broken_at: return_without_merits_is_unsigned,
    },
];

fn refusal_is_justified(_: &Demand, asked: &AskedOpinion) -> Vec<String> {
    at("/justification", asked.verdict == Verdict::Refused && asked.justification.is_none())
}

fn merits_are_signed(_: &Demand, asked: &AskedOpinion) -> Vec<String> {
    at("/signature", asked.verdict.is_on_the_merits() && asked.signed.is_none())
}

fn return_without_merits_is_unsigned(_: &Demand, asked: &AskedOpinion) -> Vec<String> {
    at("/signature", !asked.verdict.is_on_the_merits() && asked.signed.is_some())
}

/// Why the case goes back; `None` when the verdict confirms it.
fn return_reason(verdict: Verdict) -> Option<ReturnReason> {
    match verdict {
        Verdict::Confirmed => None,
        Verdict::Refused => Some(ReturnReason::ConsultantRefused),
        Verdict::NotMyField => Some(ReturnReason::NotMyField),
        Verdict::ConflictOfInterest => Some(ReturnReason::ConflictOfInterest),
    }
}

/// The consultant answers: confirmed, the case is forwarded to the minister; else it goes back.
pub fn give_opinion(demand: Demand, asked: AskedOpinion, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Opinion)?;
    admit(rule::broken(OPINION_RULES, |check| check(&demand, &asked)))?;
    let State::AwaitingConsultant(AwaitingConsultant { issue, approval, consultant, .. }) = demand.state
    else {
        return wrong_state();
    };
    let AskedOpinion { verdict, justification, signed } = asked;
    let mut assessors = demand.assessors;
    let (state, event) = match (return_reason(verdict), signed) {
        (None, Some(signed)) => {
            let opinion = Opinion { consultant, signed: signed.into(), justification, given_at: now };
            let examined = Examined { issue, approval, opinion };
            let held =
                WithMinister { examined, since: now, assigned: None, draft_returned: None, taken_over: None };
            (State::WithMinister(Box::new(held)), DemandEvent::OpinionConfirmed {})
        }
        (None, None) => return Err(vec![Violation::new(SIGNATURE_REQUIRED, "/signature")]),
        (Some(reason), refusal) => {
            let text = justification;
            assessors.push(consultant.npwz.clone());
            let held = Returned { issue, approval, consultant, reason, text, refusal, at: now };
            (State::Returned(Box::new(held)), DemandEvent::DemandReturned { reason })
        }
    };
    let document = Demand { state, assessors, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![event] })
}

#[cfg(test)]
mod tests;
