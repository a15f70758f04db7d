//! How much the list admits of what is ordered: one measure for the form (DO-54), the look (DO-21b) and the lines.

use super::content::{Content, Device, OrderedSupply, OtherDevice, Sides};
use crate::calendar::age_on;
use crate::device_group::{Band, DeviceGroup, DeviceUnit, LimitBasis, Supply, Tier};
use crate::values::{DeviceCode, Pieces, YearMonth};
use chrono::NaiveDate;

/// No order has more months, and no window of the list is longer than a few of them.
const MOST_MONTHS: u32 = 12;
const LONGEST_WINDOW: u32 = 120;

/// Pieces that the patient was supplied with, or can still have of another order, in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub code: DeviceCode,
    /// None where it is open which tier they are of: then they count in each.
    pub tier: Option<u32>,
    pub month: YearMonth,
    pub pieces: Pieces,
}

/// A content beside the list of a day, as quantities are measured.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    pub content: &'a Content,
    pub groups: &'a [DeviceGroup],
    pub on: NaiveDate,
    pub earlier: &'a [Earlier],
}

/// So many hundredths of a piece in so many consecutive months, for each side or for both together.
#[derive(Clone, Copy)]
struct Bound {
    pieces: i64,
    months: u32,
    is_per_side: bool,
}

/// What is ordered of one code, for each side.
struct Ordered {
    pieces: i64,
    /// None where it is supplied once.
    months: Option<(YearMonth, u32)>,
    sides: i64,
}

/// Whether an entitlement takes quantity and period of use off (DO-51).
pub fn is_lifted(content: &Content) -> bool {
    content.additional_entitlement.as_ref().is_some_and(|stated| stated.code.lifts_quantity_and_period())
}

/// Whether two codes are on one limit, so that either may be issued for the other (DO-41).
pub fn shares_limit(groups: &[DeviceGroup], one: &DeviceCode, other: &DeviceCode) -> bool {
    let limit = |code: &DeviceCode| groups.iter().find(|group| group.code == *code)?.shared_limit.as_ref();
    one != other && limit(one).is_some() && limit(one) == limit(other)
}

/// The tiers that the order may be supplied from: all that it leaves open.
pub fn admitted<'a>(device: &OtherDevice, group: &'a DeviceGroup) -> Vec<&'a Tier> {
    let is_named = |tier: &&Tier| {
        let has_code = |code| tier.payer_code.as_ref().is_none_or(|it| it == code);
        device.tier.is_none_or(|number| number == tier.number)
            && device.payer_code.as_ref().is_none_or(has_code)
    };
    group.tiers.iter().filter(is_named).collect()
}

/// The patient's band of a tier.
pub fn band<'a>(content: &Content, tier: &'a Tier, on: NaiveDate) -> Option<&'a Band> {
    let age = u8::try_from(age_on(content.patient.born()?, on)).ok()?;
    tier.band(age, content.patient.pregnant)
}

