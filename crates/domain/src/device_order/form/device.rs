//! What is ordered: a code of the list, with what the payer has to know of it.

use super::{Circumstances, FormCheck, missing};
use crate::device_group::{DeviceGroup, StomaKind};
use crate::device_order::content::{Content, Device, Dioptres, Lens, Lenses, OtherDevice};
use crate::device_order::refusals::{
    CRITERION_REQUIRED, FIELD_REQUIRED, GROUP_UNKNOWN, LENS_POWER_REQUIRED, LENS_USE, LENSES_COUNT, PRISM,
    SIDE_REQUIRED, SIDE_SUPERFLUOUS, STOMA_COUNT, STOMA_DIFFERS, TIER_UNKNOWN,
};
use crate::problem::Sentence;
use crate::rule::{Rule, at};

const DEVICE: &str = "/content/device";
const MOST_STOMAS: u32 = 9;
const MOST_LENSES: usize = 4;

pub(super) const RULES: &[Rule<FormCheck>] = &[
    Rule {
        number: "DO-12a",
        legal: "eZWM v2.1.6 p. 65",
        says: Sentence {
            pl: "Zlecenie wskazuje wyrób, ilość i rozpoznanie.",
            en: "An order names a device, a quantity and a diagnosis.",
        },
        problem: FIELD_REQUIRED,
        broken_at: |content, _| {
            missing(&[
                (DEVICE, content.device.is_some()),
                ("/content/supply", content.supply.is_some()),
                (
                    "/content/grounds/diagnosis",
                    content.grounds.diagnosis.is_some() || super::supply::is_short(content),
                ),
            ])
        },
    },
    Rule {
        number: "DO-12b",
        legal: "refund act art. 38(4)",
        says: Sentence {
            pl: "Kod wyrobu jest w wykazie w dniu wystawienia.",
            en: "The device code stands in the list on the day of issue.",
        },
        problem: GROUP_UNKNOWN,
        broken_at: every_code_is_listed,
    },
    Rule {
        number: "DO-11",
        legal: "eZWM v2.1.6 p. 68",
        says: Sentence {
            pl: "Zlecenie wymienia co najmniej jedno kryterium przyznania; przy skróconej kontynuacji obowiązują kryteria zlecenia pierwotnego.",
            en: "An order names at least one criterion of the list; a short continuation goes by its primary order's.",
        },
        problem: CRITERION_REQUIRED,
        broken_at: |content, _| {
            at(
                "/content/grounds/criteria",
                content.grounds.criteria.is_empty() && !super::supply::is_short(content),
            )
        },
    },
    Rule {
        number: "DO-12c",
        legal: "eZWM v2.1.6 p. 66",
        says: Sentence {
            pl: "Przy wyrobie stronnym wskazuje się stronę ciała.",
            en: "A sided device has its side.",
        },
        problem: SIDE_REQUIRED,
        broken_at: |content, circumstances| {
            of_other(content, circumstances, |device, group| {
                at("/content/device/sides", group.sided == Some(true) && device.sides.is_none())
            })
        },
    },
    Rule {
        number: "DO-12d",
        legal: "eZWM v2.1.6 p. 66",
        says: Sentence {
            pl: "Przy wyrobie, który nie jest stronny, strony się nie wskazuje.",
            en: "A device without sides has none.",
        },
        problem: SIDE_SUPERFLUOUS,
        broken_at: |content, circumstances| {
            of_other(content, circumstances, |device, group| {
                at("/content/device/sides", group.sided == Some(false) && device.sides.is_some())
            })
        },
    },
    Rule {
        number: "DO-12e",
        legal: "eZWM v2.1.6 p. 66",
        says: Sentence {
            pl: "Sprzęt stomijny ma rodzaj stomii zgodny z kodem, inne wyroby go nie mają.",
            en: "A stoma device has the kind of stoma that its code is for; other devices have none.",
        },
        problem: STOMA_DIFFERS,
        broken_at: |content, circumstances| {
            of_other(content, circumstances, |device, group| {
                at("/content/device/stoma", !fits(device.stoma.map(|stoma| stoma.kind), group.stoma))
            })
        },
    },
    Rule {
        number: "DO-12f",
        legal: "eZWM v2.1.6 p. 66",
        says: Sentence { pl: "Liczba przetok wynosi co najmniej jeden.", en: "There is at least one stoma." },
        problem: STOMA_COUNT,
        broken_at: |content, circumstances| {
            of_other(content, circumstances, |device, _| {
                let is_broken = device.stoma.is_some_and(|stoma| !(1..=MOST_STOMAS).contains(&stoma.count));
                at("/content/device/stoma/count", is_broken)
            })
        },
    },
    Rule {
        number: "DO-12g",
        legal: "eZWM v2.1.6 p. 65",
        says: Sentence {
            pl: "Zlecenie na soczewki obejmuje jedną do czterech, każdą dla innego oka i przeznaczenia, i tylko ono.",
            en: "An order for lenses, and no other, has one to four of them, each for another eye and use.",
        },
        problem: LENSES_COUNT,
        broken_at: lenses_are_few_and_different,
    },
    Rule {
        number: "DO-12k",
        legal: "eZWM v2.1.6 p. 65",
        says: Sentence {
            pl: "Soczewka do bliży i do dali ma kod swojej grupy.",
            en: "A lens for near and one for far has the code of its own group.",
        },
        problem: LENS_USE,
        broken_at: lenses_fit_their_codes,
    },
    Rule {
        number: "DO-12h",
        legal: "eZWM v2.1.6 p. 65",
        says: Sentence {
            pl: "Soczewka ma sferę albo cylinder, a cylinder ma oś.",
            en: "A lens has a sphere or a cylinder, and a cylinder has an axis.",
        },
        problem: LENS_POWER_REQUIRED,
        broken_at: lenses_have_power,
    },
    Rule {
        number: "DO-12l",
        legal: "eZWM v2.1.6 p. 65",
        says: Sentence { pl: "Pryzma ma od 0 do 20 dioptrii.", en: "A prism has 0 to 20 dioptres." },
        problem: PRISM,
        broken_at: |content, _| match &content.device {
            Some(Device::Lenses(ordered)) => {
                lenses(ordered, "/prism", |lens| lens.prism.is_some_and(Dioptres::is_negative))
            }
            Some(Device::Other(_)) | None => Vec::new(),
        },
    },
    Rule {
        number: "DO-12i",
        legal: "design",
        says: Sentence {
            pl: "Wskazana pozycja limitu istnieje w grupie.",
            en: "A tier that is named stands in the group.",
        },
        problem: TIER_UNKNOWN,
        broken_at: |content, circumstances| {
            of_other(content, circumstances, |device, group| {
                at("/content/device/tier", device.tier.is_some_and(|tier| group.tier(tier).is_none()))
            })
        },
    },
];

