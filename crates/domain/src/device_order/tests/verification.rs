//! What the payer finds, and what it confirms.

use super::december;
use crate::calendar::warsaw_date;
use crate::device_group::NextFrom;
use crate::device_order::Content;
use crate::device_order::content::OrderedItem;
use crate::device_order::lifecycle::{PeriodState, Periods, State};
use crate::device_order::model::{Right, Side};
use crate::device_order::money::LimitKind;
use crate::device_order::refusals::{RIGHT_NOT_CONFIRMED, RIGHT_UNANSWERED, SPECIALTY_UNCONFIRMED};
use crate::device_order::verification::{
    self, Facts, Finding, Insurance, OtherOrder, Supplied, Verdict, confirm, entries, figures_known, look,
};
use crate::support::device_orders::{
    Known, absorbents, facts, groups, looked_at, month, months, positive, verifying, wheelchair, with,
};
use crate::support::{date, read};
use crate::values::{DeviceCode, DeviceOrderNumber, OrderPrefix};
use chrono::NaiveDate;
use serde_json::{Value, json};

fn code_of(number: &str) -> &'static str {
    entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

/// What a look on that day finds.
fn found_on(day: &str, content: Value, known: &Known) -> Vec<(String, String)> {
    let day = date(day);
    let groups = groups(day);
    match look(&read(content), &facts(day, &groups, known)) {
        Verdict::Positive { .. } => Vec::new(),
        Verdict::Negative { findings, .. } => findings.into_iter().map(|it| (it.code, it.pointer)).collect(),
    }
}

fn found(content: Value, known: &Known) -> Vec<(String, String)> {
    found_on("2026-12-01", content, known)
}

fn one(number: &str, pointer: &str) -> Vec<(String, String)> {
    vec![(code_of(number).to_owned(), pointer.to_owned())]
}

fn code(text: &str) -> DeviceCode {
    DeviceCode::parse(text).expect("a code")
}

fn entitlement(code: &str, until: &Value) -> Value {
    json!({
        "code": code,
        "document": { "kind": "DISABILITY_RULING", "number": "1", "issuedOn": "2025-06-01", "until": until },
    })
}

fn entitled(content: Value, code: &str) -> Value {
    let content =
        with(content, "/additionalEntitlement", entitlement(code, &json!({ "kind": "INDEFINITE" })));
    with(content, "/grounds/largerQuantity", json!("Ciężkie nietrzymanie."))
}

fn supplied(device: &str, next_from: Option<&str>) -> Known {
    let supplied = Supplied {
        order: DeviceOrderNumber::compose(OrderPrefix::Test, [3; 16]),
        added: 0,
        code: code(device),
        side: None,
        issued_on: date("2024-01-15"),
        next_from: next_from.map_or(NextFrom::Never, |day| NextFrom::Day(date(day))),
    };
    Known { supplied: vec![supplied], ..Known::default() }
}

fn other(device: &str, is_open: bool, is_positive: bool) -> OtherOrder {
    OtherOrder {
        number: DeviceOrderNumber::compose(OrderPrefix::Test, [2; 16]),
        items: vec![OrderedItem { code: code(device), side: None }],
        months: Some(months("2027-11", 3)),
        is_positive,
        is_open,
    }
}

#[test]
fn a_common_order_is_confirmed_with_a_line_for_each_tier() {
    let order = positive(absorbents(), december());
    let confirmed = order.state.confirmed().expect("a confirmation");
    let lines = &confirmed.confirmation.lines;
    let limits: Vec<(u32, String, u8)> =
        lines.iter().map(|line| (line.tier, line.terms.limit.to_string(), line.terms.refund.get())).collect();
    assert_eq!(limits, [(1, "1.00".into(), 80), (2, "1.70".into(), 80), (3, "2.30".into(), 80)]);
    assert!(
        lines.iter().all(|line| line.pieces.to_string() == "90" && line.terms.kind == LimitKind::PerPiece)
    );
    assert!(matches!(confirmed.confirmation.right, Right::Confirmed { .. }));
    assert!(confirmed.access.code.is_some(), "a patient with a PESEL gets a code");
    let Periods::Monthly { periods } = &confirmed.periods else { panic!("months") };
    assert_eq!(
        (periods.len(), periods[0].month, periods[11].month),
        (12, month("2026-12"), month("2027-11"))
    );
}

#[test]
fn a_one_off_order_lasts_twelve_months() {
    let order = positive(wheelchair(), december());
    let confirmed = order.state.confirmed().expect("a confirmation");
    let until = Periods::OneOff { last_day: date("2027-12-01"), state: PeriodState::Available };
    assert_eq!(confirmed.periods, until);
}

