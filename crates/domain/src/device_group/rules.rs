//! What a catalogue must not contradict (CG-01 to CG-11), and what an edition may not drop (CG-12).

use super::entry::{ENTRY_RULES, holding};
use super::listed::{BandPlace, Listed};
use super::mapping::Mapping;
use super::model::{Band, DeviceGroup, LimitBasis, StomaKind, Supply, Tier, UsagePeriod};
use super::refusals::{
    BANDS_OVERLAP, FIGURES_UNKNOWN, LENS_TIERS, LIMIT_BASIS, MAPPING_TARGET, PERIODS, ROWS_DISAGREE,
    SHARED_LIMIT, STOMA_SUFFIX, TIERS, VALIDITY, VERSION_DROPPED,
};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry};
use crate::values::faults::PERCENT;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The list that the groups are of.
const LIST: &str = "Refund act art. 38(4); Dz.U. 2024 poz. 500";

/// All versions of all groups, and what led to their codes.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue<'c> {
    pub groups: &'c [Listed],
    pub mappings: &'c [Mapping],
}

/// Looks at the whole; the places at which it contradicts itself.
pub type CatalogueCheck = fn(&Catalogue<'_>) -> Vec<String>;

pub const RULES: &[Rule<CatalogueCheck>] = &[
    Rule {
        number: "CG-02",
        legal: LIST,
        says: Sentence {
            pl: "Odmiany grupy są ponumerowane od 1 bez przerw; każda ma co najmniej jeden przedział, a kod płatnika należy do jednej.",
            en: "The tiers of a group are numbered from 1 without gaps; each has a band at least, and a payer’s code is one tier’s.",
        },
        problem: TIERS,
        broken_at: tiers_are_told_apart,
    },
    Rule {
        number: "CG-03",
        legal: LIST,
        says: Sentence {
            pl: "Każdy pacjent należy do najwyżej jednego przedziału odmiany, a każdy przedział kogoś obejmuje.",
            en: "Every patient is in one band of a tier at most, and every band holds somebody.",
        },
        problem: BANDS_OVERLAP,
        broken_at: bands_lie_apart,
    },
    Rule {
        number: "CG-05",
        legal: LIST,
        says: Sentence {
            pl: "Limit mówi, za co jest: przy zaopatrzeniu miesięcznym za sztukę lub za miesiąc, przy jednorazowym nie za miesiąc, a za okres użytkowania tylko tam, gdzie okres jest znany.",
            en: "A limit says what it is for: by piece or month where supply is monthly, never by month where it is not, and by period of use only where that is known.",
        },
        problem: LIMIT_BASIS,
        broken_at: limits_fit_the_supply,
    },
    Rule {
        number: "CG-06",
        legal: LIST,
        says: Sentence {
            pl: "Zakres mocy ma tylko soczewka, a odmiany jednej soczewki mają różne granice.",
            en: "Only a lens has a range of power, and the tiers of one lens have different bounds.",
        },
        problem: LENS_TIERS,
        broken_at: lens_tiers_are_of_lenses,
    },
    Rule {
        number: "CG-07",
        legal: LIST,
        says: Sentence {
            pl: "Końcówka kodu i rodzaj stomii mówią to samo.",
            en: "The ending of a code and the kind of stoma say the same.",
        },
        problem: STOMA_SUFFIX,
        broken_at: stoma_fits_the_code,
    },
    Rule {
        number: "CG-08",
        legal: "Dz.U. 2023 poz. 2461 §2",
        says: Sentence {
            pl: "Wersja grupy nie kończy się przed swoim początkiem, a w żadnym dniu nie obowiązują dwie wersje jednego kodu.",
            en: "A version does not end before it begins, and on no day two versions of a code are valid.",
        },
        problem: VALIDITY,
        broken_at: one_version_a_day,
    },
    Rule {
        number: "CG-09",
        legal: LIST,
        says: Sentence {
            pl: "Wspólny limit noszą co najmniej dwie grupy katalogu o tym samym zaopatrzeniu (DO-41).",
            en: "A shared limit is borne by two groups of the catalogue at least, supplied alike (DO-41).",
        },
        problem: SHARED_LIMIT,
        broken_at: shared_limits_are_shared,
    },
    Rule {
        number: "CG-10",
        legal: LIST,
        says: Sentence {
            pl: "Okres użytkowania i okres największej liczby sztuk mają co najmniej miesiąc.",
            en: "A period of use and the one of a largest quantity have a month at least.",
        },
        problem: PERIODS,
        broken_at: periods_last,
    },
    Rule {
        number: "CG-11",
        legal: "Dz.U. 2023 poz. 2461 §2",
        says: Sentence {
            pl: "Dawna pozycja wykazu prowadzi do kodu, który jest w katalogu.",
            en: "A former number of the list leads to a code that is in the catalogue.",
        },
        problem: MAPPING_TARGET,
        broken_at: mappings_lead_somewhere,
    },
];

/// Every contradiction, with its place.
pub fn contradictions(catalogue: &Catalogue<'_>) -> Vec<Violation> {
    rule::broken(RULES, |check| check(catalogue))
}

/// Versions that have begun and that an edition would drop: orders may refer to them (CG-12).
pub fn dropped(kept: &[Listed], imported: &[Listed], today: NaiveDate) -> Vec<Violation> {
    let key = |listed: &Listed| (listed.group.code.clone(), listed.group.valid_from);
    let there: BTreeSet<_> = imported.iter().map(key).collect();
    let gone = kept.iter().filter(|listed| listed.group.valid_from <= today && !there.contains(&key(listed)));
    gone.map(|listed| Violation::new(VERSION_DROPPED, place(&listed.group))).collect()
}

pub fn entries() -> Vec<RuleEntry> {
    let entry = |number, legal, says, code| RuleEntry { operation: "import", number, legal, says, code };
    let agreement = Sentence {
        pl: "Wiersze jednej wersji powtarzają to, co dotyczy całej grupy, a wiersze odmiany to, co dotyczy odmiany.",
        en: "Rows of one version repeat what is said of the group, and rows of a tier what is said of the tier.",
    };
    let share = Sentence { pl: "Udział pacjenta to 0–100 %.", en: "The patient’s share is 0 to 100 %." };
    let kept = Sentence {
        pl: "Wydanie katalogu zachowuje każdą wersję, która zaczęła obowiązywać.",
        en: "An edition keeps every version that has begun.",
    };
    let unknown = Sentence {
        pl: "Na grupę, której limit lub udział nie jest znany dla wieku, ciąży i odmiany, nie wystawia się zlecenia.",
        en: "Nothing is ordered on a group of which limit or share is not known for age, pregnancy and tier.",
    };
    let mut all = vec![entry("CG-01", "design", agreement, ROWS_DISAGREE.code)];
    all.extend(RULES.iter().map(|rule| rule.entry("import")));
    all.push(entry("CG-04", LIST, share, PERCENT.code));
    all.push(entry("CG-12", "design", kept, VERSION_DROPPED.code));
    all.extend(ENTRY_RULES.iter().map(|rule| rule.entry("figures")));
    all.push(holding());
    all.push(RuleEntry {
        operation: "submission of a device order",
        number: "CG-13",
        legal: "Refund act art. 38(4); design",
        says: unknown,
        code: FIGURES_UNKNOWN.code,
    });
    all.sort_by_key(|entry| entry.number);
    all
}

/// How a report names a version.
pub(super) fn place(group: &DeviceGroup) -> String {
    format!("{} from {}", group.code, group.valid_from)
}

fn of_tier(group: &DeviceGroup, tier: &Tier) -> String {
    format!("{}, tier {}", place(group), tier.number)
}

/// The places of all bands of which something is so.
fn bands_where(catalogue: &Catalogue<'_>, is_broken: impl Fn(&DeviceGroup, &Band) -> bool) -> Vec<String> {
    let groups = catalogue.groups.iter().map(|listed| &listed.group);
    let tiers = groups.flat_map(|group| group.tiers.iter().map(move |tier| (group, tier)));
    let bands = tiers.flat_map(|(group, tier)| tier.bands.iter().map(move |band| (group, tier, band)));
    let broken = bands.filter(|(group, _, band)| is_broken(group, band));
    broken.map(|(group, tier, band)| format!("{}, {}", place(group), BandPlace::of(tier, band))).collect()
}

fn tiers_where(catalogue: &Catalogue<'_>, is_broken: impl Fn(&DeviceGroup, &Tier) -> bool) -> Vec<String> {
    let groups = catalogue.groups.iter().map(|listed| &listed.group);
    let tiers = groups.flat_map(|group| group.tiers.iter().map(move |tier| (group, tier)));
    tiers.filter(|(group, tier)| is_broken(group, tier)).map(|(group, tier)| of_tier(group, tier)).collect()
}

fn groups_where(catalogue: &Catalogue<'_>, is_broken: impl Fn(&DeviceGroup) -> bool) -> Vec<String> {
    catalogue.groups.iter().map(|listed| &listed.group).filter(|group| is_broken(group)).map(place).collect()
}

fn tiers_are_told_apart(catalogue: &Catalogue<'_>) -> Vec<String> {
    groups_where(catalogue, |group| {
        let is_counted = group.tiers.iter().zip(1..).all(|(tier, number)| tier.number == number);
        let codes: Vec<_> = group.tiers.iter().filter_map(|tier| tier.payer_code.as_ref()).collect();
        let different: BTreeSet<_> = codes.iter().collect();
        let has_bands = group.tiers.iter().all(|tier| !tier.bands.is_empty());
        group.tiers.is_empty() || !is_counted || !has_bands || different.len() < codes.len()
    })
}

fn bands_lie_apart(catalogue: &Catalogue<'_>) -> Vec<String> {
    let overlap = |one: &Band, two: &Band| {
        let is_same = one.pregnant.zip(two.pregnant).is_none_or(|(one, two)| one == two);
        is_same && one.ages.overlaps(two.ages)
    };
    tiers_where(catalogue, |_, tier| {
        let nobody = tier.bands.iter().any(|band| {
            let ages = band.ages;
            ages.below.is_some_and(|below| ages.from.unwrap_or_default() >= below)
        });
        let pairs = tier.bands.iter().enumerate();
        nobody || pairs.clone().any(|(at, one)| tier.bands.iter().skip(at + 1).any(|two| overlap(one, two)))
    })
}

fn limits_fit_the_supply(catalogue: &Catalogue<'_>) -> Vec<String> {
    bands_where(catalogue, |group, band| {
        band.limit.is_some_and(|limit| match (group.supply, limit.basis) {
            (_, LimitBasis::PerPiece)
            | (Supply::Monthly, LimitBasis::PerMonthTotal)
            | (Supply::OneOff, LimitBasis::PerItem) => false,
            (Supply::OneOff, LimitBasis::PerUsagePeriod) => band.usage.is_none(),
            (Supply::Monthly, LimitBasis::PerItem | LimitBasis::PerUsagePeriod)
            | (Supply::OneOff, LimitBasis::PerMonthTotal) => true,
        })
    })
}

fn lens_tiers_are_of_lenses(catalogue: &Catalogue<'_>) -> Vec<String> {
    groups_where(catalogue, |group| {
        let bounds: Vec<_> = group.tiers.iter().filter_map(|tier| tier.lens).collect();
        let twice =
            bounds.iter().enumerate().any(|(at, one)| bounds.iter().skip(at + 1).any(|two| one == two));
        twice || (group.lens.is_none() && !bounds.is_empty())
    })
}

fn stoma_fits_the_code(catalogue: &Catalogue<'_>) -> Vec<String> {
    groups_where(catalogue, |group| {
        let meant = match group.code.as_str().splitn(4, '.').nth(3) {
            Some("I") => Some(StomaKind::Ileostomy),
            Some("K") => Some(StomaKind::Colostomy),
            Some("U") => Some(StomaKind::Urostomy),
            Some("IP") => Some(StomaKind::Other),
            _ => return false,
        };
        group.stoma != meant
    })
}

fn one_version_a_day(catalogue: &Catalogue<'_>) -> Vec<String> {
    let mut by_code: BTreeMap<_, Vec<&DeviceGroup>> = BTreeMap::new();
    for listed in catalogue.groups {
        by_code.entry(&listed.group.code).or_default().push(&listed.group);
    }
    let mut broken = Vec::new();
    for versions in by_code.values_mut() {
        versions.sort_by_key(|group| group.valid_from);
        let ends_early = |group: &DeviceGroup| group.valid_to.is_some_and(|last| last < group.valid_from);
        broken.extend(versions.iter().filter(|group| ends_early(group)).map(|group| place(group)));
        let pairs = versions.iter().zip(versions.iter().skip(1));
        let meeting = pairs.filter(|(one, next)| one.valid_to.is_none_or(|last| next.valid_from <= last));
        broken.extend(meeting.map(|(_, next)| place(next)));
    }
    broken
}

fn shared_limits_are_shared(catalogue: &Catalogue<'_>) -> Vec<String> {
    groups_where(catalogue, |group| {
        let Some(limit) = &group.shared_limit else { return false };
        let others = catalogue.groups.iter().map(|listed| &listed.group);
        let mut others = others
            .filter(|other| other.code != group.code && other.shared_limit.as_ref() == Some(limit))
            .peekable();
        others.peek().is_none() || others.any(|other| other.supply != group.supply)
    })
}

fn periods_last(catalogue: &Catalogue<'_>) -> Vec<String> {
    let is_empty = |largest: &Option<super::model::Largest>| largest.is_some_and(|it| it.months == 0);
    let mut broken = bands_where(catalogue, |_, band| band.usage == Some(UsagePeriod::Months(0)));
    broken.extend(tiers_where(catalogue, |_, tier| is_empty(&tier.largest)));
    broken.extend(groups_where(catalogue, |group| is_empty(&group.largest)));
    broken
}

/// A number may lead to a code that stands in the catalogue with an ending for each kind of stoma.
fn mappings_lead_somewhere(catalogue: &Catalogue<'_>) -> Vec<String> {
    let codes: BTreeSet<&str> = catalogue.groups.iter().map(|listed| listed.group.code.as_str()).collect();
    let leads = |mapping: &Mapping| {
        let (to, prefix) = (mapping.to.as_str(), format!("{}.", mapping.to));
        codes.iter().any(|code| *code == to || code.starts_with(&prefix))
    };
    let astray = catalogue.mappings.iter().filter(|mapping| !leads(mapping));
    astray.map(|mapping| format!("{} → {}", mapping.list_number, mapping.to)).collect()
}

#[cfg(test)]
mod tests;
