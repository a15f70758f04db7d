//! A repair at the counter: who has it, what it would cost, what is booked of it, and until when it lengthens the period of use.

use super::*;
use crate::device_group::NextFrom;
use crate::device_order::settlement::{Booked, Entry, EntryKind, SettledOrder};
use crate::device_repair_order::extension::{extend, recorded, repairs};
use crate::device_repair_order::printing::admit_print;
use crate::device_repair_order::settlement::entry;
use crate::device_repair_order::supply::{free_from, hold, quote};
use crate::device_repair_order::verification::left_by_now;

#[test]
fn the_patient_or_another_provider_asks_for_a_release_once() {
    let of = |number: u128| Requester::Provider { id: provider(number).id, name: text("Warsztat Testowy") };
    assert_eq!(codes(request(held(), asking(of(1)), december())), [code_of("RO-86")]);
    let asked = request(held(), asking(of(2)), december()).expect("a request");
    assert_eq!(asked.events, [RepairOrderEvent::RepairReleaseRequested { provider: provider(1).id }]);
    assert_eq!(codes(request(asked.document.clone(), asking(of(2)), december())), [code_of("RO-87")]);
    let both = request(asked.document, asking(Requester::Patient), december()).expect("a request").document;
    let hold = both.state.hold().expect("a hold");
    assert_eq!(hold.release_requests, [asking(of(2)), asking(Requester::Patient)]);
    assert!(realise(both, repairing(), december()).is_ok(), "the holder decides");
}

#[test]
fn a_repair_that_somebody_holds_tells_until_when() {
    assert_eq!(codes(take_up(held(), asked(), december())), [code_of("RO-80")]);
    assert_eq!(free_from(&held()), Some(instant("2027-01-07T23:00:00Z")), "midnight in Warsaw");
    assert_eq!(free_from(&positive()), None);
    assert_eq!(hold(&held(), take_up_id(1)).map(|it| it.provider.id), Some(provider(1).id));
    assert_eq!((hold(&held(), take_up_id(2)), hold(&positive(), take_up_id(1))), (None, None));
    assert!(hold(&realised(), take_up_id(1)).is_some());
}

#[test]
fn what_was_given_out_in_time_is_confirmed_in_the_days_after_it() {
    let courier = |order: RepairOrder, issued: &str, today: &str| {
        let (issued_on, today) = (date(issued), date(today));
        let receipt = Receipt { received_on: issued_on, by: Receiver::Patient };
        let method = Method::Courier;
        let asked = Repairing { issued_on, method, receipt, today, ..repairing() };
        realise(order, asked, crate::calendar::end_of_day_warsaw(today) - TimeDelta::hours(1))
    };
    assert!(courier(held(), "2026-12-31", "2027-01-07").is_ok());
    assert_eq!(codes(courier(held(), "2027-01-01", "2027-01-07")), [code_of("RO-41")]);
    // On the last day of the order it can be taken up, and what was given out on it be confirmed.
    let last = instant("2027-12-01T08:00:00Z");
    let late = take_up(positive(), asked(), last).expect("a take-up").document;
    assert!(courier(late.clone(), "2027-12-01", "2027-12-08").is_ok());
    let after = courier(late.clone(), "2027-12-02", "2027-12-08");
    assert_eq!(codes(after), [code_of("RO-41")], "within the order's year");
    assert!(elapse(late.clone(), instant("2027-12-08T08:00:00Z")).events.is_empty());
    assert_eq!(elapse(late, instant("2027-12-09T08:00:00Z")).document.state.name(), StateName::Expired);
}

#[test]
fn nothing_is_settled_or_quoted_while_it_is_not_known_what_is_left() {
    let unread = realise(held(), Repairing { left: None, ..repairing() }, december());
    assert_eq!(codes(unread), [code_of("RO-85")]);
    let quoted = quote(&held(), (grosze(15_000), None), Rounding::PerLine).expect_err("nobody knows");
    assert_eq!(quoted[0].problem.code, code_of("RO-85"));
}

#[test]
fn a_repair_of_another_device_uses_nothing_of_the_limit() {
    let newer = DeviceOrderNumber::compose(OrderPrefix::Test, [2; 16]);
    let chair = Supply { number: newer.clone(), issued_on: date("2026-06-01"), ..supplies().remove(0) };
    let both = [supplies(), vec![chair]].concat();
    let order = positive();
    let terms = order.state.confirmed().expect("confirmed").confirmation.terms;
    let of =
        |original: Option<DeviceOrderNumber>, day: &str| OtherRepair { original, ..used_on(day, 15_000) };
    let left = |other: OtherRepair| left_by_now(&terms, &order.content, &both, &[other]);
    assert_eq!(left(of(Some(newer), "2026-07-01")), grosze(20_000), "it names the newer one");
    assert_eq!(left(of(Some(number()), "2026-07-01")), grosze(5_000), "it names the same one");
    assert_eq!(left(of(None, "2026-07-01")), grosze(20_000), "of what was supplied last");
    assert_eq!(left(of(None, "2026-05-01")), grosze(5_000), "when the newer one was not there yet");
}

