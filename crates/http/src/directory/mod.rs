//! Consultants and wholesalers, of whom a client has to choose, and when consultants are away.

mod absences;
mod end_absence;
mod list_consultants;
mod list_wholesalers;
mod record_absence;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_consultants::list_consultants)
        .service(list_wholesalers::list_wholesalers)
        .service(record_absence::record_absence)
        .service(end_absence::end_absence);
}
