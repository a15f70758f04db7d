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
#[serde(deny_unknown_fields)]
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

#[cfg(test)]
mod tests {
    use super::*;

    type Case = (PatientIdentifierKind, Option<&'static str>, &'static str);

    fn parse((kind, country, number): Case) -> Result<PatientIdentifier, &'static ProblemType> {
        PatientIdentifier::parse(kind, country.map(CountryCode::parse).transpose()?, number)
    }

    const GOOD: [(Case, &str); 6] = [
        ((PatientIdentifierKind::Pesel, None, "44051401458"), "PESEL|PL|44051401458"),
        ((PatientIdentifierKind::IdCard, Some("PL"), "aba 300000"), "ID_CARD|PL|ABA300000"),
        ((PatientIdentifierKind::Passport, None, "ZS0000177"), "PASSPORT|PL|ZS0000177"),
        ((PatientIdentifierKind::ForeignIdCard, Some("CZ"), "ab-12 34"), "FOREIGN_ID_CARD|CZ|AB1234"),
        ((PatientIdentifierKind::ForeignPassport, Some("DE"), "C01X00T47"), "FOREIGN_PASSPORT|DE|C01X00T47"),
        ((PatientIdentifierKind::ForeignOther, Some("PL"), "RR1234567"), "FOREIGN_OTHER|PL|RR1234567"),
    ];

    #[test]
    fn each_kind_is_read_and_comes_back_from_json() {
        for (case, index_text) in GOOD {
            let identifier = parse(case);
            assert_eq!(identifier.as_ref().map(PatientIdentifier::kind), Ok(case.0));
            assert_eq!(identifier.as_ref().map(|it| it.index_text().into_inner()), Ok(index_text.to_owned()));
            let json = serde_json::to_string(&identifier.as_ref().ok()).unwrap_or_default();
            assert_eq!(serde_json::from_str(&json).ok(), Some(identifier.ok()), "{json}");
        }
    }

    #[test]
    fn one_document_has_one_index_text_however_it_is_written() {
        let index = |number| {
            parse((PatientIdentifierKind::ForeignOther, Some("LT"), number)).map(|it| it.index_text())
        };
        assert_eq!(index("ab-12 34"), index("AB1234"));
        assert_ne!(index("AB1234"), index("AB1235"));
    }

    #[test]
    fn a_country_must_fit_the_kind() {
        for case in [
            (PatientIdentifierKind::Pesel, Some("DE"), "44051401458"),
            (PatientIdentifierKind::IdCard, Some("DE"), "ABA300000"),
            (PatientIdentifierKind::ForeignPassport, None, "C01X00T47"),
        ] {
            assert_eq!(parse(case), Err(faults::PATIENT_IDENTIFIER_COUNTRY));
        }
    }

    #[test]
    fn a_wrong_number_has_the_fault_of_its_kind() {
        assert_eq!(parse((PatientIdentifierKind::Pesel, None, "44051401459")), Err(faults::PESEL));
        assert_eq!(parse((PatientIdentifierKind::IdCard, None, "ABA300001")), Err(faults::ID_CARD));
        assert_eq!(parse((PatientIdentifierKind::Passport, None, "AB1234567")), Err(faults::PASSPORT));
    }

    #[test]
    fn json_cannot_walk_around_parse() {
        for json in [
            r#"{"kind":"PESEL","number":"44051401459"}"#,
            r#"{"kind":"FOREIGN_PASSPORT","number":"C01X00T47"}"#,
            r#"{"kind":"PESEL","number":"44051401458","name":"Testowa"}"#,
        ] {
            assert!(serde_json::from_str::<PatientIdentifier>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn every_kind_comes_back_from_its_name_and_from_json() {
        for kind in PatientIdentifierKind::ALL {
            let json = format!("\"{}\"", kind.as_str());
            assert_eq!(serde_json::to_string(&kind).ok().as_ref(), Some(&json));
            assert_eq!(serde_json::from_str(&json).ok(), Some(kind));
        }
        assert!(serde_json::from_str::<PatientIdentifierKind>("\"pesel\"").is_err());
    }

    #[test]
    fn debug_shows_nothing() {
        for (case, _) in GOOD {
            assert_eq!(format!("{:?}", parse(case)), "Ok(…)");
        }
        let index_text = parse(GOOD[0].0).map(|it| it.index_text());
        assert_eq!(format!("{index_text:?}"), "Ok(…)");
    }
}
