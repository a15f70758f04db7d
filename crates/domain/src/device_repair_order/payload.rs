//! What the issuer of a repair order, or whom they authorise, signs. The service rebuilds these bytes (RFC 8785) and compares;
//! nothing in them reads a clock, and the number, which is given with the signature, is not in them.

use super::content::Content;
use super::model::{Issuer, RepairOrder};
use crate::device_order::model::ByLicence;
use crate::ids::{OrganisationId, RepairOrderId};
use serde::Serialize;

/// The payload's `type`: a correction is signed like the first submission, over a content of a higher version.
pub const STEP: &str = "device-repair-order";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepairOrderPayload<'a> {
    r#type: &'static str,
    id: RepairOrderId,
    content_version: i32,
    content: &'a Content,
    /// Of a prescriber.
    #[serde(skip_serializing_if = "Option::is_none")]
    prescriber: Option<&'a ByLicence>,
    /// Of a branch of the payer.
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<u8>,
    entity: OrganisationId,
}

/// The order as it stands, for its first submission.
pub fn submission(order: &RepairOrder) -> RepairOrderPayload<'_> {
    of(order, &order.content, order.content_version)
}

/// The order with another content, for a correction (DO-26).
pub fn correction<'a>(order: &'a RepairOrder, content: &'a Content) -> RepairOrderPayload<'a> {
    of(order, content, order.content_version + 1)
}

fn of<'a>(order: &'a RepairOrder, content: &'a Content, content_version: i32) -> RepairOrderPayload<'a> {
    let branch = match &order.issuer {
        Issuer::Prescriber { .. } => None,
        Issuer::Branch { branch, .. } => Some(*branch),
    };
    RepairOrderPayload {
        r#type: STEP,
        id: order.id,
        content_version,
        content,
        prescriber: order.issuer.prescriber(),
        branch,
        entity: order.entity,
    }
}
