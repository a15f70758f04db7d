//! The catalogue of device groups over HTTP: a dictionary for every client, and what officers of the payer enter.

pub(crate) mod choices;
mod enter_figures;
mod entered;
mod find_device_group;
mod list_device_code_mappings;
mod list_device_groups;
mod tiers;
mod view;

use domain::values::DeviceCode;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_device_groups::list_device_groups)
        .service(find_device_group::find_device_group)
        .service(enter_figures::enter_device_figures)
        .service(list_device_code_mappings::list_device_code_mappings);
}

/// Declares the code in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct DeviceGroupPath {
    /// Code of the group.
    #[param(example = "S.15.01", max_length = 16)]
    #[expect(dead_code, reason = "only describes the path; group_code reads it")]
    code: String,
}

/// What is no code names no group.
fn group_code(text: &str) -> Result<DeviceCode, app::failure::Failure> {
    crate::answer::path_id(text, |text| DeviceCode::parse(text).ok())
}
