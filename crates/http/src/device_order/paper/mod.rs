//! Orders on paper over HTTP (refund act art. 38(4c)): entered and confirmed by a branch of the payer.

mod batch;
mod confirm;
mod examples;
mod requests;
mod scan;
mod view;

pub(super) use view::PaperOrderView;

use utoipa_actix_web::service_config::ServiceConfig;

/// The fixed paths, which come before those that an id could match.
pub(super) fn fixed_routes(cfg: &mut ServiceConfig) {
    cfg.service(batch::confirm_paper_orders).service(confirm::confirm_paper_order);
}

pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(scan::add_paper_order_scan)
        .service(scan::download_paper_order_scan)
        .service(confirm::reply_to_paper_order);
}
