//! What stands for a patient's right to benefits, and the entitlements beyond it (DO-14, DO-28, DO-51, DO-55).

use crate::values::{CountryCode, LicenceNumber, Text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Proof of the right to benefits where the payer's service does not confirm it: a statement or a document, not both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum RightProof {
    Statement {
        made_on: NaiveDate,
        made_by: StatementBy,
    },
    Document {
        document: EntitlementDocument,
    },
    /// Of a person insured in another state of the Union.
    EuDocument {
        country: CountryCode,
        personal_number: Text<30>,
        institution: Text<100>,
        document: EntitlementDocument,
    },
}

/// Who stated it, with the payer's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StatementBy {
    Patient,
    StatutoryRepresentative,
    LegalGuardian,
    ActualGuardian,
    Proxy,
}

/// A document with its validity; what it has none of is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EntitlementDocument {
    pub kind: DocumentKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text<40>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Until>,
}

/// How long a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Until {
    Indefinite,
    Day { last: NaiveDate },
}

impl Until {
    pub fn holds_on(self, day: NaiveDate) -> bool {
        match self {
            Self::Indefinite => true,
            Self::Day { last } => day <= last,
        }
    }
}

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DocumentKind {
    /// A ruling on the degree of disability, or on disability before the age of sixteen.
    DisabilityRuling,
    /// A physician's certificate on a severe and irreversible impairment (act «Za życiem» art. 4).
    LifeCertificate,
    /// A book of a war or military invalid, or of a repressed person.
    InvalidBook,
    /// A decision or certificate of another authority.
    AuthorityDecision,
    InsuranceProof,
    Other,
}

/// An entitlement beyond the right to benefits, with its document (DO-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdditionalEntitlement {
    pub code: AdditionalCode,
    pub document: EntitlementDocument,
    /// Of the physician who certified it; 47DN only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certified_by: Option<LicenceNumber>,
}

/// The payer's codes of additional entitlements; the articles are those of the benefits act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AdditionalCode {
    /// Art. 47(1a): a considerable degree of disability, from sixteen years of age.
    #[serde(rename = "47ZN")]
    ConsiderableDisability,
    /// Art. 47(1a): disabled before sixteen, with the indications of permanent care and of taking part in treatment.
    #[serde(rename = "47ZND")]
    DisabledChild,
    /// Art. 47(1b): under eighteen, with a severe and irreversible impairment from before birth.
    #[serde(rename = "47DN")]
    ForLifeChild,
    /// Art. 47(2): war and military invalids.
    #[serde(rename = "47IB")]
    WarInvalid,
    /// Art. 47(2): military invalids.
    #[serde(rename = "47IW")]
    MilitaryInvalid,
    /// Art. 47(2): repressed persons.
    #[serde(rename = "47OR")]
    RepressedPerson,
}

impl AdditionalCode {
    pub const ALL: [AdditionalCode; 6] = [
        Self::ConsiderableDisability,
        Self::DisabledChild,
        Self::ForLifeChild,
        Self::WarInvalid,
        Self::MilitaryInvalid,
        Self::RepressedPerson,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::ConsiderableDisability => "47ZN",
            Self::DisabledChild => "47ZND",
            Self::ForLifeChild => "47DN",
            Self::WarInvalid => "47IB",
            Self::MilitaryInvalid => "47IW",
            Self::RepressedPerson => "47OR",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }

    /// Neither the list's quantity nor its period of use binds the prescriber (DO-51).
    pub fn lifts_quantity_and_period(self) -> bool {
        match self {
            Self::ConsiderableDisability | Self::DisabledChild | Self::ForLifeChild => true,
            Self::WarInvalid | Self::MilitaryInvalid | Self::RepressedPerson => false,
        }
    }

    /// The patient pays nothing within the limit (DO-55).
    pub fn lifts_copay(self) -> bool {
        !self.lifts_quantity_and_period()
    }

    /// Whether a patient of that many years can have it (DO-51).
    pub fn fits_age(self, age: u32) -> bool {
        match self {
            Self::ConsiderableDisability => age >= 16,
            Self::DisabledChild => age < 16,
            Self::ForLifeChild => age < 18,
            Self::WarInvalid | Self::MilitaryInvalid | Self::RepressedPerson => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_read_from_its_name_and_from_json() {
        for code in AdditionalCode::ALL {
            assert_eq!(AdditionalCode::parse(code.name()), Some(code));
            assert_eq!(serde_json::to_string(&code).ok(), Some(format!("\"{}\"", code.name())));
        }
        assert_eq!(AdditionalCode::parse("47XX"), None);
    }

    #[test]
    fn an_entitlement_lifts_the_bounds_or_the_copay() {
        let lifting = |code: AdditionalCode| (code.lifts_quantity_and_period(), code.lifts_copay());
        assert_eq!(lifting(AdditionalCode::ConsiderableDisability), (true, false));
        assert_eq!(lifting(AdditionalCode::RepressedPerson), (false, true));
    }

    #[test]
    fn children_and_adults_have_codes_of_their_own() {
        let fits = |code: AdditionalCode| [15, 16, 17, 18].map(|age| code.fits_age(age));
        assert_eq!(fits(AdditionalCode::ConsiderableDisability), [false, true, true, true]);
        assert_eq!(fits(AdditionalCode::DisabledChild), [true, false, false, false]);
        assert_eq!(fits(AdditionalCode::ForLifeChild), [true, true, true, false]);
        assert_eq!(fits(AdditionalCode::WarInvalid), [true; 4]);
    }
}
