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
#[serde(deny_unknown_fields)]
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(
        country: &str,
        kind: ForeignDocumentKind,
        number: &str,
    ) -> Result<ForeignDocument, &'static ProblemType> {
        ForeignDocument::parse(kind, CountryCode::parse(country)?, number)
    }

    #[test]
    fn the_number_is_free_text_of_letters_digits_and_separators() {
        for number in ["C01X00T47", "AB 123/45-6.7", "ЕН123456", " 1 "] {
            let read = parse("DE", ForeignDocumentKind::Passport, number);
            assert_eq!(read.as_ref().map(ForeignDocument::reveal), Ok(number.trim()));
        }
        for number in ["", "  ", "-", "A_1", "A\n1", "<A1>", &"1".repeat(31)] {
            let read = parse("DE", ForeignDocumentKind::Passport, number);
            assert_eq!(read, Err(faults::FOREIGN_DOCUMENT), "{number:?}");
        }
    }

    #[test]
    fn a_polish_card_or_passport_is_not_foreign_but_a_residence_card_may_be_polish() {
        for kind in [ForeignDocumentKind::IdCard, ForeignDocumentKind::Passport] {
            assert_eq!(parse("PL", kind, "ABA300000"), Err(faults::FOREIGN_DOCUMENT_POLISH));
        }
        assert!(parse("PL", ForeignDocumentKind::Other, "RR1234567").is_ok());
    }

    #[test]
    fn json_comes_back_and_cannot_walk_around_parse() {
        let document = parse("UA", ForeignDocumentKind::Passport, "FE123456").ok();
        let json = serde_json::to_string(&document).unwrap_or_default();
        assert_eq!(json, r#"{"kind":"PASSPORT","country":"UA","number":"FE123456"}"#);
        assert_eq!(serde_json::from_str(&json).ok(), Some(document));
        assert!(serde_json::from_str::<ForeignDocument>(&json.replace("UA", "PL")).is_err());
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", parse("DE", ForeignDocumentKind::Passport, "C01X00T47")), "Ok(…)");
    }
}
