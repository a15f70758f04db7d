//! What a patient's other orders say to a look at one of them: what is supplied and in use, and what is still to be had
//! (DO-5, DO-21).

use super::DeviceOrder;
use super::content::{Content, OrderedSupply};
use super::issue::ordered_months;
use super::lifecycle::{Confirmed, Period, PeriodState, Periods, State, StateName};
use super::model::{ConfirmedLine, IssuedItem, Months, Realisation, Side, TakeUp, TakeUpState};
use super::quantity::Earlier;
use super::verification::{OtherOrder, Supplied};
use crate::calendar::age_on;
use crate::device_group::{DeviceGroup, NextFrom};
use crate::ids::TakeUpId;
use crate::values::{DeviceCode, DeviceOrderNumber, Pieces, YearMonth};
use chrono::NaiveDate;
use std::collections::BTreeMap;

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

/// What was issued of an order, with when the payer bears the next one by the list of the day of issue. What is supplied by the
/// month is told, too: the list may have it once.
pub fn supplied(other: &DeviceOrder, versions: &[DeviceGroup]) -> Vec<Supplied> {
    let Some((number, confirmed)) = other.number.as_ref().zip(other.state.confirmed()) else {
        return Vec::new();
    };
    let realised = confirmed.take_ups.iter().filter_map(realisation);
    let issued = realised.flat_map(|it| it.items.iter().map(|item| (item, it.issued_on)));
    issued.map(|(item, on)| one((number, &other.content), item, on, versions)).collect()
}

/// The codes of what was ordered and of what was issued, which may share a limit with it (DO-41).
pub fn codes(order: &DeviceOrder) -> Vec<DeviceCode> {
    let take_ups = order.state.confirmed().into_iter().flat_map(|confirmed| &confirmed.take_ups);
    let issued =
        take_ups.filter_map(realisation).flat_map(|it| it.items.iter().map(|item| item.code.clone()));
    order.content.items().into_iter().map(|item| item.code).chain(issued).collect()
}

/// What was issued of a take-up.
pub(crate) fn realisation(take_up: &TakeUp) -> Option<&Realisation> {
    match &take_up.state {
        TakeUpState::Realised { realisation } => Some(realisation),
        TakeUpState::Verifying
        | TakeUpState::Refused { .. }
        | TakeUpState::Held
        | TakeUpState::Withdrawn { .. }
        | TakeUpState::Lapsed { .. } => None,
    }
}

fn one(
    (number, content): (&DeviceOrderNumber, &Content),
    item: &IssuedItem,
    issued_on: NaiveDate,
    versions: &[DeviceGroup],
) -> Supplied {
    let patient = &content.patient;
    let age = patient.born().and_then(|born| u8::try_from(age_on(born, issued_on)).ok());
    let group = versions.iter().find(|group| group.code == item.code && group.is_valid_on(issued_on));
    let next =
        age.zip(group).map(|(age, group)| group.next_from(age, patient.pregnant, item.tier, issued_on));
    Supplied {
        order: number.clone(),
        code: item.code.clone(),
        side: item.side,
        issued_on,
        next_from: next.unwrap_or(NextFrom::Unknown),
        added: 0,
    }
}

/// Pieces of another monthly order month by month: what was issued, and what is still to be had, for what the list counts
/// over several months.
pub fn earlier(order: &DeviceOrder, other: &DeviceOrder) -> Vec<Earlier> {
    if other.id == order.id {
        return Vec::new();
    }
    // What can still be had in a month that is ordered here is a duplicate, which is said once.
    let own = ordered_months(&order.content);
    let is_beside = |one: &Earlier| !own.is_some_and(|months| months.hold(one.month));
    match &other.state {
        State::Registered(_) | State::Verifying(_) if is_open(order, other) => {
            ordered(other).into_iter().filter(is_beside).collect()
        }
        State::Draft | State::Registered(_) | State::Verifying(_) | State::Negative(_) => Vec::new(),
        State::Positive(it) => {
            [of_months(it, of_realised), of_months(it, to_be_had).into_iter().filter(is_beside).collect()]
                .concat()
        }
        State::Realised(it) | State::Expired(it) => of_months(it, of_realised),
        State::Cancelled(it) => it.was.confirmed().map(|it| of_months(it, of_realised)).unwrap_or_default(),
    }
}

