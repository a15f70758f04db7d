//! The minister's questions while a case is examined, each to one addressee and for a term (PF art. 4aa, KPA art. 50).
//!
//! One question is open at a time. It ends with the addressee's answer, with their letter that the officer enters, with
//! the end of the term, or because the officer needs no answer any more; the case goes back to the officer every time.

use super::events::DemandEvent;
use super::lifecycle::{Clarification, Command, State};
use super::model::{Demand, DemandKind, Officer};
use super::refusals::{
    CLARIFICATION_ENDED, CLARIFICATION_TERM, LETTER_DATED, LETTER_REQUIRED, LETTER_SUPERFLUOUS, NOT_ASSIGNED,
    admit_state, wrong_state,
};
use super::{Check, DemandDecision};
use crate::calendar::{CalendarPolicy, Term, warsaw_date};
use crate::decision::{Decided, admit};
use crate::ids::ClarificationId;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at, whole};
use crate::values::Text;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The shortest term: as long as for defects of form (KPA art. 64 §2).
pub const SHORTEST_DAYS: u32 = 7;
/// The longest term: two months, in which an especially complex case is to be settled (KPA art. 35 §3).
pub const LONGEST_DAYS: u32 = 60;

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Addressee {
    /// Whoever holds the demand.
    Physician,
    /// The one who gave the opinion.
    Consultant,
    /// The Office for Registration of Medicinal Products (URPL).
    ProductOffice,
    /// The Agency for Health Technology Assessment (AOTMiT).
    AssessmentAgency,
    AgricultureMinistry,
    SanitaryInspectorate,
}

impl Addressee {
    pub const ALL: [Addressee; 6] = [
        Self::Physician,
        Self::Consultant,
        Self::ProductOffice,
        Self::AssessmentAgency,
        Self::AgricultureMinistry,
        Self::SanitaryInspectorate,
    ];

    /// The role that answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Physician => "PHYSICIAN",
            Self::Consultant => "CONSULTANT",
            Self::ProductOffice => "PRODUCT_OFFICE",
            Self::AssessmentAgency => "ASSESSMENT_AGENCY",
            Self::AgricultureMinistry => "AGRICULTURE_MINISTRY",
            Self::SanitaryInspectorate => "SANITARY_INSPECTORATE",
        }
    }
}

/// What an officer asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    pub id: ClarificationId,
    pub addressee: Addressee,
    pub text: Text<4000>,
    /// Length of the term in days.
    pub days: u32,
    /// How its last day is found.
    #[serde(default)]
    pub policy: CalendarPolicy,
    pub asked_by: Officer,
    pub asked_at: DateTime<Utc>,
}

impl Question {
    /// Ends at midnight in Warsaw, as all terms of a demand.
    pub fn term(&self) -> Term {
        Term { days: self.days, policy: self.policy }
    }
}

/// The term of a question about a medicine is one of KPA (art. 57 §4, 64 §2); of a consent for a food KPA knows nothing (UBZZ
/// art. 29a).
pub fn policy_of(kind: DemandKind) -> CalendarPolicy {
    match kind {
        DemandKind::Medicine => CalendarPolicy::Kpa,
        DemandKind::Food => CalendarPolicy::CalendarDays,
    }
}

/// What the addressee wrote on paper or by other means, and an officer enters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// Under which the addressee keeps it.
    pub reference: Text<200>,
    pub dated_on: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    pub text: Text<8000>,
    /// Who entered it: somebody of the addressee's, or the officer where there is a letter.
    pub by: Officer,
    pub letter: Option<Letter>,
}

/// How a question ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum End {
    Answered(Answer),
    /// The term ran out.
    Unanswered,
    /// The demand was withdrawn meanwhile.
    Withdrawn,
    /// The officer needs no answer any more, and says why.
    Closed {
        by: Officer,
        reason: Text<2000>,
    },
}

/// A question that has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ended {
    pub question: Question,
    pub end: End,
    pub at: DateTime<Utc>,
}

