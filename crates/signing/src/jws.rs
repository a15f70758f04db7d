//! The attached compact form of a JSON Web Signature (RFC 7515 §7.1).

use crate::diagnosis::Fault;
use crate::faults;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Larger texts are not read at all.
pub const GREATEST_LENGTH: usize = 1 << 20;

/// The decoded parts, and the bytes that were signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Compact<'a> {
    pub signing_input: &'a [u8],
    pub header: Vec<u8>,
    pub payload: Vec<u8>,
    pub signature: Vec<u8>,
}

/// Splits and decodes; padding, white space and stray bits are refused (RFC 7515 §2).
pub fn split(text: &str) -> Result<Compact<'_>, Fault> {
    if text.len() > GREATEST_LENGTH {
        return Err(Fault::new(faults::CONTAINER, "jws"));
    }
    let (signing_input, signature) = text.rsplit_once('.').ok_or_else(|| missing("signature"))?;
    let (header, payload) = signing_input.split_once('.').ok_or_else(|| missing("payload"))?;
    Ok(Compact {
        signing_input: signing_input.as_bytes(),
        header: decode(header, "header")?,
        payload: decode(payload, "payload")?,
        signature: decode(signature, "signature")?,
    })
}

/// Joins the parts of a signature made over [`signing_input`].
pub fn join(signing_input: &str, signature: &[u8]) -> String {
    format!("{signing_input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The text that is signed: both parts in base64url with a dot between (RFC 7515 §5.1).
pub fn signing_input(header: &[u8], payload: &[u8]) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}

fn decode(part: &str, element: &str) -> Result<Vec<u8>, Fault> {
    if part.is_empty() {
        return Err(missing(element));
    }
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Fault::new(faults::CONTAINER, element))
}

fn missing(element: &str) -> Fault {
    Fault::new(faults::CONTAINER, element)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn refused_element(text: &str) -> String {
        split(text).err().unwrap().element
    }

    #[test]
    fn what_was_joined_is_split_into_the_same_parts() {
        let input = signing_input(b"{}", b"payload");
        let text = join(&input, b"value");
        let parts = split(&text).unwrap();
        assert_eq!(parts.signing_input, input.as_bytes());
        assert_eq!(
            (&parts.header[..], &parts.payload[..], &parts.signature[..]),
            (&b"{}"[..], &b"payload"[..], &b"value"[..])
        );
    }

    #[test]
    fn a_detached_payload_and_a_wrong_number_of_parts_are_refused() {
        assert_eq!(refused_element("e30..AAAA"), "payload");
        assert_eq!(refused_element("e30"), "signature");
        assert_eq!(refused_element("e30.AAAA"), "payload");
        assert_eq!(refused_element("e30.AAAA.AAAA.AAAA"), "payload");
    }

    #[test]
    fn padding_white_space_and_stray_bits_are_refused() {
        assert_eq!(refused_element("e30=.AAAA.AAAA"), "header");
        assert_eq!(refused_element("e30.AAAA.AA AA"), "signature");
        assert_eq!(refused_element("e31.AAAA.AAAA"), "header");
    }
}
