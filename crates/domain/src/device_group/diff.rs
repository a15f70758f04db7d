//! What an imported catalogue changes of the one that is kept, figure by figure.

use super::entry::Entered;
use super::listed::{BandPlace, Listed};
use super::model::{Issuer, Largest};
use super::rules::place;
use crate::values::DeviceCode;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Added(String),
    /// Not in the import, and never valid yet.
    Dropped(String),
    /// It has a last day now.
    Ended {
        version: String,
        last: NaiveDate,
    },
    /// Empty where it is unknown.
    Altered {
        version: String,
        what: String,
        before: String,
        after: String,
    },
    /// What an officer entered goes on to hold over what the import says.
    Kept {
        version: String,
        what: BandPlace,
        holds_from: NaiveDate,
    },
    /// What an officer entered finds its band no more, and holds nothing from now on.
    EntryLost {
        code: DeviceCode,
        what: BandPlace,
        holds_from: NaiveDate,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
        match self {
            Self::Added(version) => write!(f, "added: {version}"),
            Self::Dropped(version) => write!(f, "dropped: {version}"),
            Self::Ended { version, last } => write!(f, "ended: {version}, on {last}"),
            Self::Altered { version, what, before, after } => {
                write!(f, "changed: {version}, {what}: {} → {}", known(before), known(after))
            }
            Self::Kept { version, what, holds_from } => {
                write!(f, "kept as entered: {version}, {what}, from {holds_from}")
            }
            Self::EntryLost { code, what, holds_from } => {
                write!(f, "entered and no longer there: {code}, {what}, from {holds_from}")
            }
        }
    }
}

type Key = (DeviceCode, NaiveDate);

/// All differences in the order of the codes. `entries` are those of officers, which an import does not touch.
pub fn between(kept: &[Listed], imported: &[Listed], entries: &[Entered]) -> Vec<Change> {
    let by_key = |groups: &'_ [Listed]| -> BTreeMap<Key, Listed> {
        let key = |listed: &Listed| (listed.group.code.clone(), listed.group.valid_from);
        groups.iter().map(|listed| (key(listed), listed.clone())).collect()
    };
    let (before, after) = (by_key(kept), by_key(imported));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    let of_key = |key: &Key| match (before.get(key), after.get(key)) {
        (None, Some(new)) => vec![Change::Added(place(&new.group))],
        (Some(old), None) => vec![Change::Dropped(place(&old.group))],
        (Some(old), Some(new)) => changes(old, new),
        (None, None) => Vec::new(),
    };
    keys.into_iter().flat_map(of_key).chain(kept_entries(imported, entries)).collect()
}

fn changes(old: &Listed, new: &Listed) -> Vec<Change> {
    let version = place(&old.group);
    let mut found = Vec::new();
    match (old.group.valid_to, new.group.valid_to) {
        (before, after) if before == after => {}
        (None, Some(last)) => found.push(Change::Ended { version: version.clone(), last }),
        (before, after) => {
            let day = |day: Option<NaiveDate>| day.map_or("none".to_owned(), |day| day.to_string());
            let (what, before, after) = ("last day".to_owned(), day(before), day(after));
            found.push(Change::Altered { version: version.clone(), what, before, after });
        }
    }
    let (before, after) = (figures(old), figures(new));
    let whats: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for what in whats {
        let of = |figures: &BTreeMap<String, String>| figures.get(what).cloned().unwrap_or_default();
        let (before, after) = (of(&before), of(&after));
        if before != after {
            found.push(Change::Altered { version: version.clone(), what: what.clone(), before, after });
        }
    }
    found
}

fn kept_entries<'i>(imported: &'i [Listed], entries: &'i [Entered]) -> impl Iterator<Item = Change> + 'i {
    entries.iter().map(|entry| {
        let (what, holds_from) = (entry.place, entry.holds_from);
        let of_entry = |listed: &&Listed| {
            listed.group.code == entry.code && listed.is_valid_on(holds_from) && listed.band(what).is_some()
        };
        match imported.iter().find(of_entry) {
            Some(listed) => Change::Kept { version: place(&listed.group), what, holds_from },
            None => Change::EntryLost { code: entry.code.clone(), what, holds_from },
        }
    })
}

/// Everything that is said of a version, by where it stands.
fn figures(listed: &Listed) -> BTreeMap<String, String> {
    let group = &listed.group;
    let mut all = BTreeMap::new();
    let mut put = |what: String, value: Option<String>| {
        if let Some(value) = value {
            all.insert(what, value);
        }
    };
    put("name".to_owned(), Some(group.name.clone()));
    put("supply".to_owned(), Some(format!("{:?}", group.supply)));
    put("unit".to_owned(), Some(format!("{:?}", group.unit)));
    put("sided".to_owned(), group.sided.map(|it| it.to_string()));
    put("stoma".to_owned(), group.stoma.map(|it| format!("{it:?}")));
    put("lens".to_owned(), group.lens.map(|it| format!("{it:?}")));
    put("issuers".to_owned(), group.issuers.first.as_deref().map(issuers));
    put("issuers of continuations".to_owned(), group.issuers.continuation.as_deref().map(issuers));
    put("criteria".to_owned(), group.criteria.clone());
    put("shared limit".to_owned(), group.shared_limit.clone());
    put("shortenable".to_owned(), group.shortenable.map(|it| it.to_string()));
    put("multiplied".to_owned(), group.multiplied.map(|it| it.to_string()));
    put("largest".to_owned(), group.largest.map(largest));
    for tier in &group.tiers {
        let number = tier.number;
        put(format!("tier {number}, name"), Some(tier.name.clone()));
        put(format!("tier {number}, payer's code"), tier.payer_code.as_ref().map(ToString::to_string));
        put(format!("tier {number}, largest"), tier.largest.map(largest));
        put(format!("tier {number}, repair limit"), tier.repair_limit.map(|it| it.to_string()));
        put(format!("tier {number}, lens"), tier.lens.map(|it| format!("{it:?}")));
        put(format!("tier {number}, source"), Some(tier.source.clone()));
        for band in &tier.bands {
            let place = BandPlace::of(tier, band);
            let limit = band.limit.map(|limit| format!("{} {:?}", limit.amount, limit.basis));
            put(format!("{place}, limit"), limit);
            put(format!("{place}, share"), band.copay.map(|it| format!("{it} %")));
            put(format!("{place}, period of use"), band.usage.map(|it| format!("{it:?}")));
        }
    }
    all
}

fn largest(largest: Largest) -> String {
    format!("{} in {} months", largest.pieces, largest.months)
}

fn issuers(all: &[Issuer]) -> String {
    let one = |issuer: &Issuer| format!("{:?} ({})", issuer.profession, issuer.specialties.join(", "));
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
