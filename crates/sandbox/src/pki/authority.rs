//! A root, the intermediate authority below it, and what the two issue.

use super::{PkiError, SignerKey, Subject, pem};
use crate::folder;
use chrono::{DateTime, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CrlDistributionPoint,
    CustomExtension, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P384_SHA384, PublicKeyData, RevocationReason, RevokedCertParams, SerialNumber,
    SubjectPublicKeyInfo,
};
use server::config::production::SANDBOX_ANCHOR_MARKER;
use std::fs;
use std::path::Path;
use time::OffsetDateTime;

/// A 1024-bit RSA public key, whose private half was thrown away: no current library makes such keys.
pub const WEAK_RSA_PUBLIC_KEY: &str = include_str!("weak_rsa_1024.pem");

/// A root and one intermediate authority, with their private keys.
pub struct Authority {
    root: Vec<u8>,
    root_key: KeyPair,
    intermediate: Vec<u8>,
    intermediate_key: KeyPair,
    crl_url: String,
}

impl Authority {
    pub fn generate(name: &str, now: DateTime<Utc>, crl_base: &str) -> Result<Self, PkiError> {
        let root_key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        let intermediate_key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384)?;
        let crl_url = crl_url(name, crl_base);
        let root_params =
            authority_params(&format!("{SANDBOX_ANCHOR_MARKER} {name} root"), &root_key, now, 20)?;
        let root = root_params.self_signed(&root_key)?;
        let mut params =
            authority_params(&format!("{SANDBOX_ANCHOR_MARKER} {name} CA"), &intermediate_key, now, 10)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.crl_distribution_points =
            vec![CrlDistributionPoint { uris: vec![format!("{crl_url}/root.crl")] }];
        params.use_authority_key_identifier_extension = true;
        let intermediate =
            params.signed_by(&intermediate_key, &Issuer::from_params(&root_params, &root_key))?;
        let (root, intermediate) = (root.der().to_vec(), intermediate.der().to_vec());
        Ok(Self { root, root_key, intermediate, intermediate_key, crl_url })
    }

    pub(super) fn load(folder: &Path, name: &str, crl_base: &str) -> Result<Self, PkiError> {
        let read = |file: &str| fs::read_to_string(folder.join(file));
        Ok(Self {
            root: pem::decode_one("CERTIFICATE", &read("root.pem")?)?,
            root_key: KeyPair::from_pem(&read("root.key.pem")?)?,
            intermediate: pem::decode_one("CERTIFICATE", &read("intermediate.pem")?)?,
            intermediate_key: KeyPair::from_pem(&read("intermediate.key.pem")?)?,
            crl_url: crl_url(name, crl_base),
        })
    }

    pub(super) fn save(&self, folder: &Path) -> Result<(), PkiError> {
        folder::create(folder)?;
        let write = |file: &str, text: &str| folder::write(&folder.join(file), text.as_bytes());
        write("root.pem", &pem::encode("CERTIFICATE", &self.root))?;
        write("root.key.pem", &self.root_key.serialize_pem())?;
        write("intermediate.pem", &pem::encode("CERTIFICATE", &self.intermediate))?;
        write("intermediate.key.pem", &self.intermediate_key.serialize_pem())?;
        Ok(())
    }

    /// DER of the root, to be pinned as an anchor.
    pub fn root_certificate(&self) -> &[u8] {
        &self.root
    }

    pub fn intermediate_certificate(&self) -> &[u8] {
        &self.intermediate
    }

    /// A new key of the subject's algorithm, with its certificate.
    pub fn issue(&self, subject: &Subject) -> Result<SignerKey, PkiError> {
        let key = super::signer::generate(subject.algorithm)?;
        SignerKey::new(subject.algorithm, self.certify(subject, &key)?, key.serialized_der())
    }

    /// A certificate for a key made elsewhere: the chain up to the intermediate authority, in DER.
    pub fn certify(&self, subject: &Subject, key: &impl PublicKeyData) -> Result<Vec<Vec<u8>>, PkiError> {
        let mut params = CertificateParams::default();
        params.distinguished_name = subject.distinguished_name();
        params.serial_number = Some(serial(key.der_bytes()));
        params.not_before = instant(subject.not_before)?;
        params.not_after = instant(subject.not_after)?;
        params.key_usages = subject.usage.purposes();
        params.use_authority_key_identifier_extension = true;
        params.crl_distribution_points =
            vec![CrlDistributionPoint { uris: vec![format!("{}/ca.crl", self.crl_url)] }];
        let statements = subject.qualified.statements();
        params.custom_extensions = statements
            .into_iter()
            .map(|statements| CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 3], statements))
            .collect();
        let certificate = params.signed_by(key, &issuer(&self.intermediate, &self.intermediate_key)?)?;
        Ok(vec![certificate.der().to_vec(), self.intermediate.clone()])
    }

    /// A certificate for [`WEAK_RSA_PUBLIC_KEY`], which nobody can sign with.
    pub fn certify_weak_rsa(&self, subject: &Subject) -> Result<Vec<Vec<u8>>, PkiError> {
        self.certify(subject, &SubjectPublicKeyInfo::from_pem(WEAK_RSA_PUBLIC_KEY)?)
    }

    /// The lists of the root and of the intermediate authority, the latter with the revoked keys.
    pub fn crls(
        &self,
        this_update: DateTime<Utc>,
        next_update: DateTime<Utc>,
        revoked: &[&SignerKey],
    ) -> Result<Vec<Vec<u8>>, PkiError> {
        let entries: Result<Vec<_>, PkiError> =
            revoked.iter().map(|key| revocation(key, this_update - TimeDelta::hours(1))).collect();
        let of_root = list(&issuer(&self.root, &self.root_key)?, this_update, next_update, Vec::new())?;
        let of_intermediate =
            list(&issuer(&self.intermediate, &self.intermediate_key)?, this_update, next_update, entries?)?;
        Ok(vec![of_root, of_intermediate])
    }
}

