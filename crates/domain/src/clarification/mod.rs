//! The minister's questions while a case is examined, each to one addressee and for a term (PF art. 4aa, KPA art. 50):
//! what they have in common, whatever document they are about.
//!
//! One question is open at a time. It ends with the addressee's answer, with their letter that the officer enters, with
//! the end of the term, or because the officer needs no answer any more; the case goes back to the officer every time.

mod case;
mod rules;

pub use case::{
    AskedAnswer, Case, CaseDecision, Closure, Happened, Side, Step, answer, ask, close, find, released,
    run_out, waiting_for, withdraw,
};
pub use rules::{AnswerCheck, ClosureCheck, QuestionCheck, answer_rules, closure_rules, question_rules};

use crate::calendar::{CalendarPolicy, Term};
use crate::demand::model::Officer;
use crate::ids::ClarificationId;
use crate::values::Text;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The shortest term: as long as for defects of form (KPA art. 64 §2).
pub const SHORTEST_DAYS: u32 = 7;
/// The longest term: two months, in which an especially complex case is to be settled (KPA art. 35 §3).
pub const LONGEST_DAYS: u32 = 60;
/// How many days before the end of the term the addressee is reminded.
pub const REMINDER_LEAD: u32 = 2;
/// Where the term comes from.
pub const TERM_LEGAL: &str = "design (KPA art. 64 §2, 35 §3)";

/// An office that the minister may ask about any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Office {
    /// The Office for Registration of Medicinal Products (URPL).
    #[serde(rename = "PRODUCT_OFFICE")]
    Products,
    /// The Agency for Health Technology Assessment (AOTMiT).
    #[serde(rename = "ASSESSMENT_AGENCY")]
    Assessment,
    #[serde(rename = "AGRICULTURE_MINISTRY")]
    Agriculture,
    #[serde(rename = "SANITARY_INSPECTORATE")]
    Sanitary,
}

impl Office {
    pub const ALL: [Office; 4] = [Self::Products, Self::Assessment, Self::Agriculture, Self::Sanitary];

    /// The role that answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Products => "PRODUCT_OFFICE",
            Self::Assessment => "ASSESSMENT_AGENCY",
            Self::Agriculture => "AGRICULTURE_MINISTRY",
            Self::Sanitary => "SANITARY_INSPECTORATE",
        }
    }
}

/// What an officer asks; `A` is whom a case of this kind has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question<A> {
    pub id: ClarificationId,
    pub addressee: A,
    pub text: Text<4000>,
    /// Length of the term in days.
    pub days: u32,
    /// How its last day is found.
    #[serde(default)]
    pub policy: CalendarPolicy,
    pub asked_by: Officer,
    pub asked_at: DateTime<Utc>,
}

impl<A> Question<A> {
    pub fn term(&self) -> Term {
        Term { days: self.days, policy: self.policy }
    }

    /// The first instant at which the term has run out: its last day ends at midnight in Warsaw.
    pub fn due_at(&self) -> DateTime<Utc> {
        self.term().due(self.asked_at)
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
    /// The document was withdrawn meanwhile.
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
pub struct Ended<A> {
    pub question: Question<A>,
    pub end: End,
    pub at: DateTime<Utc>,
}

/// A case that waits for the answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Open<H, A> {
    /// The case as it goes on afterwards.
    pub held: H,
    pub question: Question<A>,
}

impl<H, A> Open<H, A> {
    /// The case as it goes on, and the question as it is kept.
    pub fn end(self, end: End, at: DateTime<Utc>) -> (H, Ended<A>) {
        (self.held, Ended { question: self.question, end, at })
    }
}
