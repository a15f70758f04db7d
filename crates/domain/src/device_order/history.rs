//! What a patient's other orders say to a look at one of them: what is supplied and in use, and what is still to be had
//! (DO-5, DO-21).

use super::DeviceOrder;
use super::issue::ordered_months;
use super::lifecycle::{PeriodState, Periods, State, StateName};
use super::model::{IssuedItem, TakeUpState};
use super::verification::{OtherOrder, Supplied};
use crate::calendar::age_on;
use crate::device_group::DeviceGroup;
use chrono::NaiveDate;

/// The other order as a look at `order` finds it; `None` for itself and for a draft.
pub fn other_order(order: &DeviceOrder, other: &DeviceOrder) -> Option<OtherOrder> {
    let number = other.number.clone().filter(|_| other.id != order.id)?;
    Some(OtherOrder {
        number,
        items: other.content.items(),
        months: ordered_months(&other.content),
        is_positive: is_positive(other.state.name()),
        is_open: is_open(order, other),
    })
}

fn is_positive(state: StateName) -> bool {
    matches!(state, StateName::Positive | StateName::Realised | StateName::Expired)
}

/// Of two that are looked at together the one that was issued first does not stand back.
fn is_open(order: &DeviceOrder, other: &DeviceOrder) -> bool {
    let issued = |it: &DeviceOrder| it.state.issue().map(|issue| (issue.issued_at, it.id));
    match &other.state {
        State::Registered(_) | State::Verifying(_) => match (issued(other), issued(order)) {
            (Some(theirs), Some(own)) => theirs < own,
            // A draft is issued after all that are.
            (theirs, None) => theirs.is_some(),
            (None, Some(_)) => false,
        },
        State::Positive(confirmed) => !confirmed.periods.states().all(PeriodState::is_over),
        State::Draft | State::Negative(_) | State::Realised(_) | State::Expired(_) | State::Cancelled(_) => {
            false
        }
    }
}

/// What was issued of an order that is not supplied by the month, with the day from which the payer bears the next one.
/// A period of use that the list does not tell, or leaves to the prescriber, keeps nobody waiting.
pub fn supplied(other: &DeviceOrder, versions: &[DeviceGroup]) -> Vec<Supplied> {
    let Some(confirmed) = other.state.confirmed() else { return Vec::new() };
    if matches!(confirmed.periods, Periods::Monthly { .. }) {
        return Vec::new();
    }
    let realised = confirmed.take_ups.iter().filter_map(|take_up| match &take_up.state {
        TakeUpState::Realised { realisation } => Some(realisation),
        _ => None,
    });
    realised
        .flat_map(|it| it.items.iter().filter_map(|item| one(other, item, it.issued_on, versions)))
        .collect()
}

fn one(
    other: &DeviceOrder,
    item: &IssuedItem,
    issued_on: NaiveDate,
    versions: &[DeviceGroup],
) -> Option<Supplied> {
    let patient = &other.content.patient;
    let age = u8::try_from(age_on(patient.born()?, issued_on)).ok()?;
    let group = versions.iter().find(|group| group.code == item.code && group.is_valid_on(issued_on))?;
    let usage = group.tier(item.tier)?.band(age, patient.pregnant)?.usage?;
    if usage == UsagePeriod::AsNeeded {
        return None;
    }
    Some(Supplied {
        code: item.code.clone(),
        side: item.side,
        issued_on,
        next_from: usage.next_from(issued_on),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device_order::realisation;
    use crate::ids::DeviceOrderId;
    use crate::support::device_orders::{
        Known, absorbents, asked, draft, groups, held, issuing, looked_at, positive, take_up_id, verifying,
        wheelchair,
    };
    use crate::support::{date, instant};
    use chrono::{DateTime, TimeDelta, Utc};
    use uuid::Uuid;

    fn december() -> DateTime<Utc> {
        instant("2026-12-01T08:00:00Z")
    }

    fn numbered(order: DeviceOrder, id: u128) -> DeviceOrder {
        DeviceOrder { id: DeviceOrderId(Uuid::from_u128(id)), ..order }
    }

    fn open(order: &DeviceOrder, other: &DeviceOrder) -> Option<bool> {
        other_order(order, other).map(|it| it.is_open)
    }

    #[test]
    fn neither_itself_nor_a_draft_stands_beside_an_order() {
        let order = verifying(absorbents(), december());
        assert_eq!(other_order(&order, &order), None);
        assert_eq!(other_order(&order, &numbered(draft(absorbents(), december()), 2)), None);
    }

    #[test]
    fn of_two_that_are_looked_at_together_the_later_one_stands_back() {
        let first = verifying(absorbents(), december());
        let second = numbered(verifying(absorbents(), december() + TimeDelta::seconds(1)), 2);
        assert_eq!((open(&first, &second), open(&second, &first)), (Some(false), Some(true)));
        let same_instant = numbered(verifying(absorbents(), december()), 2);
        assert_eq!((open(&first, &same_instant), open(&same_instant, &first)), (Some(false), Some(true)));
        assert_eq!(open(&numbered(draft(absorbents(), december()), 3), &first), Some(true));
    }

    #[test]
    fn a_positive_order_is_open_until_nothing_of_it_is_left() {
        let order = numbered(verifying(wheelchair(), december()), 2);
        let one_off = positive(wheelchair(), december());
        let found = other_order(&order, &one_off).expect("another order");
        assert!(found.is_open && found.is_positive);
        let over = crate::device_order::elapse::elapse(one_off, instant("2028-01-01T12:00:00Z")).document;
        let found = other_order(&order, &over).expect("another order");
        assert!(!found.is_open && found.is_positive);
        let uninsured = Known {
            insurance: crate::device_order::verification::Insurance::NotConfirmed,
            ..Known::default()
        };
        let negative = looked_at(wheelchair(), &uninsured, december());
        let found = other_order(&order, &negative).expect("another order");
        assert!(!found.is_open && !found.is_positive);
    }

    #[test]
    fn what_was_issued_once_is_in_use_for_its_period() {
        let now = december();
        let taken = held(positive(wheelchair(), now), asked(7, None, now), now);
        let issued = issuing("S.12.01", 1, 1, "600.00", now);
        let all = groups(date("2026-12-01"));
        let realised = realisation::realise(taken, take_up_id(7), issued, &all, now);
        let order = realised.expect("a realisation").document;
        let found = supplied(&order, &all);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].issued_on, date("2026-12-01"));
        let group = all.iter().find(|group| group.code.as_str() == "S.12.01").expect("the group");
        let usage = group.tiers[0].bands[0].usage.expect("a period of use");
        assert_eq!(found[0].next_from, usage.next_from(date("2026-12-01")));
        assert_eq!(supplied(&order, &[]), [], "of a list that is not known nothing is told");
        assert_eq!(supplied(&positive(absorbents(), now), &all), []);
    }
}
