//! An officer ends the wait for the validation of a signature.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::pending_step::{ending, refused};
use domain::demand::lifecycle::Command;
use domain::demand::pending;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "refuse_pending_step", skip_all)]
    pub async fn refuse_pending_step(
        &self,
        caller: &Caller,
        target: Target,
        reason: Text<2000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::PendingStepRefusal, "refuse_pending_step");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let ending = ending(work.parts, reason.clone());
            let waiting = demand.pending.clone();
            let decided = pending::end(demand, &ending, work.now);
            Ok(decided.map_err(|found| refused(found, waiting.as_ref(), &ending))?.into())
        })
        .await
    }
}
