//! Lists of notifications.

use super::choices::{AuthorisationState, ProductPurpose};
use super::examples;
use crate::demand::content::Quantity;
use crate::demand::product::{MedicineProduct, Product};
use crate::demand::view::PendingStepView;
use crate::problem::Problem;
use app::temporary_authorisation::AuthorisationLine;
use chrono::{DateTime, NaiveDate, Utc};
use domain::temporary_authorisation::StateName;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One notification of a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TemporaryAuthorisationLine)]
pub struct AuthorisationLineView {
    pub id: Uuid,
    #[schema(example = "ZCD-2026-7K3M9QXT-Z")]
    pub number: String,
    pub state: AuthorisationState,
    pub revision: i64,
    pub wholesaler_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wholesaler_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub adds_to: Option<Uuid>,
    pub purpose: ProductPurpose,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "ROZ-2026-7K3M9QXT-S")]
    pub resolution_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub client_reference: Option<String>,
    #[schema(value_type = MedicineProduct)]
    pub product: Product,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub quantity: Option<Quantity>,
    /// Additions counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub approved_quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub valid_until: Option<NaiveDate>,
    /// A step whose signature awaits validation outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pending_step: Option<PendingStepView>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

impl AuthorisationLineView {
    pub(super) fn of(line: &AuthorisationLine) -> Result<Self, Problem> {
        let state = StateName::parse(&line.state).ok_or_else(|| Problem::bug("an unknown state".into()))?;
        let summary = &line.summary;
        Ok(Self {
            id: line.id.0,
            number: line.number.clone(),
            state: state.into(),
            revision: line.revision,
            wholesaler_id: line.wholesaler.0,
            wholesaler_name: summary.wholesaler_name.clone(),
            adds_to: line.adds_to.map(|base| base.0),
            purpose: summary.purpose.into(),
            resolution_number: line.resolution_number.clone(),
            client_reference: line.client_reference.clone(),
            product: Product {
                trade_name: summary.trade_name.clone(),
                international_name: summary.international_name.clone(),
                form: summary.form.clone(),
                strength: summary.strength.clone(),
                ..Product::default()
            },
            quantity: summary.quantity.as_ref().map(Quantity::of),
            approved_quantity: summary.approved_quantity.as_ref().map(Quantity::of),
            valid_from: summary.period.map(|period| period.from),
            valid_until: summary.period.map(|period| period.until),
            pending_step: summary.pending.as_ref().map(PendingStepView::of),
            created_at: line.created_at,
            changed_at: line.changed_at,
        })
    }
}

/// A page of notifications, newest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TemporaryAuthorisationPage, example = examples::page)]
pub struct AuthorisationPageView {
    pub items: Vec<AuthorisationLineView>,
    /// Names the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next_cursor: Option<String>,
}
