//! Messages and attachments of a demand: who writes and reads as which party.

mod abandoned_uploads;
mod add_attachment;
mod download;
mod hear;
mod list_attachments;
mod list_messages;
mod mark_message_read;
mod places;
mod read_attachment;
mod send_message;
mod upload;
mod view;

pub use add_attachment::{AddAttachment, AddedAttachment};
pub use download::FileContent;
pub use list_messages::{MessageFilter, MessageList};
pub(crate) use places::UploadPlaces;
pub use read_attachment::StoredFile;
pub use send_message::SendMessage;
pub use upload::Upload;
pub use view::MessageView;

use super::access::Seen;
use crate::authorize::{Facts, Office, Relation};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::NOT_YOURS;
use domain::demand::correspondence::parties::taking_part;
use domain::demand::correspondence::{CaseParty, Reader};
use domain::ids::{OrganisationId, PatientId};
use store::correspondence::Whose;

/// Who writes or reads, as a party of the case.
#[derive(Clone)]
pub(super) struct Correspondent {
    pub reader: Reader,
    pub organisation: Option<OrganisationId>,
    /// Whose read marks count.
    pub whose: Whose,
}

impl Correspondent {
    /// `None` for whoever sees no more of the demand than they need to take it.
    fn of(caller: &Caller, relation: Relation, facts: &Facts) -> Option<Self> {
        let organisation = caller.org_id();
        let of_supply = organisation.map(|id| id.0);
        let (party, only) = match relation {
            Relation::IssuingPhysician => (CaseParty::Physician, None),
            Relation::Representative => (CaseParty::Representative, None),
            Relation::AssignedConsultant => (CaseParty::Consultant, None),
            Relation::AssignedPreparer | Relation::Decider => (CaseParty::Ministry, None),
            Relation::Patient => (CaseParty::Patient, facts.own_patient.map(|id| id.0)),
            Relation::GrantedPharmacy | Relation::ReceivingPharmacy => (CaseParty::Pharmacy, of_supply),
            Relation::GrantedWholesaler | Relation::HoldingWholesaler => (CaseParty::Wholesaler, of_supply),
            Relation::Inspectorate | Relation::AskedOffice(Office::Sanitary) => {
                (CaseParty::SanitaryInspectorate, None)
            }
            Relation::AskedOffice(Office::Products) => (CaseParty::ProductOffice, None),
            Relation::AskedOffice(Office::Assessment) => (CaseParty::AssessmentAgency, None),
            Relation::AskedOffice(Office::Agriculture) => (CaseParty::AgricultureMinistry, None),
            Relation::OtherPreparer | Relation::MinistryStaff | Relation::Colleague => return None,
        };
        let whose = if let (CaseParty::Patient, Some(patient)) = (party, only) {
            format!("PATIENT:{patient}")
        } else {
            let organisation = organisation.map(|id| id.to_string()).unwrap_or_default();
            format!("{organisation}|{}", caller.person_key())
        };
        Some(Self { reader: Reader { party, only }, organisation, whose: Whose(whose) })
    }

    pub(super) fn reading(caller: &Caller, relation: Relation, seen: &Seen) -> Option<Self> {
        Self::of(caller, relation, &seen.facts)
    }

    /// Whoever could not be written to does not write either.
    pub(super) fn writing(caller: &Caller, relation: Relation, seen: &Seen) -> Result<Self, Failure> {
        let own = Self::of(caller, relation, &seen.facts).ok_or(Failure::Denied(NOT_YOURS))?;
        let present = taking_part(&seen.loaded.demand, only_patient(seen), own.reader.party);
        if present.is_some_and(|present| present.includes(own.reader)) {
            Ok(own)
        } else {
            Err(Failure::Denied(NOT_YOURS))
        }
    }
}

/// The patient for whom alone the demand is.
pub(super) fn only_patient(seen: &Seen) -> Option<PatientId> {
    match seen.loaded.patients.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
