//! All outages.

use super::view::{OutageView, outage_example};
use crate::answer;
use crate::asked::Inquired;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use domain::ids::OutageId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const PATH: &str = "/api/v1/outages";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutagesQuery {
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A page of outages.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Outages, example = json!({"items": [outage_example()]}))]
pub(crate) struct OutagesView {
    items: Vec<OutageView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// List outages
///
/// The last recorded first. Every client may know when the system could not be used.
#[utoipa::path(tag = "outages", params(OutagesQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of outages", body = OutagesView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows")))))]
#[get("/api/v1/outages")]
pub(crate) async fn list_outages(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<OutagesQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let scope = Scope { caller, list: PATH, filter: "" };
    let page = edge.cursors.page::<OutageId>(&scope, query.limit, query.cursor.as_deref())?;
    let found = app.list_outages(caller, page.after, page.wanted()).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |last| last.outage.id)?;
    let items = found.items.iter().map(OutageView::of).collect();
    answer::page(&request, &OutagesView { items, next_cursor: next_cursor.clone() }, next_cursor.as_deref())
}
