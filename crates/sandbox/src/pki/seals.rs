//! The seals of trusted signatures: in the sandbox a fictitious minister has several, good ones and bad ones.

use super::authority::instant;
use super::{PkiError, SignerKey, Usage, signer};
use crate::folder;
use chrono::{DateTime, TimeDelta, Utc};
use rcgen::{CertificateParams, DistinguishedName, DnType};
use server::config::production::SANDBOX_ANCHOR_MARKER;
use signing::Algorithm;
use std::collections::BTreeMap;
use std::path::Path;

/// What is to be said of a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seal {
    Valid,
    /// Whose certificate is revoked, as the validation service finds out.
    Revoked,
    Expired,
    ForEncryption,
}

impl Seal {
    pub const ALL: [Self; 4] = [Self::Valid, Self::Revoked, Self::Expired, Self::ForEncryption];

    fn file(self) -> &'static str {
        match self {
            Self::Valid => "valid.pem",
            Self::Revoked => "revoked.pem",
            Self::Expired => "expired.pem",
            Self::ForEncryption => "for-encryption.pem",
        }
    }

    /// The real seal has an RSA key; the others show that the second kind is understood too.
    fn algorithm(self) -> Algorithm {
        match self {
            Self::Valid => Algorithm::RS256,
            Self::Revoked | Self::Expired | Self::ForEncryption => Algorithm::ES256,
        }
    }
}

/// All of which are pinned: whether a certificate is good is for the validation service to say.
pub struct TrustedSeals {
    keys: BTreeMap<Seal, SignerKey>,
}

impl TrustedSeals {
    /// Reads the seals in the folder and makes those that are not there yet.
    pub fn open(home: &Path, now: DateTime<Utc>) -> Result<Self, PkiError> {
        folder::create(home)?;
        let keys = Seal::ALL.into_iter().map(|seal| {
            let file = home.join(seal.file());
            if file.exists() {
                return Ok((seal, SignerKey::load(&file, seal.algorithm())?));
            }
            let key = make(seal, now)?;
            key.save(&file)?;
            Ok((seal, key))
        });
        Ok(Self { keys: keys.collect::<Result<_, PkiError>>()? })
    }

    /// DER of every certificate, to be pinned.
    pub fn certificates(&self) -> Vec<Vec<u8>> {
        self.keys.values().filter_map(|key| key.chain().first().cloned()).collect()
    }

    pub fn key(&self, seal: Seal) -> Result<&SignerKey, PkiError> {
        self.keys.get(&seal).ok_or(PkiError::Key)
    }

    pub(crate) fn is_revoked(&self, certificate: &[u8]) -> bool {
        let revoked = self.keys.get(&Seal::Revoked).and_then(|key| key.chain().first());
        revoked.is_some_and(|revoked| revoked == certificate)
    }
}

/// A seal that nobody has pinned.
pub fn foreign_seal(now: DateTime<Utc>) -> Result<SignerKey, PkiError> {
    make(Seal::Revoked, now)
}

fn make(seal: Seal, now: DateTime<Utc>) -> Result<SignerKey, PkiError> {
    let key = signer::generate(seal.algorithm())?;
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "PL");
    params.distinguished_name.push(DnType::OrganizationName, "Minister Próbny");
    let name = format!("{SANDBOX_ANCHOR_MARKER} pieczęć podpisu zaufanego");
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = instant(now - TimeDelta::days(800))?;
    let ends = if seal == Seal::Expired { now - TimeDelta::days(30) } else { now + TimeDelta::days(3650) };
    params.not_after = instant(ends)?;
    let usage = if seal == Seal::ForEncryption { Usage::KeyEncipherment } else { Usage::NonRepudiation };
    params.key_usages = usage.purposes();
    let certificate = params.self_signed(&key)?;
    SignerKey::new(seal.algorithm(), vec![certificate.der().to_vec()], key.serialized_der())
}
