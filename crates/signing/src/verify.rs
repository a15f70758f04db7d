//! The ordered checks of a signature, and the verdict that follows from them.

use crate::algorithm::{Algorithm, PublicKey};
use crate::canonical::{self, CanonicalError};
use crate::certificates::{self, SignerIdentity};
use crate::chain::{self, Anchors, FoundPath, Path, SignatureKind};
use crate::diagnosis::{Diagnosis, Fault, Outcome, Run};
use crate::faults;
use crate::header::{Header, element};
use crate::jws::{self, Compact};
use crate::revocation;
use chrono::{DateTime, TimeDelta, Utc};
use domain::problem::ProblemType;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use x509_parser::certificate::X509Certificate;

/// The names of all checks, in their order.
pub const CHECKS: [&str; 18] = [
    "container",
    "header",
    "algorithm",
    "critical",
    "certificate_binding",
    "certificate",
    "key_usage",
    "key_strength",
    "signature_value",
    "payload_readable",
    "payload_type",
    "payload_matches",
    "chain",
    "kind_admitted",
    "validity",
    "revocation",
    "time_window",
    "signer",
];

/// A signature as it was received, and what it ought to be.
#[derive(Clone, Copy)]
pub struct Presented<'a> {
    pub jws: &'a str,
    /// The bytes that the service rebuilt; without them nothing can be verified, only diagnosed.
    pub expected_payload: Option<&'a [u8]>,
    pub signer: Option<ExpectedSigner<'a>>,
    /// The kinds that this document takes.
    pub admitted: &'a [SignatureKind],
    /// Revocation lists in DER.
    pub crls: &'a [Vec<u8>],
    /// What was found while the lists were looked for, so that it is not sought twice.
    pub path: Option<&'a FoundPath>,
    pub now: DateTime<Utc>,
}

/// The person who is to sign. Only an index of the PESEL may be at hand, hence a predicate.
#[derive(Clone, Copy)]
pub struct ExpectedSigner<'a> {
    pub is_pesel: &'a dyn Fn(&str) -> bool,
    /// Given name and surname, compared without regard to case and to further given names.
    pub name: Option<(&'a str, &'a str)>,
}

/// What the operator has configured.
#[derive(Clone, Debug)]
pub struct Policy {
    pub anchors: Anchors,
    pub time_window: TimeDelta,
}

impl Policy {
    /// Signatures may be ten minutes old, or as much ahead of our clock.
    pub fn new(anchors: Anchors) -> Self {
        Self { anchors, time_window: TimeDelta::minutes(10) }
    }
}

/// How thoroughly a signature was looked at. Only a validation service may call one `Validated`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    BasicChecked,
    Validated,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasicChecked => "BASIC_CHECKED",
            Self::Validated => "VALIDATED",
        }
    }
}

/// A signature that passed every check, with all that has to be kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub level: Level,
    pub kind: SignatureKind,
    pub algorithm: Algorithm,
    pub signer: SignerIdentity,
    pub certificate_sha256: [u8; 32],
    pub payload_sha256: [u8; 32],
    pub signed_at: DateTime<Utc>,
    /// DER, from the signer's certificate to the pinned anchor.
    pub chain: Vec<Vec<u8>>,
    /// The revocation lists of the chain's issuers that were looked at, in DER.
    pub crls: Vec<Vec<u8>>,
}

/// Why a signature was refused: the first check that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub check: &'static str,
    pub problem: &'static ProblemType,
    pub element: String,
}

/// The verdict of [`diagnose`], so that the two cannot differ.
pub fn verify(presented: &Presented<'_>, policy: &Policy) -> Result<Verified, Refusal> {
    let (checks, verified) = diagnose(presented, policy).into_parts();
    if let Some(verified) = verified {
        return Ok(verified);
    }
    let failed = checks.iter().find_map(|check| match &check.outcome {
        Outcome::Failed(fault) => Some((check.name, fault.clone())),
        Outcome::Passed | Outcome::NotReached => None,
    });
    // Nothing failed, yet not everything was compared: what is missing is the expectation.
    let (check, fault) = failed.unwrap_or_else(|| match presented.expected_payload {
        None => ("payload_matches", Fault::new(faults::PAYLOAD_DIFFERS, "payload")),
        Some(_) => ("signer", Fault::new(faults::WRONG_SIGNER, "header.x5c[0].subject")),
    });
    Err(Refusal { check, problem: fault.problem, element: fault.element })
}

