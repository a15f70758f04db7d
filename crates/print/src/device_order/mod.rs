//! Prints of orders for medical devices: information for the patient, the order, its realisation and a repair.

pub mod information;
mod issue;
pub mod order;
mod people;
pub mod realisation;
pub mod repair;
mod supply;
mod verification;

pub use issue::{Method, ProviderPrint, ReceiptPrint, Receiver};
pub use people::{OrderedBy, PaperPrint, PatientPrint, PlacePrint, PrescriberPrint};
pub use supply::{MonthsPrint, Ordination, Quantity, Side, SupplyPrint, Unit};
pub use verification::{
    AcceptancePrint, ConfirmedLinePrint, LimitKind, ProblemPrint, RightResult, VerdictPrint,
};

use crate::layout::Frame;
use crate::polish::moment;
use crate::signature::StatementPrint;
use chrono::{DateTime, Utc};

/// Left in the header of every page.
const SYSTEM: &str = "Elektroniczne zlecenia na wyroby medyczne";

/// What stands around the pages of an order.
fn frame(title: &str, number: &str, statement: Option<&StatementPrint>, printed_at: DateTime<Utc>) -> Frame {
    let printed = format!("Wydrukowano: {}.", moment(printed_at));
    let footer = match statement {
        Some(said) => format!(
            "Wydruk zlecenia wystawionego w postaci elektronicznej. Identyfikator dokumentu w systemie: {}. {printed}",
            said.document_id
        ),
        None => format!("Wydruk z systemu, bez podpisu elektronicznego. {printed}"),
    };
    Frame {
        title: format!("{title} nr {number}"),
        system: SYSTEM.to_owned(),
        reference: format!("Zlecenie nr {number}"),
        footer,
        printed_at,
    }
}
