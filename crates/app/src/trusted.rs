//! Trusted signatures (podpis zaufany): what this service finds out by itself, and what it asks the validation service.

use crate::App;
use crate::failure::Failure;
use crate::signature::{AskedSignature, aside};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::demand::model::Digest;
use gateways::validation::{OriginalDigest, SignatureValidator, ToValidate};
use serde::{Deserialize, Serialize};
use signing::xades::{self, Detached, PresentedXades, Sealed, Seals};
use signing::{Check, ExpectedSigner, Fault, Outcome};
use std::sync::Arc;
use store::directory::KnownPerson;
use store::pending_steps::LeasedStep;

/// How trusted signatures are checked.
#[derive(Clone)]
pub struct TrustedSignatures {
    /// The minister's seals that are pinned.
    pub seals: Seals,
    pub validator: Arc<dyn SignatureValidator>,
    pub patience: Patience,
}

/// How long a step waits on which the validation service keeps failing. That the service is away takes none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Since the first failure…
    pub lasts: TimeDelta,
    /// …and so many failures at least.
    pub failures: u32,
}

impl Default for Patience {
    /// Two days, so that a weekday is among them or the next one is near, and more tries than an hour brings.
    fn default() -> Self {
        Self { lasts: TimeDelta::hours(48), failures: 20 }
    }
}

impl Patience {
    /// Whether the service has failed on this step often and long enough.
    pub(crate) fn is_over(self, step: &LeasedStep, now: DateTime<Utc>) -> bool {
        let often = u32::try_from(step.failures).is_ok_and(|failures| failures >= self.failures);
        often && step.failing_since.is_some_and(|since| now - since >= self.lasts)
    }
}

/// A trusted signature on its way through the validation service. It is sealed at rest: it names the signer's PESEL, and
/// its payload the patient.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AwaitedSignature {
    /// XAdES in base64, as it was sent.
    pub value: String,
    /// The signed bytes in base64.
    pub payload: String,
    /// The seal's certificate, DER in base64.
    pub seal: String,
    pub certificate_sha256: Digest,
    pub payload_sha256: Digest,
    detached: Option<Detached>,
}

impl AwaitedSignature {
    fn of(sealed: &Sealed, asked: &AskedSignature, payload: &[u8]) -> Self {
        Self {
            value: asked.value.clone(),
            payload: STANDARD.encode(payload),
            seal: STANDARD.encode(&sealed.seal),
            certificate_sha256: Digest(hex::encode(sealed.certificate_sha256)),
            payload_sha256: Digest(hex::encode(sealed.payload_sha256)),
            detached: sealed.detached.clone(),
        }
    }

    /// SHA-256 of the seal's certificate and of the signed bytes.
    pub(crate) fn digests(&self) -> Result<([u8; 32], [u8; 32]), Failure> {
        let digest = |of: &Digest| {
            let mut bytes = [0; 32];
            let read = hex::decode_to_slice(&of.0, &mut bytes);
            read.map(|()| bytes).map_err(|error| Failure::Bug(error.into()))
        };
        Ok((digest(&self.certificate_sha256)?, digest(&self.payload_sha256)?))
    }

    /// What the validation service is asked.
    pub(crate) fn question(&self) -> Result<ToValidate, Failure> {
        let bytes = |text: &str| STANDARD.decode(text).map_err(|error| Failure::Bug(error.into()));
        let packed: String = self.value.split_ascii_whitespace().collect();
        let payload = bytes(&self.payload)?;
        let original = self.detached.as_ref().map(|detached| OriginalDigest {
            algorithm: detached.digest.name(),
            digest: detached.digest.of(&payload),
            name: detached.name.clone(),
        });
        Ok(ToValidate { signed_document: bytes(&packed)?, original })
    }
}

/// Who is to sign, as far as a signature's person can be compared with them.
type Judge<T> = fn(&PresentedXades<'_>) -> T;

impl App {
    /// Examines a trusted signature over `payload` by `signer`; `None` where none is taken.
    pub(crate) async fn examine_trusted(
        &self,
        asked: &AskedSignature,
        payload: &[u8],
        signer: KnownPerson,
    ) -> Result<Option<Result<AwaitedSignature, Fault>>, Failure> {
        if self.inner.trusted.is_none() {
            return Ok(None);
        }
        let examined = self.examined(asked, Some(payload.to_vec()), Some(signer), xades::verify).await?;
        Ok(Some(examined.map(|sealed| AwaitedSignature::of(&sealed, asked, payload))))
    }

    /// Says what holds; the outside validation is not asked.
    pub(crate) async fn diagnose_trusted(
        &self,
        asked: &AskedSignature,
        payload: Option<Vec<u8>>,
        signer: Option<KnownPerson>,
    ) -> Result<Vec<Check>, Failure> {
        let mut checks = self.examined(asked, payload, signer, xades::diagnose).await?;
        checks.push(Check { name: "validation", outcome: Outcome::NotReached });
        Ok(checks)
    }

    async fn examined<T: Send + 'static>(
        &self,
        asked: &AskedSignature,
        payload: Option<Vec<u8>>,
        signer: Option<KnownPerson>,
        judge: Judge<T>,
    ) -> Result<T, Failure> {
        let now = self.inner.clock.real_now();
        let (parts, value) = (self.inner.clone(), asked.value.clone());
        aside(move || {
            let none = Seals::default();
            let is_pesel = |pesel: &str| {
                let index = parts.ring.blind_index("person", pesel);
                signer.as_ref().is_some_and(|signer| store::directory::is_index_of(signer, &index))
            };
            let name = signer.as_ref().map(|known| (known.given_names.reveal(), known.family_name.reveal()));
            judge(&PresentedXades {
                value: &value,
                expected_payload: payload.as_deref(),
                signer: Some(ExpectedSigner { is_pesel: &is_pesel, name }),
                seals: parts.trusted.as_ref().map_or(&none, |trusted| &trusted.seals),
                now,
            })
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_is_over_after_its_time_and_its_tries_and_not_before_both() {
        let patience = Patience { lasts: TimeDelta::hours(48), failures: 20 };
        let since = DateTime::<Utc>::UNIX_EPOCH;
        let step = |failures, failing_since| LeasedStep {
            document_id: String::new(),
            document_kind: String::new(),
            tries: 900,
            failures,
            failing_since,
            away_since: None,
        };
        let end = since + TimeDelta::hours(48);
        assert!(patience.is_over(&step(20, Some(since)), end));
        assert!(!patience.is_over(&step(20, Some(since)), end - TimeDelta::seconds(1)));
        assert!(!patience.is_over(&step(19, Some(since)), end));
        assert!(!patience.is_over(&step(0, None), end), "a service that is away fails on no step");
    }
}
