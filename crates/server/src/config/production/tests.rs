//! Each reason for which production does not start, by itself.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::config::tests::{config, random, ring, root};
use crate::config::{EwusConfig, KeyRingConfig};
use domain::redacted::Redacted;
use gateways::insurance::{EwusAccount, TotpSecret};
use std::time::Duration;

/// The only fault of this configuration, as the operator reads it.
fn only_fault(change: impl FnOnce(&mut Config)) -> String {
    let mut config = config();
    change(&mut config);
    let faults = refuse(&config);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.iter().map(ToString::to_string).collect()
}

fn issuer(config: &mut Config) -> &mut crate::config::IssuerConfig {
    config.issuers.issuers.first_mut().unwrap()
}

#[test]
fn a_complete_configuration_is_accepted() {
    assert_eq!(refuse(&config()), Vec::new());
}

#[test]
fn a_configuration_of_the_sandbox_is_refused() {
    assert!(only_fault(|config| config.mode = Mode::Sandbox).starts_with("SOID_MODE: must be production"));
}

#[test]
fn a_space_of_the_sandbox_is_refused() {
    let fault = only_fault(|config| config.space = SpaceId::parse("sandbox").unwrap());
    assert!(fault.contains("the space sandbox is a sandbox's"), "{fault}");
}

#[test]
fn an_issuer_of_a_sandbox_is_refused() {
    for name in [
        SANDBOX_ISSUER,
        "https://SANDBOX.soid.invalid/",
        "https://login.soid.invalid",
        "https://sandbox.login.przyklad.pl",
        "https://login.przyklad.pl/Sandbox",
        "sandbox",
    ] {
        let fault = only_fault(|config| name.clone_into(&mut issuer(config).issuer));
        assert_eq!(
            fault,
            format!("SOID_ISSUERS: {name} is a sandbox's issuer, whose tokens anybody can make")
        );
    }
}

#[test]
fn keys_fetched_over_http_are_refused() {
    let fault = only_fault(|config| issuer(config).jwks_url = "http://login.przyklad.pl/jwks".to_owned());
    assert!(
        fault.starts_with("SOID_ISSUERS: the jwksUrl http://login.przyklad.pl/jwks is not https"),
        "{fault}"
    );
}

#[test]
fn keys_fetched_from_this_machine_are_refused_by_any_of_its_names() {
    for host in [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "127.0.0.1",
        "127.9.9.9",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
    ] {
        for scheme in ["http", "https"] {
            let fault = only_fault(|config| issuer(config).jwks_url = format!("{scheme}://{host}:8443/jwks"));
            assert!(fault.contains("leads to this machine itself"), "{fault}");
        }
    }
}

#[test]
fn keys_fetched_over_https_from_the_inner_network_are_accepted() {
    let mut config = config();
    issuer(&mut config).jwks_url = "https://10.1.2.3/jwks".to_owned();
    assert_eq!(refuse(&config), Vec::new());
}

#[test]
fn a_public_address_without_tls_is_refused() {
    let fault = only_fault(|config| config.http.public_url = "http://soid.przyklad.pl".to_owned());
    assert!(fault.starts_with("SOID_PUBLIC_URL: http://soid.przyklad.pl is not https"), "{fault}");
}

#[test]
fn a_public_address_on_this_machine_is_refused() {
    let fault = only_fault(|config| config.http.public_url = "https://localhost:8080".to_owned());
    assert!(fault.contains("leads to this machine itself"), "{fault}");
}

#[test]
fn a_database_in_memory_is_refused() {
    for url in ["sqlite://:memory:", "sqlite://file:soid?mode=memory"] {
        let fault = only_fault(|config| config.database.url = Redacted::new(url.to_owned()));
        assert!(fault.starts_with("DATABASE_URL: keeps the data in memory"), "{fault}");
    }
}

fn with_ring(key: [u8; 32], index: [u8; 32]) -> String {
    only_fault(|config| config.keys.ring = KeyRingConfig::parse(&ring(1, key, index)).unwrap())
}

#[test]
fn a_key_of_equal_bytes_is_refused() {
    let fault = with_ring([7; 32], random());
    assert_eq!(fault, "SOID_KEY_RING: the key 1 repeats a few bytes; make 32 random bytes");
}

