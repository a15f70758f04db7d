//! What providers send of their products.

use crate::parsing::Faults;
use app::failure::Failure;
use app::provider_product::{ChangeProduct, NewListed, ReplaceProducts};
use chrono::NaiveDate;
use domain::provider_product::{Listed, Offer};
use domain::values::{Grosze, PayerCode, Text, TradeProductNumber};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// A product that is added to the list of a contract.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ProviderProductRequest, example = json!({"contract": "PIASKOWNICA/07/0001", "product": "900000000001",
    "code": "Y.06.01", "maker": "Wytwórnia Przykładowa", "model": "Próbka M", "name": "Pieluchomajtki próbne, rozmiar M",
    "price": "2.30", "validFrom": "2026-12-01"}))]
pub(crate) struct ProviderProductRequest {
    /// Number of the contract, the holder's own or the one under which a subcontractor acts.
    #[schema(min_length = 1, max_length = 40)]
    contract: String,
    /// The trade product's number on the list of the contract.
    #[schema(pattern = "^[0-9]{1,12}$")]
    product: String,
    /// The payer's code, or the group's.
    #[schema(max_length = 16)]
    code: String,
    #[schema(min_length = 1, max_length = 250)]
    maker: String,
    #[schema(min_length = 1, max_length = 250)]
    model: String,
    #[schema(min_length = 1, max_length = 500)]
    name: String,
    /// Gross, of one piece, in PLN.
    #[schema(pattern = r"^[0-9]{1,9}(\.[0-9]{2})?$")]
    price: String,
    /// The first day; today unless given.
    #[schema(nullable = false)]
    valid_from: Option<NaiveDate>,
    /// The last day; until further notice unless given.
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
}

/// What is offered from a day on.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ProviderProductChangeRequest, example = json!({"code": "Y.06.01", "maker": "Wytwórnia Przykładowa",
    "model": "Próbka M", "name": "Pieluchomajtki próbne, rozmiar M", "price": "2.45", "validFrom": "2027-01-01"}))]
pub(crate) struct ProductChangeRequest {
    /// The payer's code, or the group's.
    #[schema(max_length = 16)]
    code: String,
    #[schema(min_length = 1, max_length = 250)]
    maker: String,
    #[schema(min_length = 1, max_length = 250)]
    model: String,
    #[schema(min_length = 1, max_length = 500)]
    name: String,
    /// Gross, of one piece, in PLN.
    #[schema(pattern = r"^[0-9]{1,9}(\.[0-9]{2})?$")]
    price: String,
    /// Today, which is taken unless given, or later. What had been planned for later days falls away.
    #[schema(nullable = false)]
    valid_from: Option<NaiveDate>,
    /// The last day; until further notice unless given.
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
}

/// From when on a product is not offered any more.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ProviderProductWithdrawalRequest, example = json!({"validFrom": "2027-02-01"}))]
pub(crate) struct WithdrawalRequest {
    /// The first day without it: today, which is taken unless given, or later.
    #[schema(nullable = false)]
    pub valid_from: Option<NaiveDate>,
}

/// The whole list of a contract from a day on: what is not in it is withdrawn.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ProviderProductListRequest, example = json!({"contract": "PIASKOWNICA/07/0001", "validFrom": "2026-12-01",
    "products": [{"product": "900000000001", "code": "Y.06.01", "maker": "Wytwórnia Przykładowa", "model": "Próbka M",
        "name": "Pieluchomajtki próbne, rozmiar M", "price": "2.30"}]}))]
pub(crate) struct ProductListRequest {
    /// Number of the contract, the holder's own or the one under which a subcontractor acts.
    #[schema(min_length = 1, max_length = 40)]
    contract: String,
    /// Today unless given; later days may be given, and earlier ones only to a list that has had no product.
    #[schema(nullable = false)]
    valid_from: Option<NaiveDate>,
    #[schema(max_items = 1000)]
    products: Vec<ListedProductRequest>,
}

/// A product of a whole list.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ListedProviderProductRequest)]
pub(crate) struct ListedProductRequest {
    /// The trade product's number on the list of the contract.
    #[schema(pattern = "^[0-9]{1,12}$", example = "900000000001")]
    product: String,
    /// The payer's code, or the group's.
    #[schema(max_length = 16, example = "Y.06.01")]
    code: String,
    #[schema(min_length = 1, max_length = 250)]
    maker: String,
    #[schema(min_length = 1, max_length = 250)]
    model: String,
    #[schema(min_length = 1, max_length = 500)]
    name: String,
    /// Gross, of one piece, in PLN.
    #[schema(pattern = r"^[0-9]{1,9}(\.[0-9]{2})?$", example = "2.30")]
    price: String,
}

/// The members that all forms of a product have in common, in the order of [`Offer`].
fn offer(faults: &mut Faults, [code, maker, model, name, price]: [&str; 5]) -> Option<Offer> {
    let code = faults.take("/code", PayerCode::parse(code));
    let maker = faults.take("/maker", Text::parse(maker));
    let model = faults.take("/model", Text::parse(model));
    let name = faults.take("/name", Text::parse(name));
    let price = faults.take("/price", Grosze::parse(price));
    Some(Offer { code: code?, maker: maker?, model: model?, name: name?, price: price? })
}

impl ProviderProductRequest {
    pub(super) fn parse(&self) -> Result<NewListed, Failure> {
        let mut faults = Faults::new();
        let contract = faults.take("/contract", Text::parse(&self.contract));
        let number = faults.take("/product", TradeProductNumber::parse(&self.product));
        let offer = offer(&mut faults, [&self.code, &self.maker, &self.model, &self.name, &self.price]);
        let whole = (|| {
            let change = ChangeProduct { from: self.valid_from, to: self.valid_to, offer: offer? };
            Some(NewListed { contract: contract?, number: number?, change })
        })();
        faults.finish_with(whole)
    }
}

impl ProductChangeRequest {
    pub(super) fn parse(&self) -> Result<ChangeProduct, Failure> {
        let mut faults = Faults::new();
        let offer = offer(&mut faults, [&self.code, &self.maker, &self.model, &self.name, &self.price]);
        let change = offer.map(|offer| ChangeProduct { from: self.valid_from, to: self.valid_to, offer });
        faults.finish_with(change)
    }
}

impl ProductListRequest {
    pub(super) fn parse(&self, if_match: Option<u64>) -> Result<ReplaceProducts, Failure> {
        let mut faults = Faults::new();
        let contract = faults.take("/contract", Text::parse(&self.contract));
        let products = faults.each("products", &self.products, |faults, it| {
            let number = faults.take("/product", TradeProductNumber::parse(&it.product));
            let offer = offer(faults, [&it.code, &it.maker, &it.model, &it.name, &it.price]);
            Some(Listed { number: number?, offer: offer? })
        });
        let whole = (|| {
            let (contract, products) = (contract?, products?);
            Some(ReplaceProducts { contract, from: self.valid_from, products, if_match })
        })();
        faults.finish_with(whole)
    }
}
