//! Certificate revocation lists: fetched from allowed hosts and kept, or handed in.

use crate::fetch::{FetchFault, FetchLimits, Fetcher};
use crate::kept::{Kept, Shelf, apart};
use crate::{Asked, SetUpFault};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Url;
use signing::Publishers;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::task::JoinSet;
use x509_parser::num_bigint::BigUint;
use x509_parser::prelude::{CertificateRevocationList, FromDer};

/// Distribution points that one certificate may name; more is not a certificate of any issuer we pin.
const URLS_AT_ONCE: usize = 8;

/// Lists in memory. Addresses come from certificates, so their number needs a bound.
const LISTS_KEPT: usize = 64;

/// Who has revocation lists.
pub trait RevocationSource: Send + Sync {
    /// The lists, as DER, that these publishers have issued and that are current at `now` (real time).
    ///
    /// A point that cannot be asked is left out: whoever judges a certificate without a list that covers it
    /// says that its revocation is unknown.
    fn lists<'a>(&'a self, publishers: &'a Publishers, now: DateTime<Utc>) -> Asked<'a, Vec<Vec<u8>>>;
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
    this_update: DateTime<Utc>,
    next_update: DateTime<Utc>,
    /// RFC 5280 §5.2.3: rises with every list of the issuer.
    number: Option<BigUint>,
}

impl List {
    /// A mirror that lags behind, or somebody on the way, may bring a list of before the one that is held.
    fn is_before(&self, held: &Self) -> bool {
        let numbers = self.number.as_ref().zip(held.number.as_ref());
        self.this_update < held.this_update || numbers.is_some_and(|(this, held)| this < held)
    }
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

    async fn collect(&self, publishers: &Publishers, now: DateTime<Utc>) -> Vec<Vec<u8>> {
        let mut asking = JoinSet::new();
        let urls = publishers.urls().iter().take(URLS_AT_ONCE);
        let addresses: BTreeSet<Url> = urls.filter_map(|url| self.allowed(url)).collect();
        let publishers = Arc::new(publishers.clone());
        for url in addresses {
            let kept = self.kept(&url);
            let asked = AskedList { url, publishers: Arc::clone(&publishers), now };
            asking.spawn(current(kept, Arc::clone(&self.pace), self.fetcher.clone(), asked));
        }
        asking.join_all().await.into_iter().flatten().collect()
    }
}

struct AskedList {
    url: Url,
    publishers: Arc<Publishers>,
    now: DateTime<Utc>,
}

/// The list at an address that counts: the last good one does until its `nextUpdate`.
async fn current(
    kept: Arc<Kept<List>>,
    pace: Arc<CrlPace>,
    fetcher: Fetcher,
    asked: AskedList,
) -> Option<Vec<u8>> {
    let now = asked.now;
    let seen = kept.shelf();
    let shelf = if fresh(&seen, &pace, now) || seen.tried_within(pace.pause, now) {
        seen
    } else {
        let held = seen.good.as_ref().map(|(list, _)| Arc::clone(list));
        kept.refresh(&seen, now, fetch_list(fetcher, asked, held)).await
    };
    let (list, _) = shelf.good?;
    (now < list.next_update).then(|| list.der.clone())
}

fn fresh(shelf: &Shelf<List>, pace: &CrlPace, now: DateTime<Utc>) -> bool {
    let young = |list: &List, at| now < list.next_update - pace.margin && apart(at, now) < pace.max_age;
    shelf.good.as_ref().is_some_and(|(list, at)| young(list, *at))
}

/// What is to be kept after a fetch: the list that it brought, or the one that is held when that is later.
async fn fetch_list(
    fetcher: Fetcher,
    asked: AskedList,
    held: Option<Arc<List>>,
) -> Result<Arc<List>, FetchFault> {
    let AskedList { url, publishers, now } = asked;
    let brought = fetcher.bytes(url.clone()).await.and_then(|der| read(der, &publishers, now));
    match brought {
        Ok(list) => match held.filter(|held| now < held.next_update && list.is_before(held)) {
            Some(held) => {
                tracing::warn!(crl.url = %url, crl.fault = "older than the one that is held", "revocation list not taken");
                Ok(held)
            }
            None => Ok(Arc::new(list)),
        },
        Err(fault) => {
            tracing::warn!(crl.url = %url, crl.fault = %fault, "revocation list not fetched");
            Err(fault)
        }
    }
}

/// A list that does not count must not displace one that does.
fn read(der: Vec<u8>, publishers: &Publishers, now: DateTime<Utc>) -> Result<List, FetchFault> {
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
    let this_update = DateTime::from_timestamp(list.last_update().timestamp(), 0)
        .filter(|issued| *issued <= now)
        .ok_or(FetchFault::Unusable("a revocation list that is not yet issued"))?;
    if !publishers.have_issued(&der) {
        return Err(FetchFault::Unusable("a revocation list that its issuer has not signed"));
    }
    let number = list.crl_number().cloned();
    Ok(List { der, this_update, next_update, number })
}

impl RevocationSource for RevocationLists {
    fn lists<'a>(&'a self, publishers: &'a Publishers, now: DateTime<Utc>) -> Asked<'a, Vec<Vec<u8>>> {
        Box::pin(self.collect(publishers, now))
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
    fn lists<'a>(&'a self, _publishers: &'a Publishers, _now: DateTime<Utc>) -> Asked<'a, Vec<Vec<u8>>> {
        let lists = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(std::future::ready(lists))
    }
}
