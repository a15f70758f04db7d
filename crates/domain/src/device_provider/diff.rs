//! What an imported file changes of the contracts that are kept, member by member.

use super::model::{BranchPoints, Contract, ContractsFile, Place};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One difference. `of` is a contract or a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Added(String),
    /// Not in the file, and never in force yet.
    Dropped(String),
    /// It has another last day now.
    Ends {
        of: String,
        last: NaiveDate,
    },
    /// Empty where it is not there.
    Altered {
        of: String,
        what: String,
        before: String,
        after: String,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let there = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
        match self {
            Self::Added(of) => write!(f, "added: {of}"),
            Self::Dropped(of) => write!(f, "dropped: {of}"),
            Self::Ends { of, last } => write!(f, "ends: {of}, on {last}"),
            Self::Altered { of, what, before, after } => {
                write!(f, "changed: {of}, {what}: {} → {}", there(before), there(after))
            }
        }
    }
}

type Members = BTreeMap<String, String>;

/// All differences: contracts by number, then branches by code.
pub fn between(kept: &ContractsFile, imported: &ContractsFile) -> Vec<Change> {
    let contracts = |file: &ContractsFile| -> BTreeMap<String, (Option<NaiveDate>, Members)> {
        let all = file.contracts.iter();
        all.map(|it| (it.number.as_str().to_owned(), (Some(it.valid_to), members(it)))).collect()
    };
    let branches = |file: &ContractsFile| -> BTreeMap<String, (Option<NaiveDate>, Members)> {
        file.branches.iter().map(|it| (format!("branch {}", it.branch), (None, points(it)))).collect()
    };
    let mut found = changes(&contracts(kept), &contracts(imported));
    found.extend(changes(&branches(kept), &branches(imported)));
    found
}

fn changes(
    before: &BTreeMap<String, (Option<NaiveDate>, Members)>,
    after: &BTreeMap<String, (Option<NaiveDate>, Members)>,
) -> Vec<Change> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let of_key = |key: &String| match (before.get(key), after.get(key)) {
        (None, _) => vec![Change::Added(key.clone())],
        (Some(_), None) => vec![Change::Dropped(key.clone())],
        (Some(old), Some(new)) => {
            let last = new.0.filter(|_| old.0 != new.0);
            let ends = last.map(|last| Change::Ends { of: key.clone(), last });
            ends.into_iter().chain(altered(key, &old.1, &new.1)).collect()
        }
    };
    keys.into_iter().flat_map(of_key).collect()
}

fn altered(of: &str, before: &Members, after: &Members) -> Vec<Change> {
    let whats: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = whats.into_iter().filter_map(|what| {
        let text = |members: &Members| members.get(what).cloned().unwrap_or_default();
        let (before, after) = (text(before), text(after));
        (before != after).then(|| Change::Altered { of: of.to_owned(), what: what.clone(), before, after })
    });
    changed.collect()
}

/// Everything that is said of a contract but its number and last day.
fn members(contract: &Contract) -> Members {
    let covers: Vec<&str> = contract.covers.iter().map(super::Coverage::as_str).collect();
    let mut all = Members::from([
        ("branch".to_owned(), contract.branch.to_string()),
        ("holder".to_owned(), contract.holder.to_string()),
        ("first day".to_owned(), contract.valid_from.to_string()),
        ("covers".to_owned(), covers.join(", ")),
    ]);
    all.extend(contract.places.iter().map(|place| (format!("place {}", place.code.as_str()), told(place))));
    for it in &contract.subcontracts {
        let of = format!("subcontractor {} from {}", it.organisation, it.valid_from);
        all.insert(format!("{of}, last day"), it.valid_to.to_string());
        let places =
            it.places.iter().map(|place| (format!("{of}, place {}", place.code.as_str()), told(place)));
        all.extend(places);
    }
    all
}

fn points(of: &BranchPoints) -> Members {
    let all = of.points.iter().enumerate();
    all.map(|(at, it)| {
        (format!("point {}", at + 1), format!("{}, {}", it.name.as_str(), address(&it.address)))
    })
    .collect()
}

fn told(place: &Place) -> String {
    let name = place.name.as_ref().map(|name| format!("{}, ", name.as_str())).unwrap_or_default();
    format!("{name}{}", address(&place.address))
}

fn address(address: &crate::values::Address) -> String {
    let (street, code, city) =
        (address.reveal_street_line(), address.reveal_postal_code(), address.reveal_city());
    format!("{street}, {code} {city}")
}

#[cfg(test)]
mod tests;
