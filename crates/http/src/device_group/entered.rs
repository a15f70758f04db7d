//! What an officer entered, as it is shown.

use super::tiers::{AgesView, DeviceLimit, DeviceUsage, LargestView};
use chrono::NaiveDate;
use domain::device_group::entry::Entered;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Figures of one band that an officer of the payer entered; nobody is named.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EnteredDeviceFigures, example = entered_example)]
pub(crate) struct EnteredView {
    id: Uuid,
    #[schema(example = "S.15.01")]
    code: String,
    #[schema(minimum = 1, example = 1)]
    tier: u32,
    ages: AgesView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pregnant: Option<bool>,
    /// The first day on which they hold.
    holds_from: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    limit: Option<DeviceLimit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, maximum = 100)]
    copay_percent: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    usage: Option<DeviceUsage>,
    /// Of the whole tier, in PLN.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    repair_limit: Option<String>,
    /// Of the whole tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    largest: Option<LargestView>,
    /// Of the whole group, as the next three are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    group_largest: Option<LargestView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    sided: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    shortenable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    multiplied: Option<bool>,
    source: String,
    /// Why something known was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<String>,
}

pub(super) fn entered_example() -> serde_json::Value {
    serde_json::json!({"id": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a61", "code": "S.15.01", "tier": 1,
        "ages": {"from": 18}, "holdsFrom": "2026-12-01", "copayPercent": 10, "source": "Dz.U. 2025 poz. 1038, załącznik"})
}

impl EnteredView {
    pub(super) fn of(entered: &Entered) -> Self {
        let figures = &entered.figures;
        Self {
            id: entered.id.0,
            code: entered.code.to_string(),
            tier: entered.place.tier,
            ages: AgesView::of(entered.place.ages),
            pregnant: entered.place.pregnant,
            holds_from: entered.holds_from,
            limit: figures.limit.map(DeviceLimit::of),
            copay_percent: figures.copay.map(u8::from),
            usage: figures.usage.map(DeviceUsage::of),
            repair_limit: figures.repair_limit.map(|limit| limit.to_string()),
            largest: figures.largest.map(LargestView::of),
            group_largest: figures.group_largest.map(LargestView::of),
            sided: figures.sided,
            shortenable: figures.shortenable,
            multiplied: figures.multiplied,
            source: entered.source.as_str().to_owned(),
            reason: entered.reason.as_ref().map(|reason| reason.as_str().to_owned()),
        }
    }
}
