//! The choices of a repair order as the contract lists them.

use crate::demand::choices::choices;
use domain::device_repair_order::lifecycle::{Command, StateName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

choices! {
    /// Where a repair order stands.
    DeviceRepairOrderState of StateName {
        Draft = "DRAFT",
        Verifying = "VERIFYING",
        Negative = "NEGATIVE",
        Positive = "POSITIVE",
        Held = "HELD",
        Realised = "REALISED",
        Expired = "EXPIRED",
        Cancelled = "CANCELLED",
    }

    /// What can be asked of a repair order, as its path says it.
    DeviceRepairOrderAction of Command {
        Edit = "edit",
        Submission = "submission",
        PendingStepRefusal = "pending-step/refusal",
        VerificationResult = "verification-result",
        Correction = "correction",
        Cancellation = "cancellation",
        TakeUp = "take-up",
        TakeUpWithdrawal = "take-up-withdrawal",
        ReleaseRequest = "release-requests",
        Realisation = "realisation",
        RealisationWithdrawal = "realisation-withdrawal",
        Elapse = "elapse",
    }
}

/// Whether the order that supplied the device is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OriginalOrderKind {
    Known,
    Unknown,
}

/// Who orders the repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RepairIssuerKind {
    Prescriber,
    /// A branch of the payer, at the patient's request.
    Branch,
}
