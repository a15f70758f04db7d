//! The print of a temporary authorisation: notification, resolution and consent; what the reader may not see stays out.

mod sections;

use crate::PrintError;
use crate::demand::{Kind, PaperPrint, ProductPrint, RepresentativePrint, SignaturePrint, StatementPrint};
use crate::ending::EndingPrint;
use crate::layout::{Frame, Layout};
use chrono::{DateTime, NaiveDate, Utc};

/// Everything a print of a notification can show. It names people, hence no `Debug`.
#[derive(Clone, Default)]
pub struct AuthorisationPrint {
    pub number: String,
    /// It adds batches to a consent that is there.
    pub is_addition: bool,
    pub is_veterinary: bool,
    pub resolution_number: Option<String>,
    /// The state in Polish, e.g. `Zgoda obowiązuje`.
    pub state: String,
    /// It was revoked or withdrawn, or its period is over.
    pub ending: Option<EndingPrint>,
    pub submitted_on: Option<NaiveDate>,
    pub product: ProductPrint,
    pub batches: Vec<BatchPrint>,
    /// The number of each addition whose consent has conditions of its own, and these.
    pub conditions_of_additions: Vec<(String, String)>,
    pub wholesaler: WholesalerPrint,
    /// Who signs first: the responsible person, or whom they authorised.
    pub responsible_person: Option<RepresentativePrint>,
    pub is_signed_by_authorised: bool,
    pub representative: Option<RepresentativePrint>,
    pub threat: Option<String>,
    pub justification: Option<String>,
    /// Titles and dates of the documents that go with it.
    pub attachments: Vec<String>,
    pub resolution: Option<ConsentPrint>,
    /// How it came on paper (PF art. 4ad(8)).
    pub paper: Option<PaperPrint>,
    pub signatures: Vec<SignaturePrint>,
    /// The compact JWS of the decision, at most 900 bytes; printed as a QR code.
    pub decision_token: Option<String>,
    /// The words KPA art. 39³ asks for on the print of an electronic letter.
    pub statement: Option<StatementPrint>,
    /// When the print is made.
    pub printed_at: DateTime<Utc>,
}

#[derive(Clone, Default)]
pub struct BatchPrint {
    pub number: String,
    pub expires_on: NaiveDate,
    pub quantity: String,
    /// The number of the addition by which it came.
    pub added_by: Option<String>,
}

#[derive(Clone, Default)]
pub struct WholesalerPrint {
    pub name: String,
    pub nip: Option<String>,
    pub identifier: Option<String>,
    pub address: Option<String>,
}

#[derive(Clone)]
pub struct ConsentPrint {
    pub is_consent: bool,
    pub resolved_on: NaiveDate,
    /// The first and the last day of the consent.
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub conditions: Option<String>,
    pub grounds: Option<String>,
    pub decider: RepresentativePrint,
}

/// The print as a PDF/A-2a and PDF/UA-1 file.
pub fn render(authorisation: &AuthorisationPrint) -> Result<Vec<u8>, PrintError> {
    let mut layout = Layout::new()?;
    sections::all(&mut layout, authorisation)?;
    layout.finish(&Frame {
        title: format!("{} nr {}", sections::TITLE, authorisation.number),
        system: "System Obsługi Importu Docelowego".to_owned(),
        reference: format!("Zgłoszenie nr {}", authorisation.number),
        footer: crate::demand::sections::footer(
            Kind::Medicine,
            authorisation.statement.as_ref(),
            authorisation.printed_at,
        ),
        printed_at: authorisation.printed_at,
    })
}
