//! What a party is shown of a notification. What it may not see is left out.

use super::choices::AuthorisationState;
use super::content::TemporaryAuthorisationContent;
use super::examples;
use super::paper::AuthorisationPaperView;
use super::ruling::{AuthorisationRulingView, ConsentDraftView};
use crate::clarification::ClarificationView;
use crate::clock::{ClockView, held};
use crate::demand::view::{
    DemandLedgerView, DemandRevocationView, DemandWithdrawalView, DraftReturnView, HandoverView, OfficerView,
    PendingStepView, RefusedStepView, RevocationDraftView, SignedView, TakeoverView,
};
use app::temporary_authorisation::AuthorisationView;
use app::temporary_authorisation::view::{AuthorisationExamination, AuthorisationFile};
use chrono::{DateTime, Utc};
use domain::temporary_authorisation::attached::{AttachedFile, AttachedFiles};
use domain::temporary_authorisation::model::SentBack;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A wholesaler's notification for a temporary authorisation (PF art. 4(8)) in the view of the caller.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TemporaryAuthorisation, example = examples::authorisation)]
pub struct TemporaryAuthorisationView {
    pub id: Uuid,
    /// Given with the draft; has a random part and a check character.
    #[schema(example = "ZCD-2026-7K3M9QXT-Z")]
    pub number: String,
    pub state: AuthorisationState,
    /// Grows by one with every saved change; the `ETag`.
    #[schema(example = 3)]
    pub revision: i64,
    /// Grows when what was signed goes back to a draft.
    #[schema(example = 1)]
    pub content_version: i32,
    /// The wholesaler that notifies.
    pub wholesaler_id: Uuid,
    /// The consent to which it adds batches.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub adds_to: Option<Uuid>,
    /// The name that its client gave it; nobody but the notifier sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "WMS-2026-000017")]
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// The term that runs: the period of a consent, or the time for an answer.
    pub clocks: Vec<ClockView>,
    /// A step whose trusted signature awaits validation; until it is taken or refused there is only a withdrawal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pending_step: Option<PendingStepView>,
    /// Signed steps that were not taken because an officer ended the wait for their validation, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused_steps: Vec<RefusedStepView>,
    pub content: TemporaryAuthorisationContent,
    /// The files of the documents that the content names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attached_files: Option<AttachedFilesView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub examination: Option<AuthorisationExaminationView>,
    /// How it came on paper (PF art. 4ad(8)).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub paper: Option<AuthorisationPaperView>,
    /// Questions of the minister that the caller may see, the open one last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clarifications: Vec<ClarificationView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ministry_file: Option<AuthorisationFileView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ruling: Option<AuthorisationRulingView>,
    /// When the period of the consent was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub lapsed_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub revocation: Option<DemandRevocationView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub withdrawal: Option<DemandWithdrawalView>,
    /// The pharmacies that passed the consent on; a pharmacy sees itself alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub passed_on: Option<Vec<HandoverView>>,
    /// What was brought in and dispensed; a pharmacy sees its own entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ledger: Option<DemandLedgerView>,
}

impl TemporaryAuthorisationView {
    pub fn of(view: &AuthorisationView) -> Self {
        Self {
            id: view.id.0,
            number: view.number.as_str().to_owned(),
            state: view.state.into(),
            revision: view.revision,
            content_version: view.content_version,
            wholesaler_id: view.wholesaler.0,
            adds_to: view.adds_to.map(|base| base.0),
            client_reference: view.client_reference.clone(),
            created_at: view.created_at,
            changed_at: view.changed_at,
            clocks: view.clocks.iter().map(ClockView::of_notification).collect(),
            pending_step: view.pending.as_ref().map(PendingStepView::of),
            refused_steps: view.refused_steps.iter().map(RefusedStepView::of).collect(),
            content: TemporaryAuthorisationContent::of(&view.content),
            attached_files: view.files.as_ref().map(AttachedFilesView::of),
            examination: view.examination.as_ref().map(AuthorisationExaminationView::of),
            paper: view.paper.as_ref().map(AuthorisationPaperView::of),
            clarifications: view.clarifications.iter().map(ClarificationView::of).collect(),
            ministry_file: view.ministry_file.as_ref().map(AuthorisationFileView::of),
            ruling: view.ruling.as_ref().map(AuthorisationRulingView::of),
            lapsed_at: view.lapsed_at,
            revocation: view.revocation.as_ref().map(DemandRevocationView::of),
            withdrawal: view.withdrawal.as_ref().map(DemandWithdrawalView::of),
            passed_on: view.passed_on.as_ref().map(|all| all.iter().map(HandoverView::of).collect()),
            ledger: view.ledger.as_ref().map(DemandLedgerView::of),
        }
    }
}

