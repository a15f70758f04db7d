//! What the second look at a provider's counter changes, and what comes of takes and issues over time.

use super::december;
use crate::calendar::warsaw_date;
use crate::demand::model::Officer;
use crate::device_group::DeviceGroup;
use crate::device_order::elapse::{elapse, next_change};
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::lifecycle::{PeriodState, State};
use crate::device_order::model::{
    Acceptance, EntitlementChoice, LimitChange, Receipt, Receiver, Side, TakeUpState,
};
use crate::device_order::officers::has_acted;
use crate::device_order::realisation::{
    Issuing, Item, ReceiptCorrection, Withdrawal, correct_receipt, realise, realised, withdraw,
};
use crate::device_order::refusals::{
    PIECES_EXCEEDED, RECEIPT_DATE, RECEIPT_LATE, RECEIPT_VERSION, RIGHT_NOT_CONFIRMED,
};
use crate::device_order::take_up::{Asked, find, look_again, take_up};
use crate::device_order::verification::{Insurance, Verdict, accept, confirm, entries};
use crate::device_order::{DeviceOrder, StateName, take_up as takes};
use crate::support::device_orders::{
    Known, absorbents, asked, facts, groups, held, held_by, issuing, looked_at, looked_at_by, months,
    on_paper, positive, product, take_up_id, wheelchair, with,
};
use crate::support::{codes, date, instant, officer, read, text};
use crate::values::{DeviceCode, Percent, Text};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};

fn code_of(number: &str) -> &'static str {
    entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

fn uninsured() -> Known {
    Known { insurance: Insurance::NotConfirmed, ..Known::default() }
}

/// Found negative with what is known, and accepted by an officer.
fn accepted(content: Value, known: &Known) -> DeviceOrder {
    let negative = looked_at(content, known, december());
    let groups = groups(warsaw_date(december()));
    let lines = confirm(&negative.content, &facts(warsaw_date(december()), &groups, known)).expect("lines");
    let acceptance = Acceptance { by: officer(1), reason: text("Okazano dokument."), at: december() };
    accept(negative, acceptance, lines, None, december()).expect("an acceptance").document
}

/// What the second look says, after the months were asked for.
fn again(order: DeviceOrder, asked: Asked, known: &Known, now: DateTime<Utc>) -> Verdict {
    let id = asked.id;
    let taken = take_up(order, asked, now).expect("a take-up").document;
    let groups = groups(warsaw_date(now));
    look_again(&taken, id, &facts(warsaw_date(now), &groups, known)).expect("a look")
}

fn findings(verdict: Verdict) -> Vec<String> {
    match verdict {
        Verdict::Positive { .. } => Vec::new(),
        Verdict::Negative { findings, .. } => findings.into_iter().map(|finding| finding.code).collect(),
    }
}

fn entitled(content: Value, code: &str, pieces: &str) -> Value {
    let entitlement = json!({
        "code": code,
        "document": {
            "kind": "DISABILITY_RULING", "number": "1", "issuedOn": "2025-06-01",
            "until": { "kind": "INDEFINITE" },
        },
    });
    let content = with(content, "/additionalEntitlement", entitlement);
    let content = with(content, "/grounds/largerQuantity", json!("Ciężkie nietrzymanie."));
    with(content, "/supply/piecesAMonth", json!(pieces))
}

#[test]
fn what_an_officer_accepted_stands_in_no_way_at_the_counter() {
    let order = accepted(absorbents(), &uninsured());
    let asked_for = || asked(1, months("2026-12", 1), december());
    let verdict = again(order, asked_for(), &uninsured(), december());
    assert!(matches!(&verdict, Verdict::Positive { warnings, .. } if warnings.len() == 1), "{verdict:?}");
    let larger = accepted(with(absorbents(), "/supply/piecesAMonth", json!("130")), &Known::default());
    let order = held(larger, asked_for(), december());
    let lines = &find(&order, take_up_id(1)).expect("a take-up").lines;
    assert_eq!(lines[0].pieces.to_string(), "130", "the quantity, too");
}

