//! The officer needs no answer any more.

use super::answer_clarification::answers;
use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::clarification::side;
use crate::failure::Failure;
use crate::register;
use domain::demand::clarification::{self, Closure};
use domain::demand::lifecycle::Command;
use domain::ids::ClarificationId;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "close_clarification", skip_all)]
    pub async fn close_clarification(
        &self,
        caller: &Caller,
        target: Target,
        question: ClarificationId,
        reason: Text<2000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::ClarificationClosure, "close_clarification");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            side(work.caller, &demand, question, answers)?;
            let by = register::officer(work.tx, work.caller)?;
            let closure = Closure { question, by, reason: reason.clone() };
            Ok(clarification::close(demand, closure, work.now)?.into())
        })
        .await
    }
}
