//! When a product may be listed, changed and withdrawn (PP-01 to PP-07).

use super::limits;
use super::list::LIST_ENTRIES;
use super::model::{Offer, Product};
use super::refusals::{CHANGE_PAST, DAYS, EXISTS, NOT_OFFERED, PRICE_ZERO};
use crate::decision::admit;
use crate::device_provider::refusals::{NOT_CONTRACTED, NOT_COVERED, NOT_IN_FORCE};
use crate::device_provider::{Contract, InForce, contracts_on};
use crate::ids::{OrganisationId, ProviderProductId};
use crate::problem::{ProblemType, Sentence, Violation};
use crate::rule::{Rule, RuleEntry, at, broken};
use crate::values::{Text, TradeProductNumber};
use chrono::NaiveDate;

const LIST: &str = "eZWM v2.1.6 pp. 91–93";

/// An offer beside the contract under which it is made.
#[derive(Clone, Copy, Debug)]
pub struct Offering<'o> {
    pub offer: &'o Offer,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// The provider's part in the contract on the first day, or why there is none.
    pub under: Result<InForce<'o>, &'static ProblemType>,
    /// What the list says of the product already.
    pub known: Option<&'o Product>,
    pub today: NaiveDate,
}

/// Looks at an offer; the pointers at which it is broken.
pub type OfferCheck = fn(&Offering<'_>) -> Vec<String>;

/// PP-01 is told by the code that the contract's own refusal has.
pub const RULES: &[Rule<OfferCheck>] = &[
    Rule {
        number: "PP-02",
        legal: "eZWM v2.1.6 pp. 2, 84",
        says: Sentence {
            pl: "Produkt należy do grup, które obejmuje umowa.",
            en: "A product is of the groups that the contract covers.",
        },
        problem: NOT_COVERED,
        broken_at: |it| {
            at("/code", it.under.is_ok_and(|under| !under.contract.is_for(it.offer.code.as_str())))
        },
    },
    Rule {
        number: "PP-03",
        legal: "eZWM v2.1.6 p. 93",
        says: Sentence { pl: "Cena jest większa od zera.", en: "The price is above zero." },
        problem: PRICE_ZERO,
        broken_at: |it| at("/price", it.offer.price.get() == 0),
    },
    Rule {
        number: "PP-04",
        legal: LIST,
        says: Sentence {
            pl: "Oferta nie kończy się przed początkiem ani po umowie.",
            en: "An offer ends neither before it begins nor after the contract.",
        },
        problem: DAYS,
        broken_at: |it| {
            let is_outside = |last: NaiveDate| last < it.from || it.under.is_ok_and(|under| under.to < last);
            at("/validTo", it.to.is_some_and(is_outside))
        },
    },
    Rule {
        number: "PP-05",
        legal: "design",
        says: Sentence {
            pl: "Oferta zaczyna się najwcześniej w dniu wpisu, także gdy produkt jest nowy; dni, które minęły, zachowują swoją cenę.",
            en: "An offer begins on the day of the entry at the earliest, of a new product, too; days that have passed keep their price.",
        },
        problem: CHANGE_PAST,
        broken_at: |it| at("/validFrom", it.from < it.today),
    },
];

pub fn entries() -> Vec<RuleEntry> {
    let entry = |operation, number, legal, says, code| RuleEntry { operation, number, legal, says, code };
    let in_force = Sentence {
        pl: "Lista należy do umowy, która obowiązuje realizatora w pierwszym dniu oferty; podwykonawca prowadzi własną listę do umowy posiadacza.",
        en: "A list belongs to a contract that is in force for the provider on the first day of the offer; a subcontractor keeps a list of its own to the holder’s contract.",
    };
    let withdrawn = Sentence {
        pl: "Wycofuje się produkt, który w tym dniu albo później jest oferowany.",
        en: "A product is withdrawn that is offered on that day or later.",
    };
    let once = Sentence {
        pl: "Numer produktu jest na liście umowy jeden.",
        en: "A product’s number is once on a contract’s list.",
    };
    let changes = "provider-products";
    let in_force_codes = "device_provider.not_contracted, device_provider.contract_not_in_force";
    let mut all = vec![entry(changes, "PP-01", "eZWM v2.1.6 pp. 2, 84", in_force, in_force_codes)];
    all.extend(RULES.iter().map(|rule| rule.entry(changes)));
    all.push(entry("withdrawal", "PP-06", "design", withdrawn, NOT_OFFERED.code));
    all.push(entry("provider-products", "PP-07", LIST, once, EXISTS.code));
    all.extend(LIST_ENTRIES);
    all.push(limits::entry());
    all
}

/// The provider's part in the contract of this number on a day.
pub fn under<'c>(
    provider: OrganisationId,
    contracts: &'c [Contract],
    number: &Text<40>,
    day: NaiveDate,
) -> Result<InForce<'c>, &'static ProblemType> {
    let takes_part = |contract: &&Contract| {
        let acts = contract.subcontracts.iter().any(|it| it.organisation == provider);
        contract.number == *number && (contract.holder == provider || acts)
    };
    let contract = contracts.iter().find(takes_part).ok_or(NOT_CONTRACTED)?;
    contracts_on(provider, std::slice::from_ref(contract), day).into_iter().next().ok_or(NOT_IN_FORCE)
}

/// Everything that keeps an offer from being made.
pub(super) fn violations(it: &Offering<'_>) -> Vec<Violation> {
    it.under.err().map(no_contract).into_iter().chain(broken(RULES, |check| check(it))).collect()
}

/// Outside the days of the contract it is the first day that is wrong, and else the contract.
pub(super) fn no_contract(problem: &'static ProblemType) -> Violation {
    Violation::new(problem, if problem == NOT_IN_FORCE { "/validFrom" } else { "/contract" })
}

/// A product that a list has not had yet.
#[derive(Clone, Debug)]
pub struct NewProduct {
    pub id: ProviderProductId,
    pub provider: OrganisationId,
    pub contract: Text<40>,
    pub number: TradeProductNumber,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub offer: Offer,
}

/// Lists a product.
pub fn list_new(
    new: NewProduct,
    contracts: &[Contract],
    today: NaiveDate,
) -> Result<Product, Vec<Violation>> {
    let NewProduct { id, provider, contract, number, from, to, offer } = new;
    let under = under(provider, contracts, &contract, from);
    admit(violations(&Offering { offer: &offer, from, to, under, known: None, today }))?;
    let product = Product { id, provider, contract, number, revision: 0, entries: Vec::new() };
    Ok(product.with(from, to, Some(offer)))
}

/// Offers something else from a day on, also again after a withdrawal. Where nothing is different the product stays as
/// it is.
pub fn change(
    product: Product,
    (from, to): (NaiveDate, Option<NaiveDate>),
    offer: Offer,
    contracts: &[Contract],
    today: NaiveDate,
) -> Result<Product, Vec<Violation>> {
    let under = under(product.provider, contracts, &product.contract, from);
    admit(violations(&Offering { offer: &offer, from, to, under, known: Some(&product), today }))?;
    Ok(if product.is_already(from, to, &offer) { product } else { product.with(from, to, Some(offer)) })
}

/// Offers nothing from a day on.
pub fn withdraw(product: Product, from: NaiveDate, today: NaiveDate) -> Result<Product, Vec<Violation>> {
    if from < today {
        return Err(vec![Violation::new(CHANGE_PAST, "/validFrom")]);
    }
    if !product.is_offered_from(from) {
        return Err(vec![Violation::whole(NOT_OFFERED)]);
    }
    Ok(product.with(from, None, None))
}

#[cfg(test)]
mod tests;
