//! An offer of the tests.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::model::{Offer, Product};
use crate::device_provider::samples::{HOLDER, contract};
use crate::ids::ProviderProductId;
use crate::values::{Grosze, PayerCode, Text, TradeProductNumber};
use uuid::Uuid;

pub(crate) fn offer(code: &str, price: &str) -> Offer {
    Offer {
        code: PayerCode::parse(code).unwrap(),
        maker: Text::parse("Wytwórnia Próbna").unwrap(),
        model: Text::parse("Model A").unwrap(),
        name: Text::parse("Pieluchomajtki próbne").unwrap(),
        price: Grosze::parse(price).unwrap(),
    }
}

pub(crate) fn product(number: &str) -> Product {
    Product {
        id: ProviderProductId(Uuid::from_u128(7)),
        provider: HOLDER,
        contract: contract("UM-1").number,
        number: TradeProductNumber::parse(number).unwrap(),
        revision: 0,
        entries: Vec::new(),
    }
}
