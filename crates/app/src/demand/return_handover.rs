//! The wholesaler declines, or the pharmacy recalls, while nothing is drawn.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use domain::demand::lifecycle::Command;
use domain::demand::model::HandoverReturn;
use domain::demand::supply;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "return_handover", skip_all)]
    pub async fn return_handover(
        &self,
        caller: &Caller,
        target: Target,
        reason: Text<2000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::HandoverReturn, "return_handover");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let by = work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            let returned = HandoverReturn { by, reason: reason.clone(), at: work.now };
            let decided = supply::return_handover(demand, returned, work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