#[test]
fn a_quote_costs_what_the_repair_will() {
    for (order, price) in [(positive(), 15_000), (held(), 15_000), (held(), 30_000)] {
        let quoted =
            quote(&order, (grosze(price), Some(grosze(20_000))), Rounding::PerLine).expect("a quote");
        let real = realise(held(), Repairing { price: grosze(price), ..repairing() }, december());
        assert_eq!(Some(quoted), real.expect("a repair").document.state.repair().map(|it| it.amounts));
    }
    let refused =
        quote(&held(), (Grosze::default(), Some(grosze(20_000))), Rounding::PerLine).expect_err("no price");
    assert_eq!(refused[0].problem.code, code_of("RO-43"));
    assert_eq!(
        quote(&realised(), (grosze(1), Some(grosze(1))), Rounding::PerLine).expect_err("over")[0].problem,
        WRONG_STATE
    );
}

#[test]
fn a_repair_is_borne_with_what_other_repairs_have_left_by_then() {
    assert!(entries().iter().any(|rule| rule.number == "RO-84"));
    let (order, supplies) = (positive(), supplies());
    let terms = order.state.confirmed().expect("confirmed").confirmation.terms;
    let since = used_on("2026-12-01", 15_000);
    let left = |others: &[OtherRepair]| left_by_now(&terms, &order.content, &supplies, others);
    assert_eq!((left(&[]), left(std::slice::from_ref(&since))), (grosze(20_000), grosze(5_000)));
    assert_eq!(left(&[since.clone(), since]), Grosze::default(), "never less than nothing");
    let order = realise(held(), Repairing { left: Some(grosze(5_000)), ..repairing() }, december())
        .expect("a repair")
        .document;
    let repair = order.state.repair().expect("a repair");
    assert_eq!(
        (repair.amounts.refund, repair.used, repair.left),
        (grosze(5_000), grosze(5_000), Some(grosze(5_000)))
    );
    assert_eq!(entry(&order, EntryKind::Realised, december()).map(|it| it.limit), Some(grosze(5_000)));
}

#[test]
fn what_an_officer_takes_back_late_is_confirmed_anew() {
    let late = instant("2027-09-01T08:00:00Z");
    let asked = Returning { provider: None, by: Some(officer(1)), ..returning() };
    let held = withdraw_realisation(realised(), &asked, late).expect("a withdrawal").document;
    // 21 days for the right thing to be given out, and seven to confirm it.
    assert!(elapse(held.clone(), instant("2027-09-29T08:00:00Z")).events.is_empty(), "its last day");
    let again =
        realise(held.clone(), Repairing { today: warsaw_date(late), ..repairing() }, late).expect("a repair");
    assert_eq!(again.document.state.repair().map(|it| it.issued_on), Some(warsaw_date(december())));
    assert_eq!(elapse(held, instant("2027-09-30T08:00:00Z")).events.len(), 1);
}

#[test]
fn what_is_taken_back_after_the_order_s_year_is_confirmed_anew_and_not_given_out_again() {
    let late = instant("2028-03-01T08:00:00Z");
    let asked = Returning { provider: None, by: Some(officer(1)), ..returning() };
    let order = withdraw_realisation(realised(), &asked, late).expect("a withdrawal").document;
    let hold = order.state.hold().expect("a hold");
    assert_eq!((hold.held_until, hold.confirmed_until()), (date("2027-12-01"), date("2028-03-22")));
    assert!(hold.release_requests.is_empty(), "whoever asked before asks anew");
    let today = warsaw_date(late);
    let anew = Repairing { today, ..repairing() };
    assert!(realise(order.clone(), anew, late).is_ok(), "of its true day");
    let receipt = Receipt { received_on: today, by: Receiver::Patient };
    let again = realise(order, Repairing { issued_on: today, receipt, today, ..repairing() }, late);
    assert_eq!(codes(again), [code_of("RO-41")]);
}

#[test]
fn a_repair_goes_under_the_contract_of_its_own_day() {
    let other = crate::device_order::model::Provider { contract: text("PIASKOWNICA/07/0009"), ..provider(1) };
    let order = realise(held(), Repairing { contract: Some(other.clone()), ..repairing() }, december());
    let order = order.expect("a repair").document;
    assert_eq!(order.state.repair().map(|it| &it.hold.provider), Some(&other));
    assert_eq!(entry(&order, EntryKind::Realised, december()).map(|it| it.contract), Some(other.contract));
}

