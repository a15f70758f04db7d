//! PEM text (RFC 7468), as far as test keys need it.

use super::PkiError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) fn encode(label: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    for (index, digit) in STANDARD.encode(der).chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            text.push('\n');
        }
        text.push(digit);
    }
    text + &format!("\n-----END {label}-----\n")
}

/// All blocks of one label, in order.
pub(super) fn decode(label: &'static str, text: &str) -> Result<Vec<Vec<u8>>, PkiError> {
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let blocks = text.split(&begin).skip(1).map(|block| {
        let (body, _) = block.split_once(&end).ok_or(PkiError::Pem(label))?;
        let digits: String = body.split_whitespace().collect();
        STANDARD.decode(digits).map_err(|_| PkiError::Pem(label))
    });
    blocks.collect()
}

pub(super) fn decode_one(label: &'static str, text: &str) -> Result<Vec<u8>, PkiError> {
    decode(label, text)?.into_iter().next().ok_or(PkiError::Pem(label))
}
