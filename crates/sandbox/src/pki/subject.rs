//! Whom a test certificate is for, and what it allows.

use chrono::{DateTime, TimeDelta, Utc};
use domain::redacted::Redacted;
use rcgen::{DistinguishedName, DnType, KeyUsagePurpose};
use signing::Algorithm;

/// What the key may be used for (RFC 5280 §4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    NonRepudiation,
    DigitalSignature,
    KeyEncipherment,
    /// No key usage extension at all.
    Unstated,
}

impl Usage {
    pub(super) fn purposes(self) -> Vec<KeyUsagePurpose> {
        match self {
            Self::NonRepudiation => vec![KeyUsagePurpose::ContentCommitment],
            Self::DigitalSignature => vec![KeyUsagePurpose::DigitalSignature],
            Self::KeyEncipherment => vec![KeyUsagePurpose::KeyEncipherment],
            Self::Unstated => Vec::new(),
        }
    }
}

/// What the certificate calls itself (ETSI EN 319 412-5 §4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualified {
    No,
    WithoutDevice,
    /// The key lies in a qualified signature creation device.
    InDevice,
}

impl Qualified {
    /// DER of the QCStatements, if there are any.
    pub(super) fn statements(self) -> Option<Vec<u8>> {
        match self {
            Self::No => None,
            Self::WithoutDevice => Some([&[0x30, 0x0a], QC_COMPLIANCE.as_slice()].concat()),
            Self::InDevice => Some([&[0x30, 0x14], QC_COMPLIANCE.as_slice(), QC_SSCD.as_slice()].concat()),
        }
    }
}

/// `SEQUENCE { OBJECT IDENTIFIER 0.4.0.1862.1.1 }`
const QC_COMPLIANCE: [u8; 10] = [0x30, 0x08, 0x06, 0x06, 0x04, 0x00, 0x8e, 0x46, 0x01, 0x01];
/// `SEQUENCE { OBJECT IDENTIFIER 0.4.0.1862.1.4 }`
const QC_SSCD: [u8; 10] = [0x30, 0x08, 0x06, 0x06, 0x04, 0x00, 0x8e, 0x46, 0x01, 0x04];

/// A fictitious person and the properties of their certificate.
#[derive(Clone, Debug)]
pub struct Subject {
    pub given_name: Redacted<String>,
    pub surname: Redacted<String>,
    pub pesel: Redacted<String>,
    pub algorithm: Algorithm,
    pub usage: Usage,
    pub qualified: Qualified,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
}

impl Subject {
    /// A qualified ES256 certificate that is valid for two years from the day before `now`.
    pub fn new(given_name: &str, surname: &str, pesel: &str, now: DateTime<Utc>) -> Self {
        Self {
            given_name: Redacted::new(given_name.to_owned()),
            surname: Redacted::new(surname.to_owned()),
            pesel: Redacted::new(pesel.to_owned()),
            algorithm: Algorithm::ES256,
            usage: Usage::NonRepudiation,
            qualified: Qualified::InDevice,
            not_before: now - TimeDelta::days(1),
            not_after: now + TimeDelta::days(730),
        }
    }

    #[must_use]
    pub fn with_algorithm(self, algorithm: Algorithm) -> Self {
        Self { algorithm, ..self }
    }

    #[must_use]
    pub fn with_usage(self, usage: Usage) -> Self {
        Self { usage, ..self }
    }

    #[must_use]
    pub fn valid(self, not_before: DateTime<Utc>, not_after: DateTime<Utc>) -> Self {
        Self { not_before, not_after, ..self }
    }

    #[must_use]
    pub fn not_qualified(self) -> Self {
        Self { qualified: Qualified::No, ..self }
    }

    #[must_use]
    pub fn without_device(self) -> Self {
        Self { qualified: Qualified::WithoutDevice, ..self }
    }

    /// The semantics of `serialNumber` are those of ETSI EN 319 412-1 §5.1.3.
    pub(super) fn distinguished_name(&self) -> DistinguishedName {
        let mut name = DistinguishedName::new();
        name.push(DnType::CountryName, "PL");
        name.push(DnType::CommonName, format!("{} {}", self.given_name.reveal(), self.surname.reveal()));
        name.push(DnType::CustomDnType(vec![2, 5, 4, 42]), self.given_name.reveal().as_str());
        name.push(DnType::CustomDnType(vec![2, 5, 4, 4]), self.surname.reveal().as_str());
        name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), format!("PNOPL-{}", self.pesel.reveal()));
        name
    }
}
