//! What is booked of an issue, and of one that is taken back.

use crate::device_order::realisation::{realise, realised};
use crate::device_order::settlement::{Booked, Capacity, Entry, EntryKind, SettledOrder, entries, rules};
use crate::ids::RepairOrderId;
use crate::support::device_orders::{absorbents, asked, groups, held, issuing, months, positive, take_up_id};
use crate::support::{date, instant};

#[test]
fn amounts_have_two_places_and_their_sign() {
    let told = [0, 5, -5, 12_345, -12_345].map(|grosze| Booked::of(grosze).to_string());
    assert_eq!(told, ["0.00", "0.05", "-0.05", "123.45", "-123.45"]);
}

#[test]
fn what_is_taken_back_is_booked_in_its_own_month_with_the_opposite_amounts() {
    let now = instant("2026-12-01T08:00:00Z");
    let order = held(positive(absorbents(), now), asked(1, months("2026-12", 1), now), now);
    let goods = issuing("Y.06.01", 2, 90, "2.50", now);
    let order = realise(order, take_up_id(1), goods, &groups(date("2026-12-01")), now);
    let order = order.expect("a realisation").document;
    let (take_up, realisation) = realised(&order, take_up_id(1)).expect("a realisation");
    let booked = |kind, at: &str| entries(&order, take_up, realisation, kind, instant(at));
    let issued = booked(EntryKind::Realised, "2026-12-01T08:00:00Z");
    // In Warsaw it is February already.
    let back = booked(EntryKind::Withdrawn, "2027-01-31T23:00:00Z");
    assert_eq!((issued.len(), back.len()), (1, 1));
    assert_eq!(
        (issued[0].month.to_string(), back[0].month.to_string()),
        ("2026-12".into(), "2027-02".into())
    );
    assert_eq!((issued[0].pieces, back[0].pieces), (9_000, -9_000));
    let amounts = |entry: &Entry| [entry.price, entry.refund, entry.copay].map(Booked::get);
    assert_eq!(amounts(&issued[0]), [22_500, 12_240, 10_260]);
    assert_eq!(amounts(&back[0]), [-22_500, -12_240, -10_260]);
    let names = |number| rules().iter().any(|rule| rule.number == number);
    assert!(names("DO-66") && names("DO-67") && names("DO-68"), "all are in the rule book");
    let provider = &realisation.provider;
    assert_eq!(
        (&issued[0].provider_name, &issued[0].place),
        (&Some(provider.name.clone()), &Some(provider.place.clone()))
    );
    assert_eq!(issued[0].acts_for, provider.acts_for, "the holder, to whom it is due");
    assert_eq!(back[0].issued_in, issued[0].issued_in, "the month of issue stays");
}

#[test]
fn what_is_settled_is_read_by_its_kind() {
    let order = positive(absorbents(), instant("2026-12-01T08:00:00Z"));
    let repair = RepairOrderId(order.id.0);
    for it in [SettledOrder::Supply(order.id), SettledOrder::Repair(repair)] {
        assert_eq!(SettledOrder::parse(it.kind().name(), &it.id().to_string()), Some(it));
    }
    assert_eq!(SettledOrder::parse("MEDICINE_DEMAND", &order.id.to_string()), None);
    for capacity in Capacity::ALL {
        assert_eq!(Capacity::parse(capacity.name()), Some(capacity));
    }
}
