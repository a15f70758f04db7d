//! What a party is shown of a resolution: prepared, signed, and added to since.

use super::choices::ConsentOutcome;
use super::content::AuthorisedBatch;
use crate::demand::content::Quantity;
use crate::demand::view::{OfficerView, SignedView};
use app::temporary_authorisation::view::AuthorisationRuling;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::model::Digest;
use domain::temporary_authorisation::model::{Added, ResolutionDraft};
use domain::values::Text;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

fn said<const MAX: usize>(text: Option<&Text<MAX>>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsentDraft)]
pub struct ConsentDraftView {
    /// Void unless the draft is signed.
    #[schema(example = "ROZ-2026-7K3M9QXT-S")]
    pub resolution_number: String,
    pub outcome: ConsentOutcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub approved_quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub conditions: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grounds: Option<String>,
    pub prepared_by: OfficerView,
    pub prepared_at: DateTime<Utc>,
    /// SHA-256 of the bytes that the decider signs; `draftSha256` of the resolution.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
}

impl ConsentDraftView {
    pub(super) fn of(draft: &ResolutionDraft, sha256: &Digest) -> Self {
        Self {
            resolution_number: draft.number.as_str().to_owned(),
            outcome: draft.outcome.into(),
            approved_quantity: draft.approved_quantity.as_ref().map(Quantity::of),
            valid_from: draft.period.map(|period| period.from),
            valid_until: draft.period.map(|period| period.until),
            conditions: said(draft.conditions.as_ref()),
            grounds: said(draft.grounds.as_ref()),
            prepared_by: OfficerView::of(&draft.prepared_by),
            prepared_at: draft.prepared_at,
            sha256: sha256.0.clone(),
        }
    }
}

/// The signed resolution, and what additions have added to it since.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationRuling)]
pub struct AuthorisationRulingView {
    #[schema(example = "ROZ-2026-7K3M9QXT-S")]
    pub resolution_number: String,
    pub outcome: ConsentOutcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub approved_quantity: Option<Quantity>,
    /// Everything that may be drawn, additions counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total_quantity: Option<Quantity>,
    /// The first day of the consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_from: Option<NaiveDate>,
    /// The last day of the consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub conditions: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grounds: Option<String>,
    /// Warsaw date.
    pub resolved_on: NaiveDate,
    pub decided_by: OfficerView,
    pub prepared_by: OfficerView,
    /// Compact JWS that proves the resolution offline with the keys of `/.well-known/jwks.json`.
    pub decision_token: String,
    pub signature: SignedView,
    pub added: Vec<AddedBatchesView>,
}

impl AuthorisationRulingView {
    pub(super) fn of(it: &AuthorisationRuling) -> Self {
        let resolution = &it.resolution;
        let draft = &resolution.draft;
        Self {
            resolution_number: draft.number.as_str().to_owned(),
            outcome: draft.outcome.into(),
            approved_quantity: draft.approved_quantity.as_ref().map(Quantity::of),
            total_quantity: it.total_quantity.as_ref().map(Quantity::of),
            valid_from: draft.period.map(|period| period.from),
            valid_until: draft.period.map(|period| period.until),
            conditions: said(draft.conditions.as_ref()),
            grounds: said(draft.grounds.as_ref()),
            resolved_on: resolution.resolved_on,
            decided_by: OfficerView::of(&resolution.decided_by),
            prepared_by: OfficerView::of(&draft.prepared_by),
            decision_token: resolution.decision_token.clone(),
            signature: SignedView::of(&resolution.signed),
            added: it.added.iter().map(AddedBatchesView::of).collect(),
        }
    }
}

/// What the consent of an addition has added.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AddedBatches)]
pub struct AddedBatchesView {
    pub addition_id: Uuid,
    #[schema(example = "ZCD-2026-7K3M9QXT-Z")]
    pub number: String,
    #[schema(example = "ROZ-2026-7K3M9QXT-S")]
    pub resolution_number: String,
    pub quantity: Quantity,
    pub batches: Vec<AuthorisedBatch>,
    /// On what terms the minister consented to these batches.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub conditions: Option<String>,
    pub added_on: NaiveDate,
}

impl AddedBatchesView {
    fn of(it: &Added) -> Self {
        Self {
            addition_id: it.authorisation.0,
            number: it.number.as_str().to_owned(),
            resolution_number: it.resolution_number.as_str().to_owned(),
            quantity: Quantity::of(&it.quantity),
            batches: it.batches.iter().map(AuthorisedBatch::of).collect(),
            conditions: it.conditions.as_ref().map(|text| text.as_str().to_owned()),
            added_on: it.added_on,
        }
    }
}
