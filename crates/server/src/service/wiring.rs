//! What differs between production and the sandbox: clock, keys, revocation lists, spaces, limits, further routes.

use super::readiness::{Insurance, IssuersKnown, Validation};
use crate::clock::SystemClock;
use crate::config::{Config, IssuerConfig, ValidationConfig};
use app::caller::Role;
use app::clock::Clock;
use app::trusted::TrustedSignatures;
use chrono::TimeDelta;
use domain::device_order::access::CODES;
use domain::ids::SpaceId;
use gateways::SetUpFault;
use gateways::crl::{CrlPace, RevocationLists, RevocationSource};
use gateways::insurance::{EwusPace, EwusRegister, InsuranceRegister};
use gateways::jwks::{IssuerKeys, JwksCache, JwksPace, KeySource};
use gateways::validation::{DssPace, DssValidator};
use http::Dependency;
use http::limits::{self, Bucket};
use signing::xades::Seals;
use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds operations, and the data that they need, to every worker's application.
pub type Routes = Arc<dyn Fn(&mut ServiceConfig<'_>) + Send + Sync>;

/// An issuer whose tokens are believed; its keys come from [`Wiring::key_source`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedIssuer {
    /// `iss`, letter by letter.
    pub issuer: String,
    /// What `aud` has to contain.
    pub audience: String,
    /// The roles that its tokens may give; `None` means every role.
    pub roles: Option<BTreeSet<Role>>,
}

/// Which space a token's holder works in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpacePolicy {
    /// Everybody in one; a token that names another is refused.
    Single(SpaceId),
    /// The one that the token names; a token that names none is refused.
    FromClaim,
}

/// The parts of a service that are made outside of it.
pub struct Wiring {
    pub clock: Arc<dyn Clock>,
    pub key_source: Arc<dyn KeySource>,
    pub issuers: Vec<TrustedIssuer>,
    pub revocation: Arc<dyn RevocationSource>,
    /// `None` where trusted signatures are not taken.
    pub trusted: Option<TrustedSignatures>,
    /// `None` where nobody asks whether a patient is insured.
    pub insurance: Option<Arc<dyn InsuranceRegister>>,
    pub spaces: SpacePolicy,
    /// How many access codes there are to draw from: [`CODES`].
    pub access_codes: NonZeroU32,
    /// [`limits::production`], or more generous ones.
    pub limits: Vec<Bucket>,
    /// Asked by `/health/ready` beside the database.
    pub dependencies: Vec<Arc<dyn Dependency>>,
    /// Operations beside those of the contract of production.
    pub extra_routes: Option<Routes>,
}

/// Real time, keys and revocation lists from the addresses of the configuration, one space.
pub fn production_wiring(config: &Config) -> Result<Wiring, SetUpFault> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let max_age = TimeDelta::from_std(config.issuers.jwks_max_age).unwrap_or(TimeDelta::minutes(5));
    let configured = &config.issuers.issuers;
    let pace = JwksPace { max_age, ..JwksPace::default() };
    let keys = Arc::new(JwksCache::new(configured.iter().map(address).collect(), pace)?);
    let lists = RevocationLists::new(config.trust.crl_hosts.iter().cloned(), CrlPace::default())?;
    let issuers_known: Arc<dyn Dependency> =
        Arc::new(IssuersKnown::new(Arc::clone(&keys), Arc::clone(&clock)));
    let validator = validator(&config.validation)?;
    let validation =
        validator.iter().map(|dss| Arc::new(Validation::new(Arc::clone(dss))) as Arc<dyn Dependency>);
    let register = register(config)?;
    let insurance =
        register.iter().map(|ewus| Arc::new(Insurance::new(Arc::clone(ewus))) as Arc<dyn Dependency>);
    Ok(Wiring {
        clock: Arc::clone(&clock),
        issuers: configured.iter().map(trusted).collect(),
        dependencies: std::iter::once(issuers_known).chain(validation).chain(insurance).collect(),
        key_source: keys,
        revocation: Arc::new(lists),
        trusted: validator.map(|dss| TrustedSignatures {
            seals: Seals::new(config.validation.seals.iter().cloned()),
            validator: dss,
            patience: config.validation.patience,
        }),
        insurance: register.map(|ewus| ewus as Arc<dyn InsuranceRegister>),
        spaces: SpacePolicy::Single(config.space.clone()),
        access_codes: CODES,
        limits: limits::production(),
        extra_routes: None,
    })
}

fn validator(config: &ValidationConfig) -> Result<Option<Arc<DssValidator>>, SetUpFault> {
    let Some(url) = &config.dss_url else { return Ok(None) };
    let pace = DssPace::within(config.timeout);
    Ok(Some(Arc::new(DssValidator::new(url.as_str(), &pace)?)))
}

fn register(config: &Config) -> Result<Option<Arc<EwusRegister>>, SetUpFault> {
    let Some(ewus) = &config.insurance.0 else { return Ok(None) };
    let key = config.keys.ring.derived("insurance answers");
    let pace = EwusPace::within(ewus.timeout);
    let register = EwusRegister::new(ewus.url.as_str(), ewus.account.clone(), key.reveal(), &pace)?;
    Ok(Some(Arc::new(register)))
}

fn address(of: &IssuerConfig) -> IssuerKeys {
    IssuerKeys { issuer: of.issuer.clone(), jwks_url: of.jwks_url.clone() }
}

fn trusted(of: &IssuerConfig) -> TrustedIssuer {
    TrustedIssuer { issuer: of.issuer.clone(), audience: of.audience.clone(), roles: of.roles.clone() }
}
