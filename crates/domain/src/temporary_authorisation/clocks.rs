//! The period of a consent, and what happens at its end.

use super::events::AuthorisationEvent;
use super::lifecycle::{Lapsed, State};
use super::model::Authorisation;
use crate::calendar::end_of_day_warsaw;
use crate::decision::Decided;
use chrono::{DateTime, Days, Utc};

/// What ends: the fixed period of a consent (PF art. 4(8)). No outage of the system prolongs it: the minister has set
/// its last day.
pub const CONSENT_PERIOD: &str = "CONSENT_PERIOD";

/// How many days before its end somebody is reminded; of a short period, when half of it is over.
pub const REMINDER_LEAD: u32 = 14;

/// A period that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningPeriod {
    pub started_at: DateTime<Utc>,
    /// The first instant after it.
    pub due_at: DateTime<Utc>,
    pub reminder_at: DateTime<Utc>,
}

/// The period that runs in this state.
pub fn running(state: &State) -> Option<RunningPeriod> {
    let State::Consented(consented) = state else { return None };
    let last = consented.terms.period.until;
    let first = consented.terms.period.from.max(consented.resolution.resolved_on);
    let half = u64::try_from((last - first).num_days() / 2).unwrap_or_default();
    let lead = Days::new(half.min(u64::from(REMINDER_LEAD)));
    let reminded = last.checked_sub_days(lead).unwrap_or(last);
    Some(RunningPeriod {
        started_at: consented.resolution.resolved_at,
        due_at: end_of_day_warsaw(last),
        reminder_at: end_of_day_warsaw(reminded),
    })
}

pub fn has_run_out(state: &State, now: DateTime<Utc>) -> bool {
    running(state).is_some_and(|period| period.due_at <= now)
}

/// Ends a consent whose period has run out by `now`, at the instant at which it did.
pub fn elapse(
    authorisation: Authorisation,
    now: DateTime<Utc>,
) -> Decided<Authorisation, AuthorisationEvent> {
    let ended = running(&authorisation.state).filter(|period| period.due_at <= now);
    let (state, events, changed_at) = match (authorisation.state, ended) {
        (State::Consented(consented), Some(period)) => (
            State::Lapsed(Box::new(Lapsed { consented: *consented, at: period.due_at })),
            vec![AuthorisationEvent::ConsentLapsed {}],
            period.due_at,
        ),
        (state, _) => (state, Vec::new(), authorisation.changed_at),
    };
    Decided { document: Authorisation { changed_at, state, ..authorisation }, events }
}

/// What the parties are told shortly before the end of the period that began then; `None` when it runs no more.
pub fn remind(state: &State, started_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<AuthorisationEvent> {
    running(state)
        .filter(|period| period.started_at == started_at && period.due_at > now)
        .map(|period| AuthorisationEvent::PeriodReminder { due_at: period.due_at })
}
