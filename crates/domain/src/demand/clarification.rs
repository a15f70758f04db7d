//! The minister's questions about a demand (PF art. 4aa): whom there is to ask, and what the question does to the demand.

use super::events::DemandEvent;
use super::lifecycle::{Command, State, WithMinister};
use super::model::{Demand, DemandKind, Officer};
use super::refusals::{WRONG_STATE, admit_state};
use crate::calendar::CalendarPolicy;
use crate::clarification::{
    self, AnswerCheck, Case, ClosureCheck, Happened, Office, QuestionCheck, Step, answer_rules,
    closure_rules, question_rules,
};
pub use crate::clarification::{
    Answer, AskedAnswer, Closure, End, LONGEST_DAYS, Letter, SHORTEST_DAYS, Side, answer, ask, close, find,
    waiting_for,
};
use crate::problem::Violation;
use crate::rule::Rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

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

    /// The office that is asked, where it is one.
    pub fn office(self) -> Option<Office> {
        match self {
            Self::Physician | Self::Consultant => None,
            Self::ProductOffice => Some(Office::Products),
            Self::AssessmentAgency => Some(Office::Assessment),
            Self::AgricultureMinistry => Some(Office::Agriculture),
            Self::SanitaryInspectorate => Some(Office::Sanitary),
        }
    }

    /// The role that answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Physician => "PHYSICIAN",
            Self::Consultant => "CONSULTANT",
            Self::ProductOffice => Office::Products.name(),
            Self::AssessmentAgency => Office::Assessment.name(),
            Self::AgricultureMinistry => Office::Agriculture.name(),
            Self::SanitaryInspectorate => Office::Sanitary.name(),
        }
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

/// A question about a demand.
pub type Question = clarification::Question<Addressee>;
/// A question about a demand that has ended.
pub type Ended = clarification::Ended<Addressee>;
/// A demand that waits for the answer to a question.
pub type Open = clarification::Open<WithMinister, Addressee>;

pub const QUESTION_RULES: &[Rule<QuestionCheck<Demand>>] = &question_rules(["SD-42", "SD-43"]);
pub const ANSWER_RULES: &[Rule<AnswerCheck<Demand>>] = &answer_rules(["SD-44", "SD-45", "SD-46", "SD-47"]);
pub const CLOSURE_RULES: &[Rule<ClosureCheck<Demand>>] = &closure_rules(["SD-48"]);

impl Case for Demand {
    type Addressee = Addressee;
    type Event = DemandEvent;

    const QUESTION_RULES: &'static [Rule<QuestionCheck<Self>>] = QUESTION_RULES;
    const ANSWER_RULES: &'static [Rule<AnswerCheck<Self>>] = ANSWER_RULES;
    const CLOSURE_RULES: &'static [Rule<ClosureCheck<Self>>] = CLOSURE_RULES;

    fn admit(&self, step: Step) -> Result<(), Vec<Violation>> {
        let command = match step {
            Step::Ask => Command::Clarification,
            Step::Answer => Command::ClarificationAnswer,
            Step::Close => Command::ClarificationClosure,
        };
        admit_state(&self.state, command)
    }

    fn held_by(&self) -> Option<&Officer> {
        self.state.assigned()
    }

    fn policy(&self) -> CalendarPolicy {
        policy_of(self.content.kind())
    }

    fn question(&self) -> Option<&Question> {
        self.state.question()
    }

    fn ended(&self) -> &[Ended] {
        &self.clarifications
    }

    fn wait(self, question: Question, now: DateTime<Utc>) -> Result<Self, Vec<Violation>> {
        let State::WithMinister(held) = self.state else { return Err(vec![Violation::whole(WRONG_STATE)]) };
        let state = State::Clarification(Box::new(Open { held: *held, question }));
        Ok(Self { state, changed_at: now, ..self })
    }

    fn go_on(mut self, end: End, at: DateTime<Utc>) -> Self {
        let State::Clarification(open) = self.state else { return self };
        let (held, ended) = open.end(end, at);
        self.clarifications.push(ended);
        Self { state: State::WithMinister(Box::new(held)), changed_at: at, ..self }
    }

    fn event(happened: Happened, addressee: Addressee) -> DemandEvent {
        match happened {
            Happened::Asked => DemandEvent::ClarificationAsked { addressee },
            Happened::Answered => DemandEvent::ClarificationAnswered { addressee },
            Happened::Unanswered => DemandEvent::ClarificationUnanswered { addressee },
            Happened::Closed => DemandEvent::ClarificationClosed { addressee },
        }
    }
}

#[cfg(test)]
mod tests;
