//! The minister asks somebody, who has a term to answer (PF art. 4aa).

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::clarification::AskClarification;
use crate::failure::Failure;
use crate::register;
use domain::demand::clarification::{self, Addressee};
use domain::demand::lifecycle::Command;

impl App {
    #[tracing::instrument(name = "ask_clarification", skip_all)]
    pub async fn ask_clarification(
        &self,
        caller: &Caller,
        target: Target,
        asked: AskClarification<Addressee>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::Clarification, "ask_clarification");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let by = register::officer(work.tx, work.caller)?;
            let question = asked.put(&demand, work.parts.entropy.id(work.now), by, work.now);
            Ok(clarification::ask(demand, question, work.now)?.into())
        })
        .await
    }
}
