//! Figures that an officer enters where they are not known here, and what a group is with them.

use super::listed::{BandPlace, Listed};
use super::model::{Largest, Limit, UsagePeriod};
use super::refusals::{BAND_UNKNOWN, CORRECTION_PAST, LIMIT_BASIS, NOTHING_NEW, PERIODS, REASON_MISSING};
use super::rules::{self, Catalogue};
use crate::ids::EnteredFiguresId;
use crate::problem::{Sentence, Violation};
use crate::rule::{Rule, RuleEntry, at, broken, whole};
use crate::values::{DeviceCode, Grosze, Percent, Text};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What an officer entered of one band, for good: a correction is a further entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    pub id: EnteredFiguresId,
    pub code: DeviceCode,
    pub place: BandPlace,
    /// The first day on which they hold.
    pub holds_from: NaiveDate,
    pub figures: NewFigures,
    pub source: Text<500>,
    /// Given where something known is changed.
    pub reason: Option<Text<500>>,
}

/// What is entered; the rest stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFigures {
    pub limit: Option<Limit>,
    pub copay: Option<Percent>,
    pub usage: Option<UsagePeriod>,
    /// Of the whole tier.
    pub repair_limit: Option<Grosze>,
    /// Of the whole tier.
    #[serde(default)]
    pub largest: Option<Largest>,
    /// Of the whole group, as the next three are: what all tiers come to together.
    #[serde(default)]
    pub group_largest: Option<Largest>,
    #[serde(default)]
    pub sided: Option<bool>,
    #[serde(default)]
    pub shortenable: Option<bool>,
    #[serde(default)]
    pub multiplied: Option<bool>,
}

/// An entry beside the version that it is for, as that stands on its day.
#[derive(Clone, Copy, Debug)]
pub struct Entering<'e> {
    pub asked: &'e Entered,
    pub listed: &'e Listed,
    pub today: NaiveDate,
}

