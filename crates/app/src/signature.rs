//! Signatures on documents: what was sent is checked against the bytes that the service rebuilt.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use domain::demand::model::{Digest, SignatureKind, SignatureLevel, Signed};
use domain::problem::{Kind, Violation};
use serde::Serialize;
use signing::{ExpectedSigner, FoundPath, Policy, Presented, Verified};
use store::directory::KnownPerson;
use store::signatures::{Evidence, StoredSignature};

/// A signature as the caller sent it.
#[derive(Clone, Debug)]
pub struct AskedSignature {
    pub kind: SignatureKind,
    /// Attached compact JWS; of a trusted signature XAdES in base64.
    pub value: String,
}

/// The exact bytes to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentToSign {
    pub payload: Vec<u8>,
    pub sha256: [u8; 32],
}

impl DocumentToSign {
    /// RFC 8785 bytes of a payload.
    pub(crate) fn of(payload: &impl Serialize) -> Result<Self, Failure> {
        let value = serde_json::to_value(payload).map_err(|error| Failure::Bug(error.into()))?;
        let payload =
            signing::canonical::canonical_value(&value).map_err(|error| Failure::Bug(error.into()))?;
        let sha256 = signing::canonical::sha256(&payload);
        Ok(Self { payload, sha256 })
    }

    pub fn digest(&self) -> Digest {
        Digest(hex::encode(self.sha256))
    }
}

/// A signature that holds, with the person who gave it.
#[derive(Clone)]
pub(crate) struct Accepted {
    pub kind: SignatureKind,
    pub level: SignatureLevel,
    pub signer: KnownPerson,
    pub certificate_sha256: [u8; 32],
    pub payload_sha256: [u8; 32],
    pub received_at: DateTime<Utc>,
    pub evidence: Evidence,
    /// Revocation lists in DER, which are kept apart.
    pub crls: Vec<Vec<u8>>,
}

/// The kinds that this service checks by itself.
fn kind_of(kind: SignatureKind) -> Option<signing::SignatureKind> {
    match kind {
        SignatureKind::Qualified => Some(signing::SignatureKind::Qualified),
        SignatureKind::Personal => Some(signing::SignatureKind::Personal),
        SignatureKind::Zus => Some(signing::SignatureKind::Zus),
        SignatureKind::Trusted => None,
    }
}

/// This kind of signature is not taken here.
pub(crate) fn not_admitted() -> Violation {
    Violation::new(signing::faults::KIND_NOT_ADMITTED, "/signature/kind")
}

/// The bytes under a kept signature: inside the JWS, or beside a trusted signature.
pub(crate) fn signed_bytes(evidence: &Evidence) -> Option<Vec<u8>> {
    match &evidence.payload {
        Some(apart) => STANDARD.decode(apart).ok(),
        None => URL_SAFE_NO_PAD.decode(evidence.jws.split('.').nth(1)?).ok(),
    }
}

/// One line of a diagnosis.
#[derive(Clone, Debug)]
pub struct DiagnosedCheck {
    pub name: &'static str,
    pub outcome: signing::Outcome,
}

impl App {
    /// Checks a signature over `document` by `signer`.
    pub(crate) async fn accept_signature(
        &self,
        caller: &Caller,
        asked: &AskedSignature,
        document: &DocumentToSign,
        signer: KnownPerson,
    ) -> Result<Accepted, Failure> {
        let kind = kind_of(asked.kind).ok_or_else(|| Failure::from(vec![not_admitted()]))?;
        let judged =
            self.judged(kind, asked, Some(document.payload.clone()), Some(signer.clone()), signing::verify);
        match judged.await? {
            Ok(verified) => Ok(Accepted::of(verified, asked, signer, self.inner.clock.now(&caller.space))),
            Err(refusal) if refusal.problem.kind == Kind::Unavailable => {
                Err(Failure::Unavailable { problem: refusal.problem, retry_after: 30 })
            }
            Err(refusal) => {
                Err(Failure::Refused(Refused::all(vec![Violation::new(refusal.problem, "/signature/value")])))
            }
        }
    }

