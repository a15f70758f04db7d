//! `soid import device-groups`: the report, a dry run, and refusals that name every fault.

use crate::database::Database;
use crate::installation::{Installation, text};

const CATALOGUE: &str = include_str!("../../../../data/device-groups/groups.csv");

fn migrated(database: &Database) -> Installation {
    let mut installation = Installation::on(database);
    installation.variables.retain(|name, _| name == "DATABASE_URL");
    installation.done(&["migrate"]);
    installation
}

#[test]
fn a_catalogue_is_imported_with_a_report_of_every_difference() {
    for database in Database::each() {
        let installation = migrated(&database);
        let file = installation.file("groups.csv", CATALOGUE);
        let first = installation.done(&["import", "device-groups", &file]);
        assert!(first.starts_with("added: A.001 from 2020-01-01\n"), "{first}");
        assert!(
            first.ends_with("260 versions, 260 differences from the edition before: none\nimported\n"),
            "{first}"
        );
        let next = CATALOGUE.replace("Y.06.01,2024-01-01,,", "Y.06.01,2024-01-01,2026-12-31,");
        let file = installation.file("next.csv", &next);
        let expected = "ended: Y.06.01 from 2024-01-01, on 2026-12-31\n\
                        260 versions, 1 differences from the edition before: groups.csv\n";
        let dry = installation.done(&["import", "device-groups", "--dry-run", &file]);
        assert_eq!(dry, format!("{expected}nothing was changed\n"));
        assert_eq!(installation.done(&["import", "device-groups", &file]), format!("{expected}imported\n"));
        let again = installation.done(&["import", "device-groups", &file]);
        assert_eq!(again, "260 versions, 0 differences from the edition before: next.csv\nimported\n");
    }
}

/// The rows of a group, changed.
fn with(code: &str, from: &str, to: &str) -> String {
    let line = |line: &str| {
        let is_of_code = line.starts_with(&format!("{code},"));
        if is_of_code { line.replacen(from, to, 1) } else { line.to_owned() }
    };
    CATALOGUE.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_table_that_cannot_be_taken_or_contradicts_itself_is_refused_with_every_fault() {
    let database = Database::sqlite();
    let installation = migrated(&database);
    installation.done(&["import", "device-groups", &installation.file("groups.csv", CATALOGUE)]);
    let ended = with("W.02.02.I", "W.02.02.I,2024-01-01,,", "W.02.02.I,2024-01-01,2023-01-01,");
    for (content, place, code) in [
        (CATALOGUE.replacen("copay", "share", 1), "line 2, column copay", "device_group.table_columns"),
        (format!("{CATALOGUE}Y.99.01,2024-01-01\n"), "line 364", "device_group.table_row"),
        (with("U.02.02", ",200,PER_ITEM", ",200,"), "column limitBasis", "device_group.limit_basis"),
        (with("Z.02.01", ",1,,Peruka", ",1,z.02,Peruka"), "column payerCode", "value.payer_code"),
        (with("Y.04.01", ",12,1,", ",0,1,"), "column tierLargestPieces", "value.pieces"),
        (with("U.02.02", "ONE_OFF", ""), "column supply", "device_group.table_cell_missing"),
        (with("U.02.02", "ONE_OFF", "SOMETIMES"), "column supply", "device_group.table_cell"),
        (
            CATALOGUE.replacen("U.02.02,2024-01-01,,Maska", "U.02.02,2024-01-01,,Inna", 1),
            "column name",
            "device_group.rows_disagree",
        ),
        (with("Z.02.01", ",1,,Peruka", ",2,,Peruka"), "Z.02.01 from 2024-01-01", "device_group.tiers"),
        (
            with("U.02.02", ",18,,,200", ",17,,,200"),
            "U.02.02 from 2024-01-01, tier 1",
            "device_group.bands_overlap",
        ),
        (with("O.01.01", ",LENS,,,NEAR,", ",LENS,,,,"), "O.01.01 from 2025-01-01", "device_group.lens_tiers"),
        (
            with("W.01.01.I", "ILEOSTOMY", "COLOSTOMY"),
            "W.01.01.I from 2024-01-01",
            "device_group.stoma_suffix",
        ),
        (ended, "W.02.02.I from 2024-01-01", "device_group.validity"),
        (
            with("U.02.02", ",10,6,raz", ",10,0,raz"),
            "U.02.02 from 2024-01-01, tier 1, from 18",
            "device_group.periods",
        ),
        (CATALOGUE.replace("W.01.02.", "W.03.02."), "99A → W.01.02", "device_group.mapping_target"),
        (
            with("Z.02.01", "Z.02.01,2024-01-01", "Z.02.01,2025-01-01"),
            "Z.02.01 from 2024-01-01",
            "device_group.version_dropped",
        ),
    ] {
        assert_ne!(content, CATALOGUE, "{code}");
        let output = installation.run(&["import", "device-groups", &installation.file("bad.csv", &content)]);
        assert_eq!(output.status.code(), Some(1), "{code}: {output:?}");
        let said = text(&output.stdout);
        let told = said
            .lines()
            .any(|line| line.starts_with("refused: ") && line.contains(place) && line.contains(code));
        assert!(told, "{code} at {place}: {said}");
        assert!(text(&output.stderr).contains("katalog odrzucono; dotychczasowy pozostaje"), "{output:?}");
    }
    let same = installation.done(&[
        "import",
        "device-groups",
        "--dry-run",
        &installation.file("groups.csv", CATALOGUE),
    ]);
    assert!(same.starts_with("260 versions, 0 differences"), "{same}");
}

#[test]
fn a_limit_that_one_group_alone_shares_is_refused() {
    let database = Database::sqlite();
    let installation = migrated(&database);
    // Criteria of wigs are not known, and the shared limit stands in the next column.
    let content = with("Z.02.01", "ONE_OFF,PIECE,,,,,,,,,", "ONE_OFF,PIECE,,,,,,,,wspólny,");
    let output = installation.run(&["import", "device-groups", &installation.file("bad.csv", &content)]);
    assert!(text(&output.stdout).contains("device_group.shared_limit"), "{output:?}");
}
