//! What was issued of a take-up, what it cost whom, and who took it.

use super::choices::ReceiverKind;
use super::quotes::AmountsView;
use crate::demand::content::PatientIdentifier;
use crate::demand::view::OfficerView;
use crate::device_order::choices::{DeviceSide, IssueMethod};
use crate::device_order::view::ConfirmedLineView;
use app::device_order::view::{ReceiptView, TakeUpView};
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::model::{
    IssuedItem, IssuedProduct, Realisation, Receiver, TakeUpState, WithdrawnRealisation,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Goods that were issued, split to the grosz on the frozen terms.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRealisation)]
pub(crate) struct RealisationView {
    issued_on: NaiveDate,
    method: IssueMethod,
    staff: String,
    /// The contract of the day of issue.
    #[schema(example = "PIASKOWNICA/07/0001")]
    contract: String,
    items: Vec<IssuedItemView>,
    total: AmountsView,
    /// Absent while goods of a courier are on their way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    receipt: Option<ReceiptShown>,
    /// Months of the take-up that had passed by the day of issue.
    #[schema(example = json!([]))]
    lost_months: Vec<String>,
    confirmed_at: DateTime<Utc>,
}

impl RealisationView {
    pub(super) fn of(it: &TakeUpView) -> Option<Self> {
        let realisation = match &it.take_up.state {
            TakeUpState::Realised { realisation } => realisation,
            TakeUpState::Verifying
            | TakeUpState::Refused { .. }
            | TakeUpState::Held
            | TakeUpState::Withdrawn { .. }
            | TakeUpState::Lapsed { .. } => return None,
        };
        Some(Self {
            issued_on: realisation.issued_on,
            method: realisation.method.into(),
            staff: realisation.staff.as_str().to_owned(),
            contract: realisation.provider.contract.as_str().to_owned(),
            items: realisation.items.iter().map(IssuedItemView::of).collect(),
            total: AmountsView::of(realisation.amounts),
            receipt: it.receipt.as_ref().map(|receipt| ReceiptShown::of(receipt, realisation)),
            lost_months: realisation.lost.iter().map(ToString::to_string).collect(),
            confirmed_at: realisation.confirmed_at,
        })
    }
}

/// What was issued of one code, tier and side, and the confirmed line on whose terms it is borne.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IssuedItem)]
pub(crate) struct IssuedItemView {
    #[schema(example = "Y.06.01")]
    code: String,
    #[schema(example = 2)]
    tier: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    side: Option<DeviceSide>,
    products: Vec<IssuedProductView>,
    /// With the limit; its code is another one where the issued code shares its limit.
    line: ConfirmedLineView,
    amounts: AmountsView,
}

impl IssuedItemView {
    fn of(it: &IssuedItem) -> Self {
        Self {
            code: it.code.as_str().to_owned(),
            tier: it.tier,
            side: it.side.map(Into::into),
            products: it.products.iter().map(IssuedProductView::of).collect(),
            line: ConfirmedLineView::of(&it.line),
            amounts: AmountsView::of(it.amounts),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IssuedProduct)]
pub(crate) struct IssuedProductView {
    /// Number on the provider's list.
    #[schema(example = "900000000001")]
    product: String,
    maker: String,
    model: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    serial_number: Option<String>,
    pieces: u32,
    /// Gross, of one piece, in PLN.
    #[schema(example = "2.30")]
    price: String,
}

impl IssuedProductView {
    fn of(it: &IssuedProduct) -> Self {
        Self {
            product: it.product.as_str().to_owned(),
            maker: it.maker.as_str().to_owned(),
            model: it.model.as_str().to_owned(),
            name: it.name.as_str().to_owned(),
            serial_number: it.serial_number.as_ref().map(|number| number.as_str().to_owned()),
            pieces: it.pieces,
            price: it.price.to_string(),
        }
    }
}

/// Who took the goods, and when.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceReceipt)]
pub(crate) struct ReceiptShown {
    received_on: NaiveDate,
    /// Not told to whoever issued the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    by: Option<ReceiverView>,
    /// Grows by one with every correction.
    #[schema(example = 1)]
    version: u32,
}

impl ReceiptShown {
    fn of(it: &ReceiptView, realisation: &Realisation) -> Self {
        Self {
            received_on: it.received_on,
            by: it.by.as_ref().map(ReceiverView::of),
            version: realisation.receipt_version,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceReceiver)]
pub(crate) struct ReceiverView {
    kind: ReceiverKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    given_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    identifier: Option<PatientIdentifier>,
}

impl ReceiverView {
    pub(crate) fn of(it: &Receiver) -> Self {
        match it {
            Receiver::Patient => {
                Self { kind: ReceiverKind::Patient, given_names: None, family_name: None, identifier: None }
            }
            Receiver::Other { given_names, family_name, identifier } => Self {
                kind: ReceiverKind::Other,
                given_names: Some(given_names.reveal().to_owned()),
                family_name: Some(family_name.reveal().to_owned()),
                identifier: Some(PatientIdentifier::of(identifier)),
            },
        }
    }
}

/// A confirmation that was taken back, and what it was worth.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WithdrawnDeviceRealisation)]
pub(crate) struct WithdrawnRealisationView {
    reason: String,
    /// The officer of the payer; absent where the provider did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    by: Option<OfficerView>,
    amounts: AmountsView,
    confirmed_at: DateTime<Utc>,
    withdrawn_at: DateTime<Utc>,
}

impl WithdrawnRealisationView {
    pub(super) fn of(it: &WithdrawnRealisation) -> Self {
        Self {
            reason: it.reason.as_str().to_owned(),
            by: it.by.as_ref().map(OfficerView::of),
            amounts: AmountsView::of(it.amounts),
            confirmed_at: it.confirmed_at,
            withdrawn_at: it.withdrawn_at,
        }
    }
}
