//! One outage.

use super::view::{OutageShown, OutageView, revision};
use super::{OutagePath, outage_id};
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;

/// Find an outage
///
/// By the `outageId` of a clock that it holds.
#[utoipa::path(tag = "outages", params(OutagePath, IfNoneMatchHeader), responses(OutageShown))]
#[get("/api/v1/outages/{id}")]
pub(crate) async fn find_outage(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.find_outage(&asked.caller, outage_id(&id)?).await?;
    answer::document(&request, revision(&found).unwrap_or_default(), &OutageView::of(&found))
}
