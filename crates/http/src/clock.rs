//! The terms that run, whatever document they run on.

use crate::demand::choices::Role;
use app::caller;
use chrono::{DateTime, Utc};
use domain::demand::clocks::{self, RunningClock};
use domain::demand::lifecycle::StateName;
use domain::demand::model::DemandKind;
use domain::device_order::clocks as orders;
use domain::outage::Hold;
use domain::temporary_authorisation::clocks as notifications;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A term of the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClockKind {
    RepresentativeApproval,
    Opinion,
    SubmissionToMinister,
    Handover,
    Clarification,
    PatientList,
    ConsentPeriod,
    /// A one-off order for a device can be taken up for twelve months.
    Validity,
    /// The next free month of an order for a device, which is lost at its end.
    Month,
    /// A provider holds months of an order for a device.
    Hold,
    /// The payer looks once more at what a provider takes up.
    Look,
}

impl From<clocks::ClockKind> for ClockKind {
    fn from(kind: clocks::ClockKind) -> Self {
        match kind {
            clocks::ClockKind::RepresentativeApproval => Self::RepresentativeApproval,
            clocks::ClockKind::Opinion => Self::Opinion,
            clocks::ClockKind::SubmissionToMinister => Self::SubmissionToMinister,
            clocks::ClockKind::Handover => Self::Handover,
            clocks::ClockKind::Clarification => Self::Clarification,
            clocks::ClockKind::PatientList => Self::PatientList,
        }
    }
}

impl From<notifications::ClockKind> for ClockKind {
    fn from(kind: notifications::ClockKind) -> Self {
        match kind {
            notifications::ClockKind::ConsentPeriod => Self::ConsentPeriod,
            notifications::ClockKind::Clarification => Self::Clarification,
        }
    }
}

impl From<orders::ClockKind> for ClockKind {
    fn from(kind: orders::ClockKind) -> Self {
        match kind {
            orders::ClockKind::Validity => Self::Validity,
            orders::ClockKind::Month => Self::Month,
            orders::ClockKind::Hold => Self::Hold,
            orders::ClockKind::Look => Self::Look,
        }
    }
}

/// A term of the procedure.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Clock)]
pub struct ClockView {
    pub kind: ClockKind,
    pub started_at: DateTime<Utc>,
    /// The first instant at which it has run out, unless it is `held`.
    pub due_at: DateTime<Utc>,
    /// Since when it stands still; `null` while it runs.
    #[schema(required = true)]
    pub paused_since: Option<DateTime<Utc>>,
    /// Whose move stops it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub holder: Option<Role>,
    /// Where the term comes from.
    #[schema(example = "PF art. 4ad(1)")]
    pub legal_basis: &'static str,
    /// Why it ends later than `dueAt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub held: Option<ClockHoldView>,
}

/// An outage of the system that holds a term: one on record, or a silence of the service that will be recorded with its next sign of
/// life.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClockHold)]
pub struct ClockHoldView {
    /// Absent for the seconds in which a silence is not on record yet; nobody knows `until` then, either.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outage_id: Option<Uuid>,
    /// The first instant at which the term has run out; absent while the outage lasts, and where an officer has to
    /// release it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<DateTime<Utc>>,
}

impl From<&Hold> for ClockHoldView {
    fn from(hold: &Hold) -> Self {
        Self { outage_id: hold.outage.map(|outage| outage.0), until: hold.until }
    }
}

/// The terms, where one of them is held: that begins and ends without a revision of the document.
pub(crate) fn held(clocks: &[ClockView]) -> Option<&[ClockView]> {
    Some(clocks).filter(|all| all.iter().any(|clock| clock.held.is_some()))
}

impl ClockView {
    /// The term of a demand as it runs in this state, which decides whose move it is.
    pub fn of(clock: &RunningClock, of: DemandKind, state: StateName) -> Self {
        let kind = clock.kind;
        Self {
            kind: kind.into(),
            started_at: clock.started_at,
            due_at: clock.due_at,
            paused_since: clock.paused_since,
            holder: clock.holder_in(state).and_then(caller::Role::parse).map(Role::from),
            legal_basis: kind.legal(of),
            held: clock.held.as_ref().map(ClockHoldView::from),
        }
    }

    /// The term of a notification.
    pub fn of_notification(clock: &notifications::RunningClock) -> Self {
        let kind = clock.kind;
        Self {
            kind: kind.into(),
            started_at: clock.started_at,
            due_at: clock.due_at,
            // None runs while a signature waits.
            paused_since: None,
            holder: clock.holder().and_then(caller::Role::parse).map(Role::from),
            legal_basis: kind.legal(),
            held: clock.held.as_ref().map(ClockHoldView::from),
        }
    }
}

impl ClockView {
    /// The term of an order for a device, which no outage holds.
    pub fn of_order(clock: &orders::RunningClock) -> Self {
        Self {
            kind: clock.kind.into(),
            started_at: clock.started_at,
            due_at: clock.due_at,
            paused_since: None,
            holder: caller::Role::parse(clock.kind.holder()).map(Role::from),
            legal_basis: clock.kind.legal(),
            held: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::OutageId;

    /// What a reader is told of a term that this holds.
    fn told(hold: Hold) -> serde_json::Value {
        serde_json::to_value(ClockHoldView::from(&hold)).unwrap_or_default()
    }

    #[test]
    fn a_silence_that_is_not_on_record_holds_without_an_outage_to_name() {
        let (after, through) = (DateTime::<Utc>::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC);
        let silence = Hold { outage: None, after, through, until: None };
        assert_eq!(told(silence), serde_json::json!({}));
        let (id, until) = (Uuid::from_u128(7), DateTime::<Utc>::UNIX_EPOCH);
        let recorded = Hold { outage: Some(OutageId(id)), until: Some(until), ..silence };
        assert_eq!(told(recorded), serde_json::json!({ "outageId": id, "until": until }));
    }

    #[test]
    fn every_term_is_called_as_the_domain_calls_it() {
        let code = |kind: ClockKind| {
            serde_json::to_value(kind).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
        };
        for kind in clocks::ClockKind::ALL {
            assert_eq!(code(kind.into()), kind.name());
        }
        for kind in orders::ClockKind::ALL {
            assert_eq!(code(kind.into()), kind.name());
        }
        for kind in notifications::ClockKind::ALL {
            assert_eq!(code(kind.into()), kind.name());
        }
    }
}
