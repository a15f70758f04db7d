//! The physician withdraws, with a reason.

use super::change::{Change, Target, refused};
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
        let change = Change {
            command: Command::Withdrawal,
            operation: "withdraw_demand",
            needs_match: true,
            seen_revision: None,
        };
        self.change_demand(caller, change, target, Some(write), render, move |work, demand| {
            let before = demand.clone();
            let decided = withdrawal::withdraw(demand, reason.clone(), work.now)
                .map_err(|found| refused(found, &before))?;
            Ok(decided.into())
        })
        .await
    }
}
