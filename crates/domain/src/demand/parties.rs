//! Who takes part in a demand, and so may be written to.

use super::clarification::Addressee;
use super::lifecycle::StateName;
use super::model::{Demand, DemandKind};
use crate::correspondence::{Case, CaseId, CaseParty, Reader};
use crate::ids::PatientId;

/// Everybody who ever takes part in a demand.
pub const PARTIES: [CaseParty; 11] = [
    CaseParty::Physician,
    CaseParty::Representative,
    CaseParty::Consultant,
    CaseParty::Patient,
    CaseParty::Ministry,
    CaseParty::Pharmacy,
    CaseParty::Wholesaler,
    CaseParty::SanitaryInspectorate,
    CaseParty::ProductOffice,
    CaseParty::AssessmentAgency,
    CaseParty::AgricultureMinistry,
];

/// The demand as its parties write to each other in it; `patient` is the only one that it is for.
pub fn case(demand: &Demand, patient: Option<PatientId>) -> Case {
    let present = PARTIES.into_iter().filter_map(|party| taking_part(demand, patient, party));
    Case { id: CaseId::Demand(demand.id), present: present.collect(), awaited: Vec::new() }
}

/// The party as it takes part in the case now; `None` where it does not. A wholesaler does once the demand was passed
/// on to it; the pharmacies do from the approval on, from the passing on only the one that receives the product.
/// A patient does where the demand is for one alone: several must not read of each other. The sanitary inspectorate does once
/// a food was consented to, and it, the other offices and the consultant who gave the opinion while they are asked something.
fn taking_part(demand: &Demand, patient: Option<PatientId>, party: CaseParty) -> Option<Reader> {
    let state = &demand.state;
    let is_issued = state.issue().is_some();
    let everybody = |takes_part: bool| takes_part.then_some(None);
    let asked = |addressee| {
        state.name() == StateName::Clarification
            && state.question().is_some_and(|question| question.addressee == addressee)
    };
    let only = match party {
        CaseParty::ResponsiblePerson => None,
        CaseParty::Physician => everybody(true),
        CaseParty::Representative => everybody(is_issued && demand.content.is_in_facility()),
        CaseParty::Consultant => {
            everybody(state.name() == StateName::AwaitingConsultant || asked(Addressee::Consultant))
        }
        CaseParty::Patient => patient.filter(|_| is_issued).map(|patient| Some(patient.0)),
        CaseParty::Ministry => everybody(state.examined().is_some()),
        CaseParty::Pharmacy => state.approved().map(|_| state.handover().map(|it| it.pharmacy.id.0)),
        CaseParty::Wholesaler => state.handover().map(|it| Some(it.wholesaler.id.0)),
        // UBZZ art. 29a(5): every consent for a food reaches it at once.
        CaseParty::SanitaryInspectorate => {
            let consented = demand.content.kind() == DemandKind::Food && state.approved().is_some();
            everybody(consented || asked(Addressee::SanitaryInspectorate))
        }
        CaseParty::ProductOffice => everybody(asked(Addressee::ProductOffice)),
        CaseParty::AssessmentAgency => everybody(asked(Addressee::AssessmentAgency)),
        CaseParty::AgricultureMinistry => everybody(asked(Addressee::AgricultureMinistry)),
    };
    only.map(|only| Reader { party, only })
}

#[cfg(test)]
mod tests;
