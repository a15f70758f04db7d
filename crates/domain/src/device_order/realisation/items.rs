//! What is issued against the confirmed lines, and what it costs whom.

use super::{Issuing, Item};
use crate::device_group::DeviceGroup;
use crate::device_order::model::{ConfirmedLine, IssuedItem, IssuedProduct, TakeUp};
use crate::device_order::money::{Amounts, Priced, Rounding, split, split_after};
use crate::problem::Violation;
use crate::values::{DeviceCode, Grosze};

/// What a supply would cost, before anything is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub line: ConfirmedLine,
    pub amounts: Amounts,
}

/// The price of so many pieces at one price, split for each of the lines: also for the dearer choice.
pub fn quote(
    lines: &[ConfirmedLine],
    months: u32,
    price: Grosze,
    pieces: u32,
    rounding: Rounding,
) -> Result<Vec<Quote>, Vec<Violation>> {
    lines
        .iter()
        .map(|line| {
            split(line.terms, months, &[Priced { price, pieces }], rounding)
                .map(|amounts| Quote { line: line.clone(), amounts })
                .map_err(|problem| vec![Violation::new(problem, "/price")])
        })
        .collect()
}

/// What these products cost on the terms of a line.
pub fn amounts(
    line: &ConfirmedLine,
    months: u32,
    products: &[IssuedProduct],
    rounding: Rounding,
) -> Result<Amounts, Vec<Violation>> {
    let priced: Vec<Priced> = products.iter().map(IssuedProduct::priced).collect();
    split(line.terms, months, &priced, rounding).map_err(|problem| vec![Violation::new(problem, "/items")])
}

/// The line on whose terms an item is borne: its own, else the first of its side whose code shares its limit (DO-41).
pub(super) fn line_of<'a>(
    take_up: &'a TakeUp,
    item: &Item,
    groups: &[DeviceGroup],
) -> Option<&'a ConfirmedLine> {
    let shared = |code: &DeviceCode| groups.iter().find(|group| group.code == *code)?.shared_limit.as_ref();
    let is_alike = |line: &&ConfirmedLine| {
        line.code != item.code && shared(&line.code).is_some() && shared(&line.code) == shared(&item.code)
    };
    let of_side = || take_up.lines.iter().filter(|line| line.side == item.side);
    of_side()
        .find(|line| line.code == item.code && line.tier == item.tier)
        .or_else(|| of_side().find(is_alike))
}

/// What stands on one line is borne together: an amount for the whole quantity is there once (DO-58).
pub(super) fn issued(
    take_up: &TakeUp,
    issuing: &Issuing,
    groups: &[DeviceGroup],
    months: u32,
) -> Result<Vec<IssuedItem>, Vec<Violation>> {
    let priced = |item: &Item| item.products.iter().map(IssuedProduct::priced).collect::<Vec<_>>();
    let mut found = Vec::new();
    for (at, item) in issuing.items.iter().enumerate() {
        let Some(line) = line_of(take_up, item, groups) else { continue };
        let is_of_line = |other: &&Item| line_of(take_up, other, groups) == Some(line);
        let before: Vec<Priced> = issuing.items.iter().take(at).filter(is_of_line).flat_map(priced).collect();
        found.push(IssuedItem {
            code: item.code.clone(),
            tier: item.tier,
            side: item.side,
            products: item.products.clone(),
            line: line.clone(),
            amounts: split_after(line.terms, months, &before, &priced(item), issuing.rounding)
                .map_err(|problem| vec![Violation::new(problem, "/items")])?,
        });
    }
    Ok(found)
}

pub(super) fn total(items: &[IssuedItem]) -> Result<Amounts, Vec<Violation>> {
    items
        .iter()
        .try_fold(Amounts::default(), |sum, item| sum.plus(item.amounts))
        .map_err(|problem| vec![Violation::new(problem, "/items")])
}
