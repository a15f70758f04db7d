//! The preparer takes the draft back, or the decider sends it back; its number is void.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use domain::demand::lifecycle::Command;
use domain::demand::resolution;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "return_resolution_draft", skip_all)]
    pub async fn return_resolution_draft(
        &self,
        caller: &Caller,
        target: Target,
        reason: Text<2000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::ResolutionDraftReturn, "return_resolution_draft");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let by = register::officer(work.tx, work.caller)?;
            let decided = resolution::return_draft(demand, by, reason.clone(), work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
