//! What patients ask about themselves.

mod list_accesses;
mod list_cases;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_cases::list_cases).service(list_accesses::list_accesses);
}