#[test]
fn a_code_that_left_the_list_is_found() {
    let known = Known::default();
    assert_eq!(found_on("2023-06-01", wheelchair(), &known), one("DO-21a", "/content/device"));
}

#[test]
fn only_whom_the_list_names_may_order() {
    let known = Known::default();
    let surgeon = with(absorbents(), "/prescriber/specialties", json!(["chirurg naczyniowy"]));
    assert_eq!(found(surgeon.clone(), &known), one("DO-1", "/content/prescriber"));
    let discipline = with(absorbents(), "/prescriber/specialties", json!(["Medycyna rodzinna"]));
    assert_eq!(found(discipline, &known), [], "the discipline is the specialty of its holder");
    let nurse = with(surgeon, "/prescriber/profession", json!("NURSE"));
    assert_eq!(found(nurse, &known), [], "nurses need no specialty");
}

#[test]
fn who_may_continue_is_another_list_and_where_it_is_unknown_nobody_is_judged() {
    let surgeon = with(absorbents(), "/prescriber/specialties", json!(["chirurg naczyniowy"]));
    let continued = with(surgeon, "/supply/ordination", json!("CONTINUATION"));
    assert_eq!(found(continued, &Known::default()), []);
}

#[test]
fn where_the_payer_does_not_confirm_a_statement_stands_in() {
    let uninsured = Known { insurance: Insurance::NotConfirmed, ..Known::default() };
    assert_eq!(found(absorbents(), &uninsured), one("DO-28", "/content/right"));
    let statement = json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PATIENT" });
    assert_eq!(found(with(absorbents(), "/right", statement), &uninsured), []);
    let document = |last: &str| {
        let document = json!({ "kind": "INSURANCE_PROOF", "until": { "kind": "DAY", "last": last } });
        with(absorbents(), "/right", json!({ "kind": "DOCUMENT", "document": document }))
    };
    assert_eq!(found(document("2026-12-01"), &uninsured), []);
    assert_eq!(found(document("2026-11-30"), &uninsured), one("DO-28b", "/content/right/document/until"));
    assert_eq!(found(document("2026-11-30"), &Known::default()), [], "the payer's word comes first");
}

#[test]
fn a_payer_that_is_away_keeps_nobody_waiting_and_the_result_says_so() {
    let away = Known { insurance: Insurance::NotAsked { is_outage: true }, ..Known::default() };
    let statement = json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PATIENT" });
    let order = looked_at(with(absorbents(), "/right", statement), &away, december());
    let confirmation = &order.state.confirmed().expect("a confirmation").confirmation;
    assert_eq!(confirmation.right, Right::Proved);
    let declared = Finding::of(SPECIALTY_UNCONFIRMED, "/content/prescriber/specialties");
    let told = [Finding::of(RIGHT_UNANSWERED, "/content/right"), declared];
    assert_eq!(confirmation.warnings, told);
    let State::Negative(negative) = looked_at(absorbents(), &away, december()).state else {
        panic!("a finding")
    };
    assert_eq!(negative.findings, [Finding::of(RIGHT_NOT_CONFIRMED, "/content/right")]);
    assert_eq!(negative.warnings, told);
}

#[test]
fn an_outdated_pesel_is_found() {
    let outdated = Known { insurance: Insurance::PeselOutdated, ..Known::default() };
    let statement = json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PATIENT" });
    let content = with(absorbents(), "/right", statement);
    assert_eq!(found(content, &outdated), one("DO-28c", "/content/patient/identifier"));
}

#[test]
fn an_entitlement_fits_the_age_and_its_document_is_valid() {
    let known = Known::default();
    let child =
        with(absorbents(), "/additionalEntitlement", entitlement("47ZND", &json!({ "kind": "INDEFINITE" })));
    assert_eq!(found(child, &known), one("DO-51", "/content/additionalEntitlement/code"));
    let over = json!({ "kind": "DAY", "last": "2026-11-30" });
    let expired = with(absorbents(), "/additionalEntitlement", entitlement("47ZN", &over));
    assert_eq!(found(expired, &known), one("DO-14c", "/content/additionalEntitlement/document/until"));
}

#[test]
fn a_quantity_beyond_the_list_needs_an_entitlement() {
    let known = Known::default();
    let larger = with(absorbents(), "/supply/piecesAMonth", json!("90.01"));
    assert_eq!(found(larger.clone(), &known), one("DO-21b", "/content/supply"));
    assert_eq!(found(entitled(larger.clone(), "47ZN"), &known), []);
    assert_eq!(
        found(entitled(larger, "47IB"), &known),
        one("DO-21b", "/content/supply"),
        "it lifts the co-pay only"
    );
}

