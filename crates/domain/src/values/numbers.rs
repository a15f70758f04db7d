//! Numbers that people read to each other: prefix, year, eight random characters, a check character.
//!
//! The alphabet leaves out 0, 1, I, L and O, which are mistaken for each other; 31 characters remain,
//! and 31 is prime. The check character is that of a pure system in the manner of ISO/IEC 7064 with
//! modulus 31 and radix 3. Since 3 is a primitive root of 31, all weights differ, so every wrong
//! character and every exchange of two characters is noticed. Series and year count with it.

use super::faults;
use crate::problem::ProblemType;

const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const RADIX: u32 = 3;
const MODULUS: u32 = 31;

/// A kind of document that has numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Series {
    prefix: &'static str,
    /// What the prefix counts in the check character; another for each prefix.
    value: u32,
}

const MEDICINE: Series = Series { prefix: "ZPL", value: 1 };
const FOOD: Series = Series { prefix: "ZSS", value: 2 };
const RESOLUTION: Series = Series { prefix: "ROZ", value: 3 };
const AUTHORISATION: Series = Series { prefix: "ZCD", value: 4 };

/// Whether a medicine or a food is demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DemandSeries {
    /// `ZPL-…`: zapotrzebowanie na produkt leczniczy.
    Medicine,
    /// `ZSS-…`: zapotrzebowanie na środek spożywczy specjalnego przeznaczenia żywieniowego.
    Food,
}

impl DemandSeries {
    fn series(self) -> Series {
        match self {
            Self::Medicine => MEDICINE,
            Self::Food => FOOD,
        }
    }
}

public_value! {
    /// The number of a demand, e.g. `ZPL-2026-7K3M9QXT-B`.
    DemandNumber
}

impl DemandNumber {
    /// Makes a number of random bytes; whether it is taken already is for the store to say.
    pub fn compose(series: DemandSeries, year: i32, random: [u8; 8]) -> Self {
        Self(compose(series.series(), year, random))
    }

    /// Reads a number as people write it: in small letters too, with or without spaces and hyphens.
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        [MEDICINE, FOOD]
            .into_iter()
            .find_map(|series| read(series, text))
            .map(Self)
            .ok_or(faults::DEMAND_NUMBER)
    }

    pub fn series(&self) -> DemandSeries {
        if self.0.starts_with(FOOD.prefix) { DemandSeries::Food } else { DemandSeries::Medicine }
    }
}

public_value! {
    /// The number of a notification for a temporary authorisation (zgoda czasowa na dopuszczenie), e.g.
    /// `ZCD-2026-7K3M9QXT-P`.
    AuthorisationNumber
}

impl AuthorisationNumber {
    /// Makes a number of random bytes; whether it is taken already is for the store to say.
    pub fn compose(year: i32, random: [u8; 8]) -> Self {
        Self(compose(AUTHORISATION, year, random))
    }

    /// Reads a number as people write it: in small letters too, with or without spaces and hyphens.
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        read(AUTHORISATION, text).map(Self).ok_or(faults::AUTHORISATION_NUMBER)
    }
}

public_value! {
    /// The number of the minister's resolution, e.g. `ROZ-2026-7K3M9QXT-S`.
    ResolutionNumber
}

impl ResolutionNumber {
    /// Makes a number of random bytes; whether it is taken already is for the store to say.
    pub fn compose(year: i32, random: [u8; 8]) -> Self {
        Self(compose(RESOLUTION, year, random))
    }

    /// Reads a number as people write it: in small letters too, with or without spaces and hyphens.
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        read(RESOLUTION, text).map(Self).ok_or(faults::RESOLUTION_NUMBER)
    }
}

/// A byte picks a character by its remainder; eight of the 31 are likelier by an eighth, which costs
/// less than a thousandth of the 39.6 bits.
fn compose(series: Series, year: i32, random: [u8; 8]) -> String {
    let year = format!("{:04}", year.rem_euclid(10_000));
    let random: String = random.into_iter().filter_map(|byte| character(u32::from(byte))).collect();
    let check = check_character(series, &year, &random).unwrap_or_default();
    format!("{}-{year}-{random}-{check}", series.prefix)
}

/// The canonical form of a number of that series.
fn read(series: Series, text: &str) -> Option<String> {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '\u{2010}' | '\u{2011}');
    let plain: String = text.chars().filter(|c| !is_separator(*c)).map(|c| c.to_ascii_uppercase()).collect();
    let rest = plain.strip_prefix(series.prefix)?;
    let (year, rest) = rest.split_at_checked(4)?;
    let (random, check) = rest.split_at_checked(8)?;
    let expected = check_character(series, year, random)?;
    check.chars().eq([expected]).then(|| format!("{}-{year}-{random}-{check}", series.prefix))
}

/// `None` when year or random part have other characters than they may.
fn check_character(series: Series, year: &str, random: &str) -> Option<char> {
    let year = year.chars().map(|c| c.to_digit(10));
    let values = [Some(series.value)].into_iter().chain(year).chain(random.bytes().map(position));
    let sum = values.into_iter().try_fold(0, |sum, value| Some((sum + value?) * RADIX % MODULUS))?;
    character(MODULUS - sum)
}

fn position(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|legal| *legal == byte).and_then(|at| u32::try_from(at).ok())
}

