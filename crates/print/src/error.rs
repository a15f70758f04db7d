//! Why a print could not be made.

use krilla::error::KrillaError;

/// What can go wrong while a document is printed. No variant carries text of the document.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error("the embedded font cannot be read")]
    Font,
    #[error("a decision token of {0} bytes is too long for the printed code")]
    TokenTooLong(usize),
    #[error("the decision token cannot be written as a QR code")]
    Qr,
    #[error("a text of {0} characters cannot be written as a bar code")]
    Barcode(usize),
    #[error("refund and co-pay do not add up to the price")]
    Amounts,
    #[error("the PDF profile cannot be set up")]
    Profile,
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

impl From<KrillaError> for PrintError {
    /// Keeps the summary only: the variants of krilla quote the printed text.
    fn from(error: KrillaError) -> Self {
        Self::Pdf(error.to_string())
    }
}
