//! The rules DO-1 to DO-65 of orders for medical devices, each once: what it says, where the code holds it, which tests
//! prove it, and what of it is open. The page `docs/device-orders.md` is written from here; what it names has to exist.

#![expect(clippy::expect_used, reason = "a test stops where it fails")]

mod page;
mod row;
mod rows;
mod sources;

use domain::device_order::rulebook;
use row::Row;
use sources::Sources;
use std::path::{Path, PathBuf};

/// The last number of the report of rules.
const LAST: u8 = 65;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The number of a rule without the letter of its part: 36 of `DO-36b`.
fn number_of(rule: &str) -> u8 {
    let digits = rule.trim_start_matches("DO-").trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    digits.parse().unwrap_or_default()
}

#[test]
fn every_number_stands_once_and_in_order() {
    let numbers: Vec<u8> = rows::all().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=LAST).collect::<Vec<u8>>());
}

/// Numbers beyond the report are those of rules that were made here.
#[test]
fn every_rule_of_the_rule_book_has_its_row() {
    for entry in rulebook::entries() {
        let number = number_of(entry.number);
        let is_ours = number > LAST;
        assert!(is_ours || rows::all().any(|row| row.number == number), "{} stands in no row", entry.number);
    }
}

#[test]
fn a_legal_unit_is_told_once() {
    for row in rows::all() {
        let has_book = !page::legal_of_the_book(row.number).is_empty();
        assert_eq!(row.legal.is_empty(), has_book, "DO-{}: here or in the rule book", row.number);
    }
}

#[test]
fn what_is_held_is_proved_and_what_is_not_says_why() {
    for Row { number, code, tests, open, .. } in rows::all() {
        assert_eq!(
            code.is_empty(),
            tests.is_empty(),
            "DO-{number}: code without a test, or a test of nothing"
        );
        assert!(!code.is_empty() || open.is_some(), "DO-{number} is neither held nor open");
    }
}

#[test]
fn everything_that_is_named_exists_once() {
    let sources = Sources::of(&root());
    let units = |row: &Row| row.code.iter().map(|unit| sources.unit(unit)).collect::<Vec<_>>();
    let tests = |row: &Row| row.tests.iter().map(|test| sources.test(test)).collect::<Vec<_>>();
    let faults: Vec<String> = rows::all()
        .flat_map(|row| {
            let found = [units(row), tests(row)].concat();
            found.into_iter().filter_map(Result::err).map(|fault| format!("DO-{}: {fault}", row.number))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_does_not_exist_is_not_found() {
    let sources = Sources::of(&root());
    assert!(sources.test("a_test_that_nobody_has_written").is_err());
    // A sample that tests use is no test, and what two files have does not say which.
    assert!(sources.test("absorbents").is_err());
    assert!(sources.test("what_nobody_finished_a_worker_does").is_err());
    assert!(sources.unit("throttle::no_such_function").is_err());
    assert!(sources.unit("no_such_module::one_more").is_err());
    assert!(sources.unit("device_order::entries").is_err());
}

#[test]
fn the_golden_page_of_rules_is_what_the_sources_say() {
    let path = root().join("docs/device-orders.md");
    let page = page::page(&Sources::of(&root()));
    #[expect(clippy::disallowed_methods, reason = "a tester renews the golden file with BLESS=1")]
    let bless = std::env::var_os("BLESS").is_some();
    if bless {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "the rules differ from {}; renew it with BLESS=1", path.display());
}
