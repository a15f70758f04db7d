//! What a production system never starts with: anything of the sandbox, of the examples, or without protection.

mod weak_key;

use super::{Config, ConfigFault, Mode, SealingKey};
use domain::ids::SpaceId;
use std::net::IpAddr;
use url::{Host, Url};

/// The issuer of the sandbox's tokens; nobody can own a name under `.invalid` (RFC 2606 §2).
pub const SANDBOX_ISSUER: &str = "https://sandbox.soid.invalid";

/// Stands in the subject of every root that the sandbox or a test makes.
pub const SANDBOX_ANCHOR_MARKER: &str = "SOID SANDBOX TEST";

/// Everything for which this configuration is refused; empty when production may start.
pub fn refuse(config: &Config) -> Vec<ConfigFault> {
    let checks: [fn(&Config) -> Vec<ConfigFault>; 9] =
        [mode, public_url, database, issuers, key_addresses, keys, anchors, validation, insurance];
    checks.iter().flat_map(|check| check(config)).collect()
}

fn mode(config: &Config) -> Vec<ConfigFault> {
    let mut faults = Vec::new();
    if config.mode != Mode::Production {
        faults.push(ConfigFault::new("SOID_MODE", "must be production; the sandbox is soid-sandbox"));
    }
    if config.space != SpaceId::production() {
        let message = format!("the space {} is a sandbox's; production has its own only", config.space);
        faults.push(ConfigFault::new("SOID_MODE", message));
    }
    faults
}

fn public_url(config: &Config) -> Vec<ConfigFault> {
    let url = &config.http.public_url;
    let message = match unprotected(url) {
        Some(why) => format!("{url} {why}; clients send personal data to it"),
        None => return Vec::new(),
    };
    vec![ConfigFault::new("SOID_PUBLIC_URL", message)]
}

fn database(config: &Config) -> Vec<ConfigFault> {
    let url = config.database.url.reveal();
    if url.starts_with("sqlite://") && (url.contains(":memory:") || url.contains("mode=memory")) {
        return vec![ConfigFault::new(
            "DATABASE_URL",
            "keeps the data in memory; they would be gone at the end",
        )];
    }
    Vec::new()
}

fn issuers(config: &Config) -> Vec<ConfigFault> {
    let fault = |name: &str| {
        let message = format!("{name} is a sandbox's issuer, whose tokens anybody can make");
        ConfigFault::new("SOID_ISSUERS", message)
    };
    let names = config.issuers.issuers.iter().map(|issuer| issuer.issuer.as_str());
    names.filter(|name| of_a_sandbox(name)).map(fault).collect()
}

fn of_a_sandbox(issuer: &str) -> bool {
    let name = issuer.to_lowercase();
    let invalid =
        Url::parse(&name).is_ok_and(|url| url.host_str().is_some_and(|host| host.ends_with(".invalid")));
    name.starts_with(SANDBOX_ISSUER) || name.contains("sandbox") || invalid
}

fn key_addresses(config: &Config) -> Vec<ConfigFault> {
    let fault = |url: &String| {
        let message = format!(
            "the jwksUrl {url} {}; whoever answers there decides whose tokens count",
            unprotected(url)?
        );
        Some(ConfigFault::new("SOID_ISSUERS", message))
    };
    config.issuers.issuers.iter().map(|issuer| &issuer.jwks_url).filter_map(fault).collect()
}

/// Why what goes to this address is open to others.
fn unprotected(address: &str) -> Option<&'static str> {
    let Ok(url) = Url::parse(address) else { return Some("is no address") };
    if loopback(url.host().as_ref()) {
        return Some("leads to this machine itself");
    }
    (url.scheme() != "https").then_some("is not https")
}

/// This machine by any of its names; the unspecified address connects to it as well.
fn loopback(host: Option<&Host<&str>>) -> bool {
    let own = |address: IpAddr| {
        let address = address.to_canonical();
        address.is_loopback() || address.is_unspecified()
    };
    match host {
        None => true,
        Some(Host::Ipv4(address)) => own((*address).into()),
        Some(Host::Ipv6(address)) => own((*address).into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
    }
}

fn keys(config: &Config) -> Vec<ConfigFault> {
    let fault = |(name, key): (String, &SealingKey)| {
        let message = format!("the key {name} {}; make 32 random bytes", weak_key::weakness(key.reveal())?);
        Some(ConfigFault::new("SOID_KEY_RING", message))
    };
    config.keys.ring.keys().filter_map(fault).collect()
}

/// Signatures and the documents inside them go there.
fn validation(config: &Config) -> Vec<ConfigFault> {
    let Some(url) = &config.validation.dss_url else { return Vec::new() };
    if url.scheme() == "https" || loopback(url.host().as_ref()) {
        return Vec::new();
    }
    let message = format!("{url} is not https; signatures with personal data go to it");
    vec![ConfigFault::new("SOID_DSS_URL", message)]
}

/// The account's password and PESELs go there; without the second factor the payer lets nobody in since 17 November 2025.
fn insurance(config: &Config) -> Vec<ConfigFault> {
    let Some(ewus) = &config.insurance.0 else { return Vec::new() };
    let mut faults = Vec::new();
    if ewus.url.scheme() != "https" && !loopback(ewus.url.host().as_ref()) {
        let message = format!("{} is not https; a password and personal data go to it", ewus.url);
        faults.push(ConfigFault::new("SOID_EWUS_URL", message));
    }
    if !ewus.account.has_second_factor() {
        let message = "is not set; the payer lets nobody in without the second factor";
        faults.push(ConfigFault::new("SOID_EWUS_TOTP_SECRET_FILE", message));
    }
    faults
}

fn anchors(config: &Config) -> Vec<ConfigFault> {
    let marker = SANDBOX_ANCHOR_MARKER.as_bytes();
    // The subject stands in the DER as plain UTF-8 or PrintableString: the same bytes.
    let of_a_test = |der: &Vec<u8>| der.windows(marker.len()).any(|bytes| bytes == marker);
    let [qualified, personal, zus] = config.trust.anchors();
    let seals = ("SOID_TRUSTED_SEALS_FILE", config.validation.seals.as_slice());
    let kinds = [qualified, personal, zus];
    let test = kinds.iter().chain([&seals]).filter(|(_, anchors)| anchors.iter().any(of_a_test));
    let mut faults: Vec<_> = test
        .map(|(variable, _)| ConfigFault::new(variable, "holds a test root, for which anybody can sign"))
        .collect();
    if kinds.iter().all(|(_, anchors)| anchors.is_empty()) {
        faults.push(ConfigFault::new(
            "SOID_ANCHORS_QUALIFIED_FILE",
            "is not set, so no signature could be accepted",
        ));
    } else if config.trust.crl_hosts.is_empty() {
        faults.push(ConfigFault::new(
            "SOID_CRL_HOSTS",
            "is not set, so no signature's revocation could be checked",
        ));
    }
    faults
}

#[cfg(test)]
mod tests;
