//! What is sent of an issue of goods and of its receipt.

use super::choices::ReceiverKind;
use crate::demand::content::PatientIdentifier;
use crate::demand::parse;
use crate::device_order::choices::{DeviceSide, IssueMethod};
use crate::device_order::examples;
use crate::faults::{MISSING_MEMBER, UNKNOWN_MEMBER};
use crate::parsing::Faults;
use app::device_order::{ConfirmReceipt, FIRST_RECEIPT, NamedItem, RealiseTakeUp};
use app::failure::Failure;
use chrono::NaiveDate;
use domain::device_order::model::{Receipt, Receiver};
use domain::device_order::realisation::{NamedProduct, Words};
use domain::values::{DeviceCode, Grosze, PersonName, Text, TradeProductNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// Who took the goods: the patient, or another person by name and identifier (DO-42).
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceReceiverRequest)]
pub(crate) struct ReceiverRequest {
    kind: ReceiverKind,
    /// Of `OTHER`.
    #[schema(nullable = false, max_length = 80, example = "Piotr")]
    given_names: Option<String>,
    /// Of `OTHER`.
    #[schema(nullable = false, max_length = 80, example = "Testowy")]
    family_name: Option<String>,
    /// Of `OTHER`.
    #[schema(nullable = false)]
    identifier: Option<PatientIdentifier>,
}

impl ReceiverRequest {
    fn read(&self, faults: &mut Faults) -> Option<Receiver> {
        let (given, family) = (self.given_names.as_deref(), self.family_name.as_deref());
        if self.kind == ReceiverKind::Patient {
            let sent = [
                ("/givenNames", given.is_some()),
                ("/familyName", family.is_some()),
                ("/identifier", self.identifier.is_some()),
            ];
            for (pointer, _) in sent.into_iter().filter(|(_, is_sent)| *is_sent) {
                faults.add(pointer, UNKNOWN_MEMBER);
            }
            return Some(Receiver::Patient);
        }
        let given_names = faults.required("/givenNames", given, MISSING_MEMBER, PersonName::parse);
        let family_name = faults.required("/familyName", family, MISSING_MEMBER, PersonName::parse);
        if self.identifier.is_none() {
            faults.add("/identifier", MISSING_MEMBER);
        }
        let identifier = faults.within_optional("identifier", self.identifier.as_ref(), parse::identifier);
        Some(Receiver::Other {
            given_names: given_names?,
            family_name: family_name?,
            identifier: identifier.flatten()?,
        })
    }
}

/// That the goods were received (part IV of the form).
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceReceiptRequest)]
pub(crate) struct ReceiptRequest {
    received_on: NaiveDate,
    #[validate(nested)]
    by: ReceiverRequest,
}

impl ReceiptRequest {
    pub(crate) fn read(faults: &mut Faults, it: &Self) -> Option<Receipt> {
        let by = faults.within("by", |faults| it.by.read(faults))?;
        Some(Receipt { received_on: it.received_on, by })
    }
}

/// A receipt that follows an issue, or a correction of the one that there is.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceReceiptVersionRequest, example = examples::receipt_request)]
pub(crate) struct ReceiptVersionRequest {
    received_on: NaiveDate,
    #[validate(nested)]
    by: ReceiverRequest,
    /// 1, which is taken unless given, where there is no receipt; a correction has the next version after the present one.
    #[schema(nullable = false, minimum = 1, example = 1)]
    #[validate(range(min = 1))]
    version: Option<u32>,
}

impl ReceiptVersionRequest {
    pub(super) fn parse(&self) -> Result<ConfirmReceipt, Failure> {
        let mut faults = Faults::new();
        let by = faults.within("by", |faults| self.by.read(faults));
        let asked = by.map(|by| ConfirmReceipt {
            receipt: Receipt { received_on: self.received_on, by },
            version: self.version.unwrap_or(FIRST_RECEIPT),
        });
        faults.finish_with(asked)
    }
}

/// Pieces of one product at one price; with a serial number, of one such piece or set.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = IssuedProductRequest)]
pub(crate) struct ProductRequest {
    /// Number on the provider's list to the contract.
    #[schema(pattern = "^[0-9]{1,12}$", example = "900000000001")]
    product: String,
    /// Of a product that the list does not have on the day of issue; otherwise the list's word counts.
    #[schema(nullable = false, min_length = 1, max_length = 250)]
    maker: Option<String>,
    /// The same.
    #[schema(nullable = false, min_length = 1, max_length = 250)]
    model: Option<String>,
    /// The same.
    #[schema(nullable = false, min_length = 1, max_length = 500)]
    name: Option<String>,
    #[schema(nullable = false, min_length = 1, max_length = 40, example = "SN-2030-000123")]
    serial_number: Option<String>,
    #[schema(minimum = 1, maximum = 9999, example = 180)]
    #[validate(range(min = 1, max = 9999))]
    pieces: u32,
    /// Gross, of one piece, in PLN.
    #[schema(pattern = r"^[0-9]{1,9}(\.[0-9]{2})?$", example = "2.30")]
    price: String,
}

