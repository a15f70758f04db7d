//! What can go wrong with test keys and certificates.

/// Why a key or a certificate could not be made, read or written.
#[derive(Debug, thiserror::Error)]
pub enum PkiError {
    #[error("certificates: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error("files: {0}")]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Anchor(#[from] signing::chain::UnreadableAnchor),
    #[error("no {0} block in the PEM text")]
    Pem(&'static str),
    #[error("the instant cannot be written into a certificate")]
    Time,
    #[error("the key cannot be used to sign")]
    Key,
    #[error("the payload is no JSON object")]
    Payload,
    #[error("no authority of the kind {0}")]
    NoAuthority(&'static str),
}
