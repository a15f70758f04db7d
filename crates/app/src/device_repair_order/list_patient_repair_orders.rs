//! A patient's own repair orders: what is to be repaired, what is left of the limit, and who has it. Whom they name stays sealed.

use super::access::Relation;
use super::view::{self, RepairOrderView, Viewer};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Page, own_patient};
use crate::device_order::elapsed_page;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::device_repair_order::clocks;
use domain::ids::{PatientId, RepairOrderId};
use store::Tx;

/// One repair order as its patient finds it in a list.
pub type OwnRepairOrder = RepairOrderView;
/// A page of them.
pub type OwnRepairOrders = Page<OwnRepairOrder>;

/// A page, and of what is on it a term has run out that is not applied yet.
struct Found {
    patient: Option<PatientId>,
    orders: Vec<OwnRepairOrder>,
    due: Vec<RepairOrderId>,
}

impl App {
    /// Every repair order that was issued for this patient, the newest first.
    #[tracing::instrument(name = "list_patient_device_repair_orders", skip_all)]
    pub async fn list_patient_repair_orders(
        &self,
        caller: &Caller,
        after: Option<RepairOrderId>,
        limit: u16,
        trace_id: &str,
    ) -> Result<Read<OwnRepairOrders>, Failure> {
        authorize_role(caller, Action::ReadAccessLog).map_err(Failure::Denied)?;
        let list = async || {
            let (parts, asking) = (self.inner.clone(), caller.clone());
            let job = move |tx: &mut Tx<'_>| {
                let patient = own_patient(tx, &parts.ring, &asking)?;
                let Some(own) = patient else {
                    return Ok::<_, Failure>(Found { patient, orders: Vec::new(), due: Vec::new() });
                };
                let wanted = (after, i64::from(limit) + 1);
                let all = store::device_repair_order::page_of_patient(tx, &parts.ring, own, wanted)?;
                let now = parts.clock.now(&asking.space);
                let due = all.iter().filter(|it| clocks::is_due(it, now)).map(|it| it.id).collect();
                let viewer = Viewer { relation: Relation::Patient, organisation: None };
                let orders = all.iter().map(|order| view::build(viewer, order)).collect();
                Ok(Found { patient, orders, due })
            };
            self.inner.store.read(job).await
        };
        let apply = async |id| self.apply_elapsed_repair_order(id).await;
        let found = elapsed_page(list, |found: &Found| found.due.clone(), apply).await?;
        let operation = "list_patient_device_repair_orders";
        let record = self.record_of_list(caller, operation, trace_id, found.patient);
        Ok(Read { told: Page::cut(found.orders, limit), record })
    }
}