#[test]
fn what_an_officer_did_not_accept_still_stands_in_the_way() {
    let larger = accepted(with(absorbents(), "/supply/piecesAMonth", json!("130")), &Known::default());
    let verdict = again(larger, asked(1, months("2026-12", 1), december()), &uninsured(), december());
    assert_eq!(findings(verdict), [RIGHT_NOT_CONFIRMED.code]);
    let expired = json!({ "kind": "DAY", "last": "2026-11-30" });
    let old = with(entitled(absorbents(), "47ZN", "90"), "/additionalEntitlement/document/until", expired);
    let order = accepted(old.clone(), &Known::default());
    let other = EntitlementChoice::Set { entitlement: read(old["additionalEntitlement"].clone()) };
    let asked_for = Asked { entitlement: other, ..asked(1, months("2026-12", 1), december()) };
    let verdict = again(order, asked_for, &Known::default(), december());
    assert_eq!(findings(verdict), [code_of("DO-14c")], "another document is another fault");
}

#[test]
fn the_right_is_proved_anew_at_the_counter() {
    let statement = |day: &str| json!({ "kind": "STATEMENT", "madeOn": day, "madeBy": "PATIENT" });
    let january = instant("2027-01-15T08:00:00Z");
    let order = || positive(with(absorbents(), "/right", statement("2026-12-01")), december());
    let look = |right: Option<Value>| {
        let asked_for = Asked { right: right.map(read), ..asked(1, months("2027-01", 1), january) };
        findings(again(order(), asked_for, &uninsured(), january))
    };
    assert_eq!(look(None), [code_of("DO-28d")], "a statement of December proves nothing in January");
    assert_eq!(look(Some(statement("2027-01-15"))), Vec::<String>::new());
    assert_eq!(look(Some(statement("2027-01-08"))), Vec::<String>::new());
    assert_eq!(look(Some(statement("2027-01-07"))), [code_of("DO-28d")]);
    let document = json!({ "kind": "DOCUMENT", "document": {
        "kind": "INSURANCE_PROOF", "number": "1", "until": { "kind": "DAY", "last": "2027-01-14" },
    } });
    assert_eq!(look(Some(document)), [code_of("DO-28b")]);
    let without = positive(absorbents(), december());
    let refused = again(without, asked(1, months("2027-01", 1), january), &uninsured(), january);
    assert_eq!(findings(refused), [code_of("DO-28")]);
}

#[test]
fn pregnancy_of_the_day_changes_the_share_and_is_told_in_words() {
    let content = with(absorbents(), "/prescriber/specialties", json!(["diabetolog"]));
    let content = with(content, "/patient/identifier", json!({ "kind": "PESEL", "number": "44051401427" }));
    let content = with(content, "/device", json!({ "kind": "OTHER", "code": "R.01.01", "tier": 1 }));
    let content = with(content, "/supply/piecesAMonth", json!("10"));
    let asked_for = Asked { pregnant: Some(true), ..asked(1, months("2026-12", 1), december()) };
    let order = held(positive(content, december()), asked_for, december());
    let take_up = find(&order, take_up_id(1)).expect("a take-up");
    assert_eq!(take_up.lines[0].terms.refund.get(), 100);
    assert_eq!(take_up.changes, [LimitChange::Other]);
    assert_eq!(LimitChange::Other.nfz_letter(), 'I');
    assert_eq!(take_up.other_change.as_ref().map(Text::as_str), Some("Zmiana oznaczenia ciąży"));
}

