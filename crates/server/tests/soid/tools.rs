//! The commands beside `serve`.

use crate::database::Database;
use crate::installation::{Installation, printed, seeded, text};
use std::collections::BTreeSet;

const DIRECTORY: &str = r#"{
    "organisations": [
        {"id": "01980000-0000-7000-8000-000000000001", "kind": "MEDICAL_ENTITY", "name": "Szpital Testowy",
         "rpwdlNumber": "000000012345"}
    ],
    "people": [
        {"id": "01980000-0000-7000-8000-000000000002", "givenNames": "Anna", "familyName": "Testowa",
         "pesel": "44051401359", "ids": [{"system": "NPWZ", "id": "5425740"}],
         "roles": [{"role": "PHYSICIAN", "organisation": "01980000-0000-7000-8000-000000000001",
                    "position": "lekarz"}]}
    ]
}"#;

#[test]
fn migrating_twice_changes_nothing_the_second_time() {
    for database in Database::each() {
        let installation = Installation::on(&database);
        let check = installation.run(&["migrate", "--check"]);
        assert_eq!(check.status.code(), Some(1));
        assert!(text(&check.stdout).starts_with("pending "), "{check:?}");
        let applied = installation.done(&["migrate"]);
        assert!(applied.lines().all(|line| line.starts_with("applied ")), "{applied}");
        assert_eq!(applied.replace("applied ", "pending "), text(&check.stdout));
        assert_eq!(installation.done(&["migrate"]), "the schema is up to date\n");
        assert_eq!(installation.done(&["migrate", "--check"]), "the schema is up to date\n");
    }
}

#[test]
fn migrating_needs_the_database_only() {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    installation.variables.retain(|name, _| name == "DATABASE_URL");
    installation.done(&["migrate"]);
    installation.variables.clear();
    let output = installation.run(&["migrate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("DATABASE_URL: must be set"), "{output:?}");
}

#[test]
fn the_audit_of_a_new_database_is_in_order() {
    for database in Database::each() {
        let installation = Installation::on(&database);
        installation.done(&["migrate"]);
        let report = installation.done(&["verify-audit"]);
        let expected = "entries with a number: 0\nentries that wait for one: 0\nsigned roots: 0\n";
        assert_eq!(report, expected);
    }
}

#[test]
fn an_auditor_needs_the_database_and_the_published_keys() {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    let serving = installation.serve();
    let (status, keys) = crate::installation::get(serving.address, "/.well-known/jwks.json", "");
    assert_eq!(status, 200, "{keys}");
    let keys = installation.file("jwks.json", &keys);
    installation.variables.retain(|name, _| name == "DATABASE_URL");
    installation.done(&["verify-audit", "--keys", &keys]);
    let none = installation.file("none.json", r#"{"keys":[]}"#);
    let output = installation.run(&["verify-audit", "--keys", &none]);
    assert!(text(&output.stderr).contains("holds no P-256 key"), "{output:?}");
}

#[test]
fn a_file_that_holds_no_kept_root_is_refused() {
    let database = Database::sqlite();
    let installation = Installation::on(&database);
    installation.done(&["migrate"]);
    for content in ["", "e30.e30.e30\n"] {
        let kept = installation.file("roots.txt", content);
        let output = installation.run(&["verify-audit", "--root", &kept]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains("must hold roots"), "{output:?}");
    }
}

#[test]
fn a_directory_is_imported_whole_and_again() {
    for database in Database::each() {
        let installation = Installation::on(&database);
        seeded(&["Anna", "Testowa", "44051401359"]);
        let file = installation.file("directory.json", DIRECTORY);
        let said = "imported 1 organisations, 1 people, 0 consultants\n";
        assert_eq!(installation.done(&["import", "directory", &file]), said);
        assert_eq!(installation.done(&["import", "directory", &file, "--space", "main"]), said);
    }
}

#[test]
fn two_people_of_one_pesel_are_refused() {
    let file: serde_json::Value = serde_json::from_str(DIRECTORY).unwrap();
    let mut namesake = file["people"][0].clone();
    namesake["id"] = "01980000-0000-7000-8000-000000000003".into();
    namesake["ids"] = serde_json::json!([]);
    let (mut both, mut other) = (file.clone(), file);
    both["people"].as_array_mut().unwrap().push(namesake.clone());
    other["people"] = serde_json::json!([namesake]);
    for database in Database::each() {
        let installation = Installation::on(&database);
        let refuse = |file: &serde_json::Value, expected: &str| {
            let file = installation.file("directory.json", &file.to_string());
            let output = installation.run(&["import", "directory", &file]);
            assert_eq!(output.status.code(), Some(1), "{output:?}");
            assert!(text(&output.stderr).contains(expected), "{output:?}");
        };
        refuse(&both, "/people/1/pesel: is that of /people/0 too");
        installation.done(&["import", "directory", &installation.file("directory.json", DIRECTORY)]);
        refuse(&other, "a PESEL is on record already");
    }
}

#[test]
fn a_faulty_directory_is_refused_without_repeating_it() {
    let database = Database::sqlite();
    let installation = Installation::on(&database);
    for (from, to, expected) in [
        ("\"44051401359\"", "\"44051401358\"", "/people/0/pesel"),
        ("\"44051401359\"", "44051401359", "is not the directory's JSON (line 8"),
        ("\"givenNames\"", "\"names\"", "unknown field `names`"),
    ] {
        let file = installation.file("directory.json", &DIRECTORY.replace(from, to));
        let output = installation.run(&["import", "directory", &file]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let told = text(&output.stderr);
        assert!(told.contains(expected) && !told.contains("4405140135"), "{told}");
    }
}

#[test]
fn the_contract_needs_neither_database_nor_configuration() {
    assert_eq!(printed(&["openapi"]), http::openapi_json());
}

#[test]
fn the_rule_book_is_written_where_it_is_wanted() {
    let folder = tempfile::TempDir::new().unwrap();
    let directory = folder.path().join("new/rules");
    printed(&["rules", directory.to_str().unwrap()]);
    let found: BTreeSet<_> =
        std::fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(found.len(), server::rule_book::pages().len());
    for (name, text) in server::rule_book::pages() {
        assert_eq!(std::fs::read_to_string(directory.join(name)).unwrap(), text);
    }
}

#[test]
fn a_rotated_ring_is_taken_up_and_what_is_kept_is_wrapped_anew() {
    for database in Database::each() {
        let mut installation = Installation::on(&database);
        installation.done(&["migrate"]);
        let ring = installation.variables.get("SOID_KEY_RING_FILE").unwrap().clone();
        let rotated = installation.file("rotated.json", &printed(&["keys", "ring", "--rotate", &ring]));
        installation.set("SOID_KEY_RING_FILE", &rotated);
        assert_eq!(
            installation.done(&["keys", "rewrap"]),
            "wrapped under key 2: 0 demands, 0 notifications, 0 device orders, 0 repair orders, 0 consents of patients, 0 answers\n"
        );
    }
}
