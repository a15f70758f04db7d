//! Authorities and signing certificates of fictitious people, for the sandbox and for tests.
//!
//! Nothing made here is trusted anywhere but in a sandbox: its anchors are pinned only there.

mod authority;
mod error;
mod faulty;
mod lists;
mod pem;
mod seals;
mod signer;
mod subject;

pub use authority::{Authority, WEAK_RSA_PUBLIC_KEY};
pub use error::PkiError;
pub use faulty::{Faulty, Right};
pub use lists::CurrentLists;
pub use seals::{Seal, TrustedSeals, foreign_seal};
pub use signer::{SignerKey, header};
pub use subject::{Qualified, Subject, Usage};

use chrono::{DateTime, TimeDelta, Utc};
use signing::{Anchors, SignatureKind};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The kinds whose signatures carry a certificate of a pinned authority.
pub const KINDS: [SignatureKind; 3] = [SignatureKind::Qualified, SignatureKind::Personal, SignatureKind::Zus];

/// From `thisUpdate` to `nextUpdate` of a revocation list.
pub(crate) const LISTS_LAST: TimeDelta = TimeDelta::days(1);

/// One authority for each kind of signature.
pub struct TestPki {
    authorities: BTreeMap<SignatureKind, Authority>,
}

impl TestPki {
    /// Makes new keys. Certificates will point at revocation lists below `crl_base`.
    pub fn generate(now: DateTime<Utc>, crl_base: &str) -> Result<Self, PkiError> {
        let authorities =
            KINDS.into_iter().map(|kind| Ok((kind, Authority::generate(kind.as_str(), now, crl_base)?)));
        Ok(Self { authorities: authorities.collect::<Result<_, PkiError>>()? })
    }

    /// Reads what [`TestPki::save`] wrote.
    pub fn load(folder: &Path, crl_base: &str) -> Result<Self, PkiError> {
        let authorities = KINDS.into_iter().map(|kind| {
            let name = kind.as_str();
            Ok((kind, Authority::load(&folder.join(name.to_lowercase()), name, crl_base)?))
        });
        Ok(Self { authorities: authorities.collect::<Result<_, PkiError>>()? })
    }

    /// Writes all keys and certificates as PEM, one folder for each kind.
    pub fn save(&self, folder: &Path) -> Result<(), PkiError> {
        self.authorities
            .iter()
            .try_for_each(|(kind, authority)| authority.save(&folder.join(kind.as_str().to_lowercase())))
    }

    /// Loads the folder, or fills it when it does not exist, so that keys are made once.
    pub fn open(folder: &Path, now: DateTime<Utc>, crl_base: &str) -> Result<Self, PkiError> {
        if folder.exists() {
            return Self::load(folder, crl_base);
        }
        let made = Self::generate(now, crl_base)?;
        made.save(folder)?;
        Ok(made)
    }

    pub fn authority(&self, kind: SignatureKind) -> Result<&Authority, PkiError> {
        self.authorities.get(&kind).ok_or(PkiError::NoAuthority(kind.as_str()))
    }

    /// The anchors to pin.
    pub fn anchors(&self) -> Result<Anchors, PkiError> {
        let mut anchors = Anchors::default();
        for (kind, authority) in &self.authorities {
            anchors.add(*kind, authority.root_certificate().to_vec())?;
        }
        Ok(anchors)
    }

    /// A new key with a certificate for the person.
    pub fn issue(&self, kind: SignatureKind, subject: &Subject) -> Result<SignerKey, PkiError> {
        self.authority(kind)?.issue(subject)
    }

    /// Empty revocation lists of all authorities, good for a day.
    pub fn crls(&self, now: DateTime<Utc>) -> Result<Vec<Vec<u8>>, PkiError> {
        self.crls_with(now, &[])
    }

    /// The same, with these keys revoked.
    pub fn crls_with(
        &self,
        now: DateTime<Utc>,
        revoked: &[(SignatureKind, Arc<SignerKey>)],
    ) -> Result<Vec<Vec<u8>>, PkiError> {
        let lists = self.authorities.iter().map(|(kind, authority)| {
            let of_kind: Vec<&SignerKey> =
                revoked.iter().filter(|(of, _)| of == kind).map(|(_, key)| key.as_ref()).collect();
            authority.crls(now, now + LISTS_LAST, &of_kind)
        });
        Ok(lists.collect::<Result<Vec<_>, _>>()?.concat())
    }
}

#[cfg(test)]
mod tests;
