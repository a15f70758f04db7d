//! A new draft from an earlier demand.

use super::place::Place;
use super::requests::CopyRequest;
use super::step::{DemandCreated, DemandPath, ReferenceTaken, created};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Copy a demand
///
/// Opens a draft with the content of an earlier demand of the same physician, whatever became of that one; `basedOn`
/// names it.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = CopyRequest,
    responses(DemandCreated, ReferenceTaken))]
#[post("/{id}/copies")]
pub(crate) async fn copy_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<CopyRequest>,
) -> Result<HttpResponse, Problem> {
    let reference = asked.body.parse()?;
    answer::send(app.copy_demand(&asked.caller, at.demand()?, reference, asked.write, created).await?)
}
