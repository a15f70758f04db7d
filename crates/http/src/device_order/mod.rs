//! Orders for medical devices over HTTP (refund act art. 38).

mod access_data;
pub mod choices;
pub mod content;
mod decisions;
mod draft;
pub(crate) mod examples;
mod issue;
mod lines;
mod list;
mod look_ups;
mod paper;
mod prints;
pub mod release;
pub mod reports;
pub mod requests;
mod settlements;
pub mod step;
mod take_ups;
pub(crate) mod validation;
pub mod view;

pub(crate) use take_ups::{AmountsView, ReceiptRequest, ReceiverView};

use utoipa_actix_web::service_config::ServiceConfig;

/// The fixed paths come before those that an id could match.
pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(draft::create_device_order)
        .service(list::list_device_orders)
        .service(list::search_device_orders)
        .service(validation::validate_device_order)
        .service(look_ups::look_up_device_order)
        .service(look_ups::release_look_ups);
    paper::fixed_routes(cfg);
    cfg.service(draft::edit_device_order)
        .service(draft::find_device_order)
        .service(issue::get_device_order_submission_document)
        .service(issue::submit_device_order)
        .service(issue::get_device_order_correction_document)
        .service(issue::correct_device_order)
        .service(issue::refuse_device_order_pending_step)
        .service(decisions::cancel_device_order)
        .service(decisions::accept_device_order)
        .service(decisions::break_device_order_glass)
        .service(access_data::read_device_order_access_data)
        .service(access_data::renew_device_order_access_code)
        .service(prints::print_device_order)
        .service(prints::print_device_order_information)
        .service(prints::print_take_up)
        .service(reports::list_device_order_actions)
        .service(reports::read_device_order_history)
        .service(reports::list_device_order_versions);
    paper::routes(cfg);
    take_ups::routes(cfg);
    cfg.service(release::request_device_order_release);
    settlements::routes(cfg);
}
