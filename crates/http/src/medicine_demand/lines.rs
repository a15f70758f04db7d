//! Lists of medicine demands: nothing of a patient, a diagnosis or an opinion.

use super::choices::{DemandState, Use};
use super::content::{DemandProduct, Quantity};
use super::examples::answers;
use super::view::{ClockView, PartyView};
use crate::paging::{CursorKey, Scope};
use crate::problem::Problem;
use app::demand::{DemandLine, Page};
use chrono::{DateTime, Utc};
use domain::demand::content;
use domain::demand::lifecycle::StateName;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One demand of a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MedicineDemandLine)]
pub struct MedicineDemandLineView {
    pub id: Uuid,
    #[schema(example = "ZPL-2026-7K3M9QXT-B")]
    pub number: String,
    pub state: DemandState,
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
    pub product: DemandProduct,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wholesaler: Option<PartyView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pharmacy: Option<PartyView>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

impl MedicineDemandLineView {
    pub fn of(line: &DemandLine) -> Result<Self, Problem> {
        let state = StateName::parse(&line.state).ok_or_else(|| Problem::bug("an unknown state".into()))?;
        let summary = &line.summary;
        Ok(Self {
            id: line.id.0,
            number: line.number.clone(),
            state: state.into(),
            use_: if line.in_facility { content::Use::InFacility } else { content::Use::OutsideFacility }
                .into(),
            revision: line.revision,
            entity_id: line.entity.0,
            entity_name: summary.entity_name.clone(),
            resolution_number: line.resolution_number.clone(),
            client_reference: line.client_reference.clone(),
            product: DemandProduct {
                trade_name: summary.name.clone(),
                international_name: summary.international_name.clone(),
                form: summary.form.clone(),
                strength: summary.strength.clone(),
                ..DemandProduct::default()
            },
            quantity: summary.quantity.as_ref().map(Quantity::of),
            approved_quantity: summary.approved_quantity.as_ref().map(Quantity::of),
            source_country: summary.source_country.map(|country| country.as_str()),
            urgent: summary.urgent,
            clocks: summary.clocks.iter().map(|clock| ClockView::of(clock, state)).collect(),
            wholesaler: summary.wholesaler.as_ref().map(PartyView::of),
            pharmacy: summary.pharmacy.as_ref().map(PartyView::of),
            created_at: line.created_at,
            changed_at: line.changed_at,
        })
    }
}

/// A page of demands, newest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MedicineDemandPage, example = answers::page)]
pub struct MedicineDemandPageView {
    pub items: Vec<MedicineDemandLineView>,
    /// Names the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next_cursor: Option<String>,
}

impl MedicineDemandPageView {
    pub fn of(page: &Page<DemandLine>, cursors: &CursorKey, scope: &Scope<'_>) -> Result<Self, Problem> {
        let items = page.items.iter().map(MedicineDemandLineView::of).collect::<Result<_, _>>()?;
        let last = page.items.last().filter(|_| page.has_more);
        let next_cursor = last.map(|line| cursors.next(scope, &line.id)).transpose()?;
        Ok(Self { items, next_cursor })
    }
}
