//! An officer enters a demand that was issued on paper.

use super::place::Place;
use super::requests::DemandPaperEntryRequest;
use super::step::{DemandEntered, PaperKnown, created};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Enter a demand from paper
///
/// What was issued on paper in an outage or under force majeure, and by entities for people deprived of liberty always
/// (PF art. 4ad(8)), is entered with its own dates and judged by them: what was sent in time does not expire by being
/// entered late. The demand is then with the minister, and the case is the officer's. Its scan is added as an attachment;
/// nothing is resolved before the file with the stated digest is there.
#[utoipa::path(tag = "demands", request_body = DemandPaperEntryRequest, responses(DemandEntered, PaperKnown))]
#[post("/paper-entries")]
pub(crate) async fn enter_demand_from_paper(
    app: web::Data<App>,
    at: Place,
    asked: Asked<DemandPaperEntryRequest>,
) -> Result<HttpResponse, Problem> {
    let entry = asked.body.parse(at.kind())?;
    answer::send(app.enter_demand_from_paper(&asked.caller, entry, asked.write, created).await?)
}
