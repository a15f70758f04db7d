//! Who hears of a message or an attachment: those who read it, and nobody else.

use super::case::{CaseWork, Document};
use crate::demand::{substitute_of, told_of};
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::correspondence::{CaseParty, CorrespondenceEvent, Reader};
use domain::ids::EventId;
use domain::temporary_authorisation::KIND;
use serde_json::json;
use std::collections::BTreeSet;
use store::Tx;
use store::outbox::NewEvent;

/// Who reads as this party, in the names of the feed.
fn names(
    tx: &mut Tx<'_>,
    (document, today): (Document<'_>, NaiveDate),
    reader: Reader,
) -> Result<Vec<String>, Failure> {
    let org = |id: String| format!("org:{id}");
    Ok(match (reader.party, reader.only) {
        (CaseParty::Physician | CaseParty::ResponsiblePerson | CaseParty::Representative, _) => {
            vec![org(match document {
                Document::Demand(demand) => demand.entity.to_string(),
                Document::Authorisation(authorisation) => authorisation.wholesaler.to_string(),
            })]
        }
        (CaseParty::Consultant, _) => match document {
            Document::Demand(demand) => {
                // Whoever stands in for the absent consultant reads the case (CO-04).
                let substitute = substitute_of(tx, demand, today)?;
                let chosen = demand.state.consultant().map(|chosen| chosen.npwz.clone());
                let all = [chosen, substitute].into_iter().flatten();
                all.map(|npwz| format!("person:NPWZ:{}", npwz.as_str())).collect()
            }
            Document::Authorisation(_) => Vec::new(),
        },
        (CaseParty::Patient, only) => only.map(|patient| format!("patient:{patient}")).into_iter().collect(),
        (CaseParty::Pharmacy | CaseParty::Wholesaler, Some(organisation)) => {
            vec![org(organisation.to_string())]
        }
        (CaseParty::Pharmacy | CaseParty::Wholesaler, None) => {
            let all = match document {
                Document::Demand(demand) => {
                    let in_facility = demand.content.is_in_facility();
                    store::demand::pharmacies_of(tx, demand.id, demand.entity, in_facility)?
                }
                Document::Authorisation(authorisation) => {
                    store::temporary_authorisation::pharmacies_of(tx, authorisation.id)?
                }
            };
            all.into_iter().map(|organisation| org(organisation.to_string())).collect()
        }
        (
            CaseParty::Ministry
            | CaseParty::SanitaryInspectorate
            | CaseParty::ProductOffice
            | CaseParty::AssessmentAgency
            | CaseParty::AgricultureMinistry,
            _,
        ) => vec![format!("role:{}", reader.party.name())],
    })
}

/// The event for these readers.
pub(super) fn event(
    work: &mut CaseWork<'_, '_>,
    event: &CorrespondenceEvent,
    readers: &[Reader],
) -> Result<NewEvent, Failure> {
    let told = serde_json::to_value(event).map_err(|error| Failure::Bug(error.into()))?;
    let (space, kind, state, revision) = match work.document {
        Document::Demand(demand) => {
            let kind = demand.content.kind().name();
            (&demand.space, kind, demand.state.name().name(), demand.revision)
        }
        Document::Authorisation(it) => (&it.space, KIND, it.state.name().name(), it.revision),
    };
    let mut audience = BTreeSet::new();
    let today = warsaw_date(work.now);
    // Whom the case has not reached yet finds a file when it does.
    for reader in readers.iter().filter(|reader| !work.sight.case.awaited.contains(reader)) {
        audience.extend(names(work.tx, (work.document, today), *reader)?);
    }
    Ok(NewEvent {
        id: EventId(work.parts.entropy.id(work.now)),
        space: space.clone(),
        kind: event.name().to_owned(),
        version: CorrespondenceEvent::VERSION,
        document_kind: kind.to_owned(),
        document_id: work.sight.case.id.to_string(),
        at: work.now,
        payload: json!({
            "state": state, "revision": revision, "by": told_of(work.caller), "data": told.get("data"),
        }),
        audience: audience.into_iter().collect(),
    })
}
