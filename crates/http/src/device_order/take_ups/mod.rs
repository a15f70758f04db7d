//! Take-ups of orders for devices over HTTP: months are reserved, given back, listed, and quoted before.

mod choices;
mod list;
mod quotes;
mod requests;
mod steps;
mod view;

pub(super) use steps::{TakeUpPath, take_up_id};
pub(super) use view::TakeUpShown;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(quotes::quote_device_order)
        .service(steps::take_up_device_order)
        .service(steps::withdraw_take_up)
        .service(list::list_take_ups);
}
