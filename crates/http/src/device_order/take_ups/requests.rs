//! What is asked of take-ups.

use super::choices::EntitlementChoiceKind;
use crate::device_order::choices::DeviceSide;
use crate::device_order::content::{AdditionalEntitlement, RightProof, read};
use crate::device_order::examples;
use crate::faults::{MISSING_MEMBER, UNKNOWN_MEMBER};
use crate::parsing::Faults;
use app::device_order::{Price, Quotable, QuoteDeviceOrder, QuotedItem, QuotedProduct, TakeUpDeviceOrder};
use app::failure::Failure;
use domain::device_order::model::{EntitlementChoice, Months};
use domain::ids::TakeUpId;
use domain::values::{DeviceCode, Grosze, Text, TradeProductNumber, YearMonth};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// Consecutive months of a monthly order, one to six.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = TakeUpMonthsRequest)]
pub(crate) struct MonthsRequest {
    /// Not before the present one.
    #[schema(pattern = "^[0-9]{4}-[0-9]{2}$", example = "2030-01")]
    from: String,
    #[schema(minimum = 1, maximum = 6, example = 2)]
    count: u32,
}

impl MonthsRequest {
    pub(crate) fn read(&self, faults: &mut Faults) -> Option<Months> {
        let from = faults.take("/from", YearMonth::parse(&self.from));
        from.map(|from| Months { from, count: self.count })
    }
}

/// What becomes of the order's additional entitlement (DO-39).
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EntitlementChoiceRequest)]
pub(crate) struct EntitlementRequest {
    kind: EntitlementChoiceKind,
    /// Of `SET`, and of nothing else.
    #[schema(nullable = false)]
    #[validate(nested)]
    entitlement: Option<AdditionalEntitlement>,
}

impl EntitlementRequest {
    fn read(&self, faults: &mut Faults) -> Option<EntitlementChoice> {
        match (self.kind, &self.entitlement) {
            (EntitlementChoiceKind::Keep, None) => Some(EntitlementChoice::Keep),
            (EntitlementChoiceKind::Remove, None) => Some(EntitlementChoice::Remove),
            (EntitlementChoiceKind::Set, Some(sent)) => {
                let entitlement =
                    faults.within("entitlement", |faults| read::additional_entitlement(faults, sent));
                entitlement.map(|entitlement| EntitlementChoice::Set { entitlement })
            }
            (EntitlementChoiceKind::Set, None) => {
                faults.add("/entitlement", MISSING_MEMBER);
                None
            }
            (EntitlementChoiceKind::Keep | EntitlementChoiceKind::Remove, Some(_)) => {
                faults.add("/entitlement", UNKNOWN_MEMBER);
                None
            }
        }
    }
}

/// What a provider wants of an order, and on what it goes.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::take_up_request)]
pub(crate) struct TakeUpRequest {
    /// Of a monthly order; a one-off order has none.
    #[schema(nullable = false)]
    #[validate(nested)]
    months: Option<MonthsRequest>,
    /// The place of service, by its code in the contract.
    #[schema(min_length = 1, max_length = 40, example = "M-1")]
    place: String,
    /// The order's own is kept unless this says otherwise.
    #[schema(nullable = false)]
    #[validate(nested)]
    entitlement: Option<EntitlementRequest>,
    /// What the patient brought to prove the right to benefits; it counts where the payer does not confirm it.
    #[schema(nullable = false)]
    #[validate(nested)]
    right: Option<RightProof>,
    /// Where the counter knows better than the order.
    #[schema(nullable = false)]
    pregnant: Option<bool>,
}

impl TakeUpRequest {
    fn read(&self, faults: &mut Faults) -> Option<TakeUpDeviceOrder> {
        let months = faults.within_optional("months", self.months.as_ref(), |faults, it| it.read(faults));
        let place = faults.take("/place", Text::parse(&self.place));
        let entitlement =
            faults.within_optional("entitlement", self.entitlement.as_ref(), |faults, it| it.read(faults));
        let right = faults.within_optional("right", self.right.as_ref(), read::right);
        Some(TakeUpDeviceOrder {
            months: months?,
            place: place?,
            entitlement: entitlement?.unwrap_or(EntitlementChoice::Keep),
            right: right?,
            pregnant: self.pregnant,
        })
    }

    pub(super) fn parse(&self) -> Result<TakeUpDeviceOrder, Failure> {
        let mut faults = Faults::new();
        let asked = self.read(&mut faults);
        faults.finish_with(asked)
    }
}

/// Pieces of a product at one price: of the provider's list, or free.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct QuoteProductRequest {
    /// Number on the provider's list to the contract, at whose price of today it goes.
    #[schema(nullable = false, pattern = "^[0-9]{1,12}$", example = "900000000001")]
    product: Option<String>,
    /// Gross, of one piece, in PLN; where no product of the list is named.
    #[schema(nullable = false, pattern = r"^[0-9]{1,9}(\.[0-9]{2})?$", example = "2.30")]
    price: Option<String>,
    #[schema(minimum = 1, maximum = 9999, example = 180)]
    #[validate(range(min = 1, max = 9999))]
    pieces: u32,
}

