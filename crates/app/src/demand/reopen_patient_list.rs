//! The physician takes back that a list of treated patients is whole, and the end of treatment, with a reason.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::demand::lifecycle::Command;
use domain::demand::treated::{self, Reopening};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "reopen_patient_list", skip_all)]
    pub async fn reopen_patient_list(
        &self,
        caller: &Caller,
        target: Target,
        reason: Text<1000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::PatientListReopening, "reopen_patient_list");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let reopening = Reopening { reason: reason.clone(), by: demand.physician.clone(), at: work.now };
            Ok(treated::reopen(demand, reopening, work.now)?.into())
        })
        .await
    }
}
