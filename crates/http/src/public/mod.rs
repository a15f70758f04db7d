//! What anybody may ask without an account.

mod check_decision;
mod decision;
mod verify_decision;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(check_decision::check_decision).service(verify_decision::verify_decision);
}
