//! What a party is shown of an order. What it may not see is left out.

mod pending;
mod periods;
mod verification;

pub use pending::{OrderPendingStepView, OrderRefusedStepView};
pub use periods::{OrderAccessView, OrderPeriodView};
pub use verification::{
    ConfirmedLineView, ConfirmedRightView, FoundView, OrderVerificationView, SaidView,
    VerificationFindingView,
};

pub(super) use verification::problem_of;

use super::choices::DeviceOrderState;
use super::content::DeviceOrderContent;
use super::examples;
use super::paper::PaperOrderView;
use super::take_ups::TakeUpShown;
use crate::clock::ClockView;
use crate::demand::view::{OfficerView, SignedView};
use crate::device_group::choices::IssuerProfession;
use app::device_order::DeviceOrderView;
use app::device_order::visibility::{Group, sees};
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::model::Officer;
use domain::device_order::lifecycle::Cancellation;
use domain::device_order::model::{Acceptance, ByLicence, Issue, Signatory};
use domain::values::Text;
use periods::periods;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An order for a medical device (refund act art. 38) in the view of the caller.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrder, example = examples::order)]
pub struct DeviceOrderShown {
    pub id: Uuid,
    /// Given with the first signature, and kept over corrections.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T5-3K7M9QXT-22A4CDEF")]
    pub number: Option<String>,
    pub state: DeviceOrderState,
    /// The payer's letter of the state: R, W, P, N, A or Z; a draft has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 1, example = "P")]
    pub nfz_status: Option<String>,
    /// Grows by one with every saved change.
    #[schema(example = 3)]
    pub revision: i64,
    /// Grows with every correction.
    #[schema(example = 1)]
    pub content_version: i32,
    /// Where it is issued.
    pub entity_id: Uuid,
    /// In whose name it is issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issuer: Option<OrderIssuerView>,
    /// The name that its client gave it; nobody but the issuer sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "HIS-ZW-000123")]
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// The terms that run, soonest first.
    pub clocks: Vec<ClockView>,
    pub content: DeviceOrderContent,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issue: Option<OrderIssueView>,
    /// How it came on paper, where it was not issued electronically.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub paper: Option<PaperOrderView>,
    /// A trusted signature awaits validation outside: the step is taken when it is confirmed, as of its receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pending_step: Option<OrderPendingStepView>,
    /// Steps that were not taken because the wait for the validation of their signature was ended, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused_steps: Vec<OrderRefusedStepView>,
    /// What the payer found, once it has looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verification: Option<OrderVerificationView>,
    /// An officer took the negative order for a positive one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub acceptance: Option<OrderDecisionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cancellation: Option<OrderDecisionView>,
    /// The months that were left were cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tail_cancellation: Option<OrderTailView>,
    /// While something of the order can be taken up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub access: Option<OrderAccessView>,
    /// What is left of each month; of a one-off order the one supply.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub periods: Option<Vec<OrderPeriodView>>,
    /// Every take-up that there was, oldest first; a provider sees its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub take_ups: Option<Vec<TakeUpShown>>,
}

impl DeviceOrderShown {
    pub fn of(view: &DeviceOrderView) -> Self {
        Self {
            id: view.id.0,
            number: view.number.as_ref().map(|number| number.as_str().to_owned()),
            state: view.state.into(),
            nfz_status: view.state.nfz_letter().map(String::from),
            revision: view.revision,
            content_version: view.content_version,
            entity_id: view.entity.0,
            issuer: view.prescriber.as_ref().map(OrderIssuerView::of),
            client_reference: view.client_reference.clone(),
            created_at: view.created_at,
            changed_at: view.changed_at,
            clocks: view.clocks.iter().map(ClockView::of_order).collect(),
            content: DeviceOrderContent::of(&view.content),
            issue: view.issue.as_ref().map(OrderIssueView::of),
            paper: view
                .issue
                .as_ref()
                .and_then(|it| it.paper.as_ref())
                .map(|paper| PaperOrderView::of(paper, sees(view.relation, Group::Contact))),
            pending_step: view.pending.as_ref().map(OrderPendingStepView::of),
            refused_steps: view.refused_steps.iter().map(OrderRefusedStepView::of).collect(),
            verification: view.verification.as_ref().map(OrderVerificationView::of),
            acceptance: view.acceptance.as_ref().map(OrderDecisionView::of_acceptance),
            cancellation: view.cancellation.as_ref().map(OrderDecisionView::of_cancellation),
            tail_cancellation: view.tail.as_ref().map(|tail| OrderTailView {
                from: tail.from.to_string(),
                cancellation: OrderDecisionView::of_cancellation(&tail.cancellation),
            }),
            access: view.access.as_ref().map(OrderAccessView::of),
            periods: view.periods.as_ref().map(|it| periods(it, view)),
            take_ups: view
                .take_ups
                .as_ref()
                .map(|all| all.iter().map(|it| TakeUpShown::of(view, it)).collect()),
        }
    }
}

/// By profession and licence (DO-1).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderIssuer)]
pub struct OrderIssuerView {
    pub profession: IssuerProfession,
    #[schema(example = "3900433")]
    pub licence_number: String,
}

impl OrderIssuerView {
    fn of(it: &ByLicence) -> Self {
        Self { profession: it.profession.into(), licence_number: it.licence_number.as_str().to_owned() }
    }
}

/// The signature under the content as it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderIssue)]
pub struct OrderIssueView {
    pub signature: SignedView,
    /// Whether an authorised assistant signed in the issuer's name (DO-7).
    pub by_assistant: bool,
    pub content_version: i32,
    /// Warsaw date.
    pub issued_on: NaiveDate,
}

impl OrderIssueView {
    fn of(it: &Issue) -> Self {
        Self {
            signature: SignedView::attested(&it.signed),
            by_assistant: by_assistant(&it.signed_by),
            content_version: it.content_version,
            issued_on: it.issued_on,
        }
    }
}

/// Whether an authorised assistant signed in the issuer's name (DO-7).
pub(crate) fn by_assistant(signed_by: &Signatory) -> bool {
    matches!(signed_by, Signatory::Authorised { .. })
}

/// Why; by an officer of the payer, or by the issuing entity.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderDecision)]
pub struct OrderDecisionView {
    pub reason: String,
    /// The officer of the payer; absent where the issuing entity did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<OfficerView>,
    pub at: DateTime<Utc>,
}

impl OrderDecisionView {
    pub(crate) fn made(reason: &Text<500>, by: Option<&Officer>, at: DateTime<Utc>) -> Self {
        Self { reason: reason.as_str().to_owned(), by: by.map(OfficerView::of), at }
    }

    fn of_acceptance(it: &Acceptance) -> Self {
        Self { reason: it.reason.as_str().to_owned(), by: Some(OfficerView::of(&it.by)), at: it.at }
    }

    pub(crate) fn of_cancellation(it: &Cancellation) -> Self {
        Self { reason: it.reason.as_str().to_owned(), by: it.by.as_ref().map(OfficerView::of), at: it.at }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderTail)]
pub struct OrderTailView {
    /// The first month that is no longer to be had.
    #[schema(example = "2027-03")]
    pub from: String,
    pub cancellation: OrderDecisionView,
}
