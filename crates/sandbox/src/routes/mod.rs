//! The operations that only a sandbox has. Nobody needs an account for them, and none takes an idempotency key.

mod issue_token;
mod list_personas;
mod make_space;
mod move_clock;
mod sign;

use crate::state::Sandbox;
use app::App;
use app::failure::Failure;
use domain::ids::SpaceId;
use http::Problem;
use http::faults::{NOT_FOUND, UNKNOWN_CHOICE};
use utoipa_actix_web::service_config::ServiceConfig;

/// The example that stands in every place where a space may be named.
const DEFAULT_SPACE: &str = "sandbox";

/// The sandbox's operations.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_personas::list_personas)
        .service(issue_token::issue_token)
        .service(sign::sign)
        .service(make_space::make_space)
        .service(move_clock::move_clock);
}

/// The space that was asked for; the default one when none was.
async fn space_of(sandbox: &Sandbox, app: &App, asked: Option<&str>) -> Result<SpaceId, Problem> {
    let unknown = || Problem::new(NOT_FOUND);
    let space = SpaceId::parse(asked.unwrap_or(DEFAULT_SPACE)).ok_or_else(unknown)?;
    if sandbox.knows(app, &space).await.map_err(Failure::from)? { Ok(space) } else { Err(unknown()) }
}

fn persona_of(space: &SpaceId, key: &str) -> Result<crate::personas::Persona, Problem> {
    crate::personas::find(space, key).ok_or_else(|| Problem::at(UNKNOWN_CHOICE, "/persona"))
}
