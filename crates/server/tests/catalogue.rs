//! Every code of the catalogue is named in a test, or it is said here why none can be.

#![expect(clippy::expect_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// What no request brings in, since it is refused when the body is read.
const AT_THE_DOOR: &str = "refused when the body is read; the domain's own tests refuse it in what is stored";

/// Of a provider without a contract, or of another one's hold.
const NOT_THEIRS: &str =
    "whoever has no contract or no hold is refused before; the domain's own tests refuse it";

/// Codes that no test can provoke from outside, each with its reason.
const EXEMPT: &[(&str, &str)] = &[
    (
        "demand.not_expired_by_handover",
        "a demand without a resolution is found by no numbers; the domain's own tests refuse it",
    ),
    ("device_order.branch", AT_THE_DOOR),
    ("device_order.pieces_count", AT_THE_DOOR),
    (
        "device_order.continuation_months",
        "no persona is a nurse or midwife; the domain's own tests refuse it",
    ),
    (
        "device_order.nothing_confirmed",
        "whatever confirms nothing is refused before by a rule of its own; the domain's own tests find it",
    ),
    (
        "device_order.side_required",
        "the catalogue knows of no group whether it is sided; the domain's own tests refuse it",
    ),
    (
        "device_order.side_superfluous",
        "the catalogue knows of no group whether it is sided; the domain's own tests refuse it",
    ),
    ("device_repair_order.no_contract", NOT_THEIRS),
    ("device_repair_order.not_holder", NOT_THEIRS),
    (
        "device_repair_order.side_required",
        "the catalogue knows of no group whether it is sided; the domain's own tests refuse it",
    ),
    (
        "device_repair_order.side_superfluous",
        "the catalogue knows of no group whether it is sided; the domain's own tests refuse it",
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of every test outside the sources, but for this file.
fn tests() -> String {
    let mut folders = vec![root().join("tests")];
    let crates = fs::read_dir(root().join("crates")).expect("the crates");
    folders.extend(crates.map(|entry| entry.expect("a crate").path().join("tests")).filter(|it| it.exists()));
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of tests") {
            let path = entry.expect("an entry").path();
            let is_test = path.extension().is_some_and(|it| it == "rs" || it == "mjs" || it == "ts");
            if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("generated") {
                folders.push(path);
            } else if is_test && !path.ends_with(file!()) {
                text += &fs::read_to_string(&path).expect("a test");
            }
        }
    }
    text
}

/// Whether the text names this very code, and not only one that begins or ends with it.
fn names(text: &str, code: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    text.match_indices(code).any(|(at, _)| {
        let (before, after) = (text.get(..at), text.get(at + code.len()..));
        !before.is_some_and(|it| it.ends_with(is_part)) && !after.is_some_and(|it| it.starts_with(is_part))
    })
}

#[test]
fn every_code_is_named_in_a_test_or_exempt_with_a_reason() {
    let tests = tests();
    let codes: Vec<&str> = http::Catalogue::whole().iter().map(|problem| problem.code).collect();
    let exempt = |code: &str| EXEMPT.iter().any(|(its, _)| *its == code);
    let unnamed: Vec<&&str> = codes.iter().filter(|code| !names(&tests, code) && !exempt(code)).collect();
    assert!(unnamed.is_empty(), "no test names {unnamed:?}");
    let needless: Vec<&str> = EXEMPT
        .iter()
        .map(|(code, _)| *code)
        .filter(|code| !codes.contains(code) || names(&tests, code))
        .collect();
    assert!(needless.is_empty(), "no longer to be exempt: {needless:?}");
}

#[test]
fn a_code_is_not_named_by_a_longer_one() {
    assert!(names("refused(422, \"value.pesel\")", "value.pesel"));
    assert!(names("503 auth.keys_unavailable", "auth.keys_unavailable"));
    for other in ["value.pesel_date", "other.value.pesel", "value.pesel.x"] {
        assert!(!names(other, "value.pesel"), "{other}");
    }
}
