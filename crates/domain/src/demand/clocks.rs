//! The terms that run on a demand, and what happens when one has run out.

use super::clarification::{self, Addressee, Question};
use super::events::{DemandEvent, ExpiryReason, ReturnReason};
use super::lifecycle::{AwaitingConsultant, AwaitingRepresentative, Expired, Returned, State, StateName};
use super::model::{Consultant, Demand, DemandKind, Issue, Signed};
use crate::calendar::{CalendarPolicy, Term, end_of_day_warsaw, warsaw_date};
use crate::decision::Decided;
use crate::outage::{Hold, Holds};
use chrono::{DateTime, Days, Utc};
use serde::{Deserialize, Serialize};

/// A term of the procedure: what it is, its length and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClockKind {
    /// 3 days for the representative (PF art. 4ac(2)).
    RepresentativeApproval,
    /// 7 days for the consultant (PF art. 4ad(1)).
    Opinion,
    /// 60 days from issue to the minister (PF art. 4ad(3)).
    SubmissionToMinister,
    /// 60 days from the resolution to the wholesaler (PF art. 4ad(7)).
    Handover,
    /// As many days as the officer gave for the answer to a question.
    Clarification,
}

impl ClockKind {
    pub const ALL: [ClockKind; 5] = [
        Self::RepresentativeApproval,
        Self::Opinion,
        Self::SubmissionToMinister,
        Self::Handover,
        Self::Clarification,
    ];

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::RepresentativeApproval => "REPRESENTATIVE_APPROVAL",
            Self::Opinion => "OPINION",
            Self::SubmissionToMinister => "SUBMISSION_TO_MINISTER",
            Self::Handover => "HANDOVER",
            Self::Clarification => "CLARIFICATION",
        }
    }

    pub fn legal(self) -> &'static str {
        match self {
            Self::RepresentativeApproval => "PF art. 4ac(2)",
            Self::Opinion => "PF art. 4ad(1)",
            Self::SubmissionToMinister => "PF art. 4ad(3)",
            Self::Handover => "PF art. 4ad(7)",
            Self::Clarification => "design (KPA art. 64 §2, 35 §3)",
        }
    }

    /// How the last day is found where the demand is of this kind.
    pub fn policy_of(self, kind: DemandKind) -> CalendarPolicy {
        match self {
            Self::Clarification => clarification::policy_of(kind),
            Self::RepresentativeApproval | Self::Opinion | Self::SubmissionToMinister | Self::Handover => {
                CalendarPolicy::CalendarDays
            }
        }
    }

    /// Its length in calendar days that end at midnight in Warsaw; the day of the event is not counted. The longest, where an
    /// officer sets it.
    pub fn term(self) -> Term {
        let days = match self {
            Self::RepresentativeApproval => 3,
            Self::Opinion => 7,
            Self::SubmissionToMinister | Self::Handover => 60,
            Self::Clarification => clarification::LONGEST_DAYS,
        };
        Term { days, policy: CalendarPolicy::CalendarDays }
    }

    /// The shortest, where an officer sets it.
    pub fn shortest_days(self) -> Option<u32> {
        (self == Self::Clarification).then_some(clarification::SHORTEST_DAYS)
    }

    /// How many days before its end somebody is reminded.
    pub fn reminder_lead(self) -> u32 {
        match self {
            Self::RepresentativeApproval => 1,
            Self::Opinion | Self::Clarification => 2,
            Self::SubmissionToMinister | Self::Handover => 7,
        }
    }

    /// Everybody whose move stops it, in the order in which it is theirs.
    pub fn holders(self) -> &'static [&'static str] {
        match self {
            Self::RepresentativeApproval => &["ENTITY_REPRESENTATIVE"],
            Self::Opinion => &["CONSULTANT"],
            Self::SubmissionToMinister => &["ENTITY_REPRESENTATIVE", "CONSULTANT", "PHYSICIAN"],
            Self::Handover => &["PHARMACY"],
            Self::Clarification => &[
                "PHYSICIAN",
                "CONSULTANT",
                "PRODUCT_OFFICE",
                "ASSESSMENT_AGENCY",
                "AGRICULTURE_MINISTRY",
                "SANITARY_INSPECTORATE",
            ],
        }
    }

    /// Whose move it is in this state; `None` where the term does not run.
    pub fn holder_in(self, state: StateName) -> Option<&'static str> {
        match state {
            StateName::AwaitingRepresentative => Some("ENTITY_REPRESENTATIVE"),
            StateName::AwaitingConsultant => Some("CONSULTANT"),
            StateName::Returned => Some("PHYSICIAN"),
            StateName::Approved => Some("PHARMACY"),
            StateName::Draft
            | StateName::WithMinister
            | StateName::Clarification
            | StateName::ResolutionPrepared
            | StateName::Rejected
            | StateName::WithWholesaler
            | StateName::Realised
            | StateName::Expired
            | StateName::Withdrawn
            | StateName::Revoked => None,
        }
        .filter(|holder| self.holders().contains(holder))
    }
}