fn crl_url(name: &str, crl_base: &str) -> String {
    format!("{}/{}", crl_base.trim_end_matches('/'), name.to_lowercase())
}

fn issuer<'k>(certificate: &[u8], key: &'k KeyPair) -> Result<Issuer<'static, &'k KeyPair>, PkiError> {
    Ok(Issuer::from_ca_cert_der(&certificate.to_vec().into(), key)?)
}

fn authority_params(
    common_name: &str,
    key: &KeyPair,
    now: DateTime<Utc>,
    years: i64,
) -> Result<CertificateParams, PkiError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "PL");
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.serial_number = Some(serial(key.public_key_raw()));
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // Older than anything that is issued below, also in tests that look back.
    params.not_before = instant(now - TimeDelta::days(5 * 365))?;
    params.not_after = instant(now + TimeDelta::days(years * 365))?;
    Ok(params)
}

fn list(
    issuer: &Issuer<'_, &KeyPair>,
    this_update: DateTime<Utc>,
    next_update: DateTime<Utc>,
    revoked_certs: Vec<RevokedCertParams>,
) -> Result<Vec<u8>, PkiError> {
    let number = u64::try_from(this_update.timestamp()).map_err(|_| PkiError::Time)?;
    let params = CertificateRevocationListParams {
        this_update: instant(this_update)?,
        next_update: instant(next_update)?,
        crl_number: SerialNumber::from(number),
        issuing_distribution_point: None,
        revoked_certs,
        key_identifier_method: KeyIdMethod::Sha256,
    };
    Ok(params.signed_by(issuer)?.der().to_vec())
}

fn revocation(key: &SignerKey, at: DateTime<Utc>) -> Result<RevokedCertParams, PkiError> {
    Ok(RevokedCertParams {
        serial_number: serial(key.public_key()),
        revocation_time: instant(at)?,
        reason_code: Some(RevocationReason::KeyCompromise),
        invalidity_date: None,
    })
}

/// Follows from the key, so that a certificate can be revoked without keeping a register.
fn serial(public_key: &[u8]) -> SerialNumber {
    let digest = signing::canonical::sha256(public_key);
    let mut bytes: Vec<u8> = digest.into_iter().take(16).collect();
    if let Some(first) = bytes.first_mut() {
        // A positive integer without leading zeros (RFC 5280 §4.1.2.2).
        *first = *first & 0x3f | 0x40;
    }
    SerialNumber::from(bytes)
}

pub(super) fn instant(at: DateTime<Utc>) -> Result<OffsetDateTime, PkiError> {
    OffsetDateTime::from_unix_timestamp(at.timestamp()).map_err(|_| PkiError::Time)
}
