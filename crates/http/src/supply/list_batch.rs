//! Where the packs of one batch went, for recalls.

use crate::answer;
use crate::asked::Inquired;
use crate::demand::choices::RealisationKind;
use crate::demand::content::Quantity;
use crate::demand::examples::answers;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::demand::Page;
use app::failure::Failure;
use app::supply::{Account, BatchLine};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::RealisationId;
use domain::values::{self, BatchNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/supply/batches";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchQuery {
    /// The batch as it stands on the packs; capitals and small letters are the same.
    #[param(min_length = 1, max_length = 60, example = "L25B117")]
    batch: String,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// One entry of a draw-down ledger that names the batch.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BatchEntry)]
pub(crate) struct BatchEntryView {
    /// The demand on which the entry draws.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    demand_id: Option<Uuid>,
    /// The temporary authorisation on whose consent the entry draws.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    temporary_authorisation_id: Option<Uuid>,
    realisation_id: Uuid,
    kind: RealisationKind,
    /// The organisation that recorded it.
    recorded_by: Uuid,
    recorded_at: DateTime<Utc>,
    #[schema(example = "L25B117")]
    batch: String,
    expires_on: NaiveDate,
    /// Whole packs.
    #[schema(minimum = 1, example = 3)]
    packs: i32,
    /// What one pack holds.
    pack_size: Quantity,
    /// All packs together.
    counted: Quantity,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "DE")]
    source_country: &'static str,
    done_on: NaiveDate,
    /// Whether the entry was taken back since.
    reversed: bool,
}

/// A page of entries that name the batch.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BatchEntries, example = answers::batch)]
pub(crate) struct BatchEntriesView {
    items: Vec<BatchEntryView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl BatchEntryView {
    fn of(line: &BatchLine) -> Self {
        let entry = &line.entry;
        let (demand_id, temporary_authorisation_id) = match line.account {
            Account::Demand(id) => (Some(id.0), None),
            Account::Consent(id) => (None, Some(id.0)),
        };
        Self {
            demand_id,
            temporary_authorisation_id,
            realisation_id: entry.id.0,
            kind: entry.kind.into(),
            recorded_by: entry.recorded_by.0,
            recorded_at: entry.recorded_at,
            batch: entry.batch.as_str().to_owned(),
            expires_on: entry.expires_on,
            packs: entry.packs,
            pack_size: quantity(&entry.pack_size),
            counted: quantity(&entry.counted),
            source_country: entry.source_country.as_str(),
            done_on: entry.done_on,
            reversed: entry.reversal.is_some(),
        }
    }
}

fn quantity(value: &values::Quantity) -> Quantity {
    Quantity { amount: value.to_string(), unit: value.unit().into() }
}

fn batch_of(text: &str) -> Result<BatchNumber, Failure> {
    let mut faults = Faults::new();
    let batch = faults.take("?batch", BatchNumber::parse(text));
    faults.finish_with(batch)
}

/// Find where a batch went
///
/// An organisation finds its own entries, the ministry everybody's.
#[utoipa::path(tag = "supply", params(BatchQuery, IfNoneMatchHeader),
    responses((status = 200, description = "Entries that name the batch", body = BatchEntriesView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows"))),
              (status = 422, description = "The batch is no text", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/supply/batches")]
pub(crate) async fn list_batch(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<BatchQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let scope = Scope { caller, list: PATH, filter: &query.batch };
    let page = edge.cursors.page::<RealisationId>(&scope, query.limit, query.cursor.as_deref())?;
    let found = app.list_batch(caller, batch_of(&query.batch)?, page.after, page.wanted()).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |line| line.entry.id)?;
    let Page { items, .. } = found;
    let items = items.iter().map(BatchEntryView::of).collect();
    answer::page(
        &request,
        &BatchEntriesView { items, next_cursor: next_cursor.clone() },
        next_cursor.as_deref(),
    )
}
