//! Orders for repairs of medical devices over HTTP (refund act art. 38).

pub mod choices;
pub mod content;
mod counter;
mod decisions;
mod draft;
pub(crate) mod examples;
mod issue;
mod list;
pub mod reports;
pub mod requests;
pub mod step;
mod validation;
pub mod view;

use utoipa_actix_web::service_config::ServiceConfig;

/// The fixed paths come before those that an id could match.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(draft::create_device_repair_order)
        .service(list::list_device_repair_orders)
        .configure(counter::look_ups)
        .service(validation::validate_device_repair_order)
        .service(draft::edit_device_repair_order)
        .service(draft::find_device_repair_order)
        .service(issue::get_device_repair_order_submission_document)
        .service(issue::submit_device_repair_order)
        .service(issue::get_device_repair_order_correction_document)
        .service(issue::correct_device_repair_order)
        .service(issue::refuse_device_repair_order_pending_step)
        .service(decisions::cancel_device_repair_order)
        .service(decisions::break_device_repair_order_glass)
        .service(reports::list_device_repair_order_actions)
        .service(reports::read_device_repair_order_history)
        .service(reports::list_device_repair_order_versions)
        .configure(counter::routes);
}
