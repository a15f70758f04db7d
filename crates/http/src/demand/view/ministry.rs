//! What the ministry holds, resolves and takes back.

use super::SignedView;
use crate::demand::choices::Outcome;
use crate::demand::content::Quantity;
use app::demand::view;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::lifecycle::DraftReturned;
use domain::demand::model::{Officer, TakenOver};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An officer of the ministry as the register names them (PF art. 4d(3)).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Officer)]
pub struct OfficerView {
    pub person_id: Uuid,
    #[schema(example = "Ewa")]
    pub given_names: String,
    #[schema(example = "Przykładowa")]
    pub family_name: String,
    /// Post in the ministry.
    #[schema(example = "Główny specjalista")]
    pub function: String,
}

impl OfficerView {
    pub fn of(it: &Officer) -> Self {
        Self {
            person_id: it.person.0,
            given_names: it.given_names.reveal().to_owned(),
            family_name: it.family_name.reveal().to_owned(),
            function: it.function.as_str().to_owned(),
        }
    }
}

/// What only the ministry sees.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MinistryFile)]
pub struct MinistryFileView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub assigned: Option<OfficerView>,
    /// Put before the decider.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub draft: Option<ResolutionDraftView>,
    /// Why the last draft was taken back or sent back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub draft_returned: Option<DraftReturnView>,
    /// From whom and why the case was taken over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub taken_over: Option<TakeoverView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub revocation_draft: Option<RevocationDraftView>,
}

impl MinistryFileView {
    pub fn of(it: &view::MinistryFileView) -> Self {
        Self {
            assigned: it.assigned.as_ref().map(OfficerView::of),
            draft: it.draft.as_ref().map(ResolutionDraftView::of),
            draft_returned: it.draft_returned.as_ref().map(DraftReturnView::of),
            taken_over: it.taken_over.as_ref().map(TakeoverView::of),
            revocation_draft: it.revocation_draft.as_ref().map(RevocationDraftView::of),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ResolutionDraft)]
pub struct ResolutionDraftView {
    /// Void unless the draft is signed.
    #[schema(example = "ROZ-2026-7K3M9QXT-S")]
    pub resolution_number: String,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub approved_quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grounds: Option<String>,
    pub prepared_by: OfficerView,
    pub prepared_at: DateTime<Utc>,
    /// SHA-256 of the bytes that the decider signs; `draftSha256` of the resolution.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
}

impl ResolutionDraftView {
    pub fn of(it: &view::DraftView) -> Self {
        let draft = &it.draft;
        Self {
            resolution_number: draft.number.as_str().to_owned(),
            outcome: draft.outcome.into(),
            approved_quantity: draft.approved_quantity.as_ref().map(Quantity::of),
            grounds: draft.grounds.as_ref().map(|text| text.as_str().to_owned()),
            prepared_by: OfficerView::of(&draft.prepared_by),
            prepared_at: draft.prepared_at,
            sha256: it.sha256.0.clone(),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DraftReturn)]
pub struct DraftReturnView {
    pub by: OfficerView,
    pub reason: String,
    pub at: DateTime<Utc>,
}

impl DraftReturnView {
    pub fn of(it: &DraftReturned) -> Self {
        Self { by: OfficerView::of(&it.by), reason: it.reason.as_str().to_owned(), at: it.at }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Takeover)]
pub struct TakeoverView {
    pub from: OfficerView,
    pub reason: String,
    pub at: DateTime<Utc>,
}

impl TakeoverView {
    pub fn of(it: &TakenOver) -> Self {
        Self { from: OfficerView::of(&it.from), reason: it.reason.as_str().to_owned(), at: it.at }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RevocationDraft)]
pub struct RevocationDraftView {
    pub grounds: String,
    #[schema(example = "PF art. 4 ust. 5")]
    pub legal_basis: String,
    pub prepared_by: OfficerView,
    pub prepared_at: DateTime<Utc>,
    /// Names this very draft; `draftSha256` of the revocation.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
}

impl RevocationDraftView {
    pub fn of(it: &view::RevocationDraftView) -> Self {
        let draft = &it.draft;
        Self {
            grounds: draft.grounds.as_str().to_owned(),
            legal_basis: draft.legal_basis.as_str().to_owned(),
            prepared_by: OfficerView::of(&draft.prepared_by),
            prepared_at: draft.prepared_at,
            sha256: it.sha256.0.clone(),
        }
    }
}

/// The signed resolution (PF art. 4ad(4)).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandRuling)]
pub struct DemandRulingView {
    #[schema(example = "ROZ-2026-7K3M9QXT-S")]
    pub resolution_number: String,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub approved_quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grounds: Option<String>,
    /// Warsaw date.
    pub resolved_on: NaiveDate,
    /// The last day on which it can be passed to a wholesaler; approvals only (PF art. 4ad(7)).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_until: Option<NaiveDate>,
    pub decided_by: OfficerView,
    pub prepared_by: OfficerView,
    /// Compact JWS that proves the resolution offline with the keys of `/.well-known/jwks.json`.
    pub decision_token: String,
    pub signature: SignedView,
}

impl DemandRulingView {
    pub fn of(it: &view::RulingView) -> Self {
        let resolution = &it.resolution;
        let draft = &resolution.draft;
        Self {
            resolution_number: draft.number.as_str().to_owned(),
            outcome: draft.outcome.into(),
            approved_quantity: draft.approved_quantity.as_ref().map(Quantity::of),
            grounds: draft.grounds.as_ref().map(|text| text.as_str().to_owned()),
            resolved_on: resolution.resolved_on,
            valid_until: it.valid_until,
            decided_by: OfficerView::of(&resolution.decided_by),
            prepared_by: OfficerView::of(&draft.prepared_by),
            decision_token: resolution.decision_token.clone(),
            signature: SignedView::of(&resolution.signed),
        }
    }
}

/// The approval was taken back; grounds and officers only for those who see them.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandRevocation)]
pub struct DemandRevocationView {
    pub revoked_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grounds: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub legal_basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub prepared_by: Option<OfficerView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub decided_by: Option<OfficerView>,
}

impl DemandRevocationView {
    pub fn of(it: &view::RevocationView) -> Self {
        let revocation = it.revocation.as_ref();
        let draft = revocation.map(|revocation| &revocation.draft);
        Self {
            revoked_at: it.revoked_at,
            grounds: draft.map(|draft| draft.grounds.as_str().to_owned()),
            legal_basis: draft.map(|draft| draft.legal_basis.as_str().to_owned()),
            prepared_by: draft.map(|draft| OfficerView::of(&draft.prepared_by)),
            decided_by: revocation.map(|revocation| OfficerView::of(&revocation.decided_by)),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandWithdrawal)]
pub struct DemandWithdrawalView {
    pub at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<String>,
}

impl DemandWithdrawalView {
    pub fn of(it: &view::WithdrawalView) -> Self {
        Self { at: it.at, reason: it.reason.as_ref().map(|text| text.as_str().to_owned()) }
    }
}
