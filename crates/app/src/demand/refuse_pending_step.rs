//! An officer ends the wait for the validation of a signature.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::outage;
use crate::pending_step::{EndWait, ending, refused};
use domain::demand::lifecycle::Command;
use domain::demand::pending;

impl App {
    #[tracing::instrument(name = "refuse_pending_step", skip_all)]
    pub async fn refuse_pending_step(
        &self,
        caller: &Caller,
        target: Target,
        asked: EndWait,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::PendingStepRefusal, "refuse_pending_step");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let ending = ending(work.parts, asked.clone());
            let waiting = demand.pending.clone();
            let holds = outage::holds(work.tx, work.parts, &demand.space, work.now)?;
            let decided = pending::end(demand, &ending, &holds, work.now);
            Ok(decided.map_err(|found| refused(found, waiting.as_ref(), &ending))?.into())
        })
        .await
    }
}
