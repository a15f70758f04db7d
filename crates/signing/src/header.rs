//! The protected header, read strictly (RFC 7515 §4, ETSI TS 119 182-1 §5).

use crate::algorithm::Algorithm;
use crate::canonical::{self, CanonicalError};
use crate::diagnosis::Fault;
use crate::faults;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// A chain of more certificates is not read.
pub(crate) const MOST_CERTIFICATES: usize = 6;
/// A larger certificate is not read.
pub(crate) const GREATEST_CERTIFICATE: usize = 8 * 1024;

/// The only extension that may be declared critical: the signing time of JAdES 1.1.1.
const KNOWN_CRITICAL: &str = "sigT";

pub(crate) struct Header {
    members: Map<String, Value>,
}

impl Header {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        match canonical::read(bytes) {
            Ok(Value::Object(members)) => Self { members }.well_formed(),
            Ok(_) | Err(CanonicalError::NotJson) => Err(Fault::new(faults::HEADER, "header")),
            Err(CanonicalError::DuplicateMember { pointer }) => {
                Err(Fault::new(faults::HEADER_DUPLICATE_MEMBER, element("header", &pointer)))
            }
            Err(CanonicalError::UnsafeInteger { pointer }) => {
                Err(Fault::new(faults::HEADER, element("header", &pointer)))
            }
        }
    }

    /// An unencoded payload (RFC 7797) would be signed over other bytes than those that are looked at here.
    fn well_formed(self) -> Result<Self, Fault> {
        if !self.members.get("alg").is_some_and(Value::is_string) {
            return Err(Fault::new(faults::HEADER, "header.alg"));
        }
        if self.members.contains_key("b64") && !self.members.contains_key("crit") {
            return Err(Fault::new(faults::HEADER, "header.b64"));
        }
        Ok(self)
    }

    pub(crate) fn algorithm(&self) -> Result<Algorithm, Fault> {
        self.members
            .get("alg")
            .and_then(Value::as_str)
            .and_then(Algorithm::parse)
            .ok_or_else(|| Fault::new(faults::ALGORITHM, "header.alg"))
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(Value::as_str)
    }

    pub(crate) fn has_only(&self, names: &[&str]) -> bool {
        self.members.keys().all(|name| names.contains(&name.as_str()))
    }

    /// RFC 7515 §4.1.11: a non-empty list of distinct names that are present and understood.
    pub(crate) fn critical(&self) -> Result<(), Fault> {
        let Some(critical) = self.members.get("crit") else { return Ok(()) };
        let understood = match critical.as_array().map(Vec::as_slice) {
            Some([Value::String(name)]) => name == KNOWN_CRITICAL && self.members.contains_key(name),
            _ => false,
        };
        if understood { Ok(()) } else { Err(Fault::new(faults::UNKNOWN_CRITICAL, "header.crit")) }
    }

    /// The certificates of `x5c`, the first of which `x5t#S256` must name: both are under the signature, so
    /// nobody can put another certificate in its place.
    pub(crate) fn bound_certificates(&self) -> Result<Vec<Vec<u8>>, Fault> {
        let certificates = self.certificates()?;
        let thumbprint = self.members.get("x5t#S256").and_then(Value::as_str);
        let bound = certificates
            .first()
            .zip(thumbprint)
            .is_some_and(|(first, named)| URL_SAFE_NO_PAD.encode(canonical::sha256(first)) == named);
        if bound { Ok(certificates) } else { Err(Fault::new(faults::CERTIFICATE_UNBOUND, "header.x5t#S256")) }
    }

    pub(crate) fn certificates(&self) -> Result<Vec<Vec<u8>>, Fault> {
        let Some(chain) = self.members.get("x5c") else {
            return Err(Fault::new(faults::CERTIFICATE_UNBOUND, "header.x5c"));
        };
        let Some(items) = chain.as_array().filter(|items| (1..=MOST_CERTIFICATES).contains(&items.len()))
        else {
            return Err(Fault::new(faults::CERTIFICATE, "header.x5c"));
        };
        items.iter().enumerate().map(|(index, item)| certificate(index, item)).collect()
    }

    /// `iat` in seconds (JAdES 1.2.1 §5.1.11); a `sigT` beside it must not say another time.
    pub(crate) fn signed_at(&self) -> Result<DateTime<Utc>, Fault> {
        let signed_at = self
            .members
            .get("iat")
            .and_then(Value::as_i64)
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
            .ok_or_else(|| Fault::new(faults::TIME_WINDOW, "header.iat"))?;
        let Some(other) = self.members.get(KNOWN_CRITICAL) else { return Ok(signed_at) };
        let same = other
            .as_str()
            .and_then(|text| DateTime::parse_from_rfc3339(text).ok())
            .is_some_and(|other| other.timestamp() == signed_at.timestamp());
        if same { Ok(signed_at) } else { Err(Fault::new(faults::TIME_WINDOW, "header.sigT")) }
    }
}

