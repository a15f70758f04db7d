//! Registered products beside what a demand asks for.

use super::view::{MedicinalProductView, product_example};
use app::medicinal_product::ProductMatches;
use chrono::NaiveDate;
use domain::medicinal_product::{Agreement, Match};
use serde::Serialize;
use utoipa::ToSchema;

/// What the register holds of the product that a demand asks for (PF art. 4(3)(2)). It warns and decides nothing: the
/// register does not say whether a product can be had.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProductMatches, example = json!({"registerAsOf": "2026-11-02", "compared": true, "items": [{
    "equivalent": true, "agrees": {"substances": true, "strength": true, "form": true}, "saltsDiffer": false,
    "product": product_example()}]}))]
pub(crate) struct ProductMatchesView {
    /// The day of the register that was looked at; absent while none has been imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2026-11-02")]
    register_as_of: Option<NaiveDate>,
    /// Whether the demand names active substances; without them nothing is compared.
    compared: bool,
    /// Authorised products for people with the same active substances and the same strength or form; those that agree
    /// in all three come first. At most 100.
    items: Vec<ProductMatchView>,
}

/// A registered product, and in what it agrees with the demand.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProductMatch)]
pub(crate) struct ProductMatchView {
    /// Substances, strength and form agree.
    equivalent: bool,
    agrees: AgreementView,
    /// Both name salts of the substances, and not the same ones.
    salts_differ: bool,
    product: MedicinalProductView,
}

/// Each of the three by itself.
#[derive(Serialize, ToSchema)]
#[schema(as = ProductAgreement)]
pub(crate) struct AgreementView {
    substances: bool,
    strength: bool,
    form: bool,
}

impl ProductMatchesView {
    pub(crate) fn of(found: ProductMatches) -> Self {
        Self {
            register_as_of: found.edition.map(|edition| edition.as_of),
            compared: found.is_comparable,
            items: found.matches.into_iter().map(ProductMatchView::of).collect(),
        }
    }
}

impl ProductMatchView {
    pub(crate) fn of(found: Match) -> Self {
        let Agreement { substances, strength, form, salts_differ } = found.agreement;
        Self {
            equivalent: found.agreement.is_whole(),
            agrees: AgreementView { substances, strength, form },
            salts_differ,
            product: MedicinalProductView::of(found.product),
        }
    }
}
