//! A repair lengthens the period of use in proportion to the part of the repair limit that it used, in full months, rounded
//! down (DO-48); later orders respect it (DO-21c).

use super::lifecycle::State;
use super::model::{Extension, RepairOrder};
use crate::calendar::age_on;
use crate::device_group::{DeviceGroup, NextFrom, UsagePeriod};
use crate::device_order::model::Side;
use crate::device_order::verification::Supplied;
use crate::problem::Sentence;
use crate::rule::RuleEntry;
use crate::values::{DeviceCode, DeviceOrderNumber, Grosze};
use chrono::NaiveDate;

/// A repair, as far as the next device depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    pub code: DeviceCode,
    pub side: Option<Side>,
    /// The order that supplied the device, where it is named.
    pub original: Option<DeviceOrderNumber>,
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
    let State::Realised(realised) = &order.state else { return None };
    let limit = realised.confirmed.confirmation.terms.limit;
    match usage? {
        UsagePeriod::Months(period) => {
            Some(Repaired { months: months(period, realised.repair.used, limit), ..without_months(order)? })
        }
        UsagePeriod::Once | UsagePeriod::AsNeeded => None,
    }
}

fn without_months(order: &RepairOrder) -> Option<Repaired> {
    let (repair, device) = (order.state.repair()?, order.content.device.as_ref()?);
    Some(Repaired {
        code: device.code.clone(),
        side: device.side,
        original: order.content.original_number(),
        issued_on: repair.issued_on,
        months: 0,
    })
}

/// The period of use that a repair lengthens: of the list on the day on which the device was supplied, or on that of the repair
/// where its supply is not known here; where nobody knew it then, of the first list since that says it.
pub fn period(order: &RepairOrder, supplied: &[Supplied], versions: &[DeviceGroup]) -> Option<UsagePeriod> {
    let (one, device) = (without_months(order)?, order.content.device.as_ref()?);
    let place = one.latest(supplied);
    let day = place.and_then(|place| supplied.get(place)).map_or(one.issued_on, |it| it.issued_on);
    let patient = &order.content.patient;
    let age = u8::try_from(age_on(patient.born()?, day)).ok()?;
    let since =
        |group: &&DeviceGroup| group.code == one.code && group.valid_to.is_none_or(|last| day <= last);
    let mut lists: Vec<&DeviceGroup> = versions.iter().filter(since).collect();
    lists.sort_by_key(|group| group.valid_from);
    let is_older = lists.first().is_some_and(|first| first.is_valid_on(day));
    let usage =
        |group: &DeviceGroup| group.tier(device.tier.unwrap_or(1))?.band(age, patient.pregnant)?.usage;
    lists.into_iter().filter(|_| is_older).find_map(usage)
}

/// What the patient's repairs add to the periods of use of what was supplied.
pub fn repairs(orders: &[RepairOrder], supplied: &[Supplied], versions: &[DeviceGroup]) -> Vec<Repaired> {
    orders.iter().filter_map(|order| of(order, period(order, supplied, versions))).collect()
}

/// The order with what its repair adds, and the day to which that moves the next device.
#[must_use]
pub fn recorded(
    order: RepairOrder,
    earlier: &[RepairOrder],
    supplied: &[Supplied],
    versions: &[DeviceGroup],
) -> RepairOrder {
    let usage = period(&order, supplied, versions);
    let Some(own) = of(&order, usage) else { return order };
    let mut all = repairs(earlier, supplied, versions);
    all.push(own.clone());
    let place = own.latest(supplied);
    let moved = place.and_then(|place| extend(supplied.to_vec(), &all).into_iter().nth(place));
    let extended_to = match moved.map(|it| it.next(usage)) {
        Some(NextFrom::Day(day)) => Some(day),
        Some(NextFrom::Never | NextFrom::Always | NextFrom::Unknown) | None => None,
    };
    let extension = Extension { months: own.months, extended_to };
    match order.state {
        State::Realised(mut realised) => {
            realised.repair.extension = Some(extension);
            RepairOrder { state: State::Realised(realised), ..order }
        }
        _ => order,
    }
}

/// Moves the day from which the next device is borne: each repair concerns the supply that it names, else the latest one of its
/// code and side before it.
/// The months of several are added first, since the last days of months would be lost between them.
pub fn extend(supplied: Vec<Supplied>, repairs: &[Repaired]) -> Vec<Supplied> {
    let mut added = vec![0; supplied.len()];
    for repair in repairs {
        if let Some(months) = repair.latest(&supplied).and_then(|place| added.get_mut(place)) {
            *months += repair.months;
        }
    }
    let longer = |(one, months): (Supplied, u32)| Supplied { added: one.added + months, ..one };
    supplied.into_iter().zip(added).map(longer).collect()
}

impl Repaired {
    /// Which of the supplies was repaired: the latest one of its code and side before it, of the order that is named.
    fn latest(&self, supplied: &[Supplied]) -> Option<usize> {
        let fitting = supplied.iter().enumerate().filter(|(_, it)| self.is_of(it));
        fitting.max_by_key(|(_, it)| it.issued_on).map(|(place, _)| place)
    }

    fn is_of(&self, supplied: &Supplied) -> bool {
        let is_on = self.side.is_none() || supplied.side.is_none() || self.side == supplied.side;
        let is_named = self.original.as_ref().is_none_or(|number| *number == supplied.order);
        supplied.code == self.code && is_on && is_named && supplied.issued_on <= self.issued_on
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
