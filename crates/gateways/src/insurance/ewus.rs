//! eWUŚ of the NFZ: logs in once for all, asks, and logs in again where the service forgot the session.

use super::account::EwusAccount;
use super::cache::Cache;
use super::sessions::{Session, Sessions};
use super::totp::STEP_SECONDS;
use super::wire::{self, ANOTHER_DAY, Fault, Ticket};
use super::{Answer, InsuranceRegister, NoAnswer};
use crate::breaker::Breaker;
use crate::fetch::{FetchFault, FetchLimits, Fetcher};
use crate::{Asked, SetUpFault};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
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
    /// Of one call: a login, or the question itself. Its whole time is what a caller waits for the question with its
    /// logins, too; a login goes on after that.
    pub limits: FetchLimits,
    /// Failures in a row after which it is left alone…
    pub failures: u32,
    /// …for so long.
    pub pause: Duration,
    /// After which a session is not used any more; the service ends it after 14 minutes.
    pub session: Duration,
    /// Answers that are kept for their day.
    pub answers: usize,
    /// How long a code of the second factor is that of its login alone: the service takes none twice.
    pub code: Duration,
}

impl EwusPace {
    pub fn within(whole: Duration) -> Self {
        Self {
            limits: FetchLimits { connect: Duration::from_secs(3), whole, bytes: 256 * 1024 },
            failures: 5,
            pause: Duration::from_secs(30),
            session: Duration::from_mins(13),
            answers: 50_000,
            code: Duration::from_secs(STEP_SECONDS.unsigned_abs()),
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
pub struct EwusRegister(Arc<Line>);

/// When it was asked, by the caller's clock, and how that clock goes on.
#[derive(Clone, Copy)]
struct Moment {
    asked: DateTime<Utc>,
    since: Instant,
}

impl Moment {
    fn now(self) -> DateTime<Utc> {
        self.asked + TimeDelta::from_std(self.since.elapsed()).unwrap_or_default()
    }
}

/// What questions, and logins that outlive them, share.
struct Line {
    auth: Url,
    broker: Url,
    account: EwusAccount,
    fetcher: Fetcher,
    breaker: Breaker,
    sessions: Sessions,
    cache: Cache,
    whole: Duration,
    code: Duration,
    /// When a code was sent last.
    code_sent: Mutex<Option<DateTime<Utc>>>,
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
        Ok(Self(Arc::new(Line {
            auth: below(AUTH)?,
            broker: below(BROKER)?,
            account,
            fetcher: Fetcher::new(&pace.limits)?,
            breaker: Breaker::new(pace.failures, pace.pause),
            sessions: Sessions::new(pace.session),
            cache: Cache::new(key, pace.answers),
            whole: pace.limits.whole,
            code: pace.code,
            code_sent: Mutex::default(),
            state: Mutex::new(EwusState::Answers),
        })))
    }

    pub fn state(&self) -> EwusState {
        *self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    async fn answer(self: &Arc<Self>, pesel: &Pesel, now: DateTime<Utc>) -> Result<Answer, NoAnswer> {
        let moment = Moment { asked: now, since: Instant::now() };
        let day = warsaw_date(now);
        if let Some(answer) = self.cache.find(pesel, day) {
            return Ok(answer);
        }
        if !self.breaker.admits(Instant::now()) {
            return Err(NoAnswer::Later("it did not answer before".to_owned()));
        }
        let asked = tokio::time::timeout(self.whole, self.of_its_day(pesel, day, moment)).await;
        let answer = asked.unwrap_or_else(|_| Err(NoAnswer::Later(FetchFault::TimedOut.to_string())));
        self.note(&answer);
        if let Ok(answer) = &answer {
            self.cache.keep(pesel, answer.valid_on, answer);
        }
        answer
    }

    /// What was asked before midnight and answered after it is about the new day, and is asked once more about that.
    async fn of_its_day(
        self: &Arc<Self>,
        pesel: &Pesel,
        day: NaiveDate,
        moment: Moment,
    ) -> Result<Answer, NoAnswer> {
        match self.question(pesel, day, moment).await {
            Err(NoAnswer::Unusable(ANOTHER_DAY)) if warsaw_date(moment.now()) != day => {
                self.question(pesel, warsaw_date(moment.now()), moment).await
            }
            answer => answer,
        }
    }

    /// A session that the service forgot is replaced once.
    async fn question(
        self: &Arc<Self>,
        pesel: &Pesel,
        day: NaiveDate,
        moment: Moment,
    ) -> Result<Answer, NoAnswer> {
        let session = self.session(None, moment).await?;
        match self.check(&session, pesel, day, moment.now()).await {
            Ok(answer) => return Ok(answer),
            Err(Fault::No(no)) => return Err(no),
            Err(Fault::SessionLost) => tracing::info!("the payer's service lost the session"),
        }
        let session = self.session(Some(session), moment).await?;
        match self.check(&session, pesel, day, moment.now()).await {
            Ok(answer) => Ok(answer),
            Err(Fault::No(no)) => Err(no),
            Err(Fault::SessionLost) => Err(NoAnswer::Later("it loses every session".to_owned())),
        }
    }

    /// In a task of its own: a login that takes longer than the question is still taken to its end, so that the next
    /// question has its session, and a refused one counts.
    async fn session(
        self: &Arc<Self>,
        lost: Option<Arc<Session>>,
        moment: Moment,
    ) -> Result<Arc<Session>, NoAnswer> {
        let line = Arc::clone(self);
        let task = tokio::spawn(async move { line.sessions.get(lost.as_ref(), || line.login(moment)).await });
        task.await.unwrap_or_else(|_| Err(NoAnswer::Later("the login was broken off".to_owned())))
    }

    /// A code that was sent is not sent again: another login waits for the next one.
    async fn fresh_code(&self, moment: Moment) -> DateTime<Utc> {
        let step = |at: DateTime<Utc>| at.timestamp().div_euclid(STEP_SECONDS);
        let sent = *self.code_sent.lock().unwrap_or_else(PoisonError::into_inner);
        let is_used = sent.is_some_and(|sent| step(sent) == step(moment.now()));
        if is_used && self.account.has_second_factor() && !self.code.is_zero() {
            let left = STEP_SECONDS - moment.now().timestamp().rem_euclid(STEP_SECONDS);
            tokio::time::sleep(Duration::from_secs(left.unsigned_abs()).min(self.code)).await;
        }
        let now = moment.now();
        *self.code_sent.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        now
    }

    async fn login(&self, moment: Moment) -> Result<Ticket, NoAnswer> {
        let now = self.fresh_code(moment).await;
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
        Box::pin(self.0.answer(pesel, now))
    }

    fn leave(&self) -> Asked<'_, ()> {
        Box::pin(self.0.end_session())
    }
}
