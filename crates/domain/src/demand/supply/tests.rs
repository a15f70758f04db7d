//! Passing on and drawing down: the rules and what they lead to.

use super::*;
use crate::calendar::warsaw_date;
use crate::demand::ledger::{Ledger, Realisation, RealisationKind, Reversal};
use crate::demand::model::HandoverReturn;
use crate::demand::{Demand, DemandEvent, State, StateName};
use crate::outage::{Grace, Holds};
use crate::support::stages::Stage;
use crate::support::{
    broken, codes, date, day, entry, handover, millilitres, on_paper, organisation, outage_of, packs,
    taken_back, text,
};
use crate::values::CountryCode;
use RealisationKind::{Dispensed, Imported};
use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;

/// Approved on 1 December 2026, so that 30 January 2027 is the last day.
const LAST_DAY: &str = "2027-01-30";

fn passed_on(day_of_passing: NaiveDate) -> AskedHandover {
    AskedHandover { passed_on: day_of_passing, today: warsaw_date(day(70)), holds: Holds::none() }
}

fn asked(entry: Realisation) -> AskedRealisation {
    AskedRealisation { today: warsaw_date(day(0)), entry }
}

fn reversal() -> Reversal {
    Reversal { reason: text("Pomyłka."), reversed_by: organisation(10), reversed_at: day(0) }
}

fn taking_back(party: u128) -> HandoverReturn {
    HandoverReturn { by: organisation(party), reason: text("Inna hurtownia."), at: day(0) }
}

/// The stage with that entry reversed.
fn reversed(stage: Stage, index: usize) -> Stage {
    let entry = stage.entries[index].clone();
    let decided =
        reverse(stage.demand, entry, reversal(), stage.now).unwrap_or_else(|found| panic!("{found:?}"));
    Stage { demand: decided.document.0, ..stage }
}

fn ledger(demand: &Demand) -> Ledger {
    demand.state.ledger().cloned().unwrap_or_default()
}

#[test]
fn a_demand_is_passed_on_up_to_the_sixtieth_day() {
    let demand = Stage::approved(false).demand;
    let last = date(LAST_DAY);
    assert!(broken(HANDOVER_RULES, "SD-23", &demand, &passed_on(last)).is_empty());
    assert_eq!(
        broken(HANDOVER_RULES, "SD-23", &demand, &passed_on(last + TimeDelta::days(1))),
        ["/passedOn"]
    );
}

#[test]
fn a_first_timely_handover_keeps_later_ones_in_time() {
    let stage = Stage::approved(false).on(60).handed_over().on(100);
    let stage = stage.then(taken_back).on(101).handed_over();
    assert_eq!(stage.demand.state.name(), StateName::WithWholesaler);
    let first = stage.demand.state.approved().and_then(|approved| approved.first_passed_on);
    assert_eq!(first, Some(date(LAST_DAY)));
}

#[test]
fn the_day_of_passing_on_lies_between_the_resolution_and_today() {
    let demand = Stage::approved(false).demand;
    let (resolved, today) = (warsaw_date(day(0)), warsaw_date(day(70)));
    for fine in [resolved, today] {
        assert!(broken(HANDOVER_RULES, "SD-24", &demand, &passed_on(fine)).is_empty());
    }
    for wrong in [resolved - TimeDelta::days(1), today + TimeDelta::days(1)] {
        assert_eq!(broken(HANDOVER_RULES, "SD-24", &demand, &passed_on(wrong)), ["/passedOn"]);
    }
}

#[test]
fn paper_in_time_lifts_an_expiry_for_want_of_a_handover() {
    let expired = Stage::approved(false).on(70);
    assert_eq!(expired.demand.state.name(), StateName::Expired);
    assert!(broken(HANDOVER_RULES, "SD-33", &expired.demand, &passed_on(date(LAST_DAY))).is_empty());
    let decided =
        receive_on_paper(expired.demand, on_paper(date(LAST_DAY), day(70)), &Holds::none(), day(70))
            .unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(decided.document.state.name(), StateName::WithWholesaler);
    assert_eq!(decided.events.first(), Some(&DemandEvent::ExpiryLifted {}));
    assert_eq!(decided.events.len(), 2);
}

#[test]
fn paper_too_late_lifts_nothing() {
    let expired = Stage::approved(false).on(70).demand;
    let late = on_paper(date(LAST_DAY) + TimeDelta::days(1), day(70));
    assert_eq!(codes(receive_on_paper(expired, late, &Holds::none(), day(70))), ["demand.passed_on_late"]);
}

