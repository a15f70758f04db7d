//! One demand in the view of the caller.

use super::place::Place;
use super::step::{DemandFound, DemandPath};
use super::view::DemandShown;
use crate::clock::held;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::recorded::Read;

/// Find a demand
///
/// Every party sees what its task needs; members of other groups are left out. A read of a patient's data is on record.
#[utoipa::path(tag = "demands", params(DemandPath, IfNoneMatchHeader), responses(DemandFound))]
#[get("/{id}")]
pub(crate) async fn find_demand(
    request: HttpRequest,
    app: web::Data<App>,
    at: Place,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let Read { told, record } = app.find_demand(&asked.caller, at.demand()?, &asked.trace_id).await?;
    let revision = u64::try_from(told.revision).unwrap_or_default();
    let shown = DemandShown::of(&told);
    let response = answer::document_with(&request, revision, held(&shown.clocks).as_ref(), &shown)?;
    answer::on_record(&app, record, response).await
}
