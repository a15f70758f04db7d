//! What `soid serve` does not start with, and how it says so.

use crate::database::Database;
use crate::installation::{Installation, root, text};

/// Starts with these changes, which must be refused as a fault of the configuration.
fn refused(changes: &[(&str, &str)]) -> Vec<String> {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    for (variable, value) in changes {
        installation.set(variable, value);
    }
    told(&installation)
}

fn told(installation: &Installation) -> Vec<String> {
    let output = installation.run(&["serve"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    text(&output.stderr).lines().map(str::to_owned).collect()
}

fn issuer(name: &str, keys: &str) -> String {
    format!(r#"[{{"issuer":"{name}","jwksUrl":"{keys}","audience":"soid"}}]"#)
}

#[test]
fn production_is_not_the_sandbox() {
    let told = refused(&[("SOID_MODE", "sandbox")]);
    assert_eq!(told, ["SOID_MODE: the sandbox is started as soid-sandbox, not by a variable"]);
}

#[test]
fn the_public_address_is_https_and_elsewhere() {
    let told = refused(&[("SOID_PUBLIC_URL", "http://soid.przyklad.pl")]);
    assert_eq!(
        told,
        ["SOID_PUBLIC_URL: http://soid.przyklad.pl is not https; clients send personal data to it"]
    );
    let told = refused(&[("SOID_PUBLIC_URL", "https://localhost")]);
    assert_eq!(
        told,
        ["SOID_PUBLIC_URL: https://localhost leads to this machine itself; clients send personal data to it"]
    );
}

#[test]
fn the_data_are_not_kept_in_memory() {
    let told = refused(&[("DATABASE_URL", "sqlite://:memory:")]);
    assert_eq!(told, ["DATABASE_URL: keeps the data in memory; they would be gone at the end"]);
}

#[test]
fn a_sandboxs_issuer_is_refused() {
    let issuers = issuer("https://sandbox.soid.invalid", "https://login.przyklad.pl/jwks");
    let told = refused(&[("SOID_ISSUERS", &issuers)]);
    assert_eq!(
        told,
        ["SOID_ISSUERS: https://sandbox.soid.invalid is a sandbox's issuer, whose tokens anybody can make"]
    );
}

#[test]
fn key_addresses_are_https_and_elsewhere() {
    let name = "https://login.przyklad.pl";
    for (keys, why) in [
        ("http://login.przyklad.pl/jwks", "is not https"),
        ("https://127.0.0.1/jwks", "leads to this machine itself"),
        ("https://[::1]/jwks", "leads to this machine itself"),
    ] {
        let told = refused(&[("SOID_ISSUERS", &issuer(name, keys))]);
        let expected = format!(
            "SOID_ISSUERS: the jwksUrl {keys} {why}; whoever answers there decides whose tokens count"
        );
        assert_eq!(told, [expected]);
    }
}

#[test]
fn the_published_example_keys_are_refused() {
    let example =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.env.example")).unwrap();
    let ring = example.lines().find_map(|line| line.strip_prefix("#SOID_KEY_RING=")).unwrap();
    let told = refused(&[("SOID_KEY_RING_FILE", ""), ("SOID_KEY_RING", ring)]);
    assert_eq!(
        told,
        [
            "SOID_KEY_RING: the key 1 is the published example; make 32 random bytes",
            "SOID_KEY_RING: the key index is the published example; make 32 random bytes",
        ]
    );
}

#[test]
fn a_test_root_is_refused() {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    let root = installation.file("test.pem", &root("SOID SANDBOX TEST ROOT"));
    installation.set("SOID_ANCHORS_ZUS_FILE", &root);
    assert_eq!(told(&installation), ["SOID_ANCHORS_ZUS_FILE: holds a test root, for which anybody can sign"]);
}

#[test]
fn without_roots_or_revocation_no_signature_could_count() {
    let told = refused(&[("SOID_ANCHORS_QUALIFIED_FILE", "")]);
    assert_eq!(told, ["SOID_ANCHORS_QUALIFIED_FILE: is not set, so no signature could be accepted"]);
    let told = refused(&[("SOID_CRL_HOSTS", "")]);
    assert_eq!(told, ["SOID_CRL_HOSTS: is not set, so no signature's revocation could be checked"]);
}

#[test]
fn a_misspelt_variable_is_a_fault() {
    assert_eq!(refused(&[("SOID_LISTN", "[::]:80")]), ["SOID_LISTN: there is no such variable"]);
}

#[test]
fn every_fault_is_told_at_once() {
    let told = refused(&[
        ("SOID_PUBLIC_URL", "http://localhost"),
        ("SOID_CRL_HOSTS", ""),
        ("DATABASE_URL", "sqlite://:memory:"),
    ]);
    assert_eq!(told.len(), 3, "{told:?}");
    let told = refused(&[("SOID_LISTEN", "here"), ("SOID_LOG_FORMAT", "xml")]);
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn commands_that_write_personal_data_refuse_the_same() {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    installation.set("SOID_CRL_HOSTS", "");
    for arguments in [&["import", "directory", "nowhere.json"][..], &["keys", "rewrap"]] {
        assert_eq!(installation.run(arguments).status.code(), Some(2));
    }
}
