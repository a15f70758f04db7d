//! eWUŚ of the NFZ: logs in once for all, asks, and logs in again where the service forgot the session.

use super::account::EwusAccount;
use super::cache::Cache;
use super::sessions::{Session, Sessions};
use super::wire::{self, Fault, Ticket};
use super::{Answer, InsuranceRegister, NoAnswer};
use crate::breaker::Breaker;
use crate::fetch::{FetchFault, FetchLimits, Fetcher};
use crate::{Asked, SetUpFault};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::values::Pesel;
use reqwest::Url;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Below the base address, `https://ewus.nfz.gov.pl/ws-broker-server-ewus/`.
const AUTH: &str = "services/Auth";
const BROKER: &str = "services/ServiceBroker";

/// How long and how often the service is asked.
#[derive(Clone, Debug)]
pub struct EwusPace {
    /// Of one call: a login, or the question itself. Its whole time is that of the question with its logins, too.
    pub limits: FetchLimits,
    /// Failures in a row after which it is left alone…
    pub failures: u32,
    /// …for so long.
    pub pause: Duration,
    /// After which a session is not used any more; the service ends it after 14 minutes.
    pub session: Duration,
    /// Answers that are kept for their day.
    pub answers: usize,
}

impl EwusPace {
    pub fn within(whole: Duration) -> Self {
        Self {
            limits: FetchLimits { connect: Duration::from_secs(3), whole, bytes: 256 * 1024 },
            failures: 5,
            pause: Duration::from_secs(30),
            session: Duration::from_mins(13),
            answers: 50_000,
        }
    }
}

/// What the readiness page says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EwusState {
    Answers,
    /// The last question got no answer.
    Fails,
    /// The account or its password is no longer accepted: somebody has to act.
    Locked,
}

/// Asks through one account.
pub struct EwusRegister {
    auth: Url,
    broker: Url,
    account: EwusAccount,
    fetcher: Fetcher,
    breaker: Breaker,
    sessions: Sessions,
    cache: Cache,
    whole: Duration,
    state: Mutex<EwusState>,
}

impl EwusRegister {
    /// `key` hides the PESELs of kept answers.
    pub fn new(
        base: &str,
        account: EwusAccount,
        key: &[u8; 32],
        pace: &EwusPace,
    ) -> Result<Self, SetUpFault> {
        let mut base: Url =
            base.parse().map_err(|_| SetUpFault("no address of the payer's service".to_owned()))?;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let below = |path| base.join(path).map_err(|fault| SetUpFault(fault.to_string()));
        Ok(Self {
            auth: below(AUTH)?,
            broker: below(BROKER)?,
            account,
            fetcher: Fetcher::new(&pace.limits)?,
            breaker: Breaker::new(pace.failures, pace.pause),
            sessions: Sessions::new(pace.session),
            cache: Cache::new(key, pace.answers),
            whole: pace.limits.whole,
            state: Mutex::new(EwusState::Answers),
        })
    }

    pub fn state(&self) -> EwusState {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(&self, pesel: &Pesel, now: DateTime<Utc>) -> Result<Answer, NoAnswer> {
        let day = warsaw_date(now);
        if let Some(answer) = self.cache.find(pesel, day) {
            return Ok(answer);
        }
        if !self.breaker.admits(Instant::now()) {
            return Err(NoAnswer::Later("it did not answer before".to_owned()));
        }
        let asked = tokio::time::timeout(self.whole, self.question(pesel, day, now)).await;
        let answer = asked.unwrap_or_else(|_| Err(NoAnswer::Later(FetchFault::TimedOut.to_string())));
        self.note(&answer);
        if let Ok(answer) = &answer {
            self.cache.keep(pesel, day, answer);
        }
        answer
    }

    /// A session that the service forgot is replaced once.
    async fn question(&self, pesel: &Pesel, day: NaiveDate, now: DateTime<Utc>) -> Result<Answer, NoAnswer> {
        let session = self.session(None, now).await?;
        match self.check(&session, pesel, day, now).await {
            Ok(answer) => return Ok(answer),
            Err(Fault::No(no)) => return Err(no),
            Err(Fault::SessionLost) => tracing::info!("the payer's service lost the session"),
        }
        let session = self.session(Some(&session), now).await?;
        match self.check(&session, pesel, day, now).await {
            Ok(answer) => Ok(answer),
            Err(Fault::No(no)) => Err(no),
            Err(Fault::SessionLost) => Err(NoAnswer::Later("it loses every session".to_owned())),
        }
    }

    async fn session(
        &self,
        lost: Option<&Arc<Session>>,
        now: DateTime<Utc>,
    ) -> Result<Arc<Session>, NoAnswer> {
        self.sessions.get(lost, || self.login(now)).await
    }

    async fn login(&self, now: DateTime<Utc>) -> Result<Ticket, NoAnswer> {
        let body = self.post(&self.auth, wire::login(&self.account, now)).await?;
        match wire::read_login(&body) {
            Ok((ticket, None)) => Ok(ticket),
            Ok((ticket, Some(expiry))) => {
                tracing::warn!(insurance.expires = expiry, "the password for the payer's service expires");
                Ok(ticket)
            }
            Err(Fault::No(no)) => Err(no),
            Err(Fault::SessionLost) => Err(NoAnswer::Later("it speaks of a session at a login".to_owned())),
        }
    }

    async fn check(
        &self,
        session: &Session,
        pesel: &Pesel,
        day: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Answer, Fault> {
        let body = self.post(&self.broker, wire::check(&session.ticket, pesel, now)).await?;
        wire::read_check(&body, pesel, day)
    }

    async fn post(&self, url: &Url, written: std::io::Result<Vec<u8>>) -> Result<Vec<u8>, NoAnswer> {
        let envelope = written.map_err(|fault| NoAnswer::Later(fault.to_string()))?;
        self.fetcher.soap(url.clone(), envelope).await.map_err(|fault| match fault {
            FetchFault::TooLarge(_) => NoAnswer::Unusable("it is larger than any answer"),
            other => NoAnswer::Later(other.to_string()),
        })
    }

    /// A patient about whom it fails must not keep it from all others, and no pause mends an account.
    fn note(&self, answer: &Result<Answer, NoAnswer>) {
        let state = match answer {
            Ok(_) | Err(NoAnswer::Never) => EwusState::Answers,
            Err(NoAnswer::Later(_) | NoAnswer::Unusable(_)) => EwusState::Fails,
            Err(NoAnswer::AccountRefused | NoAnswer::PasswordExpired | NoAnswer::NotAllowed) => {
                EwusState::Locked
            }
        };
        match answer {
            Err(NoAnswer::Later(_)) => self.breaker.failed(Instant::now()),
            _ => self.breaker.answered(),
        }
        if let Err(fault) = answer {
            tracing::warn!(insurance.fault = %fault, "the payer's service gave no answer");
        }
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// As well as it goes: a session that is not ended ends by itself.
    async fn end_session(&self) {
        let Some(session) = self.sessions.take().await else { return };
        if let Err(fault) = self.post(&self.auth, wire::logout(&session.ticket)).await {
            tracing::info!(insurance.fault = %fault, "the session at the payer was not ended");
        }
    }
}

impl InsuranceRegister for EwusRegister {
    fn ask<'a>(&'a self, pesel: &'a Pesel, now: DateTime<Utc>) -> Asked<'a, Result<Answer, NoAnswer>> {
        Box::pin(self.answer(pesel, now))
    }

    fn leave(&self) -> Asked<'_, ()> {
        Box::pin(self.end_session())
    }
}
