//! `soid import providers`: the report, a dry run, and refusals that name every fault.

use crate::database::Database;
use crate::installation::{Installation, text};

const SHOP: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";
const SECOND: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a43";

/// The example of `data/device-providers/README.md`.
fn example() -> String {
    let page = include_str!("../../../../data/device-providers/README.md");
    let (_, rest) = page.split_once("```json\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

fn with_directory(database: &Database) -> Installation {
    let mut installation = Installation::on(database);
    installation.done(&["migrate"]);
    let organisation =
        |id: &str, name: &str| format!(r#"{{"id": "{id}", "kind": "DEVICE_PROVIDER", "name": "{name}"}}"#);
    let both = [organisation(SHOP, "Sklep Przykładowy"), organisation(SECOND, "Sklep Próbny")].join(", ");
    let file = installation.file("directory.json", &format!(r#"{{"organisations": [{both}]}}"#));
    installation.done(&["import", "directory", &file]);
    installation.variables.retain(|name, _| name == "DATABASE_URL");
    installation
}

#[test]
fn the_documented_example_is_imported_with_a_report_of_every_difference() {
    for database in Database::each() {
        let installation = with_directory(&database);
        let file = installation.file("contracts.json", &example());
        let first = installation.done(&["import", "providers", &file]);
        assert_eq!(
            first,
            "added: 07/000000/ZPO/2024\nadded: branch 07\n1 contracts, 2 differences from the file before: none\nimported\n"
        );
        let next = example().replace("\"validTo\": \"2026-12-31\"", "\"validTo\": \"2027-11-30\"");
        let file = installation.file("next.json", &next);
        let expected = format!(
            "ends: 07/000000/ZPO/2024, on 2027-11-30\n\
             changed: 07/000000/ZPO/2024, subcontractor {SECOND} from 2025-01-01, last day: 2026-12-31 → 2027-11-30\n\
             1 contracts, 2 differences from the file before: contracts.json\n"
        );
        let dry = installation.done(&["import", "providers", "--dry-run", &file]);
        assert_eq!(dry, format!("{expected}nothing was changed\n"));
        assert_eq!(installation.done(&["import", "providers", &file]), format!("{expected}imported\n"));
        let again = installation.done(&["import", "providers", &file]);
        assert_eq!(again, "1 contracts, 0 differences from the file before: next.json\nimported\n");
    }
}

#[test]
fn a_file_that_cannot_be_taken_is_refused_with_every_fault() {
    let database = Database::sqlite();
    let installation = with_directory(&database);
    installation.done(&["import", "providers", &installation.file("contracts.json", &example())]);
    for (from, to, place, code) in [
        ("\"branch\": \"07\"", "\"branch\": \"17\"", "/contracts/0/branch", "value.branch_code"),
        ("\"Y.06\"", "\"y\"", "/contracts/0/covers/1", "device_provider.coverage"),
        (
            SECOND,
            "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a44",
            "07/000000/ZPO/2024, ",
            "device_provider.organisation_unfit",
        ),
        (
            "07/000000/ZPO/2024",
            "07/000001/ZPO/2024",
            "07/000000/ZPO/2024",
            "device_provider.contract_dropped",
        ),
    ] {
        let content = example().replace(from, to);
        assert_ne!(content, example(), "{code}");
        let output = installation.run(&["import", "providers", &installation.file("bad.json", &content)]);
        assert_eq!(output.status.code(), Some(1), "{code}: {output:?}");
        let said = text(&output.stdout);
        let told =
            said.lines().any(|line| line.starts_with(&format!("refused: {place}")) && line.contains(code));
        assert!(told, "{code} at {place}: {said}");
        assert!(text(&output.stderr).contains("umowy odrzucono; dotychczasowe pozostają"), "{output:?}");
    }
    let output = installation.run(&["import", "providers", &installation.file("bad.json", "{}")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("missing field `contracts`"), "{output:?}");
}
