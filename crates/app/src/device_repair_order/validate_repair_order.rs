//! The dry run: what submitting this content now would be refused for, and what the payer would find.

use super::create_repair_order::{CreateRepairOrder, new_order};
use super::verify::known;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::device_order::on_record;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::calendar::warsaw_date;
use domain::device_repair_order::Content;
use domain::device_repair_order::issue::faults;
use domain::device_repair_order::verification::{self, Verdict};
use domain::ids::PatientId;
use domain::problem::Violation;
use store::{Tx, patients};

/// Everything that the dry run found.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairValidation {
    pub violations: Vec<Violation>,
    /// What the payer would find now; `None` where the content lacks what it looks at.
    pub outcome: Option<Verdict>,
}

/// The patient, where the space knows them, and what was found.
type Judged = (Option<PatientId>, RepairValidation);

impl App {
    /// Judges the content as a submission and the look that follows would. Writes nothing; that it looked at the patient's
    /// insurance, orders and repairs is on record.
    #[tracing::instrument(name = "validate_device_repair_order", skip_all)]
    pub async fn validate_repair_order(
        &self,
        caller: &Caller,
        content: Content,
        trace_id: &str,
    ) -> Result<Read<RepairValidation>, Failure> {
        authorize_role(caller, Action::ValidateRepairOrder).map_err(Failure::Denied)?;
        let asked = CreateRepairOrder { content, client_reference: None };
        let (parts, asking, ordered) = (self.inner.clone(), caller.clone(), asked.clone());
        // Who orders for nobody asks nobody about a patient.
        let may_order = move |tx: &mut Tx<'_>| new_order(tx, &parts, &asking, &ordered).map(|_| ());
        self.inner.store.read(may_order).await?;
        let insurance = self.ask_insurance(&asked.content.patient).await;
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let judge = move |tx: &mut Tx<'_>| {
            let (now, space) = (parts.clock.now(&asking.space), &asking.space);
            let order = new_order(tx, &parts, &asking, &asked)?;
            let patient = match &order.content.patient.identifier {
                Some(identifier) => {
                    let index = parts.ring.blind_index("patient", identifier.index_text().reveal());
                    patients::find_patient(tx, space, &index)?
                }
                None => None,
            };
            let today = warsaw_date(now);
            let known = known(tx, &parts, (&order, today), patient, now)?;
            let prescriber = match order.issuer.prescriber() {
                Some(by) => on_record(tx, space, by)?,
                None => None,
            };
            let violations = faults(&order, prescriber.as_ref(), known.group.as_ref(), today);
            let (seen, facts) = (known.look(&order.content, today), known.facts(insurance.clone()));
            let outcome = can_be_looked_at(&order.content).then(|| verification::look(&seen, &facts));
            Ok::<Judged, Failure>((patient, RepairValidation { violations, outcome }))
        };
        let (patient, told) = self.inner.store.read_snapshot(judge).await?;
        let record = self.record_of_list(caller, "validate_device_repair_order", trace_id, patient);
        Ok(Read { told, record })
    }
}

/// Whether there is a patient and a device to look at.
fn can_be_looked_at(content: &Content) -> bool {
    content.patient.identifier.is_some() && content.device.is_some()
}