/// Looks at an entry; the pointers at which it is broken.
pub type EntryCheck = fn(&Entering<'_>) -> Vec<String>;

pub const ENTRY_RULES: &[Rule<EntryCheck>] = &[
    Rule {
        number: "CG-14",
        legal: "design",
        says: Sentence {
            pl: "Wpis dotyczy odmiany i przedziału, które grupa ma w jego dniu.",
            en: "An entry is of a tier and a band that the group has on its day.",
        },
        problem: BAND_UNKNOWN,
        broken_at: |entering| at("/tier", entering.listed.band(entering.asked.place).is_none()),
    },
    Rule {
        number: "CG-15",
        legal: "design",
        says: Sentence {
            pl: "Wpis podaje co najmniej jedną wielkość, która nie jest znana albo jest inna.",
            en: "An entry gives a figure at least that is unknown or different.",
        },
        problem: NOTHING_NEW,
        broken_at: |entering| whole(!says_something_new(entering)),
    },
    Rule {
        number: "CG-16",
        legal: "design",
        says: Sentence {
            pl: "Zmiana znanej wielkości ma przyczynę.",
            en: "A change of a known figure has a reason.",
        },
        problem: REASON_MISSING,
        broken_at: |entering| {
            at("/reason", changes_what_is_known(entering) && entering.asked.reason.is_none())
        },
    },
    Rule {
        number: "CG-17",
        legal: "design",
        says: Sentence {
            pl: "Zmiana znanej wielkości obowiązuje najwcześniej od dnia wpisu.",
            en: "A change of a known figure holds from the day of the entry at the earliest.",
        },
        problem: CORRECTION_PAST,
        broken_at: |entering| {
            at("/holdsFrom", changes_what_is_known(entering) && entering.asked.holds_from < entering.today)
        },
    },
    Rule {
        number: "CG-18",
        legal: "Refund act art. 38(4); Dz.U. 2024 poz. 500",
        says: Sentence {
            pl: "Grupa z wpisem zachowuje CG-05: limit pasuje do sposobu zaopatrzenia.",
            en: "With the entry the group keeps CG-05: its limit fits how it is supplied.",
        },
        problem: LIMIT_BASIS,
        broken_at: |entering| at("/limit/basis", contradicts(entering)),
    },
    Rule {
        number: "CG-20",
        legal: "Refund act art. 38(4); Dz.U. 2024 poz. 500",
        says: Sentence {
            pl: "Największa liczba sztuk z wpisu jest na co najmniej jeden miesiąc (CG-10).",
            en: "An entered largest quantity is for a month at least (CG-10).",
        },
        problem: PERIODS,
        broken_at: |entering| {
            let NewFigures { largest, group_largest, .. } = entering.asked.figures;
            let is_empty = |largest: Option<Largest>| largest.is_some_and(|largest| largest.months == 0);
            [at("/largest/months", is_empty(largest)), at("/groupLargest/months", is_empty(group_largest))]
                .concat()
        },
    },
];

/// How long an entry holds.
pub(super) fn holding() -> RuleEntry {
    RuleEntry {
        operation: "figures",
        number: "CG-19",
        legal: "design",
        says: Sentence {
            pl: "Wpis obowiązuje od podanego dnia do końca wersji, w której ten dzień leży; nowe wydanie katalogu go nie usuwa.",
            en: "An entry holds from its day to the end of the version in which the day lies; a new edition of the catalogue does not take it away.",
        },
        code: "–",
    }
}

/// The entry, or everything that keeps it from being made. `versions` are the effective ones of its code.
pub fn enter(asked: &Entered, versions: &[Listed], today: NaiveDate) -> Result<(), Vec<Violation>> {
    let Some(listed) = versions.iter().find(|listed| listed.is_valid_on(asked.holds_from)) else {
        return Err(vec![Violation::new(BAND_UNKNOWN, "/holdsFrom")]);
    };
    let entering = Entering { asked, listed, today };
    crate::decision::admit(broken(ENTRY_RULES, |check| check(&entering)))
}

fn pair<T: PartialEq>(known: Option<&T>, new: Option<&T>) -> (bool, bool) {
    let differs = new.is_some() && known != new;
    (differs && known.is_some(), differs)
}

/// Of each figure, whether the entry changes what is known, and whether it says anything new.
fn pairs(entering: &Entering<'_>) -> Vec<(bool, bool)> {
    let Some((tier, band)) = entering.listed.band(entering.asked.place) else { return Vec::new() };
    let (group, new) = (&entering.listed.group, &entering.asked.figures);
    vec![
        pair(band.limit.as_ref(), new.limit.as_ref()),
        pair(band.copay.as_ref(), new.copay.as_ref()),
        pair(band.usage.as_ref(), new.usage.as_ref()),
        pair(tier.repair_limit.as_ref(), new.repair_limit.as_ref()),
        pair(tier.largest.as_ref(), new.largest.as_ref()),
        pair(group.largest.as_ref(), new.group_largest.as_ref()),
        pair(group.sided.as_ref(), new.sided.as_ref()),
        pair(group.shortenable.as_ref(), new.shortenable.as_ref()),
        pair(group.multiplied.as_ref(), new.multiplied.as_ref()),
    ]
}

/// Where the band is not there, that is said instead.
fn says_something_new(entering: &Entering<'_>) -> bool {
    let pairs = pairs(entering);
    pairs.is_empty() || pairs.iter().any(|(_, is_new)| *is_new)
}

fn changes_what_is_known(entering: &Entering<'_>) -> bool {
    pairs(entering).iter().any(|(changes, _)| *changes)
}

fn contradicts(entering: &Entering<'_>) -> bool {
    let mut with = entering.listed.clone();
    apply(&mut with, entering.asked);
    let catalogue = Catalogue { groups: std::slice::from_ref(&with), mappings: &[] };
    rules::contradictions(&catalogue).iter().any(|found| found.problem == LIMIT_BASIS)
}

/// The versions of a catalogue with what officers entered: each begins anew on the day of an entry.
pub fn effective(listed: &[Listed], entries: &[Entered]) -> Vec<Listed> {
    listed.iter().flat_map(|version| with_entries(version, entries)).collect()
}

fn with_entries(version: &Listed, entries: &[Entered]) -> Vec<Listed> {
    let of_version = |entry: &&Entered| {
        entry.code == version.group.code
            && version.is_valid_on(entry.holds_from)
            && version.band(entry.place).is_some()
    };
    let mut entries: Vec<&Entered> = entries.iter().filter(of_version).collect();
    entries.sort_by_key(|entry| (entry.holds_from, entry.id));
    let days: BTreeSet<NaiveDate> =
        entries.iter().map(|entry| entry.holds_from).chain([version.group.valid_from]).collect();
    let days: Vec<NaiveDate> = days.into_iter().collect();
    let next = days.iter().skip(1).map(Some).chain([None]);
    let part = |(day, next): (&NaiveDate, Option<&NaiveDate>)| {
        let mut part = version.clone();
        part.group.valid_from = *day;
        part.group.valid_to =
            next.and_then(|next| next.checked_sub_days(Days::new(1))).or(version.group.valid_to);
        for entry in entries.iter().filter(|entry| entry.holds_from <= *day) {
            apply(&mut part, entry);
        }
        part
    };
    days.iter().zip(next).map(part).collect()
}

fn apply(listed: &mut Listed, entry: &Entered) {
    let new = entry.figures;
    if let Some(band) = listed.band_mut(entry.place) {
        band.limit = new.limit.or(band.limit);
        band.copay = new.copay.or(band.copay);
        band.usage = new.usage.or(band.usage);
    }
    let group = &mut listed.group;
    if let Some(tier) = group.tiers.iter_mut().find(|tier| tier.number == entry.place.tier) {
        tier.repair_limit = new.repair_limit.or(tier.repair_limit);
        tier.largest = new.largest.or(tier.largest);
    }
    group.largest = new.group_largest.or(group.largest);
    group.sided = new.sided.or(group.sided);
    group.shortenable = new.shortenable.or(group.shortenable);
    group.multiplied = new.multiplied.or(group.multiplied);
    listed.entered.push(entry.clone());
}

#[cfg(test)]
mod tests;
