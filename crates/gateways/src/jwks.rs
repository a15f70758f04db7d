//! Public keys of token issuers: fetched from their JWKS addresses and kept, or handed in.

use crate::fetch::{FetchFault, FetchLimits, Fetcher};
use crate::kept::{Kept, Shelf, apart};
use crate::key_set::KeySet;
use crate::{Asked, SetUpFault};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use reqwest::Url;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Why there is no key for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// Nobody has registered this issuer: the token is refused.
    #[error("the issuer is not known here")]
    UnknownIssuer,
    /// The issuer is known and does not publish such a key: the token is refused.
    #[error("the issuer publishes no such key")]
    UnknownKey,
    /// The issuer's keys cannot be had at the moment, so nothing is known of the token.
    #[error("the issuer's keys cannot be had at the moment")]
    Unavailable { retry_after: u32 },
}

/// Who knows the public keys of token issuers.
pub trait KeySource: Send + Sync {
    /// The key that `issuer` publishes under `kid`; `now` is real time.
    fn key<'a>(&'a self, issuer: &'a str, kid: &'a str, now: DateTime<Utc>) -> Asked<'a, Result<Jwk, NoKey>>;
}

/// Where one issuer publishes its keys.
#[derive(Clone, Debug)]
pub struct IssuerKeys {
    pub issuer: String,
    pub jwks_url: String,
}

/// When a key set is fetched anew.
#[derive(Clone, Debug)]
pub struct JwksPace {
    /// A set younger than this answers without asking. An older one still answers while it is fetched anew behind the
    /// caller's back, so that an issuer that is slow or down holds nobody up.
    pub max_age: TimeDelta,
    /// A key that a fresh set lacks makes it fetched anew, at most this often.
    pub unknown_key_pause: TimeDelta,
    /// After a fetch that failed, the next one waits this long.
    pub failure_pause: TimeDelta,
    /// Until a fetch succeeds, a set counts until it is this old.
    pub stale_for: TimeDelta,
    pub limits: FetchLimits,
}

impl Default for JwksPace {
    fn default() -> Self {
        Self {
            max_age: TimeDelta::minutes(5),
            unknown_key_pause: TimeDelta::seconds(30),
            failure_pause: TimeDelta::seconds(5),
            stale_for: TimeDelta::hours(1),
            limits: FetchLimits {
                connect: Duration::from_secs(2),
                whole: Duration::from_secs(4),
                bytes: 256 * 1024,
            },
        }
    }
}

/// What the readiness page says of one issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerState {
    pub issuer: String,
    /// When its keys were last fetched.
    pub fetched_at: Option<DateTime<Utc>>,
    pub last_try_failed: bool,
}

/// Keys of configured issuers, fetched when they are needed.
#[derive(Debug)]
pub struct JwksCache {
    issuers: BTreeMap<String, Issuer>,
    pace: JwksPace,
    fetcher: Fetcher,
}

#[derive(Debug)]
struct Issuer {
    url: Url,
    kept: Arc<Kept<KeySet>>,
}

impl JwksCache {
    pub fn new(issuers: Vec<IssuerKeys>, pace: JwksPace) -> Result<Self, SetUpFault> {
        let fetcher = Fetcher::new(&pace.limits)?;
        let issuers = issuers.into_iter().map(Issuer::named).collect::<Result<_, _>>()?;
        Ok(Self { issuers, pace, fetcher })
    }

    /// Fetches every issuer's keys now, so that the first callers need not wait; failures show in [`Self::states`].
    pub async fn warm_up(&self, now: DateTime<Utc>) {
        for (name, issuer) in &self.issuers {
            self.refresh(name, issuer, &issuer.kept.shelf(), now).await;
        }
    }

    /// For the readiness page, in the order of the issuers' names.
    pub fn states(&self) -> Vec<IssuerState> {
        let state = |(name, issuer): (&String, &Issuer)| {
            let known = issuer.kept.shelf();
            IssuerState {
                issuer: name.clone(),
                fetched_at: known.good.as_ref().map(|(_, at)| *at),
                last_try_failed: known.last_try_failed(),
            }
        };
        self.issuers.iter().map(state).collect()
    }

    async fn look_up(&self, name: &str, kid: &str, now: DateTime<Utc>) -> Result<Jwk, NoKey> {
        let issuer = self.issuers.get(name).ok_or(NoKey::UnknownIssuer)?;
        let seen = issuer.kept.shelf();
        if let Some(key) = held(&seen, kid, self.pace.max_age, now) {
            return Ok(key);
        }
        let stale_age = self.pace.max_age.max(self.pace.stale_for);
        let is_pausing = seen.tried_within(self.pause(&seen, now), now);
        if let Some(key) = held(&seen, kid, stale_age, now) {
            if !is_pausing {
                issuer.kept.refresh_behind(&seen, now, self.fetch(name, issuer));
            }
            return Ok(key);
        }
        let known = if is_pausing { seen } else { self.refresh(name, issuer, &seen, now).await };
        held(&known, kid, stale_age, now).ok_or_else(|| self.absence(&known, now))
    }

