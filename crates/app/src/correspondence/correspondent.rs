//! Who writes or reads, as a party of the case.

use crate::authorize::{Facts, Relation};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::NOT_YOURS;
use crate::temporary_authorisation;
use domain::clarification::Office;
use domain::correspondence::{Case, CaseParty, Reader};
use domain::ids::OrganisationId;
use store::correspondence::Whose;

/// Who writes or reads, as a party of the case.
#[derive(Clone)]
pub(super) struct Correspondent {
    pub reader: Reader,
    pub organisation: Option<OrganisationId>,
    /// Whose read marks count.
    pub whose: Whose,
}

fn party_of(office: Office) -> CaseParty {
    match office {
        Office::Products => CaseParty::ProductOffice,
        Office::Assessment => CaseParty::AssessmentAgency,
        Office::Agriculture => CaseParty::AgricultureMinistry,
        Office::Sanitary => CaseParty::SanitaryInspectorate,
    }
}

impl Correspondent {
    /// `None` for whoever sees no more of the demand than they need to take it, or to draft its revocation.
    pub(super) fn in_demand(caller: &Caller, relation: Relation, facts: &Facts) -> Option<Self> {
        let organisation = caller.org_id();
        let of_supply = organisation.map(|id| id.0);
        let (party, only) = match relation {
            Relation::IssuingPhysician => (CaseParty::Physician, None),
            Relation::Representative => (CaseParty::Representative, None),
            Relation::AssignedConsultant => (CaseParty::Consultant, None),
            Relation::AssignedPreparer | Relation::Decider => (CaseParty::Ministry, None),
            Relation::Patient => (CaseParty::Patient, facts.own_patient.map(|id| id.0)),
            Relation::GrantedPharmacy | Relation::FormerPharmacy | Relation::ReceivingPharmacy => {
                (CaseParty::Pharmacy, of_supply)
            }
            Relation::GrantedWholesaler | Relation::HoldingWholesaler => (CaseParty::Wholesaler, of_supply),
            Relation::Inspectorate => (CaseParty::SanitaryInspectorate, None),
            Relation::AskedOffice(office) => (party_of(office), None),
            Relation::OtherPreparer
            | Relation::RevocationPreparer
            | Relation::MinistryStaff
            | Relation::Colleague => return None,
        };
        Some(Self::of(caller, Reader { party, only }))
    }

    /// `None` for whoever sees no more of the notification than they need to take it, or to draft its revocation.
    pub(super) fn in_authorisation(
        caller: &Caller,
        relation: temporary_authorisation::Relation,
    ) -> Option<Self> {
        use temporary_authorisation::Relation as Its;
        let of_supply = caller.org_id().map(|id| id.0);
        let (party, only) = match relation {
            Its::Notifier => (CaseParty::ResponsiblePerson, None),
            Its::Representative => (CaseParty::Representative, None),
            Its::AssignedPreparer | Its::Decider => (CaseParty::Ministry, None),
            Its::Supplier => (CaseParty::Wholesaler, of_supply),
            Its::GrantedPharmacy | Its::ReceivingPharmacy => (CaseParty::Pharmacy, of_supply),
            Its::AskedOffice(office) => (party_of(office), None),
            Its::OtherPreparer | Its::RevocationPreparer | Its::MinistryStaff => return None,
        };
        Some(Self::of(caller, Reader { party, only }))
    }

    fn of(caller: &Caller, reader: Reader) -> Self {
        let organisation = caller.org_id();
        let whose = if let (CaseParty::Patient, Some(patient)) = (reader.party, reader.only) {
            format!("PATIENT:{patient}")
        } else {
            let organisation = organisation.map(|id| id.to_string()).unwrap_or_default();
            format!("{organisation}|{}", caller.person_key())
        };
        Self { reader, organisation, whose: Whose(whose) }
    }

    /// Whoever could not be written to does not write either.
    pub(super) fn writing(own: Option<&Self>, case: &Case) -> Result<Self, Failure> {
        let own = own.ok_or(Failure::Denied(NOT_YOURS))?;
        if case.taking_part(own.reader.party).is_some_and(|present| present.includes(own.reader)) {
            Ok(own.clone())
        } else {
            Err(Failure::Denied(NOT_YOURS))
        }
    }
}
