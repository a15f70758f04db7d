//! Pharmacies and wholesalers: what two numbers open, the wholesaler's feeds, receipts on paper, batches.

mod feed;
mod list_batch;
mod list_supply_authorisations;
mod list_supply_demands;
pub(crate) mod numbers;
mod receive_on_paper;
mod retrieve_demand;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(retrieve_demand::retrieve_demand)
        .service(receive_on_paper::receive_on_paper)
        .service(list_supply_demands::list_supply_demands)
        .service(list_supply_authorisations::list_supply_authorisations)
        .service(list_batch::list_batch);
}
