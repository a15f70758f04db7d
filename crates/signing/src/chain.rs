//! From the signer's certificate to a pinned anchor.
//!
//! rustls-webpki builds the path (RFC 5280 §6.1). It asks neither for a subject alternative name nor, with the
//! validator below, for an extended key usage: certificates of natural persons have no common one. It evaluates no
//! certificate policies, so a certificate that marks them critical (RFC 5280 §4.2.1.4) finds no path.

use crate::certificates;
use crate::diagnosis::Fault;
use crate::faults;
use crate::header::Header;
use crate::jws;
use crate::revocation::Publishers;
use chrono::{DateTime, Utc};
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use webpki::{
    EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, RevocationOptions, VerifiedPath,
};
use x509_parser::prelude::{FromDer, X509Certificate};

/// The kinds of electronic signature of the acts in force. `Trusted` is an XAdES signature of the public
/// administration's own seal, so no chain of this module ever has that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SignatureKind {
    Qualified,
    Trusted,
    Personal,
    Zus,
}

impl SignatureKind {
    pub const ALL: [Self; 4] = [Self::Qualified, Self::Trusted, Self::Personal, Self::Zus];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Qualified => "QUALIFIED",
            Self::Trusted => "TRUSTED",
            Self::Personal => "PERSONAL",
            Self::Zus => "ZUS",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether the certificates of this kind are of one key for log-ins and another for documents.
    pub(crate) fn must_commit(self) -> bool {
        match self {
            Self::Qualified | Self::Personal => true,
            Self::Trusted | Self::Zus => false,
        }
    }
}

/// An anchor that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the anchor is not a certificate of an authority")]
pub struct UnreadableAnchor;

/// The pinned certificates of authorities, each for one kind of signature.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    entries: Vec<(SignatureKind, CertificateDer<'static>)>,
}

impl Anchors {
    pub fn add(&mut self, kind: SignatureKind, der: Vec<u8>) -> Result<(), UnreadableAnchor> {
        let der = CertificateDer::from(der);
        webpki::anchor_from_trusted_cert(&der).map_err(|_| UnreadableAnchor)?;
        self.entries.push((kind, der));
        Ok(())
    }

    /// The kinds for which at least one anchor is pinned.
    pub fn kinds(&self) -> impl Iterator<Item = SignatureKind> + '_ {
        SignatureKind::ALL.into_iter().filter(|kind| self.entries.iter().any(|(of, _)| of == kind))
    }

    fn of(&self, kind: SignatureKind) -> impl Iterator<Item = &CertificateDer<'static>> {
        self.entries.iter().filter(move |(of, _)| *of == kind).map(|(_, der)| der)
    }
}

/// A path to an anchor.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub(crate) kind: SignatureKind,
    /// From the signer's certificate to the anchor's.
    pub(crate) chain: Vec<Vec<u8>>,
    anchor: CertificateDer<'static>,
    valid: Result<(), Fault>,
}

impl Path {
    pub(crate) fn validity(&self) -> Result<(), Fault> {
        self.valid.clone()
    }

    /// Verifies the path once more, now with lists of what was revoked.
    pub(crate) fn walk_again(
        &self,
        now: DateTime<Utc>,
        revocation: RevocationOptions<'_>,
    ) -> Result<(), Error> {
        walk(&self.chain, &self.anchor, unix(now), Some(revocation), &|_| ())
    }
}

/// The path of a signature's certificates, found once: it says whom to ask for revocation lists, and the verdict on
/// the same signature goes on from it.
#[derive(Clone, Debug)]
pub struct FoundPath {
    /// What the header presents.
    certificates: Vec<Vec<u8>>,
    admitted: Vec<SignatureKind>,
    at: DateTime<Utc>,
    path: Result<Path, Fault>,
}

impl FoundPath {
    /// `None` when the header presents no certificates that it is bound to.
    pub fn of(jws: &str, admitted: &[SignatureKind], anchors: &Anchors, at: DateTime<Utc>) -> Option<Self> {
        let header = jws::split(jws).and_then(|parts| Header::read(&parts.header)).ok()?;
        let certificates = header.bound_certificates().ok()?;
        let path = build(&certificates, anchors, admitted, at);
        Some(Self { certificates, admitted: admitted.to_vec(), at, path })
    }

    /// Who publishes the lists of the path to a pinned anchor. Without such a path there are none: the addresses in a
    /// certificate that nobody vouches for are whatever its maker liked.
    pub fn publishers(&self) -> Publishers {
        match &self.path {
            Ok(path) if path.validity().is_ok() => Publishers::of_path(path),
            Ok(_) | Err(_) => Publishers::default(),
        }
    }

