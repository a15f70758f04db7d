//! The terms that run on a demand, and what happens when one has run out.

use super::clarification::{Addressee, Question, policy_of};
use super::events::DemandEvent;
use super::lifecycle::{Command, State, StateName};
use super::model::{Demand, DemandKind};
use super::treated::{self, TreatedList, TreatmentEnd};
use crate::calendar::{CalendarPolicy, Term, end_of_day_warsaw, reminded_at};
use crate::clarification;
use crate::outage::{Hold, Holds};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

mod elapse;

pub use elapse::{elapse, elapse_first};

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
    /// Days from the end of all courses of an ad-hoc need to the whole list of treated patients; it only reminds.
    PatientList,
}

impl ClockKind {
    pub const ALL: [ClockKind; 6] = [
        Self::RepresentativeApproval,
        Self::Opinion,
        Self::SubmissionToMinister,
        Self::Handover,
        Self::Clarification,
        Self::PatientList,
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
            Self::PatientList => "PATIENT_LIST",
        }
    }

    /// For foods PF art. 4ad counts by reference, and KPA is excluded (UBZZ art. 29a(2f), (5)).
    pub fn legal(self, of: DemandKind) -> &'static str {
        match (self, of) {
            (Self::RepresentativeApproval, DemandKind::Medicine) => "PF art. 4ac(2)",
            (Self::RepresentativeApproval, DemandKind::Food) => "design (as PF art. 4ac(2))",
            (Self::Opinion, DemandKind::Medicine) => "PF art. 4ad(1)",
            (Self::Opinion, DemandKind::Food) => "UBZZ art. 29a(2f) with PF art. 4ad(1)",
            (Self::SubmissionToMinister, DemandKind::Medicine) => "PF art. 4ad(3)",
            (Self::SubmissionToMinister, DemandKind::Food) => "UBZZ art. 29a(2f) with PF art. 4ad(3)",
            (Self::Handover, DemandKind::Medicine) => "PF art. 4ad(7)",
            (Self::Handover, DemandKind::Food) => "UBZZ art. 29a(2f) with PF art. 4ad(7)",
            (Self::Clarification, DemandKind::Medicine) => clarification::TERM_LEGAL,
            (Self::PatientList, DemandKind::Medicine) => "design (R349 §8, repealed)",
            (Self::Clarification | Self::PatientList, DemandKind::Food) => "design",
        }
    }

    /// How the last day is found where the demand is of this kind.
    pub fn policy_of(self, kind: DemandKind) -> CalendarPolicy {
        match self {
            Self::Clarification => policy_of(kind),
            Self::RepresentativeApproval
            | Self::Opinion
            | Self::SubmissionToMinister
            | Self::Handover
            | Self::PatientList => CalendarPolicy::CalendarDays,
        }
    }

    /// Its length in calendar days that end at midnight in Warsaw; the day of the event is not counted. The longest, where an
    /// officer sets it; the usual one, where the operator does.
    pub fn term(self) -> Term {
        let days = match self {
            Self::RepresentativeApproval => 3,
            Self::Opinion => 7,
            Self::SubmissionToMinister | Self::Handover => 60,
            Self::Clarification => clarification::LONGEST_DAYS,
            Self::PatientList => treated::USUAL_DAYS,
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
            Self::Opinion => 2,
            Self::Clarification => clarification::REMINDER_LEAD,
            Self::SubmissionToMinister | Self::Handover | Self::PatientList => 7,
        }
    }

    /// The commands with which it begins; the term of the whole procedure with the first submission that is signed.
    pub fn starts_with(self) -> &'static [Command] {
        match self {
            Self::RepresentativeApproval | Self::SubmissionToMinister => &[Command::Submission],
            Self::Opinion => &[Command::Submission, Command::RepresentativeApproval],
            Self::Handover => &[Command::Resolution],
            Self::Clarification => &[Command::Clarification],
            // Taking a line back from a list that was whole opens it again, and its term with it.
            Self::PatientList => &[Command::TreatedPatients, Command::TreatedPatientReversal],
        }
    }

    /// The steps whose signature, while it awaits validation, keeps it from running out (TS-02).
    pub fn paused_by(self) -> &'static [Command] {
        match self {
            Self::RepresentativeApproval => &[Command::RepresentativeApproval],
            Self::Opinion => &[Command::Opinion],
            Self::SubmissionToMinister => {
                &[Command::Submission, Command::RepresentativeApproval, Command::Opinion]
            }
            Self::Handover | Self::Clarification | Self::PatientList => &[],
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
            Self::PatientList => &["PHYSICIAN"],
        }
    }

    /// Whose move it is in this state; `None` where the term does not run.
    pub fn holder_in(self, state: StateName) -> Option<&'static str> {
        match state {
            StateName::AwaitingRepresentative => Some("ENTITY_REPRESENTATIVE"),
            StateName::AwaitingConsultant => Some("CONSULTANT"),
            StateName::Returned | StateName::WithWholesaler | StateName::Realised | StateName::Revoked => {
                Some("PHYSICIAN")
            }
            StateName::Approved => Some("PHARMACY"),
            StateName::Draft
            | StateName::WithMinister
            | StateName::Clarification
            | StateName::ResolutionPrepared
            | StateName::Rejected
            | StateName::Expired
            | StateName::Withdrawn => None,
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
        let (started_at, due_at) = (question.asked_at, question.due_at());
        let asked = Some(question.addressee);
        Self { kind: ClockKind::Clarification, started_at, due_at, asked, held: None, paused_since: None }
    }

    /// The term of a list counts from the day on which the treatment ended, whenever that was stated.
    fn of_list(end: &TreatmentEnd, days: u32) -> Self {
        let started_at = end.on.pred_opt().map_or(DateTime::<Utc>::MIN_UTC, end_of_day_warsaw);
        let term = Term { days, ..ClockKind::PatientList.term() };
        let due_at = term.due(started_at);
        Self { kind: ClockKind::PatientList, started_at, due_at, asked: None, held: None, paused_since: None }
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
        reminded_at(self.due_at, self.kind.reminder_lead())
    }
}

