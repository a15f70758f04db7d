//! A provider's own take-ups, and those under the contracts that it holds.

use super::choices::TakeUpStateView;
use super::view::TakeUpMonthsView;
use crate::asked::Inquired;
use crate::device_order::choices::SupplyCapacity;
use crate::device_order::examples;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::{answer, query};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::device_order::{TakeUpLine, TakenUpBy};
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::settlement::Capacity;
use domain::ids::TakeUpId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/take-ups";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TakeUpsQuery {
    /// Only take-ups in this state.
    #[param(nullable = false)]
    state: Option<TakeUpStateView>,
    /// `SUPPLIER` unless given: one's own. `HOLDER`: those under the contracts that one holds, be they a subcontractor's; the
    /// orders of these are the subcontractor's to read.
    #[param(nullable = false)]
    capacity: Option<SupplyCapacity>,
    /// Entries of a page; 50 unless given.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// One take-up of a list; nothing in it names a patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TakeUpLine)]
pub(crate) struct TakeUpLineView {
    id: Uuid,
    order_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T5-3K7M9QXT-22A4CDEF")]
    order_number: Option<String>,
    state: TakeUpStateView,
    provider: TakenUpByView,
    /// What is ordered.
    #[schema(example = json!(["Y.06.01"]))]
    codes: Vec<String>,
    /// Absent of a one-off order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    months: Option<TakeUpMonthsView>,
    taken_at: DateTime<Utc>,
    held_until: NaiveDate,
}

/// Who took it up, and where.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TakenUpBy)]
pub(crate) struct TakenUpByView {
    organisation_id: Uuid,
    /// Absent of the oldest take-ups, as the place is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    name: Option<String>,
    /// By its code in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "M-1")]
    place: Option<String>,
    /// The contract's holder, where a subcontractor acts under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    acts_for: Option<Uuid>,
}

impl TakenUpByView {
    fn of(it: &TakenUpBy) -> Self {
        Self {
            organisation_id: it.id.0,
            name: it.name.clone(),
            place: it.place.clone(),
            acts_for: it.acts_for.map(|holder| holder.0),
        }
    }
}

impl TakeUpLineView {
    fn of(it: &TakeUpLine) -> Result<Self, Problem> {
        let state =
            TakeUpStateView::named(&it.state).ok_or_else(|| Problem::bug("an unknown state".into()))?;
        Ok(Self {
            id: it.id.0,
            order_id: it.order.0,
            order_number: it.number.clone(),
            state,
            provider: TakenUpByView::of(&it.provider),
            codes: it.summary.codes.iter().map(|code| code.as_str().to_owned()).collect(),
            months: it.months.map(TakeUpMonthsView::of),
            taken_at: it.taken_at,
            held_until: it.held_until,
        })
    }
}

/// A page of take-ups.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TakeUpPage, example = examples::take_ups)]
pub(crate) struct TakeUpPageView {
    /// The day in Warsaw by which months and terms of these take-ups are applied.
    as_of: NaiveDate,
    items: Vec<TakeUpLineView>,
    /// Continue with it; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// List one's own take-ups, or those under one's contracts
///
/// Newest first, by state: what is held, what was refused, realised, withdrawn or lapsed. Nothing in a line names a patient.
#[utoipa::path(tag = "take-ups", params(TakeUpsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of take-ups", body = TakeUpPageView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("/api/v1/take-ups")]
pub(crate) async fn list_take_ups(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    asked: Inquired<TakeUpsQuery>,
) -> Result<HttpResponse, Problem> {
    let (wanted, caller) = (&asked.query, &asked.caller);
    let filter = query::filter(&(&wanted.state, &wanted.capacity));
    let scope = Scope { caller, list: PATH, filter: &filter };
    let page = edge.cursors.page::<TakeUpId>(&scope, wanted.limit, wanted.cursor.as_deref())?;
    let limit = u16::try_from(page.limit).unwrap_or(u16::MAX);
    let state = wanted.state.map(TakeUpStateView::name);
    let capacity = wanted.capacity.map_or(Capacity::Supplier, Into::into);
    let found = app.list_take_ups(caller, (state, capacity), (page.after, limit), &asked.trace_id).await?;
    let next_cursor = edge.cursors.after(&scope, &found.told.page, |line| line.id)?;
    let items = found.told.page.items.iter().map(TakeUpLineView::of).collect::<Result<_, _>>()?;
    let view = TakeUpPageView { as_of: found.told.as_of, items, next_cursor };
    let response = answer::page(&request, &view, view.next_cursor.as_deref())?;
    answer::on_record(&app, found.record, response).await
}