/// Carries out every check that the earlier ones allow.
pub fn diagnose(presented: &Presented<'_>, policy: &Policy) -> Diagnosis {
    let mut run = Run::default();
    let parts = run.check("container", Some(presented.jws), jws::split);
    let header = run.check("header", parts.as_ref(), |parts| Header::read(&parts.header));
    let algorithm = run.check("algorithm", header.as_ref(), Header::algorithm);
    run.check("critical", header.as_ref(), Header::critical);
    let presented_chain = run.check("certificate_binding", header.as_ref(), Header::bound_certificates);
    let leaf = presented_chain.as_ref().and_then(|chain| chain.first());
    let certificate = run.check("certificate", leaf, |der| certificates::parse(der));
    let must_commit = presented.admitted.iter().all(|kind| kind.must_commit());
    run.check("key_usage", certificate.as_ref(), |signer| certificates::key_usage(signer, must_commit));
    let key = run.check("key_strength", certificate.as_ref().zip(algorithm), strong_key);
    let value = run.check("signature_value", zip3(parts.as_ref(), algorithm, key.as_ref()), signature_value);
    let payload = payload_checks(&mut run, parts.as_ref(), presented.expected_payload);
    let path = chain_checks(&mut run, presented_chain.as_ref().zip(certificate.as_ref()), presented, policy);
    let signed_at = run.check("time_window", header.as_ref(), |header| {
        within_window(header.signed_at()?, presented.now, policy.time_window)
    });
    let signer = run.check("signer", certificate.as_ref().zip(presented.signer), expected_signer);
    let verified = zip3(algorithm.zip(value), payload.zip(path), signed_at.zip(signer)).zip(leaf).map(
        |(((algorithm, ()), (payload_sha256, (path, crls)), (signed_at, signer)), leaf)| Verified {
            level: Level::BasicChecked,
            kind: path.kind,
            algorithm,
            signer,
            certificate_sha256: canonical::sha256(leaf),
            payload_sha256,
            signed_at,
            chain: path.chain,
            crls,
        },
    );
    run.finish(verified)
}

