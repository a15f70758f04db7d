//! Certificate revocation lists: fetched from allowed hosts and kept, or handed in.

use crate::fetch::{FetchFault, FetchLimits, Fetcher};
use crate::kept::{Kept, Shelf, apart};
use crate::{Asked, SetUpFault};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Url;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::task::JoinSet;
use x509_parser::prelude::{CertificateRevocationList, FromDer};

/// Distribution points that one certificate may name; more is not a certificate of any issuer we pin.
const URLS_AT_ONCE: usize = 8;

/// Lists in memory. Addresses come from certificates, so their number needs a bound.
const LISTS_KEPT: usize = 64;

/// Who has revocation lists.
pub trait RevocationSource: Send + Sync {
    /// The lists, as DER, that these distribution points publish and that are current at `now` (real time).
    ///
    /// A point that cannot be asked is left out: whoever judges a certificate without a list that covers it
    /// says that its revocation is unknown. Nothing here checks a list's signature; the judge does. Ask only
    /// for certificates whose chain has been verified, as their addresses are fetched.
    fn lists<'a>(&'a self, urls: &'a [String], now: DateTime<Utc>) -> Asked<'a, Vec<Vec<u8>>>;
}

/// When a list is fetched anew.
#[derive(Clone, Debug)]
pub struct CrlPace {
    /// A list is renewed this long before its `nextUpdate`…
    pub margin: TimeDelta,
    /// …and at the latest when it is this old, since issuers publish early when they revoke.
    pub max_age: TimeDelta,
    /// After any fetch, the next one of the same list waits this long.
    pub pause: TimeDelta,
    pub limits: FetchLimits,
}

impl Default for CrlPace {
    fn default() -> Self {
        Self {
            margin: TimeDelta::minutes(10),
            max_age: TimeDelta::hours(1),
            pause: TimeDelta::seconds(30),
            limits: FetchLimits {
                connect: Duration::from_secs(3),
                whole: Duration::from_secs(10),
                bytes: 8 * 1024 * 1024,
            },
        }
    }
}

/// Lists of configured hosts, fetched when they are needed.
#[derive(Debug)]
pub struct RevocationLists {
    hosts: BTreeSet<String>,
    pace: Arc<CrlPace>,
    fetcher: Fetcher,
    kept: Mutex<BTreeMap<Url, Arc<Kept<List>>>>,
}

#[derive(Debug)]
struct List {
    der: Vec<u8>,
    next_update: DateTime<Utc>,
}

impl RevocationLists {
    /// `hosts` as in a URL: a name, or a name and a port where it is not the scheme's own.
    pub fn new(hosts: impl IntoIterator<Item = String>, pace: CrlPace) -> Result<Self, SetUpFault> {
        let fetcher = Fetcher::new(&pace.limits)?;
        let hosts = hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect();
        Ok(Self { hosts, pace: Arc::new(pace), fetcher, kept: Mutex::default() })
    }

    /// `http` is allowed: a list is signed, and fetching it over TLS could need a list (RFC 5280 §8).
    fn allowed(&self, url: &str) -> Option<Url> {
        let url = Url::parse(url).ok()?;
        let place = match (url.host_str()?, url.port()) {
            (host, Some(port)) => format!("{host}:{port}"),
            (host, None) => host.to_owned(),
        };
        let plain = url.username().is_empty() && url.password().is_none();
        (matches!(url.scheme(), "http" | "https") && plain && self.hosts.contains(&place)).then_some(url)
    }

