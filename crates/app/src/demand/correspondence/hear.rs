//! Who hears of a message or an attachment: those who read it, and nobody else.

use super::super::announce::told_of;
use super::super::child::ChildWork;
use crate::failure::Failure;
use domain::demand::correspondence::{CaseParty, CorrespondenceEvent, Reader};
use domain::demand::model::Demand;
use domain::ids::EventId;
use serde_json::json;
use std::collections::BTreeSet;
use store::Tx;
use store::outbox::NewEvent;

fn audience(tx: &mut Tx<'_>, demand: &Demand, readers: &[Reader]) -> Result<Vec<String>, Failure> {
    let mut audience = BTreeSet::new();
    for reader in readers {
        match (reader.party, reader.only) {
            (CaseParty::Physician | CaseParty::Representative, _) => {
                audience.insert(format!("org:{}", demand.entity));
            }
            (CaseParty::Consultant, _) => audience.extend(
                demand.state.consultant().map(|chosen| format!("person:NPWZ:{}", chosen.npwz.as_str())),
            ),
            (CaseParty::Patient, only) => audience.extend(only.map(|patient| format!("patient:{patient}"))),
            (CaseParty::Pharmacy | CaseParty::Wholesaler, Some(organisation)) => {
                audience.insert(format!("org:{organisation}"));
            }
            (CaseParty::Pharmacy | CaseParty::Wholesaler, None) => {
                let in_facility = demand.content.is_in_facility();
                let all = store::demand::pharmacies_of(tx, demand.id, demand.entity, in_facility)?;
                audience.extend(all.into_iter().map(|organisation| format!("org:{organisation}")));
            }
            (
                CaseParty::Ministry
                | CaseParty::SanitaryInspectorate
                | CaseParty::ProductOffice
                | CaseParty::AssessmentAgency
                | CaseParty::AgricultureMinistry,
                _,
            ) => {
                audience.insert(format!("role:{}", reader.party.name()));
            }
        }
    }
    Ok(audience.into_iter().collect())
}

/// The event for these readers.
pub(super) fn event(
    work: &mut ChildWork<'_, '_>,
    event: &CorrespondenceEvent,
    readers: &[Reader],
) -> Result<NewEvent, Failure> {
    let demand = &work.seen.loaded.demand;
    let told = serde_json::to_value(event).map_err(|error| Failure::Bug(error.into()))?;
    Ok(NewEvent {
        id: EventId(work.parts.entropy.id(work.now)),
        space: demand.space.clone(),
        kind: event.name().to_owned(),
        version: CorrespondenceEvent::VERSION,
        document_kind: demand.content.kind().name().to_owned(),
        document_id: demand.id.to_string(),
        at: work.now,
        payload: json!({
            "state": demand.state.name().name(), "revision": demand.revision, "by": told_of(work.caller),
            "data": told.get("data"),
        }),
        audience: audience(work.tx, demand, readers)?,
    })
}
