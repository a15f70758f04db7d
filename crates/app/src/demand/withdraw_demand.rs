//! The physician withdraws, with a reason.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::demand::lifecycle::Command;
use domain::demand::withdrawal;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "withdraw_demand", skip_all)]
    pub async fn withdraw_demand(
        &self,
        caller: &Caller,
        target: Target,
        reason: Text<2000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::Withdrawal, "withdraw_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let (id, kind) = (demand.id, demand.content.kind());
            let decided = withdrawal::withdraw(demand, reason.clone(), work.now)?;
            // What was entered wrongly, under another entity say, is entered rightly once it is withdrawn (PE-14, PE-40).
            store::demand::paper::release(work.tx, id, kind.name(), work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
