//! Each rule of a list: kept, broken, and at its edge.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_provider::samples::{HOLDER, STRANGER, SUBCONTRACTOR, contract};
use crate::provider_product::list::{Listed, MOST, Target, replace};
use crate::provider_product::samples::{offer, product};
use crate::values::Grosze;
use uuid::Uuid;

const TODAY: &str = "2026-11-26";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn codes<T>(outcome: Result<T, Vec<Violation>>) -> Vec<(&'static str, String)> {
    let found = outcome.err().unwrap_or_default();
    found.into_iter().map(|it| (it.problem.code, it.pointer)).collect()
}

fn new(alter: impl FnOnce(&mut NewProduct)) -> Result<Product, Vec<Violation>> {
    new_on(TODAY, alter)
}

fn new_on(today: &str, alter: impl FnOnce(&mut NewProduct)) -> Result<Product, Vec<Violation>> {
    let known = product("123");
    let mut asked = NewProduct {
        id: known.id,
        provider: HOLDER,
        contract: known.contract,
        number: known.number,
        from: day(today),
        to: None,
        offer: offer("Y.06.01", "2.00"),
    };
    alter(&mut asked);
    list_new(asked, &[contract("UM-1")], day(today))
}

fn refused(code: &'static str, pointer: &str) -> Vec<(&'static str, String)> {
    vec![(code, pointer.to_owned())]
}

#[test]
fn pp_01_the_contract_is_in_force_for_this_provider() {
    assert_eq!(codes(new(|_| ())), []);
    assert_eq!(
        codes(new(|it| it.provider = STRANGER)),
        refused("device_provider.not_contracted", "/contract")
    );
    let other = |it: &mut NewProduct| it.contract = Text::parse("UM-2").unwrap();
    assert_eq!(codes(new(other)), refused("device_provider.not_contracted", "/contract"));
    let not_in_force = || refused("device_provider.contract_not_in_force", "/validFrom");
    assert_eq!(codes(new_on("2023-12-31", |_| ())), not_in_force());
    assert_eq!(codes(new(|it| it.from = day("2027-01-01"))), not_in_force());
    let of_subcontractor = |it: &mut NewProduct| it.provider = SUBCONTRACTOR;
    assert_eq!(codes(new(of_subcontractor)), not_in_force());
    assert_eq!(codes(new_on("2025-12-31", of_subcontractor)), []);
}

#[test]
fn pp_02_the_contract_covers_the_code() {
    assert_eq!(
        codes(new(|it| it.offer.code = "U.01.01".parse().unwrap())),
        refused("device_provider.code_not_covered", "/code")
    );
    assert_eq!(codes(new(|it| it.offer.code = "Y.06.01.00".parse().unwrap())), []);
}

#[test]
fn pp_03_a_price_is_above_zero() {
    let price = |grosze| move |it: &mut NewProduct| it.offer.price = Grosze::new(grosze).unwrap();
    assert_eq!(codes(new(price(0))), refused("provider_product.price_zero", "/price"));
    assert_eq!(codes(new(price(1))), []);
}

#[test]
fn pp_04_an_offer_ends_after_it_began_and_with_the_contract() {
    let until = |last: &str| {
        let last = day(last);
        codes(new(|it| it.to = Some(last)))
    };
    assert_eq!(until(TODAY), []);
    assert_eq!(until("2026-12-31"), []);
    assert_eq!(until("2026-11-25"), refused("provider_product.days", "/validTo"));
    assert_eq!(until("2027-01-01"), refused("provider_product.days", "/validTo"));
}

#[test]
fn pp_05_a_list_changes_from_today_on() {
    let past = new(|it| it.from = day("2026-11-25"));
    assert_eq!(codes(past), refused("provider_product.change_past", "/validFrom"), "a new one, too");
    let known = new(|_| ()).unwrap();
    let from = |on: &str| {
        change(known.clone(), (day(on), None), offer("Y.06.01", "2.50"), &[contract("UM-1")], day(TODAY))
    };
    assert_eq!(codes(from("2026-11-25")), refused("provider_product.change_past", "/validFrom"));
    assert_eq!(from(TODAY).unwrap().revision, 2);
    let same =
        change(known.clone(), (day(TODAY), None), offer("Y.06.01", "2.00"), &[contract("UM-1")], day(TODAY));
    assert_eq!(same.unwrap(), known, "nothing is different");
}

