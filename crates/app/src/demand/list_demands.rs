//! Lists: what concerns this caller, newest first; no identity is unsealed.

use super::access::own_patient;
use super::announce::{self, Act};
use crate::authorize::{Action, Relation, authorize_role, person_number};
use crate::caller::{Caller, OrganisationKind, Role};
use crate::failure::Failure;
use crate::overdue::apply_overdue;
use crate::recorded::{AccessRecord, Read};
use crate::visibility::{Group, sees, sees_clock, sees_wait};
use crate::{App, outage, register};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::clarification::Office;
use domain::demand::content::Ground;
use domain::demand::lifecycle::StateName;
use domain::demand::model::DemandKind;
use domain::ids::{DemandId, PatientId};
use store::audit::Outcome;
use store::demand::{Condition, DemandLine};
use store::{Tx, directory};

/// What the caller wants to see of their list.
#[derive(Clone, Debug, Default)]
pub struct DemandFilter {
    /// Any kind where none is named.
    pub kind: Option<DemandKind>,
    pub state: Option<StateName>,
    pub ground: Option<Ground>,
    pub client_reference: Option<String>,
    /// Continue after this demand.
    pub after: Option<DemandId>,
    /// 1–200.
    pub limit: u16,
}

/// A page, and whether more follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub has_more: bool,
}

impl<T> Page<T> {
    /// Cuts the one item that was fetched to see whether there is more.
    pub(crate) fn cut(mut items: Vec<T>, limit: u16) -> Self {
        let has_more = items.len() > usize::from(limit);
        items.truncate(usize::from(limit));
        Self { items, has_more }
    }
}

/// The posts of those for whom this consultant answers today.
fn posts(tx: &mut Tx<'_>, caller: &Caller, today: NaiveDate) -> Result<Vec<String>, Failure> {
    let Some(person) = register::find_person(tx, caller)? else { return Ok(Vec::new()) };
    let absent = directory::substituted_by(tx, &caller.space, &[person.id], today)?;
    Ok(absent.iter().map(|it| store::demand::consultant_post(&it.npwz, it.field)).collect())
}

/// What every demand of this caller's list has in common; `None` for a role that has no list.
fn own(
    tx: &mut Tx<'_>,
    caller: &Caller,
    patient: Option<PatientId>,
    (today, waiting_since): (NaiveDate, DateTime<Utc>),
) -> Result<Option<Vec<Condition>>, Failure> {
    let Some(org) = caller.org_id() else {
        return Ok(patient.map(|patient| vec![Condition::Patient(patient), Condition::Issued]));
    };
    Ok(match caller.role {
        Role::Physician => person_number(caller)
            .map(|number| vec![Condition::Physician { npwz: number.to_owned(), entity: org }]),
        Role::EntityRepresentative => Some(vec![Condition::InFacilityOf(org), Condition::Issued]),
        Role::Consultant => match person_number(caller) {
            Some(number) => Some(vec![Condition::Consultant {
                npwz: number.to_owned(),
                posts: posts(tx, caller, today)?,
            }]),
            None => None,
        },
        Role::MinistryPreparer | Role::MinistryDecider => Some(vec![Condition::OfMinistry { waiting_since }]),
        Role::Wholesaler => Some(vec![Condition::OfWholesaler(org)]),
        Role::Pharmacy => {
            let hospital =
                caller.org.as_ref().is_some_and(|org| org.kind == OrganisationKind::HospitalPharmacy);
            let parent = if hospital {
                directory::find_organisation(tx, &caller.space, org)?.and_then(|known| known.parent)
            } else {
                None
            };
            Some(vec![Condition::OfPharmacy { pharmacy: org, entity: parent }])
        }
        Role::SanitaryInspectorate => Some(vec![Condition::OfInspectorate]),
        Role::ProductOffice | Role::AssessmentAgency | Role::AgricultureMinistry => {
            Some(vec![Condition::Asked(caller.role.name())])
        }
        Role::Patient
        | Role::ResponsiblePerson
        | Role::DevicePrescriber
        | Role::MedicalAssistant
        | Role::DeviceProvider
        | Role::NfzOfficer
        | Role::Auditor
        | Role::Admin => None,
    })
}

impl App {
    #[tracing::instrument(name = "list_demands", skip_all)]
    pub async fn list_demands(
        &self,
        caller: &Caller,
        filter: DemandFilter,
        trace_id: &str,
    ) -> Result<Read<Page<DemandLine>>, Failure> {
        self.list_as("list_demands", caller, filter, trace_id).await
    }

