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
#[serde(rename_all = "camelCase")]
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
