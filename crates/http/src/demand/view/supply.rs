//! Where an approval was passed on to, and what was drawn from it.

use crate::demand::choices::RealisationKind;
use crate::demand::content::Quantity;
use app::demand::view;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::ledger::{Realisation, Reversal};
use domain::demand::model::{Handover, HandoverReturn, Party};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An organisation of the supply chain.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Party)]
pub struct PartyView {
    pub id: Uuid,
    #[schema(example = "Apteka Testowa")]
    pub name: String,
}

impl PartyView {
    pub fn of(it: &Party) -> Self {
        Self { id: it.id.0, name: it.name.as_str().to_owned() }
    }
}

/// The approval passed on to a wholesaler (PF art. 4ad(5)).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Handover)]
pub struct HandoverView {
    pub wholesaler: PartyView,
    /// Who receives the product.
    pub pharmacy: PartyView,
    /// Warsaw date.
    pub passed_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    pub on_paper: bool,
}

impl HandoverView {
    pub fn of(it: &Handover) -> Self {
        Self {
            wholesaler: PartyView::of(&it.wholesaler),
            pharmacy: PartyView::of(&it.pharmacy),
            passed_on: it.passed_on,
            recorded_at: it.recorded_at,
            on_paper: it.on_paper,
        }
    }
}

/// A hand-over declined by the wholesaler or recalled by the pharmacy.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HandoverReturn)]
pub struct HandoverReturnView {
    /// The organisation that took it back.
    pub by: Uuid,
    pub reason: String,
    pub at: DateTime<Utc>,
}

impl HandoverReturnView {
    pub fn of(it: &HandoverReturn) -> Self {
        Self { by: it.by.0, reason: it.reason.as_str().to_owned(), at: it.at }
    }
}

/// What was brought in and what was dispensed, in the approved unit; reversed entries do not count.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandLedger)]
pub struct DemandLedgerView {
    #[schema(example = "30")]
    pub imported: String,
    #[schema(example = "10")]
    pub dispensed: String,
    /// The pharmacy declared that nothing more will be dispensed.
    pub closed: bool,
    pub entries: Vec<RealisationView>,
}

impl DemandLedgerView {
    pub fn of(it: &view::LedgerView) -> Self {
        Self {
            imported: it.sums.imported.normalize().to_string(),
            dispensed: it.sums.dispensed.normalize().to_string(),
            closed: it.sums.closed,
            entries: it.entries.iter().map(RealisationView::of).collect(),
        }
    }
}

/// One entry of the ledger; it never changes, it can only be reversed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Realisation)]
pub struct RealisationView {
    pub id: Uuid,
    pub kind: RealisationKind,
    /// The organisation that recorded it.
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
    #[schema(example = "LOT-0423")]
    pub batch: String,
    pub expires_on: NaiveDate,
    /// Whole packs.
    pub packs: i32,
    /// What one pack holds.
    pub pack_size: Quantity,
    /// Packs times pack size.
    pub counted: Quantity,
    #[schema(example = "DE")]
    pub source_country: &'static str,
    /// When it was brought in or dispensed (Warsaw date).
    pub done_on: NaiveDate,
    /// The last whole pack went beyond the approved quantity.
    pub rounded_up: bool,
    /// Nothing more will be dispensed.
    #[serde(rename = "final")]
    pub closes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reversal: Option<ReversalView>,
}

impl RealisationView {
    pub fn of(it: &Realisation) -> Self {
        Self {
            id: it.id.0,
            kind: it.kind.into(),
            recorded_by: it.recorded_by.0,
            recorded_at: it.recorded_at,
            batch: it.batch.as_str().to_owned(),
            expires_on: it.expires_on,
            packs: it.packs,
            pack_size: Quantity::of(&it.pack_size),
            counted: Quantity::of(&it.counted),
            source_country: it.source_country.as_str(),
            done_on: it.done_on,
            rounded_up: it.rounded_up,
            closes: it.closes,
            reversal: it.reversal.as_ref().map(ReversalView::of),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RealisationReversal)]
pub struct ReversalView {
    pub reason: String,
    /// The organisation that reversed it.
    pub reversed_by: Uuid,
    pub reversed_at: DateTime<Utc>,
}

impl ReversalView {
    pub fn of(it: &Reversal) -> Self {
        Self {
            reason: it.reason.as_str().to_owned(),
            reversed_by: it.reversed_by.0,
            reversed_at: it.reversed_at,
        }
    }
}
