//! The wholesalers to whom a demand can be passed on.

use crate::answer;
use crate::asked::Inquired;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use domain::ids::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/wholesalers";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WholesalersQuery {
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A pharmaceutical wholesaler.
#[derive(Serialize, ToSchema)]
#[schema(as = Wholesaler)]
pub(crate) struct WholesalerView {
    /// The `wholesalerId` of a hand-over.
    id: Uuid,
    #[schema(example = "Hurtownia Testowa sp. z o.o.")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{10}$", example = "5260309174")]
    nip: Option<String>,
}

/// A page of wholesalers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Wholesalers, example = json!({"items": [
    {"id": "0dccc147-6e44-8edb-a01c-dae057fdac52", "name": "Hurtownia Farmaceutyczna Testpol", "nip": "1230044444"},
    {"id": "9a361fcd-f7bd-8be1-ab7d-d2ab7877b4df", "name": "Hurtownia Farmaceutyczna Wzorlek", "nip": "1230055554"}]}))]
pub(crate) struct WholesalersView {
    items: Vec<WholesalerView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// List wholesalers
///
/// To whom an approved demand can be handed over.
#[utoipa::path(tag = "directory", params(WholesalersQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of wholesalers", body = WholesalersView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows")))))]
#[get("/api/v1/wholesalers")]
pub(crate) async fn list_wholesalers(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<WholesalersQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let scope = Scope { caller, list: PATH, filter: "" };
    let page = edge.cursors.page::<OrganisationId>(&scope, query.limit, query.cursor.as_deref())?;
    let found = app.list_wholesalers(caller, page.after, page.wanted()).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |wholesaler| wholesaler.id)?;
    let known = found.items.into_iter();
    let items = known.map(|it| WholesalerView { id: it.id.0, name: it.name, nip: it.nip }).collect();
    answer::page(
        &request,
        &WholesalersView { items, next_cursor: next_cursor.clone() },
        next_cursor.as_deref(),
    )
}
