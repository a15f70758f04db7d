//! What a file of contracts must not contradict (DP-01 to DP-07), what it may not drop (DP-08, DP-11), and who supplies
//! (DP-09, DP-10).

use super::model::{Contract, ContractsFile, Place, Subcontract};
use super::refusals::{
    BRANCH_REPEATED, CONTRACT_DAYS, CONTRACT_DROPPED, CONTRACT_REPEATED, COVERAGE_REPEATED,
    ORGANISATION_UNFIT, PART_DROPPED, PLACE_UNKNOWN, PLACES, SUBCONTRACTOR,
};
use crate::ids::OrganisationId;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry};
use chrono::NaiveDate;
use std::collections::BTreeSet;

const LAW: &str = "Refund act art. 38; eZWM v2.1.6 p. 84";
const TAKE_UP: &str = "eZWM v2.1.6 pp. 2, 84";

/// A file beside the directory.
#[derive(Clone, Copy, Debug)]
pub struct Importing<'f> {
    pub file: &'f ContractsFile,
    /// The active providers that the directory knows.
    pub providers: &'f BTreeSet<OrganisationId>,
}

/// Looks at the whole; the places at which it is broken.
pub type ImportCheck = fn(&Importing<'_>) -> Vec<String>;

pub const RULES: &[Rule<ImportCheck>] = &[
    Rule {
        number: "DP-01",
        legal: LAW,
        says: Sentence {
            pl: "Numer umowy należy do jednej umowy.",
            en: "The number of a contract is one contract’s.",
        },
        problem: CONTRACT_REPEATED,
        broken_at: numbers_are_told_apart,
    },
    Rule {
        number: "DP-02",
        legal: LAW,
        says: Sentence {
            pl: "Umowa nie kończy się przed początkiem, a podwykonawca działa w jej dniach.",
            en: "A contract does not end before it begins, and a subcontractor acts within its days.",
        },
        problem: CONTRACT_DAYS,
        broken_at: days_fit,
    },
    Rule {
        number: "DP-03",
        legal: TAKE_UP,
        says: Sentence {
            pl: "Posiadacza umowy i podwykonawcę zna katalog jako realizatora.",
            en: "The directory knows the holder of a contract and a subcontractor as providers.",
        },
        problem: ORGANISATION_UNFIT,
        broken_at: organisations_are_providers,
    },
    Rule {
        number: "DP-04",
        legal: LAW,
        says: Sentence {
            pl: "Umowa i każdy podwykonawca mają co najmniej jedno miejsce, a kod miejsca jest w umowie jeden.",
            en: "A contract and each subcontractor have a place at least, and a place’s code is one place’s in the contract.",
        },
        problem: PLACES,
        broken_at: places_are_told_apart,
    },
    Rule {
        number: "DP-05",
        legal: TAKE_UP,
        says: Sentence {
            pl: "Posiadacz nie jest własnym podwykonawcą, a podwykonawca występuje w danym dniu raz.",
            en: "A holder is no subcontractor of its own, and a subcontractor stands once on a day.",
        },
        problem: SUBCONTRACTOR,
        broken_at: subcontractors_are_others,
    },
    Rule {
        number: "DP-06",
        legal: LAW,
        says: Sentence {
            pl: "Umowa coś obejmuje, a żadna pozycja jej zakresu nie zawiera innej.",
            en: "A contract covers something, and no entry of what it covers holds another.",
        },
        problem: COVERAGE_REPEATED,
        broken_at: coverage_is_told_once,
    },
    Rule {
        number: "DP-07",
        legal: "design",
        says: Sentence {
            pl: "Punkty obsługi oddziału stoją w jednym miejscu pliku.",
            en: "The service points of a branch stand in one place of the file.",
        },
        problem: BRANCH_REPEATED,
        broken_at: branches_are_told_once,
    },
];

/// Every contradiction, with its place.
pub fn contradictions(importing: &Importing<'_>) -> Vec<Violation> {
    rule::broken(RULES, |check| check(importing))
}

/// Contracts that have begun and that the file drops or makes another's, and parts of them: take-ups may refer to them (DP-08,
/// DP-11).
pub fn dropped(kept: &[Contract], imported: &[Contract], today: NaiveDate) -> Vec<Violation> {
    let is_the_same = |old: &Contract, new: &Contract| {
        (&new.number, new.holder, &new.branch, new.valid_from)
            == (&old.number, old.holder, &old.branch, old.valid_from)
    };
    let begun = kept.iter().filter(|old| old.valid_from <= today);
    let gone = begun.filter(|old| !imported.iter().any(|new| is_the_same(old, new)));
    let heads = gone.map(|old| Violation::new(CONTRACT_DROPPED, old.number.as_str()));
    let begun = kept.iter().filter(|old| old.valid_from <= today);
    let pairs = begun.filter_map(|old| Some((old, imported.iter().find(|new| is_the_same(old, new))?)));
    let parts = pairs.flat_map(|(old, new)| dropped_parts(old, new, today));
    let parts = parts.map(|place| Violation::new(PART_DROPPED, place));
    heads.chain(parts).collect()
}

/// What a contract that stays takes back of days that have passed, or of the codes by which its places are known (DP-11).
fn dropped_parts(old: &Contract, new: &Contract, today: NaiveDate) -> Vec<String> {
    let begun = old.subcontracts.iter().filter(|it| it.valid_from <= today).cloned().collect();
    let old = &Contract { subcontracts: begun, ..old.clone() };
    let number = old.number.as_str();
    let is_kept = |subcontract: &Subcontract| {
        new.subcontracts.iter().any(|it| {
            (it.organisation, it.valid_from) == (subcontract.organisation, subcontract.valid_from)
                && keeps_passed(subcontract.valid_to, it.valid_to, today)
        })
    };
    let shortened = !keeps_passed(old.valid_to, new.valid_to, today);
    let last_day = shortened.then(|| format!("{number}, last day"));
    let gone = old.subcontracts.iter().filter(|it| !is_kept(it));
    let gone = gone.map(|it| format!("{number}, subcontractor {} from {}", it.organisation, it.valid_from));
    let owners_now: Vec<_> = owners(new).collect();
    let is_moved = |(code, owner): &(&str, Option<OrganisationId>)| {
        let now: Vec<_> = owners_now.iter().filter(|(its, _)| its == code).collect();
        !now.is_empty() && now.iter().all(|(_, its)| its != owner)
    };
    let moved: BTreeSet<&str> = owners(old).filter(is_moved).map(|(code, _)| code).collect();
    let moved = moved.into_iter().map(|code| format!("{number}, place {code}"));
    last_day.into_iter().chain(gone).chain(moved).collect()
}

/// Whether a new last day leaves every day in force that has passed.
fn keeps_passed(before: NaiveDate, after: NaiveDate, today: NaiveDate) -> bool {
    after >= today.pred_opt().map_or(before, |yesterday| before.min(yesterday))
}

pub fn entries() -> Vec<RuleEntry> {
    let entry = |operation, number, legal, says, code| RuleEntry { operation, number, legal, says, code };
    let kept = Sentence {
        pl: "Nowy plik zachowuje każdą umowę, która zaczęła obowiązywać, z jej posiadaczem, oddziałem i pierwszym dniem.",
        en: "A new file keeps every contract that has begun, with its holder, branch and first day.",
    };
    let parts = Sentence {
        pl: "Umowa zachowuje dni, które minęły, swoje i każdego podwykonawcy, który zaczął działać; kod miejsca nie przechodzi na kogo innego.",
        en: "A contract keeps the days that have passed, its own and those of every subcontractor that has begun; the code of a place does not pass to another.",
    };
    let in_force = Sentence {
        pl: "Wyrób wydaje realizator, którego umowa obowiązuje w tym dniu i obejmuje jego kod; podwykonawca działa w ramach umowy posiadacza (DO-35).",
        en: "A device is supplied by a provider whose contract is in force on the day and covers its code; a subcontractor acts under its holder’s (DO-35).",
    };
    let at_place = Sentence {
        pl: "Wyrób wydaje się w miejscu, które umowa wymienia dla tego realizatora.",
        en: "A device is handed out at a place that the contract names for this provider.",
    };
    let supply = "provider-products; take-ups";
    let mut all: Vec<RuleEntry> = RULES.iter().map(|rule| rule.entry("import")).collect();
    all.push(entry("import", "DP-08", "design", kept, CONTRACT_DROPPED.code));
    all.push(entry("import", "DP-11", "design", parts, PART_DROPPED.code));
    all.push(entry(supply, "DP-09", TAKE_UP, in_force, NO_CONTRACT_CODES));
    all.push(entry("take-ups", "DP-10", TAKE_UP, at_place, PLACE_UNKNOWN.code));
    all
}

/// Which of the three says what is missing.
const NO_CONTRACT_CODES: &str =
    "device_provider.not_contracted, device_provider.contract_not_in_force, device_provider.code_not_covered";

/// The numbers of the contracts of which something is so.
fn contracts_where(importing: &Importing<'_>, is_broken: impl Fn(&Contract) -> bool) -> Vec<String> {
    let broken = importing.file.contracts.iter().filter(|contract| is_broken(contract));
    broken.map(|contract| contract.number.as_str().to_owned()).collect()
}

/// Whether any is there twice.
fn repeats<T: Ord>(values: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    values.into_iter().any(|value| !seen.insert(value))
}

fn numbers_are_told_apart(importing: &Importing<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let again = importing.file.contracts.iter().filter(|contract| !seen.insert(contract.number.as_str()));
    again.map(|contract| contract.number.as_str().to_owned()).collect()
}

fn days_fit(importing: &Importing<'_>) -> Vec<String> {
    contracts_where(importing, |contract| {
        let reaches_out = contract.subcontracts.iter().any(|it| {
            it.valid_to < it.valid_from
                || it.valid_from < contract.valid_from
                || contract.valid_to < it.valid_to
        });
        contract.valid_to < contract.valid_from || reaches_out
    })
}

fn organisations_are_providers(importing: &Importing<'_>) -> Vec<String> {
    let of_contract = |contract: &Contract| {
        let others = contract.subcontracts.iter().map(|it| it.organisation);
        let unfit =
            [contract.holder].into_iter().chain(others).filter(|id| !importing.providers.contains(id));
        let number = contract.number.as_str().to_owned();
        unfit.map(move |id| format!("{number}, {id}")).collect::<Vec<_>>()
    };
    importing.file.contracts.iter().flat_map(of_contract).collect()
}

fn places_are_told_apart(importing: &Importing<'_>) -> Vec<String> {
    contracts_where(importing, |contract| {
        let lacks = contract.all_places().next().is_none()
            || contract.subcontracts.iter().any(|it| it.places.is_empty());
        let distinct: BTreeSet<(&str, Option<OrganisationId>)> = owners(contract).collect();
        // In a later period a subcontractor may hand out at the same place again.
        lacks || repeats(distinct.iter().map(|(code, _)| *code)) || repeats_within(contract)
    })
}

fn owners(contract: &Contract) -> impl Iterator<Item = (&str, Option<OrganisationId>)> {
    let own = contract.places.iter().map(|place| (place.code.as_str(), None));
    let others = contract
        .subcontracts
        .iter()
        .flat_map(|it| it.places.iter().map(|place| (place.code.as_str(), Some(it.organisation))));
    own.chain(others)
}

fn repeats_within(contract: &Contract) -> bool {
    let codes = |places: &[Place]| repeats(places.iter().map(|place| place.code.as_str().to_owned()));
    codes(&contract.places) || contract.subcontracts.iter().any(|it| codes(&it.places))
}

fn subcontractors_are_others(importing: &Importing<'_>) -> Vec<String> {
    contracts_where(importing, |contract| {
        let all = &contract.subcontracts;
        let meets_another = all.iter().enumerate().any(|(at, one)| {
            all.iter().skip(at + 1).any(|other| {
                one.organisation == other.organisation
                    && one.valid_from <= other.valid_to
                    && other.valid_from <= one.valid_to
            })
        });
        meets_another || all.iter().any(|it| it.organisation == contract.holder)
    })
}

fn coverage_is_told_once(importing: &Importing<'_>) -> Vec<String> {
    contracts_where(importing, |contract| {
        let all = &contract.covers;
        let holds_another = all.iter().enumerate().any(|(at, one)| {
            all.iter().enumerate().any(|(other_at, other)| at != other_at && one.covers(other.as_str()))
        });
        all.is_empty() || holds_another
    })
}

fn branches_are_told_once(importing: &Importing<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let again = importing.file.branches.iter().filter(|it| !seen.insert(it.branch.as_str()));
    again.map(|it| format!("branch {}", it.branch)).collect()
}

#[cfg(test)]
mod tests;