    /// How long after a fetch the next one waits, once the held set has not answered.
    fn pause(&self, known: &Shelf<KeySet>, now: DateTime<Utc>) -> TimeDelta {
        if known.good.as_ref().is_some_and(|(_, at)| apart(*at, now) < self.pace.max_age) {
            self.pace.unknown_key_pause
        } else {
            self.pace.failure_pause
        }
    }

    /// A key is unknown only when the issuer has just said so; an issuer that is silent has said nothing.
    fn absence(&self, known: &Shelf<KeySet>, now: DateTime<Utc>) -> NoKey {
        if known.last_try_failed() || known.good.is_none() {
            let seconds = self.pause(known, now).num_seconds().max(1);
            return NoKey::Unavailable { retry_after: u32::try_from(seconds).unwrap_or(u32::MAX) };
        }
        NoKey::UnknownKey
    }

    async fn refresh(
        &self,
        name: &str,
        issuer: &Issuer,
        seen: &Shelf<KeySet>,
        now: DateTime<Utc>,
    ) -> Shelf<KeySet> {
        issuer.kept.refresh(seen, now, self.fetch(name, issuer)).await
    }

    fn fetch(
        &self,
        name: &str,
        issuer: &Issuer,
    ) -> impl Future<Output = Result<Arc<KeySet>, FetchFault>> + Send + use<> {
        fetch_keys(self.fetcher.clone(), name.to_owned(), issuer.url.clone())
    }
}

impl Issuer {
    fn named(keys: IssuerKeys) -> Result<(String, Self), SetUpFault> {
        let url = Url::parse(&keys.jwks_url)
            .map_err(|error| SetUpFault(format!("JWKS address of {}: {error}", keys.issuer)))?;
        Ok((keys.issuer, Self { url, kept: Kept::new() }))
    }
}

/// The key, if the set that is held is younger than `age`.
fn held(known: &Shelf<KeySet>, kid: &str, age: TimeDelta, now: DateTime<Utc>) -> Option<Jwk> {
    let (keys, at) = known.good.as_ref()?;
    if apart(*at, now) < age { keys.key(kid).cloned() } else { None }
}

async fn fetch_keys(fetcher: Fetcher, issuer: String, url: Url) -> Result<Arc<KeySet>, FetchFault> {
    let brought = fetcher.bytes(url).await.and_then(|body| KeySet::read(&body));
    if let Err(fault) = &brought {
        tracing::warn!(jwks.issuer = issuer, jwks.fault = %fault, "key set not fetched");
    }
    brought.map(Arc::new)
}

impl KeySource for JwksCache {
    fn key<'a>(&'a self, issuer: &'a str, kid: &'a str, now: DateTime<Utc>) -> Asked<'a, Result<Jwk, NoKey>> {
        Box::pin(self.look_up(issuer, kid, now))
    }
}

/// Issuers whose keys are handed in: the service's own token endpoint, the sandbox.
#[derive(Clone, Debug, Default)]
pub struct StaticKeys(BTreeMap<String, KeySet>);

impl StaticKeys {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an issuer; the same filter applies as to fetched keys.
    #[must_use]
    pub fn with(mut self, issuer: &str, keys: JwkSet) -> Self {
        self.0.insert(issuer.to_owned(), KeySet::of(keys.keys));
        self
    }
}

impl KeySource for StaticKeys {
    fn key<'a>(
        &'a self,
        issuer: &'a str,
        kid: &'a str,
        _now: DateTime<Utc>,
    ) -> Asked<'a, Result<Jwk, NoKey>> {
        let key = match self.0.get(issuer) {
            None => Err(NoKey::UnknownIssuer),
            Some(keys) => keys.key(kid).cloned().ok_or(NoKey::UnknownKey),
        };
        Box::pin(std::future::ready(key))
    }
}

/// Several sources as one: the first that knows the issuer answers.
#[derive(Clone, Default)]
pub struct KeySources(pub Vec<Arc<dyn KeySource>>);

impl KeySource for KeySources {
    fn key<'a>(&'a self, issuer: &'a str, kid: &'a str, now: DateTime<Utc>) -> Asked<'a, Result<Jwk, NoKey>> {
        Box::pin(async move {
            for source in &self.0 {
                match source.key(issuer, kid, now).await {
                    Err(NoKey::UnknownIssuer) => {}
                    answer => return answer,
                }
            }
            Err(NoKey::UnknownIssuer)
        })
    }
}