impl TemporaryAuthorisationView {
    /// What changes without a revision: a term that is held, and a named file that has arrived.
    pub(super) fn unrevised(&self) -> Option<impl Serialize + '_> {
        let held = held(&self.clocks);
        let files = self.attached_files.as_ref().filter(|files| files.has_any());
        (held.is_some() || files.is_some()).then_some((held, files))
    }
}

/// Whether the file of each document that the content names is there; without it there is no submission.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AttachedFiles)]
pub struct AttachedFilesView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub power_of_representation: Option<AttachedFileView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub agriculture_minister_request: Option<AttachedFileView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub responsible_person_authorisation: Option<AttachedFileView>,
}

/// The attachment that is the named document: of the digest that is signed, for representative and ministry.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AttachedFile)]
pub struct AttachedFileView {
    /// `null` while there is none.
    pub attachment_id: Option<Uuid>,
}

impl AttachedFilesView {
    fn has_any(&self) -> bool {
        let all = [
            &self.power_of_representation,
            &self.agriculture_minister_request,
            &self.responsible_person_authorisation,
        ];
        all.into_iter().flatten().any(|file| file.attachment_id.is_some())
    }

    fn of(it: &AttachedFiles) -> Self {
        let file = |it: AttachedFile| AttachedFileView { attachment_id: it.attachment.map(|id| id.0) };
        Self {
            power_of_representation: it.power_of_representation.map(file),
            agriculture_minister_request: it.agriculture_minister_request.map(file),
            responsible_person_authorisation: it.responsible_person_authorisation.map(file),
        }
    }
}

/// Who signed, and why it was sent back last.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationExamination)]
pub struct AuthorisationExaminationView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub submission: Option<SignedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub representative_approval: Option<SignedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sent_back: Option<SentBackView>,
}

impl AuthorisationExaminationView {
    fn of(it: &AuthorisationExamination) -> Self {
        Self {
            submission: it.submission.as_ref().map(SignedView::attested),
            representative_approval: it.representative_approval.as_ref().map(SignedView::attested),
            sent_back: it.sent_back.as_ref().map(SentBackView::of),
        }
    }
}

/// Why the representative sent it back to its draft.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationSentBack)]
pub struct SentBackView {
    pub reason: String,
    pub at: DateTime<Utc>,
}

impl SentBackView {
    fn of(it: &SentBack) -> Self {
        Self { reason: it.reason.as_str().to_owned(), at: it.at }
    }
}

/// What only the ministry sees.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthorisationMinistryFile)]
pub struct AuthorisationFileView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub assigned: Option<OfficerView>,
    /// Put before the decider.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub draft: Option<ConsentDraftView>,
    /// Why the last draft was taken back or sent back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub draft_returned: Option<DraftReturnView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub taken_over: Option<TakeoverView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub revocation_draft: Option<RevocationDraftView>,
}

impl AuthorisationFileView {
    fn of(it: &AuthorisationFile) -> Self {
        Self {
            assigned: it.assigned.as_ref().map(OfficerView::of),
            draft: it.draft.as_ref().map(|(draft, sha256)| ConsentDraftView::of(draft, sha256)),
            draft_returned: it.draft_returned.as_ref().map(DraftReturnView::of),
            taken_over: it.taken_over.as_ref().map(TakeoverView::of),
            revocation_draft: it.revocation_draft.as_ref().map(RevocationDraftView::of),
        }
    }
}