/// The terms that run on this demand, soonest first, as if there were no outages.
pub fn running(demand: &Demand) -> Vec<RunningClock> {
    running_under(demand, &Holds::none())
}

/// The terms that run on this demand, soonest end first; those whose end nobody knows come last.
pub fn running_under(demand: &Demand, holds: &Holds) -> Vec<RunningClock> {
    let mut clocks = of_state(&demand.state);
    let list = demand.treated.as_ref().and_then(TreatedList::awaited_since);
    clocks.extend(list.map(|(end, days)| RunningClock::of_list(end, days)));
    for clock in &mut clocks {
        clock.hold(holds);
    }
    // On the same instant the end of the whole procedure comes before a return that could not be used any more.
    let end = |clock: &RunningClock| clock.ends_at().unwrap_or(DateTime::<Utc>::MAX_UTC);
    clocks.sort_by_key(|clock| (end(clock), clock.kind != ClockKind::SubmissionToMinister));
    clocks
}

/// The terms that the state itself knows.
fn of_state(state: &State) -> Vec<RunningClock> {
    match state {
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
    }
}

/// The term that has run out first of those that are not applied yet.
pub fn first_run_out(demand: &Demand, holds: &Holds, now: DateTime<Utc>) -> Option<RunningClock> {
    running_under(demand, holds).into_iter().next().filter(|clock| clock.has_run_out(now))
}

/// What its parties are told shortly before the end of the term that began then; `None` when it runs no more. One that an
/// outage holds ends later, and nobody was told while the service was away.
pub fn remind(
    demand: &Demand,
    kind: ClockKind,
    started_at: DateTime<Utc>,
    holds: &Holds,
    now: DateTime<Utc>,
) -> Option<DemandEvent> {
    running_under(demand, holds)
        .into_iter()
        .find(|clock| clock.kind == kind && clock.started_at == started_at && !clock.has_run_out(now))
        .map(|clock| DemandEvent::TermReminder {
            clock: clock.kind,
            due_at: clock.ends_at().unwrap_or(clock.due_at),
        })
}

#[cfg(test)]
mod tests;
