//! Who supplies devices, and the payer's branches: dictionaries for every client.

mod list_nfz_branches;
mod list_providers;
mod place;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_nfz_branches::list_nfz_branches).service(list_providers::list_providers);
}
