//! What a content, a submission and an issue may not hold, at the edges of each member.

use super::december;
use crate::calendar::warsaw_date;
use crate::device_order::form::{Circumstances, check};
use crate::device_order::issue::{Submission, correct, submit};
use crate::device_order::model::OnPaper;
use crate::device_order::realisation::{Issuing, realise};
use crate::device_order::refusals::NOTHING_CONFIRMED;
use crate::device_order::verification::{Insurance, OtherOrder, Verdict, look};
use crate::support::device_orders::{
    Known, absorbents, asked, draft, facts, groups, held, issuing, looked_at, months, on_paper, positive,
    product, submission, take_up_id, wheelchair, with,
};
use crate::support::{codes, date, read, text};
use crate::values::{DeviceOrderNumber, OrderPrefix};
use serde_json::{Value, json};

/// Where the content breaks the form by the rule of that number, and no other.
fn only(number: &str, content: Value) -> Vec<String> {
    let entry = super::entries().into_iter().find(|entry| entry.number == number).expect("a rule");
    let found = faults(content);
    assert!(found.iter().all(|(code, _)| *code == entry.code), "{number}: {found:?}");
    found.into_iter().map(|(_, pointer)| pointer).collect()
}

fn faults(content: Value) -> Vec<(&'static str, String)> {
    let today = warsaw_date(december());
    let groups = groups(today);
    let found = check(&read(content), &Circumstances { today, groups: &groups, is_paper: false });
    found.into_iter().map(|violation| (violation.problem.code, violation.pointer)).collect()
}

fn none() -> Vec<(&'static str, String)> {
    Vec::new()
}

