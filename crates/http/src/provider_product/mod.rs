//! Product lists of providers over HTTP.

mod create_provider_product;
mod limits;
mod list_provider_products;
mod replace_provider_products;
mod requests;
mod single;
mod view;

use crate::answer::path_id;
use app::failure::Failure;
use app::provider_product::ProductTarget;
use domain::ids::ProviderProductId;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub(crate) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create_provider_product::create_provider_product)
        .service(list_provider_products::list_provider_products)
        .service(replace_provider_products::replace_provider_products)
        .service(single::find_provider_product)
        .service(single::change_provider_product)
        .service(single::withdraw_provider_product);
}

/// Declares the id in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ProductPath {
    /// Id of the product on the list.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a47")]
    #[expect(dead_code, reason = "only describes the path; product_id reads it")]
    id: Uuid,
}

fn product_id(text: &str) -> Result<ProviderProductId, Failure> {
    path_id(text, ProviderProductId::parse)
}

fn target(id: &str, if_match: Option<u64>) -> Result<ProductTarget, Failure> {
    Ok(ProductTarget { id: product_id(id)?, if_match })
}
