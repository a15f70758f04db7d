//! Whether anything on a verified path is revoked, and where to ask for the lists that say so.

use crate::certificates;
use crate::chain::Path;
use crate::diagnosis::Fault;
use crate::faults;
use chrono::{DateTime, Utc};
use rustls_pki_types::AlgorithmIdentifier;
use std::collections::BTreeSet;
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

    pub(crate) fn of_path(path: &Path) -> Self {
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

    /// Their names in DER; `None` where a certificate cannot be read.
    fn names(&self) -> Option<BTreeSet<Vec<u8>>> {
        let name = |der: &Vec<u8>| {
            let (_, issuer) = X509Certificate::from_der(der).ok()?;
            Some(issuer.subject().as_raw().to_vec())
        };
        self.issuers.iter().map(name).collect()
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
    let names = publishers.names().ok_or_else(unknown)?;
    let mut usable: Vec<Usable<'_>> =
        crls.iter().filter_map(|der| read(der, now)).filter(|list| names.contains(list.name)).collect();
    usable.sort_by_key(|list| std::cmp::Reverse(list.issued));
    // The walk verifies the signature of each list that it consults. With no more lists than issuers those are all,
    // and the costly look at who has signed which is spared.
    if usable.len() == names.len() && walk(path, &usable, now).is_ok() {
        return Ok(ders(&usable));
    }
    usable.retain(|list| publishers.have_issued(list.der));
    match walk(path, &usable, now) {
        Ok(()) => Ok(ders(&usable)),
        Err(Error::CertRevoked) => Err(Fault::new(faults::REVOKED, "header.x5c")),
        Err(_) => Err(unknown()),
    }
}

struct Usable<'a> {
    issued: i64,
    /// The issuer's, in DER.
    name: &'a [u8],
    der: &'a [u8],
    list: CertRevocationList<'a>,
}

fn ders(usable: &[Usable<'_>]) -> Vec<Vec<u8>> {
    usable.iter().map(|list| list.der.to_vec()).collect()
}

fn walk(path: &Path, usable: &[Usable<'_>], now: DateTime<Utc>) -> Result<(), Error> {
    let lists: Vec<&CertRevocationList<'_>> = usable.iter().map(|usable| &usable.list).collect();
    let options = RevocationOptionsBuilder::new(&lists)
        .map_err(|_| Error::UnknownRevocationStatus)?
        .with_depth(RevocationCheckDepth::Chain)
        .with_status_policy(UnknownStatusPolicy::Deny)
        .with_expiration_policy(ExpirationPolicy::Enforce)
        .build();
    path.walk_again(now, options)
}

fn read(der: &[u8], now: DateTime<Utc>) -> Option<Usable<'_>> {
    let (_, named) = CertificateRevocationList::from_der(der).ok()?;
    let issued = named.last_update().timestamp();
    let next = named.next_update()?.timestamp();
    let current = issued <= now.timestamp() && now.timestamp() < next;
    let name = named.tbs_cert_list.issuer.as_raw();
    let list = BorrowedCertRevocationList::from_der(der).ok()?;
    current.then(|| Usable { issued, name, der, list: CertRevocationList::from(list) })
}
