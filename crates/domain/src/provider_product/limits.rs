//! Whether every group of a contract has a product at the limit price or below (DO-49, PP-10).

use super::model::Offer;
use crate::device_group::{DeviceGroup, Tier};
use crate::device_provider::{Contract, Coverage};
use crate::problem::Sentence;
use crate::rule::RuleEntry;
use crate::values::{DeviceCode, Grosze};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A group in which no product is at the limit price or below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoneAtLimit {
    pub code: DeviceCode,
    pub name: String,
    /// The greatest of its tiers' limits: what a product may cost at most to be at a limit.
    pub limit: Grosze,
}

/// What a list lacks. It refuses nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacks {
    pub none_at_limit: Vec<NoneAtLimit>,
    /// Groups of which a limit is not known here, so that nothing can be said.
    pub limit_unknown: Vec<DeviceCode>,
    /// Codes of products that the catalogue does not know on the day.
    pub code_unknown: BTreeSet<String>,
}

pub(super) fn entry() -> RuleEntry {
    RuleEntry {
        operation: "provider-products",
        number: "PP-10",
        legal: "contract for the supply of medical devices (DO-49)",
        says: Sentence {
            pl: "Ostrzeżenie: w każdej grupie objętej umową co najmniej jeden produkt kosztuje nie więcej niż limit. Grupa o nieznanym limicie jest wymieniona jako nieznana, bez ostrzeżenia.",
            en: "A warning: in each group of the contract one product at least costs no more than the limit. A group of an unknown limit is named as unknown, without a warning.",
        },
        code: "–",
    }
}

/// The groups of the contract on a day against what is offered then. `groups` are those that are valid on the day.
pub fn lacks(contract: &Contract, groups: &[DeviceGroup], offers: &[Offer], day: NaiveDate) -> Lacks {
    let is_ours = |group: &&DeviceGroup| group.is_valid_on(day) && contract.is_for(group.code.as_str());
    let mut found = Lacks::default();
    for group in groups.iter().filter(is_ours) {
        // A member of a shared limit may be issued for another (DO-41).
        let sharing = groups.iter().filter(|other| is_issued_for(other, group));
        let sharing: Vec<&DeviceGroup> = sharing.collect();
        let limits: Option<Vec<Grosze>> = group.tiers.iter().map(limit).collect();
        if offers.iter().any(|offer| is_at_limit(offer, group, &sharing)) {
            continue;
        }
        match limits.and_then(|all| all.into_iter().max()) {
            Some(limit) => {
                let (code, name) = (group.code.clone(), group.name.clone());
                found.none_at_limit.push(NoneAtLimit { code, name, limit });
            }
            None => found.limit_unknown.push(group.code.clone()),
        }
    }
    let is_known = |offer: &&Offer| groups.iter().any(|group| group.is_valid_on(day) && is_of(offer, group));
    let unknown = offers.iter().filter(|offer| !is_known(offer));
    found.code_unknown = unknown.map(|offer| offer.code.to_string()).collect();
    found
}

fn is_issued_for(other: &DeviceGroup, group: &DeviceGroup) -> bool {
    other.code == group.code || (group.shared_limit.is_some() && other.shared_limit == group.shared_limit)
}

/// Whether the code of the offer is the group's, one of its tiers', or begins with the group's.
pub(crate) fn is_of(offer: &Offer, group: &DeviceGroup) -> bool {
    let is_of_tier = group.tiers.iter().any(|tier| tier.payer_code.as_ref() == Some(&offer.code));
    is_of_tier || Coverage::parse(group.code.as_str()).is_ok_and(|whole| whole.covers(offer.code.as_str()))
}

/// A product with a tier's code is held against that tier alone, any other of the group against each.
fn is_at_limit(offer: &Offer, group: &DeviceGroup, sharing: &[&DeviceGroup]) -> bool {
    if !sharing.iter().any(|other| is_of(offer, other)) {
        return false;
    }
    let own = group.tiers.iter().find(|tier| tier.payer_code.as_ref() == Some(&offer.code));
    let is_within = |tier: &Tier| limit(tier).is_some_and(|limit| offer.price <= limit);
    own.map_or_else(|| group.tiers.iter().any(is_within), is_within)
}

/// What the payer bears at most for whichever patient: the least of its bands, unknown where one of them is.
fn limit(tier: &Tier) -> Option<Grosze> {
    let all: Option<Vec<Grosze>> =
        tier.bands.iter().map(|band| band.limit.map(|limit| limit.amount)).collect();
    all?.into_iter().min()
}

#[cfg(test)]
mod tests;
