//! One product of a list: read, changed from a day on, withdrawn.

use super::requests::{ProductChangeRequest, WithdrawalRequest};
use super::view::{ProductView, changed, revision};
use super::{ProductPath, product_id, target};
use crate::headers::{IfMatchHeader, IfNoneMatchHeader};
use crate::problem::Problem;
use crate::{Asked, Authenticated, Replaced, answer};
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use app::App;

/// Find a product of a list
///
/// With every price that was entered of it, and from which day to which it holds.
#[utoipa::path(tag = "provider-products", params(ProductPath, IfNoneMatchHeader),
    responses((status = 200, description = "The product", body = ProductView,
               headers(("ETag" = String, description = "Its revision")))))]
#[get("/api/v1/provider-products/{id}")]
pub(crate) async fn find_provider_product(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.find_provider_product(&asked.caller, product_id(&id)?).await?;
    answer::document(&request, revision(&found).unwrap_or_default(), &ProductView::of(&found))
}

/// Change a product of a list
///
/// Price and particulars from a day on, today at the earliest; what held before stays on record. Also offers a withdrawn
/// product again.
#[utoipa::path(tag = "provider-products", params(ProductPath, IfMatchHeader), request_body = ProductChangeRequest,
    responses((status = 200, description = "The product", body = ProductView,
               headers(("ETag" = String, description = "Its revision")))))]
#[put("/api/v1/provider-products/{id}")]
pub(crate) async fn change_provider_product(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Replaced<ProductChangeRequest>,
) -> Result<HttpResponse, Problem> {
    let target = target(&id, asked.if_match)?;
    let change = asked.body.parse()?;
    answer::send(app.change_provider_product(&asked.caller, target, change, asked.write, changed).await?)
}

/// Withdraw a product from a list
///
/// From a day on it is not offered, whatever had been planned; what was entered stays on record.
#[utoipa::path(tag = "provider-products", params(ProductPath, IfMatchHeader), request_body = WithdrawalRequest,
    responses((status = 200, description = "The product", body = ProductView,
               headers(("ETag" = String, description = "Its revision")))))]
#[post("/api/v1/provider-products/{id}/withdrawal")]
pub(crate) async fn withdraw_provider_product(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<WithdrawalRequest>,
) -> Result<HttpResponse, Problem> {
    let target = target(&id, asked.if_match)?;
    let from = asked.body.valid_from;
    answer::send(app.withdraw_provider_product(&asked.caller, target, from, asked.write, changed).await?)
}