fn strong_key((certificate, algorithm): (&X509Certificate<'_>, Algorithm)) -> Result<PublicKey, Fault> {
    let key = certificates::public_key(certificate)?;
    key.fits(algorithm)?;
    Ok(key)
}

fn signature_value((parts, algorithm, key): (&Compact<'_>, Algorithm, &PublicKey)) -> Result<(), Fault> {
    key.verify(algorithm, parts.signing_input, &parts.signature)
}

fn payload_checks(run: &mut Run, parts: Option<&Compact<'_>>, expected: Option<&[u8]>) -> Option<[u8; 32]> {
    let payload = run.check("payload_readable", parts, |parts| readable(&parts.payload));
    let expected_value = expected.and_then(|bytes| canonical::read(bytes).ok());
    let typed = run.check("payload_type", payload.as_ref(), |payload| {
        let expected_type = expected_value.as_ref().and_then(|value| value.get("type"));
        match payload.get("type") {
            Some(Value::String(_)) if expected_type.is_none_or(|of| payload.get("type") == Some(of)) => {
                Ok(payload)
            }
            _ => Err(Fault::new(faults::OTHER_STEP, "payload.type")),
        }
    });
    run.check("payload_matches", zip3(typed, parts, expected), |(payload, parts, expected)| {
        if parts.payload == expected {
            return Ok(canonical::sha256(expected));
        }
        let same_id = expected_value.as_ref().is_some_and(|value| value.get("id") == payload.get("id"));
        Err(if same_id {
            Fault::new(faults::PAYLOAD_DIFFERS, "payload")
        } else {
            Fault::new(faults::OTHER_DOCUMENT, "payload.id")
        })
    })
}

fn readable(bytes: &[u8]) -> Result<Value, Fault> {
    let value = canonical::read(bytes).map_err(|error| match &error {
        CanonicalError::NotJson => Fault::new(faults::PAYLOAD_UNREADABLE, "payload"),
        CanonicalError::DuplicateMember { pointer } => {
            Fault::new(faults::DUPLICATE_MEMBER, element("payload", pointer))
        }
        CanonicalError::UnsafeInteger { pointer } => {
            Fault::new(faults::UNSAFE_INTEGER, element("payload", pointer))
        }
    })?;
    if !value.is_object() {
        return Err(Fault::new(faults::PAYLOAD_UNREADABLE, "payload"));
    }
    match canonical::canonical_value(&value) {
        Ok(canonical) if canonical == bytes => Ok(value),
        _ => Err(Fault::new(faults::PAYLOAD_NOT_CANONICAL, "payload")),
    }
}

type Chained = (Path, Vec<Vec<u8>>);

fn chain_checks(
    run: &mut Run,
    certificates: Option<(&Vec<Vec<u8>>, &X509Certificate<'_>)>,
    presented: &Presented<'_>,
    policy: &Policy,
) -> Option<Chained> {
    let path = run.check("chain", certificates, |(chain, _)| {
        let found =
            presented.path.and_then(|found| found.for_these(chain, presented.admitted, presented.now));
        found.unwrap_or_else(|| chain::build(chain, &policy.anchors, presented.admitted, presented.now))
    });
    let signer = certificates.map(|(_, signer)| signer);
    run.check("kind_admitted", path.as_ref().zip(signer), |(path, signer)| {
        chain::declares_kind(path.kind, signer)?;
        let admitted = presented.admitted.contains(&path.kind);
        if admitted { Ok(()) } else { Err(Fault::new(faults::KIND_NOT_ADMITTED, "header.x5c")) }
    });
    let valid = run.check("validity", path.as_ref(), Path::validity);
    let crls = run.check("revocation", path.as_ref().zip(valid), |(path, ())| {
        revocation::check(path, presented.crls, presented.now)
    });
    path.zip(crls)
}

fn within_window(
    signed_at: DateTime<Utc>,
    now: DateTime<Utc>,
    window: TimeDelta,
) -> Result<DateTime<Utc>, Fault> {
    let distance = now.signed_duration_since(signed_at).abs();
    if distance <= window { Ok(signed_at) } else { Err(Fault::new(faults::TIME_WINDOW, "header.iat")) }
}

fn expected_signer(
    (certificate, expected): (&X509Certificate<'_>, ExpectedSigner<'_>),
) -> Result<SignerIdentity, Fault> {
    let identity = certificates::identity(certificate)?;
    if !(expected.is_pesel)(identity.pesel.reveal()) {
        return Err(Fault::new(faults::WRONG_SIGNER, "header.x5c[0].subject.serialNumber"));
    }
    let Some((given_name, surname)) = expected.name else { return Ok(identity) };
    if !same_given_name(identity.given_name.reveal(), given_name) {
        return Err(Fault::new(faults::WRONG_SIGNER, "header.x5c[0].subject.givenName"));
    }
    if words(identity.surname.reveal()) != words(surname) {
        return Err(Fault::new(faults::WRONG_SIGNER, "header.x5c[0].subject.surname"));
    }
    Ok(identity)
}

/// Whether this is the person who is to sign, wherever their names and number stand.
pub(crate) fn is_expected(identity: &SignerIdentity, expected: &ExpectedSigner<'_>) -> bool {
    let is_named = |(given_name, surname): (&str, &str)| {
        same_given_name(identity.given_name.reveal(), given_name)
            && words(identity.surname.reveal()) == words(surname)
    };
    (expected.is_pesel)(identity.pesel.reveal()) && expected.name.is_none_or(is_named)
}

/// A certificate may hold all given names where the register holds the first, or the other way round.
fn same_given_name(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && one.iter().zip(&other).all(|(one, other)| one == other)
}

fn words(name: &str) -> Vec<String> {
    name.split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn zip3<A, B, C>(a: Option<A>, b: Option<B>, c: Option<C>) -> Option<(A, B, C)> {
    a.zip(b).zip(c).map(|((a, b), c)| (a, b, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_compared_as_far_as_both_go() {
        assert!(same_given_name("ANNA MARIA", "Anna"));
        assert!(same_given_name("Anna", "anna maria"));
        assert!(!same_given_name("Anna Maria", "Anna Zofia"));
        assert!(!same_given_name("", "Anna"));
    }

    #[test]
    fn a_double_surname_may_be_written_with_or_without_spaces() {
        assert_eq!(words("Testowa-Przykładowa"), words("TESTOWA - PRZYKŁADOWA"));
        assert_ne!(words("Testowa"), words("Testowa-Przykładowa"));
    }
}
