//! The dry run of an entry from paper.

use super::place::Place;
use super::reports::{ValidationView, spoken};
use super::requests::DemandPaperEntryRequest;
use crate::language::Language;
use crate::problem::Problem;
use crate::{Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Validate a demand from paper
///
/// Judges the entry as it would be judged, the content as of the day of its issue: every problem with its place and the
/// rules behind it. Nothing is written.
#[utoipa::path(tag = "demands", request_body = DemandPaperEntryRequest,
    responses((status = 200, description = "Everything that an entry would find", body = ValidationView)))]
#[post("/paper-entries/validations")]
pub(crate) async fn validate_demand_from_paper(
    app: web::Data<App>,
    at: Place,
    language: Language,
    asked: Looked<DemandPaperEntryRequest>,
) -> Result<HttpResponse, Problem> {
    let entry = asked.body.parse(at.kind())?;
    let validation = app.validate_demand_from_paper(&asked.caller, entry).await?;
    Ok(spoken(answer::plain(&ValidationView::of(at.kind(), validation, language))?, language))
}
