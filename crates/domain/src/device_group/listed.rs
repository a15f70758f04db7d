//! A group as the catalogue keeps it: with the words of its source beside what could be read from them.

use super::entry::Entered;
use super::model::{AgeRange, Band, DeviceGroup, Tier};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A version of a group, and what was said of it in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub group: DeviceGroup,
    /// Who may order it, in the words of the source.
    pub issuers: Option<String>,
    pub bands: Vec<BandWords>,
    /// What the sources leave open.
    pub notes: Vec<String>,
    /// What officers entered, in the order in which it took effect; empty as imported.
    #[serde(default)]
    pub entered: Vec<Entered>,
}

/// How often the payer bears it, in the words of the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandWords {
    pub place: BandPlace,
    pub usage: String,
}

/// Which band of which tier of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BandPlace {
    pub tier: u32,
    pub ages: AgeRange,
    pub pregnant: Option<bool>,
}

impl Listed {
    /// A group of which nothing is said but what is read.
    pub fn of(group: DeviceGroup) -> Self {
        Self { group, issuers: None, bands: Vec::new(), notes: Vec::new(), entered: Vec::new() }
    }

    pub fn band(&self, place: BandPlace) -> Option<(&Tier, &Band)> {
        let tier = self.group.tier(place.tier)?;
        tier.bands.iter().find(|band| place.is_of(band)).map(|band| (tier, band))
    }

    pub fn band_mut(&mut self, place: BandPlace) -> Option<&mut Band> {
        let tier = self.group.tiers.iter_mut().find(|tier| tier.number == place.tier)?;
        tier.bands.iter_mut().find(|band| place.is_of(band))
    }

    pub fn usage_words(&self, place: BandPlace) -> Option<&str> {
        self.bands.iter().find(|words| words.place == place).map(|words| words.usage.as_str())
    }

    /// Whether a day lies in the version's time.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.group.is_valid_on(day)
    }
}

impl BandPlace {
    pub fn of(tier: &Tier, band: &Band) -> Self {
        Self { tier: tier.number, ages: band.ages, pregnant: band.pregnant }
    }

    fn is_of(self, band: &Band) -> bool {
        band.ages == self.ages && band.pregnant == self.pregnant
    }
}

/// For reports: `tier 1, from 26, pregnant`.
impl fmt::Display for BandPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tier {}", self.tier)?;
        if let Some(from) = self.ages.from {
            write!(f, ", from {from}")?;
        }
        if let Some(below) = self.ages.below {
            write!(f, ", below {below}")?;
        }
        match self.pregnant {
            Some(true) => f.write_str(", pregnant"),
            Some(false) => f.write_str(", not pregnant"),
            None => Ok(()),
        }
    }
}
