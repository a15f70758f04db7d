//! Lists and searches: what concerns this caller, newest first; nothing sealed is opened.

use super::access::{Facts, Relation, facts};
use super::visibility::{Group, sees};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::Page;
use crate::failure::Failure;
use crate::recorded::Read;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_order::StateName;
use domain::ids::{DeviceOrderId, PatientId};
use domain::values::{DeviceOrderNumber, PatientIdentifier};
use store::device_order::{Condition, DeviceOrderLine};
use store::{Tx, patients};

/// What the caller wants to see of their list.
#[derive(Clone, Debug, Default)]
pub struct DeviceOrderFilter {
    pub state: Option<StateName>,
    pub number: Option<DeviceOrderNumber>,
    pub client_reference: Option<String>,
    /// Continue after this order.
    pub after: Option<DeviceOrderId>,
    /// 1–200.
    pub limit: u16,
}

/// A page, and the day by which months and terms of what it shows are applied.
#[derive(Clone, Debug)]
pub struct PageOfDay<T> {
    pub page: Page<T>,
    /// In Warsaw.
    pub as_of: NaiveDate,
}

/// Orders, and the patient whom the list is of.
type Listed = (Option<PatientId>, Vec<DeviceOrderLine>);

impl App {
    #[tracing::instrument(name = "list_device_orders", skip_all)]
    pub async fn list_device_orders(
        &self,
        caller: &Caller,
        filter: DeviceOrderFilter,
        trace_id: &str,
    ) -> Result<Read<PageOfDay<DeviceOrderLine>>, Failure> {
        authorize_role(caller, Action::ReadDeviceOrder).map_err(Failure::Denied)?;
        let mut wanted: Vec<Condition> = Vec::new();
        wanted.extend(filter.state.map(|state| Condition::State(state.name())));
        wanted.extend(filter.number.map(|number| Condition::Number(number.as_str().to_owned())));
        let client_id = caller.client_id.clone();
        wanted.extend(
            filter.client_reference.map(|reference| Condition::ClientReference { client_id, reference }),
        );
        let (patient, page) = self.order_page(caller, (wanted, None), filter.after, filter.limit).await?;
        Ok(Read { told: page, record: self.record_of_list(caller, "list_device_orders", trace_id, patient) })
    }

    /// By patient, with the identifier in the body and the search on record.
    #[tracing::instrument(name = "search_device_orders", skip_all)]
    pub async fn search_device_orders(
        &self,
        caller: &Caller,
        identifier: PatientIdentifier,
        after: Option<DeviceOrderId>,
        limit: u16,
        trace_id: &str,
    ) -> Result<PageOfDay<DeviceOrderLine>, Failure> {
        authorize_role(caller, Action::SearchDeviceOrders).map_err(Failure::Denied)?;
        let (patient, page) = self.order_page(caller, (Vec::new(), Some(identifier)), after, limit).await?;
        self.keep(self.record_of_list(caller, "search_device_orders", trace_id, patient)).await?;
        Ok(page)
    }

    async fn order_page(
        &self,
        caller: &Caller,
        (wanted, of): (Vec<Condition>, Option<PatientIdentifier>),
        after: Option<DeviceOrderId>,
        limit: u16,
    ) -> Result<(Option<PatientId>, PageOfDay<DeviceOrderLine>), Failure> {
        let now = self.inner.clock.now(&caller.space);
        let list = async || {
            let (wanted, of) = (wanted.clone(), of.clone());
            self.listed_orders(caller, (wanted, of), after, limit).await
        };
        let is_due = |line: &&DeviceOrderLine| line.due_at.is_some_and(|due_at| due_at <= now);
        let due = |(_, lines): &Listed| lines.iter().filter(is_due).map(|line| line.id).collect();
        let (patient, lines) = self.elapsed_page(list, due).await?;
        let mut page = Page::cut(lines, limit);
        page.items.iter_mut().for_each(|line| hide(caller.role, line));
        Ok((patient, PageOfDay { page, as_of: warsaw_date(now) }))
    }

    async fn listed_orders(
        &self,
        caller: &Caller,
        (wanted, of): (Vec<Condition>, Option<PatientIdentifier>),
        after: Option<DeviceOrderId>,
        limit: u16,
    ) -> Result<Listed, Failure> {
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let list = move |tx: &mut Tx<'_>| {
            let facts = facts(tx, &parts, &asking, parts.clock.now(&asking.space))?;
            let mut patient = facts.own_patient;
            let Some(own) = own(&asking, &facts) else { return Ok((None, Vec::new())) };
            let mut conditions = [wanted.clone(), own].concat();
            if let Some(identifier) = &of {
                let index = parts.ring.blind_index("patient", identifier.index_text().reveal());
                patient = patients::find_patient(tx, &asking.space, &index)?;
                let Some(searched) = patient else { return Ok((None, Vec::new())) };
                conditions.push(Condition::Patient(searched));
            }
            let space = &asking.space;
            let lines = store::device_order::list(tx, space, &conditions, after, i64::from(limit) + 1)?;
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
        Role::NfzOfficer => Some(vec![Condition::Registered]),
        Role::Patient => Some(vec![Condition::Patient(facts.own_patient?), Condition::Registered]),
        _ => None,
    }
}

/// A line shows no more than any caller of this role sees of an order.
fn hide(role: Role, line: &mut DeviceOrderLine) {
    let relation = match role {
        Role::DevicePrescriber => Relation::Prescriber,
        Role::MedicalAssistant => Relation::Assistant,
        Role::NfzOfficer => Relation::NfzStaff,
        _ => Relation::Patient,
    };
    if !sees(relation, Group::ClientReference) {
        line.client_reference = None;
    }
}