#[test]
fn a_bound_of_several_months_is_compared_with_as_many() {
    let sets = |pieces: &str| {
        let device = json!({ "kind": "OTHER", "code": "R.01.01", "tier": 2 });
        let content = with(absorbents(), "/prescriber/specialties", json!(["diabetolog"]));
        with(with(content, "/device", device), "/supply/piecesAMonth", json!(pieces))
    };
    assert_eq!(found(sets("4.33"), &Known::default()), []);
    assert_eq!(found(sets("4.34"), &Known::default()), one("DO-21b", "/content/supply"));
}

#[test]
fn a_device_in_use_is_not_borne_anew() {
    let in_use = supplied("S.12.01", Some("2029-01-15"));
    assert_eq!(found(wheelchair(), &in_use), one("DO-21c", "/content/device"));
    assert_eq!(found(wheelchair(), &supplied("S.12.01", Some("2026-12-01"))), [], "from that day on");
    assert_eq!(found(wheelchair(), &supplied("S.12.01", Some("2026-12-02"))).len(), 1);
    assert_eq!(found(wheelchair(), &supplied("S.12.01", None)).len(), 1, "what is borne once is borne once");
    assert_eq!(found(wheelchair(), &supplied("S.13.01", Some("2029-01-15"))), []);
    assert_eq!(found(entitled(wheelchair(), "47ZN"), &in_use), []);
    let wheels = supplied("Y.06.01", Some("2029-01-15"));
    assert_eq!(found(absorbents(), &wheels), [], "what is supplied by the month has no such period");
}

#[test]
fn sides_are_in_use_apart() {
    let in_use = |side| {
        let supplied = Supplied {
            order: DeviceOrderNumber::compose(OrderPrefix::Test, [3; 16]),
            added: 0,
            code: code("S.12.01"),
            side,
            issued_on: date("2026-01-15"),
            next_from: NextFrom::Day(date("2029-01-15")),
        };
        Known { supplied: vec![supplied], ..Known::default() }
    };
    let left = with(wheelchair(), "/device/sides", json!("LEFT"));
    assert_eq!(found(left.clone(), &in_use(Some(Side::Right))), []);
    assert_eq!(found(left, &in_use(Some(Side::Left))).len(), 1);
    assert_eq!(found(wheelchair(), &in_use(Some(Side::Left))).len(), 1);
}

#[test]
fn a_second_order_for_the_same_months_is_found() {
    let known = |other| Known { others: vec![other], ..Known::default() };
    assert_eq!(found(absorbents(), &known(other("Y.06.01", true, true))), one("DO-21d", "/content/device"));
    assert_eq!(found(absorbents(), &known(other("Y.06.01", false, true))), []);
    assert_eq!(found(absorbents(), &known(other("Y.04.01", true, true))), []);
    let later = with(absorbents(), "/supply/from", json!("2028-02"));
    assert_eq!(found(later, &known(other("Y.06.01", true, true))), []);
}

#[test]
fn a_short_continuation_needs_its_primary_order() {
    let content = with(absorbents(), "/supply/form", json!("SHORT"));
    let content = with(content, "/supply/ordination", json!("CONTINUATION"));
    let primary = DeviceOrderNumber::compose(OrderPrefix::Test, [2; 16]);
    let short = with(content, "/supply/primaryOrder", json!(primary.as_str()));
    let known = |others| Known { others, ..Known::default() };
    assert_eq!(found(short.clone(), &known(vec![])), one("DO-5", "/content/supply/primaryOrder"));
    assert_eq!(found(short.clone(), &known(vec![other("Y.06.01", false, true)])), []);
    assert_eq!(found(short.clone(), &known(vec![other("Y.06.01", false, false)])).len(), 1);
    assert_eq!(found(short, &known(vec![other("Y.04.01", false, true)])).len(), 1);
}

#[test]
fn a_negative_result_carries_every_fault() {
    let known = Known {
        insurance: Insurance::NotConfirmed,
        others: vec![other("Y.06.01", true, true)],
        ..Known::default()
    };
    let larger = with(absorbents(), "/supply/piecesAMonth", json!("91"));
    let order = looked_at(larger, &known, december());
    let State::Negative(negative) = &order.state else { panic!("{:?}", order.state) };
    assert_eq!(negative.findings.len(), 3);
}

