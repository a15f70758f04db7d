//! Searching the register of medicinal products.

use super::view::{MedicinalProductView, product_example};
use crate::answer;
use crate::asked::Inquired;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::query;
use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::failure::Failure;
use app::medicinal_product::{Edition, FoundProducts, ProductSearch};
use chrono::NaiveDate;
use domain::medicinal_product::{RegisterId, search};
use domain::values::Gtin;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const PATH: &str = "/api/v1/medicinal-products";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MedicinalProductsQuery {
    /// Beginnings of words of the trade or common name.
    #[param(nullable = false, min_length = 3, max_length = 200, example = "milury")]
    name: Option<String>,
    /// Active substances in Latin, Polish or English, several joined by `+`: products that contain them all.
    #[param(nullable = false, min_length = 3, max_length = 200, example = "allopurynol")]
    substance: Option<String>,
    /// In any unit: `0,3 g` finds `300 mg`.
    #[param(nullable = false, max_length = 200, example = "300 mg")]
    strength: Option<String>,
    /// With the usual abbreviations: `tabl. powl.`
    #[param(nullable = false, max_length = 200, example = "tabletki")]
    form: Option<String>,
    /// The number under the bar code of a pack.
    #[param(nullable = false, pattern = "^[0-9]{8}([0-9]{5,6})?$", example = "05909999000112")]
    gtin: Option<String>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A page of the register.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MedicinalProducts, example = json!({"registerAsOf": "2026-11-02", "items": [product_example()]}))]
pub(crate) struct MedicinalProductsView {
    /// The day of the register that was searched; absent while none has been imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2026-11-02")]
    register_as_of: Option<NaiveDate>,
    items: Vec<MedicinalProductView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

impl MedicinalProductsQuery {
    /// Everything that narrows the list, as its cursors are bound to it.
    fn narrowing(&self) -> String {
        query::filter(&(&self.name, &self.substance, &self.strength, &self.form, &self.gtin))
    }

    fn search(&self, after: Option<RegisterId>, limit: u16) -> Result<ProductSearch, Failure> {
        let mut faults = Faults::new();
        let name = faults.optional("?name", self.name.as_deref(), search::name);
        let substances = faults.optional("?substance", self.substance.as_deref(), search::substances);
        let strength = faults.optional("?strength", self.strength.as_deref(), search::strength_key);
        let form = faults.optional("?form", self.form.as_deref(), search::form_key);
        let gtin = faults.optional("?gtin", self.gtin.as_deref(), Gtin::parse);
        let whole = (|| {
            let mut wanted = ProductSearch { limit, ..ProductSearch::default() };
            wanted.filter.name = name?.unwrap_or_default();
            wanted.filter.substances = substances?.unwrap_or_default();
            wanted.filter.strength_key = strength?;
            wanted.filter.form_key = form?;
            wanted.filter.gtin = gtin?.map(String::from);
            wanted.filter.after = after;
            Some(wanted)
        })();
        faults.finish_with(whole)
    }
}

/// One for the whole edition: whatever was asked of it stays as it is until the next one.
fn etag(edition: Option<&Edition>) -> String {
    answer::weak_etag(edition.map_or(b"none".as_slice(), |edition| edition.id.as_bytes()))
}

/// Search the register of medicinal products
///
/// In the order of the register's numbers. The ETag is that of the imported edition: as long as it holds, every page is
/// as it was. What is authorised may all the same not be on the market.
#[utoipa::path(tag = "directory", params(MedicinalProductsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of products", body = MedicinalProductsView,
               headers(("ETag" = String, description = "Weak; of the edition of the register"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows"))),
              (status = 422, description = "Something is too short to search for, or no GTIN",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[get("/api/v1/medicinal-products")]
pub(crate) async fn list_medicinal_products(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<MedicinalProductsQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let filter = query.narrowing();
    let scope = Scope { caller, list: PATH, filter: &filter };
    let page = edge.cursors.page::<RegisterId>(&scope, query.limit, query.cursor.as_deref())?;
    let search = query.search(page.after, page.wanted())?;
    let served = etag(app.product_edition(caller).await?.as_ref());
    if answer::is_known(&request, &served) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, served)).finish());
    }
    let FoundProducts { edition, page: found } = app.list_products(caller, search).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |last| last.id)?;
    let etag = etag(edition.as_ref());
    let view = MedicinalProductsView {
        register_as_of: edition.map(|edition| edition.as_of),
        items: found.items.into_iter().map(MedicinalProductView::of).collect(),
        next_cursor: next_cursor.clone(),
    };
    let mut response = answer::page(&request, &view, next_cursor.as_deref())?;
    let etag = HeaderValue::from_str(&etag).map_err(|fault| Problem::bug(fault.into()))?;
    response.headers_mut().insert(ETAG, etag);
    Ok(response)
}
