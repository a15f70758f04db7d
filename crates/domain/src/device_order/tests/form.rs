//! What has to stand in an order before it gets a number.

use super::december;
use crate::calendar::warsaw_date;
use crate::demand::model::SignatureKind;
use crate::device_order::StateName;
use crate::device_order::form::{Circumstances, check, entries};
use crate::device_order::issue::{correct, edit, submit};
use crate::device_order::refusals::{MONTH_PAST, WRONG_STATE};
use crate::device_order::verification::Insurance;
use crate::support::device_orders::{
    Known, absorbents, draft, groups, looked_at, positive, submission, wheelchair, with,
};
use crate::support::{codes, date, read, signed};
use serde_json::{Value, json};

/// The codes and pointers at which a content breaks the form on 1 December 2026.
fn faults(content: Value) -> Vec<(&'static str, String)> {
    on_paper(content, false)
}

fn on_paper(content: Value, is_paper: bool) -> Vec<(&'static str, String)> {
    let today = warsaw_date(december());
    let groups = groups(today);
    let found = check(&read(content), &Circumstances { today, groups: &groups, is_paper });
    found.into_iter().map(|violation| (violation.problem.code, violation.pointer)).collect()
}

/// Where the content breaks the rule of that number, and no other.
fn only(number: &str, content: Value) -> Vec<String> {
    let entry = entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number");
    let found = faults(content);
    assert!(found.iter().all(|(code, _)| *code == entry.code), "{number}: {found:?}");
    found.into_iter().map(|(_, pointer)| pointer).collect()
}

fn without(content: Value, pointer: &str) -> Value {
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
    let mut content = content;
    content.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object").remove(member);
    content
}

