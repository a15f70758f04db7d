//! Another physician of the entity goes on with the demand when the first cannot act.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use domain::demand::lifecycle::Command;
use domain::demand::takeover::{self, Takeover};
use domain::values::Text;

impl App {
    /// Who takes it over has not seen it before, and so names no revision.
    #[tracing::instrument(name = "take_over_demand", skip_all)]
    pub async fn take_over_demand(
        &self,
        caller: &Caller,
        target: Target,
        reason: Text<2000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::Takeover, "take_over_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            register::in_post(work.tx, work.caller)?;
            let physician = register::physician(work.tx, work.caller)?;
            let asked = Takeover { physician, reason: reason.clone() };
            let decided = takeover::take_over(demand, asked, work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
