//! One demand in the view of the caller.

use super::step::{DemandFound, DemandPath, demand_id};
use super::view::MedicineDemandView;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::recorded::Read;

/// Find a demand
///
/// Every party sees what its task needs; members of other groups are left out. A read of a patient's data is on record.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfNoneMatchHeader), responses(DemandFound))]
#[get("/api/v1/medicine-demands/{id}")]
pub(crate) async fn find_medicine_demand(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let Read { told, record } = app.find_demand(&asked.caller, demand_id(&id)?, &asked.trace_id).await?;
    let revision = u64::try_from(told.revision).unwrap_or_default();
    let response = answer::document(&request, revision, &MedicineDemandView::of(&told))?;
    answer::on_record(&app, record, response).await
}
