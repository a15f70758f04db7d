//! A postal address.

use super::{CountryCode, Text, faults};
use crate::problem::{ProblemType, Violation};
use serde::{Deserialize, Serialize};

/// Street and house, postal code, town and country. Of a patient it is personal, and so of all.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Address {
    street_line: String,
    postal_code: String,
    city: String,
    country: CountryCode,
}

impl Address {
    /// Every fault at once, each pointing at its member: `/streetLine`, `/postalCode`, `/city`,
    /// `/country`.
    pub fn parse(
        street_line: &str,
        postal_code: &str,
        city: &str,
        country: &str,
    ) -> Result<Self, Vec<Violation>> {
        let mut violations = Vec::new();
        let mut note = |problem, pointer: &str| violations.push(Violation::new(problem, pointer));
        let street_line = line::<120>(street_line).or_else(|| {
            note(faults::STREET_LINE, "/streetLine");
            None
        });
        let city = line::<80>(city).or_else(|| {
            note(faults::CITY, "/city");
            None
        });
        let country = CountryCode::parse(country).map_err(|problem| note(problem, "/country")).ok();
        // Without a country there is no telling which form the code should have.
        let is_polish = country == Some(CountryCode::POLAND);
        let postal_code = read_postal_code(postal_code, is_polish).or_else(|| {
            note(faults::POSTAL_CODE, "/postalCode");
            None
        });
        match (street_line, postal_code, city, country) {
            (Some(street_line), Some(postal_code), Some(city), Some(country)) => {
                Ok(Self { street_line, postal_code, city, country })
            }
            _ => Err(violations),
        }
    }

    /// Street and house, for those who may see it.
    pub fn reveal_street_line(&self) -> &str {
        &self.street_line
    }

    pub fn reveal_postal_code(&self) -> &str {
        &self.postal_code
    }

    pub fn reveal_city(&self) -> &str {
        &self.city
    }

    pub fn country(&self) -> CountryCode {
        self.country
    }
}

/// Visible text on a single line.
fn line<const MAX: usize>(text: &str) -> Option<String> {
    let text = Text::<MAX>::parse(text).ok()?;
    (!text.as_str().contains(['\n', '\t'])).then(|| text.into())
}

fn read_postal_code(text: &str, is_polish: bool) -> Option<String> {
    let text = text.trim();
    let is_nn_nnn = |(at, c): (usize, char)| if at == 2 { c == '-' } else { c.is_ascii_digit() };
    let is_legal = if is_polish {
        text.len() == 6 && text.chars().enumerate().all(is_nn_nnn)
    } else {
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
        (1..=12).contains(&text.len()) && text.chars().all(legal)
    };
    is_legal.then(|| text.to_owned())
}

mute_debug!(Address);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parts {
    street_line: String,
    postal_code: String,
    city: String,
    country: CountryCode,
}

impl TryFrom<Parts> for Address {
    type Error = &'static ProblemType;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        Self::parse(&parts.street_line, &parts.postal_code, &parts.city, parts.country.as_str()).map_err(
            |violations| violations.first().map_or(faults::STREET_LINE, |violation| violation.problem),
        )
    }
}

impl From<Address> for Parts {
    fn from(address: Address) -> Self {
        Self {
            street_line: address.street_line,
            postal_code: address.postal_code,
            city: address.city,
            country: address.country,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polish_address_is_read_and_comes_back_from_json() {
        let address = Address::parse(" ul. Przykładowa 1/2 ", "00-952", "Warszawa", "PL").ok();
        assert_eq!(address.as_ref().map(Address::reveal_street_line), Some("ul. Przykładowa 1/2"));
        let json = serde_json::to_string(&address).unwrap_or_default();
        let expected =
            r#"{"streetLine":"ul. Przykładowa 1/2","postalCode":"00-952","city":"Warszawa","country":"PL"}"#;
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_str(&json).ok(), Some(address));
        assert!(serde_json::from_str::<Address>(&json.replace("00-952", "00952")).is_err());
    }

    #[test]
    fn the_postal_code_follows_the_country() {
        let parse = |code, country| Address::parse("Testgasse 1", code, "Wien", country);
        for (code, country) in [("1010", "AT"), ("SW1A 1AA", "GB"), ("00-952", "PL")] {
            assert!(parse(code, country).is_ok(), "{code}");
        }
        for (code, country) in [
            ("1010", "PL"),
            ("00952", "PL"),
            ("00-95a", "PL"),
            ("0é-95", "PL"),
            ("", "AT"),
            ("1234567890123", "AT"),
        ] {
            assert_eq!(
                parse(code, country),
                Err(vec![Violation::new(faults::POSTAL_CODE, "/postalCode")]),
                "{code}"
            );
        }
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let expected = [
            (faults::STREET_LINE, "/streetLine"),
            (faults::CITY, "/city"),
            (faults::COUNTRY, "/country"),
            (faults::POSTAL_CODE, "/postalCode"),
        ];
        let expected = expected.map(|(problem, pointer)| Violation::new(problem, pointer));
        assert_eq!(Address::parse("ul. A\n1", "?", &"x".repeat(81), "XX"), Err(expected.to_vec()));
    }

    #[test]
    fn debug_shows_nothing() {
        let address = Address::parse("ul. Przykładowa 1", "00-952", "Warszawa", "PL");
        assert_eq!(format!("{address:?}"), "Ok(…)");
    }
}
