//! The revocation lists of the test authorities, renewed long before their `nextUpdate`.

use super::{LISTS_LAST, PkiError, SignerKey, TestPki};
use chrono::{DateTime, Utc};
use gateways::Asked;
use gateways::crl::{PreloadedLists, RevocationSource};
use signing::{Publishers, SignatureKind};
use std::sync::{Arc, Mutex, PoisonError};

/// Lists that are current whenever they are asked for.
pub struct CurrentLists {
    pki: Arc<TestPki>,
    lists: PreloadedLists,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    made_at: Option<DateTime<Utc>>,
    revoked: Vec<(SignatureKind, Arc<SignerKey>)>,
}

impl State {
    /// Half of their time is left at the least; a clock that was set back needs new ones too.
    fn is_current(&self, now: DateTime<Utc>) -> bool {
        self.made_at.is_some_and(|made| made <= now && now - made < LISTS_LAST / 2)
    }
}

impl CurrentLists {
    pub fn new(pki: Arc<TestPki>) -> Self {
        Self { pki, lists: PreloadedLists::default(), state: Mutex::default() }
    }

    /// Revokes a key from now on.
    pub fn revoke(
        &self,
        kind: SignatureKind,
        key: Arc<SignerKey>,
        now: DateTime<Utc>,
    ) -> Result<(), PkiError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.revoked.push((kind, key));
        self.renew(&mut state, now)
    }

    fn keep_current(&self, now: DateTime<Utc>) -> Result<(), PkiError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_current(now) { Ok(()) } else { self.renew(&mut state, now) }
    }

    fn renew(&self, state: &mut State, now: DateTime<Utc>) -> Result<(), PkiError> {
        self.lists.replace(self.pki.crls_with(now, &state.revoked)?);
        state.made_at = Some(now);
        Ok(())
    }
}

impl RevocationSource for CurrentLists {
    fn lists<'a>(&'a self, publishers: &'a Publishers, now: DateTime<Utc>) -> Asked<'a, Vec<Vec<u8>>> {
        if let Err(fault) = self.keep_current(now) {
            tracing::error!(crl.fault = %fault, "revocation lists not renewed");
        }
        self.lists.lists(publishers, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use x509_parser::prelude::{CertificateRevocationList, FromDer};

    async fn next_update(lists: &CurrentLists, now: DateTime<Utc>) -> i64 {
        let first = lists.lists(&Publishers::default(), now).await.into_iter().next().expect("a list");
        let (_, list) = CertificateRevocationList::from_der(&first).expect("a revocation list");
        list.next_update().expect("nextUpdate").timestamp()
    }

    #[tokio::test]
    async fn lists_are_renewed_long_before_they_end_and_not_at_every_question() {
        let now = DateTime::from_timestamp(1_772_445_600, 0).expect("an instant");
        let pki = TestPki::generate(now, "http://crl.test").expect("keys");
        let lists = CurrentLists::new(Arc::new(pki));
        let first = next_update(&lists, now).await;
        assert_eq!(next_update(&lists, now + TimeDelta::hours(11)).await, first);
        let later = now + TimeDelta::hours(13);
        assert_eq!(next_update(&lists, later).await, (later + LISTS_LAST).timestamp());
        assert_eq!(next_update(&lists, now).await, first, "also when the clock was set back");
    }
}
