//! One group of the list as it stands on a day, and what is known of it.

use crate::values::{DeviceCode, Grosze, PayerCode, Percent, Pieces};
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A code of the list between two days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGroup {
    pub code: DeviceCode,
    pub name: String,
    pub valid_from: NaiveDate,
    /// The last day; none while no later edition ends it.
    pub valid_to: Option<NaiveDate>,
    pub supply: Supply,
    pub unit: DeviceUnit,
    /// Whether left and right are told apart (DO-12).
    pub sided: Option<bool>,
    /// The kind of stoma that the code stands for (DO-12).
    pub stoma: Option<StomaKind>,
    /// Set where the group is spectacle lenses.
    pub lens: Option<LensUse>,
    pub issuers: Issuers,
    /// In the words of the list.
    pub criteria: Option<String>,
    /// Groups of one name share their limit, and any of them may be issued for another (DO-41).
    pub shared_limit: Option<String>,
    /// Whether the period of use may be cut short on a statutory ground (DO-47).
    pub shortenable: Option<bool>,
    /// Whether a larger quantity multiplies a limit by the month (DO-53).
    pub multiplied: Option<bool>,
    /// What all tiers come to together (DO-60).
    pub largest: Option<Largest>,
    /// At least one; several where the limit depends on what is issued.
    pub tiers: Vec<Tier>,
}

/// How an order of the group is supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Supply {
    /// Month by month, up to twelve.
    Monthly,
    OneOff,
}

/// What the list counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeviceUnit {
    Piece,
    /// A single spectacle lens.
    Lens,
    Set,
    /// Whatever the month's amount buys.
    MonthlyAmount,
}

/// The kinds of stoma that codes tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StomaKind {
    Ileostomy,
    Colostomy,
    Urostomy,
    Nephrostomy,
    /// Which the payer tells apart from others in an order; a group has it among the others.
    Salivary,
    /// Another fistula or stoma, the salivary one included.
    Other,
}

/// What a spectacle lens is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LensUse {
    Near,
    Far,
}

/// Who may order the group; `None` where the list is not known here (DO-1, DO-4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuers {
    pub first: Option<Vec<Issuer>>,
    pub continuation: Option<Vec<Issuer>>,
}

/// A profession, with the specialties that it needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Issuer {
    pub profession: Profession,
    /// Words of the list, in small letters; empty admits everybody of the profession.
    pub specialties: Vec<String>,
}

/// Who issues orders at all (DO-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Profession {
    Physician,
    /// Felczer.
    Feldsher,
    Physiotherapist,
    Nurse,
    Midwife,
}

impl Profession {
    pub const ALL: [Profession; 5] =
        [Self::Physician, Self::Feldsher, Self::Physiotherapist, Self::Nurse, Self::Midwife];

    pub fn name(self) -> &'static str {
        match self {
            Self::Physician => "PHYSICIAN",
            Self::Feldsher => "FELDSHER",
            Self::Physiotherapist => "PHYSIOTHERAPIST",
            Self::Nurse => "NURSE",
            Self::Midwife => "MIDWIFE",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profession| profession.name() == name)
    }

    /// The payer's code of the profession.
    pub fn nfz_code(self) -> u8 {
        match self {
            Self::Physician => 11,
            Self::Feldsher => 5,
            Self::Physiotherapist => 6,
            Self::Nurse => 18,
            Self::Midwife => 19,
        }
    }
}

/// At most so many pieces in so many consecutive months; of what is supplied once, in one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Largest {
    pub pieces: Pieces,
    pub months: u32,
}

/// A part of a group that has figures of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Its place in the group, from 1; an order names a tier by it where no payer's code is known.
    pub number: u32,
    pub payer_code: Option<PayerCode>,
    pub name: String,
    pub lens: Option<LensBand>,
    pub largest: Option<Largest>,
    pub repair_limit: Option<Grosze>,
    /// By age and pregnancy; no two bands hold one patient.
    pub bands: Vec<Band>,
    /// Where the figures come from.
    pub source: String,
    pub confidence: Confidence,
}

/// The power of a lens that the tier stands for, in quarters of a dioptre: whoever reaches a lower bound with sphere
/// or cylinder, and stays below the next tier's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LensBand {
    pub sphere_from: u32,
    pub cylinder_from: u32,
}

/// What the payer bears for patients of an age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    pub ages: AgeRange,
    /// Set where the band is for pregnant, or only for other, patients (DO-57).
    pub pregnant: Option<bool>,
    pub limit: Option<Limit>,
    /// The patient's share.
    pub copay: Option<Percent>,
    pub usage: Option<UsagePeriod>,
}

/// Completed years of life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AgeRange {
    pub from: Option<u8>,
    /// The first age that is no longer meant.
    pub below: Option<u8>,
}

/// What the payer bears at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    pub amount: Grosze,
    pub basis: LimitBasis,
}