#[test]
fn figures_that_nobody_knows_stop_an_order_before_it_is_signed() {
    let day = date("2026-12-01");
    let (all, known) = (groups(day), Known::default());
    let unknown = |code: &str| {
        let content: Content = read(with(wheelchair(), "/device/code", json!(code)));
        figures_known(&content, &facts(day, &all, &known))
            .into_iter()
            .map(|it| it.problem.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(unknown("S.12.01"), Vec::<&str>::new());
    assert_eq!(unknown("S.13.01"), ["device_group.figures_unknown"]);
    assert_eq!(unknown("A.01.01"), ["device_group.figures_unknown"]);
}

/// Limit and payer's share of the lines that are confirmed on a day.
fn borne(content: Value, day: NaiveDate) -> Vec<(String, u8)> {
    let (all, known) = (groups(day), Known::default());
    let lines = confirm(&read(content), &facts(day, &all, &known)).expect("lines");
    lines.into_iter().map(|line| (line.terms.limit.to_string(), line.terms.refund.get())).collect()
}

#[test]
fn money_depends_on_age_pregnancy_and_entitlement() {
    let day = date("2026-12-01");
    let tier = |content: Value| with(content, "/device/tier", json!(2));
    assert_eq!(borne(tier(absorbents()), day), [("1.70".to_owned(), 80)]);
    assert_eq!(borne(tier(entitled(absorbents(), "47IB")), day), [("1.70".to_owned(), 100)]);
    assert_eq!(
        borne(tier(entitled(absorbents(), "47ZN")), day),
        [("1.70".to_owned(), 80)],
        "DO-52: the share stays"
    );
    let pump = with(with(absorbents(), "/device/code", json!("R.01.01")), "/device/tier", json!(1));
    assert_eq!(borne(pump.clone(), day), [("30.00".to_owned(), 70)]);
    assert_eq!(borne(with(pump, "/patient/pregnant", json!(true)), day), [("30.00".to_owned(), 100)]);
}

#[test]
fn an_amount_by_the_month_is_for_each_stoma_and_grows_with_an_entitlement() {
    let day = date("2026-12-01");
    let bags = |code: &str, count: u32, pieces: &str| {
        let device =
            json!({ "kind": "OTHER", "code": code, "stoma": { "kind": "ILEOSTOMY", "count": count } });
        with(with(absorbents(), "/device", device), "/supply/piecesAMonth", json!(pieces))
    };
    assert_eq!(borne(bags("W.01.01.I", 1, "1"), day), [("450.00".to_owned(), 100)]);
    assert_eq!(borne(bags("W.01.01.I", 2, "1"), day), [("900.00".to_owned(), 100)]);
    assert_eq!(borne(bags("W.01.01.I", 1, "3"), day), [("450.00".to_owned(), 100)]);
    assert_eq!(borne(entitled(bags("W.01.01.I", 1, "3"), "47ZN"), day), [("1350.00".to_owned(), 100)]);
    assert_eq!(
        borne(entitled(bags("W.01.02.I", 1, "3"), "47ZN"), day),
        [("900.00".to_owned(), 100)],
        "DO-53"
    );
}

#[test]
fn each_lens_is_of_the_band_that_its_power_reaches() {
    let day = date("2026-12-01");
    let lens = |eye: &str, sphere: &str, cylinder: Option<&str>| {
        let lens = json!({ "code": "O.01.02", "lensUse": "FAR", "eye": eye, "sphere": sphere });
        match cylinder {
            Some(cylinder) => with(with(lens, "/cylinder", json!(cylinder)), "/axis", json!(90)),
            None => lens,
        }
    };
    let device = json!({ "kind": "LENSES", "lenses": [
        lens("LEFT", "-6.00", None),
        lens("RIGHT", "-6.25", None),
        { "code": "O.01.02", "lensUse": "FAR", "eye": "LEFT", "sphere": "+10.00" },
        lens("RIGHT", "1.00", Some("-2.25")),
    ] });
    let content = with(wheelchair(), "/device", device);
    let child = with(
        content,
        "/patient/identifier",
        json!({ "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA1" }),
    );
    let child = with(child, "/patient/birthDate", json!("2020-09-01"));
    let limits: Vec<String> = borne(child, day).into_iter().map(|(limit, _)| limit).collect();
    assert_eq!(limits, ["25.00", "50.00", "350.00", "50.00"]);
}

#[test]
fn nothing_is_concluded_twice() {
    let now = december();
    let order = positive(absorbents(), now);
    let verdict = Verdict::Negative { findings: Vec::new(), warnings: Vec::new(), right: None };
    assert!(verification::conclude(order, verdict, None, now).is_err());
    let (day, known) = (warsaw_date(now), Known::default());
    let all = groups(day);
    let waiting = verifying(absorbents(), now);
    let facts = Facts { is_first: true, ..facts(day, &all, &known) };
    let verdict = look(&waiting.content, &facts);
    assert!(verification::conclude(waiting, verdict, None, now).is_ok());
}
