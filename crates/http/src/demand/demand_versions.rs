//! The versions of the content that were signed, and the present one.

use super::place::Place;
use super::reports::VersionsView;
use super::step::DemandPath;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::recorded::Read;

/// List the versions of a demand's content
///
/// For those who see the whole demand. The signed document itself is for the signer and the ministry only.
#[utoipa::path(tag = "demands", params(DemandPath, IfNoneMatchHeader),
    responses((status = 200, description = "The versions, oldest first", body = VersionsView)))]
#[get("/{id}/versions")]
pub(crate) async fn list_demand_versions(
    request: HttpRequest,
    app: web::Data<App>,
    at: Place,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let Read { told, record } = app.demand_versions(&asked.caller, at.demand()?, &asked.trace_id).await?;
    answer::on_record(&app, record, answer::look(&request, &VersionsView::of(told))?).await
}
