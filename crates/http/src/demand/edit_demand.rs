//! The physician replaces the content of a draft or of a returned demand.

use super::place::Place;
use super::requests::DemandRequest;
use super::step::{DemandChanged, DemandPath, changed};
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
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = DemandRequest,
    responses(DemandChanged))]
#[put("/{id}")]
pub(crate) async fn edit_demand(
    app: web::Data<App>,
    at: Place,
    asked: Replaced<DemandRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse(at.kind())?;
    let edit = EditDemand { content: draft.content, client_reference: draft.client_reference };
    let target = at.target(asked.if_match)?;
    answer::send(app.edit_demand(&asked.caller, target, edit, asked.write, changed).await?)
}
