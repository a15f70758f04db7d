//! What the register of medicinal products holds of the product that a demand asks for.

use super::place::Place;
use super::step::DemandPath;
use crate::headers::IfNoneMatchHeader;
use crate::medicinal_product::matches::ProductMatchesView;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;

/// List registered products like the demanded one
///
/// For the physician who issued the demand, the officer to whom it is assigned and the one who decides. A warning: an
/// equivalent product stands in the way of a demand only where it can be had on the market (PF art. 4(3)(2)).
#[utoipa::path(tag = "demands", params(DemandPath, IfNoneMatchHeader),
    responses((status = 200, description = "The matching products, equivalent ones first", body = ProductMatchesView,
               headers(("ETag" = String, description = "Weak; of this answer")))))]
#[get("/{id}/product-matches")]
pub(crate) async fn list_demand_product_matches(
    request: HttpRequest,
    app: web::Data<App>,
    at: Place,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.product_matches(&asked.caller, at.demand()?, &asked.trace_id).await?;
    answer::look(&request, &ProductMatchesView::of(found))
}