    /// The list under the name by which the audit knows it.
    pub(crate) async fn list_as(
        &self,
        operation: &'static str,
        caller: &Caller,
        filter: DemandFilter,
        trace_id: &str,
    ) -> Result<Read<Page<DemandLine>>, Failure> {
        authorize_role(caller, Action::ReadDemand).map_err(Failure::Denied)?;
        self.apply_all_elapsed(caller).await?;
        let parts = self.inner.clone();
        let asking = caller.clone();
        let limit = filter.limit;
        let (patient, lines) = self
            .inner
            .store
            .read(move |tx| {
                let patient = own_patient(tx, &parts.ring, &asking)?;
                let now = parts.clock.now(&asking.space);
                let times = (warsaw_date(now), now - parts.pending_refusal_after);
                let Some(mut conditions) = own(tx, &asking, patient, times)? else {
                    return Ok((patient, Vec::new()));
                };
                conditions.extend(filter.kind.map(|kind| Condition::Kind(kind.name())));
                conditions.extend(filter.state.map(|state| Condition::State(state.name().to_owned())));
                conditions.extend(filter.ground.map(|ground| Condition::Ground(ground.name())));
                conditions.extend(filter.client_reference.map(|reference| Condition::ClientReference {
                    client_id: asking.client_id.clone(),
                    reference,
                }));
                let wanted = i64::from(filter.limit) + 1;
                let lines = store::demand::list(tx, &asking.space, &conditions, filter.after, wanted)?;
                Ok::<_, Failure>((patient, outage::held(tx, &parts, &asking.space, lines, now)?))
            })
            .await?;
        let mut page = Page::cut(lines, limit);
        for line in &mut page.items {
            hide(caller, line);
        }
        Ok(Read { told: page, record: self.record_of_list(caller, operation, trace_id, patient) })
    }

    /// A page of a list is one entry; a patient's own list, or a search for one, names that patient.
    pub(crate) fn record_of_list(
        &self,
        caller: &Caller,
        operation: &'static str,
        trace_id: &str,
        patient: Option<PatientId>,
    ) -> AccessRecord {
        let act = Act {
            action: operation,
            document: None,
            outcome: Outcome::Allowed,
            purpose: None,
            trace_id: Some(trace_id),
        };
        let actor = announce::actor(&self.inner.ring, caller, patient);
        AccessRecord::of(announce::entries(&self.inner, &caller.space, &actor, &act, patient.as_slice()))
    }

    /// Terms that ran out are applied before a list shows a state.
    pub(super) async fn apply_all_elapsed(&self, caller: &Caller) -> Result<(), Failure> {
        let list = async |limit| {
            let (parts, space) = (self.inner.clone(), caller.space.clone());
            let list = move |tx: &mut Tx<'_>| {
                let by = outage::known_until(tx, &parts, &space)?;
                Ok::<_, Failure>(store::demand::list_due(tx, &space, by, limit)?)
            };
            self.inner.store.read(list).await
        };
        apply_overdue(list, async |id| self.apply_elapsed(id).await).await
    }
}

/// A line shows no more than the least that any caller of this role sees of a demand in their list; a wholesaler sees
/// whether it is their own.
pub(super) fn hide(caller: &Caller, line: &mut DemandLine) {
    if caller.role != Role::Physician {
        line.client_reference = None;
    }
    let holder = line.summary.wholesaler.as_ref().map(|party| party.id);
    let relation = match caller.role {
        Role::MinistryPreparer => Relation::OtherPreparer,
        Role::MinistryDecider => Relation::MinistryStaff,
        Role::Physician => Relation::IssuingPhysician,
        Role::EntityRepresentative => Relation::Representative,
        Role::Consultant => Relation::AssignedConsultant,
        Role::Pharmacy => Relation::GrantedPharmacy,
        Role::Wholesaler if holder.is_some() && holder == caller.org_id() => Relation::HoldingWholesaler,
        Role::Wholesaler => Relation::GrantedWholesaler,
        Role::SanitaryInspectorate => Relation::Inspectorate,
        Role::ProductOffice => Relation::AskedOffice(Office::Products),
        Role::AssessmentAgency => Relation::AskedOffice(Office::Assessment),
        Role::AgricultureMinistry => Relation::AskedOffice(Office::Agriculture),
        _ => Relation::Patient,
    };
    if !sees(relation, Group::Quantity) {
        line.summary.quantity = None;
    }
    line.summary.clocks.retain(|clock| sees_clock(relation, clock.kind));
    if !sees(relation, Group::Ruling) {
        line.summary.approved_quantity = None;
        line.resolution_number = None;
    }
    line.summary.pending = line.summary.pending.take().filter(|pending| sees_wait(relation, pending.step));
    if !sees(relation, Group::Receiver) {
        line.summary.pharmacy = None;
    }
    if !sees(relation, Group::Handover) {
        line.summary.wholesaler = None;
    }
}