/// What a limit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LimitBasis {
    PerPiece,
    /// One thing that is supplied once in its period of use.
    PerItem,
    PerMonthTotal,
    PerUsagePeriod,
}

/// How soon the payer bears the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UsagePeriod {
    Months(u32),
    /// Never again.
    Once,
    /// As the prescriber finds it needed.
    AsNeeded,
}

/// When the payer bears the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextFrom {
    /// From that day on.
    Day(NaiveDate),
    /// It is borne once.
    Never,
    /// Whenever it is needed.
    Always,
    /// The list's period of use is not known here, which is neither.
    Unknown,
}

/// How sure a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Confidence {
    High,
    Medium,
    Low,
}

impl AgeRange {
    pub fn holds(self, age: u8) -> bool {
        self.from.is_none_or(|from| from <= age) && self.below.is_none_or(|below| age < below)
    }

    pub fn overlaps(self, other: Self) -> bool {
        let starts_before_end =
            |one: Self, two: Self| one.from.zip(two.below).is_none_or(|(from, below)| from < below);
        starts_before_end(self, other) && starts_before_end(other, self)
    }
}

impl Band {
    pub fn holds(&self, age: u8, is_pregnant: bool) -> bool {
        self.ages.holds(age) && self.pregnant.is_none_or(|pregnant| pregnant == is_pregnant)
    }

    /// Whether all is known that an order's money needs.
    pub fn is_known(&self) -> bool {
        self.limit.is_some() && self.copay.is_some()
    }
}

impl Tier {
    /// The band of a patient: the one for pregnant patients before the one for everybody.
    pub fn band(&self, age: u8, is_pregnant: bool) -> Option<&Band> {
        let of_age = || self.bands.iter().filter(|band| band.holds(age, is_pregnant));
        of_age().find(|band| band.pregnant.is_some()).or_else(|| of_age().next())
    }
}

impl DeviceGroup {
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    pub fn tier(&self, number: u32) -> Option<&Tier> {
        self.tiers.iter().find(|tier| tier.number == number)
    }

    /// When the next one is borne for a patient of that age, after one of the tier that was issued on a day.
    pub fn next_from(&self, age: u8, is_pregnant: bool, tier: u32, issued: NaiveDate) -> NextFrom {
        let usage = self.tier(tier).and_then(|tier| tier.band(age, is_pregnant)?.usage);
        usage.map_or(NextFrom::Unknown, |usage| usage.next_from(issued))
    }
}

impl NextFrom {
    /// So many months later; what is borne never again, always, or nobody knows when, stays so.
    #[must_use]
    pub fn later_by(self, months: u32) -> Self {
        match self {
            Self::Day(day) => day.checked_add_months(Months::new(months)).map_or(Self::Never, Self::Day),
            Self::Never | Self::Always | Self::Unknown => self,
        }
    }
}

impl UsagePeriod {
    /// When the next one is borne after one that was issued on that day.
    pub fn next_from(self, issued: NaiveDate) -> NextFrom {
        match self {
            Self::Months(months) => {
                issued.checked_add_months(Months::new(months)).map_or(NextFrom::Never, NextFrom::Day)
            }
            Self::Once => NextFrom::Never,
            Self::AsNeeded => NextFrom::Always,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn ranges_of_age_meet_or_lie_apart() {
        let range = |from, below| AgeRange { from, below };
        assert!(range(None, Some(18)).holds(17) && !range(None, Some(18)).holds(18));
        assert!(range(Some(26), None).holds(26) && !range(Some(26), None).holds(25));
        assert!(!range(None, Some(18)).overlaps(range(Some(18), None)));
        assert!(range(None, Some(18)).overlaps(range(Some(17), Some(26))));
        assert!(range(None, None).overlaps(range(Some(5), Some(6))));
    }

    #[test]
    fn a_period_of_use_ends_on_the_same_day_of_a_later_month() {
        let issued = day("2026-08-31");
        assert_eq!(UsagePeriod::Months(6).next_from(issued), NextFrom::Day(day("2027-02-28")));
        assert_eq!(UsagePeriod::Once.next_from(issued), NextFrom::Never);
        assert_eq!(UsagePeriod::AsNeeded.next_from(issued), NextFrom::Always, "not the same as never again");
    }

    #[test]
    fn the_next_one_is_borne_after_the_period_of_the_patient_s_own_band() {
        let lens = crate::device_group::built_in::groups()
            .iter()
            .map(|listed| &listed.group)
            .find(|group| group.code.as_str() == "O.01.02" && group.is_valid_on(day("2026-08-31")))
            .expect("far lenses");
        let next = |age| lens.next_from(age, false, 1, day("2026-08-31"));
        assert_eq!(next(17), NextFrom::Day(day("2027-02-28")));
        assert_eq!(next(18), NextFrom::Day(day("2028-08-31")));
        assert_eq!(lens.next_from(18, false, 9, day("2026-08-31")), NextFrom::Unknown);
    }
}
