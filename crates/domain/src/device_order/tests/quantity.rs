//! How much the list admits: of a tier, of all of them, for a side, and over several months.

use super::december;
use crate::calendar::warsaw_date;
use crate::device_group::refusals::FIGURES_UNKNOWN;
use crate::device_group::{DeviceGroup, Limit, LimitBasis};
use crate::device_order::form::{Circumstances, check, entries as form_entries};
use crate::device_order::quantity::Earlier;
use crate::device_order::verification::{Verdict, confirm, entries, look};
use crate::support::device_orders::{Known, absorbents, facts, groups, month, wheelchair, with};
use crate::support::{date, read};
use crate::values::{DeviceCode, Grosze, Pieces};
use serde_json::{Value, json};

fn code_of(number: &str) -> &'static str {
    let all = entries().into_iter().chain(form_entries());
    all.into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

fn day() -> chrono::NaiveDate {
    warsaw_date(december())
}

fn found_in(content: Value, groups: &[DeviceGroup], known: &Known) -> Vec<String> {
    match look(&read(content), &facts(day(), groups, known)) {
        Verdict::Positive { .. } => Vec::new(),
        Verdict::Negative { findings, .. } => findings.into_iter().map(|finding| finding.code).collect(),
    }
}

fn found(content: Value) -> Vec<String> {
    found_in(content, &groups(day()), &Known::default())
}

/// The codes at which the form breaks.
fn faults(content: Value) -> Vec<&'static str> {
    let groups = groups(day());
    let circumstances = Circumstances { today: day(), groups: &groups, is_paper: false };
    check(&read(content), &circumstances).into_iter().map(|it| it.problem.code).collect()
}

fn entitled(content: Value) -> Value {
    with(
        content,
        "/additionalEntitlement",
        json!({
            "code": "47ZN",
            "document": {
                "kind": "DISABILITY_RULING", "number": "1", "issuedOn": "2025-06-01",
                "until": { "kind": "INDEFINITE" },
            },
        }),
    )
}

fn once(code: &str, pieces: u32) -> Value {
    with(with(wheelchair(), "/device/code", json!(code)), "/supply/pieces", json!(pieces))
}

fn sets(tier: Option<u32>, pieces: &str, months: u32) -> Value {
    let device = match tier {
        Some(tier) => json!({ "kind": "OTHER", "code": "R.01.01", "tier": tier }),
        None => json!({ "kind": "OTHER", "code": "R.01.01" }),
    };
    let content = with(absorbents(), "/prescriber/specialties", json!(["diabetolog"]));
    let content = with(with(content, "/device", device), "/supply/piecesAMonth", json!(pieces));
    with(content, "/supply/months", json!(months))
}

fn earlier(tier: Option<u32>, in_month: &str, pieces: &str) -> Known {
    let one = Earlier {
        code: DeviceCode::parse("R.01.01").expect("a code"),
        tier,
        month: month(in_month),
        pieces: Pieces::parse(pieces).expect("pieces"),
    };
    Known { earlier: vec![one], ..Known::default() }
}

#[test]
fn one_thing_is_borne_of_what_is_borne_by_the_item() {
    assert_eq!(found(once("Z.02.01", 1)), Vec::<String>::new());
    assert_eq!(found(once("Z.02.01", 2)), [code_of("DO-21b")]);
    assert_eq!(found(once("Z.02.01", 100)), [code_of("DO-21b")]);
    assert_eq!(found(once("Y.05.01", 2)), [code_of("DO-21b")], "a set for a period of use is one set");
    assert_eq!(found(entitled(once("Z.02.01", 2))), Vec::<String>::new());
}

#[test]
fn more_than_one_thing_is_justified() {
    assert_eq!(faults(entitled(once("Z.02.01", 1))), Vec::<&str>::new());
    assert_eq!(faults(entitled(once("Z.02.01", 2))), [code_of("DO-54")]);
    assert_eq!(
        faults(entitled(sets(Some(1), "11", 1))),
        [code_of("DO-54")],
        "the bound of a tier counts, too"
    );
}

