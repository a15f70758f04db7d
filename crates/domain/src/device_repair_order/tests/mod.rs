//! Every rule of repair orders by number, the lifecycle played, and what a repair adds to a period of use.

mod counter;
mod extension;
mod issue;
mod lifecycle;
mod pending;

use super::content::{Content, Original};
use super::form::{Look, check};
use super::issue::{NewRepairOrder, Submission, cancel, correct, draft, edit, submit};
use super::lifecycle::{Command, State, StateName, TRANSITIONS};
use super::model::{Issuer, RepairOrder};
use super::pending::end;
use super::refusals::{PROBLEMS, TAKEN, WRONG_STATE};
use super::release::request;
use super::rulebook::entries;
use super::supply::{Asked, Repairing, Returning, elapse, realise, take_up, withdraw, withdraw_realisation};
use super::verification::{Facts, OtherRepair, Supply, Verdict, conclude, look};
use super::{RepairOrderDecision, RepairOrderEvent};
use crate::calendar::warsaw_date;
use crate::demand::model::SignatureKind;
use crate::device_group::{DeviceGroup, Profession, UsagePeriod};
use crate::device_order::lifecycle::Cancellation;
use crate::device_order::model::{ByLicence, Method, Receipt, Receiver, Side, Signatory};
use crate::device_order::money::Rounding;
use crate::device_order::pending::{PendingStep, SignedStep};
use crate::device_order::refusals::RIGHT_UNANSWERED;
use crate::device_order::release::{ReleaseRequest, Requester};
use crate::device_order::verification::{Insurance, Supplied};
use crate::ids::{RepairOrderId, SpaceId};
use crate::pending::Ending;
use crate::problem::Violation;
use crate::support::device_orders::{absorbents, confirmed_right, groups, provider, take_up_id, with};
use crate::support::{codes, date, ending, instant, officer, organisation, read, signed, text};
use crate::values::{DeviceCode, DeviceOrderNumber, Grosze, OrderPrefix};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

const TESTS: &str = concat!(
    include_str!("mod.rs"),
    include_str!("counter.rs"),
    include_str!("extension.rs"),
    include_str!("issue.rs"),
    include_str!("pending.rs")
);

fn december() -> DateTime<Utc> {
    instant("2026-12-01T08:00:00Z")
}

fn number() -> DeviceOrderNumber {
    DeviceOrderNumber::compose(OrderPrefix::Test, [1; 16])
}

/// A wheelchair that this system's order supplied.
fn content() -> Value {
    let order = absorbents();
    json!({
        "place": order["place"], "prescriber": order["prescriber"], "patient": order["patient"],
        "device": {
            "code": "S.12.01", "maker": "Wytwórnia Testowa", "model": "W-1", "name": "Wózek inwalidzki",
            "serialNumber": "SN-1",
        },
        "original": { "kind": "KNOWN", "number": number().as_str(), "branch": 7 },
        "justification": "Pęknięta rama.",
    })
}

fn grosze(amount: i64) -> Grosze {
    Grosze::new(amount).expect("an amount")
}

/// The wheelchairs of the list, with a repair limit of so much that an officer entered.
fn wheelchairs(limit: Option<i64>) -> DeviceGroup {
    let all = groups(warsaw_date(december()));
    let mut group = all.into_iter().find(|group| group.code.as_str() == "S.12.01").expect("a group");
    for tier in &mut group.tiers {
        tier.repair_limit = limit.map(grosze);
    }
    group
}

fn known() -> DeviceGroup {
    wheelchairs(Some(20_000))
}

fn supplies() -> Vec<Supply> {
    vec![Supply { number: number(), code: read(json!("S.12.01")), side: None, issued_on: date("2025-12-01") }]
}

fn drafted(content: Value) -> RepairOrder {
    let by = ByLicence { profession: Profession::Physician, licence_number: read(json!("5425740")) };
    let new = NewRepairOrder {
        id: RepairOrderId(Uuid::from_u128(1)),
        space: SpaceId::production(),
        entity: organisation(1),
        issuer: Issuer::Prescriber { by },
        client_id: "clinic".to_owned(),
        client_reference: None,
        content: read(content),
    };
    draft(new, december())
}

fn submission() -> Submission {
    Submission {
        number: number(),
        prescriber: None,
        signed: signed("Anna", "Przykładowa", december()).into(),
        signed_by: Signatory::Prescriber,
    }
}