#[test]
fn without_its_entitlement_an_order_gets_what_the_list_has() {
    let order = positive(entitled(absorbents(), "47ZN", "130"), december());
    let asked_for = |choice| Asked { entitlement: choice, ..asked(1, months("2026-12", 1), december()) };
    let kept = held(order.clone(), asked_for(EntitlementChoice::Keep), december());
    assert_eq!(find(&kept, take_up_id(1)).expect("a take-up").lines[0].pieces.to_string(), "130");
    let order = held(order, asked_for(EntitlementChoice::Remove), december());
    let take_up = find(&order, take_up_id(1)).expect("a take-up");
    assert_eq!(take_up.lines[0].pieces.to_string(), "90");
    assert_eq!(take_up.changes, [LimitChange::Entitlement]);
    let goods = |pieces| issuing("Y.06.01", 2, pieces, "2.50", december());
    let all = groups(date("2026-12-01"));
    let more = realise(order.clone(), take_up_id(1), goods(91), &all, december());
    assert_eq!(codes(more), [PIECES_EXCEEDED.code]);
    assert!(realise(order, take_up_id(1), goods(90), &all, december()).is_ok());
}

fn born(content: Value, day: &str) -> Value {
    let passport = json!({ "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA1" });
    let content = with(with(content, "/patient/identifier", passport), "/patient/birthDate", json!(day));
    let content = with(content, "/patient/sex", json!("FEMALE"));
    with(content, "/right", json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PROXY" }))
}

#[test]
fn who_grows_out_of_an_entitlement_gets_what_the_list_has() {
    let birthday = instant("2027-01-15T08:00:00Z");
    let order = positive(born(entitled(absorbents(), "47ZND", "130"), "2011-01-15"), december());
    let order = held(order, asked(1, months("2027-01", 1), birthday), birthday);
    let take_up = find(&order, take_up_id(1)).expect("a take-up");
    assert_eq!(
        (take_up.lines[0].pieces.to_string().as_str(), take_up.changes.as_slice()),
        ("90", &[LimitChange::Age][..])
    );
}

#[test]
fn a_birthday_within_the_band_is_no_reason() {
    let birthday = instant("2027-01-15T08:00:00Z");
    let order = positive(born(entitled(absorbents(), "47ZN", "130"), "2000-01-15"), december());
    let asked_for =
        Asked { entitlement: EntitlementChoice::Remove, ..asked(1, months("2027-01", 1), birthday) };
    let order = held(order, asked_for, birthday);
    assert_eq!(find(&order, take_up_id(1)).expect("a take-up").changes, [LimitChange::Entitlement]);
}

#[test]
fn a_look_that_nobody_concludes_is_given_up() {
    let order = positive(absorbents(), december());
    let taken = take_up(order, asked(1, months("2026-12", 1), december()), december()).expect("a take-up");
    let ends = december() + TimeDelta::minutes(takes::MOST_MINUTES_OF_A_LOOK);
    assert_eq!(next_change(&taken.document), Some(ends));
    assert_eq!(elapse(taken.document.clone(), ends - TimeDelta::seconds(1)).events, []);
    let freed = elapse(taken.document, ends);
    assert!(matches!(freed.events[..], [DeviceOrderEvent::TakeUpLapsed { .. }]));
    let other = Asked { today: warsaw_date(ends), ..asked(2, months("2026-12", 1), ends) };
    assert!(take_up(freed.document, other, ends).is_ok(), "the months are free for others");
}

#[test]
fn a_paper_order_is_bound_only_where_something_of_it_was_begun() {
    let mut order = positive(absorbents(), december());
    let State::Positive(confirmed) = &mut order.state else { panic!("positive") };
    confirmed.issue.paper = Some(on_paper(december()));
    let elsewhere =
        |order: &DeviceOrder, now| take_up(order.clone(), asked(2, months("2027-01", 1), now), now).is_ok();
    let begun = held(order, asked(1, months("2026-12", 1), december()), december());
    assert!(!elsewhere(&begun, december()));
    let reason = text("Brak towaru.");
    let given_back = takes::withdraw(begun.clone(), take_up_id(1), reason, None, december());
    assert!(elsewhere(&given_back.expect("a withdrawal").document, december()));
    let january = instant("2027-01-08T08:00:00Z");
    assert!(elsewhere(&elapse(begun.clone(), january).document, january), "the hold ran out");
    let goods = issuing("Y.06.01", 2, 90, "2.50", december());
    let issued = realise(begun, take_up_id(1), goods, &groups(date("2026-12-01")), december());
    assert!(!elsewhere(&issued.expect("a realisation").document, december()));
}

fn taking_back() -> Withdrawal {
    Withdrawal { reason: text("Zła data."), by: None, within_days: 30, hold_days: 30, code: None }
}

#[test]
fn a_withdrawal_gives_back_the_months_that_its_error_lost() {
    let asked_for = asked(1, months("2026-12", 2), instant("2026-12-20T08:00:00Z"));
    let order = held(positive(absorbents(), december()), asked_for, instant("2026-12-20T08:00:00Z"));
    let now = instant("2027-01-05T08:00:00Z");
    let all = groups(date("2026-12-20"));
    let late = issuing("Y.06.01", 2, 90, "2.50", now);
    let order = realise(order, take_up_id(1), late, &all, now).expect("a realisation").document;
    let (_, realisation) = realised(&order, take_up_id(1)).expect("a realisation");
    assert_eq!(realisation.lost.len(), 1);
    let order = withdraw(order, take_up_id(1), taking_back(), now).expect("a withdrawal").document;
    let states = |order: &DeviceOrder| -> Vec<&'static str> {
        let confirmed = order.state.confirmed().expect("a confirmation");
        confirmed.periods.states().take(2).map(PeriodState::name).collect()
    };
    assert_eq!(states(&order), ["RESERVED", "RESERVED"]);
    let day = date("2026-12-30");
    let goods = |pieces| Issuing {
        issued_on: day,
        receipt: Some(Receipt { received_on: day, by: Receiver::Patient }),
        ..issuing("Y.06.01", 2, pieces, "2.50", now)
    };
    let order = realise(order, take_up_id(1), goods(180), &all, now).expect("a realisation").document;
    assert_eq!(states(&order), ["REALISED", "REALISED"]);
}