    fn kept(&self, url: &Url) -> Arc<Kept<List>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.contains_key(url) && kept.len() >= LISTS_KEPT {
            let fetched_at = |kept: &Arc<Kept<List>>| kept.shelf().good.map(|(_, at)| at);
            let oldest = kept.iter().min_by_key(|(_, kept)| fetched_at(kept)).map(|(url, _)| url.clone());
            oldest.and_then(|url| kept.remove(&url));
        }
        Arc::clone(kept.entry(url.clone()).or_insert_with(Kept::new))
    }

    async fn collect(&self, urls: &[String], now: DateTime<Utc>) -> Vec<Vec<u8>> {
        let mut asking = JoinSet::new();
        let addresses: BTreeSet<Url> =
            urls.iter().take(URLS_AT_ONCE).filter_map(|url| self.allowed(url)).collect();
        for url in addresses {
            asking.spawn(current(self.kept(&url), Arc::clone(&self.pace), self.fetcher.clone(), url, now));
        }
        asking.join_all().await.into_iter().flatten().collect()
    }
}

/// The list at `url` that counts at `now`: the last good one counts until its `nextUpdate`.
async fn current(
    kept: Arc<Kept<List>>,
    pace: Arc<CrlPace>,
    fetcher: Fetcher,
    url: Url,
    now: DateTime<Utc>,
) -> Option<Vec<u8>> {
    let seen = kept.shelf();
    let shelf = if fresh(&seen, &pace, now) || seen.tried_within(pace.pause, now) {
        seen
    } else {
        kept.refresh(&seen, now, fetch_list(fetcher, url, now)).await
    };
    let (list, _) = shelf.good?;
    (now < list.next_update).then(|| list.der.clone())
}

fn fresh(shelf: &Shelf<List>, pace: &CrlPace, now: DateTime<Utc>) -> bool {
    let young = |list: &List, at| now < list.next_update - pace.margin && apart(at, now) < pace.max_age;
    shelf.good.as_ref().is_some_and(|(list, at)| young(list, *at))
}

async fn fetch_list(fetcher: Fetcher, url: Url, now: DateTime<Utc>) -> Result<List, FetchFault> {
    let brought = fetcher.bytes(url.clone()).await.and_then(|der| read(der, now));
    if let Err(fault) = &brought {
        tracing::warn!(crl.url = %url, crl.fault = %fault, "revocation list not fetched");
    }
    brought
}

/// A list that is no longer current must not displace one that is.
fn read(der: Vec<u8>, now: DateTime<Utc>) -> Result<List, FetchFault> {
    let (rest, list) = CertificateRevocationList::from_der(&der)
        .map_err(|_| FetchFault::Unusable("not a DER revocation list"))?;
    if !rest.is_empty() {
        return Err(FetchFault::Unusable("bytes after the revocation list"));
    }
    // RFC 5280 §5.1.2.5: conforming issuers always include nextUpdate.
    let next_update = list
        .next_update()
        .and_then(|time| DateTime::from_timestamp(time.timestamp(), 0))
        .ok_or(FetchFault::Unusable("a revocation list without nextUpdate"))?;
    if next_update <= now {
        return Err(FetchFault::Unusable("a revocation list past its nextUpdate"));
    }
    Ok(List { der, next_update })
}

impl RevocationSource for RevocationLists {
    fn lists<'a>(&'a self, urls: &'a [String], now: DateTime<Utc>) -> Asked<'a, Vec<Vec<u8>>> {
        Box::pin(self.collect(urls, now))
    }
}

/// Lists that are handed in, whatever a certificate names; the judge looks at their dates.
#[derive(Debug, Default)]
pub struct PreloadedLists(RwLock<Vec<Vec<u8>>>);

impl PreloadedLists {
    pub fn new(lists: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self(RwLock::new(lists.into_iter().collect()))
    }

    /// Puts other lists in their place, as when a test certificate is revoked.
    pub fn replace(&self, lists: impl IntoIterator<Item = Vec<u8>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = lists.into_iter().collect();
    }
}

impl RevocationSource for PreloadedLists {
    fn lists<'a>(&'a self, _urls: &'a [String], _now: DateTime<Utc>) -> Asked<'a, Vec<Vec<u8>>> {
        let lists = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(std::future::ready(lists))
    }
}
