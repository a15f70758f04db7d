//! Signatures of personas with test certificates, good ones and bad ones.

use crate::personas::Persona;
use crate::pki::{Authority, CurrentLists, PkiError, SignerKey, Subject, TestPki, Usage, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use signing::{Algorithm, SignatureKind};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use utoipa::ToSchema;

/// How a signature is spoilt, so that a client can see what the service says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Defect {
    /// One byte of the payload differs from the one that was signed.
    TamperedPayload,
    /// Another persona's certificate.
    WrongSigner,
    ExpiredCertificate,
    RevokedCertificate,
    /// An authority that nobody has pinned.
    ForeignRoot,
    /// A certificate for encryption.
    WrongKeyUsage,
    /// `alg: none` in the header.
    AlgorithmNone,
    /// Signed an hour ago.
    SignedTooEarly,
    /// The header does not bind the certificate.
    UnboundCertificate,
}

impl Defect {
    pub const ALL: [Self; 9] = [
        Self::TamperedPayload,
        Self::WrongSigner,
        Self::ExpiredCertificate,
        Self::RevokedCertificate,
        Self::ForeignRoot,
        Self::WrongKeyUsage,
        Self::AlgorithmNone,
        Self::SignedTooEarly,
        Self::UnboundCertificate,
    ];
}

/// What is signed, by whom and how.
#[derive(Clone, Copy, Debug)]
pub struct SignatureRequest<'a> {
    pub persona: &'a Persona,
    pub payload: &'a [u8],
    pub kind: SignatureKind,
    pub algorithm: Algorithm,
    pub defect: Option<Defect>,
    /// Real time: no space can move what signatures are judged by.
    pub now: DateTime<Utc>,
}

type Certified = (&'static str, SignatureKind, &'static str);

/// Signs for personas; their certificates are issued when they are first needed.
pub struct Signatory {
    pki: Arc<TestPki>,
    lists: Arc<CurrentLists>,
    keys: Mutex<BTreeMap<Certified, Arc<SignerKey>>>,
}

impl Signatory {
    pub fn new(pki: Arc<TestPki>, lists: Arc<CurrentLists>) -> Self {
        Self { pki, lists, keys: Mutex::default() }
    }

    /// An attached compact JWS (RFC 7515).
    pub fn sign(&self, asked: &SignatureRequest<'_>) -> Result<String, PkiError> {
        let Some(defect) = asked.defect else {
            return self.key(asked)?.sign(asked.payload, asked.now);
        };
        match defect {
            Defect::TamperedPayload => {
                tampered(&self.key(asked)?.sign(asked.payload, asked.now)?, asked.payload)
            }
            Defect::SignedTooEarly => self.key(asked)?.sign(asked.payload, asked.now - TimeDelta::hours(1)),
            Defect::AlgorithmNone => self.under(asked, |members| {
                members.insert("alg".to_owned(), json!("none"));
            }),
            Defect::UnboundCertificate => self.under(asked, |members| {
                members.remove("x5t#S256");
            }),
            Defect::RevokedCertificate => {
                let key = Arc::new(self.pki.issue(asked.kind, &subject(asked))?);
                self.lists.revoke(asked.kind, Arc::clone(&key), asked.now)?;
                key.sign(asked.payload, asked.now)
            }
            Defect::WrongSigner
            | Defect::ExpiredCertificate
            | Defect::ForeignRoot
            | Defect::WrongKeyUsage => self.of_another_certificate(asked, defect),
        }
    }

    fn of_another_certificate(
        &self,
        asked: &SignatureRequest<'_>,
        defect: Defect,
    ) -> Result<String, PkiError> {
        let (own, now) = (subject(asked), asked.now);
        let key = match defect {
            Defect::ExpiredCertificate => {
                let ended = own.valid(now - TimeDelta::days(400), now - TimeDelta::days(1));
                self.pki.issue(asked.kind, &ended)?
            }
            Defect::WrongKeyUsage => self.pki.issue(asked.kind, &own.with_usage(Usage::KeyEncipherment))?,
            Defect::ForeignRoot => {
                Authority::generate(asked.kind.as_str(), now, "http://crl.obcy.invalid")?.issue(&own)?
            }
            _ => self.pki.issue(asked.kind, &Subject::new("Obcy", "Zmyślony", "44051401458", now))?,
        };
        key.sign(asked.payload, now)
    }

