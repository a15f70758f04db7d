//! An order as parts I and II of the form have it; what the reader may not see stays `None`.

mod device;
mod sections;

use super::people::{OrderedBy, PaperPrint, PatientPrint};
use super::supply::{Ordination, Side, SupplyPrint};
use super::verification::VerdictPrint;
use crate::PrintError;
use crate::ending::EndingPrint;
use crate::layout::Layout;
use crate::signature::{SignaturePrint, StatementPrint};
use chrono::{DateTime, NaiveDate, Utc};
pub(super) use sections::statement;

/// Everything a print of an order can show. It holds personal data, hence no `Debug`.
#[derive(Clone, Default)]
pub struct OrderPrint {
    pub number: String,
    /// Told from the second on.
    pub version: u32,
    /// The state in Polish, e.g. `Zweryfikowane pozytywnie`.
    pub state: String,
    /// It was cancelled, or nothing of it can be supplied any more.
    pub ending: Option<EndingPrint>,
    pub issued_on: Option<NaiveDate>,
    /// The last day on which it can be supplied.
    pub valid_until: Option<NaiveDate>,
    pub ordered_by: Option<OrderedBy>,
    pub patient: Option<PatientPrint>,
    /// What stands for the right to benefits, in words.
    pub right: Option<RightPrint>,
    pub additional_entitlement: Option<EntitlementPrint>,
    pub device: Option<DevicePrint>,
    pub supply: Option<SupplyPrint>,
    pub ordination: Option<Ordination>,
    pub primary_order: Option<String>,
    /// Diagnosis, criteria and justifications.
    pub grounds: Option<GroundsPrint>,
    pub verdict: Option<VerdictPrint>,
    /// How each month stands, where they differ.
    pub months: Vec<MonthPrint>,
    pub paper: Option<PaperPrint>,
    pub signatures: Vec<SignaturePrint>,
    /// Who signed it, and the identifier that every page bears.
    pub statement: Option<StatementPrint>,
    pub printed_at: DateTime<Utc>,
}

/// What stands for the right to benefits where the payer does not confirm it.
#[derive(Clone)]
pub enum RightPrint {
    /// By whom, in Polish.
    Statement {
        made_on: NaiveDate,
        made_by: String,
    },
    Document(DocumentPrint),
    /// Of a person insured in another state of the Union.
    EuDocument {
        country: String,
        personal_number: String,
        institution: String,
        document: DocumentPrint,
    },
}

#[derive(Clone, Default)]
pub struct DocumentPrint {
    /// In Polish, e.g. `orzeczenie o niepełnosprawności`.
    pub kind: String,
    pub number: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub until: Option<Until>,
}

#[derive(Clone, Copy)]
pub enum Until {
    Indefinite,
    Day(NaiveDate),
}

/// An entitlement beyond the right to benefits.
#[derive(Clone, Default)]
pub struct EntitlementPrint {
    /// The payer's code, e.g. `47ZN`.
    pub code: String,
    pub document: DocumentPrint,
    /// The licence number of the physician who certified it.
    pub certified_by: Option<String>,
}

/// What is ordered.
#[derive(Clone)]
pub enum DevicePrint {
    Lenses { name: String, pupil_distance: Option<String>, lenses: Vec<LensPrint> },
    Other(OtherDevicePrint),
}

#[derive(Clone, Default)]
pub struct OtherDevicePrint {
    pub code: String,
    pub payer_code: Option<String>,
    pub name: String,
    pub sides: Vec<Side>,
    pub stoma: Option<StomaPrint>,
}

#[derive(Clone)]
pub struct StomaPrint {
    /// In Polish, e.g. `ileostomia`.
    pub kind: String,
    pub count: u32,
}

/// A spectacle lens; powers as `-2.75`.
#[derive(Clone)]
pub struct LensPrint {
    pub code: String,
    pub is_near: bool,
    pub eye: Side,
    pub sphere: Option<String>,
    pub cylinder: Option<String>,
    pub axis: Option<String>,
    pub prism: Option<String>,
}

/// Why the patient needs it.
#[derive(Clone, Default)]
pub struct GroundsPrint {
    /// With its code, e.g. `N39.4 Inne określone nietrzymanie moczu`.
    pub diagnosis: Option<String>,
    pub criteria: Vec<CriterionPrint>,
    pub further: Option<String>,
    pub larger_quantity: Option<String>,
    pub shortening: Option<ShorteningPrint>,
}

#[derive(Clone, Default)]
pub struct CriterionPrint {
    pub code: String,
    pub name: String,
}

/// Why the next one is needed before the period of use is over.
#[derive(Clone, Default)]
pub struct ShorteningPrint {
    /// The statutory ground in words.
    pub ground: String,
    pub justification: String,
}

/// One month of an order.
#[derive(Clone)]
pub struct MonthPrint {
    /// Any of its days.
    pub month: NaiveDate,
    /// In Polish, e.g. `przepadł`.
    pub state: String,
    /// By whom it is held or supplied, or why it is cancelled.
    pub note: Option<String>,
}

/// The print as a PDF/A-2a and PDF/UA-1 file.
pub fn render(order: &OrderPrint) -> Result<Vec<u8>, PrintError> {
    let mut layout = Layout::new()?;
    sections::all(&mut layout, order);
    layout.finish(&super::frame(sections::TITLE, &order.number, order.statement.as_ref(), order.printed_at))
}
