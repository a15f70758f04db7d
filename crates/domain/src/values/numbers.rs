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
    /// The number of a demand, e.g. `ZPL-2026-7K3M9QXT-V`.
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
    /// The number of the minister's resolution, e.g. `ROZ-2026-7K3M9QXT-V`.
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

fn character(value: u32) -> Option<char> {
    let at = usize::try_from(value % MODULUS).ok()?;
    ALPHABET.get(at).copied().map(char::from)
}