fn verifying() -> RepairOrder {
    submit(drafted(content()), submission(), Some(&known()), december()).expect("a submission").document
}

fn verdict(order: &RepairOrder, others: &[OtherRepair]) -> Verdict {
    let (group, supplies) = (known(), supplies());
    let seen = Look { content: &order.content, group: Some(&group), on: warsaw_date(december()) };
    look(&seen, &Facts { insurance: confirmed_right(), supplies: &supplies, others, is_incomplete: false })
}

fn concluded(insurance: Insurance) -> RepairOrder {
    let (order, group, supplies) = (verifying(), known(), supplies());
    let seen = Look { content: &order.content, group: Some(&group), on: warsaw_date(december()) };
    let found = look(&seen, &Facts { insurance, supplies: &supplies, others: &[], is_incomplete: false });
    conclude(order, found, december()).expect("a conclusion").document
}

fn positive() -> RepairOrder {
    concluded(confirmed_right())
}

fn asked() -> Asked {
    Asked {
        id: take_up_id(1),
        provider: provider(1),
        has_contract: true,
        hold_days: 30,
        confirmation_days: 7,
    }
}

fn held() -> RepairOrder {
    take_up(positive(), asked(), december()).expect("a take-up").document
}

fn repairing() -> Repairing {
    let today = warsaw_date(december());
    Repairing {
        provider: provider(1).id,
        contract: Some(provider(1)),
        description: text("Wymiana ramy."),
        price: grosze(15_000),
        left: Some(grosze(20_000)),
        guarantee_months: 12,
        issued_on: today,
        method: Method::InPerson,
        staff: text("Jan Testowy"),
        receipt: Receipt { received_on: today, by: Receiver::Patient },
        today,
        rounding: Rounding::PerLine,
    }
}

fn realised() -> RepairOrder {
    realise(held(), repairing(), december()).expect("a repair").document
}

fn returning() -> Returning {
    Returning {
        provider: Some(provider(1).id),
        reason: text("Pomyłka."),
        by: None,
        within_days: 30,
        hold_days: 21,
    }
}

/// A repair of that day of which no original order is known.
fn used_on(day: &str, used: i64) -> OtherRepair {
    OtherRepair { side: None, original: None, is_open: false, used: Some((date(day), grosze(used))) }
}

fn asking(by: Requester) -> ReleaseRequest {
    ReleaseRequest { by, reason: text("Inny warsztat naprawi od ręki."), at: december() }
}

fn cancelling() -> Cancellation {
    Cancellation { reason: text("Zbędne."), by: None, at: december() }
}

fn code_of(number: &str) -> &'static str {
    entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

/// Where the content breaks the form by that rule, and no other.
fn only(number: &str, content: Value, group: &DeviceGroup) -> Vec<String> {
    let content: Content = read(content);
    let found = check(&Look { content: &content, group: Some(group), on: warsaw_date(december()) }, false);
    assert!(found.iter().all(|it| it.problem.code == code_of(number)), "{number}: {found:?}");
    found.into_iter().map(|it| it.pointer).collect()
}

#[test]
fn every_rule_and_code_stands_once_and_has_a_test() {
    let numbers: Vec<&str> = entries().iter().map(|entry| entry.number).collect();
    let different: BTreeSet<&&str> = numbers.iter().collect();
    assert_eq!(different.len(), numbers.len(), "a number stands twice");
    for number in numbers {
        assert!(TESTS.contains(&format!("\"{number}\"")), "{number} has no test");
    }
    let codes: BTreeSet<&str> = PROBLEMS.iter().map(|problem| problem.code).collect();
    assert_eq!(codes.len(), PROBLEMS.len());
    assert!(codes.iter().all(|code| code.starts_with("device_repair_order.")));
}

#[test]
fn the_form_is_complete() {
    let group = known();
    assert_eq!(only("RO-01", content(), &group), Vec::<String>::new());
    for member in ["/device/maker", "/device/model", "/device/name", "/original", "/justification", "/device"]
    {
        let found = only("RO-01", with(content(), member, Value::Null), &group);
        assert_eq!(found, [format!("/content{member}")]);
    }
    assert_eq!(only("RO-02", with(content(), "/device/tier", json!(99)), &group), ["/content/device/code"]);
    let short = json!({ "kind": "UNKNOWN", "reason": "Zgubiono." });
    assert_eq!(only("RO-05", with(content(), "/original", short), &group), ["/content/original/reason"]);
    let long = json!({ "kind": "UNKNOWN", "reason": "Zgubiono.." });
    assert_eq!(only("RO-05", with(content(), "/original", long), &group), Vec::<String>::new());
    let branch = json!({ "kind": "KNOWN", "number": "07-2020-1", "branch": 18 });
    assert_eq!(only("RO-06", with(content(), "/original", branch), &group), ["/content/original/branch"]);
}

