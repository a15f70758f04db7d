//! An identity document that another country issued.

use super::{CountryCode, faults};
use crate::problem::ProblemType;
use serde::{Deserialize, Serialize};

const MAX: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ForeignDocumentKind {
    IdCard,
    Passport,
    /// A residence card, a travel document of a refugee and the like; Poland may be its issuer.
    Other,
}

/// Kind, country and number; there is no common check digit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct ForeignDocument {
    kind: ForeignDocumentKind,
    country: CountryCode,
    number: String,
}

impl ForeignDocument {
    pub fn parse(
        kind: ForeignDocumentKind,
        country: CountryCode,
        number: &str,
    ) -> Result<Self, &'static ProblemType> {
        let number = number.trim();
        let legal = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.');
        if number.chars().count() > MAX
            || !number.chars().all(legal)
            || !number.chars().any(char::is_alphanumeric)
        {
            return Err(faults::FOREIGN_DOCUMENT);
        }
        if country == CountryCode::POLAND && kind != ForeignDocumentKind::Other {
            return Err(faults::FOREIGN_DOCUMENT_POLISH);
        }
        Ok(Self { kind, country, number: number.to_owned() })
    }

    /// The number itself, for those who may see it.
    pub fn reveal(&self) -> &str {
        &self.number
    }

    pub fn kind(&self) -> ForeignDocumentKind {
        self.kind
    }

    pub fn country(&self) -> CountryCode {
        self.country
    }
}

mute_debug!(ForeignDocument);

#[derive(Serialize, Deserialize)]
struct Parts {
    kind: ForeignDocumentKind,
    country: CountryCode,
    number: String,
}

impl TryFrom<Parts> for ForeignDocument {
    type Error = &'static ProblemType;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        Self::parse(parts.kind, parts.country, &parts.number)
    }
}

impl From<ForeignDocument> for Parts {
    fn from(document: ForeignDocument) -> Self {
        Self { kind: document.kind, country: document.country, number: document.number }
    }
}
