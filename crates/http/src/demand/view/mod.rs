//! What a party is shown of a demand. What it may not see is left out.

mod clarification;
pub(crate) mod content;
mod examination;
mod ministry;
mod supply;

pub use clarification::DemandClarificationView;
pub use examination::{
    DemandConsultantView, DemandExaminationView, DemandOpinionView, DemandReturnView, SignedView,
};
pub use ministry::{
    DemandRevocationView, DemandRulingView, DemandWithdrawalView, DraftReturnView, MinistryFileView,
    OfficerView, ResolutionDraftView, RevocationDraftView, TakeoverView,
};
pub use supply::{
    DemandLedgerView, HandoverReturnView, HandoverView, PartyView, RealisationView, ReversalView,
};

use super::choices::{ClockKind, DemandAction, DemandKind, DemandState, ExpiryReason, Role, SignatureKind};
use super::content::DemandContent;
use super::examples::answers;
use app::caller;
use app::demand::DemandView;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::clocks::RunningClock;
use domain::demand::lifecycle;
use domain::demand::model::PhysicianTakeover;
use domain::demand::pending::PendingStep;
use domain::outage::Hold;
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
    pub content: DemandContent,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub examination: Option<DemandExaminationView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ministry_file: Option<MinistryFileView>,
    /// Questions of the minister that the caller may see, the open one last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clarifications: Vec<DemandClarificationView>,
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
}

impl DemandShown {
    pub fn of(view: &DemandView) -> Self {
        Self {
            id: view.id.0,
            number: view.number.as_str().to_owned(),
            kind: view.kind.into(),
            state: view.state.into(),
            revision: view.revision,
            content_version: view.content_version,
            entity_id: view.entity.0,
            client_reference: view.client_reference.clone(),
            based_on: view.based_on.map(|id| id.0),
            created_at: view.created_at,
            changed_at: view.changed_at,
            first_issued_on: view.first_issued_on,
            issued_on: view.issued_on,
            clocks: view.clocks.iter().map(|clock| ClockView::of(clock, view.state)).collect(),
            pending_step: view.pending.as_ref().map(PendingStepView::of),
            content: DemandContent::of(&view.content),
            examination: view.examination.as_ref().map(DemandExaminationView::of),
            ministry_file: view.ministry_file.as_ref().map(MinistryFileView::of),
            clarifications: view.clarifications.iter().map(DemandClarificationView::of).collect(),
            ruling: view.ruling.as_ref().map(DemandRulingView::of),
            revocation: view.revocation.as_ref().map(DemandRevocationView::of),
            withdrawal: view.withdrawal.as_ref().map(DemandWithdrawalView::of),
            taken_over: view.taken_over.as_ref().map(PhysicianTakeoverView::of),
            expiry: view.expiry.map(ExpiryReason::from),
            receiving_pharmacy: view.receiving_pharmacy.as_ref().map(PartyView::of),
            handover: view.handover.as_ref().map(HandoverView::of),
            handover_returned: view.handover_returned.as_ref().map(HandoverReturnView::of),
            ledger: view.ledger.as_ref().map(DemandLedgerView::of),
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
    fn of(it: &PendingStep) -> Self {
        Self { action: it.step.command().into(), received_at: it.received_at, kind: it.kind.into() }
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

/// A recorded outage of the system that holds a term.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClockHold)]
pub struct ClockHoldView {
    pub outage_id: Uuid,
    /// The first instant at which the term has run out; absent while the outage lasts, and where an officer has to
    /// release it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<DateTime<Utc>>,
}

impl ClockHoldView {
    fn of(hold: &Hold) -> Self {
        Self { outage_id: hold.outage.0, until: hold.until }
    }
}

impl ClockView {
    /// The term as it runs in this state, which decides whose move it is.
    pub fn of(clock: &RunningClock, state: lifecycle::StateName) -> Self {
        let kind = clock.kind;
        Self {
            kind: kind.into(),
            started_at: clock.started_at,
            due_at: clock.due_at,
            paused_since: clock.paused_since,
            holder: clock.holder_in(state).and_then(caller::Role::parse).map(Role::from),
            legal_basis: kind.legal(),
            held: clock.held.as_ref().map(ClockHoldView::of),
        }
    }
}
