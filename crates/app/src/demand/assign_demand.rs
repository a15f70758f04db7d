//! A preparer of the ministry takes a case.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use domain::demand::lifecycle::Command;
use domain::demand::resolution::{self, Assignment};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "assign_demand", skip_all)]
    pub async fn assign_demand(
        &self,
        caller: &Caller,
        target: Target,
        reason: Option<Text<2000>>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::Assignment, "assign_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let assignment =
                Assignment { officer: register::officer(work.tx, work.caller)?, reason: reason.clone() };
            let decided = resolution::assign(demand, assignment, work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
