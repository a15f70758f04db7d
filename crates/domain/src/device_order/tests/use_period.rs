//! What the patient had before, and how soon the payer bears the next one.

use super::december;
use crate::calendar::warsaw_date;
use crate::device_group::{DeviceGroup, NextFrom, UsagePeriod};
use crate::device_order::form::{Circumstances, check};
use crate::device_order::history::supplied;
use crate::device_order::model::Acceptance;
use crate::device_order::realisation::realise;
use crate::device_order::refusals::{NOTHING_CONFIRMED, ONE_MONTH_ONLY};
use crate::device_order::verification::{Supplied, Verdict, accept, confirm, entries, listed_for, look};
use crate::device_order::{DeviceOrder, StateName, refusals};
use crate::support::device_orders::{
    Known, absorbents, asked, facts, groups, held, issuing, looked_at, months, positive, take_up_id,
    verifying, wheelchair, with,
};
use crate::support::{codes, date, officer, read, text};
use crate::values::{DeviceCode, DeviceOrderNumber, OrderPrefix};
use serde_json::{Value, json};

fn code_of(number: &str) -> &'static str {
    entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

fn before(device: &str, next_from: NextFrom) -> Known {
    let code = DeviceCode::parse(device).expect("a code");
    let order = DeviceOrderNumber::compose(OrderPrefix::Test, [3; 16]);
    let supplied = Supplied { order, code, side: None, issued_on: date("2024-01-15"), next_from, added: 0 };
    Known { supplied: vec![supplied], ..Known::default() }
}

/// The list of 1 December 2026 with one group in another way.
fn list(code: &str, change: impl Fn(&mut DeviceGroup)) -> Vec<DeviceGroup> {
    let mut groups = groups(date("2026-12-01"));
    groups.iter_mut().filter(|group| group.code.as_str() == code).for_each(change);
    groups
}

fn found(content: Value, groups: &[DeviceGroup], known: &Known) -> Vec<(String, String)> {
    match look(&read(content), &facts(date("2026-12-01"), groups, known)) {
        Verdict::Positive { .. } => Vec::new(),
        Verdict::Negative { findings, .. } => findings.into_iter().map(|it| (it.code, it.pointer)).collect(),
    }
}

fn one(number: &str, pointer: &str) -> Vec<(String, String)> {
    vec![(code_of(number).to_owned(), pointer.to_owned())]
}

fn wig() -> Value {
    with(wheelchair(), "/device/code", json!("Z.02.01"))
}

#[test]
fn an_unknown_period_of_use_is_not_none() {
    let list = groups(date("2026-12-01"));
    assert_eq!(found(wig(), &list, &Known::default()), [], "whoever had none has nothing in use");
    assert_eq!(found(wig(), &list, &before("Z.02.01", NextFrom::Unknown)), one("DO-21e", "/content/device"));
    assert_eq!(found(wig(), &list, &before("Z.02.01", NextFrom::Always)), []);
    let entered = self::list("Z.02.01", |group| {
        group.tiers.iter_mut().flat_map(|tier| &mut tier.bands).for_each(|band| {
            band.usage = Some(UsagePeriod::Months(12));
        });
    });
    assert_eq!(
        found(wig(), &entered, &before("Z.02.01", NextFrom::Unknown)),
        [],
        "an officer entered it by now, and it has elapsed"
    );
    let as_needed = self::list("Z.02.01", |group| {
        group.tiers.iter_mut().flat_map(|tier| &mut tier.bands).for_each(|band| {
            band.usage = Some(UsagePeriod::AsNeeded);
        });
    });
    assert_eq!(found(wig(), &as_needed, &before("Z.02.01", NextFrom::Unknown)), []);
}

#[test]
fn the_period_of_the_patient_s_own_band_binds() {
    let children_as_needed = list("Z.02.01", |group| {
        for band in group.tiers.iter_mut().flat_map(|tier| &mut tier.bands) {
            let is_child = band.ages.below.is_some();
            band.usage = Some(if is_child { UsagePeriod::Months(12) } else { UsagePeriod::AsNeeded });
        }
    });
    assert_eq!(found(wig(), &children_as_needed, &before("Z.02.01", NextFrom::Never)), []);
    let adults_once = list("Z.02.01", |group| {
        for band in group.tiers.iter_mut().flat_map(|tier| &mut tier.bands) {
            let is_child = band.ages.below.is_some();
            band.usage = Some(if is_child { UsagePeriod::AsNeeded } else { UsagePeriod::Once });
        }
    });
    assert_eq!(
        found(wig(), &adults_once, &before("Z.02.01", NextFrom::Always)),
        one("DO-21c", "/content/device")
    );
}

