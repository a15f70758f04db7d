//! The addressee answers a question of the minister, or the officer enters their letter.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::{Caller, Role};
use crate::failure::Failure;
use crate::register;
use domain::demand::clarification::{self, AskedAnswer, Letter, Side};
use domain::demand::lifecycle::Command;
use domain::demand::model::Demand;
use domain::ids::ClarificationId;
use domain::values::Text;

#[derive(Clone, Debug)]
pub struct AnswerClarification {
    pub question: ClarificationId,
    pub answer: Text<8000>,
    /// Of the addressee, where an officer enters it.
    pub letter: Option<Letter>,
}

impl App {
    #[tracing::instrument(name = "answer_clarification", skip_all)]
    pub async fn answer_clarification(
        &self,
        caller: &Caller,
        target: Target,
        asked: AnswerClarification,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::ClarificationAnswer, "answer_clarification");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let side = side(work.caller, &demand, asked.question)?;
            let answer = clarification::Answer {
                text: asked.answer.clone(),
                by: register::officer(work.tx, work.caller)?,
                letter: asked.letter.clone(),
            };
            let question = asked.question;
            let answered = AskedAnswer { question, side, answer, received_at: work.now };
            Ok(clarification::answer(demand, answered, work.now)?.into())
        })
        .await
    }
}

/// On which side of this question the caller stands; a question to somebody else does not exist for them.
pub(super) fn side(caller: &Caller, demand: &Demand, question: ClarificationId) -> Result<Side, Failure> {
    let question = clarification::find(demand, question).ok_or(Failure::NotFound)?;
    if caller.role == Role::MinistryPreparer {
        return Ok(Side::Ministry);
    }
    let is_asked = caller.role.name() == question.addressee.name();
    is_asked.then_some(Side::Addressee).ok_or(Failure::NotFound)
}
