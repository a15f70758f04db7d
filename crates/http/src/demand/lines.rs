//! Lists of demands: nothing of a patient, a diagnosis or an opinion.

use super::choices::{DemandGround, DemandKind, DemandState, Use};
use super::content::Quantity;
use super::examples::answers;
use super::product::{DemandProduct, Product};
use super::view::{PartyView, PendingStepView};
use crate::clock::ClockView;
use crate::paging::{CursorKey, Scope};
use crate::problem::Problem;
use app::demand::{DemandLine, Page, Summary};
use chrono::{DateTime, Utc};
use domain::demand::content;
use domain::demand::lifecycle::StateName;
use domain::demand::model;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One demand of a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandLine)]
pub struct DemandLineView {
    pub id: Uuid,
    #[schema(example = "ZPL-2026-7K3M9QXT-B")]
    pub number: String,
    pub kind: DemandKind,
    pub state: DemandState,
    pub ground: DemandGround,
    #[serde(rename = "use")]
    pub use_: Use,
    pub revision: i64,
    pub entity_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entity_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "ROZ-2026-7K3M9QXT-S")]
    pub resolution_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub client_reference: Option<String>,
    #[schema(value_type = DemandProduct)]
    pub product: Product,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub approved_quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "DE")]
    pub source_country: Option<&'static str>,
    pub urgent: bool,
    /// The terms that run now, soonest first.
    pub clocks: Vec<ClockView>,
    /// A step whose signature awaits validation outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pending_step: Option<PendingStepView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wholesaler: Option<PartyView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pharmacy: Option<PartyView>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

impl DemandLineView {
    pub fn of(line: &DemandLine) -> Result<Self, Problem> {
        let state = StateName::parse(&line.state).ok_or_else(|| Problem::bug("an unknown state".into()))?;
        let kind =
            model::DemandKind::parse(&line.kind).ok_or_else(|| Problem::bug("an unknown kind".into()))?;
        let ground =
            content::Ground::parse(&line.ground).ok_or_else(|| Problem::bug("an unknown ground".into()))?;
        let summary = &line.summary;
        Ok(Self {
            id: line.id.0,
            number: line.number.clone(),
            kind: kind.into(),
            state: state.into(),
            ground: ground.into(),
            use_: if line.in_facility { content::Use::InFacility } else { content::Use::OutsideFacility }
                .into(),
            revision: line.revision,
            entity_id: line.entity.0,
            entity_name: summary.entity_name.clone(),
            resolution_number: line.resolution_number.clone(),
            client_reference: line.client_reference.clone(),
            product: product(kind, summary),
            quantity: summary.quantity.as_ref().map(Quantity::of),
            approved_quantity: summary.approved_quantity.as_ref().map(Quantity::of),
            source_country: summary.source_country.map(|country| country.as_str()),
            urgent: summary.urgent,
            clocks: summary.clocks.iter().map(|clock| ClockView::of(clock, kind, state)).collect(),
            pending_step: summary.pending.as_ref().map(PendingStepView::of),
            wholesaler: summary.wholesaler.as_ref().map(PartyView::of),
            pharmacy: summary.pharmacy.as_ref().map(PartyView::of),
            created_at: line.created_at,
            changed_at: line.changed_at,
        })
    }
}

/// What a list shows of it.
fn product(kind: model::DemandKind, summary: &Summary) -> Product {
    let of_both = Product { form: summary.form.clone(), ..Product::default() };
    match kind {
        model::DemandKind::Medicine => Product {
            trade_name: summary.name.clone(),
            international_name: summary.international_name.clone(),
            strength: summary.strength.clone(),
            ..of_both
        },
        model::DemandKind::Food => {
            Product { name: summary.name.clone(), producer: summary.producer.clone(), ..of_both }
        }
    }
}

/// A page of demands, newest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DemandPage, example = answers::page)]
pub struct DemandPageView {
    pub items: Vec<DemandLineView>,
    /// Names the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next_cursor: Option<String>,
}

impl DemandPageView {
    pub fn of(page: &Page<DemandLine>, cursors: &CursorKey, scope: &Scope<'_>) -> Result<Self, Problem> {
        let items = page.items.iter().map(DemandLineView::of).collect::<Result<_, _>>()?;
        let last = page.items.last().filter(|_| page.has_more);
        let next_cursor = last.map(|line| cursors.next(scope, &line.id)).transpose()?;
        Ok(Self { items, next_cursor })
    }
}
