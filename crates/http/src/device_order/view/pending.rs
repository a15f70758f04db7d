//! A signature on an order that awaits validation, and those whose wait was ended.

use crate::demand::choices::SignatureKind;
use crate::device_order::choices::DeviceOrderAction;
use chrono::{DateTime, Utc};
use domain::device_order::pending::{PendingStep, RefusedStep};
use serde::Serialize;
use utoipa::ToSchema;

/// A step that is taken by itself when its signature has been confirmed; `…/history` tells the outcome.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderPendingStep)]
pub struct OrderPendingStepView {
    pub action: DeviceOrderAction,
    /// When the signature was received: the step is judged, and months count, as of then.
    pub received_at: DateTime<Utc>,
    /// The kind of the signature.
    pub kind: SignatureKind,
}

impl OrderPendingStepView {
    pub(super) fn of(it: &PendingStep) -> Self {
        Self { action: it.step.command().into(), received_at: it.received_at, kind: it.kind.into() }
    }
}

/// A step that was not taken: the issuer, or an officer of the payer, ended the wait for the validation of its signature, and
/// it may be signed anew.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderRefusedStep)]
pub struct OrderRefusedStepView {
    pub action: DeviceOrderAction,
    /// When the signature was received.
    pub received_at: DateTime<Utc>,
    pub refused_at: DateTime<Utc>,
    #[schema(example = "Usługa sprawdzania podpisów nie odpowiada; podpisuję podpisem kwalifikowanym.")]
    pub reason: String,
}

impl OrderRefusedStepView {
    pub(super) fn of(it: &RefusedStep) -> Self {
        Self {
            action: it.step.command().into(),
            received_at: it.received_at,
            refused_at: it.refused_at,
            reason: it.reason.as_str().to_owned(),
        }
    }
}
