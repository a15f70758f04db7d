//! The dry run: what submitting this content now would be refused for, and what the payer would find.

use super::access::on_record;
use super::create_device_order::prescriber;
use super::verify::known;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::recorded::Read;
use domain::calendar::warsaw_date;
use domain::device_order::Content;
use domain::device_order::issue::{self, NewOrder};
use domain::device_order::verification::{self, Verdict, figures_known_on};
use domain::ids::{DeviceOrderId, PatientId};
use domain::problem::Violation;
use store::{Tx, patients};

/// Everything that the dry run found.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderValidation {
    pub violations: Vec<Violation>,
    /// What the payer would find now; `None` where the content lacks what it looks at.
    pub outcome: Option<Verdict>,
}

/// The patient, where the space knows them, and what was found.
type Judged = (Option<PatientId>, OrderValidation);

impl App {
    /// Judges the content as a submission and the look that follows would. Writes nothing; that it looked at the patient's
    /// insurance and other orders is on record.
    #[tracing::instrument(name = "validate_device_order", skip_all)]
    pub async fn validate_device_order(
        &self,
        caller: &Caller,
        content: Content,
        trace_id: &str,
    ) -> Result<Read<OrderValidation>, Failure> {
        authorize_role(caller, Action::ValidateDeviceOrder).map_err(Failure::Denied)?;
        let (parts, asking, ordered) = (self.inner.clone(), caller.clone(), content.clone());
        // Who orders for nobody asks nobody about a patient.
        let may_order =
            move |tx: &mut Tx<'_>| prescriber(tx, &parts, &asking, &ordered.prescriber).map(|_| ());
        self.inner.store.read(may_order).await?;
        let insurance = self.ask_insurance(&content.patient).await;
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let judge = move |tx: &mut Tx<'_>| {
            let (now, space) = (parts.clock.now(&asking.space), &asking.space);
            let new = NewOrder {
                id: DeviceOrderId(parts.entropy.id(now)),
                space: space.clone(),
                entity: asking.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
                prescriber: prescriber(tx, &parts, &asking, &content.prescriber)?,
                client_id: asking.client_id.clone(),
                client_reference: None,
                content: content.clone(),
            };
            let order = issue::draft(new, now);
            let patient = match &content.patient.identifier {
                Some(identifier) => {
                    let index = parts.ring.blind_index("patient", identifier.index_text().reveal());
                    patients::find_patient(tx, space, &index)?
                }
                None => None,
            };
            let (known, today) = (known(tx, &parts, &order, patient, now)?, warsaw_date(now));
            let on_record = on_record(tx, space, &order.prescriber)?;
            let mut violations = issue::dry_run_faults(&order, on_record.as_ref(), &known.groups, today);
            violations.extend(figures_known_on(&content, &known.groups, today));
            let facts = known.facts(today, insurance.clone());
            let outcome = can_be_looked_at(&content).then(|| verification::look(&content, &facts));
            Ok::<Judged, Failure>((patient, OrderValidation { violations, outcome }))
        };
        let (patient, told) = self.inner.store.read_snapshot(judge).await?;
        let record = self.record_of_list(caller, "validate_device_order", trace_id, patient);
        Ok(Read { told, record })
    }
}

/// Whether there is a patient, a device and a quantity to look at.
fn can_be_looked_at(content: &Content) -> bool {
    content.patient.identifier.is_some() && content.device.is_some() && content.supply.is_some()
}
