//! One session at the payer for all who ask: one logs in, the others wait for it, and a refused login is not repeated soon.

use super::NoAnswer;
use super::wire::Ticket;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// The first pause after a refused login; it doubles with each until the longest, since an account that is refused too
/// often is locked.
const FIRST_PAUSE: Duration = Duration::from_mins(1);
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

#[derive(Debug)]
pub(super) struct Session {
    pub(super) ticket: Ticket,
    since: Instant,
}

#[derive(Debug)]
pub(super) struct Sessions {
    lifetime: Duration,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    session: Option<Arc<Session>>,
    /// When the last login failed, and how.
    failed: Option<(Instant, NoAnswer)>,
    refusals: u32,
}

impl Sessions {
    pub(super) fn new(lifetime: Duration) -> Self {
        Self { lifetime, kept: Mutex::default() }
    }

    /// A session that still runs and is not the `lost` one.
    pub(super) async fn get<F>(
        &self,
        lost: Option<&Arc<Session>>,
        login: impl FnOnce() -> F,
    ) -> Result<Arc<Session>, NoAnswer>
    where
        F: Future<Output = Result<Ticket, NoAnswer>>,
    {
        let came = Instant::now();
        let mut kept = self.kept.lock().await;
        if let Some(session) = &kept.session
            && came.saturating_duration_since(session.since) < self.lifetime
            && !lost.is_some_and(|lost| Arc::ptr_eq(lost, session))
        {
            return Ok(Arc::clone(session));
        }
        if let Some(fault) = kept.holds_off(came) {
            return Err(fault);
        }
        kept.session = None;
        // From before the login: the service counts from some moment during it.
        let since = Instant::now();
        let tried = login().await;
        kept.took(tried, since)
    }

    /// The session that is to be ended.
    pub(super) async fn take(&self) -> Option<Arc<Session>> {
        self.kept.lock().await.session.take()
    }
}

impl Kept {
    /// Who waited while a login failed shares its failure; after a refused one nobody tries for a while.
    fn holds_off(&self, came: Instant) -> Option<NoAnswer> {
        let (at, fault) = self.failed.as_ref()?;
        let pause = match self.refusals {
            0 => Duration::ZERO,
            refusals => FIRST_PAUSE.saturating_mul(1 << (refusals - 1).min(6)).min(LONGEST_PAUSE),
        };
        (came < *at + pause).then(|| fault.clone())
    }

    fn took(&mut self, tried: Result<Ticket, NoAnswer>, since: Instant) -> Result<Arc<Session>, NoAnswer> {
        match tried {
            Ok(ticket) => {
                let session = Arc::new(Session { ticket, since });
                *self = Self { session: Some(Arc::clone(&session)), failed: None, refusals: 0 };
                Ok(session)
            }
            Err(fault) => {
                let is_refusal = matches!(
                    fault,
                    NoAnswer::AccountRefused
                        | NoAnswer::PasswordExpired
                        | NoAnswer::NotAllowed
                        | NoAnswer::Never
                );
                self.refusals = if is_refusal { self.refusals.saturating_add(1) } else { 0 };
                self.failed = Some((Instant::now(), fault.clone()));
                Err(fault)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_login_is_repeated_after_pauses_that_double() {
        let mut kept = Kept::default();
        for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
            assert!(kept.took(Err(NoAnswer::AccountRefused), Instant::now()).is_err());
            let (at, _) = kept.failed.clone().expect("a failure");
            let nearly = Duration::from_secs(minutes * 60 - 1);
            assert_eq!(kept.holds_off(at + nearly), Some(NoAnswer::AccountRefused));
            assert_eq!(kept.holds_off(at + Duration::from_mins(minutes)), None, "{minutes}");
        }
    }

    #[test]
    fn a_login_that_failed_otherwise_is_shared_by_those_who_waited_only() {
        let mut kept = Kept::default();
        let away = NoAnswer::Later("away".to_owned());
        assert!(kept.took(Err(away.clone()), Instant::now()).is_err());
        let (at, _) = kept.failed.clone().expect("a failure");
        let before = at.checked_sub(Duration::from_nanos(1)).expect("an instant before");
        assert_eq!(kept.holds_off(before), Some(away));
        assert_eq!(kept.holds_off(at), None);
    }
}
