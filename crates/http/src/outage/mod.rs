//! Outages of the system over HTTP.

mod end_outage;
mod find_outage;
mod list_outages;
mod record_outage;
mod release_outage;
mod view;

use crate::answer::path_id;
use app::failure::Failure;
use app::outage::OutageTarget;
use domain::ids::OutageId;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(record_outage::record_outage)
        .service(list_outages::list_outages)
        .service(find_outage::find_outage)
        .service(end_outage::end_outage)
        .service(release_outage::release_outage);
}

/// Declares the id in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OutagePath {
    /// Id of the outage.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a47")]
    #[expect(dead_code, reason = "only describes the path; outage_id reads it")]
    id: Uuid,
}

fn outage_id(text: &str) -> Result<OutageId, Failure> {
    path_id(text, OutageId::parse)
}

fn target(id: &str, if_match: Option<u64>) -> Result<OutageTarget, Failure> {
    Ok(OutageTarget { id: outage_id(id)?, if_match })
}
