//! Whether what the patient was supplied with before is still in its period of use.

use super::{Facts, Supplied};
use crate::device_group::{DeviceGroup, NextFrom, Supply, UsagePeriod};
use crate::device_order::content::{Content, Device};
use crate::device_order::quantity::{admitted, band, is_lifted};

/// How the patient stands towards an earlier supply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// There was none, or its period has elapsed.
    Free,
    /// There was one, and its period is not known here.
    Unknown,
    InUse,
}

/// The worst that an earlier supply of anything ordered says.
pub(super) fn standing(content: &Content, facts: &Facts) -> Standing {
    let (items, is_lifted) = (content.items(), is_lifted(content));
    let of_item = items.iter().filter_map(|item| {
        let group = facts.group(&item.code)?;
        let usage = usage(content, group, facts);
        let is_bounded = binds(group, usage, is_lifted);
        // What shares the limit may have been issued for it, or it for that (DO-41).
        let is_same = |one: &&Supplied| {
            item.is_same_as(&one.code, one.side)
                || (item.is_on(one.side) && facts.share_limit(&item.code, &one.code))
        };
        let before = facts.supplied.iter().filter(|one| is_bounded && is_same(one));
        before.map(|one| after(one, usage, facts)).max()
    });
    of_item.max().unwrap_or(Standing::Free)
}

/// Whether the list has the ordered monthly device once.
pub(super) fn is_once(content: &Content, facts: &Facts) -> bool {
    let is_once = |group: &DeviceGroup| {
        group.supply == Supply::Monthly && usage(content, group, facts) == Some(UsagePeriod::Once)
    };
    content.items().iter().filter_map(|item| facts.group(&item.code)).any(is_once)
}

/// What is supplied month by month has a period of use only where it is had once, which no entitlement multiplies (DO-53); what
/// is had as needed has none, and that of anything else an entitlement lifts (DO-51).
fn binds(group: &DeviceGroup, usage: Option<UsagePeriod>, is_lifted: bool) -> bool {
    match group.supply {
        Supply::Monthly => usage == Some(UsagePeriod::Once),
        Supply::OneOff => !is_lifted && usage != Some(UsagePeriod::AsNeeded),
    }
}

/// The period of use that the patient's band has in the ordered tiers, where all of them agree.
fn usage(content: &Content, group: &DeviceGroup, facts: &Facts) -> Option<UsagePeriod> {
    let tiers = match &content.device {
        Some(Device::Other(device)) => admitted(device, group),
        Some(Device::Lenses(_)) | None => group.tiers.iter().collect(),
    };
    let mut usages = tiers.iter().map(|tier| band(content, tier, facts.on).and_then(|band| band.usage));
    let first = usages.next().flatten();
    first.filter(|_| usages.all(|usage| usage == first))
}

fn after(before: &Supplied, usage: Option<UsagePeriod>, facts: &Facts) -> Standing {
    let next = match usage {
        Some(UsagePeriod::Once) => NextFrom::Never,
        usage => before.next(usage),
    };
    match next {
        NextFrom::Always => Standing::Free,
        NextFrom::Day(day) if day <= facts.on => Standing::Free,
        NextFrom::Day(_) | NextFrom::Never => Standing::InUse,
        NextFrom::Unknown => Standing::Unknown,
    }
}
