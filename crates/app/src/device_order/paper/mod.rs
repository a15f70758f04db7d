//! Orders on paper, which an officer of any branch of the payer enters and confirms (refund act art. 38(4c), DO-8).

mod batch;
mod enter;
mod judge;
mod reply;
mod scan;

pub use batch::{BatchLine, BatchReport, LineOutcome};
pub use scan::KeptScan;

use domain::device_order::Content;
use domain::device_order::paper::Asked;
use domain::values::ClientReference;

/// What an officer types from the paper.
#[derive(Clone, Debug)]
pub struct PaperOrder {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
    pub asked: Asked,
}