#[test]
fn exactly_one_side_of_a_sided_device() {
    let sided = DeviceGroup { sided: Some(true), ..known() };
    assert_eq!(only("RO-03", content(), &sided), ["/content/device/side"]);
    let left = with(content(), "/device/side", json!("LEFT"));
    assert_eq!(only("RO-03", left.clone(), &sided), Vec::<String>::new());
    let plain = DeviceGroup { sided: Some(false), ..known() };
    assert_eq!(only("RO-04", left, &plain), ["/content/device/side"]);
}

#[test]
fn an_unknown_repair_limit_is_refused_before_anybody_signs() {
    let unknown = wheelchairs(None);
    assert_eq!(only("RO-07", content(), &unknown), ["/content/device/code"]);
    let ended = submit(drafted(content()), submission(), Some(&unknown), december());
    assert_eq!(codes(ended), ["device_repair_order.limit_unknown"]);
    let mut no_share = known();
    no_share.tiers.iter_mut().flat_map(|tier| &mut tier.bands).for_each(|band| band.copay = None);
    assert_eq!(only("RO-08", content(), &no_share), ["/content/device/code"]);
}

#[test]
fn a_branch_of_the_payer_orders_without_a_prescriber() {
    let bare = with(with(content(), "/prescriber", json!({})), "/place", json!({}));
    let read_content: Content = read(bare.clone());
    let group = known();
    let seen = Look { content: &read_content, group: Some(&group), on: warsaw_date(december()) };
    assert!(check(&seen, true).is_empty() && !check(&seen, false).is_empty());
    let issuer = Issuer::Branch { branch: 7, officer: officer(1) };
    let order = RepairOrder { issuer, ..drafted(bare) };
    assert!(submit(order, submission(), Some(&group), december()).is_ok());
}

#[test]
fn what_stands_in_the_way_is_found() {
    let found = |content: Value, insurance, supplies: &[Supply], others: &[OtherRepair]| {
        let (content, group): (Content, _) = (read(content), known());
        let seen = Look { content: &content, group: Some(&group), on: warsaw_date(december()) };
        match look(&seen, &Facts { insurance, supplies, others, is_incomplete: false }) {
            Verdict::Positive { .. } => Vec::new(),
            Verdict::Negative { findings, .. } => findings.into_iter().map(|it| it.code).collect(),
        }
    };
    let (yes, known) = (confirmed_right, supplies());
    assert_eq!(found(content(), yes(), &known, &[]), Vec::<String>::new());
    assert_eq!(found(content(), Insurance::NotConfirmed, &known, &[]), [code_of("RO-20")]);
    assert_eq!(found(content(), yes(), &[], &[]), [code_of("RO-21")]);
    let unknown = json!({ "kind": "UNKNOWN", "reason": "Zlecenie sprzed lat." });
    assert_eq!(found(with(content(), "/original", unknown), yes(), &[], &[]), Vec::<String>::new());
    let used = used_on("2026-02-01", 20_000);
    assert_eq!(found(content(), yes(), &known, std::slice::from_ref(&used)), [code_of("RO-22")]);
    let before = OtherRepair { used: Some((date("2025-11-30"), grosze(20_000))), ..used };
    assert_eq!(found(content(), yes(), &known, &[before]), Vec::<String>::new(), "of the device before");
    let (whole, group) = (read::<Content>(content()), wheelchairs(Some(20_000)));
    let seen = Look { content: &whole, group: Some(&group), on: warsaw_date(december()) };
    let unreadable = Facts { insurance: yes(), supplies: &known, others: &[], is_incomplete: true };
    assert!(matches!(look(&seen, &unreadable), Verdict::Negative { findings, .. }
        if findings.iter().map(|it| it.code.as_str()).eq([code_of("RO-66")])));
    let open = OtherRepair { side: Some(Side::Left), original: None, is_open: true, used: None };
    assert_eq!(found(content(), yes(), &known, &[open]), [code_of("RO-23")]);
}

