//! The minister's questions about a notification (PF art. 4(8), 4aa): whom there is to ask – the wholesaler and the
//! offices, since neither physician nor consultant takes part – and what the question does to the notification.

use super::Check;
use super::events::AuthorisationEvent;
use super::lifecycle::{Command, State, WithMinister};
use super::model::Authorisation;
use super::refusals::{WRONG_STATE, admit_state};
use crate::calendar::CalendarPolicy;
use crate::clarification::{
    self, AnswerCheck, AskedAnswer, Case, Closure, ClosureCheck, End, Happened, Office, QuestionCheck, Step,
    answer_rules, closure_rules, question_rules,
};
use crate::demand::model::Officer;
use crate::problem::Violation;
use crate::rule::Rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Addressee {
    /// The wholesaler that notifies: its responsible person or its representative answers.
    Wholesaler,
    #[serde(untagged)]
    Office(Office),
}

impl Addressee {
    pub const ALL: [Addressee; 5] = [
        Self::Wholesaler,
        Self::Office(Office::Products),
        Self::Office(Office::Assessment),
        Self::Office(Office::Agriculture),
        Self::Office(Office::Sanitary),
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Wholesaler => "WHOLESALER",
            Self::Office(office) => office.name(),
        }
    }

    /// The office that is asked, where it is one.
    pub fn office(self) -> Option<Office> {
        match self {
            Self::Wholesaler => None,
            Self::Office(office) => Some(office),
        }
    }

    /// The roles whose move the answer is, the first of which holds the term.
    pub fn answered_by(self) -> &'static [&'static str] {
        match self {
            Self::Wholesaler => &["RESPONSIBLE_PERSON", "ENTITY_REPRESENTATIVE"],
            Self::Office(Office::Products) => &["PRODUCT_OFFICE"],
            Self::Office(Office::Assessment) => &["ASSESSMENT_AGENCY"],
            Self::Office(Office::Agriculture) => &["AGRICULTURE_MINISTRY"],
            Self::Office(Office::Sanitary) => &["SANITARY_INSPECTORATE"],
        }
    }
}

/// KPA counts the days of an answer (art. 57 §4, 64 §2).
pub const POLICY: CalendarPolicy = CalendarPolicy::Kpa;

/// A question about a notification.
pub type Question = clarification::Question<Addressee>;
/// A question about a notification that has ended.
pub type Ended = clarification::Ended<Addressee>;
/// A notification that waits for the answer to a question.
pub type Open = clarification::Open<WithMinister, Addressee>;

pub const QUESTION_RULES: &[Rule<Check<Question>>] = &question_rules(["TA-54", "TA-55"]);
pub const ANSWER_RULES: &[Rule<Check<AskedAnswer>>] = &answer_rules(["TA-56", "TA-57", "TA-58", "TA-59"]);
pub const CLOSURE_RULES: &[Rule<Check<Closure>>] = &closure_rules(["TA-60"]);

impl Case for Authorisation {
    type Addressee = Addressee;
    type Event = AuthorisationEvent;

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
        POLICY
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

    fn event(happened: Happened, addressee: Addressee) -> AuthorisationEvent {
        match happened {
            Happened::Asked => AuthorisationEvent::ClarificationAsked { addressee },
            Happened::Answered => AuthorisationEvent::ClarificationAnswered { addressee },
            Happened::Unanswered => AuthorisationEvent::ClarificationUnanswered { addressee },
            Happened::Closed => AuthorisationEvent::ClarificationClosed { addressee },
        }
    }
}

#[cfg(test)]
mod tests;
