//! Every rule by number: kept, broken, and at its edge; then the stories of whole orders.

use super::refusals::LISTS;
use super::rulebook::entries;
use super::*;
use crate::device_group::Profession;
use crate::support::device_orders::{Known, absorbents, looked_at, positive, verifying, wheelchair, with};
use crate::support::instant;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

mod acceptance;
mod bounds;
mod cancellation;
mod counter;
mod form;
mod officers;
mod paper;
mod pending;
mod prescriber;
mod printing;
mod products;
mod quantity;
mod realisation;
mod renewal;
mod settlement;
mod take_up;
mod use_period;
mod verification;

const TESTS: [&str; 17] = [
    include_str!("acceptance.rs"),
    include_str!("bounds.rs"),
    include_str!("cancellation.rs"),
    include_str!("counter.rs"),
    include_str!("form.rs"),
    include_str!("paper.rs"),
    include_str!("pending.rs"),
    include_str!("prescriber.rs"),
    include_str!("printing.rs"),
    include_str!("products.rs"),
    include_str!("quantity.rs"),
    include_str!("realisation.rs"),
    include_str!("renewal.rs"),
    include_str!("settlement.rs"),
    include_str!("take_up.rs"),
    include_str!("use_period.rs"),
    include_str!("verification.rs"),
];

/// Tuesday, 1 December 2026, nine in the morning in Warsaw.
fn december() -> DateTime<Utc> {
    instant("2026-12-01T08:00:00Z")
}

#[test]
fn every_rule_has_a_number_of_its_own_and_a_test_that_names_it() {
    let numbers: Vec<&str> = entries().iter().map(|entry| entry.number).collect();
    let different: BTreeSet<&&str> = numbers.iter().collect();
    assert_eq!(different.len(), numbers.len(), "a number stands twice");
    for number in numbers {
        let quoted = format!("\"{number}\"");
        assert!(TESTS.iter().any(|tests| tests.contains(&quoted)), "{number} has no test");
    }
}

#[test]
fn every_profession_has_the_payer_s_code() {
    let known = |profession: Profession| (Profession::parse(profession.name()), profession.nfz_code());
    let codes = Profession::ALL.map(|profession| known(profession).1);
    assert_eq!(codes, [11, 5, 6, 18, 19]);
    assert!(Profession::ALL.into_iter().all(|profession| known(profession).0 == Some(profession)));
}

#[test]
fn every_code_of_a_refusal_stands_once() {
    let all = || LISTS.concat().into_iter().chain(super::paper::refusals::PROBLEMS.iter().copied());
    let codes: BTreeSet<&str> = all().map(|problem| problem.code).collect();
    assert_eq!(codes.len(), all().count());
    assert!(codes.iter().all(|code| code.starts_with("device_order.")));
}

#[test]
fn an_order_begins_as_a_draft_and_is_looked_at_at_once() {
    let order = verifying(absorbents(), december());
    assert_eq!(order.state.name(), StateName::Verifying);
    assert!(order.number.is_some(), "the number is given with the signature");
    assert_eq!(positive(wheelchair(), december()).state.name(), StateName::Positive);
}

#[test]
fn what_is_stored_is_read_again() {
    let woman = serde_json::json!({ "kind": "PESEL", "number": "90010199906" });
    let content = with(with(absorbents(), "/patient/identifier", woman), "/patient/pregnant", true.into());
    let order = looked_at(content, &Known::default(), december());
    let json = serde_json::to_string(&order.state).expect("a text");
    assert_eq!(serde_json::from_str::<State>(&json).expect("a state"), order.state);
    let content = serde_json::to_string(&order.content).expect("a text");
    assert_eq!(serde_json::from_str::<Content>(&content).expect("a content"), order.content);
}