pub const QUESTION_RULES: &[Rule<Check<Question>>] = &[
    Rule {
        number: "SD-42",
        legal: "KPA art. 66a; design",
        says: Sentence {
            pl: "Pyta osoba, która prowadzi sprawę.", en: "The officer who has the case asks."
        },
        problem: NOT_ASSIGNED,
        broken_at: asked_by_whoever_has_the_case,
    },
    Rule {
        number: "SD-43",
        legal: "KPA art. 64 §2, 35 §3; design",
        says: Sentence {
            pl: "Termin odpowiedzi wynosi od 7 do 60 dni.",
            en: "The term for the answer is 7 to 60 days.",
        },
        problem: CLARIFICATION_TERM,
        broken_at: term_is_within_bounds,
    },
];

fn asked_by_whoever_has_the_case(demand: &Demand, question: &Question) -> Vec<String> {
    let held_by = demand.state.assigned().map(|officer| officer.person);
    whole(held_by != Some(question.asked_by.person))
}

fn term_is_within_bounds(_: &Demand, question: &Question) -> Vec<String> {
    at("/days", !(SHORTEST_DAYS..=LONGEST_DAYS).contains(&question.days))
}

/// Puts a question; the case waits for its answer.
pub fn ask(demand: Demand, question: Question, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Clarification)?;
    admit(rule::broken(QUESTION_RULES, |check| check(&demand, &question)))?;
    let State::WithMinister(held) = demand.state else { return wrong_state() };
    let addressee = question.addressee;
    let state = State::Clarification(Box::new(Clarification { held: *held, question }));
    let document = Demand { state, changed_at: now, ..demand };
    Ok(Decided { document, events: vec![DemandEvent::ClarificationAsked { addressee }] })
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Addressee,
    /// The ministry, for the addressee who wrote a letter.
    Ministry,
}

/// An answer to the question that was seen.
#[derive(Clone, Debug)]
pub struct AskedAnswer {
    pub question: ClarificationId,
    pub side: Side,
    pub answer: Answer,
    pub received_at: DateTime<Utc>,
}

pub const ANSWER_RULES: &[Rule<Check<AskedAnswer>>] = &[
    Rule {
        number: "SD-44",
        legal: "KPA art. 66a; design",
        says: Sentence {
            pl: "Odpowiedź adresata wpisuje za niego tylko osoba, która prowadzi sprawę.",
            en: "Only the officer who has the case enters an answer in the addressee's place.",
        },
        problem: NOT_ASSIGNED,
        broken_at: entered_by_whoever_has_the_case,
    },
    Rule {
        number: "SD-45",
        legal: "KPA art. 63 §1; design",
        says: Sentence {
            pl: "Wpisując odpowiedź za adresata, wskazuje się jego pismo.",
            en: "An answer that an officer enters names the addressee's letter.",
        },
        problem: LETTER_REQUIRED,
        broken_at: an_officers_entry_names_the_letter,
    },
    Rule {
        number: "SD-46",
        legal: "design",
        says: Sentence {
            pl: "Adresat, który sam odpowiada, nie wskazuje pisma.",
            en: "An addressee who answers here names no letter.",
        },
        problem: LETTER_SUPERFLUOUS,
        broken_at: an_addressee_names_no_letter,
    },
    Rule {
        number: "SD-47",
        legal: "design",
        says: Sentence { pl: "Pismo nie nosi daty przyszłej.", en: "A letter is not dated in the future." },
        problem: LETTER_DATED,
        broken_at: a_letter_is_not_of_the_future,
    },
];

fn entered_by_whoever_has_the_case(demand: &Demand, asked: &AskedAnswer) -> Vec<String> {
    let held_by = demand.state.assigned().map(|officer| officer.person);
    whole(asked.side == Side::Ministry && held_by != Some(asked.answer.by.person))
}

fn an_officers_entry_names_the_letter(_: &Demand, asked: &AskedAnswer) -> Vec<String> {
    at("/letter", asked.side == Side::Ministry && asked.answer.letter.is_none())
}

fn an_addressee_names_no_letter(_: &Demand, asked: &AskedAnswer) -> Vec<String> {
    at("/letter", asked.side == Side::Addressee && asked.answer.letter.is_some())
}