impl Measure<'_> {
    /// Whether more is ordered than the list has: of all tiers together, or of every tier that the order admits.
    /// Lenses are one piece each, whatever an order says.
    pub fn exceeds(&self) -> bool {
        let Some(Device::Other(device)) = &self.content.device else { return false };
        let (Some(group), Some(ordered)) = (self.group(&device.code), Ordered::of(self.content, device))
        else {
            return false;
        };
        let is_over = |bound: Bound, tier: Option<u32>| ordered.exceeds(bound, &self.before(group, tier));
        let tiers = admitted(device, group);
        let of_tier = |tier: &&Tier| self.bound(group, tier).is_some_and(|it| is_over(it, Some(tier.number)));
        of_group(group).is_some_and(|bound| is_over(bound, None))
            || (!tiers.is_empty() && tiers.iter().all(of_tier))
    }

    /// Whether by the month and the piece is ordered what the list bounds nowhere: then nobody knows whether it is too much.
    pub fn is_unbounded(&self) -> bool {
        let (Some(Device::Other(device)), Some(OrderedSupply::Monthly { .. })) =
            (&self.content.device, &self.content.supply)
        else {
            return false;
        };
        let Some(group) = self.group(&device.code).filter(|group| group.largest.is_none()) else {
            return false;
        };
        let is_free = |tier: &&Tier| {
            let is_by_piece = band(self.content, tier, self.on)
                .and_then(|band| band.limit)
                .is_some_and(|limit| limit.basis == LimitBasis::PerPiece);
            is_by_piece && self.bound(group, tier).is_none()
        };
        admitted(device, group).iter().any(is_free)
    }

    /// What is ordered, or what the tier admits of it where that is less; with `whole` what the group admits, too.
    pub fn capped(&self, group: &DeviceGroup, tier: &Tier, pieces: Pieces, whole: bool) -> Pieces {
        let Some(Device::Other(device)) = &self.content.device else { return pieces };
        let Some(ordered) = Ordered::of(self.content, device) else { return pieces };
        let of_group = of_group(group).filter(|_| whole);
        let bounds = [self.bound(group, tier), of_group].into_iter().flatten();
        let least = bounds.map(|bound| ordered.share_of(bound)).chain([pieces.to_hundredths()]).min();
        least.and_then(|least| Pieces::from_hundredths(least).ok()).unwrap_or(pieces)
    }

    fn group(&self, code: &DeviceCode) -> Option<&DeviceGroup> {
        self.groups.iter().find(|group| group.code == *code)
    }

    /// What the list says of the tier, else what follows from what its limit is for: one thing, or one month's amount.
    fn bound(&self, group: &DeviceGroup, tier: &Tier) -> Option<Bound> {
        if let Some(largest) = tier.largest {
            return Some(Bound {
                pieces: largest.pieces.to_hundredths(),
                months: largest.months,
                is_per_side: false,
            });
        }
        let limit = band(self.content, tier, self.on)?.limit?;
        let is_one = match limit.basis {
            LimitBasis::PerItem | LimitBasis::PerUsagePeriod => group.supply == Supply::OneOff,
            LimitBasis::PerMonthTotal => group.unit == DeviceUnit::MonthlyAmount,
            LimitBasis::PerPiece => false,
        };
        is_one.then_some(Bound { pieces: 100, months: 1, is_per_side: true })
    }

    fn before(&self, group: &DeviceGroup, tier: Option<u32>) -> Vec<(YearMonth, i64)> {
        let counts = |one: &&Earlier| {
            let is_of_tier = tier.is_none() || one.tier.is_none() || one.tier == tier;
            (one.code == group.code && is_of_tier) || shares_limit(self.groups, &group.code, &one.code)
        };
        self.earlier.iter().filter(counts).map(|one| (one.month, one.pieces.to_hundredths())).collect()
    }
}

fn of_group(group: &DeviceGroup) -> Option<Bound> {
    let largest = group.largest?;
    Some(Bound { pieces: largest.pieces.to_hundredths(), months: largest.months, is_per_side: false })
}

impl Ordered {
    fn of(content: &Content, device: &OtherDevice) -> Option<Self> {
        let sides = i64::try_from(Sides::each(device.sides).len()).ok()?;
        Some(match content.supply.as_ref()? {
            OrderedSupply::Monthly { pieces_a_month, from, months, .. } => Self {
                pieces: pieces_a_month.to_hundredths(),
                months: Some((*from, (*months).clamp(1, MOST_MONTHS))),
                sides,
            },
            OrderedSupply::OneOff { pieces } => {
                Self { pieces: i64::from(*pieces) * 100, months: None, sides }
            }
        })
    }

    /// What the list counts over several months is compared in every run of as many, with what came before.
    fn exceeds(&self, bound: Bound, before: &[(YearMonth, i64)]) -> bool {
        let pieces = if bound.is_per_side { self.pieces } else { self.pieces * self.sides };
        let Some((from, count)) = self.months else { return pieces > bound.pieces };
        let (count, window) = (count.cast_signed(), bound.months.clamp(1, LONGEST_WINDOW).cast_signed());
        (1 - window..count).any(|start| {
            let run = start..start + window;
            let of_order = i64::from(run.end.min(count) - run.start.max(0));
            let of_others = before.iter().filter(|(month, _)| run.contains(&from.months_until(*month)));
            pieces * of_order + of_others.map(|(_, pieces)| pieces).sum::<i64>() > bound.pieces
        })
    }

    /// What a bound leaves to a month and side of this order, rounded up: whole pieces come to no more by it.
    fn share_of(&self, bound: Bound) -> i64 {
        let months = self.months.map_or(1, |(_, count)| count.min(bound.months.max(1)));
        let sides = if bound.is_per_side { 1 } else { self.sides };
        let parts = i64::from(months) * sides;
        (bound.pieces + parts - 1) / parts
    }
}
