//! The register of medicinal products over HTTP: a dictionary for every client.

mod list_medicinal_products;
pub(crate) mod matches;
pub(crate) mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_medicinal_products::list_medicinal_products);
}
