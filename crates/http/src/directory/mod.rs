//! Consultants and wholesalers, of whom a client has to choose.

mod list_consultants;
mod list_wholesalers;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_consultants::list_consultants).service(list_wholesalers::list_wholesalers);
}