#[test]
fn a_period_of_use_is_shortened_where_the_list_admits_it_and_an_officer_judges_what_is_unknown() {
    let ground = json!({ "ground": "ADULT_CHANGE", "justification": "Zmiana budowy ciała." });
    let shortened = with(wheelchair(), "/shortening", ground);
    let in_use = before("S.12.01", NextFrom::Day(date("2029-01-15")));
    let with_mark = |mark| list("S.12.01", move |group| group.shortenable = mark);
    let refused = found(wheelchair(), &with_mark(Some(true)), &in_use);
    assert_eq!(refused, one("DO-21c", "/content/device"), "without a ground the period binds");
    assert_eq!(found(shortened.clone(), &with_mark(Some(true)), &in_use), []);
    assert_eq!(
        found(shortened.clone(), &with_mark(Some(false)), &in_use),
        one("DO-47", "/content/shortening")
    );
    assert_eq!(found(shortened.clone(), &with_mark(None), &in_use), one("DO-47b", "/content/shortening"));
    let free = before("S.12.01", NextFrom::Day(date("2026-12-01")));
    assert_eq!(found(shortened, &with_mark(None), &free), [], "nothing is cut short that has elapsed");
}

fn by_urologist() -> Value {
    with(absorbents(), "/prescriber/specialties", json!(["urolog"]))
}

fn first_bags(months: u32) -> Value {
    let device =
        json!({ "kind": "OTHER", "code": "W.01.02.I", "stoma": { "kind": "ILEOSTOMY", "count": 1 } });
    let content = with(with(by_urologist(), "/device", device), "/supply/piecesAMonth", json!("1"));
    with(content, "/supply/months", json!(months))
}

#[test]
fn what_a_new_stoma_has_once_is_for_one_month() {
    let today = warsaw_date(december());
    let list = groups(today);
    let faults = |content: Value| -> Vec<(&str, String)> {
        let circumstances = Circumstances { today, groups: &list, is_paper: false };
        check(&read(content), &circumstances).into_iter().map(|it| (it.problem.code, it.pointer)).collect()
    };
    let rule = super::entries().into_iter().find(|entry| entry.number == "DO-53").expect("a rule");
    assert_eq!(faults(first_bags(1)), []);
    assert_eq!(faults(first_bags(2)), [(rule.code, "/content/supply/months".to_owned())]);
    assert_eq!(rule.code, ONE_MONTH_ONLY.code);
    assert_eq!(faults(with(first_bags(2), "/device/code", json!("W.01.01.I"))), []);
}

#[test]
fn what_a_new_stoma_has_once_is_not_had_again() {
    let list = groups(date("2026-12-01"));
    assert_eq!(found(first_bags(1), &list, &Known::default()), []);
    for next in [NextFrom::Never, NextFrom::Unknown] {
        assert_eq!(found(first_bags(1), &list, &before("W.01.02.I", next)), one("DO-21c", "/content/device"));
    }
    let other = crate::device_order::verification::OtherOrder {
        number: DeviceOrderNumber::compose(OrderPrefix::Test, [2; 16]),
        items: vec![crate::device_order::content::OrderedItem {
            code: DeviceCode::parse("W.01.02.I").expect("a code"),
            side: None,
        }],
        months: Some(months("2027-03", 1)),
        is_positive: true,
        is_open: true,
    };
    let known = Known { others: vec![other], ..Known::default() };
    assert_eq!(found(first_bags(1), &list, &known), one("DO-21d", "/content/device"), "nor ordered twice");
}

#[test]
fn what_shares_a_limit_is_in_use_for_it() {
    let mut list = groups(date("2026-12-01"));
    let known = before("S.13.01", NextFrom::Day(date("2029-01-15")));
    assert_eq!(found(wheelchair(), &list, &known), []);
    for group in list.iter_mut().filter(|it| ["S.12.01", "S.13.01"].contains(&it.code.as_str())) {
        group.shared_limit = Some("wózki".to_owned());
    }
    assert_eq!(found(wheelchair(), &list, &known), one("DO-21c", "/content/device"));
}