pub(super) fn character(value: u32) -> Option<char> {
    let at = usize::try_from(value % MODULUS).ok()?;
    ALPHABET.get(at).copied().map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SERIES: [Series; 4] = [MEDICINE, FOOD, RESOLUTION, AUTHORISATION];

    fn read_any(text: &str) -> Option<String> {
        SERIES.into_iter().find_map(|series| read(series, text))
    }

    /// The number with the characters at two places given anew, and the check character made to fit.
    fn sealed(series: Series, year: &str, random: &[char]) -> String {
        let random: String = random.iter().collect();
        let check = check_character(series, year, &random);
        format!("{}{year}{random}{}", series.prefix, check.map(String::from).unwrap_or_default())
    }

    #[test]
    fn numbers_have_prefix_year_eight_characters_and_a_check_character() {
        let medicine = DemandNumber::compose(DemandSeries::Medicine, 2026, [0, 1, 2, 30, 31, 32, 254, 255]);
        assert_eq!(medicine.as_str(), "ZPL-2026-234Z2389-G");
        assert_eq!(medicine.series(), DemandSeries::Medicine);
        let food = DemandNumber::compose(DemandSeries::Food, 2026, [0; 8]);
        assert_eq!(food.series(), DemandSeries::Food);
        assert!(food.as_str().starts_with("ZSS-2026-22222222-"));
        assert!(ResolutionNumber::compose(2026, [7; 8]).as_str().starts_with("ROZ-2026-99999999-"));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let number = DemandNumber::compose(DemandSeries::Medicine, 2026, *b"testowy1");
        let small = number.as_str().to_lowercase();
        for text in [
            small.clone(),
            small.replace('-', " "),
            small.replace('-', ""),
            format!(" {small}\n"),
            small.replace('-', "–"),
        ] {
            assert_eq!(DemandNumber::parse(&text).as_ref(), Ok(&number), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "ZPL",
            "ZPL-2026-234Z2389",
            "ZPL-2026-234Z2389-GG",
            "ZPL-2026-0OIL1111-2",
            "ŻPL-2026-234Z2389-G",
            "ZPL-2026-234Z238ą-Z",
        ] {
            assert_eq!(DemandNumber::parse(text), Err(faults::DEMAND_NUMBER), "{text}");
            assert_eq!(ResolutionNumber::parse(text), Err(faults::RESOLUTION_NUMBER), "{text}");
            assert_eq!(AuthorisationNumber::parse(text), Err(faults::AUTHORISATION_NUMBER), "{text}");
        }
    }

    #[test]
    fn a_resolution_number_is_no_demand_number() {
        let resolution = ResolutionNumber::compose(2026, [3; 8]);
        assert_eq!(DemandNumber::parse(resolution.as_str()), Err(faults::DEMAND_NUMBER));
        for prefix in ["ZPL", "ZSS", "ZCD"] {
            assert_eq!(
                read_any(&resolution.as_str().replace("ROZ", prefix)),
                None,
                "the check covers the prefix"
            );
        }
    }

    #[test]
    fn every_single_wrong_character_is_noticed() {
        for series in SERIES {
            for random in [[0; 8], [30; 8], [3, 14, 15, 9, 26, 5, 35, 8], [255, 7, 77, 1, 0, 200, 100, 50]] {
                let number: Vec<char> = compose(series, 2026, random).chars().filter(|c| *c != '-').collect();
                for (at, right) in number.iter().enumerate() {
                    for wrong in ('0'..='9').chain('A'..='Z').filter(|wrong| wrong != right) {
                        let text: String = number
                            .iter()
                            .enumerate()
                            .map(|(i, c)| if i == at { wrong } else { *c })
                            .collect();
                        assert_eq!(read_any(&text), None, "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_exchange_of_two_characters_is_noticed() {
        let alphabet: Vec<char> = ALPHABET.iter().copied().map(char::from).collect();
        for (left, right) in (0..8).flat_map(|left| (left + 1..8).map(move |right| (left, right))) {
            for (a, b) in
                alphabet.iter().flat_map(|a| alphabet.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b)
            {
                let mut random = ['7', 'K', '3', 'M', '9', 'Q', 'X', 'T'];
                random[left] = a;
                random[right] = b;
                assert_exchanges_are_noticed(&sealed(MEDICINE, "2026", &random), 7 + left, 7 + right);
            }
        }
    }

    #[test]
    fn exchanges_with_the_year_and_with_the_check_character_are_noticed() {
        for year in 2000..2100 {
            for last in ALPHABET.iter().copied().map(char::from) {
                let number = sealed(FOOD, &year.to_string(), &['7', 'K', '3', 'M', '9', 'Q', 'X', last]);
                for (left, right) in (3..16).flat_map(|left| (left + 1..16).map(move |right| (left, right))) {
                    assert_exchanges_are_noticed(&number, left, right);
                }
            }
        }
    }

    fn assert_exchanges_are_noticed(number: &str, left: usize, right: usize) {
        let mut characters: Vec<char> = number.chars().collect();
        assert!(read_any(number).is_some(), "{number}");
        if characters[left] != characters[right] {
            characters.swap(left, right);
            let exchanged: String = characters.iter().collect();
            assert_eq!(read_any(&exchanged), None, "{number} and {exchanged}");
        }
    }

    proptest! {
        #[test]
        fn every_number_comes_back(year in 0..10_000, random: [u8; 8], is_food: bool) {
            let series = if is_food { DemandSeries::Food } else { DemandSeries::Medicine };
            let demand = DemandNumber::compose(series, year, random);
            prop_assert_eq!(DemandNumber::parse(demand.as_str()), Ok(demand.clone()));
            prop_assert_eq!(demand.series(), series);
            let authorisation = AuthorisationNumber::compose(year, random);
            prop_assert_eq!(AuthorisationNumber::parse(authorisation.as_str()), Ok(authorisation));
            let resolution = ResolutionNumber::compose(year, random);
            prop_assert_eq!(ResolutionNumber::parse(resolution.as_str()), Ok(resolution));
        }

        #[test]
        fn no_text_makes_reading_fail_otherwise_than_by_refusal(text: String) {
            prop_assert!(DemandNumber::parse(&text).is_err());
        }
    }
}
