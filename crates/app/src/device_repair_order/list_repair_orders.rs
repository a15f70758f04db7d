//! Lists of repair orders: what concerns this caller, newest first; nothing sealed is opened.

use super::access::Relation;
use super::visibility::{Group, sees};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::Page;
use crate::device_order::{Facts, PageOfDay, elapsed_page, facts};
use crate::failure::Failure;
use crate::recorded::Read;
use domain::calendar::warsaw_date;
use domain::device_repair_order::StateName;
use domain::ids::{PatientId, RepairOrderId};
use domain::values::DeviceOrderNumber;
use store::Tx;
use store::device_repair_order::{Condition, RepairOrderLine};

/// What the caller wants to see of their list.
#[derive(Clone, Debug, Default)]
pub struct RepairOrderFilter {
    pub state: Option<StateName>,
    pub number: Option<DeviceOrderNumber>,
    pub client_reference: Option<String>,
    /// Continue after this order.
    pub after: Option<RepairOrderId>,
    /// 1–200.
    pub limit: u16,
}

impl RepairOrderFilter {
    fn conditions(&self, caller: &Caller) -> Vec<Condition> {
        let state = self.state.map(|state| Condition::State(state.name()));
        let number = self.number.as_ref().map(|number| Condition::Number(number.as_str().to_owned()));
        let reference = self
            .client_reference
            .clone()
            .map(|reference| Condition::ClientReference { client_id: caller.client_id.clone(), reference });
        state.into_iter().chain(number).chain(reference).collect()
    }
}

/// Orders, and the patient whom the list is of.
type Listed = (Option<PatientId>, Vec<RepairOrderLine>);

impl App {
    #[tracing::instrument(name = "list_device_repair_orders", skip_all)]
    pub async fn list_repair_orders(
        &self,
        caller: &Caller,
        filter: RepairOrderFilter,
        trace_id: &str,
    ) -> Result<Read<PageOfDay<RepairOrderLine>>, Failure> {
        authorize_role(caller, Action::ReadRepairOrder).map_err(Failure::Denied)?;
        let now = self.inner.clock.now(&caller.space);
        let list = async || self.listed_repair_orders(caller, &filter).await;
        let is_due = |line: &&RepairOrderLine| line.due_at.is_some_and(|due_at| due_at <= now);
        let due = |(_, lines): &Listed| lines.iter().filter(is_due).map(|line| line.id).collect();
        let apply = async |id| self.apply_elapsed_repair_order(id).await;
        let (patient, lines) = elapsed_page(list, due, apply).await?;
        let mut page = Page::cut(lines, filter.limit);
        page.items.iter_mut().for_each(|line| hide(caller, line));
        let told = PageOfDay { page, as_of: warsaw_date(now) };
        let record = self.record_of_list(caller, "list_device_repair_orders", trace_id, patient);
        Ok(Read { told, record })
    }

    async fn listed_repair_orders(
        &self,
        caller: &Caller,
        filter: &RepairOrderFilter,
    ) -> Result<Listed, Failure> {
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let (wanted, after, limit) = (filter.conditions(caller), filter.after, i64::from(filter.limit) + 1);
        let list = move |tx: &mut Tx<'_>| {
            let facts = facts(tx, &parts, &asking, parts.clock.now(&asking.space))?;
            let patient = facts.own_patient;
            let Some(own) = own(&asking, &facts) else { return Ok((None, Vec::new())) };
            let conditions = [wanted.clone(), own].concat();
            let lines = store::device_repair_order::list(tx, &asking.space, &conditions, after, limit)?;
            Ok::<Listed, Failure>((patient, lines))
        };
        self.inner.store.read(list).await
    }
}

/// What every order of this caller's list has in common; `None` for whom there is none.
fn own(caller: &Caller, facts: &Facts) -> Option<Vec<Condition>> {
    match caller.role {
        Role::DevicePrescriber | Role::MedicalAssistant => {
            let prescribers = facts.prescribers.clone();
            Some(vec![Condition::OfPrescribers { prescribers, entity: caller.org_id()? }])
        }
        Role::NfzOfficer => {
            Some(vec![caller.org_id().map_or(Condition::Registered, Condition::RegisteredOrOf)])
        }
        Role::Patient => Some(vec![Condition::Patient(facts.own_patient?), Condition::Registered]),
        Role::DeviceProvider => Some(vec![Condition::OfProvider(caller.org_id()?)]),
        _ => None,
    }
}

/// A line shows no more than any caller of this role sees of an order.
fn hide(caller: &Caller, line: &mut RepairOrderLine) {
    let relation = match caller.role {
        Role::DevicePrescriber => Relation::Prescriber,
        Role::MedicalAssistant => Relation::Assistant,
        Role::NfzOfficer if caller.org_id() == Some(line.entity) => Relation::Branch,
        Role::NfzOfficer => Relation::NfzStaff,
        Role::DeviceProvider => Relation::Provider,
        _ => Relation::Patient,
    };
    if !sees(relation, Group::ClientReference) {
        line.client_reference = None;
    }
}
