//! An officer records an outage.

use super::view::{OutageRecorded, recorded};
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use app::outage::RecordOutage;
use chrono::{DateTime, Utc};
use domain::values::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// When the system could not be used, and why.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OutageRequest, example = json!({"from": "2026-12-08T17:20:00Z", "reason": "Awaria zasilania w serwerowni."}))]
pub(crate) struct OutageRequest {
    /// May be ahead: a maintenance that is planned.
    from: DateTime<Utc>,
    /// Left out while nobody knows its end.
    until: Option<DateTime<Utc>>,
    /// Every client reads it; no patient data in it.
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
}

impl OutageRequest {
    fn parse(&self) -> Result<RecordOutage, Failure> {
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Text::parse(&self.reason));
        faults.finish_with(reason.map(|reason| RecordOutage { from: self.from, until: self.until, reason }))
    }
}

/// Record an outage
///
/// An officer of the ministry records when the system could not be used. Terms whose last day it touches do not run out
/// before a set time after its end, or before an officer releases them; what had run out before it was recorded stays.
#[utoipa::path(tag = "outages", request_body = OutageRequest, responses(OutageRecorded))]
#[post("/api/v1/outages")]
pub(crate) async fn record_outage(
    app: web::Data<App>,
    asked: Asked<OutageRequest>,
) -> Result<HttpResponse, Problem> {
    let outage = asked.body.parse()?;
    answer::send(app.record_outage(&asked.caller, outage, asked.write, recorded).await?)
}
