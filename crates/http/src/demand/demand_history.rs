//! What has happened to a demand.

use super::place::Place;
use super::reports::HistoryView;
use super::step::DemandPath;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::recorded::Read;

/// Read the history of a demand
///
/// The events that this caller may know of, oldest first, each with the role and organisation that caused it
/// (KPA art. 66a).
#[utoipa::path(tag = "demands", params(DemandPath, IfNoneMatchHeader),
    responses((status = 200, description = "What has happened", body = HistoryView)))]
#[get("/{id}/history")]
pub(crate) async fn read_demand_history(
    request: HttpRequest,
    app: web::Data<App>,
    at: Place,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let Read { told, record } = app.demand_history(&asked.caller, at.demand()?, &asked.trace_id).await?;
    answer::on_record(&app, record, answer::look(&request, &HistoryView::of(told)?)?).await
}