fn certificate(index: usize, item: &Value) -> Result<Vec<u8>, Fault> {
    item.as_str()
        .filter(|text| text.len() <= GREATEST_CERTIFICATE.div_ceil(3) * 4)
        .and_then(|text| STANDARD.decode(text).ok())
        .filter(|der| der.len() <= GREATEST_CERTIFICATE)
        .ok_or_else(|| Fault::new(faults::CERTIFICATE, format!("header.x5c[{index}]")))
}

/// `header` and `/alg` become `header.alg`.
pub(crate) fn element(root: &str, pointer: &str) -> String {
    root.to_owned() + &pointer.replace('/', ".").replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use serde_json::json;

    fn header(value: &Value) -> Header {
        Header::read(value.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn only_the_four_algorithms_are_admitted() {
        for name in ["ES256", "ES384", "PS256", "RS256"] {
            assert_eq!(header(&json!({ "alg": name })).algorithm().unwrap().as_str(), name);
        }
        for name in ["none", "None", "HS256", "RS1", "ES512", "EdDSA", "es256", ""] {
            assert_eq!(header(&json!({ "alg": name })).algorithm().unwrap_err().problem, faults::ALGORITHM);
        }
    }

    #[test]
    fn critical_names_must_be_known_present_and_single() {
        let sig_t = "2026-03-02T10:00:00Z";
        assert!(header(&json!({"alg": "ES256", "crit": ["sigT"], "sigT": sig_t})).critical().is_ok());
        for crit in [
            json!([]),
            json!(["sigT", "sigT"]),
            json!(["b64"]),
            json!(["sigT", "x"]),
            json!("sigT"),
            json!([1]),
        ] {
            let fault = header(&json!({"alg": "ES256", "crit": crit, "sigT": sig_t})).critical().unwrap_err();
            assert_eq!(fault.problem, faults::UNKNOWN_CRITICAL);
        }
        assert!(header(&json!({"alg": "ES256", "crit": ["sigT"]})).critical().is_err());
    }

    #[test]
    fn an_unencoded_payload_is_refused() {
        assert_eq!(Header::read(br#"{"alg":"ES256","b64":false}"#).err().unwrap().element, "header.b64");
    }

    #[test]
    fn the_number_and_size_of_certificates_are_bounded() {
        let small = STANDARD.encode([1]);
        assert!(header(&json!({"alg": "ES256", "x5c": vec![&small; 6]})).certificates().is_ok());
        assert!(header(&json!({"alg": "ES256", "x5c": vec![&small; 7]})).certificates().is_err());
        assert!(header(&json!({"alg": "ES256", "x5c": []})).certificates().is_err());
        let great = STANDARD.encode(vec![1; GREATEST_CERTIFICATE + 1]);
        let fault = header(&json!({"alg": "ES256", "x5c": [small, great]})).certificates().unwrap_err();
        assert_eq!(fault.element, "header.x5c[1]");
    }

    #[test]
    fn the_thumbprint_must_be_that_of_the_first_certificate() {
        let chain = [STANDARD.encode([1]), STANDARD.encode([2])];
        let of = |byte: u8| URL_SAFE_NO_PAD.encode(canonical::sha256(&[byte]));
        assert!(
            header(&json!({"alg": "ES256", "x5c": chain, "x5t#S256": of(1)})).bound_certificates().is_ok()
        );
        assert!(
            header(&json!({"alg": "ES256", "x5c": chain, "x5t#S256": of(2)})).bound_certificates().is_err()
        );
        assert!(header(&json!({"alg": "ES256", "x5c": chain})).bound_certificates().is_err());
    }

    #[test]
    fn the_signing_time_is_iat_and_sig_t_may_not_contradict_it() {
        let at = |value: Value| header(&value).signed_at();
        assert_eq!(at(json!({"alg": "ES256", "iat": 0})).unwrap(), DateTime::UNIX_EPOCH);
        assert!(at(json!({"alg": "ES256", "iat": 0, "sigT": "1970-01-01T01:00:00+01:00"})).is_ok());
        assert_eq!(
            at(json!({"alg": "ES256", "iat": 0, "sigT": "1970-01-01T00:00:01Z"})).unwrap_err().element,
            "header.sigT"
        );
        assert_eq!(at(json!({"alg": "ES256"})).unwrap_err().element, "header.iat");
        assert_eq!(at(json!({"alg": "ES256", "iat": "0"})).unwrap_err().element, "header.iat");
    }
}
