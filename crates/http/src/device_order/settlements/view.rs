//! A month as a client reads it.

use super::csv::pieces;
use crate::device_order::choices::{
    AdditionalEntitlementCode, DeviceSide, LimitKind, SettledDocumentKind, SettlementEntryKind,
    SupplyCapacity,
};
use crate::device_order::examples;
use app::device_order::{CodeSum, ProviderSum, Settlement, SettlementEntry, Sum};
use chrono::{DateTime, Utc};
use domain::device_order::settlement::Booked;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What is due from the payer to a provider; amounts in PLN, refund and co-pay are the whole of a price.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SettlementReport, example = examples::settlement)]
pub(crate) struct SettlementReportView {
    #[schema(example = "2030-01")]
    month: String,
    provider_id: Uuid,
    capacity: SupplyCapacity,
    /// The month has ended in Warsaw: nothing is booked in it any more.
    is_closed: bool,
    /// Of the whole month, whatever page this is.
    totals: SettlementTotals,
    /// The same, code by code.
    by_code: Vec<SettlementCodeSum>,
    /// The same, by who issued: the holder of a contract, and each of its subcontractors.
    by_provider: Vec<SettlementProviderSum>,
    /// In the order in which they were made.
    items: Vec<SettlementEntryView>,
    /// Continue with it; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

impl SettlementReportView {
    pub(super) fn of(told: &Settlement, next_cursor: Option<String>) -> Self {
        let sum = |of: fn(&Sum) -> Booked| {
            Booked::of(told.by_code.iter().map(|it| of(&it.sum).get()).sum()).to_string()
        };
        Self {
            month: told.month.to_string(),
            provider_id: told.provider.0,
            capacity: told.capacity.into(),
            is_closed: told.is_closed,
            totals: SettlementTotals {
                entries: told.by_code.iter().map(|it| it.sum.entries).sum(),
                price: sum(|sum| sum.price),
                refund: sum(|sum| sum.refund),
                copay: sum(|sum| sum.copay),
            },
            by_code: told.by_code.iter().map(SettlementCodeSum::of).collect(),
            by_provider: told.by_provider.iter().map(SettlementProviderSum::of).collect(),
            items: told.entries.items.iter().map(SettlementEntryView::of).collect(),
            next_cursor,
        }
    }

    pub(super) fn next_cursor(&self) -> Option<&str> {
        self.next_cursor.as_deref()
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettlementTotals {
    entries: u64,
    #[schema(example = "414.00")]
    price: String,
    /// What the payer owes.
    #[schema(example = "244.80")]
    refund: String,
    #[schema(example = "169.20")]
    copay: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettlementCodeSum {
    #[schema(example = "Y.06.01")]
    code: String,
    document_kind: SettledDocumentKind,
    entries: u64,
    #[schema(example = "180")]
    pieces: String,
    #[schema(example = "414.00")]
    price: String,
    #[schema(example = "244.80")]
    refund: String,
    #[schema(example = "169.20")]
    copay: String,
}

impl SettlementCodeSum {
    fn of(it: &CodeSum) -> Self {
        let sum = &it.sum;
        Self {
            code: it.code.as_str().to_owned(),
            document_kind: it.kind.into(),
            entries: sum.entries,
            pieces: pieces(sum.pieces),
            price: sum.price.to_string(),
            refund: sum.refund.to_string(),
            copay: sum.copay.to_string(),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettlementProviderSum {
    provider_id: Uuid,
    /// Absent where no entry of the month knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Sklep Medyczny Przykład")]
    provider_name: Option<String>,
    entries: u64,
    #[schema(example = "414.00")]
    price: String,
    #[schema(example = "244.80")]
    refund: String,
    #[schema(example = "169.20")]
    copay: String,
}

impl SettlementProviderSum {
    fn of(it: &ProviderSum) -> Self {
        let sum = &it.sum;
        Self {
            provider_id: it.provider.0,
            provider_name: it.name.clone(),
            entries: sum.entries,
            price: sum.price.to_string(),
            refund: sum.refund.to_string(),
            copay: sum.copay.to_string(),
        }
    }
}

/// One code, tier and side of an issue, or of its being taken back with the opposite sign.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SettlementEntry)]
pub(crate) struct SettlementEntryView {
    id: Uuid,
    kind: SettlementEntryKind,
    entered_at: DateTime<Utc>,
    #[schema(example = "T5-3K7M9QXT-22A4CDEF")]
    order_number: String,
    order_id: Uuid,
    /// Whether goods were issued of an order, or a device was repaired.
    document_kind: SettledDocumentKind,
    take_up_id: Uuid,
    /// Who issued.
    provider_id: Uuid,
    /// As it was called on the day of issue; absent of the oldest entries, as the place is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Sklep Medyczny Przykład")]
    provider_name: Option<String>,
    /// The place of issue, by its code in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "M-1")]
    place: Option<String>,
    /// Of the day of issue.
    #[schema(example = "PIASKOWNICA/07/0001")]
    contract: String,
    /// The contract's holder, where a subcontractor acts under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    acts_for: Option<Uuid>,
    #[schema(example = "Y.06.01")]
    code: String,
    #[schema(example = 2)]
    tier: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    side: Option<DeviceSide>,
    #[schema(example = "180")]
    pieces: String,
    /// Frozen at take-up, of the line on whose terms it is borne.
    #[schema(example = "1.70")]
    limit: String,
    limit_kind: LimitKind,
    #[schema(minimum = 0, maximum = 100, example = 80)]
    refund_percent: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    entitlement: Option<AdditionalEntitlementCode>,
    /// Month of issue.
    #[schema(example = "2030-01")]
    issued_in: String,
    #[schema(example = "414.00")]
    price: String,
    #[schema(example = "244.80")]
    refund: String,
    #[schema(example = "169.20")]
    copay: String,
}

impl SettlementEntryView {
    fn of(it: &SettlementEntry) -> Self {
        let entry = &it.entry;
        Self {
            id: it.id.0,
            kind: entry.kind.into(),
            entered_at: entry.entered_at,
            order_number: entry.order_number.as_str().to_owned(),
            order_id: entry.order.id(),
            document_kind: entry.order.kind().into(),
            take_up_id: entry.take_up.0,
            provider_id: entry.provider.0,
            provider_name: entry.provider_name.as_ref().map(|name| name.as_str().to_owned()),
            place: entry.place.as_ref().map(|place| place.as_str().to_owned()),
            contract: entry.contract.as_str().to_owned(),
            acts_for: entry.acts_for.map(|holder| holder.0),
            code: entry.code.as_str().to_owned(),
            tier: entry.tier,
            side: entry.side.map(Into::into),
            pieces: pieces(entry.pieces),
            limit: entry.limit.to_string(),
            limit_kind: entry.limit_kind.into(),
            refund_percent: entry.share,
            entitlement: entry.entitlement.map(Into::into),
            issued_in: entry.issued_in.to_string(),
            price: entry.price.to_string(),
            refund: entry.refund.to_string(),
            copay: entry.copay.to_string(),
        }
    }
}