fn chairs_with_a_shared_amount() -> Vec<DeviceGroup> {
    let mut all = groups(date("2026-12-01"));
    for group in all.iter_mut().filter(|it| it.code.as_str().starts_with("W.01.01")) {
        group.shared_limit = Some("worki".to_owned());
    }
    all
}

#[test]
fn an_amount_for_the_whole_quantity_is_there_once() {
    let device =
        json!({ "kind": "OTHER", "code": "W.01.01.I", "stoma": { "kind": "ILEOSTOMY", "count": 1 } });
    let content = with(with(absorbents(), "/device", device), "/supply/piecesAMonth", json!("1"));
    let content = with(content, "/prescriber/specialties", json!(["urolog"]));
    let order = held(positive(content, december()), asked(1, months("2026-12", 1), december()), december());
    let mut goods = issuing("W.01.01.I", 1, 40, "10.01", december());
    let other = DeviceCode::parse("W.01.01.K").expect("a code");
    goods.items.push(Item { code: other, products: vec![product(40, "10.01")], ..goods.items[0].clone() });
    let all = chairs_with_a_shared_amount();
    let order = realise(order, take_up_id(1), goods, &all, december()).expect("a realisation").document;
    let (_, realisation) = realised(&order, take_up_id(1)).expect("a realisation");
    let refunds: Vec<String> = realisation.items.iter().map(|item| item.amounts.refund.to_string()).collect();
    assert_eq!(refunds, ["400.40", "49.60"], "450 in all");
    assert_eq!(realisation.amounts.copay.to_string(), "350.80");
}

fn lens(code: &str, lens_use: &str, eye: &str) -> Value {
    json!({ "code": code, "lensUse": lens_use, "eye": eye, "sphere": "-2.75" })
}

