//! The officer who has the case puts an error of typing right.

use super::place::Place;
use super::requests::DemandPaperCorrectionRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Correct a demand from paper
///
/// The whole entry anew, with the reason: a new version of the content, judged by the same rules. Only while the demand is
/// with the minister and nothing is prepared.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = DemandPaperCorrectionRequest,
    responses(DemandChanged))]
#[post("/{id}/paper-correction")]
pub(crate) async fn correct_demand_from_paper(
    app: web::Data<App>,
    at: Place,
    asked: Asked<DemandPaperCorrectionRequest>,
) -> Result<HttpResponse, Problem> {
    let correction = asked.body.parse(at.kind())?;
    let target = at.target(asked.if_match)?;
    answer::send(
        app.correct_demand_from_paper(&asked.caller, target, correction, asked.write, changed).await?,
    )
}
