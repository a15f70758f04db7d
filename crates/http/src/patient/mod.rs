//! What patients ask about themselves.

mod consents;
mod list_accesses;
mod list_cases;
mod list_device_orders;
mod list_device_repair_orders;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_cases::list_cases)
        .service(list_device_orders::list_patient_device_orders)
        .service(list_device_repair_orders::list_patient_device_repair_orders)
        .service(list_accesses::list_accesses)
        .service(consents::read_patient_consents)
        .service(consents::change_patient_consents);
}
