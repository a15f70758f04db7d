//! Who may write to whom, and who reads.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A group of those who take part in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaseParty {
    Physician,
    /// Of a wholesaler that notifies.
    ResponsiblePerson,
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
    /// Those who see the whole document.
    Examination,
    /// Those who order, bring in and dispense, and see nothing of a diagnosis.
    Supply,
    /// Those who are asked about a product, and see nothing of a patient.
    Offices,
}

impl CaseParty {
    pub const ALL: [CaseParty; 12] = [
        Self::Physician,
        Self::ResponsiblePerson,
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
            Self::ResponsiblePerson => "RESPONSIBLE_PERSON",
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
            Self::Physician
            | Self::ResponsiblePerson
            | Self::Representative
            | Self::Consultant
            | Self::Patient => Some(Circle::Examination),
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

/// The printed table party × party of one kind of document.
pub fn table(parties: &[CaseParty]) -> String {
    let row = |first: &str, cells: &dyn Fn(CaseParty) -> String| {
        let cells: Vec<String> = parties.iter().copied().map(cells).collect();
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
    out.extend(parties.iter().map(|party| row(party.name(), &mark(*party))));
    out
}
