//! A medicinal product as the register publishes it: every value as it stands there, none interpreted.

use super::normalise::{self, Form, Strength, Substances};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The register's own number of a product; up to 19 digits, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegisterId(i64);

impl RegisterId {
    pub fn new(number: i64) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }

    pub fn parse(text: &str) -> Option<Self> {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten().and_then(Self::new)
    }

    pub fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for RegisterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One entry of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisteredProduct {
    pub id: RegisterId,
    /// For people or for animals, in the register's words: it publishes no list of them.
    pub kind: Option<String>,
    pub name: String,
    pub common_name: Option<String>,
    pub strength: Option<String>,
    pub form: Option<String>,
    /// The marketing authorisation holder.
    pub holder: Option<String>,
    /// NAR, MRP, DCP, CEN, IR and what may follow.
    pub procedure: Option<String>,
    #[serde(default)]
    pub permit: Permit,
    #[serde(default)]
    pub atc: Vec<String>,
    #[serde(default)]
    pub substances: Vec<ActiveSubstance>,
    #[serde(default)]
    pub packs: Vec<Pack>,
}

/// The authorisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Permit {
    pub number: Option<String>,
    /// A day, or a word such as `Bezterminowe`.
    pub validity: Option<String>,
}

impl Permit {
    /// Whether its last day lies before `on`. A word, or nothing, is no last day.
    pub fn has_lapsed(&self, on: NaiveDate) -> bool {
        let day = self.validity.as_deref().and_then(|text| {
            let text = text.trim();
            ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"]
                .into_iter()
                .find_map(|format| NaiveDate::parse_from_str(text, format).ok())
        });
        day.is_some_and(|last| last < on)
    }
}

/// An active substance with its amount in a unit of the preparation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActiveSubstance {
    pub name: String,
    pub amount: Option<String>,
    pub unit: Option<String>,
    pub per_amount: Option<String>,
    pub per_unit: Option<String>,
    /// The amount where it is no number.
    pub described: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pack {
    pub gtin: Option<String>,
    /// The category of availability: OTC, Rp, Rpw, Rpz, Lz.
    pub availability: Option<String>,
    /// Struck off the register.
    pub deleted: bool,
}

impl RegisteredProduct {
    /// Whether it is meant for animals; an unknown word counts as for people, since a warning too many does no harm.
    pub fn is_veterinary(&self) -> bool {
        let said = self.kind.as_deref().map(normalise::fold).unwrap_or_default();
        let of_atc = !self.atc.is_empty() && self.atc.iter().all(|code| code.starts_with('Q'));
        said.starts_with("wet") || said.starts_with("vet") || of_atc
    }

    /// The listed substances; the common name where none is listed.
    pub fn substances(&self) -> Substances {
        let listed = Substances::of_list(self.substances.iter().map(|substance| substance.name.as_str()));
        if listed.is_empty() {
            Substances::of(self.common_name.as_deref().unwrap_or_default())
        } else {
            listed
        }
    }

    /// The strength as it is written, and as the amounts of the substances give it.
    pub fn strengths(&self) -> Vec<Strength> {
        let written = self.strength.as_deref().and_then(Strength::of);
        let listed = self.substances.iter().map(ActiveSubstance::written).collect::<Option<Vec<_>>>();
        let counted = listed.filter(|all| !all.is_empty()).and_then(|all| Strength::of(&all.join(" + ")));
        let mut all: Vec<Strength> = written.into_iter().chain(counted).collect();
        all.dedup();
        all
    }

    pub fn form(&self) -> Option<Form> {
        self.form.as_deref().and_then(Form::of)
    }
}

impl ActiveSubstance {
    fn written(&self) -> Option<String> {
        let (amount, unit) = (self.amount.as_deref()?, self.unit.as_deref()?);
        if amount.trim().is_empty() || unit.trim().is_empty() {
            return None;
        }
        let per = |text: &Option<String>| text.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let (per_amount, per_unit) = (per(&self.per_amount), per(&self.per_unit));
        if per_unit.is_empty() {
            return Some(format!("{amount} {unit}"));
        }
        Some(format!("{amount} {unit}/{per_amount} {per_unit}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_id_is_a_positive_number_of_digits() {
        assert_eq!(RegisterId::parse("100000014").map(RegisterId::number), Some(100_000_014));
        for text in ["", "0", "-1", "+1", "1a", "99999999999999999999"] {
            assert_eq!(RegisterId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_permit_without_a_last_day_does_not_lapse() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        let lapsed =
            |validity: &str| Permit { number: None, validity: Some(validity.to_owned()) }.has_lapsed(on);
        assert!(lapsed("2026-11-21") && lapsed("21.11.2026"));
        assert!(!lapsed("2026-11-22") && !lapsed("Bezterminowe") && !lapsed(""));
        assert!(!Permit::default().has_lapsed(on));
    }
}
