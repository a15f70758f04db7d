//! Trusted signatures (podpis zaufany): XAdES baseline B under the minister's seal, which names the person who signed.
//!
//! What is checked here needs nothing from outside: what the signature covers, that a pinned seal made it, and who the
//! person is. Whether the seal was valid then is for a validation service to say.

mod core;
mod document;
mod person;
#[cfg(test)]
mod tests;
mod unsigned;

pub use self::core::DigestAlgorithm;

use crate::canonical;
use crate::certificates::SignerIdentity;
use crate::diagnosis::{Check, Diagnosis, Fault, Run};
use crate::faults;
use crate::verify::{ExpectedSigner, is_expected};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The names of all checks, in their order.
pub const CHECKS: [&str; 8] = [
    "container",
    "structure",
    "seal",
    "signature_value",
    "payload_matches",
    "time_window",
    "person",
    "signer",
];

/// The minister's seals of trusted signatures, as the operator has pinned them, in DER.
#[derive(Clone, Debug, Default)]
pub struct Seals(Vec<Vec<u8>>);

impl Seals {
    pub fn new(certificates: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self(certificates.into_iter().collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A signature as it was received, and what it ought to be.
#[derive(Clone, Copy)]
pub struct PresentedXades<'a> {
    /// Base64 of the XML.
    pub value: &'a str,
    /// The bytes that the service rebuilt; without them nothing can be verified, only diagnosed.
    pub expected_payload: Option<&'a [u8]>,
    pub signer: Option<ExpectedSigner<'a>>,
    pub seals: &'a Seals,
    /// Real time.
    pub now: DateTime<Utc>,
}

/// Content that stands outside the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detached {
    /// The URI of the reference, by which a validator finds the content.
    pub name: Option<String>,
    pub digest: DigestAlgorithm,
}

/// A signature that passed every check that can be made here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub signer: SignerIdentity,
    /// DER of the seal's certificate.
    pub seal: Vec<u8>,
    pub certificate_sha256: [u8; 32],
    pub payload_sha256: [u8; 32],
    pub signed_at: DateTime<Utc>,
    /// `None` where the content is inside.
    pub detached: Option<Detached>,
    /// The XML as it was sent.
    pub xml: Vec<u8>,
}

/// The verdict of [`diagnose`], so that the two cannot differ.
pub fn verify(presented: &PresentedXades<'_>) -> Result<Sealed, Fault> {
    let (diagnosis, sealed) = examine(presented);
    sealed.ok_or_else(|| {
        let missing = || Fault::new(faults::WRONG_SIGNER, "ppZP:DaneZPOsobyFizycznej");
        diagnosis.first_failure().map_or_else(missing, |(_, fault)| fault.clone())
    })
}

/// Carries out every check that the earlier ones allow.
pub fn diagnose(presented: &PresentedXades<'_>) -> Vec<Check> {
    examine(presented).0.checks().to_vec()
}

fn examine(presented: &PresentedXades<'_>) -> (Diagnosis, Option<Sealed>) {
    let mut run = Run::default();
    let text = run.check("container", Some(presented.value), document::decode);
    let xades = run.check("structure", text.as_deref(), document::parse);
    let seal = run.check("seal", xades.as_ref(), |xades| core::bound_seal(xades, &presented.seals.0));
    let both = xades.as_ref().zip(seal.as_ref());
    let value = run.check("signature_value", both, |(xades, seal)| core::value(xades, seal));
    let asked = xades.as_ref().zip(presented.expected_payload);
    let content = run.check("payload_matches", asked, |(xades, payload)| core::content(xades, payload));
    let signed_at = run.check("time_window", xades.as_ref(), |xades| person::signed_at(xades, presented.now));
    let named = run.check("person", xades.as_ref(), person::person);
    let signer = run.check("signer", named.as_ref().zip(presented.signer), |(named, expected)| {
        if is_expected(named, &expected) {
            Ok(())
        } else {
            Err(Fault::new(faults::WRONG_SIGNER, "ppZP:DaneZPOsobyFizycznej"))
        }
    });
    let sealed = (|| {
        let ((), ()) = (value?, signer?);
        let seal = seal?;
        Some(Sealed {
            signer: named?,
            certificate_sha256: canonical::sha256(&seal),
            seal,
            payload_sha256: canonical::sha256(presented.expected_payload?),
            signed_at: signed_at?,
            detached: content?,
            xml: text.clone()?.into_bytes(),
        })
    })();
    (run.finish(None), sealed)
}
