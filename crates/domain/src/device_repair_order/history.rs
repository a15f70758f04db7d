//! What a patient's other documents say to a look at a repair order: what was supplied to them, and how much of the limit is used.

use super::lifecycle::State;
use super::model::RepairOrder;
use super::verification::{OtherRepair, Supply};
use crate::device_order::DeviceOrder;
use crate::device_order::history::realisation;

/// Every device that was issued by this order.
pub fn supplies(order: &DeviceOrder) -> Vec<Supply> {
    let Some((number, confirmed)) = order.number.as_ref().zip(order.state.confirmed()) else {
        return Vec::new();
    };
    let realised = confirmed.take_ups.iter().filter_map(realisation);
    let supply = realised.flat_map(|realised| {
        realised.items.iter().map(|item| Supply {
            number: number.clone(),
            code: item.code.clone(),
            side: item.side,
            issued_on: realised.issued_on,
        })
    });
    supply.collect()
}

/// The other repair as a look at `order` finds it; `None` for itself, for a draft, and of another code.
pub fn other_repair(order: &RepairOrder, other: &RepairOrder) -> Option<OtherRepair> {
    let (own, theirs) = (order.content.device.as_ref()?, other.content.device.as_ref()?);
    let is_beside = other.id != order.id && other.state.issue().is_some() && own.code == theirs.code;
    is_beside.then(|| OtherRepair {
        side: theirs.side,
        original: other.content.original_number(),
        is_open: is_open(order, other),
        used: other.state.repair().map(|repair| (repair.issued_on, repair.used)),
    })
}

/// Of two that are looked at together the one that was issued first does not stand back.
fn is_open(order: &RepairOrder, other: &RepairOrder) -> bool {
    let issued = |it: &RepairOrder| it.state.issue().map(|issue| (issue.issued_at, it.id));
    match &other.state {
        State::Verifying(_) => match (issued(other), issued(order)) {
            (Some(theirs), Some(own)) => theirs < own,
            // A draft is issued after all that are.
            (theirs, _) => theirs.is_some(),
        },
        State::Positive(_) | State::Held(_) => true,
        State::Draft | State::Negative(_) | State::Realised(_) | State::Expired(_) | State::Cancelled(_) => {
            false
        }
    }
}