/// What is looked at now counts as it is ordered.
fn ordered(other: &DeviceOrder) -> Vec<Earlier> {
    let Some(OrderedSupply::Monthly { pieces_a_month, .. }) = other.content.supply else { return Vec::new() };
    let months = ordered_months(&other.content).into_iter().flat_map(Months::each);
    months
        .flat_map(|month| {
            let items = other.content.items().into_iter();
            items.map(move |item| Earlier { code: item.code, tier: None, month, pieces: pieces_a_month })
        })
        .collect()
}

fn of_months(confirmed: &Confirmed, told: fn(&Confirmed, &Period) -> Vec<Earlier>) -> Vec<Earlier> {
    let Periods::Monthly { periods } = &confirmed.periods else { return Vec::new() };
    periods.iter().flat_map(|period| told(confirmed, period)).collect()
}

fn of_realised(confirmed: &Confirmed, period: &Period) -> Vec<Earlier> {
    match period.state {
        PeriodState::Realised { take_up } => issued(confirmed, take_up, period.month),
        PeriodState::Available
        | PeriodState::Verifying { .. }
        | PeriodState::Reserved { .. }
        | PeriodState::Confirming { .. }
        | PeriodState::Lost
        | PeriodState::Cancelled => Vec::new(),
    }
}

fn to_be_had(confirmed: &Confirmed, period: &Period) -> Vec<Earlier> {
    if period.state.is_over() {
        Vec::new()
    } else {
        confirmed_of(&confirmed.confirmation.lines, period.month)
    }
}

/// Of several tiers of one code and side the month has the pieces of one, and it is open which.
fn confirmed_of(lines: &[ConfirmedLine], month: YearMonth) -> Vec<Earlier> {
    type OfSide = (Option<u32>, Pieces);
    let mut all: BTreeMap<(&DeviceCode, Option<Side>), OfSide> = BTreeMap::new();
    for line in lines {
        let entry = all.entry((&line.code, line.side));
        entry
            .and_modify(|(tier, pieces)| (*tier, *pieces) = (None, (*pieces).max(line.pieces)))
            .or_insert((Some(line.tier), line.pieces));
    }
    let told = all.into_iter();
    told.map(|((code, _), (tier, pieces))| Earlier { code: code.clone(), tier, month, pieces }).collect()
}

/// What was issued for several months counts in each with its share, rounded up.
fn issued(confirmed: &Confirmed, id: TakeUpId, month: YearMonth) -> Vec<Earlier> {
    let Some(take_up) = confirmed.take_ups.iter().find(|it| it.id == id) else { return Vec::new() };
    let Some(realisation) = realisation(take_up) else { return Vec::new() };
    let all = take_up.months.map_or(1, |months| i64::from(months.count));
    let lost = i64::try_from(realisation.lost.len()).unwrap_or_default();
    let months = (all - lost).max(1);
    let share = |item: &IssuedItem| {
        let pieces: i64 = item.products.iter().map(|product| i64::from(product.pieces) * 100).sum();
        let pieces = Pieces::from_hundredths((pieces + months - 1) / months).ok()?;
        Some(Earlier { code: item.code.clone(), tier: Some(item.tier), month, pieces })
    };
    realisation.items.iter().filter_map(share).collect()
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
        assert_eq!(supplied(&order, &[])[0].next_from, NextFrom::Unknown, "of a list that is not known");
        assert_eq!(supplied(&positive(absorbents(), now), &all), []);
    }

    #[test]
    fn months_count_with_what_was_issued_or_can_still_be_had() {
        let now = december();
        let order = numbered(verifying(wheelchair(), now), 2);
        let beside = positive(absorbents(), now);
        let of = |other: &DeviceOrder| -> Vec<(String, String)> {
            let told = earlier(&order, other).into_iter();
            told.map(|it| (it.month.to_string(), it.pieces.to_string())).collect()
        };
        let all = of(&beside);
        let Periods::Monthly { periods } = &beside.state.confirmed().expect("confirmed").periods else {
            panic!("a monthly order")
        };
        assert_eq!(all.len(), periods.len());
        assert_eq!(all[0], ("2026-12".to_owned(), "90".to_owned()));
        assert!(earlier(&beside, &beside).is_empty(), "not of itself");
        let same = numbered(verifying(absorbents(), now), 2);
        assert!(earlier(&same, &beside).is_empty(), "of the same months it is a duplicate");
        let in_march = crate::device_order::elapse::elapse(beside, instant("2027-03-02T12:00:00Z")).document;
        assert_eq!(of(&in_march).first(), all.get(3), "what is lost counts no more");
        assert!(of(&numbered(draft(absorbents(), now), 3)).is_empty());
        assert_eq!(of(&numbered(verifying(absorbents(), now - TimeDelta::seconds(1)), 3)), all);
    }
}