/// A term that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunningClock {
    pub kind: ClockKind,
    pub started_at: DateTime<Utc>,
    /// The first instant at which it has run out, if no outage holds it.
    pub due_at: DateTime<Utc>,
    /// Who has to answer, of the term of a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Addressee>,
    /// The outage because of which it ends later; never stored, since outages are recorded apart.
    #[serde(skip)]
    pub held: Option<Hold>,
    /// Since when it waits for the outcome of a signature that was received; never stored, since that is kept apart.
    #[serde(skip)]
    pub paused_since: Option<DateTime<Utc>>,
}

impl RunningClock {
    pub(super) fn start(kind: ClockKind, started_at: DateTime<Utc>) -> Self {
        Self {
            kind,
            started_at,
            due_at: kind.term().due(started_at),
            asked: None,
            held: None,
            paused_since: None,
        }
    }

    fn of_question(question: &Question) -> Self {
        let (started_at, asked) = (question.asked_at, Some(question.addressee));
        let due_at = question.term().due(started_at);
        Self { kind: ClockKind::Clarification, started_at, due_at, asked, held: None, paused_since: None }
    }

    /// Whose move it is in this state.
    pub fn holder_in(&self, state: StateName) -> Option<&'static str> {
        self.asked.map(Addressee::name).or_else(|| self.kind.holder_in(state))
    }

    /// Held by whatever holds a term of its end (PF art. 4ad(8)).
    pub fn hold(&mut self, holds: &Holds) {
        self.held = holds.on(self.due_at);
    }

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

    /// When whoever holds it is reminded: at the midnight that begins its last days.
    pub fn reminder_at(&self) -> DateTime<Utc> {
        let lead = Days::new(u64::from(self.kind.reminder_lead()));
        warsaw_date(self.due_at)
            .checked_sub_days(lead)
            .and_then(|day| day.pred_opt())
            .map_or(self.due_at, end_of_day_warsaw)
    }
}

/// The terms that run in this state, soonest first, as if there were no outages.
pub fn running(state: &State) -> Vec<RunningClock> {
    running_under(state, &Holds::none())
}

/// The terms that run in this state, soonest end first; those whose end nobody knows come last.
pub fn running_under(state: &State, holds: &Holds) -> Vec<RunningClock> {
    let mut clocks = match state {
        State::AwaitingRepresentative(waiting) => vec![
            RunningClock::start(ClockKind::RepresentativeApproval, waiting.since),
            RunningClock::start(ClockKind::SubmissionToMinister, waiting.issue.issued_at),
        ],
        State::AwaitingConsultant(waiting) => vec![
            RunningClock::start(ClockKind::Opinion, waiting.since),
            RunningClock::start(ClockKind::SubmissionToMinister, waiting.issue.issued_at),
        ],
        State::Returned(returned) => {
            vec![RunningClock::start(ClockKind::SubmissionToMinister, returned.issue.issued_at)]
        }
        State::Clarification(open) => vec![RunningClock::of_question(&open.question)],
        State::Approved(approved) if approved.first_passed_on.is_none() => {
            vec![RunningClock::start(ClockKind::Handover, approved.resolution.resolved_at)]
        }
        State::Approved(_)
        | State::Draft
        | State::WithMinister(_)
        | State::ResolutionPrepared(_)
        | State::Rejected(_)
        | State::WithWholesaler(_)
        | State::Realised(_)
        | State::Expired(_)
        | State::Withdrawn(_)
        | State::Revoked(_) => Vec::new(),
    };
    for clock in &mut clocks {
        clock.hold(holds);
    }
    // On the same instant the end of the whole procedure comes before a return that could not be used any more.
    let end = |clock: &RunningClock| clock.ends_at().unwrap_or(DateTime::<Utc>::MAX_UTC);
    clocks.sort_by_key(|clock| (end(clock), clock.kind != ClockKind::SubmissionToMinister));
    clocks
}