/// The groups have a salivary stoma among the others.
fn fits(ordered: Option<StomaKind>, of_group: Option<StomaKind>) -> bool {
    let is_salivary = ordered == Some(StomaKind::Salivary) && of_group == Some(StomaKind::Other);
    ordered == of_group || is_salivary
}

fn of_other(
    content: &Content,
    circumstances: &Circumstances,
    look: impl Fn(&OtherDevice, &DeviceGroup) -> Vec<String>,
) -> Vec<String> {
    match &content.device {
        Some(Device::Other(device)) => {
            circumstances.group(&device.code).map(|group| look(device, group)).unwrap_or_default()
        }
        Some(Device::Lenses(_)) | None => Vec::new(),
    }
}

fn every_code_is_listed(content: &Content, circumstances: &Circumstances) -> Vec<String> {
    match &content.device {
        Some(Device::Other(device)) => {
            at("/content/device/code", circumstances.group(&device.code).is_none())
        }
        Some(Device::Lenses(ordered)) => {
            lenses(ordered, "/code", |lens| circumstances.group(&lens.code).is_none())
        }
        None => Vec::new(),
    }
}

fn lenses_are_few_and_different(content: &Content, circumstances: &Circumstances) -> Vec<String> {
    match &content.device {
        Some(Device::Lenses(ordered)) => {
            let all = &ordered.lenses;
            let is_repeated = |one: &Lens| {
                all.iter().filter(|other| (other.lens_use, other.eye) == (one.lens_use, one.eye)).count() > 1
            };
            at(
                "/content/device/lenses",
                !(1..=MOST_LENSES).contains(&all.len()) || all.iter().any(is_repeated),
            )
        }
        Some(Device::Other(device)) => {
            let group = circumstances.group(&device.code);
            at(DEVICE, group.is_some_and(|group| group.lens.is_some()))
        }
        None => Vec::new(),
    }
}

fn lenses_fit_their_codes(content: &Content, circumstances: &Circumstances) -> Vec<String> {
    let Some(Device::Lenses(ordered)) = &content.device else { return Vec::new() };
    lenses(ordered, "/lensUse", |lens| {
        circumstances.group(&lens.code).is_some_and(|group| group.lens != Some(lens.lens_use))
    })
}

fn lenses_have_power(content: &Content, _: &Circumstances) -> Vec<String> {
    let Some(Device::Lenses(ordered)) = &content.device else { return Vec::new() };
    lenses(ordered, "", |lens| {
        let has_cylinder = lens.cylinder.is_some_and(|cylinder| cylinder.strength() > 0);
        (lens.sphere.is_none() && lens.cylinder.is_none()) || has_cylinder != lens.axis.is_some()
    })
}

/// The pointers of the lenses that are broken.
fn lenses(ordered: &Lenses, member: &str, is_broken: impl Fn(&Lens) -> bool) -> Vec<String> {
    let lenses = ordered.lenses.iter().enumerate();
    lenses
        .filter(|(_, lens)| is_broken(lens))
        .map(|(index, _)| format!("/content/device/lenses/{index}{member}"))
        .collect()
}