#[test]
fn what_is_had_once_by_the_month_is_found_in_its_order_and_no_entitlement_lifts_it() {
    let now = december();
    let order = positive(first_bags(1), now);
    let taken = held(order, asked(7, months("2026-12", 1), now), now);
    let goods = issuing("W.01.02.I", 1, 1, "600.00", now);
    let list = groups(date("2026-12-01"));
    let order = realise(taken, take_up_id(7), goods, &list, now).expect("a realisation").document;
    let known = Known { supplied: supplied(&order, &list), ..Known::default() };
    let later = with(first_bags(1), "/supply/from", json!("2027-01"));
    assert_eq!(found(later.clone(), &list, &known), one("DO-21c", "/content/device"));
    let document = json!({
        "kind": "DISABILITY_RULING", "number": "1", "issuedOn": "2020-01-01", "until": { "kind": "INDEFINITE" },
    });
    let lifted = with(later, "/additionalEntitlement", json!({ "code": "47ZN", "document": document }));
    assert_eq!(
        found(lifted, &list, &known),
        one("DO-21c", "/content/device"),
        "it is not multiplied (DO-53)"
    );
}

#[test]
fn a_confirmed_order_runs_on_in_the_old_terms_where_its_code_has_left_the_list() {
    let order = positive(absorbents(), december());
    let mut versions = groups(date("2026-12-01"));
    for group in versions.iter_mut().filter(|it| it.code.as_str() == "Y.06.01") {
        group.valid_to = Some(date("2026-12-31"));
    }
    let codes = |order: &DeviceOrder, day: &str| -> usize {
        let listed = listed_for(order, &versions, date(day));
        listed.iter().filter(|group| group.code.as_str() == "Y.06.01").count()
    };
    assert_eq!((codes(&order, "2026-12-31"), codes(&order, "2027-01-01")), (1, 1));
    let waiting = verifying(absorbents(), december());
    assert_eq!(codes(&waiting, "2027-01-01"), 0, "one that nobody has confirmed does not");
    let mut next = versions[0].clone();
    next.code = DeviceCode::parse("Y.06.01").expect("a code");
    (next.valid_from, next.valid_to) = (date("2027-01-01"), None);
    versions.push(next);
    let listed = listed_for(&order, &versions, date("2027-01-01"));
    let of_code: Vec<_> = listed.iter().filter(|group| group.code.as_str() == "Y.06.01").collect();
    assert_eq!(of_code.len(), 1);
    assert_eq!(of_code[0].valid_from, date("2027-01-01"), "a version of today counts");
}

#[test]
fn what_shares_a_limit_is_not_ordered_beside_it() {
    let other = |code: &str| crate::device_order::verification::OtherOrder {
        number: DeviceOrderNumber::compose(OrderPrefix::Test, [2; 16]),
        items: vec![crate::device_order::content::OrderedItem {
            code: DeviceCode::parse(code).expect("a code"),
            side: None,
        }],
        months: Some(months("2027-11", 3)),
        is_positive: true,
        is_open: true,
    };
    let known = Known { others: vec![other("Y.04.01")], ..Known::default() };
    let mut shared = groups(date("2026-12-01"));
    assert_eq!(found(absorbents(), &shared, &known), []);
    for group in shared.iter_mut().filter(|it| ["Y.06.01", "Y.04.01"].contains(&it.code.as_str())) {
        group.shared_limit = Some("wspólny".to_owned());
    }
    assert_eq!(found(absorbents(), &shared, &known), one("DO-21d", "/content/device"));
}

#[test]
fn nothing_is_accepted_of_which_no_line_is_known() {
    let known = before("Z.02.01", NextFrom::Unknown);
    let negative = looked_at(wig(), &known, december());
    assert_eq!(negative.state.name(), StateName::Negative);
    let acceptance = || Acceptance { by: officer(1), reason: text("Okres minął."), at: december() };
    let refused = accept(negative.clone(), acceptance(), Vec::new(), None, december());
    assert_eq!(codes(refused), [NOTHING_CONFIRMED.code]);
    let list = groups(date("2026-12-01"));
    let lines = confirm(&negative.content, &facts(date("2026-12-01"), &list, &known)).expect("lines");
    assert!(accept(negative, acceptance(), lines, None, december()).is_ok());
    assert!(refusals::LISTS.concat().iter().any(|problem| problem.code == code_of("DO-21e")));
}
