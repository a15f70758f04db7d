//! A repair lengthens the period of use in proportion to the part of the repair limit that it used, in full months, rounded
//! down (DO-48); later orders respect it (DO-21c).

use super::model::RepairOrder;
use crate::device_group::{NextFrom, UsagePeriod};
use crate::device_order::model::Side;
use crate::device_order::verification::Supplied;
use crate::problem::Sentence;
use crate::rule::RuleEntry;
use crate::values::{DeviceCode, Grosze};
use chrono::{Months, NaiveDate};

/// A repair, as far as the next device depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    pub code: DeviceCode,
    pub side: Option<Side>,
    pub issued_on: NaiveDate,
    /// By how many months the period of use is longer.
    pub months: u32,
}

/// How many full months a repair adds to a period of use of so many; none where the limit is nothing.
pub fn months(period: u32, used: Grosze, limit: Grosze) -> u32 {
    if limit == Grosze::default() {
        return 0;
    }
    let whole = i128::from(period) * i128::from(used.get().min(limit.get())) / i128::from(limit.get());
    u32::try_from(whole).unwrap_or(0)
}

/// What the repair of this order adds to the patient's period of use; `None` where nothing was repaired, or the list has no
/// period in months.
pub fn of(order: &RepairOrder, usage: Option<UsagePeriod>) -> Option<Repaired> {
    let (repair, device) = (order.state.repair()?, order.content.device.as_ref()?);
    let super::lifecycle::State::Realised(realised) = &order.state else { return None };
    let limit = realised.confirmed.confirmation.terms.limit;
    match usage? {
        UsagePeriod::Months(period) => Some(Repaired {
            code: device.code.clone(),
            side: device.side,
            issued_on: repair.issued_on,
            months: months(period, repair.used, limit),
        }),
        UsagePeriod::Once | UsagePeriod::AsNeeded => None,
    }
}

/// Moves the day from which the next device is borne: each repair concerns the latest supply of its code and side before it.
/// The months of several are added first, since the last days of months would be lost between them.
pub fn extend(supplied: Vec<Supplied>, repairs: &[Repaired]) -> Vec<Supplied> {
    let mut added = vec![0; supplied.len()];
    for repair in repairs {
        let fitting = supplied.iter().enumerate().filter(|(_, it)| repair.is_of(it));
        let latest = fitting.max_by_key(|(_, it)| it.issued_on).map(|(place, _)| place);
        if let Some(months) = latest.and_then(|place| added.get_mut(place)) {
            *months += repair.months;
        }
    }
    let later = |(one, months): (Supplied, u32)| match one.next_from {
        NextFrom::Day(day) => {
            let next = day.checked_add_months(Months::new(months));
            Supplied { next_from: next.map_or(NextFrom::Never, NextFrom::Day), ..one }
        }
        NextFrom::Never | NextFrom::Always | NextFrom::Unknown => one,
    };
    supplied.into_iter().zip(added).map(later).collect()
}

impl Repaired {
    fn is_of(&self, supplied: &Supplied) -> bool {
        let is_on = self.side.is_none() || supplied.side.is_none() || self.side == supplied.side;
        supplied.code == self.code && is_on && supplied.issued_on <= self.issued_on
    }
}

/// What the look at the next order obeys; it refuses nothing by itself.
const EXTENDED: RuleEntry = RuleEntry {
    operation: "verification",
    number: "DO-48",
    legal: "NFZ notice on repairs of devices",
    says: Sentence {
        pl: "Naprawa wydłuża okres użytkowania proporcjonalnie do wykorzystanej części limitu naprawy, w pełnych miesiącach, w dół.",
        en: "A repair lengthens the period of use in proportion to the used part of the repair limit, in full months, rounded down.",
    },
    code: "–",
};

pub fn entries() -> Vec<RuleEntry> {
    vec![EXTENDED]
}
