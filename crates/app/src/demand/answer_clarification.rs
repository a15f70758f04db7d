//! The addressee answers a question of the minister, or the officer enters their letter.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::{Caller, Role};
use crate::clarification::{AnswerClarification, side};
use crate::failure::Failure;
use crate::register;
use domain::demand::clarification::{self, Addressee};
use domain::demand::lifecycle::Command;

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
            let side = side(work.caller, &demand, asked.question, answers)?;
            let by = register::officer(work.tx, work.caller)?;
            Ok(clarification::answer(demand, asked.given(side, by, work.now), work.now)?.into())
        })
        .await
    }
}

/// Whether this role answers for that addressee.
pub(super) fn answers(role: Role, addressee: Addressee) -> bool {
    role.name() == addressee.name()
}
