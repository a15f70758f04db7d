//! An officer says when an outage ended.

use super::view::{OutageShown, changed};
use super::{OutagePath, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// When it ended.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OutageEndRequest, example = json!({"until": "2026-12-09T02:00:00Z"}))]
pub(crate) struct OutageEndRequest {
    until: DateTime<Utc>,
}

/// End an outage
///
/// Records its end, or corrects one that is still ahead. From it the time counts for which terms wait.
#[utoipa::path(tag = "outages", params(OutagePath, IfMatchHeader), request_body = OutageEndRequest, responses(OutageShown))]
#[post("/api/v1/outages/{id}/end")]
pub(crate) async fn end_outage(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<OutageEndRequest>,
) -> Result<HttpResponse, Problem> {
    let target = target(&id, asked.if_match)?;
    answer::send(app.end_outage(&asked.caller, target, asked.body.until, asked.write, changed).await?)
}
