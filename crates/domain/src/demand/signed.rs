//! A signature that was accepted: whose, of which kind, how it was checked, and over which bytes.

use crate::values::PersonName;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The kinds of signature that a demand's steps admit (PF art. 4ac(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SignatureKind {
    Qualified,
    Personal,
    Zus,
    Trusted,
}

impl SignatureKind {
    pub const ALL: [SignatureKind; 4] = [Self::Qualified, Self::Personal, Self::Zus, Self::Trusted];

    pub fn name(self) -> &'static str {
        match self {
            Self::Qualified => "QUALIFIED",
            Self::Personal => "PERSONAL",
            Self::Zus => "ZUS",
            Self::Trusted => "TRUSTED",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How thoroughly a signature was looked at: nothing is called qualified that only our own code has checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SignatureLevel {
    BasicChecked,
    /// By a validation service.
    Validated,
}

impl SignatureLevel {
    pub fn name(self) -> &'static str {
        match self {
            Self::BasicChecked => "BASIC_CHECKED",
            Self::Validated => "VALIDATED",
        }
    }
}

/// SHA-256 in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(pub String);

/// A signature that was checked and accepted; the raw one is kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signed {
    pub given_names: PersonName,
    pub family_name: PersonName,
    pub kind: SignatureKind,
    pub level: SignatureLevel,
    /// When the service received it; terms count from here.
    pub received_at: DateTime<Utc>,
    pub payload_sha256: Digest,
    pub certificate_sha256: Digest,
}

impl Signed {
    /// Who signed, by name.
    pub fn named(&self) -> Named {
        Named { given_names: self.given_names.clone(), family_name: self.family_name.clone() }
    }
}

/// A person by name, as the directory or a certificate knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub given_names: PersonName,
    pub family_name: PersonName,
}

impl Named {
    pub fn has_given_names(&self, stated: &PersonName) -> bool {
        is_same_name(&self.given_names, stated)
    }

    pub fn has_family_name(&self, stated: &PersonName) -> bool {
        is_same_name(&self.family_name, stated)
    }
}

/// Registers and certificates differ in capitals.
fn is_same_name(one: &PersonName, other: &PersonName) -> bool {
    one.reveal().to_lowercase() == other.reveal().to_lowercase()
}
