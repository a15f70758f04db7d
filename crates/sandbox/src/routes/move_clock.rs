//! Moving a space forward in time.

use super::space_of;
use crate::clock::SandboxClock;
use crate::state::Sandbox;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SpaceId;
use http::body::{Validate, ValidationErrors};
use http::faults::{MISSING_MEMBER, SHAPE};
use http::{Open, Problem};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};
use utoipa::ToSchema;

/// How long the worker may take with what it leased first, on the whole way.
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
/// Forward only. Terms and reminders that fall due on the way are fired before this answers, each at its own instant and in
/// that order whichever document they belong to: one jump leaves the same history as many small ones. Tokens, certificates
/// and signatures keep to real time.
#[utoipa::path(tag = "sandbox", security(()), request_body = ClockBody,
    responses((status = 200, description = "The space has been moved", body = ClockView)))]
#[post("/api/v1/sandbox/clock")]
pub(super) async fn move_clock(
    sandbox: web::Data<Sandbox>,
    app: web::Data<App>,
    asked: Open<ClockBody>,
) -> Result<HttpResponse, Problem> {
    let space = space_of(&sandbox, &app, asked.body.space.as_deref()).await?;
    let _turn = sandbox.turn_to_move(&space).await;
    let (by, place) = match (asked.body.days, asked.body.to) {
        (Some(days), None) => (TimeDelta::days(i64::from(days)), "/days"),
        (None, Some(to)) => (to - sandbox.clock.now(&space), "/to"),
        (Some(_), Some(_)) => return Err(Problem::at(SHAPE, "/to")),
        (None, None) => return Err(Problem::at(MISSING_MEMBER, "/days")),
    };
    let ahead = sandbox.clock.ahead_by(&space, by).map_err(|_| Problem::at(SHAPE, place))?;
    let fired = travel(&sandbox.clock, &app, &space, ahead).await?;
    let now = sandbox.clock.now(&space);
    Ok(HttpResponse::Ok().json(ClockView { space: space.to_string(), now, fired }))
}

/// Goes from each instant at which something falls due to the next, and fires it there: of two documents the earlier one
/// moves first, and nobody is told too late that a term ends soon.
async fn travel(
    clock: &SandboxClock,
    app: &App,
    space: &SpaceId,
    ahead: TimeDelta,
) -> Result<usize, Problem> {
    let patient_until = Instant::now() + PATIENCE;
    let mut fired = 0;
    loop {
        let left = patient_until.saturating_duration_since(Instant::now());
        fired += app.fire_all_due_in(space, "sandbox-clock", left).await?;
        let now = clock.now(space);
        if clock.offset(space) >= ahead {
            return Ok(fired);
        }
        let next = app.next_due_in(space, now, clock.real_now() + ahead).await?;
        let step = next.map_or(ahead, |due| clock.ahead_at(due).min(ahead));
        clock.lead(space, step).map_err(|fault| Problem::bug(Box::new(fault)))?;
    }
}
