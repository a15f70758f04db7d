//! Whose tokens are believed and where their public keys are.

use super::reader::Reader;
use super::variable::variables;
use app::caller::Role;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::time::Duration;
use url::Url;

variables! {
    ISSUERS = "SOID_ISSUERS",
        required r#"[{"issuer":"https://login.przyklad.pl","jwksUrl":"https://login.przyklad.pl/jwks","audience":"https://soid.przyklad.pl"}]"#,
        "Token issuers as a JSON array: each with issuer, jwksUrl, the audience that its tokens must name and, where it may \
         not give every role, roles.";
    JWKS_MAX_AGE_SECONDS = "SOID_JWKS_MAX_AGE_SECONDS", default "300",
        "How long an issuer's keys are kept before they are fetched again.";
}

/// One issuer, as a member of `SOID_ISSUERS`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IssuerConfig {
    /// The `iss` of its tokens, letter by letter.
    pub issuer: String,
    pub jwks_url: String,
    /// The `aud` that its tokens must name.
    pub audience: String,
    /// The roles that its tokens may give; without the member every role.
    #[serde(default)]
    pub roles: Option<BTreeSet<Role>>,
}

#[derive(Clone, Debug)]
pub struct IssuersConfig {
    /// `SOID_ISSUERS`
    pub issuers: Vec<IssuerConfig>,
    /// `SOID_JWKS_MAX_AGE_SECONDS`
    pub jwks_max_age: Duration,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<IssuersConfig> {
    let issuers = reader.parsed(&ISSUERS, parse);
    let jwks_max_age = reader.seconds(&JWKS_MAX_AGE_SECONDS, 10, 3600);
    Some(IssuersConfig { issuers: issuers?, jwks_max_age: jwks_max_age? })
}

fn parse(text: &str) -> Result<Vec<IssuerConfig>, String> {
    let issuers: Vec<IssuerConfig> = serde_json::from_str(text).map_err(|error| {
        format!("must be a JSON array of issuer, jwksUrl, audience and perhaps roles: {error}")
    })?;
    if issuers.is_empty() {
        return Err("must name at least one issuer, else nobody can call".to_owned());
    }
    let mut seen = BTreeSet::new();
    for issuer in &issuers {
        judge(issuer)?;
        if !seen.insert(&issuer.issuer) {
            return Err(format!("names the issuer {} twice", issuer.issuer));
        }
    }
    Ok(issuers)
}

fn judge(issuer: &IssuerConfig) -> Result<(), String> {
    let name = &issuer.issuer;
    if name.is_empty() || issuer.audience.is_empty() {
        return Err("holds an issuer or an audience that is empty".to_owned());
    }
    if issuer.roles.as_ref().is_some_and(BTreeSet::is_empty) {
        return Err(format!("gives {name} no role; leave roles out to give it every one"));
    }
    let fetchable = |url: &Url| matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if Url::parse(&issuer.jwks_url).is_ok_and(|url| fetchable(&url)) {
        return Ok(());
    }
    Err(format!("the jwksUrl of {name} must be an http or https address"))
}
