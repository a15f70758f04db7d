//! The printed lifecycle of a notification: every state against every command, played; the golden file and the table
//! of the domain must say the same.

mod support;

use domain::temporary_authorisation::lifecycle::{BEGINNINGS, TRANSITIONS};
use domain::temporary_authorisation::{Command, StateName, addition, refusals};
use std::collections::BTreeSet;
use std::path::Path;
use support::day;
use support::notifications::{consented, drafted, new_addition, play, samples};
use support::notifications_on_paper::on_paper;

/// The states to which this command leads from that one; none when it is refused as out of place.
fn played(state: StateName, command: Command) -> BTreeSet<StateName> {
    let of_state: Vec<_> = samples().into_iter().filter(|it| it.state.name() == state).collect();
    assert!(!of_state.is_empty(), "{} has no sample", state.name());
    let ended: Vec<_> = of_state.iter().flat_map(|it| play(command, it, day(1))).collect();
    let is_out_of_place = |found: &Vec<domain::problem::Violation>| {
        found.iter().any(|violation| violation.problem == refusals::WRONG_STATE)
    };
    let out_of_place = ended.iter().filter(|end| end.as_ref().is_err_and(is_out_of_place)).count();
    let reached: BTreeSet<_> = ended.iter().flatten().map(|it| it.state.name()).collect();
    let (name, command) = (state.name(), command.name());
    assert!(out_of_place == 0 || out_of_place == ended.len(), "{command} in {name} is out of place for some");
    assert_eq!(reached.is_empty(), out_of_place > 0, "{command} in {name} is refused otherwise: {ended:?}");
    reached
}

fn told(state: StateName, command: Command) -> BTreeSet<StateName> {
    let rows: Vec<_> = TRANSITIONS.iter().filter(|row| row.from == state && row.command == command).collect();
    assert!(rows.len() <= 1, "{} in {} has two rows", command.name(), state.name());
    rows.iter().flat_map(|row| row.to.iter().copied()).collect()
}

fn page() -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let headings = Command::ALL.into_iter().map(|command| command.name().to_owned());
    let head = line(["state".to_owned()].into_iter().chain(headings).collect());
    let row = |state: StateName| {
        let cell = |command| {
            let reached = played(state, command);
            let names: Vec<_> = reached.into_iter().map(StateName::name).collect();
            if names.is_empty() { "–".to_owned() } else { names.join(", ") }
        };
        let cells = Command::ALL.into_iter().map(cell);
        line([format!("**{}**", state.name())].into_iter().chain(cells).collect())
    };
    let rows: String = StateName::ALL.into_iter().map(row).collect();
    let rule = format!("|---|{}\n", "---|".repeat(Command::ALL.len()));
    let says = "Every command played in every state; «–» is refused with `authorisation.wrong_state`.";
    let begin = BEGINNINGS
        .iter()
        .map(|(operation, state)| line(vec![(*operation).to_owned(), format!("**{}**", state.name())]));
    let begin: String = begin.collect();
    let begins = format!("A notification begins so:\n\n| operation | state |\n|---|---|\n{begin}");
    format!("# Lifecycle of a temporary authorisation\n\n{says}\n\n{head}{rule}{rows}\n{begins}")
}

#[test]
fn a_notification_begins_where_the_table_says() {
    let begun = [
        ("create", drafted()),
        ("additions", addition::open(&consented(), new_addition(), day(1)).expect("an addition").document),
        ("paper-entries", on_paper()),
    ];
    assert_eq!(BEGINNINGS, begun.map(|(operation, it)| (operation, it.state.name())));
}

#[test]
fn the_table_says_exactly_what_the_commands_do() {
    for state in StateName::ALL {
        for command in Command::ALL {
            assert_eq!(
                told(state, command),
                played(state, command),
                "{} in {}",
                command.name(),
                state.name()
            );
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a tester renews the golden file with BLESS=1")]
fn the_golden_lifecycle_of_an_authorisation_is_what_the_commands_do() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/temporary_authorisation_lifecycle.md");
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &page).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == page, "the lifecycle differs from {}; renew it with BLESS=1:\n{page}", path.display());
}
