//! The print of a demand: what the reader may see goes in, groups they may not see stay `None`.

mod ground;
pub(crate) mod paper;
pub(crate) mod sections;

use chrono::{DateTime, NaiveDate, Utc};

pub use crate::signature::{RepresentativePrint, SignaturePrint, StatementPrint};
pub use ground::DisasterPrint;

use crate::PrintError;
use crate::ending::EndingPrint;
use crate::layout::{Frame, Layout};

/// Where the product is to be used (PF art. 4(2)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Usage {
    #[default]
    InFacility,
    OutsideFacility,
}

/// What is demanded; decides the title and the words (PF art. 4(2), UBZZ art. 29a(2), (5)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Medicine,
    Food,
}

/// On which ground the product is brought in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// PF art. 4(1), UBZZ art. 29a(1).
    #[default]
    TargetImport,
    /// PF art. 4(9).
    Disaster,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Approved,
    Rejected,
}

/// Everything a print of a demand can show. It holds personal data, hence no `Debug`.
#[derive(Clone, Default)]
pub struct DemandPrint {
    pub kind: Kind,
    pub usage: Usage,
    pub ground: Ground,
    pub number: String,
    pub resolution_number: Option<String>,
    /// The state in Polish, e.g. `Rozpatrzone pozytywnie`.
    pub state: String,
    /// It was revoked or withdrawn, or has expired.
    pub ending: Option<EndingPrint>,
    pub issued_on: Option<NaiveDate>,
    /// Why the case is urgent.
    pub urgency: Option<String>,
    pub product: Option<ProductPrint>,
    pub patients: Option<PatientsPrint>,
    pub medical: Option<MedicalPrint>,
    /// The threat, and the guards of PF art. 4(9).
    pub disaster: Option<DisasterPrint>,
    pub entity: Option<EntityPrint>,
    pub physician: Option<PhysicianPrint>,
    pub representative: Option<RepresentativePrint>,
    pub opinion: Option<OpinionPrint>,
    pub resolution: Option<ResolutionPrint>,
    pub signatures: Vec<SignaturePrint>,
    /// How it came on paper (PF art. 4ad(8)).
    pub paper: Option<PaperPrint>,
    /// The compact JWS of the decision, at most 900 bytes; printed as a QR code.
    pub decision_token: Option<String>,
    /// The words KPA art. 39³ asks for on the print of an electronic letter; for a food, to which it does not apply, who
    /// signed the consent.
    pub statement: Option<StatementPrint>,
    /// When the print is made.
    pub printed_at: DateTime<Utc>,
}

#[derive(Clone, Default)]
pub struct ProductPrint {
    /// A medicine's trade name, a food's name.
    pub name: String,
    /// Of a medicine.
    pub international_name: String,
    /// Of a food, in Polish.
    pub group: String,
    /// Of a food.
    pub composition: String,
    pub form: String,
    /// Of a medicine.
    pub strength: String,
    /// Of a medicine.
    pub marketing_authorisation_holder: String,
    /// Of a food.
    pub producer: String,
    /// The name of the country in Polish.
    pub source_country: Option<String>,
    pub atc: Option<String>,
    /// With its unit, e.g. `12 opakowań`.
    pub quantity: String,
    pub approved_quantity: Option<String>,
    /// Together with what additions have added, where there are any.
    pub total_quantity: Option<String>,
    pub treatment_days: Option<u32>,
}

#[derive(Clone, Default)]
pub struct PatientsPrint {
    /// For stock without known patients: why this quantity.
    pub ad_hoc: Option<String>,
    pub people: Vec<PatientPrint>,
}

#[derive(Clone, Default)]
pub struct PatientPrint {
    pub name: String,
    /// With its kind, e.g. `PESEL 44051401458`.
    pub identifier: Option<String>,
    pub guardian_identifier: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub address: Option<String>,
    /// This patient's part of the quantity, in a list of patients.
    pub quantity: Option<String>,
}

#[derive(Clone, Default)]
pub struct MedicalPrint {
    /// With its code, e.g. `E83.0 Zaburzenia przemian miedzi`.
    pub diagnosis: Option<String>,
    pub justification: Option<String>,
}

#[derive(Clone, Default)]
pub struct EntityPrint {
    pub name: String,
    pub unit: Option<String>,
    pub nip: Option<String>,
    pub rpwdl: Option<String>,
    pub unit_code: Option<String>,
    pub address: Option<String>,
}

#[derive(Clone, Default)]
pub struct PhysicianPrint {
    pub name: String,
    pub npwz: String,
}

#[derive(Clone, Default)]
pub struct OpinionPrint {
    pub consultant: String,
    pub npwz: Option<String>,
    pub qualifications: Option<String>,
    /// Kind and field, e.g. `konsultant krajowy w dziedzinie chorób zakaźnych`.
    pub function: String,
    /// The chosen consultant who was away, in whose place this one answered.
    pub in_place_of: Option<String>,
    /// The verdict in words, e.g. `Zasadność zapotrzebowania potwierdzona`.
    pub verdict: String,
    pub given_on: Option<NaiveDate>,
    pub justification: Option<String>,
}

#[derive(Clone)]
pub struct ResolutionPrint {
    pub outcome: Outcome,
    pub resolved_on: NaiveDate,
    pub decider: Option<RepresentativePrint>,
    pub grounds: Option<String>,
    /// Until when the demand must reach the wholesaler (PF art. 4ad(7)).
    pub valid_until: Option<NaiveDate>,
}

/// What an officer entered from paper.
#[derive(Clone)]
pub struct PaperPrint {
    /// Why it came on paper, in words.
    pub grounds: String,
    pub signatures: Vec<HandwrittenPrint>,
    /// Of a demand.
    pub consultant_received_on: Option<NaiveDate>,
    pub sent_on: NaiveDate,
    pub received_on: NaiveDate,
    pub entered_by: RepresentativePrint,
    pub entered_at: DateTime<Utc>,
    /// When and why an entry was put right, oldest first.
    pub corrections: Vec<String>,
    pub scan_title: String,
    pub scan_sha256: String,
}

/// A signature by hand.
#[derive(Clone)]
pub struct HandwrittenPrint {
    pub who: String,
    pub function: String,
    pub signed_on: NaiveDate,
}

/// The print as a PDF/A-2a and PDF/UA-1 file.
pub fn render(demand: &DemandPrint) -> Result<Vec<u8>, PrintError> {
    let mut layout = Layout::new()?;
    sections::all(&mut layout, demand)?;
    layout.finish(&Frame {
        title: format!("{} nr {}", sections::title(demand), demand.number),
        system: "System Obsługi Importu Docelowego".to_owned(),
        reference: format!("Zapotrzebowanie nr {}", demand.number),
        footer: sections::footer(demand.kind, demand.statement.as_ref(), demand.printed_at),
        printed_at: demand.printed_at,
    })
}
