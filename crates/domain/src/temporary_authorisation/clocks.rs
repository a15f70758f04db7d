//! The terms that run on a notification, at most one at a time, and what happens at their end.

use super::clarification::Addressee;
use super::events::AuthorisationEvent;
use super::lifecycle::{Command, Lapsed, State};
use super::model::Authorisation;
use crate::calendar::{end_of_day_warsaw, reminded_at};
use crate::clarification;
use crate::decision::Decided;
use crate::outage::{Hold, Holds};
use chrono::{DateTime, Utc};

/// A term of a notification, by the name of its rows and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// The fixed period of a consent (PF art. 4(8)). No outage of the system prolongs it: the minister has set its last
    /// day.
    ConsentPeriod,
    /// As many days as the officer gave for the answer to a question.
    Clarification,
}

impl ClockKind {
    pub const ALL: [ClockKind; 2] = [Self::ConsentPeriod, Self::Clarification];

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::ConsentPeriod => "CONSENT_PERIOD",
            Self::Clarification => "CLARIFICATION",
        }
    }

    pub fn legal(self) -> &'static str {
        match self {
            Self::ConsentPeriod => "PF art. 4(8)",
            Self::Clarification => clarification::TERM_LEGAL,
        }
    }

    /// The command with which it begins.
    pub fn starts_with(self) -> Command {
        match self {
            Self::ConsentPeriod => Command::Resolution,
            Self::Clarification => Command::Clarification,
        }
    }

    /// How many days before its end somebody is reminded.
    pub fn reminder_lead(self) -> u32 {
        match self {
            Self::ConsentPeriod => 14,
            Self::Clarification => clarification::REMINDER_LEAD,
        }
    }

    /// Everybody whose move may stop it.
    pub fn holders(self) -> Vec<&'static str> {
        match self {
            Self::ConsentPeriod => Vec::new(),
            Self::Clarification => {
                Addressee::ALL.iter().flat_map(|addressee| addressee.answered_by()).copied().collect()
            }
        }
    }

    /// Whether a recorded outage holds it (PF art. 4ad(8)).
    pub fn can_be_held(self) -> bool {
        match self {
            Self::ConsentPeriod => false,
            Self::Clarification => true,
        }
    }
}

/// A term that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningClock {
    pub kind: ClockKind,
    pub started_at: DateTime<Utc>,
    /// The first instant after it, if no outage holds it.
    pub due_at: DateTime<Utc>,
    /// Who has to answer, of the term of a question.
    pub asked: Option<Addressee>,
    /// The outage because of which it ends later.
    pub held: Option<Hold>,
}

impl RunningClock {
    /// The first instant at which it has really run out; `None` while an outage holds it for as long as nobody knows.
    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        match &self.held {
            None => Some(self.due_at),
            Some(hold) => hold.until,
        }
    }

    fn has_run_out(&self, now: DateTime<Utc>) -> bool {
        self.ends_at().is_some_and(|end| end <= now)
    }

    /// A term too short for that is reminded of when half of it is over.
    pub fn reminder_at(&self) -> DateTime<Utc> {
        let half = u32::try_from((self.due_at - self.started_at).num_days() / 2).unwrap_or_default();
        reminded_at(self.due_at, self.kind.reminder_lead().min(half))
    }

    /// Whose move it is.
    pub fn holder(&self) -> Option<&'static str> {
        self.asked.and_then(|addressee| addressee.answered_by().first().copied())
    }
}

/// The term that runs in this state, as if there were no outages.
pub fn running(state: &State) -> Option<RunningClock> {
    running_under(state, &Holds::none())
}

/// The term that runs in this state, with what holds it.
pub fn running_under(state: &State, holds: &Holds) -> Option<RunningClock> {
    let (kind, started_at, due_at, asked) = match state {
        State::Consented(consented) => {
            let due_at = end_of_day_warsaw(consented.terms.period.until);
            (ClockKind::ConsentPeriod, consented.resolution.resolved_at, due_at, None)
        }
        State::Clarification(open) => {
            let question = &open.question;
            let asked = Some(question.addressee);
            (ClockKind::Clarification, question.asked_at, question.due_at(), asked)
        }
        State::Draft(_)
        | State::AwaitingRepresentative(_)
        | State::WithMinister(_)
        | State::ResolutionPrepared(_)
        | State::Refused(_)
        | State::Lapsed(_)
        | State::Revoked(_)
        | State::Withdrawn(_) => return None,
    };
    let held = if kind.can_be_held() { holds.on(due_at) } else { None };
    Some(RunningClock { kind, started_at, due_at, asked, held })
}

/// Whether the term would have run out by then, if no outage holds it.
pub fn is_due(state: &State, now: DateTime<Utc>) -> bool {
    running(state).is_some_and(|clock| clock.due_at <= now)
}

/// When the term has run out, if it has by `now`.
pub fn ran_out_at(state: &State, holds: &Holds, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    running_under(state, holds).and_then(|clock| clock.ends_at()).filter(|end| *end <= now)
}

/// Applies the term that has run out by `now`, at the instant at which it did: a consent lapses, and a case that waited
/// for an answer goes on without.
pub fn elapse(
    authorisation: Authorisation,
    holds: &Holds,
    now: DateTime<Utc>,
) -> Decided<Authorisation, AuthorisationEvent> {
    let Some(at) = ran_out_at(&authorisation.state, holds, now) else {
        return Decided { document: authorisation, events: Vec::new() };
    };
    if let State::Consented(consented) = authorisation.state {
        let state = State::Lapsed(Box::new(Lapsed { consented: *consented, at }));
        let document = Authorisation { changed_at: at, state, ..authorisation };
        return Decided { document, events: vec![AuthorisationEvent::ConsentLapsed {}] };
    }
    let (document, event) = clarification::run_out(authorisation, at);
    Decided { document, events: event.into_iter().collect() }
}

/// What the parties are told shortly before the end of the term that began then; `None` when it runs no more. One that an
/// outage holds ends later, and nobody was told while the service was away.
pub fn remind(
    state: &State,
    kind: ClockKind,
    started_at: DateTime<Utc>,
    holds: &Holds,
    now: DateTime<Utc>,
) -> Option<AuthorisationEvent> {
    let clock = running_under(state, holds)
        .filter(|clock| clock.kind == kind && clock.started_at == started_at && !clock.has_run_out(now))?;
    let due_at = clock.ends_at().unwrap_or(clock.due_at);
    Some(match clock.asked {
        None => AuthorisationEvent::PeriodReminder { due_at },
        Some(addressee) => AuthorisationEvent::ClarificationReminder { addressee, due_at },
    })
}
