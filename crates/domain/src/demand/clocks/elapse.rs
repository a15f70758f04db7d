//! What happens when a term of a demand has run out.

use super::{ClockKind, first_run_out};
use crate::clarification;
use crate::decision::Decided;
use crate::demand::events::{DemandEvent, ExpiryReason, ReturnReason};
use crate::demand::lifecycle::{AwaitingConsultant, AwaitingRepresentative, Expired, Returned, State};
use crate::demand::model::{Attested, Consultant, Demand, Issue};
use crate::demand::treated;
use crate::outage::Holds;
use chrono::{DateTime, Utc};

/// Applies every term that has run out by `now`, each at the instant at which it did.
pub fn elapse(demand: Demand, holds: &Holds, now: DateTime<Utc>) -> Decided<Demand, DemandEvent> {
    let (mut document, mut events) = (demand, Vec::new());
    loop {
        let first = elapse_first(document, holds, now);
        document = first.document;
        if first.events.is_empty() {
            return Decided { document, events };
        }
        events.extend(first.events);
    }
}

/// Applies the term alone that has run out first by `now`, at the instant at which it did; nothing happens where none has.
pub fn elapse_first(demand: Demand, holds: &Holds, now: DateTime<Utc>) -> Decided<Demand, DemandEvent> {
    let ended = first_run_out(&demand, holds, now).and_then(|clock| Some((clock.kind, clock.ends_at()?)));
    let Some((kind, end)) = ended else { return Decided { document: demand, events: Vec::new() } };
    let at = match kind {
        // An end of treatment may be stated when the term of the list is over already.
        ClockKind::PatientList => end.max(demand.changed_at),
        // Also where a signature was refused later: the term ran all the while (TS-02).
        ClockKind::RepresentativeApproval
        | ClockKind::Opinion
        | ClockKind::SubmissionToMinister
        | ClockKind::Handover
        | ClockKind::Clarification => end,
    };
    let (mut document, event) = run_out(demand, kind, at);
    if event.is_some() {
        document.changed_at = at;
    }
    Decided { document, events: event.into_iter().collect() }
}

/// Where the end of this term leads; a state in which it does not run stays, and nothing happens.
pub(super) fn run_out(demand: Demand, kind: ClockKind, at: DateTime<Utc>) -> (Demand, Option<DemandEvent>) {
    if kind == ClockKind::Clarification {
        return clarification::run_out(demand, at);
    }
    if kind == ClockKind::PatientList {
        let treated = treated::run_out(demand.treated, at);
        return (Demand { treated, ..demand }, Some(DemandEvent::PatientListOverdue {}));
    }
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
        (ClockKind::Handover, State::Approved(approved)) => (
            State::Expired(Box::new(Expired::NotRealised { approved: *approved, at })),
            DemandEvent::DemandExpired { reason: ExpiryReason::NotRealised },
        ),
        (_, state) => return (Demand { state, ..demand }, None),
    };
    (Demand { state, ..demand }, Some(event))
}

fn returned(
    issue: Issue,
    approval: Option<Attested>,
    consultant: Consultant,
    reason: ReturnReason,
    at: DateTime<Utc>,
) -> (State, DemandEvent) {
    let returned = Returned { issue, approval, consultant, reason, text: None, refusal: None, at };
    (State::Returned(Box::new(returned)), DemandEvent::DemandReturned { reason })
}