#[test]
fn the_example_as_the_index_key_is_refused() {
    let fault = with_ring(random(), *b"SOID EXAMPLE INDEX - DO NOT USE!");
    assert!(fault.starts_with("SOID_KEY_RING: the key index is the published example"), "{fault}");
}

#[test]
fn a_test_root_is_refused_in_every_kind() {
    let test = || root("Korzen testowy", "SOID SANDBOX TEST PKI");
    let fault = only_fault(|config| config.trust.qualified.push(test()));
    assert_eq!(fault, "SOID_ANCHORS_QUALIFIED_FILE: holds a test root, for which anybody can sign");
    assert!(
        only_fault(|config| config.trust.personal.push(test())).starts_with("SOID_ANCHORS_PERSONAL_FILE")
    );
    assert!(only_fault(|config| config.trust.zus.push(test())).starts_with("SOID_ANCHORS_ZUS_FILE"));
    let named = root("SOID SANDBOX TEST root", "Inna organizacja");
    assert!(only_fault(|config| config.trust.zus.push(named)).starts_with("SOID_ANCHORS_ZUS_FILE"));
}

#[test]
fn no_roots_at_all_are_refused() {
    let fault = only_fault(|config| config.trust.qualified.clear());
    assert!(fault.starts_with("SOID_ANCHORS_QUALIFIED_FILE: is not set"), "{fault}");
}

#[test]
fn roots_without_a_host_for_revocation_lists_are_refused() {
    let fault = only_fault(|config| config.trust.crl_hosts.clear());
    assert!(fault.starts_with("SOID_CRL_HOSTS: is not set"), "{fault}");
}

#[test]
fn all_reasons_are_told_at_once() {
    let mut config = config();
    config.mode = Mode::Sandbox;
    issuer(&mut config).issuer = SANDBOX_ISSUER.to_owned();
    issuer(&mut config).jwks_url = "http://localhost/jwks".to_owned();
    config.trust.zus.push(root("a", "SOID SANDBOX TEST PKI"));
    assert_eq!(refuse(&config).len(), 4);
}

#[test]
fn trusted_signatures_go_over_https_or_stay_on_this_machine() {
    let fault = only_fault(|config| config.validation.dss_url = "http://dss.przyklad.pl/".parse().ok());
    assert!(fault.starts_with("SOID_DSS_URL: http://dss.przyklad.pl/ is not https"), "{fault}");
    for url in ["https://dss.przyklad.pl/", "http://127.0.0.1:8080/", "http://localhost/dss"] {
        let mut config = config();
        config.validation.dss_url = url.parse().ok();
        assert_eq!(refuse(&config), Vec::new(), "{url}");
    }
}

fn ewus(url: &str, secret: Option<&str>) -> EwusConfig {
    let secret = secret.map(|text| TotpSecret::parse(text).unwrap());
    let password = Redacted::new("hasło".to_owned());
    let account = EwusAccount::new(7, None, "soid".to_owned(), password, secret).unwrap();
    EwusConfig { url: url.parse().unwrap(), account, timeout: Duration::from_secs(1) }
}

#[test]
fn the_register_of_the_insured_is_asked_over_https_and_with_a_second_factor() {
    let (url, secret) = ("https://ewus.przyklad.pl/", Some("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    let fault = only_fault(|config| config.insurance.0 = Some(ewus("http://ewus.przyklad.pl/", secret)));
    assert!(fault.starts_with("SOID_EWUS_URL: http://ewus.przyklad.pl/ is not https"), "{fault}");
    let fault = only_fault(|config| config.insurance.0 = Some(ewus(url, None)));
    assert!(fault.starts_with("SOID_EWUS_TOTP_SECRET_FILE: is not set"), "{fault}");
    for url in [url, "http://127.0.0.1:8080/"] {
        let mut config = config();
        config.insurance.0 = Some(ewus(url, secret));
        assert_eq!(refuse(&config), Vec::new(), "{url}");
    }
}

#[test]
fn a_seal_of_the_sandbox_is_refused() {
    let seal = root(&format!("{SANDBOX_ANCHOR_MARKER} seal"), "Minister");
    let fault = only_fault(|config| config.validation.seals = vec![seal]);
    assert!(fault.starts_with("SOID_TRUSTED_SEALS_FILE: holds a test root"), "{fault}");
}
