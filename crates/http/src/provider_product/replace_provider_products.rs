//! A provider replaces the whole list of a contract.

use super::limits::LimitsView;
use super::requests::ProductListRequest;
use crate::answer::written;
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{PRODUCTS, Replaced, answer};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, put, web};
use app::App;
use app::answer::StoredAnswer;
use app::provider_product;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// How much of a list became what.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProviderProductListReplaced, example = json!({"contract": "PIASKOWNICA/07/0001", "validFrom": "2026-12-01",
    "revision": 2, "added": 1, "changed": 0, "withdrawn": 0, "unchanged": 0,
    "limits": {"noneAtLimit": [], "limitNotKnownHere": [], "codesNotKnownHere": []}}))]
pub(crate) struct ListReplacedView {
    contract: String,
    valid_from: NaiveDate,
    /// Of the whole list; the next PUT of it names it in `If-Match`.
    revision: i64,
    added: usize,
    changed: usize,
    withdrawn: usize,
    unchanged: usize,
    limits: LimitsView,
}

/// Replace the whole list of a contract
///
/// From a day on exactly these products are offered: all of them or, with every fault named, none. `If-Match` holds the
/// `revision` of the list in quotes, which `GET provider-products` and every change tell; it is `"1"` before the first
/// product.
#[utoipa::path(tag = "provider-products", params(IfMatchHeader), request_body = ProductListRequest,
    responses((status = 200, description = "The list is replaced", body = ListReplacedView,
               headers(("ETag" = String, description = "Revision of the list")))))]
#[put("/api/v1/provider-products")]
pub(crate) async fn replace_provider_products(
    app: web::Data<App>,
    asked: Replaced<ProductListRequest, PRODUCTS>,
) -> Result<HttpResponse, Problem> {
    let list = asked.body.parse(asked.if_match)?;
    answer::send(app.replace_provider_products(&asked.caller, list, asked.write, replaced).await?)
}

fn replaced(it: &provider_product::Replaced) -> StoredAnswer {
    let view = ListReplacedView {
        contract: it.contract.as_str().to_owned(),
        valid_from: it.from,
        revision: it.list_revision,
        added: it.added,
        changed: it.changed,
        withdrawn: it.withdrawn,
        unchanged: it.unchanged,
        limits: LimitsView::of(&it.lacks),
    };
    written(StatusCode::OK, u64::try_from(it.list_revision).ok(), None, &view)
}
