//! A repair at the counter: looked up, quoted, taken up, carried out, and taken back.

mod look_ups;
mod quotes;
mod requests;
mod steps;

use utoipa_actix_web::service_config::ServiceConfig;

/// The fixed path, which comes before those that an id could match.
pub(super) fn look_ups(cfg: &mut ServiceConfig) {
    cfg.service(look_ups::look_up_device_repair_order);
}

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(quotes::quote_device_repair_order)
        .service(steps::take_up_device_repair_order)
        .service(steps::withdraw_device_repair_take_up)
        .service(steps::request_device_repair_order_release)
        .service(steps::realise_device_repair_order)
        .service(steps::withdraw_device_repair_realisation)
        .service(steps::print_device_repair_order);
}
