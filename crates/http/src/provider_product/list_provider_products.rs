//! What a provider's list offers on a day.

use super::view::OfferView;
use crate::answer;
use crate::asked::Inquired;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::failure::Failure;
use app::provider_product::{ProductSearch, StoredProduct};
use chrono::NaiveDate;
use domain::device_provider::Coverage;
use domain::values::{Text, TradeProductNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/provider-products";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProductsQuery {
    /// Number of the contract to which the list belongs.
    #[param(max_length = 40, example = "PIASKOWNICA/07/0001")]
    contract: String,
    /// The day; today in Warsaw unless given.
    #[param(nullable = false, example = "2026-11-26")]
    on: Option<NaiveDate>,
    /// A letter, a part or a code of device groups: products whose code is it or begins with its parts.
    #[param(nullable = false, max_length = 16, example = "Y.06.01")]
    code: Option<String>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProviderProducts, example = json!({"on": "2026-12-01", "revision": 2, "items": [
    {"id": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a47", "revision": 1, "product": "900000000001", "validFrom": "2026-12-01",
     "offer": {"code": "Y.06.01", "maker": "Wytwórnia Przykładowa", "model": "Próbka M",
        "name": "Pieluchomajtki próbne, rozmiar M", "price": "2.30"}}]}))]
pub(crate) struct ProductsView {
    /// The day that was asked for.
    on: NaiveDate,
    /// Of the whole list; a PUT of it names it in `If-Match`. 1 before the first product.
    revision: i64,
    items: Vec<ProductLineView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// A product that is offered on the day.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProviderProductLine)]
pub(crate) struct ProductLineView {
    id: Uuid,
    /// Of the product.
    revision: i64,
    #[schema(pattern = "^[0-9]{1,12}$")]
    product: String,
    valid_from: NaiveDate,
    /// The last day; absent until further notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    offer: OfferView,
}

impl ProductsQuery {
    /// Everything that narrows the list, as its cursors are bound to it.
    fn narrowing(&self) -> String {
        query::filter(&(&self.contract, &self.on, &self.code))
    }

    fn search(&self, after: Option<TradeProductNumber>, limit: u16) -> Result<ProductSearch, Failure> {
        let mut faults = Faults::new();
        let contract = faults.take("?contract", Text::parse(&self.contract));
        let code = faults.optional("?code", self.code.as_deref(), Coverage::parse);
        let whole =
            (|| Some(ProductSearch { contract: contract?, on: self.on, code: code?, after, limit }))();
        faults.finish_with(whole)
    }
}

impl ProductLineView {
    fn of(stored: &StoredProduct, on: NaiveDate) -> Option<Self> {
        let (entry, offer) = stored.product.offered_on(on)?;
        Some(Self {
            id: stored.product.id.0,
            revision: stored.product.revision,
            product: stored.product.number.to_string(),
            valid_from: entry.from,
            valid_to: entry.to,
            offer: OfferView::of(offer),
        })
    }
}

/// List the products of a contract
///
/// What the calling provider offers on a day under one of its contracts, by product number. A contract in which it takes
/// no part has no list of its own, and the answer is empty.
#[utoipa::path(tag = "provider-products", params(ProductsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of the list", body = ProductsView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows"))),
              (status = 422, description = "No contract number or no code", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/provider-products")]
pub(crate) async fn list_provider_products(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<ProductsQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let filter = query.narrowing();
    let scope = Scope { caller, list: PATH, filter: &filter };
    let page = edge.cursors.page::<TradeProductNumber>(&scope, query.limit, query.cursor.as_deref())?;
    let wanted = page.wanted();
    let found = app.list_provider_products(caller, query.search(page.after, wanted)?).await?;
    let next_cursor = edge.cursors.after(&scope, &found.page, |last| last.product.number.clone())?;
    let view = ProductsView {
        on: found.on,
        revision: found.list_revision,
        items: found.page.items.iter().filter_map(|it| ProductLineView::of(it, found.on)).collect(),
        next_cursor: next_cursor.clone(),
    };
    answer::page(&request, &view, next_cursor.as_deref())
}