#[test]
fn a_repair_is_booked_as_one_and_taken_back_in_its_own_month() {
    let booked = |kind, at: &str| entry(&realised(), kind, instant(at)).expect("an entry");
    let one = booked(EntryKind::Realised, "2026-12-01T08:00:00Z");
    let back = booked(EntryKind::Withdrawn, "2027-01-31T23:00:00Z");
    assert_eq!((one.month.to_string(), back.month.to_string()), ("2026-12".into(), "2027-02".into()));
    assert_eq!((one.pieces, back.pieces, one.order), (100, -100, SettledOrder::Repair(realised().id)));
    let amounts = |entry: &Entry| [entry.price, entry.refund, entry.copay].map(Booked::get);
    assert_eq!(amounts(&one)[0], 15_000);
    assert_eq!(amounts(&one).map(|it| -it), amounts(&back));
    assert_eq!((one.limit, one.issued_in), (grosze(20_000), back.issued_in));
    assert_eq!(entry(&held(), EntryKind::Realised, december()), None, "nothing was repaired");
    assert!(entries().iter().any(|rule| rule.number == "RO-82"));
}

fn supplied(day: &str) -> Vec<Supplied> {
    let issued_on = date(day);
    let next_from = UsagePeriod::Months(60).next_from(issued_on);
    vec![Supplied {
        order: number(),
        code: read(json!("S.12.01")),
        side: None,
        issued_on,
        next_from,
        added: 0,
    }]
}

/// The wheelchairs of the list, in use for five years.
fn five_years() -> Vec<DeviceGroup> {
    let mut group = known();
    let bands = group.tiers.iter_mut().flat_map(|tier| &mut tier.bands);
    bands.for_each(|band| band.usage = Some(UsagePeriod::Months(60)));
    vec![group]
}

#[test]
fn the_repair_tells_until_when_the_period_is_longer() {
    let told = |order: RepairOrder| order.state.repair().and_then(|it| it.extension).expect("an extension");
    let versions = five_years();
    let one = told(recorded(realised(), &[], &supplied("2025-12-01"), &versions));
    // Three quarters of the limit, and so of sixty months.
    assert_eq!((one.months, one.extended_to), (45, Some(date("2034-09-01"))));
    let two = told(recorded(realised(), &[realised()], &supplied("2025-12-01"), &versions));
    assert_eq!((two.months, two.extended_to), (45, Some(date("2038-06-01"))), "on top of the earlier one");
    let unknown = told(recorded(realised(), &[], &[], &versions));
    assert_eq!((unknown.months, unknown.extended_to), (45, None), "nobody here knows when it was supplied");
    let of_another_list = recorded(realised(), &[], &supplied("2025-12-01"), &[]);
    assert_eq!(of_another_list.state.repair().and_then(|it| it.extension), None);
    assert_eq!(recorded(held(), &[], &supplied("2025-12-01"), &versions), held(), "nothing was repaired");
}

#[test]
fn a_repair_lengthens_the_period_of_the_list_on_the_day_of_supply() {
    let mut before = five_years();
    before[0].valid_to = Some(date("2026-01-01"));
    let mut since = five_years();
    since[0].valid_from = date("2026-01-02");
    let bands = since[0].tiers.iter_mut().flat_map(|tier| &mut tier.bands);
    bands.for_each(|band| band.usage = Some(UsagePeriod::Months(24)));
    let versions = [before, since].concat();
    let months = |supplied: &[Supplied]| repairs(&[realised()], supplied, &versions)[0].months;
    assert_eq!(months(&supplied("2025-12-01")), 45);
    assert_eq!(months(&supplied("2026-02-01")), 18, "three quarters of two years");
    assert_eq!(months(&[]), 18, "of the repair's own day");
}

#[test]
fn a_period_that_became_known_later_is_made_longer_too() {
    let mut nobody_knew = five_years();
    nobody_knew[0].valid_to = Some(date("2026-01-01"));
    let bands = nobody_knew[0].tiers.iter_mut().flat_map(|tier| &mut tier.bands);
    bands.for_each(|band| band.usage = None);
    let mut since = five_years();
    since[0].valid_from = date("2026-01-02");
    let versions = [since, nobody_knew].concat();
    let supplied = vec![Supplied { next_from: NextFrom::Unknown, ..supplied("2025-12-01").remove(0) }];
    let order = recorded(realised(), &[], &supplied, &versions);
    let told = order.state.repair().and_then(|it| it.extension).expect("an extension");
    assert_eq!((told.months, told.extended_to), (45, Some(date("2034-09-01"))));
    let seen = extend(supplied, &repairs(&[order], &[], &versions)).remove(0);
    assert_eq!(seen.next(Some(UsagePeriod::Months(60))), NextFrom::Day(date("2034-09-01")));
    assert_eq!(seen.next(None), NextFrom::Unknown);
}

#[test]
fn a_draft_is_not_printed() {
    let refused = admit_print(&drafted(content())).expect_err("a draft");
    assert_eq!(refused[0].problem.code, code_of("RO-83"));
    for issued in [verifying(), positive(), held(), realised()] {
        assert!(admit_print(&issued).is_ok());
    }
}