impl ProductRequest {
    fn read(faults: &mut Faults, it: &Self) -> Option<NamedProduct> {
        let number = faults.take("/product", TradeProductNumber::parse(&it.product));
        let words = if it.is_described() { it.words(faults).map(Some) } else { Some(None) };
        let serial_number = faults.optional("/serialNumber", it.serial_number.as_deref(), Text::parse);
        let price = faults.take("/price", Grosze::parse(&it.price));
        Some(NamedProduct {
            number: number?,
            words: words?,
            serial_number: serial_number?,
            pieces: it.pieces,
            price: price?,
        })
    }

    fn is_described(&self) -> bool {
        self.maker.is_some() || self.model.is_some() || self.name.is_some()
    }

    fn words(&self, faults: &mut Faults) -> Option<Words> {
        let maker = faults.required("/maker", self.maker.as_deref(), MISSING_MEMBER, Text::parse);
        let model = faults.required("/model", self.model.as_deref(), MISSING_MEMBER, Text::parse);
        let name = faults.required("/name", self.name.as_deref(), MISSING_MEMBER, Text::parse);
        Some(Words { maker: maker?, model: model?, name: name? })
    }
}

/// What was issued of one code, tier and side.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = IssuedItemRequest)]
pub(crate) struct ItemRequest {
    /// Of a confirmed line, or one that shares its limit.
    #[schema(max_length = 16, example = "Y.06.01")]
    code: String,
    #[schema(minimum = 1, example = 2)]
    tier: u32,
    #[schema(nullable = false)]
    side: Option<DeviceSide>,
    #[schema(max_items = 50)]
    #[validate(length(max = 50), nested)]
    products: Vec<ProductRequest>,
}

impl ItemRequest {
    fn read(faults: &mut Faults, it: &Self) -> Option<NamedItem> {
        let code = faults.take("/code", DeviceCode::parse(&it.code));
        let products = faults.each("products", &it.products, ProductRequest::read);
        Some(NamedItem { code: code?, tier: it.tier, side: it.side.map(Into::into), products: products? })
    }
}

/// Goods that were issued of what is held (part III of the form).
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceRealisationRequest, example = examples::realisation_request)]
pub(crate) struct RealisationRequest {
    /// Within a month of the take-up and its hold; it may be confirmed some days later.
    issued_on: NaiveDate,
    method: IssueMethod,
    /// Who handed the goods over.
    #[schema(min_length = 1, max_length = 120, example = "Renata Przykładowa")]
    staff: String,
    #[schema(max_items = 20)]
    #[validate(length(max = 20), nested)]
    items: Vec<ItemRequest>,
    /// May follow where a courier brings a monthly supply.
    #[schema(nullable = false)]
    #[validate(nested)]
    receipt: Option<ReceiptRequest>,
}

impl RealisationRequest {
    pub(super) fn parse(&self) -> Result<RealiseTakeUp, Failure> {
        let mut faults = Faults::new();
        let asked = self.read(&mut faults);
        faults.finish_with(asked)
    }

    fn read(&self, faults: &mut Faults) -> Option<RealiseTakeUp> {
        let staff = faults.take("/staff", Text::parse(&self.staff));
        let items = faults.each("items", &self.items, ItemRequest::read);
        let receipt = faults.within_optional("receipt", self.receipt.as_ref(), ReceiptRequest::read);
        Some(RealiseTakeUp {
            issued_on: self.issued_on,
            method: self.method.into(),
            staff: staff?,
            items: items?,
            receipt: receipt?,
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::{Value, json};

    fn faults<T>(parsed: Result<T, Failure>) -> Vec<(String, &'static str)> {
        match parsed {
            Ok(_) => Vec::new(),
            Err(Failure::Refused(refused)) => {
                refused.violations.into_iter().map(|it| (it.pointer, it.problem.code)).collect()
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    fn realisation(pointer: &str, value: Value) -> Vec<(String, &'static str)> {
        let mut sent = examples::realisation_request();
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        sent.pointer_mut(parent).unwrap()[member] = value;
        faults(serde_json::from_value::<RealisationRequest>(sent).unwrap().parse())
    }

    #[test]
    fn the_examples_are_requests_without_faults() {
        assert_eq!(realisation("/staff", json!("Renata Przykładowa")), []);
        let sent: ReceiptVersionRequest = serde_json::from_value(examples::receipt_request()).unwrap();
        assert_eq!(faults(sent.parse()), []);
    }

    #[test]
    fn a_product_is_described_whole_or_not_at_all() {
        let found = realisation("/items/0/products/0/maker", json!("Wytwórnia"));
        let at = |member: &str| (format!("/items/0/products/0/{member}"), "request.missing_member");
        assert_eq!(found, [at("model"), at("name")]);
    }

    #[test]
    fn another_receiver_has_a_name_and_an_identifier_and_the_patient_has_none() {
        let found = realisation("/receipt/by", json!({"kind": "OTHER", "familyName": "Testowy"}));
        let at = |member: &str, code| (format!("/receipt/by/{member}"), code);
        let missing = "request.missing_member";
        assert_eq!(found, [at("givenNames", missing), at("identifier", missing)]);
        let found = realisation("/receipt/by", json!({"kind": "PATIENT", "familyName": "Testowy"}));
        assert_eq!(found, [at("familyName", "request.unknown_member")]);
    }
}
