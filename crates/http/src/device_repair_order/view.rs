//! A repair order as a party is shown it.

mod holds;

pub use holds::{RepairGivenBackView, RepairHeldByView, RepairHoldView};

use super::choices::{DeviceRepairOrderAction, DeviceRepairOrderState, RepairIssuerKind};
use super::content::DeviceRepairOrderContent;
use super::examples;
use crate::clock::ClockView;
use crate::demand::choices::SignatureKind;
use crate::demand::view::SignedView;
use crate::device_group::choices::IssuerProfession;
use crate::device_order::ReceiverView;
use crate::device_order::choices::IssueMethod;
use crate::device_order::view::{
    ConfirmedRightView, OrderDecisionView, VerificationFindingView, by_assistant,
};
use app::device_repair_order::RepairOrderView;
use app::device_repair_order::view::{RepairVerificationView, RepairView};
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::pending::{PendingStep, RefusedStep};
use domain::device_repair_order::Command;
use domain::device_repair_order::model::{Extension, Issue, Issuer, RepairTerms};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A repair order with everything that the caller may see of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrder, example = examples::shown)]
pub struct DeviceRepairOrderShown {
    pub id: Uuid,
    /// Given with the first signature; kept over corrections.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T5-7QXT22A4-CDEF3K7M")]
    pub number: Option<String>,
    pub state: DeviceRepairOrderState,
    pub revision: i64,
    pub content_version: i32,
    pub entity_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issuer: Option<RepairIssuerView>,
    /// The name that its client gave it; nobody but the issuer sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "HIS-NAP-000123")]
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// The terms that run, soonest first.
    pub clocks: Vec<ClockView>,
    pub content: DeviceRepairOrderContent,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issue: Option<RepairIssueView>,
    /// A trusted signature awaits validation outside: the step is taken when it is confirmed, as of its receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pending_step: Option<RepairPendingStepView>,
    /// Steps whose wait was ended, oldest first.
    pub refused_steps: Vec<RepairRefusedStepView>,
    /// What the payer found, once it has looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verification: Option<RepairVerificationShown>,
    /// The last day on which it can be taken up and the device given out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub last_day: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cancellation: Option<OrderDecisionView>,
    /// Who holds it at present, and until when; while it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub held_by: Option<RepairHeldByView>,
    /// Who has the repair; a provider sees its own hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hold: Option<RepairHoldView>,
    /// What was done, once the device was given out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub repair: Option<RepairShown>,
    /// Holds and confirmations that were given back, oldest first; a provider sees its own.
    pub given_back: Vec<RepairGivenBackView>,
}

impl DeviceRepairOrderShown {
    pub fn of(view: &RepairOrderView) -> Self {
        Self {
            id: view.id.0,
            number: view.number.as_ref().map(|number| number.as_str().to_owned()),
            state: view.state.into(),
            revision: view.revision,
            content_version: view.content_version,
            entity_id: view.entity.0,
            issuer: view.issuer.as_ref().map(RepairIssuerView::of),
            client_reference: view.client_reference.clone(),
            created_at: view.created_at,
            changed_at: view.changed_at,
            clocks: view.clocks.iter().map(ClockView::of_order).collect(),
            content: DeviceRepairOrderContent::of(&view.content),
            issue: view.issue.as_ref().map(RepairIssueView::of),
            pending_step: view.pending.as_ref().map(RepairPendingStepView::of),
            refused_steps: view.refused_steps.iter().map(RepairRefusedStepView::of).collect(),
            verification: view.verification.as_ref().map(RepairVerificationShown::of),
            last_day: view.last_day,
            cancellation: view.cancellation.as_ref().map(OrderDecisionView::of_cancellation),
            held_by: view.held_by.as_ref().map(RepairHeldByView::of),
            hold: view.hold.as_ref().map(RepairHoldView::of),
            repair: view.repair.as_ref().map(RepairShown::of),
            given_back: view.given_back.iter().map(RepairGivenBackView::of).collect(),
        }
    }
}

/// A prescriber by profession and licence (DO-1), or a branch of the payer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairIssuerView {
    pub kind: RepairIssuerKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub profession: Option<IssuerProfession>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "3900433")]
    pub licence_number: Option<String>,
    /// Of a branch.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 17)]
    pub branch: Option<u8>,
}

impl RepairIssuerView {
    fn of(it: &Issuer) -> Self {
        match it {
            Issuer::Prescriber { by } => Self {
                kind: RepairIssuerKind::Prescriber,
                profession: Some(by.profession.into()),
                licence_number: Some(by.licence_number.as_str().to_owned()),
                branch: None,
            },
            Issuer::Branch { branch, .. } => Self {
                kind: RepairIssuerKind::Branch,
                profession: None,
                licence_number: None,
                branch: Some(*branch),
            },
        }
    }
}

/// The signature under the content as it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairIssueView {
    pub signature: SignedView,
    /// Whether an authorised assistant signed in the issuer's name (DO-7).
    pub by_assistant: bool,
    pub content_version: i32,
    /// Warsaw date.
    pub issued_on: NaiveDate,
}

impl RepairIssueView {
    fn of(it: &Issue) -> Self {
        Self {
            signature: SignedView::attested(&it.signed),
            by_assistant: by_assistant(&it.signed_by),
            content_version: it.content_version,
            issued_on: it.issued_on,
        }
    }
}

