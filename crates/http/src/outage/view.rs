//! An outage as everybody is shown it.

use crate::answer::written;
use actix_web::http::StatusCode;
use app::answer::StoredAnswer;
use app::outage::StoredOutage;
use chrono::{DateTime, Utc};
use domain::outage::Grace;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{IntoResponses, ToSchema};
use uuid::Uuid;

/// A time in which the system could not be used.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Outage, example = outage_example)]
pub(crate) struct OutageView {
    id: Uuid,
    /// Grows by one with every saved change; the `ETag`.
    #[schema(example = 2)]
    revision: i64,
    from: DateTime<Utc>,
    /// Absent while nobody knows its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    until: Option<DateTime<Utc>>,
    reason: String,
    /// How many full days after its end terms wait that would have ended in it; absent where they wait until an officer
    /// releases them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, example = 1)]
    grace_days: Option<u32>,
    /// From then on it holds no terms; absent while nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    holds_until: Option<DateTime<Utc>>,
    recorded_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    released_at: Option<DateTime<Utc>>,
}

pub(super) fn outage_example() -> Value {
    json!({"id": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a47", "revision": 2, "from": "2026-12-08T17:20:00Z",
        "until": "2026-12-09T02:00:00Z", "reason": "Awaria zasilania w serwerowni.", "graceDays": 1,
        "holdsUntil": "2026-12-10T23:00:00Z", "recordedAt": "2026-12-08T17:45:00Z"})
}

impl OutageView {
    pub(super) fn of(stored: &StoredOutage) -> Self {
        let it = &stored.outage;
        Self {
            id: it.id.0,
            revision: stored.revision,
            from: it.from,
            until: it.until,
            reason: it.reason.as_str().to_owned(),
            grace_days: match it.grace {
                Grace::Days(days) => Some(days),
                Grace::UntilReleased => None,
            },
            holds_until: it.holds_until(),
            recorded_at: it.recorded_at,
            released_at: it.released_at,
        }
    }
}

/// A new outage, where it is found.
pub(super) fn recorded(stored: &StoredOutage) -> StoredAnswer {
    let location = format!("/api/v1/outages/{}", stored.outage.id);
    written(StatusCode::CREATED, revision(stored), Some(&location), &OutageView::of(stored))
}

/// The outage after a step.
pub(super) fn changed(stored: &StoredOutage) -> StoredAnswer {
    written(StatusCode::OK, revision(stored), None, &OutageView::of(stored))
}

pub(super) fn revision(stored: &StoredOutage) -> Option<u64> {
    u64::try_from(stored.revision).ok()
}

/// Declares the answer of a record.
#[derive(IntoResponses)]
#[response(status = 201, description = "The outage", headers(
    ("Location" = String, description = "Where it is found"),
    ("ETag" = String, description = "Its revision")))]
pub(super) struct OutageRecorded(#[expect(dead_code, reason = "only describes the answer")] OutageView);

/// Declares the answer of a step and of a read.
#[derive(IntoResponses)]
#[response(status = 200, description = "The outage", headers(("ETag" = String, description = "Its revision")))]
pub(super) struct OutageShown(#[expect(dead_code, reason = "only describes the answer")] OutageView);
