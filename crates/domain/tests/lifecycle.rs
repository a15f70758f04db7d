//! The printed lifecycle: every state against every command, played; the golden file and the table of the domain
//! must say the same.

#![expect(clippy::expect_used, reason = "a page that cannot be printed is a fault of the test")]

mod support;

use domain::demand::lifecycle::{BEGINNINGS, TRANSITIONS};
use domain::demand::{Command, StateName, refusals};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use support::attempts::play;
use support::stages::{Stage, samples};

/// The states to which this command leads from that one; `None` when it is refused as out of place.
fn played(state: StateName, command: Command, samples: &[Stage]) -> Option<BTreeSet<StateName>> {
    let of_state: Vec<&Stage> = samples.iter().filter(|stage| stage.demand.state.name() == state).collect();
    assert!(!of_state.is_empty(), "{} has no sample", state.name());
    let ended: Vec<_> = of_state.iter().flat_map(|stage| play(command, stage)).collect();
    let is_out_of_place = |violations: &[domain::problem::Violation]| {
        violations.iter().any(|violation| violation.problem == refusals::WRONG_STATE)
    };
    let refused = ended.iter().filter(|end| end.as_ref().is_err_and(|found| is_out_of_place(found))).count();
    let reached: BTreeSet<_> = ended.iter().flatten().map(|demand| demand.state.name()).collect();
    if refused == ended.len() {
        return None;
    }
    assert_eq!(refused, 0, "{} in {} is out of place for some samples", command.name(), state.name());
    assert!(!reached.is_empty(), "{} in {} never succeeds", command.name(), state.name());
    Some(reached)
}

fn told(state: StateName, command: Command) -> Option<BTreeSet<StateName>> {
    let mut rows = TRANSITIONS.iter().filter(|row| row.from == state && row.command == command);
    let row = rows.next()?;
    assert!(rows.next().is_none(), "{} in {} has two rows", command.name(), state.name());
    Some(row.to.iter().copied().collect())
}

fn page(samples: &[Stage]) -> String {
    let mut page = String::from("# Lifecycle of a demand\n\n");
    page.push_str(
        "Every command played in every state; «–» is refused with `demand.wrong_state`.\n\n| state |",
    );
    for command in Command::ALL {
        write!(page, " {} |", command.name()).expect("a string takes all");
    }
    writeln!(page, "\n|---|{}", "---|".repeat(Command::ALL.len())).expect("a string takes all");
    for state in StateName::ALL {
        write!(page, "| **{}** |", state.name()).expect("a string takes all");
        for command in Command::ALL {
            let cell = played(state, command, samples).map_or("–".to_owned(), |reached| {
                reached.into_iter().map(StateName::name).collect::<Vec<_>>().join(", ")
            });
            write!(page, " {cell} |").expect("a string takes all");
        }
        page.push('\n');
    }
    page.push_str("\nA demand begins so:\n\n| operation | state |\n|---|---|\n");
    for (operation, state) in BEGINNINGS {
        writeln!(page, "| {operation} | **{}** |", state.name()).expect("a string takes all");
    }
    page
}

#[test]
fn a_demand_begins_where_the_table_says() {
    let begun = [
        ("create", Stage::draft(false)),
        ("copies", Stage::draft(true)),
        ("paper-entries", Stage::on_paper(true)),
    ];
    let begun = begun.map(|(operation, stage)| (operation, stage.demand.state.name()));
    assert_eq!(BEGINNINGS, begun);
}

#[test]
fn the_table_says_exactly_what_the_commands_do() {
    let samples = samples();
    for state in StateName::ALL {
        for command in Command::ALL {
            assert_eq!(
                told(state, command),
                played(state, command, &samples),
                "{} in {}",
                command.name(),
                state.name()
            );
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a tester renews the golden file with BLESS=1")]
fn the_golden_lifecycle_is_what_the_commands_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/demand_lifecycle.md");
    let page = page(&samples());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &page).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == page, "the lifecycle differs from {}; renew it with BLESS=1:\n{page}", path.display());
}
