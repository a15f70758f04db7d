//! One demand in the view of the caller.

use super::step::{DemandFound, DemandPath, demand_id};
use super::view::MedicineDemandView;
use crate::headers::{IfNoneMatchHeader, known_revision};
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;

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
    let known = known_revision(request.headers());
    match app.find_demand(&asked.caller, demand_id(&id)?, known, &asked.trace_id).await? {
        Some(view) => {
            let revision = u64::try_from(view.revision).unwrap_or_default();
            answer::document(&request, revision, &MedicineDemandView::of(&view))
        }
        None => Ok(answer::unchanged(known.unwrap_or_default())),
    }
}
