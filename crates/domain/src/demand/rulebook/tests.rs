//! The rule book as a whole: numbers, codes, pages, and that no rule goes untried.

use super::*;
use crate::demand::{content, refusals};
use crate::medicinal_product::refusals::PROBLEMS as OF_PRODUCTS;
use crate::problem::ProblemType;
use crate::values;
use std::collections::BTreeSet;

const TESTS: [&str; 16] = [
    include_str!("../paper/tests.rs"),
    include_str!("../paper/tests/corrections.rs"),
    include_str!("../paper/tests/grounds.rs"),
    include_str!("../clarification/tests.rs"),
    include_str!("../issue/tests.rs"),
    include_str!("../examination/tests.rs"),
    include_str!("../resolution/tests.rs"),
    include_str!("../revocation/tests.rs"),
    include_str!("../withdrawal/tests.rs"),
    include_str!("../pending/tests.rs"),
    include_str!("../takeover/tests.rs"),
    include_str!("../supply/tests.rs"),
    include_str!("../treated/tests.rs"),
    include_str!("../content/rules/tests.rs"),
    include_str!("../content/rules/tests/disaster.rs"),
    include_str!("../../medicinal_product/matching/tests.rs"),
];

const CATALOGUES: [&[&ProblemType]; 18] = [
    paper::refusals::PROBLEMS,
    values::PROBLEMS,
    refusals::PROBLEMS,
    content::refusals::PROBLEMS,
    OF_PRODUCTS,
    outage::refusals::PROBLEMS,
    consultant::refusals::PROBLEMS,
    correspondence::refusals::PROBLEMS,
    temporary_authorisation::refusals::PROBLEMS,
    device_group::refusals::PROBLEMS,
    device_order::paper::refusals::PROBLEMS,
    device_order::refusals::OF_ISSUE,
    device_order::refusals::OF_VERIFICATION,
    device_order::refusals::OF_COUNTER,
    device_repair_order::refusals::PROBLEMS,
    device_provider::refusals::PROBLEMS,
    provider_product::refusals::PROBLEMS,
    crate::pending::PROBLEMS,
];

fn all() -> Vec<RuleEntry> {
    let others = [
        outage::rules::entries(),
        consultant::absence::entries(),
        trusted_signature_entries(),
        correspondence::rules::entries(),
        paper::rules::entries(),
        device_group::rules::entries(),
        device_order::rulebook::entries(),
        device_repair_order::rulebook::entries(),
        device_provider::rules::entries(),
        provider_product::rules::entries(),
        temporary_authorisation::paper::entries(),
    ];
    let mut all = [entries(), others.concat()].concat();
    for entry in DemandKind::ALL.into_iter().flat_map(content_entries) {
        if all.iter().all(|known| known.number != entry.number) {
            all.push(entry);
        }
    }
    all
}

fn declared(list: &[&ProblemType]) -> BTreeSet<&'static str> {
    list.iter().map(|problem| problem.code).collect()
}

#[test]
fn every_number_is_given_once() {
    let numbers: BTreeSet<&str> = all().iter().map(|entry| entry.number).collect();
    assert_eq!(numbers.len(), all().len());
}