    /// The path, if it is the one of these certificates at this time.
    pub(crate) fn for_these(
        &self,
        certificates: &[Vec<u8>],
        admitted: &[SignatureKind],
        at: DateTime<Utc>,
    ) -> Option<Result<Path, Fault>> {
        let same = self.certificates == certificates && self.admitted == admitted && self.at == at;
        same.then(|| self.path.clone())
    }
}

/// Finds a path at `now`, or at a time when the presented certificates were valid: that a trusted certificate
/// has expired is another finding than that it is not trusted. A root may be pinned for several kinds, so the
/// admitted ones come first; a path to another kind says that the kind is at fault.
pub(crate) fn build(
    presented: &[Vec<u8>],
    anchors: &Anchors,
    admitted: &[SignatureKind],
    now: DateTime<Utc>,
) -> Result<Path, Fault> {
    let (wanted, others): (Vec<_>, Vec<_>) = anchors.kinds().partition(|kind| admitted.contains(kind));
    build_over(presented, anchors, &wanted, now).or_else(|_| build_over(presented, anchors, &others, now))
}

fn build_over(
    presented: &[Vec<u8>],
    anchors: &Anchors,
    kinds: &[SignatureKind],
    now: DateTime<Utc>,
) -> Result<Path, Fault> {
    let mut best = Err(Fault::new(faults::CHAIN, "header.x5c"));
    for kind in kinds {
        for anchor in anchors.of(*kind) {
            match build_to(presented, *kind, anchor, now) {
                Ok(path) if path.valid.is_ok() => return Ok(path),
                Ok(path) if best.is_err() => best = Ok(path),
                Ok(_) | Err(_) => {}
            }
        }
    }
    best
}

fn build_to(
    presented: &[Vec<u8>],
    kind: SignatureKind,
    anchor: &CertificateDer<'static>,
    now: DateTime<Utc>,
) -> Result<Path, Error> {
    let intermediates = |path: &VerifiedPath<'_>| -> Vec<Vec<u8>> {
        path.intermediate_certificates().map(|certificate| certificate.der().to_vec()).collect()
    };
    let (between, valid) = match walk(presented, anchor, unix(now), None, &intermediates) {
        Ok(between) => (between, Ok(())),
        Err(error) => {
            let fault = validity_fault(&error).ok_or(error)?;
            let then = latest_start(presented).ok_or(Error::UnknownIssuer)?;
            (walk(presented, anchor, then, None, &intermediates)?, Err(fault))
        }
    };
    let signer = presented.first().cloned().into_iter();
    let chain = signer.chain(between).chain([anchor.to_vec()]).collect();
    Ok(Path { kind, chain, anchor: anchor.clone(), valid })
}

fn walk<T>(
    presented: &[Vec<u8>],
    anchor: &CertificateDer<'static>,
    at: UnixTime,
    revocation: Option<RevocationOptions<'_>>,
    read: &dyn Fn(&VerifiedPath<'_>) -> T,
) -> Result<T, Error> {
    let certificates: Vec<CertificateDer<'_>> =
        presented.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let (signer, intermediates) = certificates.split_first().ok_or(Error::UnknownIssuer)?;
    let anchors: [TrustAnchor<'_>; 1] = [webpki::anchor_from_trusted_cert(anchor)?];
    let signer = EndEntityCert::try_from(signer)?;
    let algorithms = webpki::ALL_VERIFICATION_ALGS;
    let path =
        signer.verify_for_usage(algorithms, &anchors, intermediates, at, AnyPurpose, revocation, None)?;
    Ok(read(&path))
}

/// The latest `notBefore`: if the presented certificates were ever valid together, they were then.
fn latest_start(presented: &[Vec<u8>]) -> Option<UnixTime> {
    let starts = presented.iter().filter_map(|der| {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        u64::try_from(certificate.validity().not_before.timestamp()).ok()
    });
    starts.max().map(|seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
}

fn validity_fault(error: &Error) -> Option<Fault> {
    match error {
        Error::CertExpired { .. } => Some(Fault::new(faults::CERTIFICATE_EXPIRED, "header.x5c")),
        Error::CertNotValidYet { .. } => Some(Fault::new(faults::CERTIFICATE_NOT_YET_VALID, "header.x5c")),
        _ => None,
    }
}

fn unix(now: DateTime<Utc>) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(now.timestamp()).unwrap_or(0)))
}

/// A document-signing certificate may name any extended purpose or none.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}

/// Whether the signer's certificate calls itself what its kind requires.
pub(crate) fn declares_kind(kind: SignatureKind, signer: &X509Certificate<'_>) -> Result<(), Fault> {
    certificates::key_usage(signer, kind.must_commit())?;
    if kind != SignatureKind::Qualified || certificates::declares_qualified(signer) {
        return Ok(());
    }
    Err(Fault::new(faults::KIND_NOT_ADMITTED, "header.x5c[0].qcStatements"))
}