/// The term that has run out first of those that are not applied yet.
pub fn first_run_out(state: &State, holds: &Holds, now: DateTime<Utc>) -> Option<RunningClock> {
    running_under(state, holds).into_iter().next().filter(|clock| clock.has_run_out(now))
}

/// Applies every term that has run out by `now`, each at the instant at which it did.
pub fn elapse(demand: Demand, holds: &Holds, now: DateTime<Utc>) -> Decided<Demand, DemandEvent> {
    let mut document = demand;
    let mut events = Vec::new();
    while let Some(clock) = first_run_out(&document.state, holds, now) {
        let Some(at) = clock.ends_at() else { break };
        let (elapsed, event) = run_out(document, clock.kind, at);
        document = elapsed;
        let Some(event) = event else { break };
        document.changed_at = at;
        events.push(event);
    }
    Decided { document, events }
}

/// What its parties are told shortly before the end of the term that began then; `None` when it runs no more. One that an
/// outage holds ends later, and nobody was told while the service was away.
pub fn remind(
    state: &State,
    kind: ClockKind,
    started_at: DateTime<Utc>,
    holds: &Holds,
    now: DateTime<Utc>,
) -> Option<DemandEvent> {
    running_under(state, holds)
        .into_iter()
        .find(|clock| clock.kind == kind && clock.started_at == started_at && !clock.has_run_out(now))
        .map(|clock| DemandEvent::TermReminder {
            clock: clock.kind,
            due_at: clock.ends_at().unwrap_or(clock.due_at),
        })
}

/// Where the end of this term leads; a state in which it does not run stays, and nothing happens.
fn run_out(demand: Demand, kind: ClockKind, at: DateTime<Utc>) -> (Demand, Option<DemandEvent>) {
    let mut clarifications = demand.clarifications;
    let (state, event) = match (kind, demand.state) {
        (ClockKind::RepresentativeApproval, State::AwaitingRepresentative(waiting)) => {
            let AwaitingRepresentative { issue, consultant, .. } = waiting;
            returned(issue, None, consultant, ReturnReason::RepresentativeSilent, at)
        }
        (ClockKind::Opinion, State::AwaitingConsultant(waiting)) => {
            let AwaitingConsultant { issue, approval, consultant, .. } = waiting;
            returned(issue, approval, consultant, ReturnReason::ConsultantSilent, at)
        }
        (
            ClockKind::SubmissionToMinister,
            was @ (State::AwaitingRepresentative(_) | State::AwaitingConsultant(_) | State::Returned(_)),
        ) => (
            State::Expired(Box::new(Expired::NotSubmitted { was: Box::new(was), at })),
            DemandEvent::DemandExpired { reason: ExpiryReason::NotSubmitted },
        ),
        (ClockKind::Clarification, State::Clarification(open)) => {
            let (state, ended, event) = clarification::run_out(*open, at);
            clarifications.push(ended);
            (state, event)
        }
        (ClockKind::Handover, State::Approved(approved)) => (
            State::Expired(Box::new(Expired::NotRealised { approved: *approved, at })),
            DemandEvent::DemandExpired { reason: ExpiryReason::NotRealised },
        ),
        (_, state) => return (Demand { clarifications, state, ..demand }, None),
    };
    (Demand { clarifications, state, ..demand }, Some(event))
}

fn returned(
    issue: Issue,
    approval: Option<Signed>,
    consultant: Consultant,
    reason: ReturnReason,
    at: DateTime<Utc>,
) -> (State, DemandEvent) {
    let returned = Returned { issue, approval, consultant, reason, text: None, refusal: None, at };
    (State::Returned(Box::new(returned)), DemandEvent::DemandReturned { reason })
}

#[cfg(test)]
mod tests;
