//! The physician replaces the content of a draft or of a returned demand.

use super::requests::MedicineDemandRequest;
use super::step::{DemandChanged, DemandPath, changed, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Replaced, answer};
use actix_web::{HttpResponse, put, web};
use app::App;
use app::demand::EditDemand;

/// Edit a demand
///
/// Replaces content and client reference as a whole, in `DRAFT` and `RETURNED`. Changed content after a return is a new
/// version and has to be signed anew.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfMatchHeader), request_body = MedicineDemandRequest,
    responses(DemandChanged))]
#[put("/api/v1/medicine-demands/{id}")]
pub(crate) async fn edit_medicine_demand(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Replaced<MedicineDemandRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let edit = EditDemand { content: draft.content, client_reference: draft.client_reference };
    let target = target(&id, asked.if_match)?;
    answer::send(app.edit_demand(&asked.caller, target, edit, asked.write, changed).await?)
}
