//! Spectacle lenses: one to four, each with the figures of the optical prescription.

use crate::device_group::LensUse;
use crate::device_order::model::Side;
use crate::problem::ProblemType;
use crate::values::{DeviceCode, faults};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The lenses of one order; no use and eye stands there twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lenses {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupil_distance: Option<PupilDistance>,
    pub lenses: Vec<Lens>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lens {
    /// Near and far lenses are groups of their own.
    pub code: DeviceCode,
    pub lens_use: LensUse,
    pub eye: Eye,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sphere: Option<Dioptres<40>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cylinder: Option<Dioptres<30>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub axis: Option<Axis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prism: Option<Dioptres<20>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Eye {
    Left,
    Right,
}

impl Eye {
    pub fn side(self) -> Side {
        match self {
            Self::Left => Side::Left,
            Self::Right => Side::Right,
        }
    }
}

/// A power in quarters of a dioptre, from `-MAX` to `MAX`, written `-2.75`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Dioptres<const MAX: i32>(i32);

impl<const MAX: i32> Dioptres<MAX> {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, part) = bare.split_once('.').unwrap_or((bare, "0"));
        let is_number =
            |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(part) {
            return Err(faults::DIOPTRES);
        }
        let hundredths: i32 = format!("{whole}{part:0<2}").parse().map_err(|_| faults::DIOPTRES)?;
        let quarters = if text.starts_with('-') { -hundredths / 25 } else { hundredths / 25 };
        let is_legal = hundredths % 25 == 0 && quarters.abs() <= MAX * 4;
        if is_legal { Ok(Self(quarters)) } else { Err(faults::DIOPTRES) }
    }

    /// Without its sign, in quarters of a dioptre.
    pub fn strength(self) -> u32 {
        self.0.unsigned_abs()
    }

    pub fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl<const MAX: i32> fmt::Display for Dioptres<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(i64::from(self.0) * 25, 2).fmt(f)
    }
}

impl<const MAX: i32> TryFrom<String> for Dioptres<MAX> {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl<const MAX: i32> From<Dioptres<MAX>> for String {
    fn from(dioptres: Dioptres<MAX>) -> Self {
        dioptres.to_string()
    }
}

/// 0 to 180 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Axis(u16);

impl Axis {
    pub fn new(degrees: u16) -> Result<Self, &'static ProblemType> {
        if degrees <= 180 { Ok(Self(degrees)) } else { Err(faults::DIOPTRES) }
    }
}

impl TryFrom<u16> for Axis {
    type Error = &'static ProblemType;

    fn try_from(degrees: u16) -> Result<Self, Self::Error> {
        Self::new(degrees)
    }
}

impl From<Axis> for u16 {
    fn from(axis: Axis) -> Self {
        axis.0
    }
}

/// Millimetres between the pupils, 20 to 100 in halves, written `63.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PupilDistance(u16);

impl PupilDistance {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let half = match part {
            "0" | "00" => 0,
            "5" | "50" => 1,
            _ => return Err(faults::MILLIMETRES),
        };
        let plain = whole.bytes().all(|b| b.is_ascii_digit());
        let whole: u16 = whole.parse().ok().filter(|_| plain).ok_or(faults::MILLIMETRES)?;
        let halves = whole.saturating_mul(2).saturating_add(half);
        if (40..=200).contains(&halves) { Ok(Self(halves)) } else { Err(faults::MILLIMETRES) }
    }
}

impl fmt::Display for PupilDistance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(i64::from(self.0) * 5, 1).fmt(f)
    }
}

impl TryFrom<String> for PupilDistance {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PupilDistance> for String {
    fn from(distance: PupilDistance) -> Self {
        distance.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_come_in_quarters_within_their_bounds() {
        for (text, read) in
            [("-2.75", "-2.75"), ("+6.00", "6.00"), ("0", "0.00"), ("40", "40.00"), ("1.5", "1.50")]
        {
            let sphere = Dioptres::<40>::parse(text);
            assert_eq!(sphere.map(String::from).as_deref(), Ok(read), "{text}");
        }
        for text in ["", "-", "40.25", "1.10", "1.333", "2,75", "--1", "1e1", "6."] {
            assert_eq!(Dioptres::<40>::parse(text), Err(faults::DIOPTRES), "{text}");
        }
        assert_eq!(Dioptres::<30>::parse("-30.25"), Err(faults::DIOPTRES));
        assert_eq!(Dioptres::<40>::parse("-6.25").map(Dioptres::strength), Ok(25));
    }

    #[test]
    fn an_axis_is_half_a_turn_at_most() {
        assert!(Axis::new(180).is_ok() && Axis::new(181).is_err());
    }

    #[test]
    fn pupils_lie_as_far_apart_as_faces_have_it() {
        for (text, read) in [("63", "63.0"), ("63.5", "63.5"), ("20", "20.0"), ("100.0", "100.0")] {
            assert_eq!(PupilDistance::parse(text).map(String::from).as_deref(), Ok(read), "{text}");
        }
        for text in ["", "19.5", "100.5", "63.2", "-63", "63.", "6300"] {
            assert_eq!(PupilDistance::parse(text), Err(faults::MILLIMETRES), "{text}");
        }
    }
}
