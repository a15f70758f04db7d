//! A product of a list as its provider is shown it.

use super::limits::LimitsView;
use crate::answer::written;
use actix_web::http::StatusCode;
use app::answer::StoredAnswer;
use app::provider_product::{Saved, StoredProduct};
use chrono::{DateTime, NaiveDate, Utc};
use domain::provider_product::{Entry, Offer};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// A trade product on the list of a contract, with everything that was entered of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProviderProduct, example = product_example)]
pub(crate) struct ProductView {
    id: Uuid,
    /// Grows by one with every entry; the `ETag`.
    #[schema(example = 1)]
    revision: i64,
    #[schema(example = "PIASKOWNICA/07/0001")]
    contract: String,
    /// The trade product's number.
    #[schema(pattern = "^[0-9]{1,12}$", example = "900000000001")]
    product: String,
    /// In the order in which they were entered.
    entries: Vec<EntryView>,
    /// After a change: the revision of the whole list, which the next PUT of it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    list_revision: Option<i64>,
    /// After a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    limits: Option<LimitsView>,
}

/// What was entered once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProviderProductEntry)]
pub(crate) struct EntryView {
    valid_from: NaiveDate,
    /// The last day; absent until further notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    /// What is offered; absent where the product was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    offer: Option<OfferView>,
    /// A later entry took its place before it held.
    replaced: bool,
    entered_at: DateTime<Utc>,
}

/// What is supplied, and for how much.
#[derive(Serialize, ToSchema)]
#[schema(as = ProviderProductOffer)]
pub(crate) struct OfferView {
    /// The payer's code, or the group's.
    #[schema(example = "Y.06.01")]
    code: String,
    maker: String,
    model: String,
    name: String,
    /// Gross, of one piece, in PLN.
    #[schema(example = "2.30")]
    price: String,
}

pub(super) fn product_example() -> Value {
    json!({"id": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a47", "revision": 1, "contract": "PIASKOWNICA/07/0001",
        "product": "900000000001", "entries": [{"validFrom": "2026-12-01", "offer": {"code": "Y.06.01",
            "maker": "Wytwórnia Przykładowa", "model": "Próbka M", "name": "Pieluchomajtki próbne, rozmiar M",
            "price": "2.30"}, "replaced": false, "enteredAt": "2026-11-26T09:00:00Z"}]})
}

impl OfferView {
    pub(super) fn of(offer: &Offer) -> Self {
        Self {
            code: offer.code.to_string(),
            maker: offer.maker.as_str().to_owned(),
            model: offer.model.as_str().to_owned(),
            name: offer.name.as_str().to_owned(),
            price: offer.price.to_string(),
        }
    }
}

impl ProductView {
    pub(super) fn of(stored: &StoredProduct) -> Self {
        let product = &stored.product;
        let entry = |(it, at): (&Entry, &DateTime<Utc>)| EntryView {
            valid_from: it.from,
            valid_to: it.to,
            offer: it.offer.as_ref().map(OfferView::of),
            replaced: it.is_replaced,
            entered_at: *at,
        };
        Self {
            id: product.id.0,
            revision: product.revision,
            contract: product.contract.as_str().to_owned(),
            product: product.number.to_string(),
            entries: product.entries.iter().zip(&stored.entered_at).map(entry).collect(),
            list_revision: None,
            limits: None,
        }
    }

    fn saved(saved: &Saved) -> Self {
        let (list_revision, limits) = (Some(saved.list_revision), Some(LimitsView::of(&saved.lacks)));
        Self { list_revision, limits, ..Self::of(&saved.stored) }
    }
}

pub(super) fn revision(stored: &StoredProduct) -> Option<u64> {
    u64::try_from(stored.product.revision).ok()
}

/// A new product, where it is found.
pub(super) fn created(saved: &Saved) -> StoredAnswer {
    let location = format!("/api/v1/provider-products/{}", saved.stored.product.id);
    written(StatusCode::CREATED, revision(&saved.stored), Some(&location), &ProductView::saved(saved))
}

/// The product after a change.
pub(super) fn changed(saved: &Saved) -> StoredAnswer {
    written(StatusCode::OK, revision(&saved.stored), None, &ProductView::saved(saved))
}
