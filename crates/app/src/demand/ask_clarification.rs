//! The minister asks somebody, who has a term to answer (PF art. 4aa).

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use domain::demand::clarification::{self, Addressee, Question};
use domain::demand::lifecycle::Command;
use domain::ids::ClarificationId;
use domain::values::Text;

#[derive(Clone, Debug)]
pub struct AskClarification {
    pub addressee: Addressee,
    pub question: Text<4000>,
    pub days: u32,
}

impl App {
    #[tracing::instrument(name = "ask_clarification", skip_all)]
    pub async fn ask_clarification(
        &self,
        caller: &Caller,
        target: Target,
        asked: AskClarification,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::Clarification, "ask_clarification");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let question = Question {
                id: ClarificationId(work.parts.entropy.id(work.now)),
                addressee: asked.addressee,
                text: asked.question.clone(),
                days: asked.days,
                policy: clarification::policy_of(demand.content.kind()),
                asked_by: register::officer(work.tx, work.caller)?,
                asked_at: work.now,
            };
            Ok(clarification::ask(demand, question, work.now)?.into())
        })
        .await
    }
}
