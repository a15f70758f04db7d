//! Who takes part in a notification, and so may be written to (ADR 30).

use super::clarification::Addressee;
use super::lifecycle::StateName;
use super::model::Authorisation;
use crate::clarification::{Office, waiting_for};
use crate::correspondence::{Case, CaseId, CaseParty, Reader};

/// Everybody who ever takes part in a notification.
pub const PARTIES: [CaseParty; 9] = [
    CaseParty::ResponsiblePerson,
    CaseParty::Representative,
    CaseParty::Ministry,
    CaseParty::Pharmacy,
    CaseParty::Wholesaler,
    CaseParty::SanitaryInspectorate,
    CaseParty::ProductOffice,
    CaseParty::AssessmentAgency,
    CaseParty::AgricultureMinistry,
];

/// Those who sign and examine a notification: they read every file that it names.
pub const EXAMINERS: [CaseParty; 3] =
    [CaseParty::ResponsiblePerson, CaseParty::Representative, CaseParty::Ministry];

/// The notification as its parties write to each other in it. Files for representative and ministry are added before it
/// reaches them, since the responsible person signs for them.
pub fn case(authorisation: &Authorisation) -> Case {
    let present = PARTIES.into_iter().filter_map(|party| taking_part(authorisation, party));
    let awaited: &[CaseParty] = match authorisation.state.name() {
        StateName::Draft => &[CaseParty::Representative, CaseParty::Ministry],
        StateName::AwaitingRepresentative => &[CaseParty::Ministry],
        _ => &[],
    };
    Case {
        id: CaseId::Authorisation(authorisation.id),
        present: present.collect(),
        awaited: awaited.iter().map(|party| Reader { party: *party, only: None }).collect(),
    }
}

/// The wholesaler's software takes part once there is something to supply, the pharmacies once they may retrieve it: all
/// of them together, since a consent is for all. An addition is no consent to retrieve.
fn taking_part(authorisation: &Authorisation, party: CaseParty) -> Option<Reader> {
    let state = &authorisation.state;
    // An office takes part while it is asked (ADR 29).
    let asked = |office| waiting_for(authorisation) == Some(Addressee::Office(office));
    let everybody = |takes_part: bool| takes_part.then_some(None);
    let only = match party {
        CaseParty::ResponsiblePerson => everybody(true),
        CaseParty::Representative => everybody(state.issue().is_some()),
        CaseParty::Ministry => everybody(state.examined().is_some()),
        CaseParty::Pharmacy => everybody(state.consented().is_some() && authorisation.adds_to.is_none()),
        CaseParty::Wholesaler => state.consented().map(|_| Some(authorisation.wholesaler.0)),
        CaseParty::SanitaryInspectorate => everybody(asked(Office::Sanitary)),
        CaseParty::ProductOffice => everybody(asked(Office::Products)),
        CaseParty::AssessmentAgency => everybody(asked(Office::Assessment)),
        CaseParty::AgricultureMinistry => everybody(asked(Office::Agriculture)),
        CaseParty::Physician | CaseParty::Consultant | CaseParty::Patient => None,
    };
    only.map(|only| Reader { party, only })
}

#[cfg(test)]
mod tests;