#[test]
fn a_handover_is_in_time_as_long_as_an_outage_holds_the_term() {
    let stage = Stage::approved(false);
    let holds = outage_of("2027-01-30T10:00:00Z", "2027-01-31T10:00:00Z", Grace::Days(2));
    let on = |day: &str| {
        broken(
            HANDOVER_RULES,
            "SD-23",
            &stage.demand,
            &AskedHandover { holds: holds.clone(), ..passed_on(date(day)) },
        )
    };
    assert!(on("2027-02-02").is_empty(), "two full days after the outage");
    assert_eq!(on("2027-02-03"), ["/passedOn"]);
    let forever = outage_of("2027-01-30T10:00:00Z", "2027-01-31T10:00:00Z", Grace::UntilReleased);
    let asked = AskedHandover { holds: forever, ..passed_on(date("2027-05-01")) };
    assert!(broken(HANDOVER_RULES, "SD-23", &stage.demand, &asked).is_empty());
}

#[test]
fn paper_lifts_no_expiry_before_the_minister() {
    let expired = Stage::draft(false).submitted().on(70).demand;
    assert_eq!(broken(HANDOVER_RULES, "SD-33", &expired, &passed_on(date(LAST_DAY))), [""]);
    let paper = on_paper(date(LAST_DAY), day(70));
    assert_eq!(
        codes(receive_on_paper(expired, paper, &Holds::none(), day(70))),
        ["demand.not_expired_by_handover"]
    );
}

#[test]
fn what_was_lifted_does_not_expire_again_after_a_return() {
    let stage = Stage::approved(false)
        .on(70)
        .then(|demand, now| receive_on_paper(demand, on_paper(date(LAST_DAY), now), &Holds::none(), now))
        .then(taken_back)
        .on(500);
    assert_eq!(stage.demand.state.name(), StateName::Approved);
    assert_eq!(stage.handed_over().demand.state.name(), StateName::WithWholesaler);
}

#[test]
fn a_handover_is_taken_back_only_while_nothing_is_drawn() {
    let stage = Stage::with_wholesaler(false);
    let back = taking_back(10);
    assert!(broken(HANDOVER_RETURN_RULES, "SD-25", &stage.demand, &back).is_empty());
    let drawn = stage.realised(Imported, 1, false);
    assert_eq!(broken(HANDOVER_RETURN_RULES, "SD-25", &drawn.demand, &back), [""]);
    let free = reversed(drawn, 0);
    assert!(broken(HANDOVER_RETURN_RULES, "SD-25", &free.demand, &back).is_empty());
}

#[test]
fn a_handover_is_taken_back_by_its_own_parties_only() {
    let demand = Stage::with_wholesaler(false).demand;
    for party in [10, 20, 21] {
        assert!(broken(HANDOVER_RETURN_RULES, "SD-38", &demand, &taking_back(party)).is_empty(), "{party}");
    }
    assert_eq!(broken(HANDOVER_RETURN_RULES, "SD-38", &demand, &taking_back(22)), [""]);
    assert_eq!(codes(return_handover(demand, taking_back(22), day(0))), ["demand.handover_of_another"]);
}

#[test]
fn who_lost_the_demand_is_named_in_the_event() {
    let demand = Stage::with_wholesaler(false).demand;
    let parties = (handover(day(0)).wholesaler.id, handover(day(0)).pharmacy.id);
    let decided = taken_back(demand, day(1)).unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(
        decided.events,
        [DemandEvent::HandoverReturned { wholesaler: parties.0, pharmacy: parties.1 }]
    );
}

#[test]
fn packs_are_counted_in_the_approved_unit() {
    let demand = Stage::with_wholesaler(false).demand;
    let (right, wrong) =
        (entry(Imported, 1, packs("1"), day(0)), entry(Imported, 99, millilitres("1"), day(0)));
    assert!(broken(REALISATION_RULES, "SD-26", &demand, &asked(right)).is_empty());
    assert_eq!(broken(REALISATION_RULES, "SD-26", &demand, &asked(wrong.clone())), ["/packSize/unit"]);
    assert_eq!(
        codes(realise(demand, wrong, day(0))),
        ["demand.ledger_unit"],
        "amounts are not compared then"
    );
}