fn a_letter_is_not_of_the_future(_: &Demand, asked: &AskedAnswer) -> Vec<String> {
    let letter = asked.answer.letter.as_ref();
    at("/letter/datedOn", letter.is_some_and(|letter| letter.dated_on > warsaw_date(asked.received_at)))
}

/// The answer is there; the case goes on.
pub fn answer(demand: Demand, asked: AskedAnswer, now: DateTime<Utc>) -> DemandDecision {
    admit_question(&demand, Command::ClarificationAnswer, asked.question)?;
    admit(rule::broken(ANSWER_RULES, |check| check(&demand, &asked)))?;
    end(demand, End::Answered(asked.answer), now, |addressee| DemandEvent::ClarificationAnswered {
        addressee,
    })
}

/// Nobody has to answer any more.
#[derive(Clone, Debug)]
pub struct Closure {
    pub question: ClarificationId,
    pub by: Officer,
    pub reason: Text<2000>,
}

pub const CLOSURE_RULES: &[Rule<Check<Closure>>] = &[Rule {
    number: "SD-48",
    legal: "KPA art. 66a; design",
    says: Sentence {
        pl: "Z pytania rezygnuje osoba, która prowadzi sprawę.",
        en: "The officer who has the case closes a question.",
    },
    problem: NOT_ASSIGNED,
    broken_at: closed_by_whoever_has_the_case,
}];

fn closed_by_whoever_has_the_case(demand: &Demand, asked: &Closure) -> Vec<String> {
    let held_by = demand.state.assigned().map(|officer| officer.person);
    whole(held_by != Some(asked.by.person))
}

pub fn close(demand: Demand, asked: Closure, now: DateTime<Utc>) -> DemandDecision {
    admit_question(&demand, Command::ClarificationClosure, asked.question)?;
    admit(rule::broken(CLOSURE_RULES, |check| check(&demand, &asked)))?;
    let Closure { by, reason, .. } = asked;
    end(demand, End::Closed { by, reason }, now, |addressee| DemandEvent::ClarificationClosed { addressee })
}

/// The term ran out.
pub(super) fn run_out(open: Clarification, at: DateTime<Utc>) -> (State, Ended, DemandEvent) {
    let addressee = open.question.addressee;
    let (state, ended) = back_to_the_officer(open, End::Unanswered, at);
    (state, ended, DemandEvent::ClarificationUnanswered { addressee })
}

/// The demand is withdrawn: nobody has to answer any more.
pub(super) fn withdraw(open: Clarification, at: DateTime<Utc>) -> (State, Ended) {
    back_to_the_officer(open, End::Withdrawn, at)
}

fn back_to_the_officer(open: Clarification, end: End, at: DateTime<Utc>) -> (State, Ended) {
    (State::WithMinister(Box::new(open.held)), Ended { question: open.question, end, at })
}

/// The state admits it, and it is about the question that is open.
fn admit_question(
    demand: &Demand,
    command: Command,
    question: ClarificationId,
) -> Result<(), Vec<Violation>> {
    let ended = demand.clarifications.iter().any(|ended| ended.question.id == question);
    if ended {
        return Err(vec![Violation::new(CLARIFICATION_ENDED, "")]);
    }
    admit_state(&demand.state, command)
}

fn end(
    demand: Demand,
    end: End,
    at: DateTime<Utc>,
    event: impl FnOnce(Addressee) -> DemandEvent,
) -> DemandDecision {
    let State::Clarification(open) = demand.state else { return wrong_state() };
    let addressee = open.question.addressee;
    let (state, ended) = back_to_the_officer(*open, end, at);
    let mut clarifications = demand.clarifications;
    clarifications.push(ended);
    let document = Demand { state, clarifications, changed_at: at, ..demand };
    Ok(Decided { document, events: vec![event(addressee)] })
}

/// What was asked under this id, open or ended.
pub fn find(demand: &Demand, id: ClarificationId) -> Option<&Question> {
    let ended = demand.clarifications.iter().map(|ended| &ended.question);
    ended.chain(demand.state.question()).find(|question| question.id == id)
}

#[cfg(test)]
mod tests;