/// A step that is taken by itself when its signature has been confirmed; `…/history` tells the outcome.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairPendingStepView {
    pub action: DeviceRepairOrderAction,
    /// When the signature was received: the step is judged as of then.
    pub received_at: DateTime<Utc>,
    /// The kind of the signature.
    pub kind: SignatureKind,
}

impl RepairPendingStepView {
    fn of(it: &PendingStep) -> Self {
        let action = Command::of_step(it.step).into();
        Self { action, received_at: it.received_at, kind: it.kind.into() }
    }
}

/// A step that was not taken: the issuer, or another officer of the payer, ended the wait for the validation of its signature, and
/// it may be signed anew.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrderRefusedStep)]
pub struct RepairRefusedStepView {
    pub action: DeviceRepairOrderAction,
    /// When the signature was received.
    pub received_at: DateTime<Utc>,
    pub refused_at: DateTime<Utc>,
    #[schema(example = "Usługa sprawdzania podpisów nie odpowiada; podpisuję podpisem kwalifikowanym.")]
    pub reason: String,
}

impl RepairRefusedStepView {
    fn of(it: &RefusedStep) -> Self {
        Self {
            action: Command::of_step(it.step).into(),
            received_at: it.received_at,
            refused_at: it.refused_at,
            reason: it.reason.as_str().to_owned(),
        }
    }
}

/// A positive result has its terms, a negative one all that stands in the way.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RepairVerification)]
pub struct RepairVerificationShown {
    pub positive: bool,
    pub verified_at: DateTime<Utc>,
    /// How the right to benefits is known, of a positive result.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub right: Option<ConfirmedRightView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub terms: Option<RepairTermsView>,
    pub problems: Vec<VerificationFindingView>,
    pub warnings: Vec<VerificationFindingView>,
}

impl RepairVerificationShown {
    fn of(it: &RepairVerificationView) -> Self {
        Self {
            positive: it.is_positive,
            verified_at: it.verified_at,
            right: it.right.as_ref().map(ConfirmedRightView::of),
            terms: it.terms.as_ref().map(RepairTermsView::of),
            problems: it.findings.iter().map(VerificationFindingView::of).collect(),
            warnings: it.warnings.iter().map(VerificationFindingView::of).collect(),
        }
    }
}

/// What the payer bears of the repair.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairTermsView {
    /// Of the whole period of use; PLN.
    #[schema(example = "1000.00")]
    pub limit: String,
    /// What earlier repairs have left of it.
    #[schema(example = "750.00")]
    pub left: String,
    /// The payer's share of what lies within what is left.
    #[schema(minimum = 0, maximum = 100, example = 90)]
    pub refund_percent: u8,
}

impl RepairTermsView {
    pub(super) fn of(it: &RepairTerms) -> Self {
        Self {
            limit: it.limit.to_string(),
            left: it.left.limit.to_string(),
            refund_percent: it.left.refund.get(),
        }
    }
}

/// What was repaired, and what it cost whom; PLN.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepair)]
pub struct RepairShown {
    pub description: String,
    #[schema(example = "750.00")]
    pub price: String,
    #[schema(example = "675.00")]
    pub refund: String,
    #[schema(example = "75.00")]
    pub copay: String,
    /// What other repairs had left of the repair limit by then (RO-84): the price is borne up to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "900.00")]
    pub left: Option<String>,
    /// How much of the repair limit it used (DO-48).
    #[schema(example = "750.00")]
    pub used: String,
    pub guarantee_months: u32,
    /// By what the repair lengthened the period of use; absent where the list has no such period in months.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub extension: Option<RepairExtensionView>,
    pub issued_on: NaiveDate,
    pub method: IssueMethod,
    pub staff: String,
    pub received_on: NaiveDate,
    /// Not told to whoever issued the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    received_by: Option<ReceiverView>,
    pub confirmed_at: DateTime<Utc>,
}

impl RepairShown {
    fn of(it: &RepairView) -> Self {
        let repair = &it.repair;
        Self {
            description: repair.description.as_str().to_owned(),
            price: repair.amounts.price.to_string(),
            refund: repair.amounts.refund.to_string(),
            copay: repair.amounts.copay.to_string(),
            left: repair.left.map(|it| it.to_string()),
            used: repair.used.to_string(),
            guarantee_months: repair.guarantee_months,
            extension: repair.extension.map(RepairExtensionView::of),
            issued_on: repair.issued_on,
            method: repair.method.into(),
            staff: repair.staff.as_str().to_owned(),
            received_on: repair.receipt.received_on,
            received_by: it.received_by.as_ref().map(ReceiverView::of),
            confirmed_at: repair.confirmed_at,
        }
    }
}

/// By how much a repair lengthened the period of use (DO-48).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepairExtensionView {
    /// In full months, rounded down.
    #[schema(example = 45)]
    pub months: u32,
    /// The day from which the next device is borne; absent where it is not known here when the present one was supplied.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub extended_to: Option<NaiveDate>,
}

impl RepairExtensionView {
    fn of(it: Extension) -> Self {
        Self { months: it.months, extended_to: it.extended_to }
    }
}