#[test]
fn each_kind_goes_up_to_the_approved_quantity_by_itself() {
    let stage = Stage::with_wholesaler(false).realised(Imported, 10, false);
    let more = |kind, count| asked(entry(kind, count, packs("1"), day(0)));
    assert_eq!(broken(REALISATION_RULES, "SD-27", &stage.demand, &more(Imported, 1)), ["/packs"]);
    assert!(broken(REALISATION_RULES, "SD-27", &stage.demand, &more(Dispensed, 10)).is_empty());
    assert_eq!(broken(REALISATION_RULES, "SD-27", &stage.demand, &more(Dispensed, 11)), ["/packs"]);
}

#[test]
fn a_draw_larger_than_any_quantity_is_beyond() {
    let demand = Stage::with_wholesaler(false).demand;
    let huge = asked(entry(Imported, i32::MAX, packs("9999999"), day(0)));
    assert_eq!(broken(REALISATION_RULES, "SD-27", &demand, &huge), ["/packs"]);
}

#[test]
fn the_last_whole_pack_is_flagged_and_counts_in_full() {
    let demand = Stage::with_wholesaler_of(millilitres("10")).demand;
    let decided = realise(demand, entry(Dispensed, 4, millilitres("3"), day(0)), day(0))
        .unwrap_or_else(|found| panic!("{found:?}"));
    let (demand, recorded) = decided.document;
    assert!(recorded.rounded_up);
    assert_eq!(recorded.counted, millilitres("12"));
    assert_eq!(ledger(&demand).dispensed, Decimal::from(12));
    assert_eq!(demand.state.name(), StateName::Realised);
}

#[test]
fn what_is_counted_is_packs_times_size_whatever_was_handed_in() {
    let demand = Stage::with_wholesaler_of(millilitres("10")).demand;
    let claimed =
        Realisation { counted: millilitres("9000"), ..entry(Imported, 2, millilitres("1.5"), day(0)) };
    let decided = realise(demand, claimed, day(0)).unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(decided.document.1.counted, millilitres("3"));
    assert!(!decided.document.1.rounded_up);
}

#[test]
fn the_day_of_an_entry_lies_between_the_resolution_and_today() {
    let demand = Stage::with_wholesaler(false).demand;
    let on = |done_on| AskedRealisation {
        entry: Realisation { done_on, ..entry(Imported, 1, packs("1"), day(0)) },
        today: warsaw_date(day(5)),
    };
    for fine in [warsaw_date(day(0)), warsaw_date(day(5))] {
        assert!(broken(REALISATION_RULES, "SD-28", &demand, &on(fine)).is_empty());
    }
    for wrong in [date("2026-11-30"), warsaw_date(day(6))] {
        assert_eq!(broken(REALISATION_RULES, "SD-28", &demand, &on(wrong)), ["/doneOn"]);
    }
}

#[test]
fn a_batch_may_be_used_on_its_last_day_but_not_after() {
    let demand = Stage::with_wholesaler(false).demand;
    let expiring = |expires_on| asked(Realisation { expires_on, ..entry(Imported, 1, packs("1"), day(0)) });
    assert!(broken(REALISATION_RULES, "SD-29", &demand, &expiring(date("2026-12-01"))).is_empty());
    assert_eq!(broken(REALISATION_RULES, "SD-29", &demand, &expiring(date("2026-11-30"))), ["/expiresOn"]);
}

#[test]
fn only_dispensing_closes_the_ledger() {
    let demand = Stage::with_wholesaler(false).demand;
    let closing = |kind, closes| asked(Realisation { closes, ..entry(kind, 1, packs("1"), day(0)) });
    assert!(broken(REALISATION_RULES, "SD-30", &demand, &closing(Dispensed, true)).is_empty());
    assert!(broken(REALISATION_RULES, "SD-30", &demand, &closing(Imported, false)).is_empty());
    assert_eq!(broken(REALISATION_RULES, "SD-30", &demand, &closing(Imported, true)), ["/final"]);
}

#[test]
fn an_entry_is_of_at_least_one_pack() {
    let demand = Stage::with_wholesaler(false).demand;
    let of = |count| entry(Imported, count, packs("1"), day(0));
    assert!(broken(REALISATION_RULES, "SD-32", &demand, &asked(of(1))).is_empty());
    for count in [0, -1, i32::MIN] {
        assert_eq!(broken(REALISATION_RULES, "SD-32", &demand, &asked(of(count))), ["/packs"]);
        assert_eq!(codes(realise(demand.clone(), of(count), day(0))), ["demand.ledger_packs"]);
    }
}