#[test]
fn the_numbers_of_the_procedure_have_no_gap() {
    let numbers: BTreeSet<String> = entries().iter().map(|entry| entry.number.to_owned()).collect();
    let expected: BTreeSet<String> = (1..=entries().len()).map(|number| format!("SD-{number:02}")).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn every_rule_is_tried_by_number() {
    let numbered = [entries(), medicinal_product::rules::entries(), paper::rules::entries()].concat();
    let of_content = rules::rules_of(DemandKind::Medicine).map(|it| it.number);
    let others = of_content.chain(pending::RULES.iter().map(|it| it.number));
    for rule in numbered.iter().map(|it| it.number).chain(others) {
        let quoted = format!("\"{rule}\"");
        assert!(TESTS.iter().any(|tests| tests.contains(&quoted)), "{rule} is tried by no test");
    }
}

#[test]
fn every_code_of_a_rule_is_in_the_catalogue() {
    let declared = declared(&CATALOGUES.concat());
    let codes = all().into_iter().flat_map(|entry| entry.code.split(", "));
    let missing: Vec<_> = codes.filter(|code| *code != "–" && !declared.contains(code)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn every_code_is_declared_once() {
    let lists = CATALOGUES.concat();
    assert_eq!(declared(&lists).len(), lists.len());
}

#[test]
fn every_problem_is_said_and_can_be_fixed_in_both_languages() {
    for problem in CATALOGUES.concat() {
        for sentence in [problem.says.pl, problem.says.en, problem.fix.pl, problem.fix.en] {
            assert!(sentence.ends_with('.') && sentence.len() > 10, "{problem}: {sentence}");
        }
    }
}

#[test]
fn the_pages_hold_every_rule_once() {
    let pages = markdown();
    assert_eq!(pages, markdown());
    let of = content_entries;
    let expected = [
        ("demand.md", entries()),
        ("medicine_demand.md", of(DemandKind::Medicine)),
        ("food_demand.md", of(DemandKind::Food)),
        ("outage.md", outage::rules::entries()),
        ("consultant.md", consultant::absence::entries()),
        ("trusted_signature.md", trusted_signature_entries()),
        ("correspondence.md", correspondence::rules::entries()),
        ("paper_entry.md", [paper::rules::entries(), temporary_authorisation::paper::entries()].concat()),
        (
            "temporary_authorisation.md",
            [temporary_authorisation::rulebook::fields(), temporary_authorisation::rulebook::entries()]
                .concat(),
        ),
        ("device_group.md", device_group::rules::entries()),
        ("device_order.md", device_order::rulebook::entries()),
        (
            "device_provider.md",
            [device_provider::rules::entries(), provider_product::rules::entries()].concat(),
        ),
        ("device_repair_order.md", device_repair_order::rulebook::entries()),
    ];
    assert_eq!(pages.len(), expected.len());
    for ((name, page), (expected_name, entries)) in pages.iter().zip(expected) {
        assert_eq!(*name, expected_name);
        for entry in entries {
            let rows = page.lines().filter(|line| line.starts_with(&format!("| {} |", entry.number)));
            assert_eq!(rows.count(), 1, "{}", entry.number);
        }
    }
}

#[test]
fn every_row_of_a_table_has_all_its_cells() {
    for (name, page) in markdown() {
        let mut columns = None;
        for line in page.lines() {
            let cells = line.starts_with('|').then(|| line.matches('|').count());
            assert!(columns.is_none() || cells.is_none() || columns == cells, "{name}: {line}");
            columns = cells;
        }
    }
}

#[test]
fn a_bar_in_a_text_does_not_break_its_cell() {
    let page = table(&["A"], [vec!["a|b".to_owned()]].into_iter());
    assert_eq!(page, "| A |\n|---|\n| a\\|b |\n");
}

#[test]
fn the_matrix_shows_both_columns() {
    let pages = markdown();
    let (_, medicine) = &pages[1];
    let row = medicine.lines().find(|line| line.starts_with("| DC-F17 |"));
    assert_eq!(
        row,
        Some(
            "| DC-F17 | PF art. 4ac(4) | `/patients/patient/address` | adres pacjenta / patient's address | – | ● | `demand.field_required`, `demand.field_forbidden` |"
        )
    );
}

#[test]
fn the_code_of_administrative_procedure_is_a_basis_for_medicines_only() {
    for entry in entries() {
        let of_both = entry.legal.split("for a medicine").next().unwrap_or_default();
        assert!(!of_both.contains("KPA"), "{}: {}", entry.number, entry.legal);
    }
    for entry in content_entries(DemandKind::Food) {
        assert!(!entry.legal.contains("KPA"), "{}: {}", entry.number, entry.legal);
    }
}
