//! What a party is shown of a demand. What it may not see is left out.

pub(crate) mod content;
mod examination;
mod ministry;
mod paper;
mod supply;
mod treated;

pub use examination::{
    DemandConsultantView, DemandExaminationView, DemandOpinionView, DemandReturnView, SignedView,
};
pub use ministry::{
    DemandRevocationView, DemandRulingView, DemandWithdrawalView, DraftReturnView, MinistryFileView,
    OfficerView, ResolutionDraftView, RevocationDraftView, TakeoverView,
};
pub use paper::{DemandPaperView, FormerlyView, PaperCorrectionView, PaperGroundsView, PaperScanView};
pub use supply::{
    DemandLedgerView, HandoverReturnView, HandoverView, PartyView, RealisationView, ReversalView,
};
pub use treated::{PatientListView, TakenBackView, TreatedPatientView, TreatedPatientsView};

use super::choices::{DemandAction, DemandGround, DemandKind, DemandState, ExpiryReason, SignatureKind};
use super::content::DemandContent;
use super::examples::answers;
use crate::clarification::ClarificationView;
use crate::clock::ClockView;
use app::demand::DemandView;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::model::PhysicianTakeover;
use domain::pending::{PendingStep, RefusedStep};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A demand in the view of the caller.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Demand, example = answers::demand)]
pub struct DemandShown {
    pub id: Uuid,
    /// Given with the draft; has a random part and a check character.
    #[schema(example = "ZPL-2026-7K3M9QXT-B")]
    pub number: String,
    pub kind: DemandKind,
    pub state: DemandState,
    pub ground: DemandGround,
    /// Grows by one with every saved change; the `ETag`.
    #[schema(example = 3)]
    pub revision: i64,
    /// Grows when signed content is edited.
    #[schema(example = 1)]
    pub content_version: i32,
    /// The entity in which it is issued.
    pub entity_id: Uuid,
    /// The name that the client which opened it gave it; its physician sees it through whatever software, and nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "HIS-2026-000123")]
    pub client_reference: Option<String>,
    /// The earlier demand that this one was copied from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub based_on: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// Warsaw date of the very first issue, kept over later ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub first_issued_on: Option<NaiveDate>,
    /// Warsaw date of the issue that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issued_on: Option<NaiveDate>,
    /// The terms that run now, soonest first.
    pub clocks: Vec<ClockView>,
    /// A step whose signature awaits validation outside. No state: nothing but a withdrawal is possible meanwhile, and no
    /// term runs out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pending_step: Option<PendingStepView>,
    /// Signed steps that were not taken because an officer ended the wait for their validation, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused_steps: Vec<RefusedStepView>,
    pub content: DemandContent,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub examination: Option<DemandExaminationView>,
    /// How it came on paper, and who entered it (PF art. 4ad(8)).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub paper: Option<DemandPaperView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ministry_file: Option<MinistryFileView>,
    /// Questions of the minister that the caller may see, the open one last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clarifications: Vec<ClarificationView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ruling: Option<DemandRulingView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub revocation: Option<DemandRevocationView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub withdrawal: Option<DemandWithdrawalView>,
    /// Why another physician of the entity goes on with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub taken_over: Option<PhysicianTakeoverView>,
    /// Why it expired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub expiry: Option<ExpiryReason>,
    /// The pharmacy that will receive the product, once the approval was passed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub receiving_pharmacy: Option<PartyView>,
    /// To whom it was passed on; no other wholesaler sees that.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub handover: Option<HandoverView>,
    /// Why the last hand-over was taken back, while none holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub handover_returned: Option<HandoverReturnView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ledger: Option<DemandLedgerView>,
    /// How far the list of treated patients of an ad-hoc need is; who they are is under `…/treated-patients`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub patient_list: Option<PatientListView>,
}

impl DemandShown {
    pub fn of(view: &DemandView) -> Self {
        Self {
            id: view.id.0,
            number: view.number.as_str().to_owned(),
            kind: view.kind.into(),
            state: view.state.into(),
            ground: view.ground.into(),
            revision: view.revision,
            content_version: view.content_version,
            entity_id: view.entity.0,
            client_reference: view.client_reference.clone(),
            based_on: view.based_on.map(|id| id.0),
            created_at: view.created_at,
            changed_at: view.changed_at,
            first_issued_on: view.first_issued_on,
            issued_on: view.issued_on,
            clocks: view.clocks.iter().map(|clock| ClockView::of(clock, view.kind, view.state)).collect(),
            pending_step: view.pending.as_ref().map(PendingStepView::of),
            refused_steps: view.refused_steps.iter().map(RefusedStepView::of).collect(),
            content: DemandContent::of(&view.content),
            examination: view.examination.as_ref().map(DemandExaminationView::of),
            paper: view.paper.as_ref().map(DemandPaperView::of),
            ministry_file: view.ministry_file.as_ref().map(MinistryFileView::of),
            clarifications: view.clarifications.iter().map(ClarificationView::of).collect(),
            ruling: view.ruling.as_ref().map(DemandRulingView::of),
            revocation: view.revocation.as_ref().map(DemandRevocationView::of),
            withdrawal: view.withdrawal.as_ref().map(DemandWithdrawalView::of),
            taken_over: view.taken_over.as_ref().map(PhysicianTakeoverView::of),
            expiry: view.expiry.map(ExpiryReason::from),
            receiving_pharmacy: view.receiving_pharmacy.as_ref().map(PartyView::of),
            handover: view.handover.as_ref().map(HandoverView::of),
            handover_returned: view.handover_returned.as_ref().map(HandoverReturnView::of),
            ledger: view.ledger.as_ref().map(DemandLedgerView::of),
            patient_list: view.treated.as_ref().map(PatientListView::of),
        }
    }
}

/// A step that is taken by itself when its signature has been confirmed; `…/history` tells the outcome.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PendingStep)]
pub struct PendingStepView {
    pub action: DemandAction,
    /// When the signature was received: the step is judged, and terms count, as of then.
    pub received_at: DateTime<Utc>,
    /// The kind of the signature.
    pub kind: SignatureKind,
}

impl PendingStepView {
    pub(crate) fn of(it: &PendingStep) -> Self {
        Self { action: it.step.command().into(), received_at: it.received_at, kind: it.kind.into() }
    }
}

/// A step that was not taken: an officer ended the wait for the validation of its signature, and it may be signed anew.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RefusedStep)]
pub struct RefusedStepView {
    pub action: DemandAction,
    /// When the signature was received.
    pub received_at: DateTime<Utc>,
    pub refused_at: DateTime<Utc>,
    #[schema(example = "Usługa sprawdzania podpisów nie działa; proszę podpisać podpisem kwalifikowanym.")]
    pub reason: String,
}

impl RefusedStepView {
    pub(crate) fn of(it: &RefusedStep) -> Self {
        Self {
            action: it.step.command().into(),
            received_at: it.received_at,
            refused_at: it.refused_at,
            reason: it.reason.as_str().to_owned(),
        }
    }
}

/// A physician went on in the place of another (of the same entity).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PhysicianTakeover)]
pub struct PhysicianTakeoverView {
    /// Licence number of the physician who had it before.
    #[schema(example = "5425740")]
    pub from_npwz: String,
    pub reason: String,
    pub at: DateTime<Utc>,
}

impl PhysicianTakeoverView {
    fn of(it: &PhysicianTakeover) -> Self {
        Self { from_npwz: it.from.as_str().to_owned(), reason: it.reason.as_str().to_owned(), at: it.at }
    }
}