fn foreigner() -> Value {
    let identifier = json!({ "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" });
    let content = with(absorbents(), "/patient/identifier", identifier);
    let content = with(content, "/patient/birthDate", json!("1990-01-31"));
    let content = with(content, "/patient/sex", json!("FEMALE"));
    with(content, "/right", json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PATIENT" }))
}

fn disabled(code: &str) -> Value {
    json!({
        "code": code,
        "document": {
            "kind": "DISABILITY_RULING", "number": "12/2025", "issuedOn": "2025-06-01",
            "until": { "kind": "INDEFINITE" },
        },
    })
}

#[test]
fn complete_orders_have_no_fault_and_an_empty_one_lacks_what_everybody_needs() {
    for content in [absorbents(), wheelchair(), foreigner()] {
        assert_eq!(faults(content), []);
    }
    let pointers: Vec<String> = faults(json!({})).into_iter().map(|(_, pointer)| pointer).collect();
    for pointer in [
        "/content/place/regon",
        "/content/prescriber/profession",
        "/content/patient/identifier",
        "/content/device",
        "/content/supply",
    ] {
        assert!(pointers.iter().any(|it| it == pointer), "{pointer}");
    }
}

#[test]
fn place_prescriber_and_patient_are_named() {
    assert_eq!(only("DO-1a", without(absorbents(), "/place/regon")), ["/content/place/regon"]);
    assert_eq!(only("DO-13a", without(absorbents(), "/patient/familyName")), ["/content/patient/familyName"]);
    assert_eq!(only("DO-12a", without(absorbents(), "/grounds/diagnosis")), ["/content/grounds/diagnosis"]);
}

#[test]
fn without_a_pesel_birth_sex_and_proof_are_needed() {
    assert_eq!(only("DO-13b", without(foreigner(), "/patient/sex")), ["/content/patient/sex"]);
    assert_eq!(only("DO-13c", without(foreigner(), "/right")), ["/content/right"]);
}

#[test]
fn an_entitlement_carries_its_document() {
    let with_it = |entitlement: Value| with(absorbents(), "/additionalEntitlement", entitlement);
    assert_eq!(faults(with_it(disabled("47ZN"))), []);
    let undated = without(with_it(disabled("47ZN")), "/additionalEntitlement/document/until");
    assert_eq!(only("DO-14a", undated), ["/content/additionalEntitlement/document/until"]);
    let until = json!({ "kind": "DAY", "last": "2025-05-31" });
    let backwards = with(with_it(disabled("47ZN")), "/additionalEntitlement/document/until", until);
    assert_eq!(only("DO-14a", backwards), ["/content/additionalEntitlement/document/until"]);
    assert_eq!(only("DO-14b", with_it(disabled("47DN"))), ["/content/additionalEntitlement/certifiedBy"]);
    let certified = with(with_it(disabled("47DN")), "/additionalEntitlement/certifiedBy", json!("5425740"));
    assert_eq!(faults(certified), []);
}

#[test]
fn a_ground_for_shortening_fits_the_age() {
    let ground = |ground: &str| json!({ "ground": ground, "justification": "Zmiana budowy ciała." });
    assert_eq!(faults(with(wheelchair(), "/shortening", ground("ADULT_CHANGE"))), []);
    let child = with(wheelchair(), "/shortening", ground("CHILD_GROWTH"));
    assert_eq!(only("DO-47a", child), ["/content/shortening/ground"]);
}

#[test]
fn the_code_stands_in_the_list_of_the_day() {
    let old = with(absorbents(), "/device/code", json!("P.100"));
    assert_eq!(only("DO-12b", old), ["/content/device/code"]);
}

#[test]
fn a_full_form_names_a_criterion() {
    assert_eq!(only("DO-11", without(absorbents(), "/grounds/criteria")), ["/content/grounds/criteria"]);
}

#[test]
fn sides_are_told_where_the_group_has_them() {
    let today = warsaw_date(december());
    let sided = |sided: bool, sides: Option<&str>| {
        let mut groups = groups(today);
        for group in groups.iter_mut().filter(|group| group.code.as_str() == "S.12.01") {
            group.sided = Some(sided);
        }
        let content = match sides {
            Some(sides) => with(wheelchair(), "/device/sides", json!(sides)),
            None => wheelchair(),
        };
        let found = check(&read(content), &Circumstances { today, groups: &groups, is_paper: false });
        found.into_iter().map(|violation| violation.problem.code).collect::<Vec<_>>()
    };
    let code =
        |number: &str| entries().into_iter().find(|entry| entry.number == number).expect("a rule").code;
    assert_eq!(sided(true, None), [code("DO-12c")]);
    assert_eq!(sided(true, Some("BOTH")), Vec::<&str>::new());
    assert_eq!(sided(false, Some("LEFT")), [code("DO-12d")]);
}

#[test]
fn a_stoma_is_of_the_kind_that_the_code_has() {
    let bags = |stoma: Value| {
        let device = json!({ "kind": "OTHER", "code": "W.01.01.I", "stoma": stoma });
        with(with(absorbents(), "/device", device), "/supply/piecesAMonth", json!("1"))
    };
    assert_eq!(faults(bags(json!({ "kind": "ILEOSTOMY", "count": 1 }))), []);
    assert_eq!(only("DO-12e", bags(json!({ "kind": "UROSTOMY", "count": 1 }))), ["/content/device/stoma"]);
    assert_eq!(
        only("DO-12f", bags(json!({ "kind": "ILEOSTOMY", "count": 0 }))),
        ["/content/device/stoma/count"]
    );
    let of_others =
        |kind: &str, code: &str| with(bags(json!({ "kind": kind, "count": 1 })), "/device/code", json!(code));
    assert_eq!(
        faults(of_others("SALIVARY", "W.01.01.IP")),
        [],
        "the payer tells it apart, the list does not"
    );
    assert_eq!(faults(of_others("OTHER", "W.01.01.IP")), []);
    assert_eq!(only("DO-12e", of_others("SALIVARY", "W.01.01.I")), ["/content/device/stoma"]);
    let pads = with(absorbents(), "/device/stoma", json!({ "kind": "ILEOSTOMY", "count": 1 }));
    assert_eq!(only("DO-12e", pads), ["/content/device/stoma"]);
}

fn lenses(lenses: &Value) -> Value {
    with(wheelchair(), "/device", json!({ "kind": "LENSES", "pupilDistance": "63.5", "lenses": lenses }))
}

fn lens(code: &str, lens_use: &str, eye: &str) -> Value {
    json!({ "code": code, "lensUse": lens_use, "eye": eye, "sphere": "-2.75" })
}

#[test]
fn lenses_are_few_different_and_have_power() {
    let pair = json!([lens("O.01.02", "FAR", "LEFT"), lens("O.01.02", "FAR", "RIGHT")]);
    assert_eq!(faults(lenses(&pair)), []);
    let twice = json!([lens("O.01.02", "FAR", "LEFT"), lens("O.01.02", "FAR", "LEFT")]);
    assert_eq!(only("DO-12g", lenses(&twice)), ["/content/device/lenses"]);
    assert_eq!(only("DO-12g", lenses(&json!([]))), ["/content/device/lenses"]);
    let other = with(wheelchair(), "/device/code", json!("O.01.02"));
    assert_eq!(only("DO-12g", other), ["/content/device"]);
    let near = json!([lens("O.01.02", "NEAR", "LEFT")]);
    assert_eq!(only("DO-12k", lenses(&near)), ["/content/device/lenses/0/lensUse"]);
    let without_axis = with(lens("O.01.02", "FAR", "LEFT"), "/cylinder", json!("-1.25"));
    assert_eq!(only("DO-12h", lenses(&json!([without_axis]))), ["/content/device/lenses/0"]);
}

#[test]
fn a_named_tier_exists() {
    assert_eq!(faults(with(absorbents(), "/device/tier", json!(3))), []);
    assert_eq!(only("DO-12i", with(absorbents(), "/device/tier", json!(4))), ["/content/device/tier"]);
}

#[test]
fn months_are_at_most_twelve_and_on_paper_six() {
    let of = |months: u32| with(absorbents(), "/supply/months", json!(months));
    assert_eq!(only("DO-9", of(13)), ["/content/supply/months"]);
    assert_eq!(only("DO-9", of(0)), ["/content/supply/months"]);
    assert_eq!(on_paper(of(6), true), []);
    assert_eq!(on_paper(of(7), true).len(), 1);
}

#[test]
fn the_first_month_has_not_passed() {
    assert_eq!(only("DO-10", with(absorbents(), "/supply/from", json!("2026-11"))), ["/content/supply/from"]);
}

#[test]
fn a_supply_is_of_the_kind_that_the_list_has() {
    let once = with(absorbents(), "/supply", json!({ "kind": "ONE_OFF", "pieces": 1 }));
    assert_eq!(only("DO-12j", once), ["/content/supply"]);
}

#[test]
fn the_short_form_continues_a_primary_order() {
    let short = |ordination: &str| {
        let content = with(absorbents(), "/supply/form", json!("SHORT"));
        with(content, "/supply/ordination", json!(ordination))
    };
    let primary = |content| with(content, "/supply/primaryOrder", json!("T5-22222222-22222222"));
    assert_eq!(only("DO-5a", short("CONTINUATION")), ["/content/supply/primaryOrder"]);
    assert_eq!(only("DO-5b", primary(short("PRIMARY"))), ["/content/supply/form"]);
    let bare = without(without(primary(short("CONTINUATION")), "/grounds/criteria"), "/grounds/diagnosis");
    assert_eq!(faults(bare), [], "grounds are those of the primary order");
}

#[test]
fn more_than_the_list_has_is_justified() {
    let larger = with(absorbents(), "/supply/piecesAMonth", json!("130"));
    let entitled = with(larger, "/additionalEntitlement", disabled("47ZN"));
    assert_eq!(only("DO-54", entitled.clone()), ["/content/grounds/largerQuantity"]);
    assert_eq!(faults(with(entitled, "/grounds/largerQuantity", json!("Ciężkie nietrzymanie."))), []);
}

#[test]
fn the_issuer_is_whom_the_content_names() {
    let other = with(absorbents(), "/prescriber/licenceNumber", json!("1234567"));
    let now = december();
    let all = groups(warsaw_date(now));
    let refused = submit(draft(other, now), submission(now), &all, now).expect_err("a refusal");
    let rule = super::entries().into_iter().find(|entry| entry.number == "DO-1b").expect("a rule");
    assert_eq!(
        refused.iter().map(|it| (it.problem.code, it.pointer.as_str())).collect::<Vec<_>>(),
        [(rule.code, "/content/prescriber/licenceNumber")]
    );
}

#[test]
fn a_personal_signature_does_not_do() {
    let now = december();
    let all = groups(warsaw_date(now));
    let personal =
        crate::demand::model::Signed { kind: SignatureKind::Personal, ..signed("Anna", "Przykładowa", now) };
    let submission = crate::device_order::issue::Submission { signed: personal.into(), ..submission(now) };
    let rule = super::entries().into_iter().find(|entry| entry.number == "DO-6").expect("a rule");
    assert_eq!(codes(submit(draft(absorbents(), now), submission, &all, now)), [rule.code]);
}

#[test]
fn a_correction_keeps_the_number_and_raises_the_version() {
    let now = december();
    let uninsured = Known { insurance: Insurance::NotConfirmed, ..Known::default() };
    let negative = looked_at(absorbents(), &uninsured, now);
    assert_eq!(negative.state.name(), StateName::Negative);
    let all = groups(date("2027-01-04"));
    let later = now + chrono::TimeDelta::days(34);
    let late = correct(negative.clone(), read(absorbents()), submission(later), &all, later);
    assert_eq!(codes(late), [MONTH_PAST.code], "the form is judged anew");
    let proof = json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PATIENT" });
    let content = with(absorbents(), "/right", proof);
    let corrected =
        correct(negative.clone(), read(content), submission(now), &all, now).expect("a correction");
    assert_eq!(corrected.document.number, negative.number);
    assert_eq!(corrected.document.content_version, negative.content_version + 1);
    assert_eq!(corrected.document.state.name(), StateName::Registered);
}

#[test]
fn only_a_draft_is_edited_and_only_a_negative_order_corrected() {
    let now = december();
    let order = positive(absorbents(), now);
    assert_eq!(codes(edit(order.clone(), read(absorbents()), now)), [WRONG_STATE.code]);
    let all = groups(warsaw_date(now));
    assert_eq!(codes(correct(order, read(absorbents()), submission(now), &all, now)), [WRONG_STATE.code]);
}
