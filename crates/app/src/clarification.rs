//! Questions of the minister, whatever document they are about: what is asked for, on which side of one somebody stands,
//! and how one is shown.

use crate::caller::{Caller, Role};
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::clarification::{self, AskedAnswer, Case, End, Letter, Question, Side};
use domain::demand::model::Officer;
use domain::ids::ClarificationId;
use domain::values::Text;
use uuid::Uuid;

/// What an officer wants to know of whom, and how long the answer may take.
#[derive(Clone, Debug)]
pub struct AskClarification<A> {
    pub addressee: A,
    pub question: Text<4000>,
    pub days: u32,
}

impl<A: Copy> AskClarification<A> {
    pub(crate) fn put<D: Case<Addressee = A>>(
        &self,
        document: &D,
        id: Uuid,
        asked_by: Officer,
        asked_at: DateTime<Utc>,
    ) -> Question<A> {
        Question {
            id: ClarificationId(id),
            addressee: self.addressee,
            text: self.question.clone(),
            days: self.days,
            policy: document.policy(),
            asked_by,
            asked_at,
        }
    }
}

#[derive(Clone, Debug)]
pub struct AnswerClarification {
    pub question: ClarificationId,
    pub answer: Text<8000>,
    /// Of the addressee, where an officer enters it.
    pub letter: Option<Letter>,
}

impl AnswerClarification {
    pub(crate) fn given(&self, side: Side, by: Officer, received_at: DateTime<Utc>) -> AskedAnswer {
        let answer = clarification::Answer { text: self.answer.clone(), by, letter: self.letter.clone() };
        AskedAnswer { question: self.question, side, answer, received_at }
    }
}

/// On which side of this question the caller stands; a question to somebody else does not exist for them.
pub(crate) fn side<D: Case>(
    caller: &Caller,
    document: &D,
    question: ClarificationId,
    answers: impl Fn(Role, D::Addressee) -> bool,
) -> Result<Side, Failure> {
    let question = clarification::find(document, question).ok_or(Failure::NotFound)?;
    if caller.role == Role::MinistryPreparer {
        return Ok(Side::Ministry);
    }
    answers(caller.role, question.addressee).then_some(Side::Addressee).ok_or(Failure::NotFound)
}

/// A question of the minister, and how it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct ClarificationView<A> {
    pub question: Question<A>,
    /// How and when; nothing while it waits for its answer.
    pub ended: Option<(End, DateTime<Utc>)>,
}

/// The questions to those addressees that somebody sees, the open one last.
pub(crate) fn visible<D: Case>(
    document: &D,
    sees: impl Fn(D::Addressee) -> bool,
) -> Vec<ClarificationView<D::Addressee>>
where
    Question<D::Addressee>: Clone,
{
    let ended = document.ended().iter();
    let ended = ended
        .map(|it| ClarificationView { question: it.question.clone(), ended: Some((it.end.clone(), it.at)) });
    let open = document.question().map(|it| ClarificationView { question: it.clone(), ended: None });
    ended.chain(open).filter(|it| sees(it.question.addressee)).collect()
}
