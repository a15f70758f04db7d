//! What the prescriber, or whom they authorise, signs. The service rebuilds these bytes (RFC 8785) and compares; nothing in
//! them reads a clock, and the number, which is given with the signature, is not in them.

use super::content::Content;
use super::model::{ByLicence, DeviceOrder};
use crate::ids::{DeviceOrderId, OrganisationId};
use serde::Serialize;

/// The payload's `type`: a correction is signed like the first submission, over a content of a higher version.
pub const STEP: &str = "device-order";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderPayload<'a> {
    r#type: &'static str,
    id: DeviceOrderId,
    content_version: i32,
    content: &'a Content,
    prescriber: &'a ByLicence,
    entity: OrganisationId,
}

/// The order as it stands, for its first submission.
pub fn submission(order: &DeviceOrder) -> OrderPayload<'_> {
    of(order, &order.content, order.content_version)
}

/// The order with another content, for a correction (DO-26).
pub fn correction<'a>(order: &'a DeviceOrder, content: &'a Content) -> OrderPayload<'a> {
    of(order, content, order.content_version + 1)
}

fn of<'a>(order: &'a DeviceOrder, content: &'a Content, content_version: i32) -> OrderPayload<'a> {
    OrderPayload {
        r#type: STEP,
        id: order.id,
        content_version,
        content,
        prescriber: &order.prescriber,
        entity: order.entity,
    }
}