    fn under(
        &self,
        asked: &SignatureRequest<'_>,
        spoil: impl FnOnce(&mut serde_json::Map<String, Value>),
    ) -> Result<String, PkiError> {
        let key = self.key(asked)?;
        let mut members = header(asked.algorithm, key.chain(), asked.now);
        spoil(&mut members);
        key.sign_under(&members, asked.payload)
    }

    fn key(&self, asked: &SignatureRequest<'_>) -> Result<Arc<SignerKey>, PkiError> {
        let certified = (asked.persona.key(), asked.kind, asked.algorithm.as_str());
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = keys.get(&certified) {
            return Ok(Arc::clone(key));
        }
        let key = Arc::new(self.pki.issue(asked.kind, &subject(asked))?);
        keys.insert(certified, Arc::clone(&key));
        Ok(key)
    }
}

fn subject(asked: &SignatureRequest<'_>) -> Subject {
    let spec = asked.persona.spec;
    Subject::new(spec.given_names, spec.family_name, spec.pesel, asked.now).with_algorithm(asked.algorithm)
}

fn tampered(jws: &str, payload: &[u8]) -> Result<String, PkiError> {
    let parts: Vec<&str> = jws.split('.').collect();
    let [head, _, signature] = parts.as_slice() else { return Err(PkiError::Key) };
    let mut other = payload.to_vec();
    match other.last_mut() {
        Some(last) => *last ^= 1,
        None => other.push(b' '),
    }
    Ok(format!("{head}.{}.{signature}", URL_SAFE_NO_PAD.encode(other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personas::{default_space, find};
    use gateways::crl::RevocationSource;
    use signing::{ExpectedSigner, Policy, Presented, Publishers, verify};

    const PAYLOAD: &[u8] = br#"{"id":"1","type":"demand"}"#;

    async fn code(defect: Option<Defect>, kind: SignatureKind) -> Option<&'static str> {
        let now = DateTime::from_timestamp(1_772_445_600, 0).expect("an instant");
        let pki = Arc::new(TestPki::generate(now, "http://crl.test").expect("keys"));
        let lists = Arc::new(CurrentLists::new(Arc::clone(&pki)));
        let persona = find(&default_space(), "clinic-physician").expect("a persona");
        let algorithm = Algorithm::ES256;
        let asked = SignatureRequest { persona: &persona, payload: PAYLOAD, kind, algorithm, defect, now };
        let signatory = Signatory::new(Arc::clone(&pki), Arc::clone(&lists));
        let jws = signatory.sign(&asked).expect("a signature");
        let crls = lists.lists(&Publishers::default(), now).await;
        let spec = persona.spec;
        let presented = Presented {
            jws: &jws,
            expected_payload: Some(PAYLOAD),
            signer: Some(ExpectedSigner {
                is_pesel: &|pesel| pesel == spec.pesel,
                name: Some((spec.given_names, spec.family_name)),
            }),
            admitted: &[kind],
            crls: &crls,
            path: None,
            now,
        };
        let policy = Policy::new(pki.anchors().expect("anchors"));
        verify(&presented, &policy).err().map(|refusal| refusal.problem.code)
    }

    #[tokio::test]
    async fn a_signature_without_a_defect_holds_whatever_its_kind() {
        for kind in crate::pki::KINDS {
            assert_eq!(code(None, kind).await, None, "{}", kind.as_str());
        }
    }

    #[tokio::test]
    async fn every_defect_is_refused_by_its_own_code() {
        let mut codes = Vec::new();
        for defect in Defect::ALL {
            codes.push(code(Some(defect), SignatureKind::Qualified).await.expect("a refusal"));
        }
        assert_eq!(
            codes,
            [
                "signature.value",
                "signature.wrong_signer",
                "signature.certificate_expired",
                "signature.revoked",
                "signature.chain",
                "signature.key_usage",
                "signature.algorithm",
                "signature.time_window",
                "signature.certificate_unbound",
            ]
        );
    }
}
