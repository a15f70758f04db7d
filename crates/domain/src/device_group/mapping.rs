//! Former numbers of the list and the codes that took their place on 1 January 2024 (Dz.U. 2023 poz. 2461 §2).

use super::model::Confidence;
use super::table;
use crate::values::DeviceCode;
use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};
use std::sync::LazyLock;

/// One number of the list until 2023.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// `99`, `99A`.
    pub list_number: String,
    /// With its letter; none where no source gives the letter.
    pub from: Option<DeviceCode>,
    /// Where kinds of stoma are told apart, the code without its ending.
    pub to: DeviceCode,
    /// The former name.
    pub name: Option<String>,
    pub source: String,
    pub confidence: Confidence,
}

/// What a mapping is looked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Former {
    Code(DeviceCode),
    /// Without leading zeros.
    ListNumber(String),
}

static MAPPINGS: LazyLock<Vec<Mapping>> =
    LazyLock::new(|| read(include_str!("../../../../data/device-groups/codes-2024.csv")));

/// All mappings in the order of the list.
pub fn all() -> &'static [Mapping] {
    &MAPPINGS
}

impl Former {
    /// Reads `P.099`, `99`, `99A`.
    pub fn parse(text: &str) -> Result<Self, &'static crate::problem::ProblemType> {
        let digits = text.strip_suffix(|sign: char| sign.is_ascii_uppercase()).unwrap_or(text);
        if (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self::ListNumber(text.trim_start_matches('0').to_owned()));
        }
        let code = DeviceCode::parse(text).ok().filter(|code| code.as_str().split('.').count() == 2);
        code.map(Self::Code).ok_or(super::refusals::MAPPING_FROM)
    }
}

impl Mapping {
    pub fn is_of(&self, former: &Former) -> bool {
        match former {
            Former::Code(code) => self.from.as_ref() == Some(code),
            Former::ListNumber(number) => self.list_number == *number,
        }
    }
}

/// A row that cannot be read is left out; a test proves that there is none.
fn read(text: &str) -> Vec<Mapping> {
    table::rows(text).iter().skip(1).filter_map(|row| mapping(&row.cells)).collect()
}

fn mapping(cells: &[String]) -> Option<Mapping> {
    let [list_number, from, to, name, source, confidence] = cells else { return None };
    let written: StrDeserializer<'_, Error> = confidence.as_str().into_deserializer();
    Some(Mapping {
        list_number: list_number.clone(),
        from: if from.is_empty() { None } else { Some(DeviceCode::parse(from).ok()?) },
        to: DeviceCode::parse(to).ok()?,
        name: Some(name.clone()).filter(|name| !name.is_empty()),
        source: source.clone(),
        confidence: Confidence::deserialize(written).ok()?,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;

    #[test]
    fn every_row_of_the_list_is_read() {
        let text = include_str!("../../../../data/device-groups/codes-2024.csv");
        assert_eq!(all().len(), table::rows(text).len() - 1);
        assert!(all().len() > 50);
    }

    #[test]
    fn a_number_is_found_by_its_code_and_by_itself() {
        let of = |text: &str| {
            let former = Former::parse(text).unwrap();
            all().iter().filter(|it| it.is_of(&former)).map(|it| it.to.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(of("P.099"), ["W.01.01"]);
        assert_eq!(of("099"), ["W.01.01"]);
        assert_eq!(of("99A"), ["W.01.02"]);
        assert_eq!(of("Ł.054"), ["K.01.02"]);
        assert_eq!(of("P.084"), <[&str; 0]>::default());
        for text in ["", "A", "1000", "P.99", "Y.06.01", "99AB", "x"] {
            assert_eq!(Former::parse(text).map_err(|it| it.code), Err("device_group.mapping_from"), "{text}");
        }
    }
}
