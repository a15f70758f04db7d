//! What the payer bears for one patient, or that it is not known here (CG-13).

use super::model::{DeviceGroup, Limit, UsagePeriod};
use super::refusals::FIGURES_UNKNOWN;
use crate::problem::ProblemType;
use crate::values::Percent;

/// Everything that an order's money needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub limit: Limit,
    /// The patient's share.
    pub copay: Percent,
    /// None where it is not known how soon the next one is borne.
    pub usage: Option<UsagePeriod>,
}

/// What is missing; none of it may be taken for zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The group has no such tier.
    Tier,
    /// No band of the tier holds the patient.
    Band,
    Limit,
    Copay,
    LimitAndCopay,
}

impl Unknown {
    /// How an order is refused for it, before anybody signs.
    pub fn problem(self) -> &'static ProblemType {
        FIGURES_UNKNOWN
    }
}

impl DeviceGroup {
    /// The figures of a tier for a patient of this age (completed years).
    pub fn figures_for(&self, age: u8, is_pregnant: bool, tier: u32) -> Result<Figures, Unknown> {
        let tier = self.tier(tier).ok_or(Unknown::Tier)?;
        let band = tier.band(age, is_pregnant).ok_or(Unknown::Band)?;
        match (band.limit, band.copay) {
            (Some(limit), Some(copay)) => Ok(Figures { limit, copay, usage: band.usage }),
            (None, Some(_)) => Err(Unknown::Limit),
            (Some(_), None) => Err(Unknown::Copay),
            (None, None) => Err(Unknown::LimitAndCopay),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;
    use crate::device_group::built_in;
    use crate::values::DeviceCode;
    use chrono::NaiveDate;

    fn figures(code: &str, day: &str, patient: (u8, bool), tier: u32) -> Result<(i64, u8), Unknown> {
        let (code, day): (DeviceCode, NaiveDate) = (code.parse().unwrap(), day.parse().unwrap());
        let listed = built_in::groups().iter().find(|it| it.group.code == code && it.is_valid_on(day));
        let found = listed.unwrap().group.figures_for(patient.0, patient.1, tier)?;
        Ok((found.limit.amount.get(), found.copay.get()))
    }

    #[test]
    fn the_threshold_of_age_and_pregnancy_are_the_groups_own() {
        let of = |age, is_pregnant| figures("R.01.01", "2026-11-26", (age, is_pregnant), 1);
        assert_eq!(of(25, false), Ok((3_000, 0)));
        assert_eq!(of(26, false), Ok((3_000, 30)));
        assert_eq!(of(26, true), Ok((3_000, 0)));
        assert_eq!(figures("Y.06.01", "2026-11-26", (17, false), 2), Ok((170, 10)));
        assert_eq!(figures("Y.06.01", "2026-11-26", (18, false), 2), Ok((170, 20)));
    }

    #[test]
    fn what_is_not_known_is_never_zero() {
        assert_eq!(figures("S.15.01", "2026-11-26", (40, false), 1), Err(Unknown::Copay));
        assert_eq!(figures("S.15.01", "2026-11-26", (40, false), 3), Err(Unknown::Tier));
        assert_eq!(figures("S.15.01", "2026-11-26", (17, false), 1), Err(Unknown::Band));
        assert_eq!(figures("R.04.02", "2026-11-26", (40, false), 1), Err(Unknown::Limit));
        assert_eq!(figures("A.01.01", "2026-11-26", (40, false), 1), Err(Unknown::LimitAndCopay));
        assert_eq!(Unknown::Copay.problem().code, "device_group.figures_unknown");
    }

    #[test]
    fn what_is_known_to_be_nothing_is_zero() {
        assert_eq!(figures("W.01.01.U", "2026-11-26", (40, false), 1), Ok((53_000, 0)));
    }
}
