//! An officer lets the terms that an outage holds end.

use super::view::{OutageShown, changed};
use super::{OutagePath, target};
use crate::demand::requests::NothingRequest;
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Release the terms that an outage holds
///
/// After its end: they run out at once, or when they would have, if that is later.
#[utoipa::path(tag = "outages", params(OutagePath, IfMatchHeader), request_body = NothingRequest, responses(OutageShown))]
#[post("/api/v1/outages/{id}/release")]
pub(crate) async fn release_outage(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let target = target(&id, asked.if_match)?;
    answer::send(app.release_outage(&asked.caller, target, asked.write, changed).await?)
}
