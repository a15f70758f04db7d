//! Whether anything on a verified path is revoked, and where to ask for the lists that say so.

use crate::certificates;
use crate::chain::{self, Path, SignatureKind};
use crate::diagnosis::Fault;
use crate::faults;
use crate::header::Header;
use crate::jws;
use crate::verify::Policy;
use chrono::{DateTime, Utc};
use rustls_pki_types::AlgorithmIdentifier;
use webpki::{
    BorrowedCertRevocationList, CertRevocationList, Error, ExpirationPolicy, RevocationCheckDepth,
    RevocationOptionsBuilder, UnknownStatusPolicy,
};
use x509_parser::der_parser::asn1_rs::Any;
use x509_parser::prelude::{CertificateRevocationList, FromDer, X509Certificate};

/// Who publishes the revocation lists of a verified path, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publishers {
    urls: Vec<String>,
    /// Certificates in DER.
    issuers: Vec<Vec<u8>>,
}

impl Publishers {
    pub fn new(urls: Vec<String>, issuers: Vec<Vec<u8>>) -> Self {
        Self { urls, issuers }
    }

    /// Those of the path from the signature's certificate to a pinned anchor. Without such a path there are none: the
    /// addresses in a certificate that nobody vouches for are whatever its maker liked.
    pub fn of(jws: &str, admitted: &[SignatureKind], policy: &Policy, now: DateTime<Utc>) -> Self {
        let presented = jws::split(jws)
            .and_then(|parts| Header::read(&parts.header))
            .and_then(|header| header.bound_certificates());
        let path = presented.and_then(|chain| chain::build(&chain, &policy.anchors, admitted, now));
        match path {
            Ok(path) if path.validity().is_ok() => Self::of_path(&path),
            Ok(_) | Err(_) => Self::default(),
        }
    }

    fn of_path(path: &Path) -> Self {
        let issuers: Vec<Vec<u8>> = path.chain.iter().skip(1).cloned().collect();
        let below_the_anchor = path.chain.iter().take(issuers.len());
        let mut urls: Vec<String> = below_the_anchor.flat_map(|der| certificates::crl_urls(der)).collect();
        urls.sort();
        urls.dedup();
        Self { urls, issuers }
    }

    /// Distribution points (RFC 5280 §4.2.1.13).
    pub fn urls(&self) -> &[String] {
        &self.urls
    }

    /// Whether one of them has issued this list: their name stands in it, and their key has signed it.
    pub fn have_issued(&self, list: &[u8]) -> bool {
        self.issuers.iter().any(|issuer| has_issued(issuer, list).is_some())
    }
}

fn has_issued(issuer: &[u8], list: &[u8]) -> Option<()> {
    let (_, issuer) = X509Certificate::from_der(issuer).ok()?;
    let (_, named) = CertificateRevocationList::from_der(list).ok()?;
    if named.issuer().as_raw() != issuer.subject().as_raw() {
        return None;
    }
    let ([signed, algorithm], signature) = elements(list)?;
    let ([key_algorithm], key) = elements(issuer.public_key().raw)?;
    let named = |id: AlgorithmIdentifier, found: Element<'_>| id.as_ref() == found.content;
    let known = webpki::ALL_VERIFICATION_ALGS
        .iter()
        .filter(|known| named(known.signature_alg_id(), algorithm))
        .filter(|known| named(known.public_key_alg_id(), key_algorithm));
    let mut verified = known.map(|known| known.verify_signature(key, signed.whole, signature));
    verified.any(|verdict| verdict.is_ok()).then_some(())
}

#[derive(Clone, Copy)]
struct Element<'a> {
    whole: &'a [u8],
    content: &'a [u8],
}

/// The first elements of a SEQUENCE, and the octets of the BIT STRING that ends it.
fn elements<const N: usize>(sequence: &[u8]) -> Option<([Element<'_>; N], &[u8])> {
    let (_, sequence) = Any::from_der(sequence).ok()?;
    let mut rest = sequence.data;
    let mut next = || {
        let (after, element) = Any::from_der(rest).ok()?;
        let whole = rest.get(..rest.len() - after.len())?;
        rest = after;
        Some(Element { whole, content: element.data })
    };
    let mut first = Vec::with_capacity(N);
    for _ in 0..N {
        first.push(next()?);
    }
    // The first octet counts the unused bits of the last one: none.
    let bits = next()?.content.strip_prefix(&[0])?;
    Some((first.try_into().ok()?, bits))
}

/// Looks every certificate below the anchor up in the lists of its issuer, and returns those lists. Of several lists
/// the latest counts; one that the issuer has not signed, that is past its next update, or not yet issued, says
/// nothing (RFC 5280 §6.3.3).
pub(crate) fn check(path: &Path, crls: &[Vec<u8>], now: DateTime<Utc>) -> Result<Vec<Vec<u8>>, Fault> {
    let unknown = || Fault::new(faults::REVOCATION_UNKNOWN, "crls");
    let publishers = Publishers::of_path(path);
    let mut usable: Vec<(i64, &[u8], CertRevocationList<'_>)> = crls
        .iter()
        .filter_map(|der| read(der, now))
        .filter(|(_, der, _)| publishers.have_issued(der))
        .collect();
    usable.sort_by_key(|(issued, _, _)| std::cmp::Reverse(*issued));
    let lists: Vec<&CertRevocationList<'_>> = usable.iter().map(|(_, _, list)| list).collect();
    let options = RevocationOptionsBuilder::new(&lists)
        .map_err(|_| unknown())?
        .with_depth(RevocationCheckDepth::Chain)
        .with_status_policy(UnknownStatusPolicy::Deny)
        .with_expiration_policy(ExpirationPolicy::Enforce)
        .build();
    match path.walk_again(now, options) {
        Ok(()) => Ok(usable.into_iter().map(|(_, der, _)| der.to_vec()).collect()),
        Err(Error::CertRevoked) => Err(Fault::new(faults::REVOKED, "header.x5c")),
        Err(_) => Err(unknown()),
    }
}

fn read(der: &[u8], now: DateTime<Utc>) -> Option<(i64, &[u8], CertRevocationList<'_>)> {
    let (_, dates) = CertificateRevocationList::from_der(der).ok()?;
    let issued = dates.last_update().timestamp();
    let next = dates.next_update()?.timestamp();
    let current = issued <= now.timestamp() && now.timestamp() < next;
    let list = BorrowedCertRevocationList::from_der(der).ok()?;
    current.then(|| (issued, der, CertRevocationList::from(list)))
}