fn foreigner(born: &str) -> Value {
    let passport = json!({ "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" });
    let content =
        with(with(absorbents(), "/patient/identifier", passport), "/patient/birthDate", json!(born));
    let content = with(content, "/patient/sex", json!("FEMALE"));
    with(content, "/right", json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PATIENT" }))
}

#[test]
fn a_one_off_order_is_for_a_number_of_pieces() {
    let of = |pieces: u32| with(wheelchair(), "/supply/pieces", json!(pieces));
    assert_eq!(only("DO-9b", of(0)), ["/content/supply/pieces"]);
    assert_eq!(only("DO-9b", of(10_000)), ["/content/supply/pieces"]);
    assert_eq!((faults(of(1)), faults(of(9999))), (none(), none()));
}

#[test]
fn a_content_without_lines_is_never_positive() {
    let day = warsaw_date(december());
    let (groups, known) = (groups(day), Known::default());
    let found = |content: Value| match look(&read(content), &facts(day, &groups, &known)) {
        Verdict::Positive { lines, .. } => panic!("{lines:?}"),
        Verdict::Negative { findings, .. } => findings.into_iter().map(|it| it.code).collect::<Vec<_>>(),
    };
    assert_eq!(found(with(wheelchair(), "/supply/pieces", json!(0))), [NOTHING_CONFIRMED.code]);
    let huge = found(with(wheelchair(), "/supply/pieces", json!(u32::MAX)));
    assert!(huge.contains(&NOTHING_CONFIRMED.code.to_owned()) || huge.len() == 1, "{huge:?}");
    assert_eq!(found(foreigner("0001-01-01")), [NOTHING_CONFIRMED.code]);
    assert!(!found(json!({})).is_empty());
}

#[test]
fn months_without_end_break_nothing() {
    let day = warsaw_date(december());
    let other = OtherOrder {
        number: DeviceOrderNumber::compose(OrderPrefix::Test, [2; 16]),
        items: Vec::new(),
        months: Some(months("2026-12", u32::MAX)),
        is_positive: true,
        is_open: true,
    };
    let (groups, known) = (groups(day), Known { others: vec![other], ..Known::default() });
    let content = with(absorbents(), "/supply/months", json!(u32::MAX));
    look(&read(content), &facts(day, &groups, &known));
    assert_eq!(months("2026-12", u32::MAX).last().to_string(), "2200-12");
}

#[test]
fn a_date_of_birth_is_one_of_a_living_person() {
    assert_eq!(only("DO-13d", foreigner("2026-12-02")), ["/content/patient/birthDate"]);
    assert_eq!(only("DO-13d", foreigner("1895-12-01")), ["/content/patient/birthDate"]);
    assert_eq!((faults(foreigner("2026-12-01")), faults(foreigner("1895-12-02"))), (none(), none()));
}

#[test]
fn names_are_as_long_as_the_payer_s_form_has_them() {
    let named = |member: &str, length: usize| with(absorbents(), member, json!("T".repeat(length)));
    assert_eq!(only("DO-13e", named("/patient/givenNames", 33)), ["/content/patient/givenNames"]);
    assert_eq!(only("DO-13e", named("/patient/familyName", 41)), ["/content/patient/familyName"]);
    assert_eq!(faults(named("/patient/givenNames", 32)), none());
    assert_eq!(faults(named("/patient/familyName", 40)), none());
}

#[test]
fn branches_are_numbered_from_one_to_seventeen() {
    let at = |branch: u8| {
        with(absorbents(), "/place/contract", json!({ "branch": branch, "providerCode": "123" }))
    };
    for branch in [0, 18] {
        assert_eq!(only("DO-1c", at(branch)), ["/content/place/contract/branch"]);
    }
    assert_eq!((faults(at(1)), faults(at(17))), (none(), none()));
    let now = december();
    let all = groups(warsaw_date(now));
    let from_branch = |branch| {
        let paper = OnPaper { branch, ..on_paper(now) };
        let submission = Submission { paper: Some((paper, warsaw_date(now))), ..submission(now) };
        submit(draft(with(absorbents(), "/supply/months", json!(6)), now), submission, &all, now)
    };
    let rule = super::entries().into_iter().find(|entry| entry.number == "DO-8").expect("a rule");
    assert_eq!(codes(from_branch(0)), [rule.code]);
    assert_eq!(codes(from_branch(18)), [rule.code]);
    assert!(from_branch(17).is_ok());
}

#[test]
fn a_man_is_not_pregnant() {
    let pregnant = |pesel: &str| {
        let content = with(absorbents(), "/patient/pregnant", json!(true));
        with(content, "/patient/identifier", json!({ "kind": "PESEL", "number": pesel }))
    };
    assert_eq!(only("DO-57", pregnant("44051401359")), ["/content/patient/pregnant"]);
    let woman = with(foreigner("1990-01-31"), "/patient/pregnant", json!(true));
    assert_eq!(faults(woman.clone()), none());
    assert_eq!(only("DO-57", with(woman, "/patient/sex", json!("MALE"))), ["/content/patient/pregnant"]);
}

#[test]
fn documents_are_of_the_past() {
    let on = |day: &str| with(foreigner("1990-01-31"), "/right/madeOn", json!(day));
    assert_eq!(only("DO-14d", on("2026-12-02")), ["/content/right/madeOn"]);
    assert_eq!(faults(on("2026-12-01")), none());
    let document = |day: &str| {
        json!({ "kind": "DOCUMENT", "document": {
            "kind": "INSURANCE_PROOF", "number": "1", "issuedOn": day, "until": { "kind": "INDEFINITE" },
        } })
    };
    let proved = |day: &str| with(absorbents(), "/right", document(day));
    assert_eq!(only("DO-14d", proved("2026-12-02")), ["/content/right/document/issuedOn"]);
    assert_eq!(faults(proved("2026-12-01")), none());
    let bare = json!({ "kind": "DOCUMENT", "document": { "kind": "INSURANCE_PROOF" } });
    assert_eq!(
        only("DO-28e", with(absorbents(), "/right", bare)),
        ["/content/right/document/number", "/content/right/document/until"]
    );
    let entitled = |day: &str| {
        let document =
            json!({ "kind": "DISABILITY_RULING", "issuedOn": day, "until": { "kind": "INDEFINITE" } });
        with(absorbents(), "/additionalEntitlement", json!({ "code": "47ZN", "document": document }))
    };
    let pointer = "/content/additionalEntitlement/document/issuedOn";
    assert_eq!(only("DO-14d", entitled("2026-12-02")), [pointer]);
    assert_eq!(faults(entitled("2026-12-01")), none());
}

#[test]
fn a_prism_has_no_sign() {
    let lens = |prism: &str| {
        let lens =
            json!({ "code": "O.01.02", "lensUse": "FAR", "eye": "LEFT", "sphere": "1.00", "prism": prism });
        with(wheelchair(), "/device", json!({ "kind": "LENSES", "lenses": [lens] }))
    };
    assert_eq!(only("DO-12l", lens("-0.25")), ["/content/device/lenses/0/prism"]);
    assert_eq!((faults(lens("0")), faults(lens("20.00"))), (none(), none()));
}

#[test]
fn nurses_continue_diabetes_devices_for_half_a_year() {
    let of = |profession: &str, code: &str, ordination: &str, months: u32| {
        let content = with(absorbents(), "/prescriber/profession", json!(profession));
        let content = with(with(content, "/device/code", json!(code)), "/supply/months", json!(months));
        with(content, "/supply/ordination", json!(ordination))
    };
    for nurse in ["NURSE", "MIDWIFE"] {
        assert_eq!(only("DO-3", of(nurse, "R.02.01", "CONTINUATION", 7)), ["/content/supply/months"]);
        assert_eq!(faults(of(nurse, "R.02.01", "CONTINUATION", 6)), none());
        assert_eq!(faults(of(nurse, "R.02.01", "PRIMARY", 7)), none());
        assert_eq!(faults(of(nurse, "Y.06.01", "CONTINUATION", 12)), none());
    }
    assert_eq!(faults(of("PHYSICIAN", "R.02.01", "CONTINUATION", 12)), none());
}

#[test]
fn an_order_on_unknown_figures_gets_no_number() {
    let now = december();
    let all = groups(warsaw_date(now));
    let unknown = with(wheelchair(), "/device/code", json!("S.13.01"));
    let refused = submit(draft(unknown.clone(), now), submission(now), &all, now);
    assert_eq!(codes(refused), ["device_group.figures_unknown"]);
    let uninsured = Known { insurance: Insurance::NotConfirmed, ..Known::default() };
    let negative = looked_at(wheelchair(), &uninsured, now);
    let corrected = correct(negative, read(unknown), submission(now), &all, now);
    assert_eq!(codes(corrected), ["device_group.figures_unknown"]);
}

#[test]
fn an_issued_product_has_a_number_a_price_and_pieces_that_can_be_counted() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 1), december()), december());
    let all = groups(date("2026-12-01"));
    let issue = |change: &dyn Fn(&mut Issuing)| {
        let mut goods = issuing("Y.06.01", 2, 90, "2.50", december());
        change(&mut goods);
        codes_of(realise(order.clone(), take_up_id(1), goods, &all, december()))
    };
    let code = |number: &str| {
        super::entries().into_iter().find(|entry| entry.number == number).expect("a rule").code.to_owned()
    };
    let at = |pointer: &str, number: &str| vec![(code(number), pointer.to_owned())];
    let letters = issue(&|goods| goods.items[0].products[0].product = text("12345A"));
    assert_eq!(letters, at("/items/0/products/0/product", "DO-45b"));
    assert_eq!(issue(&|goods| goods.items[0].products[0].product = text("123456789012")), []);
    let free = issue(&|goods| goods.items[0].products = vec![product(90, "0.00")]);
    assert_eq!(free, at("/items/0/products/0/price", "DO-45c"));
    assert_eq!(issue(&|goods| goods.items[0].products = vec![product(90, "0.01")]), []);
    let countless = issue(&|goods| {
        goods.items[0].products = vec![product(u32::MAX, "0.01"), product(2, "0.01")];
    });
    assert_eq!(countless, at("/items/0", "DO-58"));
}

fn codes_of(decided: crate::device_order::DeviceOrderDecision) -> Vec<(String, String)> {
    let refused = decided.err().unwrap_or_default();
    refused.into_iter().map(|it| (it.problem.code.to_owned(), it.pointer)).collect()
}
