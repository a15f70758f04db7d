//! The content of a repair order as clients send and see it: the same members are sent and read back.

use super::choices::OriginalOrderKind;
use crate::device_order::choices::DeviceSide;
use crate::device_order::content::read::{
    Belongs, additional_entitlement, members, patient, place, prescriber, right,
};
use crate::device_order::content::shown::{self, text, unless_empty};
use crate::device_order::content::{
    AdditionalEntitlement, OrderPatient, OrderPrescriber, PlaceOfIssue, RightProof,
};
use crate::parsing::Faults;
use domain::device_repair_order::Content;
use domain::device_repair_order::content as model;
use domain::values::{DeviceCode, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// What the issuer signs (eZWM, parts I.A to I.C of a repair order). A draft may lack any member; a submission is judged by the
/// form. Members that the reader may not see are left out.
#[derive(Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeviceRepairOrderContent {
    /// None where a branch of the payer orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceOfIssue>,
    /// None where a branch of the payer orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub prescriber: Option<OrderPrescriber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<OrderPatient>,
    /// Stands in where the payer does not confirm the right to benefits (DO-28).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<RightProof>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_entitlement: Option<AdditionalEntitlement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<RepairedDevice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<OriginalOrder>,
    /// Why it has to be repaired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500, example = "Pęknięta rama.")]
    pub justification: Option<String>,
}

/// What is to be repaired.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RepairedDevice {
    /// A code of `GET /device-groups`.
    #[schema(max_length = 16, example = "S.12.01")]
    pub code: String,
    /// The tier of the group; the first one where none is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub tier: Option<u32>,
    /// Exactly one of a sided device; what stands on the other side is another device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<DeviceSide>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 250, example = "Wytwórnia Testowa")]
    pub maker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 250, example = "W-1")]
    pub model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, example = "Wózek inwalidzki")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, example = "SN-0001")]
    pub serial_number: Option<String>,
}

/// By which order the device was supplied, and which branch paid; or why that is not known.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OriginalOrder {
    pub kind: OriginalOrderKind,
    /// Of a `KNOWN` one: in the payer's shape, or in one from before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 24, example = "T5-3K7M9QXT-22A4CDEF")]
    pub number: Option<String>,
    /// Of a `KNOWN` one: the payer's branch.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 17, example = 7)]
    pub branch: Option<u8>,
    /// Of an `UNKNOWN` one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

impl DeviceRepairOrderContent {
    /// The content, or every illegal value in it.
    pub fn read(&self, faults: &mut Faults) -> Option<Content> {
        let place = faults.within_optional("place", self.place.as_ref(), place);
        let prescriber = faults.within_optional("prescriber", self.prescriber.as_ref(), prescriber);
        let patient = faults.within_optional("patient", self.patient.as_ref(), patient);
        let right = faults.within_optional("right", self.right.as_ref(), right);
        let additional = self.additional_entitlement.as_ref();
        let additional = faults.within_optional("additionalEntitlement", additional, additional_entitlement);
        let device = faults.within_optional("device", self.device.as_ref(), device);
        let original = faults.within_optional("original", self.original.as_ref(), original);
        let justification = faults.optional("/justification", self.justification.as_deref(), Text::parse);
        Some(Content {
            place: place?.unwrap_or_default(),
            prescriber: prescriber?.unwrap_or_default(),
            patient: patient?.unwrap_or_default(),
            right: right?,
            additional_entitlement: additional?,
            device: device?,
            original: original?,
            justification: justification?,
        })
    }

    pub fn of(it: &Content) -> Self {
        Self {
            place: unless_empty(&it.place, shown::place),
            prescriber: unless_empty(&it.prescriber, shown::prescriber),
            patient: unless_empty(&it.patient, shown::patient),
            right: it.right.as_ref().map(shown::right),
            additional_entitlement: it.additional_entitlement.as_ref().map(shown::additional_entitlement),
            device: it.device.as_ref().map(RepairedDevice::of),
            original: it.original.as_ref().map(OriginalOrder::of),
            justification: text(it.justification.as_ref()),
        }
    }
}

fn device(faults: &mut Faults, it: &RepairedDevice) -> Option<model::RepairedDevice> {
    let code = faults.take("/code", DeviceCode::parse(&it.code));
    let maker = faults.optional("/maker", it.maker.as_deref(), Text::parse);
    let model_name = faults.optional("/model", it.model.as_deref(), Text::parse);
    let name = faults.optional("/name", it.name.as_deref(), Text::parse);
    let serial_number = faults.optional("/serialNumber", it.serial_number.as_deref(), Text::parse);
    Some(model::RepairedDevice {
        code: code?,
        tier: it.tier,
        side: it.side.map(Into::into),
        maker: maker?,
        model: model_name?,
        name: name?,
        serial_number: serial_number?,
    })
}

fn original(faults: &mut Faults, it: &OriginalOrder) -> Option<model::Original> {
    let is_known = it.kind == OriginalOrderKind::Known;
    let is_whole = members(
        faults,
        &[
            ("/number", it.number.is_some(), Belongs::must(is_known)),
            ("/branch", it.branch.is_some(), Belongs::must(is_known)),
            ("/reason", it.reason.is_some(), Belongs::must(!is_known)),
        ],
    );
    let number = faults.optional("/number", it.number.as_deref(), Text::parse);
    let reason = faults.optional("/reason", it.reason.as_deref(), Text::parse);
    let (number, reason) = (number?, reason?);
    if !is_whole {
        return None;
    }
    match it.kind {
        OriginalOrderKind::Known => Some(model::Original::Known { number: number?, branch: it.branch? }),
        OriginalOrderKind::Unknown => Some(model::Original::Unknown { reason: reason? }),
    }
}

impl RepairedDevice {
    fn of(it: &model::RepairedDevice) -> Self {
        Self {
            code: it.code.as_str().to_owned(),
            tier: it.tier,
            side: it.side.map(Into::into),
            maker: text(it.maker.as_ref()),
            model: text(it.model.as_ref()),
            name: text(it.name.as_ref()),
            serial_number: text(it.serial_number.as_ref()),
        }
    }
}

impl OriginalOrder {
    fn of(it: &model::Original) -> Self {
        match it {
            model::Original::Known { number, branch } => Self {
                kind: OriginalOrderKind::Known,
                number: Some(number.as_str().to_owned()),
                branch: Some(*branch),
                reason: None,
            },
            model::Original::Unknown { reason } => Self {
                kind: OriginalOrderKind::Unknown,
                number: None,
                branch: None,
                reason: Some(reason.as_str().to_owned()),
            },
        }
    }
}
