//! The whole list of a contract at once: all of it or every fault (PP-08, PP-09).

use super::model::{Offer, Product};
use super::refusals::{CHANGE_PAST, LIST_SIZE, REPEATED};
use super::rules::{Offering, no_contract, under, violations};
use crate::decision::admit;
use crate::device_provider::Contract;
use crate::ids::{OrganisationId, ProviderProductId};
use crate::problem::{Sentence, Violation};
use crate::rule::RuleEntry;
use crate::values::{Text, TradeProductNumber};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// As many as one request may hold.
pub const MOST: usize = 1_000;

pub(super) const LIST_ENTRIES: [RuleEntry; 2] = [
    RuleEntry {
        operation: "PUT provider-products",
        number: "PP-08",
        legal: "design",
        says: Sentence {
            pl: "Cała lista ma najwyżej 1000 produktów, każdy raz; czego na niej nie ma, od jej dnia nie jest oferowane.",
            en: "A whole list has at most 1000 products, each once; what is not on it is not offered from its day on.",
        },
        code: "provider_product.list_size, provider_product.repeated",
    },
    RuleEntry {
        operation: "PUT provider-products",
        number: "PP-09",
        legal: "design",
        says: Sentence {
            pl: "Lista obowiązuje w całości albo wcale; każdy błąd każdego produktu jest wymieniony.",
            en: "A list holds whole or not at all; every fault of every product is named.",
        },
        code: "–",
    },
];

/// A product of a whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub number: TradeProductNumber,
    pub offer: Offer,
}

/// What a whole list makes of the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replacement {
    pub added: Vec<Product>,
    pub changed: Vec<Product>,
    pub withdrawn: Vec<Product>,
    pub unchanged: Vec<Product>,
}

/// Whose list it is, and from which day on.
#[derive(Clone, Debug)]
pub struct Target {
    pub provider: OrganisationId,
    pub contract: Text<40>,
    pub from: NaiveDate,
    pub today: NaiveDate,
}

/// Offers exactly these products from a day on. `ids` are for those that are new.
pub fn replace(
    known: Vec<Product>,
    wanted: &[Listed],
    target: &Target,
    contracts: &[Contract],
    mut ids: impl FnMut() -> ProviderProductId,
) -> Result<Replacement, Vec<Violation>> {
    let mut known: BTreeMap<TradeProductNumber, Product> =
        known.into_iter().map(|product| (product.number.clone(), product)).collect();
    admit(faults(wanted, target, contracts))?;
    let mut made = Replacement::default();
    for Listed { number, offer } in wanted {
        match known.remove(number) {
            Some(product) if product.is_already(target.from, None, offer) => made.unchanged.push(product),
            Some(product) => made.changed.push(product.with(target.from, None, Some(offer.clone()))),
            None => {
                made.added.push(target.product(ids(), number).with(target.from, None, Some(offer.clone())));
            }
        }
    }
    for product in known.into_values() {
        if product.is_offered_from(target.from) {
            made.withdrawn.push(product.with(target.from, None, None));
        }
    }
    Ok(made)
}

/// What concerns the whole is named once, whatever the number of products.
fn faults(wanted: &[Listed], target: &Target, contracts: &[Contract]) -> Vec<Violation> {
    let under = under(target.provider, contracts, &target.contract, target.from);
    let mut found = Vec::new();
    if wanted.len() > MOST {
        found.push(Violation::new(LIST_SIZE, "/products"));
    }
    found.extend(under.err().map(no_contract));
    if target.from < target.today {
        found.push(Violation::new(CHANGE_PAST, "/validFrom"));
    }
    let mut seen = BTreeSet::new();
    for (at, Listed { number, offer }) in wanted.iter().enumerate() {
        if !seen.insert(number) {
            found.push(Violation::new(REPEATED, format!("/products/{at}/product")));
        }
        let Ok(under) = under else { continue };
        let offering = Offering {
            offer,
            from: target.from,
            to: None,
            under: Ok(under),
            known: None,
            today: target.today,
        };
        // The day is that of the whole list, and told once.
        let own = violations(&offering).into_iter().filter(|it| it.problem != CHANGE_PAST);
        found.extend(own.map(|it| Violation::new(it.problem, format!("/products/{at}{}", it.pointer))));
    }
    found
}

impl Target {
    fn product(&self, id: ProviderProductId, number: &TradeProductNumber) -> Product {
        Product {
            id,
            provider: self.provider,
            contract: self.contract.clone(),
            number: number.clone(),
            revision: 0,
            entries: Vec::new(),
        }
    }
}
