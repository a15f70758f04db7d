//! A provider adds a product to the list of a contract.

use super::requests::ProviderProductRequest;
use super::view::{ProductView, created};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Add a product to a list
///
/// Of the calling provider's own list to a contract in force, its own or the one under which it acts. `limits` warns of
/// groups of the contract in which no product is at the limit price or below.
#[utoipa::path(tag = "provider-products", request_body = ProviderProductRequest,
    responses((status = 201, description = "The product", body = ProductView,
               headers(("Location" = String, description = "Where it is found"),
                       ("ETag" = String, description = "Its revision")))))]
#[post("/api/v1/provider-products")]
pub(crate) async fn create_provider_product(
    app: web::Data<App>,
    asked: Asked<ProviderProductRequest>,
) -> Result<HttpResponse, Problem> {
    let new = asked.body.parse()?;
    answer::send(app.create_provider_product(&asked.caller, new, asked.write, created).await?)
}
