//! The representative refuses to co-sign, with a reason.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use domain::demand::examination::{self, ApprovalRefusal};
use domain::demand::lifecycle::Command;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "refuse_demand", skip_all)]
    pub async fn refuse_demand(
        &self,
        caller: &Caller,
        target: Target,
        reason: Text<2000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::RepresentativeRefusal, "refuse_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let (person, _) = register::in_post(work.tx, work.caller)?;
            let asked = ApprovalRefusal { by: register::named(person), reason: reason.clone() };
            let decided = examination::refuse_approval(demand, asked, work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
