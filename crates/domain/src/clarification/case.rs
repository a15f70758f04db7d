//! Asking, answering and closing, for every document whose case may wait for an answer.

use super::rules::{AnswerCheck, ClosureCheck, QuestionCheck};
use super::{Answer, End, Ended, Question};
use crate::calendar::CalendarPolicy;
use crate::decision::{Decided, Decision, admit};
use crate::demand::model::Officer;
use crate::demand::refusals::CLARIFICATION_ENDED;
use crate::ids::ClarificationId;
use crate::problem::Violation;
use crate::rule::{self, Rule};
use crate::values::Text;
use chrono::{DateTime, Utc};

/// What is done with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Ask,
    Answer,
    Close,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    Asked,
    Answered,
    Unanswered,
    Closed,
}

/// A document whose case the minister examines, and may ask somebody about.
pub trait Case: Sized + 'static {
    /// Whom a case of this kind has to ask.
    type Addressee: Copy + 'static;
    type Event;

    const QUESTION_RULES: &'static [Rule<QuestionCheck<Self>>];
    const ANSWER_RULES: &'static [Rule<AnswerCheck<Self>>];
    const CLOSURE_RULES: &'static [Rule<ClosureCheck<Self>>];

    /// Whether the present state knows this step.
    fn admit(&self, step: Step) -> Result<(), Vec<Violation>>;
    /// The preparer who has the case.
    fn held_by(&self) -> Option<&Officer>;
    /// How the last day of the term of an answer is found.
    fn policy(&self) -> CalendarPolicy;
    /// The question that waits for its answer.
    fn question(&self) -> Option<&Question<Self::Addressee>>;
    /// The questions that have ended, oldest first.
    fn ended(&self) -> &[Ended<Self::Addressee>];
    /// The case waits from now on.
    fn wait(self, question: Question<Self::Addressee>, now: DateTime<Utc>) -> Result<Self, Vec<Violation>>;
    /// The case goes on, and the question is kept with its end; without an open question nothing changes.
    #[must_use]
    fn go_on(self, end: End, at: DateTime<Utc>) -> Self;
    fn event(happened: Happened, addressee: Self::Addressee) -> Self::Event;
}

/// What a step on a question decides.
pub type CaseDecision<D> = Decision<D, <D as Case>::Event>;

/// Puts a question; the case waits for its answer.
pub fn ask<D: Case>(document: D, question: Question<D::Addressee>, now: DateTime<Utc>) -> CaseDecision<D> {
    document.admit(Step::Ask)?;
    admit(rule::broken(D::QUESTION_RULES, |check| check(&document, &question)))?;
    let event = D::event(Happened::Asked, question.addressee);
    Ok(Decided { document: document.wait(question, now)?, events: vec![event] })
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

/// The answer is there; the case goes on.
pub fn answer<D: Case>(document: D, asked: AskedAnswer, now: DateTime<Utc>) -> CaseDecision<D> {
    admit_question(&document, Step::Answer, asked.question)?;
    admit(rule::broken(D::ANSWER_RULES, |check| check(&document, &asked)))?;
    Ok(ended(document, Happened::Answered, End::Answered(asked.answer), now))
}

/// Nobody has to answer any more.
#[derive(Clone, Debug)]
pub struct Closure {
    pub question: ClarificationId,
    pub by: Officer,
    pub reason: Text<2000>,
}

pub fn close<D: Case>(document: D, asked: Closure, now: DateTime<Utc>) -> CaseDecision<D> {
    admit_question(&document, Step::Close, asked.question)?;
    admit(rule::broken(D::CLOSURE_RULES, |check| check(&document, &asked)))?;
    let Closure { by, reason, .. } = asked;
    Ok(ended(document, Happened::Closed, End::Closed { by, reason }, now))
}

/// The term ran out; nothing happens where none runs.
pub fn run_out<D: Case>(document: D, at: DateTime<Utc>) -> (D, Option<D::Event>) {
    match waiting_for(&document) {
        None => (document, None),
        Some(addressee) => {
            let event = D::event(Happened::Unanswered, addressee);
            (document.go_on(End::Unanswered, at), Some(event))
        }
    }
}

/// The document is withdrawn: nobody has to answer any more.
#[must_use]
pub fn withdraw<D: Case>(document: D, at: DateTime<Utc>) -> D {
    document.go_on(End::Withdrawn, at)
}

/// Who still had to answer when the document was withdrawn.
pub fn released<D: Case>(document: &D) -> Option<D::Addressee> {
    let last = document.ended().last().filter(|last| last.end == End::Withdrawn);
    last.map(|last| last.question.addressee)
}

/// The state admits it, and it is about the question that is open.
fn admit_question<D: Case>(document: &D, step: Step, id: ClarificationId) -> Result<(), Vec<Violation>> {
    if document.ended().iter().any(|ended| ended.question.id == id) {
        return Err(vec![Violation::new(CLARIFICATION_ENDED, "")]);
    }
    document.admit(step)
}

fn ended<D: Case>(document: D, happened: Happened, end: End, at: DateTime<Utc>) -> Decided<D, D::Event> {
    let events = waiting_for(&document).map(|addressee| D::event(happened, addressee)).into_iter().collect();
    Decided { document: document.go_on(end, at), events }
}

/// Whose answer the case waits for; a withdrawn one waits no more.
pub fn waiting_for<D: Case>(document: &D) -> Option<D::Addressee> {
    document.admit(Step::Answer).ok()?;
    document.question().map(|question| question.addressee)
}

/// What was asked under this id, open or ended.
pub fn find<D: Case>(document: &D, id: ClarificationId) -> Option<&Question<D::Addressee>> {
    let ended = document.ended().iter().map(|ended| &ended.question);
    ended.chain(document.question()).find(|question| question.id == id)
}