#[test]
fn an_entry_is_reversed_once() {
    let stage = Stage::with_wholesaler(false).realised(Imported, 1, false);
    let standing = stage.entries[0].clone();
    assert!(broken(REVERSAL_RULES, "SD-31", &stage.demand, &standing).is_empty());
    let gone = Realisation { reversal: Some(reversal()), ..standing };
    assert_eq!(broken(REVERSAL_RULES, "SD-31", &stage.demand, &gone), [""]);
    assert_eq!(codes(reverse(stage.demand, gone, reversal(), day(0))), ["demand.realisation_reversed"]);
}

#[test]
fn a_closing_entry_realises_and_its_reversal_opens_again() {
    let closed = Stage::with_wholesaler(false).realised(Dispensed, 2, false).realised(Dispensed, 1, true);
    assert_eq!(closed.demand.state.name(), StateName::Realised);
    let open = reversed(closed, 1);
    assert_eq!(open.demand.state.name(), StateName::WithWholesaler);
    assert_eq!((ledger(&open.demand).dispensed, ledger(&open.demand).closed), (Decimal::from(2), false));
}

#[test]
fn a_closed_ledger_stays_closed_when_another_entry_is_reversed() {
    let closed = Stage::with_wholesaler(false).realised(Dispensed, 2, false).realised(Dispensed, 1, true);
    let still = reversed(closed, 0);
    assert_eq!(still.demand.state.name(), StateName::Realised);
    assert_eq!(ledger(&still.demand).dispensed, Decimal::ONE);
}

#[test]
fn a_full_ledger_stays_full_when_an_import_is_reversed_and_opens_when_a_dispensing_is() {
    let full = Stage::with_wholesaler(false).realised(Imported, 10, false).realised(Dispensed, 10, false);
    let still = reversed(full.clone(), 0);
    assert_eq!(still.demand.state.name(), StateName::Realised);
    let open = reversed(full, 1);
    assert_eq!(open.demand.state.name(), StateName::WithWholesaler);
    assert!(matches!(open.demand.state, State::WithWholesaler(_)));
}

#[test]
fn in_an_approval_of_packs_a_pack_is_one() {
    let demand = Stage::with_wholesaler(false).demand;
    let of_size = |size: &str| entry(Imported, 1, packs(size), day(0));
    assert!(broken(REALISATION_RULES, "SD-35", &demand, &asked(of_size("1"))).is_empty());
    for size in ["0.0001", "30", "9999999"] {
        assert_eq!(broken(REALISATION_RULES, "SD-35", &demand, &asked(of_size(size))), ["/packSize/amount"]);
    }
    let refused = codes(realise(demand, of_size("9999999"), day(0)));
    assert_eq!(refused, ["demand.ledger_pack_size"]);
}

#[test]
fn an_approval_of_tablets_counts_packs_of_any_size() {
    let demand = Stage::with_wholesaler_of(millilitres("100")).demand;
    let entry = entry(Imported, 2, millilitres("30"), day(0));
    assert!(broken(REALISATION_RULES, "SD-35", &demand, &asked(entry)).is_empty());
}

#[test]
fn nothing_is_brought_from_poland() {
    let demand = Stage::with_wholesaler(false).demand;
    let from =
        |source_country| asked(Realisation { source_country, ..entry(Imported, 1, packs("1"), day(0)) });
    let germany = CountryCode::parse("DE").unwrap_or_else(|fault| panic!("{fault}"));
    assert!(broken(REALISATION_RULES, "SD-36", &demand, &from(germany)).is_empty());
    assert_eq!(broken(REALISATION_RULES, "SD-36", &demand, &from(CountryCode::POLAND)), ["/sourceCountry"]);
}

#[test]
fn what_was_brought_in_is_entered_after_everything_was_dispensed() {
    let done = Stage::with_wholesaler(false).realised(Dispensed, 10, false);
    assert_eq!(done.demand.state.name(), StateName::Realised);
    let entered = done.clone().realised(Imported, 10, false);
    assert_eq!(entered.demand.state.name(), StateName::Realised);
    assert_eq!(ledger(&entered.demand).imported, Decimal::from(10));
    let more = entry(Dispensed, 1, packs("1"), day(0));
    assert_eq!(broken(REALISATION_RULES, "SD-37", &done.demand, &asked(more.clone())), [""]);
    let closed = Stage::with_wholesaler(false).realised(Dispensed, 1, true).demand;
    assert_eq!(codes(realise(closed, more, day(0))), ["demand.ledger_closed"]);
}