#[test]
fn each_side_has_its_thing_and_a_number_is_for_both_together() {
    let chair = |sides: &str, pieces: u32| with(once("S.12.01", pieces), "/device/sides", json!(sides));
    assert_eq!(found(chair("BOTH", 1)), Vec::<String>::new());
    assert_eq!(found(chair("BOTH", 2)), [code_of("DO-21b")]);
    let child = with(
        once("N.01.01", 1),
        "/patient/identifier",
        json!({ "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA1" }),
    );
    let child = with(child, "/patient/birthDate", json!("2015-01-31"));
    let child =
        with(child, "/right", json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PROXY" }));
    let gloves = |sides: &str, pieces: u32| {
        with(with(child.clone(), "/device/sides", json!(sides)), "/supply/pieces", json!(pieces))
    };
    assert_eq!(found(gloves("LEFT", 2)), Vec::<String>::new(), "the name says up to two");
    assert_eq!(found(gloves("LEFT", 3)), [code_of("DO-21b")]);
    assert_eq!(found(gloves("BOTH", 1)), Vec::<String>::new());
    assert_eq!(found(gloves("BOTH", 2)), [code_of("DO-21b")], "that would be four");
}

#[test]
fn an_open_tier_escapes_no_bound() {
    assert_eq!(found(sets(None, "10", 6)), Vec::<String>::new());
    assert_eq!(found(sets(None, "10.01", 6)), [code_of("DO-21b")]);
    assert_eq!(found(sets(None, "500", 6)), [code_of("DO-21b")]);
    assert_eq!(found(sets(Some(2), "10", 6)), [code_of("DO-21b")]);
}

#[test]
fn a_tier_is_confirmed_within_its_own_bound() {
    let pieces = |content: Value| -> Vec<String> {
        let (groups, known) = (groups(day()), Known::default());
        let lines = confirm(&read(content), &facts(day(), &groups, &known)).expect("lines");
        lines.into_iter().map(|line| line.pieces.to_string()).collect()
    };
    assert_eq!(pieces(sets(None, "10", 6)), ["10", "4.34"], "26 sets in six months");
    assert_eq!(pieces(sets(None, "10", 2)), ["10", "10"]);
    assert_eq!(pieces(entitled(sets(None, "30", 6))), ["30", "30"]);
}

#[test]
fn a_bound_of_several_months_counts_the_months_that_are_ordered() {
    assert_eq!(found(sets(Some(2), "5", 1)), Vec::<String>::new(), "five sets are no twenty-six");
    assert_eq!(found(sets(Some(2), "26", 1)), Vec::<String>::new());
    assert_eq!(found(sets(Some(2), "26.01", 1)), [code_of("DO-21b")]);
    assert_eq!(found(sets(Some(2), "13", 2)), Vec::<String>::new());
    assert_eq!(found(sets(Some(2), "4.33", 12)), Vec::<String>::new());
    assert_eq!(found(sets(Some(2), "4.34", 12)), [code_of("DO-21b")]);
}

#[test]
fn what_the_patient_had_in_the_same_months_counts() {
    let groups = groups(day());
    let found = |known: &Known| found_in(sets(Some(2), "5", 1), &groups, known);
    assert_eq!(found(&earlier(Some(2), "2026-07", "21")), Vec::<String>::new());
    assert_eq!(found(&earlier(Some(2), "2026-07", "21.01")), [code_of("DO-21b")]);
    assert_eq!(found(&earlier(Some(2), "2026-06", "26")), Vec::<String>::new(), "six months ago");
    assert_eq!(found(&earlier(Some(1), "2026-07", "26")), Vec::<String>::new(), "of another tier");
    assert_eq!(found(&earlier(None, "2026-11", "26")), [code_of("DO-21b")], "of an open one");
}

fn by_urologist() -> Value {
    with(absorbents(), "/prescriber/specialties", json!(["urolog"]))
}

fn bags(multiples: &str) -> Value {
    let device =
        json!({ "kind": "OTHER", "code": "W.01.01.I", "stoma": { "kind": "ILEOSTOMY", "count": 1 } });
    with(with(by_urologist(), "/device", device), "/supply/piecesAMonth", json!(multiples))
}

#[test]
fn a_month_s_amount_is_ordered_once_unless_an_entitlement_lifts_it() {
    assert_eq!(found(bags("1")), Vec::<String>::new());
    assert_eq!(found(bags("1.01")), [code_of("DO-21b")]);
    assert_eq!(found(bags("90")), [code_of("DO-21b")], "bags are not what is counted");
    assert_eq!(found(entitled(bags("2"))), Vec::<String>::new());
    assert_eq!(faults(entitled(bags("1"))), Vec::<&str>::new());
    assert_eq!(faults(entitled(bags("1.01"))), [code_of("DO-54")], "and is justified then");
}

#[test]
fn an_amount_grows_only_where_the_list_says_so() {
    let limit = |content: Value, multiplied: Option<bool>| {
        let (mut groups, known) = (groups(day()), Known::default());
        for group in groups.iter_mut().filter(|it| it.code.as_str() == "W.01.01.I") {
            group.multiplied = multiplied;
        }
        let lines = confirm(&read(content), &facts(date("2026-12-01"), &groups, &known));
        lines
            .map(|lines| lines[0].terms.limit.to_string())
            .map_err(|unknown| unknown.expect("unknown").problem)
    };
    let grosze = |text: &str| Ok(text.to_owned());
    assert_eq!(limit(entitled(bags("3")), Some(true)), grosze("1350.00"));
    assert_eq!(limit(entitled(bags("3")), Some(false)), grosze("450.00"));
    assert_eq!(limit(entitled(bags("3")), None), Err(FIGURES_UNKNOWN), "unknown is neither");
    assert_eq!(limit(entitled(bags("1")), None), grosze("450.00"), "one grows in no case");
    assert_eq!(limit(bags("1"), None), grosze("450.00"));
}

#[test]
fn an_amount_of_pieces_is_multiplied_before_it_is_divided() {
    let (mut groups, known) = (groups(day()), Known::default());
    for group in groups.iter_mut().filter(|it| it.code.as_str() == "Y.06.01") {
        group.multiplied = Some(true);
        let bands = group.tiers.iter_mut().flat_map(|tier| &mut tier.bands);
        bands.for_each(|band| {
            band.limit = Some(Limit {
                amount: Grosze::new(45_000).expect("an amount"),
                basis: LimitBasis::PerMonthTotal,
            });
        });
    }
    let content = entitled(with(absorbents(), "/supply/piecesAMonth", json!("130")));
    let lines = confirm(&read(content), &facts(date("2026-12-01"), &groups, &known)).expect("lines");
    assert_eq!(lines[0].terms.limit.to_string(), "650.00", "450 zł for 90 pieces");
}

#[test]
fn a_largest_quantity_that_nobody_knows_is_for_an_officer_to_judge() {
    let mut list = groups(day());
    for group in list.iter_mut().filter(|it| it.code.as_str() == "Y.06.01") {
        group.largest = None;
        group.tiers.iter_mut().for_each(|tier| tier.largest = None);
    }
    let found = |content| found_in(content, &list, &Known::default());
    assert_eq!(found(absorbents()), [code_of("DO-21f")]);
    assert_eq!(found(entitled(absorbents())), Vec::<String>::new(), "an entitlement lifts it");
}

#[test]
fn what_was_issued_on_a_shared_limit_counts() {
    let mut list = groups(day());
    let other = Earlier {
        code: DeviceCode::parse("Y.04.01").expect("a code"),
        tier: Some(1),
        month: month("2026-12"),
        pieces: Pieces::from_hundredths(9_000).expect("pieces"),
    };
    let known = Known { earlier: vec![other], ..Known::default() };
    assert_eq!(found_in(absorbents(), &list, &known), Vec::<String>::new());
    for group in list.iter_mut().filter(|it| ["Y.06.01", "Y.04.01"].contains(&it.code.as_str())) {
        group.shared_limit = Some("wspólny".to_owned());
    }
    assert_eq!(found_in(absorbents(), &list, &known), [code_of("DO-21b")]);
}
