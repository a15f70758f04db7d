//! What was issued, described by the list of the contract or by the provider.

use super::entries;
use crate::device_order::realisation::{NamedProduct, Words, named};
use crate::provider_product::Offer;
use crate::support::date;
use crate::support::device_orders::groups;
use crate::values::{DeviceCode, Grosze, PayerCode, Text, TradeProductNumber};

fn offer(code: &str) -> Offer {
    Offer {
        code: PayerCode::parse(code).expect("a code"),
        maker: Text::parse("Wytwórnia Przykładowa").expect("a maker"),
        model: Text::parse("Próbka M").expect("a model"),
        name: Text::parse("Pieluchomajtki próbne").expect("a name"),
        price: Grosze::parse("2.30").expect("a price"),
    }
}

fn product(words: Option<&str>) -> NamedProduct {
    NamedProduct {
        number: TradeProductNumber::parse("900000000001").expect("a number"),
        words: words.map(|name| Words {
            maker: Text::parse("Inna Wytwórnia").expect("a maker"),
            model: Text::parse("Inny").expect("a model"),
            name: Text::parse(name).expect("a name"),
        }),
        serial_number: None,
        pieces: 3,
        price: Grosze::parse("2.50").expect("a price"),
    }
}

fn code() -> DeviceCode {
    DeviceCode::parse("Y.06.01").expect("a code")
}

#[test]
fn the_list_of_the_day_describes_a_product_before_the_provider_does() {
    let groups = groups(date("2026-12-01"));
    let listed = named(&product(Some("Inna nazwa")), Some(&offer("Y.06.01")), &code(), &groups);
    let listed = listed.expect("a product");
    assert_eq!((listed.name.as_str(), listed.price.to_string().as_str()), ("Pieluchomajtki próbne", "2.50"));
    assert!(named(&product(None), Some(&offer("Y.06.01.00")), &code(), &groups).is_ok(), "narrower");
    let free = named(&product(Some("Inna nazwa")), None, &code(), &groups).expect("a product");
    assert_eq!(free.name.as_str(), "Inna nazwa");
}

#[test]
fn a_product_of_another_group_or_of_no_list_is_refused() {
    let groups = groups(date("2026-12-01"));
    let refused = |offer: Option<&Offer>| {
        let told = named(&product(None), offer, &code(), &groups).expect_err("a refusal");
        (told.problem.code, told.pointer)
    };
    let by = |number| entries().into_iter().find(|entry| entry.number == number).expect("a rule").code;
    assert_eq!(refused(Some(&offer("S.12.01"))), (by("DO-45d"), "/product".to_owned()));
    assert_eq!(refused(None), (by("DO-45e"), "/product".to_owned()));
}
