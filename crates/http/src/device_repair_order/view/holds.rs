//! Who has a repair, and who gave it back.

use crate::device_order::release::ReleaseRequestView;
use crate::device_order::view::OrderDecisionView;
use app::device_order::view::HeldView;
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_repair_order::model::{GivenBack, Hold};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A provider's hold on the repair.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairHoldView {
    pub id: Uuid,
    pub provider_id: Uuid,
    pub provider: String,
    pub taken_at: DateTime<Utc>,
    /// The last day on which the repaired device may be given out.
    pub held_until: NaiveDate,
    /// The last day on which a device that was given out in time can be confirmed.
    pub confirmed_until: NaiveDate,
    /// Who asked the provider to give it back, oldest first.
    pub release_requests: Vec<ReleaseRequestView>,
}

/// Who has a repair, and until when.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairHeldByView {
    pub organisation_id: Uuid,
    #[schema(example = "Sklep Medyczny Przykład")]
    pub name: String,
    /// The last day on which the device can be given out.
    pub held_until: NaiveDate,
    /// When it is free again by itself: a device that was given out in time may be confirmed until then.
    pub free_from: DateTime<Utc>,
    /// When the caller asked for its release (`…/release-requests`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub release_requested_at: Option<DateTime<Utc>>,
}

impl RepairHeldByView {
    pub(super) fn of(it: &HeldView) -> Self {
        Self {
            organisation_id: it.provider.0,
            name: it.name.as_str().to_owned(),
            held_until: it.held_until,
            free_from: it.free_from,
            release_requested_at: it.release_requested_at,
        }
    }
}

impl RepairHoldView {
    pub(super) fn of(it: &Hold) -> Self {
        Self {
            id: it.id.0,
            provider_id: it.provider.id.0,
            provider: it.provider.name.as_str().to_owned(),
            taken_at: it.taken_at,
            held_until: it.held_until,
            confirmed_until: it.confirmed_until(),
            release_requests: it.release_requests.iter().map(ReleaseRequestView::of).collect(),
        }
    }
}

/// A hold or a confirmation that was given back.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairGivenBackView {
    pub provider_id: Uuid,
    pub decision: OrderDecisionView,
}

impl RepairGivenBackView {
    pub(super) fn of(it: &GivenBack) -> Self {
        let decision = OrderDecisionView::made(&it.reason, it.by.as_ref(), it.at);
        Self { provider_id: it.provider.0, decision }
    }
}
