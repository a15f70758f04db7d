//! The content of a notification. A draft may lack any member, but holds no illegal one.

pub mod rules;

use crate::medicine_demand::Product;
use crate::problem::Violation;
use crate::threat::Threat;
use crate::values::{Address, BatchNumber, Email, Nip, PersonName, Quantity, Text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// For whom the product is meant; a veterinary one needs the agriculture minister's request (PF art. 4(8)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Purpose {
    Human,
    Veterinary,
}

impl Purpose {
    pub const ALL: [Purpose; 2] = [Self::Human, Self::Veterinary];

    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "HUMAN",
            Self::Veterinary => "VETERINARY",
        }
    }
}

/// As what the first signatory signs: as the responsible person, or as somebody whom that person authorised (PF art. 4ac(1)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SignsAs {
    #[default]
    ResponsiblePerson,
    AuthorisedPerson,
}

impl SignsAs {
    pub const ALL: [SignsAs; 2] = [Self::ResponsiblePerson, Self::AuthorisedPerson];

    pub fn name(self) -> &'static str {
        match self {
            Self::ResponsiblePerson => "RESPONSIBLE_PERSON",
            Self::AuthorisedPerson => "AUTHORISED_PERSON",
        }
    }
}

/// What the responsible person, or whom they authorised, signs (PF art. 4ac(5)–(6)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    pub purpose: Purpose,
    #[serde(default)]
    pub wholesaler: Wholesaler,
    /// The responsible person, or whom they authorised.
    #[serde(default)]
    pub responsible_person: Signatory,
    /// As what that person signs; where nothing is said, as the responsible person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signs_as: Option<SignsAs>,
    #[serde(default)]
    pub representative: Signatory,
    #[serde(default)]
    pub product: Product,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    #[serde(default)]
    pub batches: Vec<Batch>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threat: Option<Threat>,
    /// Why the consent is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text<8000>>,
    #[serde(default)]
    pub attachments: Attachments,
}

impl Content {
    pub fn signs_as(&self) -> SignsAs {
        self.signs_as.unwrap_or_default()
    }

    /// Everything that stands in the way of submitting this content on that day.
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        rules::check(self, today)
    }
}

/// The wholesaler as it notifies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wholesaler {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nip: Option<Nip>,
    /// Unique identifier of the wholesale warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Text<40>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Where the outcome is sent (PF art. 4ad(4)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

/// A person who signs for the wholesaler.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Signatory {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_names: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Text<200>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Batch {
    pub number: BatchNumber,
    pub expires_on: NaiveDate,
    pub quantity: Quantity,
}

/// What goes with the notification: named in what is signed, so that no other file can take its place (ADR 25).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attachments {
    /// Proof that the signatories may act for the wholesaler.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_of_representation: Option<AttachedDocument>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agriculture_minister_request: Option<AttachedDocument>,
    /// By which the responsible person authorised the one who signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible_person_authorisation: Option<AttachedDocument>,
}

/// A document by title, date and digest of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttachedDocument {
    pub title: Text<300>,
    pub dated: NaiveDate,
    pub sha256: FileDigest,
}

/// SHA-256 of a file in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileDigest(String);

impl FileDigest {
    pub fn parse(text: &str) -> Result<Self, &'static crate::problem::ProblemType> {
        let is_digit = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        if text.len() == 64 && text.bytes().all(is_digit) {
            Ok(Self(text.to_owned()))
        } else {
            Err(super::refusals::FILE_DIGEST)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FileDigest {
    type Error = &'static crate::problem::ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<FileDigest> for String {
    fn from(digest: FileDigest) -> Self {
        digest.0
    }
}
