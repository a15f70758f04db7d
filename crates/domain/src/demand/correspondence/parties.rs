//! Who may write to whom, and who reads.

use crate::demand::clarification::Addressee;
use crate::demand::lifecycle::StateName;
use crate::demand::model::{Demand, DemandKind};
use crate::ids::PatientId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A group of those who take part in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaseParty {
    Physician,
    Representative,
    Consultant,
    Patient,
    Ministry,
    Pharmacy,
    Wholesaler,
    SanitaryInspectorate,
    ProductOffice,
    AssessmentAgency,
    AgricultureMinistry,
}

/// Parties that may read the same message; the ministry belongs to each circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Circle {
    /// Those who see the whole demand.
    Examination,
    /// Those who order, bring in and dispense, and see nothing of a diagnosis.
    Supply,
    /// Those who are asked about a product, and see nothing of a patient.
    Offices,
}

impl CaseParty {
    pub const ALL: [CaseParty; 11] = [
        Self::Physician,
        Self::Representative,
        Self::Consultant,
        Self::Patient,
        Self::Ministry,
        Self::Pharmacy,
        Self::Wholesaler,
        Self::SanitaryInspectorate,
        Self::ProductOffice,
        Self::AssessmentAgency,
        Self::AgricultureMinistry,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Physician => "PHYSICIAN",
            Self::Representative => "REPRESENTATIVE",
            Self::Consultant => "CONSULTANT",
            Self::Patient => "PATIENT",
            Self::Ministry => "MINISTRY",
            Self::Pharmacy => "PHARMACY",
            Self::Wholesaler => "WHOLESALER",
            Self::SanitaryInspectorate => "SANITARY_INSPECTORATE",
            Self::ProductOffice => "PRODUCT_OFFICE",
            Self::AssessmentAgency => "ASSESSMENT_AGENCY",
            Self::AgricultureMinistry => "AGRICULTURE_MINISTRY",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|party| party.name() == name)
    }

    fn circle(self) -> Option<Circle> {
        match self {
            Self::Ministry => None,
            Self::Physician | Self::Representative | Self::Consultant | Self::Patient => {
                Some(Circle::Examination)
            }
            Self::Pharmacy | Self::Wholesaler => Some(Circle::Supply),
            Self::SanitaryInspectorate
            | Self::ProductOffice
            | Self::AssessmentAgency
            | Self::AgricultureMinistry => Some(Circle::Offices),
        }
    }

    /// Whether both may read the same message (RODO art. 5(1)(c)).
    pub fn may_share_with(self, other: Self) -> bool {
        match (self.circle(), other.circle()) {
            (Some(own), Some(theirs)) => own == theirs,
            (None, _) | (_, None) => true,
        }
    }
}

/// A party that reads, with the one organisation or patient of it that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reader {
    pub party: CaseParty,
    /// Of supply the organisation, of patients the patient; `None` where everybody of the party reads.
    pub only: Option<Uuid>,
}

impl Reader {
    /// Whether what is for this reader is for that one, who names themselves.
    pub fn includes(self, one: Self) -> bool {
        self.party == one.party && (self.only.is_none() || self.only == one.only)
    }
}

/// The party as it takes part in the case now; `None` where it does not. A wholesaler does once the demand was passed
/// on to it; the pharmacies do from the approval on, from the passing on only the one that receives the product.
/// A patient does where the demand is for one alone: several must not read of each other. The sanitary inspectorate does once
/// a food was consented to, and it, the other offices and the consultant who gave the opinion while they are asked something.
pub fn taking_part(demand: &Demand, patient: Option<PatientId>, party: CaseParty) -> Option<Reader> {
    let state = &demand.state;
    let is_issued = state.issue().is_some();
    let everybody = |takes_part: bool| takes_part.then_some(None);
    let asked = |addressee| {
        state.name() == StateName::Clarification
            && state.question().is_some_and(|question| question.addressee == addressee)
    };
    let only = match party {
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

/// The printed table party × party.
pub fn table() -> String {
    let row = |first: &str, cells: &dyn Fn(CaseParty) -> String| {
        let cells: Vec<String> = CaseParty::ALL.into_iter().map(cells).collect();
        format!("| {first} | {} |\n", cells.join(" | "))
    };
    let mark = |own: CaseParty| {
        move |other: CaseParty| {
            let sign = if own == other || !own.may_share_with(other) { "–" } else { "●" };
            sign.to_owned()
        }
    };
    let mut out = row("Writes \\ reads", &|party| party.name().to_owned());
    out.push_str(&row("---", &|_| "---".to_owned()));
    out.extend(CaseParty::ALL.into_iter().map(|party| row(party.name(), &mark(party))));
    out
}