#[test]
fn near_and_far_lenses_of_both_eyes_are_issued_together() {
    let mut all = groups(date("2026-12-01"));
    for group in all.iter_mut().filter(|group| group.lens.is_some()) {
        let bands = group.tiers.iter_mut().flat_map(|tier| &mut tier.bands);
        bands.for_each(|band| band.copay = Percent::new(30).ok());
    }
    let lenses = [
        lens("O.01.01", "NEAR", "LEFT"),
        lens("O.01.01", "NEAR", "RIGHT"),
        lens("O.01.02", "FAR", "LEFT"),
        lens("O.01.02", "FAR", "RIGHT"),
    ];
    let content = with(wheelchair(), "/device", json!({ "kind": "LENSES", "lenses": lenses }));
    let content = with(content, "/prescriber/specialties", json!(["okulista"]));
    let order = looked_at_by(content, &all, &Known::default(), december());
    assert_eq!(order.state.name(), StateName::Positive, "{:?}", order.state);
    let order = held_by(order, asked(1, None, december()), &all, december());
    let item = |code: &str, side| Item {
        code: DeviceCode::parse(code).expect("a code"),
        tier: 1,
        side: Some(side),
        products: vec![product(1, "60.00")],
    };
    let items: Vec<Item> = ["O.01.01", "O.01.02"]
        .into_iter()
        .flat_map(|code| [item(code, Side::Left), item(code, Side::Right)])
        .collect();
    let goods = Issuing { items, ..issuing("O.01.01", 1, 1, "60.00", december()) };
    let mut two = goods.clone();
    two.items[3].products = vec![product(2, "60.00")];
    assert_eq!(codes(realise(order.clone(), take_up_id(1), two, &all, december())), [PIECES_EXCEEDED.code]);
    let issued = realise(order, take_up_id(1), goods, &all, december()).expect("a realisation").document;
    assert_eq!(issued.state.name(), StateName::Realised);
}

#[test]
fn a_receipt_is_corrected_by_its_next_version_in_time() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 1), december()), december());
    let goods = issuing("Y.06.01", 2, 90, "2.50", december());
    let goods = Issuing { method: crate::device_order::model::Method::Courier, ..goods };
    let order = realise(order, take_up_id(1), goods, &groups(date("2026-12-01")), december());
    let order = order.expect("a realisation").document;
    let correct = |version, received: &str, today: &str, by: Option<Officer>| {
        let receipt = Receipt { received_on: date(received), by: Receiver::Patient };
        let correction = ReceiptCorrection { receipt, version, within_days: 14, by };
        let today: NaiveDate = date(today);
        correct_receipt(order.clone(), take_up_id(1), correction, today, december())
    };
    assert_eq!(codes(correct(1, "2026-12-03", "2026-12-04", None)), [RECEIPT_VERSION.code]);
    assert_eq!(codes(correct(2, "2026-12-05", "2026-12-04", None)), [RECEIPT_DATE.code]);
    assert_eq!(codes(correct(2, "2026-12-03", "2026-12-16", None)), [RECEIPT_LATE.code]);
    let by_officer =
        correct(2, "2026-12-03", "2026-12-16", Some(officer(1))).expect("an officer is bound by no time");
    assert!(has_acted(&by_officer.document, officer(1).person));
    let corrected = correct(2, "2026-12-03", "2026-12-15", None).expect("a correction").document;
    let (_, realisation) = realised(&corrected, take_up_id(1)).expect("a realisation");
    assert_eq!(realisation.receipt_version, 2);
    assert_eq!(realisation.receipt.as_ref().map(|it| it.received_on), Some(date("2026-12-03")));
    let take_up = find(&corrected, take_up_id(1)).expect("a take-up");
    assert!(matches!(take_up.state, TakeUpState::Realised { .. }));
}
