//! Countries by ISO 3166-1 alpha-2 code.

use super::{faults, table};
use crate::problem::ProblemType;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::LazyLock;

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let rows = table::rows(include_str!("../../../../data/countries.csv"));
    rows.map(|[code, name_pl, name_en]| Country { code, name_pl, name_en }).collect()
});

static POLAND: Country = Country { code: "PL", name_pl: "Polska", name_en: "Poland" };

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Country {
    code: &'static str,
    name_pl: &'static str,
    name_en: &'static str,
}

/// An officially assigned code, in capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode(&'static Country);

impl CountryCode {
    pub const POLAND: Self = Self(&POLAND);

    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        Self::all().find(|country| country.0.code == text).ok_or(faults::COUNTRY)
    }

    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.iter().map(Self)
    }

    pub fn as_str(&self) -> &'static str {
        self.0.code
    }

    pub fn name_pl(&self) -> &'static str {
        self.0.name_pl
    }

    pub fn name_en(&self) -> &'static str {
        self.0.name_en
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CountryCode({})", self.0.code)
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl TryFrom<String> for CountryCode {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CountryCode> for String {
    fn from(country: CountryCode) -> Self {
        country.0.code.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["PL", "DE", "US"] {
            assert_eq!(CountryCode::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in ["", "pl", "POL", "P", "EU", "XX", "UK"] {
            assert_eq!(CountryCode::parse(text), Err(faults::COUNTRY), "{text}");
        }
    }

    #[test]
    fn the_list_is_complete_sorted_and_named_in_both_languages() {
        let codes: Vec<_> = CountryCode::all().map(|country| country.as_str()).collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted_by(|left, right| left < right));
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())));
        assert!(
            CountryCode::all().all(|country| !country.name_pl().is_empty() && !country.name_en().is_empty())
        );
    }

    #[test]
    fn poland_is_the_poland_of_the_list() {
        assert_eq!(CountryCode::parse("PL"), Ok(CountryCode::POLAND));
    }
}
