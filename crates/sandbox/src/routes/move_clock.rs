//! Moving a space forward in time.

use super::space_of;
use crate::clock::MoveFault;
use crate::state::Sandbox;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::clock::Clock;
use app::failure::Failure;
use chrono::{DateTime, TimeDelta, Utc};
use http::body::{Validate, ValidationErrors};
use http::faults::{MISSING_MEMBER, SHAPE};
use http::{Open, Problem};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// How long the worker may take with what it leased first.
const PATIENCE: Duration = Duration::from_secs(5);

/// Which space is moved, and how far: by days, or to an instant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClockRequest, example = json!({"space": "vendor-abc-5f1d3a9c04e2b781", "days": 8}))]
pub(super) struct ClockBody {
    /// The default space when left out; there other testers are moved too.
    #[serde(default)]
    #[schema(example = "vendor-abc-5f1d3a9c04e2b781")]
    space: Option<String>,
    /// So many days forward; instead of `to`.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 3650, example = 8)]
    days: Option<u16>,
    /// Forward to this instant; instead of `days`.
    #[serde(default)]
    to: Option<DateTime<Utc>>,
}

impl Validate for ClockBody {
    fn validate(&self) -> Result<(), ValidationErrors> {
        Ok(())
    }
}

/// A space after it was moved.
#[derive(Serialize, ToSchema)]
#[schema(as = SpaceClock, example = json!({"space": "vendor-abc-5f1d3a9c04e2b781",
    "now": "2026-03-10T09:00:00Z", "fired": 2}))]
pub(super) struct ClockView {
    #[schema(example = "vendor-abc-5f1d3a9c04e2b781")]
    space: String,
    /// What the space takes the time to be.
    now: DateTime<Utc>,
    /// How many terms and reminders fell due on the way.
    fired: usize,
}

/// Move the clock of a space
///
/// Forward only. Terms and reminders that fall due on the way are fired in order before this answers, so that every
/// return and every expiry can be watched. Tokens, certificates and signatures keep to real time.
#[utoipa::path(tag = "sandbox", security(()), request_body = ClockBody,
    responses((status = 200, description = "The space has been moved", body = ClockView)))]
#[post("/api/v1/sandbox/clock")]
pub(super) async fn move_clock(
    sandbox: web::Data<Sandbox>,
    app: web::Data<App>,
    asked: Open<ClockBody>,
) -> Result<HttpResponse, Problem> {
    let space = space_of(&sandbox, &app, asked.body.space.as_deref()).await?;
    let by = match (asked.body.days, asked.body.to) {
        (Some(days), None) => TimeDelta::days(i64::from(days)),
        (None, Some(to)) => to - sandbox.clock.now(&space),
        (Some(_), Some(_)) => return Err(Problem::at(SHAPE, "/to")),
        (None, None) => return Err(Problem::at(MISSING_MEMBER, "/days")),
    };
    sandbox.clock.advance(&space, by).map_err(|fault| match fault {
        MoveFault::NotForward => Problem::at(SHAPE, if asked.body.to.is_some() { "/to" } else { "/days" }),
        MoveFault::NotKept(fault) => Problem::bug(Box::new(fault)),
    })?;
    let fired = app
        .fire_all_due_in(&space, "sandbox-clock", PATIENCE)
        .await
        .map_err(|fault: Failure| Problem::from(fault))?;
    let now = sandbox.clock.now(&space);
    Ok(HttpResponse::Ok().json(ClockView { space: space.to_string(), now, fired }))
}
