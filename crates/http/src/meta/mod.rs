//! What the service says of itself: its problem catalogue and its health.

pub mod health;
pub mod problems;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(problems::list_problems)
        .service(problems::read_problem)
        .service(health::report_liveness)
        .service(health::report_readiness);
}
