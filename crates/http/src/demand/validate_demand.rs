//! The dry run of a submission.

use super::examples;
use super::place::Place;
use super::reports::{ValidationView, spoken};
use super::requests::DemandRequest;
use crate::language::Language;
use crate::problem::Problem;
use crate::{Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Validate a demand
///
/// Judges the content as a submission would: every problem with its place and the rules behind it, and the terms that
/// would start; what only warns, such as an equivalent product in the register, does not stand in the way. Nothing is
/// written. Illegal values are answered with 422, as everywhere.
#[utoipa::path(tag = "demands",
    request_body(content = DemandRequest, examples(
        ("1-outside-facility" = (summary = "For one patient, outside a facility", value = json!(examples::outside_facility()))),
        ("2-in-facility" = (summary = "For use in the facility, an ad-hoc need", value = json!(examples::in_facility()))),
        ("4-bare" = (summary = "A draft that lacks everything", value = json!(examples::bare())))
    )),
    responses((status = 200, description = "Everything that a submission would find", body = ValidationView)))]
#[post("/validations")]
pub(crate) async fn validate_demand(
    app: web::Data<App>,
    at: Place,
    language: Language,
    asked: Looked<DemandRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse(at.kind())?;
    let validation = app.validate_demand(&asked.caller, draft.content).await?;
    Ok(spoken(answer::plain(&ValidationView::of(at.kind(), validation, language))?, language))
}
