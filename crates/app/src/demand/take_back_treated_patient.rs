//! The physician takes a wrong line of the list of treated patients back, with a reason.

use super::change::{Change, Decision, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::decision::Decided;
use domain::demand::lifecycle::Command;
use domain::demand::treated::{self, TakenBack};
use domain::ids::TreatedPatientId;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "take_back_treated_patient", skip_all)]
    pub async fn take_back_treated_patient(
        &self,
        caller: &Caller,
        target: Target,
        line: TreatedPatientId,
        reason: Text<1000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::TreatedPatientReversal, "take_back_treated_patient");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let known = store::demand::list_treated(work.tx, work.key, demand.id)?;
            let found = known.into_iter().find(|known| known.line.id == line).ok_or(Failure::NotFound)?;
            let by = demand.physician.clone();
            let taken_back = TakenBack { reason: reason.clone(), by, at: work.now };
            let decided = treated::take_back(demand, found.line, taken_back, work.now)?;
            let (document, line) = decided.document;
            if !store::demand::take_back_treated(work.tx, work.key, document.id, &line)? {
                return Err(Failure::Stale);
            }
            let decided = Decided { document, events: decided.events };
            Ok(Decision { concerned: vec![found.patient], ..decided.into() })
        })
        .await
    }
}