impl QuoteProductRequest {
    fn read(&self, faults: &mut Faults) -> Option<QuotedProduct> {
        let price = match (self.product.as_deref(), self.price.as_deref()) {
            (Some(number), None) => {
                faults.take("/product", TradeProductNumber::parse(number)).map(Price::Listed)
            }
            (None, Some(price)) => faults.take("/price", Grosze::parse(price)).map(Price::Free),
            (None, None) => {
                faults.add("/price", MISSING_MEMBER);
                None
            }
            (Some(_), Some(_)) => {
                faults.add("/price", UNKNOWN_MEMBER);
                None
            }
        };
        Some(QuotedProduct { pieces: self.pieces, price: price? })
    }
}

/// What could be issued of one code, tier and side.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct QuoteItemRequest {
    #[schema(max_length = 16, example = "Y.06.01")]
    code: String,
    /// Of the confirmed lines.
    #[schema(minimum = 1, example = 2)]
    tier: u32,
    #[schema(nullable = false)]
    side: Option<DeviceSide>,
    #[schema(min_items = 1, max_items = 50)]
    #[validate(length(min = 1, max = 50), nested)]
    products: Vec<QuoteProductRequest>,
}

impl QuoteItemRequest {
    fn read(&self, faults: &mut Faults) -> Option<QuotedItem> {
        let code = faults.take("/code", DeviceCode::parse(&self.code));
        let products = faults.each("products", &self.products, |faults, it| it.read(faults));
        Some(QuotedItem {
            code: code?,
            tier: self.tier,
            side: self.side.map(Into::into),
            products: products?,
        })
    }
}

/// One of several choices, such as the one within the limit and a dearer one.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct QuoteChoiceRequest {
    #[schema(min_items = 1, max_items = 20)]
    #[validate(length(min = 1, max = 20), nested)]
    items: Vec<QuoteItemRequest>,
}

/// What would be taken up, or is held already, and what could be issued of it.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceOrderQuoteRequest, example = examples::quote_request)]
pub(crate) struct QuoteRequest {
    /// A take-up that the provider holds: its frozen limits count. Without it `takeUp` says what would be taken up.
    #[schema(nullable = false)]
    take_up_id: Option<Uuid>,
    #[schema(nullable = false)]
    #[validate(nested)]
    take_up: Option<TakeUpRequest>,
    #[schema(min_items = 1, max_items = 10)]
    #[validate(length(min = 1, max = 10), nested)]
    choices: Vec<QuoteChoiceRequest>,
}

impl QuoteRequest {
    pub(super) fn parse(&self) -> Result<QuoteDeviceOrder, Failure> {
        let mut faults = Faults::new();
        let of = match (self.take_up_id, &self.take_up) {
            (Some(id), None) => Some(Quotable::Held(TakeUpId(id))),
            (None, Some(asked)) => {
                let read = faults.within("takeUp", |faults| asked.read(faults));
                read.map(|asked| Quotable::Asked(Box::new(asked)))
            }
            (None, None) => {
                faults.add("/takeUp", MISSING_MEMBER);
                None
            }
            (Some(_), Some(_)) => {
                faults.add("/takeUp", UNKNOWN_MEMBER);
                None
            }
        };
        let choices = faults.each("choices", &self.choices, |faults, choice| {
            faults.each("items", &choice.items, |faults, it| it.read(faults))
        });
        let asked = of.zip(choices).map(|(of, choices)| QuoteDeviceOrder { of, choices });
        faults.finish_with(asked)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::{Value, json};

    fn take_up(sent: &Value) -> Result<TakeUpDeviceOrder, Vec<(String, &'static str)>> {
        faults(serde_json::from_value::<TakeUpRequest>(sent.clone()).unwrap().parse())
    }

    fn faults<T>(parsed: Result<T, Failure>) -> Result<T, Vec<(String, &'static str)>> {
        parsed.map_err(|failure| match failure {
            Failure::Refused(refused) => {
                refused.violations.into_iter().map(|it| (it.pointer, it.problem.code)).collect()
            }
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn the_examples_are_requests_without_faults() {
        assert!(take_up(&examples::take_up_request()).is_ok());
        let quote: QuoteRequest = serde_json::from_value(examples::quote_request()).unwrap();
        let quote = faults(quote.parse()).unwrap();
        assert_eq!(quote.choices.len(), 2);
    }

    #[test]
    fn an_entitlement_is_kept_unless_something_else_is_said() {
        let kept = take_up(&json!({"place": "M-1"})).unwrap();
        assert_eq!((kept.months, kept.entitlement), (None, EntitlementChoice::Keep));
        let set = json!({"place": "M-1", "entitlement": {"kind": "SET"}});
        let missing = vec![("/entitlement/entitlement".to_owned(), "request.missing_member")];
        assert_eq!(take_up(&set).unwrap_err(), missing);
    }

    #[test]
    fn a_product_has_a_number_or_a_price() {
        let of = |product: Value| {
            let mut sent = examples::quote_request();
            sent["choices"] = json!([{"items": [{"code": "Y.06.01", "tier": 2, "products": [product]}]}]);
            faults(serde_json::from_value::<QuoteRequest>(sent).unwrap().parse()).map(|_| ())
        };
        let at = |code| Err(vec![("/choices/0/items/0/products/0/price".to_owned(), code)]);
        assert_eq!(of(json!({"pieces": 1, "price": "2.30"})), Ok(()));
        assert_eq!(of(json!({"pieces": 1})), at("request.missing_member"));
        assert_eq!(of(json!({"pieces": 1, "price": "2.30", "product": "1"})), at("request.unknown_member"));
    }
}