#[test]
fn pp_06_only_what_is_offered_is_withdrawn() {
    let known = new(|_| ()).unwrap();
    assert_eq!(
        codes(withdraw(known.clone(), day("2026-11-25"), day(TODAY))),
        refused("provider_product.change_past", "/validFrom")
    );
    let withdrawn = withdraw(known, day("2026-12-01"), day(TODAY)).unwrap();
    assert!(withdrawn.offered_on(day("2026-11-30")).is_some());
    assert_eq!(
        codes(withdraw(withdrawn.clone(), day("2026-12-01"), day(TODAY))),
        refused("provider_product.not_offered", "")
    );
    assert!(withdraw(withdrawn, day("2026-11-28"), day(TODAY)).is_ok(), "earlier than planned");
}

fn listed(number: &str, price: &str) -> Listed {
    Listed { number: number.parse().unwrap(), offer: offer("Y.06.01", price) }
}

fn target(from: &str) -> Target {
    Target { provider: HOLDER, contract: contract("UM-1").number, from: day(from), today: day(TODAY) }
}

fn replaced(
    known: Vec<Product>,
    wanted: &[Listed],
    from: &str,
) -> Result<crate::provider_product::Replacement, Vec<Violation>> {
    let mut next = 100;
    replace(known, wanted, &target(from), &[contract("UM-1")], || {
        next += 1;
        ProviderProductId(Uuid::from_u128(next))
    })
}

#[test]
fn pp_08_a_whole_list_offers_what_is_on_it_and_nothing_else() {
    let first = replaced(Vec::new(), &[listed("1", "2.00"), listed("2", "3.00"), listed("3", "4.00")], TODAY)
        .unwrap();
    assert_eq!(first.added.len(), 3);
    let second =
        replaced(first.added, &[listed("1", "2.00"), listed("2", "3.50"), listed("4", "1.00")], "2026-12-01")
            .unwrap();
    let numbers = |all: &[Product]| all.iter().map(|it| it.number.to_string()).collect::<Vec<_>>();
    assert_eq!(numbers(&second.unchanged), ["1"]);
    assert_eq!(numbers(&second.changed), ["2"]);
    assert_eq!(numbers(&second.added), ["4"]);
    assert_eq!(numbers(&second.withdrawn), ["3"]);
    assert!(second.withdrawn[0].offered_on(day("2026-11-30")).is_some());
    assert!(second.withdrawn[0].offered_on(day("2026-12-01")).is_none());
}

#[test]
fn pp_08_a_list_has_its_bound_and_no_number_twice() {
    let many: Vec<Listed> = (0..=MOST).map(|number| listed(&number.to_string(), "2.00")).collect();
    assert_eq!(codes(replaced(Vec::new(), &many, TODAY)), refused("provider_product.list_size", "/products"));
    assert!(replaced(Vec::new(), &many[..MOST], TODAY).is_ok());
    assert_eq!(
        codes(replaced(Vec::new(), &[listed("1", "2.00"), listed("1", "3.00")], TODAY)),
        refused("provider_product.repeated", "/products/1/product")
    );
}

#[test]
fn pp_09_every_fault_of_every_product_is_named() {
    let mut uncovered = listed("2", "0.00");
    uncovered.offer.code = "U.01.01".parse().unwrap();
    assert_eq!(
        codes(replaced(Vec::new(), &[listed("1", "0.00"), uncovered], TODAY)),
        [
            ("provider_product.price_zero", "/products/0/price".to_owned()),
            ("device_provider.code_not_covered", "/products/1/code".to_owned()),
            ("provider_product.price_zero", "/products/1/price".to_owned()),
        ]
    );
    for known in [Vec::new(), vec![new(|_| ()).unwrap()]] {
        assert_eq!(
            codes(replaced(known, &[listed("1", "1.00"), listed("2", "1.00")], "2026-11-25")),
            refused("provider_product.change_past", "/validFrom"),
            "once, and of the first list, too"
        );
    }
    assert_eq!(
        codes(replaced(Vec::new(), &[listed("1", "1.00")], "2027-01-01")),
        refused("device_provider.contract_not_in_force", "/validFrom")
    );
}