    /// Judges a signature against what is expected of it, off the threads that answer requests: paths and lists of
    /// thousands of revoked certificates take their time.
    async fn judged<T: Send + 'static>(
        &self,
        kind: signing::SignatureKind,
        asked: &AskedSignature,
        expected_payload: Option<Vec<u8>>,
        signer: Option<KnownPerson>,
        judge: fn(&Presented<'_>, &Policy) -> T,
    ) -> Result<T, Failure> {
        let now = self.inner.clock.real_now();
        let admitted = [kind];
        let (parts, jws) = (self.inner.clone(), asked.value.clone());
        let path = aside(move || FoundPath::of(&jws, &admitted, &parts.signatures.anchors, now)).await?;
        // Only from certificates that a pinned root vouches for.
        let publishers = path.as_ref().map(FoundPath::publishers).unwrap_or_default();
        let crls = self.inner.revocation.lists(&publishers, now).await;
        let (parts, jws) = (self.inner.clone(), asked.value.clone());
        aside(move || {
            let is_pesel = |pesel: &str| {
                let index = parts.ring.blind_index("person", pesel);
                signer.as_ref().is_some_and(|signer| store::directory::is_index_of(signer, &index))
            };
            let name = signer.as_ref().map(|known| (known.given_names.reveal(), known.family_name.reveal()));
            let presented = Presented {
                jws: &jws,
                expected_payload: expected_payload.as_deref(),
                signer: Some(ExpectedSigner { is_pesel: &is_pesel, name }),
                admitted: &admitted,
                crls: &crls,
                path: path.as_ref(),
                now,
            };
            judge(&presented, &parts.signatures)
        })
        .await
    }

    /// Says of a signature, check by check, what holds and what does not.
    pub async fn diagnose_signature(
        &self,
        caller: &Caller,
        asked: &AskedSignature,
        expected: Option<Vec<u8>>,
    ) -> Result<Vec<DiagnosedCheck>, Failure> {
        authorize_role(caller, Action::DiagnoseSignature).map_err(Failure::Denied)?;
        let asking = caller.clone();
        let signer = self.inner.store.read(move |tx| crate::register::find_person(tx, &asking)).await?;
        let checks = match kind_of(asked.kind) {
            Some(kind) => {
                self.judged(kind, asked, expected, signer, signing::diagnose).await?.checks().to_vec()
            }
            None => self.diagnose_trusted(asked, expected, signer).await?,
        };
        Ok(checks
            .into_iter()
            .map(|check| DiagnosedCheck { name: check.name, outcome: check.outcome })
            .collect())
    }
}

/// Off the threads that answer requests.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    let span = tracing::Span::current();
    let done = tokio::task::spawn_blocking(move || span.in_scope(work)).await;
    done.map_err(|fault| Failure::Bug(fault.into()))
}

impl Accepted {
    fn of(
        verified: Verified,
        asked: &AskedSignature,
        signer: KnownPerson,
        received_at: DateTime<Utc>,
    ) -> Self {
        let chain = verified.chain.iter().map(|der| STANDARD.encode(der)).collect();
        let crls = verified.crls.iter().map(|der| hex::encode(signing::canonical::sha256(der))).collect();
        let evidence = Evidence::attached(asked.value.clone(), chain, crls);
        Self {
            kind: asked.kind,
            level: match verified.level {
                signing::Level::BasicChecked => SignatureLevel::BasicChecked,
                signing::Level::Validated => SignatureLevel::Validated,
            },
            signer,
            certificate_sha256: verified.certificate_sha256,
            payload_sha256: verified.payload_sha256,
            received_at,
            evidence,
            crls: verified.crls,
        }
    }

    /// What the document remembers of it.
    pub(crate) fn signed(&self) -> Signed {
        Signed {
            given_names: self.signer.given_names.clone(),
            family_name: self.signer.family_name.clone(),
            kind: self.kind,
            level: self.level,
            received_at: self.received_at,
            payload_sha256: Digest(hex::encode(self.payload_sha256)),
            certificate_sha256: Digest(hex::encode(self.certificate_sha256)),
        }
    }

    /// What is kept as evidence beside the document.
    pub(crate) fn stored(
        &self,
        id: uuid::Uuid,
        document_id: String,
        step: &'static str,
        content_version: i32,
    ) -> StoredSignature {
        StoredSignature {
            id,
            document_id,
            step: step.to_owned(),
            content_version,
            kind: self.kind.name().to_owned(),
            level: self.level.name().to_owned(),
            person_id: self.signer.id.to_string(),
            certificate_sha256: self.certificate_sha256,
            payload_sha256: self.payload_sha256,
            received_at: self.received_at,
            evidence: self.evidence.clone(),
        }
    }
}