#[test]
fn a_register_that_does_not_answer_is_told() {
    let away = concluded(Insurance::NotAsked { is_outage: true });
    let State::Negative(negative) = &away.state else { panic!("nobody knows the right") };
    let codes = |found: &[crate::device_order::verification::Finding]| -> Vec<String> {
        found.iter().map(|it| it.code.clone()).collect()
    };
    assert_eq!(codes(&negative.findings), [code_of("RO-20")]);
    assert_eq!(codes(&negative.warnings), [RIGHT_UNANSWERED.code]);
    assert!(positive().state.confirmed().is_some_and(|it| it.confirmation.warnings.is_empty()));
}

#[test]
fn the_payer_bears_what_earlier_repairs_have_left() {
    let before = used_on("2026-02-01", 12_500);
    let Verdict::Positive { terms, .. } = verdict(&verifying(), &[before]) else { panic!("positive") };
    assert_eq!((terms.limit, terms.left.limit), (grosze(20_000), grosze(7_500)));
}

#[test]
fn a_repair_is_settled_within_the_limit_with_the_payer_s_share() {
    let order = realise(held(), Repairing { price: grosze(30_000), ..repairing() }, december());
    let order = order.expect("a repair").document;
    let repair = order.state.repair().expect("a repair");
    let State::Realised(it) = &order.state else { panic!("realised") };
    let share = i64::from(it.confirmed.confirmation.terms.left.refund.get());
    assert_eq!(repair.amounts.refund, grosze(20_000 * share / 100));
    assert_eq!(repair.amounts.copay.get() + repair.amounts.refund.get(), 30_000);
    assert_eq!(repair.used, grosze(20_000), "no more than the limit");
}

#[test]
fn only_whoever_holds_it_confirms_a_repair_in_time() {
    assert_eq!(
        codes(take_up(positive(), Asked { has_contract: false, ..asked() }, december())),
        [code_of("RO-30")]
    );
    let refused = |number: &str, asked: Repairing| {
        assert_eq!(codes(realise(held(), asked, december())), [code_of(number)], "{number}");
    };
    refused("RO-40", Repairing { provider: provider(2).id, ..repairing() });
    refused("RO-81", Repairing { contract: None, ..repairing() });
    let yesterday = date("2026-11-30");
    let at = |day| Receipt { received_on: day, by: Receiver::Patient };
    refused("RO-41", Repairing { issued_on: yesterday, receipt: at(yesterday), ..repairing() });
    refused("RO-42", Repairing { receipt: at(date("2026-12-02")), ..repairing() });
    refused("RO-42", Repairing { receipt: at(yesterday), method: Method::Courier, ..repairing() });
    refused("RO-43", Repairing { price: Grosze::default(), ..repairing() });
    refused("RO-44", Repairing { guarantee_months: 121, ..repairing() });
    assert!(realise(held(), Repairing { guarantee_months: 120, ..repairing() }, december()).is_ok());
}

#[test]
fn a_confirmation_is_taken_back_in_time_or_by_an_officer() {
    let late = december() + TimeDelta::days(31);
    assert_eq!(codes(withdraw_realisation(realised(), &returning(), late)), [code_of("RO-50")]);
    let other = Returning { provider: Some(provider(2).id), ..returning() };
    assert_eq!(codes(withdraw_realisation(realised(), &other, december())), [code_of("RO-40")]);
    let by_officer = Returning { provider: None, by: Some(officer(1)), ..returning() };
    let back = withdraw_realisation(realised(), &by_officer, late).expect("a withdrawal").document;
    let State::Held(held) = &back.state else { panic!("held") };
    assert_eq!(held.confirmed.given_back.len(), 1);
    assert!(held.confirmed.given_back[0].amounts.is_some());
}

#[test]
fn a_hold_ends_before_the_order_does() {
    let freed = elapse(held(), december() + TimeDelta::days(38));
    assert_eq!(freed.document.state.name(), StateName::Positive);
    assert_eq!(freed.events, [RepairOrderEvent::RepairHoldLapsed { provider: provider(1).id }]);
    // Its thirty days, and the seven in which what was given out in time is confirmed.
    assert!(elapse(held(), december() + TimeDelta::days(37)).events.is_empty());
    let over = elapse(held(), december() + TimeDelta::days(400));
    assert_eq!(over.document.state.name(), StateName::Expired);
    assert!(elapse(over.document, december() + TimeDelta::days(500)).events.is_empty());
}
