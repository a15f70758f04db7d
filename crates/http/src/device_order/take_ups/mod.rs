//! Take-ups of orders for devices over HTTP: months are reserved, given back, issued, received, listed, and quoted before.

mod choices;
mod issuing;
mod list;
mod quotes;
mod realised;
mod requests;
mod steps;
mod view;

pub(crate) use issuing::ReceiptRequest;
pub(crate) use quotes::AmountsView;
pub(crate) use realised::ReceiverView;
pub(super) use requests::MonthsRequest;
pub(super) use steps::{TakeUpPath, which};
pub(super) use view::TakeUpShown;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(quotes::quote_device_order)
        .service(steps::take_up_device_order)
        .service(steps::find_take_up)
        .service(steps::withdraw_take_up)
        .service(steps::realise_take_up)
        .service(steps::withdraw_realisation)
        .service(steps::confirm_receipt)
        .service(list::list_take_ups);
}
