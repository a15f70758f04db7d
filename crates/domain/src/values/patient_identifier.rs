//! What identifies a patient or a minor's guardian: PESEL, else an identity document.

use super::{CountryCode, ForeignDocument, ForeignDocumentKind, IdCard, Passport, Pesel, faults};
use crate::problem::ProblemType;
use crate::redacted::Redacted;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PatientIdentifierKind {
    Pesel,
    IdCard,
    Passport,
    ForeignIdCard,
    ForeignPassport,
    ForeignOther,
}

impl PatientIdentifierKind {
    pub const ALL: [Self; 6] = [
        Self::Pesel,
        Self::IdCard,
        Self::Passport,
        Self::ForeignIdCard,
        Self::ForeignPassport,
        Self::ForeignOther,
    ];

    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or(faults::PATIENT_IDENTIFIER_KIND)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pesel => "PESEL",
            Self::IdCard => "ID_CARD",
            Self::Passport => "PASSPORT",
            Self::ForeignIdCard => "FOREIGN_ID_CARD",
            Self::ForeignPassport => "FOREIGN_PASSPORT",
            Self::ForeignOther => "FOREIGN_OTHER",
        }
    }
}

/// PESEL, or the kind and number of an identity document (PF art. 4ac(3)).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub enum PatientIdentifier {
    Pesel(Pesel),
    IdCard(IdCard),
    Passport(Passport),
    ForeignDocument(ForeignDocument),
}

impl PatientIdentifier {
    /// A foreign document needs its country; for a Polish one it may be left out.
    pub fn parse(
        kind: PatientIdentifierKind,
        country: Option<CountryCode>,
        number: &str,
    ) -> Result<Self, &'static ProblemType> {
        let foreign = |kind| {
            let country = country.ok_or(faults::PATIENT_IDENTIFIER_COUNTRY)?;
            ForeignDocument::parse(kind, country, number).map(Self::ForeignDocument)
        };
        match kind {
            PatientIdentifierKind::ForeignIdCard => foreign(ForeignDocumentKind::IdCard),
            PatientIdentifierKind::ForeignPassport => foreign(ForeignDocumentKind::Passport),
            PatientIdentifierKind::ForeignOther => foreign(ForeignDocumentKind::Other),
            _ if country.is_some_and(|country| country != CountryCode::POLAND) => {
                Err(faults::PATIENT_IDENTIFIER_COUNTRY)
            }
            PatientIdentifierKind::Pesel => Pesel::parse(number).map(Self::Pesel),
            PatientIdentifierKind::IdCard => IdCard::parse(number).map(Self::IdCard),
            PatientIdentifierKind::Passport => Passport::parse(number).map(Self::Passport),
        }
    }

    pub fn kind(&self) -> PatientIdentifierKind {
        match self {
            Self::Pesel(_) => PatientIdentifierKind::Pesel,
            Self::IdCard(_) => PatientIdentifierKind::IdCard,
            Self::Passport(_) => PatientIdentifierKind::Passport,
            Self::ForeignDocument(document) => match document.kind() {
                ForeignDocumentKind::IdCard => PatientIdentifierKind::ForeignIdCard,
                ForeignDocumentKind::Passport => PatientIdentifierKind::ForeignPassport,
                ForeignDocumentKind::Other => PatientIdentifierKind::ForeignOther,
            },
        }
    }

    /// The number itself, for those who may see it.
    pub fn reveal(&self) -> &str {
        match self {
            Self::Pesel(pesel) => pesel.reveal(),
            Self::IdCard(card) => card.reveal(),
            Self::Passport(passport) => passport.reveal(),
            Self::ForeignDocument(document) => document.reveal(),
        }
    }

    /// The issuer of a foreign document; `None` for the Polish ones, which say it by their kind.
    pub fn country(&self) -> Option<CountryCode> {
        match self {
            Self::ForeignDocument(document) => Some(document.country()),
            _ => None,
        }
    }

    pub fn as_pesel(&self) -> Option<&Pesel> {
        match self {
            Self::Pesel(pesel) => Some(pesel),
            _ => None,
        }
    }

    /// One text for one document, however its number was spaced or capitalised, for a blind index.
    pub fn index_text(&self) -> Redacted<String> {
        let kind = self.kind().as_str();
        let country = self.country().unwrap_or(CountryCode::POLAND);
        let number = self.reveal().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
        Redacted::new(format!("{kind}|{country}|{}", number.collect::<String>()))
    }
}

mute_debug!(PatientIdentifier);

#[derive(Serialize, Deserialize)]
struct Parts {
    kind: PatientIdentifierKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<CountryCode>,
    number: String,
}

impl TryFrom<Parts> for PatientIdentifier {
    type Error = &'static ProblemType;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        Self::parse(parts.kind, parts.country, &parts.number)
    }
}

impl From<PatientIdentifier> for Parts {
    fn from(identifier: PatientIdentifier) -> Self {
        Self {
            kind: identifier.kind(),
            country: identifier.country(),
            number: identifier.reveal().to_owned(),
        }
    }
}
