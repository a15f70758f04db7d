//! The form of a repair order: what has to stand in it before it gets a number. People, patient and right are judged as in an
//! order for a device.

use super::content::{Content, Original, RepairedDevice};
use super::refusals::{
    BRANCH, FIELD_REQUIRED, GROUP_UNKNOWN, LIMIT_UNKNOWN, ORIGINAL_REASON, SHARE_UNKNOWN, SIDE_REQUIRED,
    SIDE_SUPERFLUOUS,
};
use crate::calendar::age_on;
use crate::device_group::{DeviceGroup, Tier};
use crate::device_order::form::{self, Circumstances, is_branch};
use crate::device_order::money::{LimitKind, Terms};
use crate::device_order::{self, content::AdditionalCode};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at};
use crate::values::Percent;
use chrono::NaiveDate;

const SHORTEST_REASON: usize = 10;

/// A content, and the group of its device as the list has it on the day of issue.
pub struct Look<'a> {
    pub content: &'a Content,
    pub group: Option<&'a DeviceGroup>,
    pub on: NaiveDate,
}

pub type FormCheck = fn(&Look<'_>) -> Vec<String>;

const RULES: &[Rule<FormCheck>] = &[
    Rule {
        number: "RO-01",
        legal: "eZWM v2.1.6 pp. 100–106",
        says: Sentence {
            pl: "Zlecenie naprawy podaje wyrób z wytwórcą, modelem i nazwą, zlecenie pierwotne i uzasadnienie.",
            en: "A repair order gives the device with maker, model and name, its original order, and a justification.",
        },
        problem: FIELD_REQUIRED,
        broken_at: members,
    },
    Rule {
        number: "RO-02",
        legal: "refund act art. 38(4)",
        says: Sentence {
            pl: "Kod wyrobu jest w wykazie w dniu wystawienia.",
            en: "The device's code stands in the list on the day of issue.",
        },
        problem: GROUP_UNKNOWN,
        broken_at: |look| {
            let device = look.content.device.as_ref();
            at("/content/device/code", device.is_some() && tier(look).is_none())
        },
    },
    Rule {
        number: "RO-03",
        legal: "eZWM v2.1.6 pp. 100–106",
        says: Sentence {
            pl: "Przy wyrobie, który ma strony, zlecenie naprawy wskazuje dokładnie jedną.",
            en: "Of a sided device exactly one side is named.",
        },
        problem: SIDE_REQUIRED,
        broken_at: |look| {
            let is_sided = look.group.is_some_and(|group| group.sided == Some(true));
            let has_none = look.content.device.as_ref().is_some_and(|device| device.side.is_none());
            at("/content/device/side", is_sided && has_none)
        },
    },
    Rule {
        number: "RO-04",
        legal: "eZWM v2.1.6 pp. 100–106",
        says: Sentence { pl: "Wyrób bez stron ich nie podaje.", en: "A device without sides has none." },
        problem: SIDE_SUPERFLUOUS,
        broken_at: |look| {
            let has_none = look.group.is_some_and(|group| group.sided == Some(false));
            let is_told = look.content.device.as_ref().is_some_and(|device| device.side.is_some());
            at("/content/device/side", has_none && is_told)
        },
    },
    Rule {
        number: "RO-05",
        legal: "eZWM v2.1.6 pp. 100–106",
        says: Sentence {
            pl: "Gdy zlecenie pierwotne nie jest znane, powód ma od 10 do 1000 znaków.",
            en: "Where the original order is not known, the reason has 10 to 1000 characters.",
        },
        problem: ORIGINAL_REASON,
        broken_at: |look| {
            let is_short = matches!(&look.content.original, Some(Original::Unknown { reason })
                if reason.as_str().chars().count() < SHORTEST_REASON);
            at("/content/original/reason", is_short)
        },
    },
    Rule {
        number: "RO-06",
        legal: "eZWM v2.1.6 pp. 100–106",
        says: Sentence {
            pl: "Oddział, który zapłacił, ma numer od 1 do 17.",
            en: "The branch that paid is numbered 1 to 17.",
        },
        problem: BRANCH,
        broken_at: |look| {
            let is_none =
                matches!(look.content.original, Some(Original::Known { branch, .. }) if !is_branch(branch));
            at("/content/original/branch", is_none)
        },
    },
    Rule {
        number: "RO-07",
        legal: "list of devices, column of repair limits; design",
        says: Sentence {
            pl: "Limit naprawy grupy jest tu znany; nieznany nie jest zerem i wpisuje go urzędnik ze źródłem.",
            en: "The group's repair limit is known here; unknown is not zero, and an officer enters it with its source.",
        },
        problem: LIMIT_UNKNOWN,
        broken_at: |look| {
            at("/content/device/code", tier(look).is_some_and(|tier| tier.repair_limit.is_none()))
        },
    },
    Rule {
        number: "RO-08",
        legal: "list of devices; design",
        says: Sentence {
            pl: "Udział pacjenta przy tym wyrobie jest tu znany.",
            en: "The patient's share of this device is known here.",
        },
        problem: SHARE_UNKNOWN,
        broken_at: |look| {
            let is_unknown = tier(look).is_some() && share(look).is_none();
            at("/content/device/code", is_unknown && look.content.patient.born().is_some())
        },
    },
];

fn members(look: &Look<'_>) -> Vec<String> {
    let content = look.content;
    let of_device = |is_told: fn(&RepairedDevice) -> bool| content.device.as_ref().is_none_or(is_told);
    [
        ("/content/device", content.device.is_some()),
        ("/content/device/maker", of_device(|device| device.maker.is_some())),
        ("/content/device/model", of_device(|device| device.model.is_some())),
        ("/content/device/name", of_device(|device| device.name.is_some())),
        ("/content/original", content.original.is_some()),
        ("/content/justification", content.justification.is_some()),
    ]
    .into_iter()
    .flat_map(|(pointer, is_there)| at(pointer, !is_there))
    .collect()
}

/// The tier that the device is of; the first one where none is told.
fn tier<'a>(look: &Look<'a>) -> Option<&'a Tier> {
    let device = look.content.device.as_ref()?;
    look.group?.tier(device.tier.unwrap_or(1))
}

/// The payer's share, as of the device itself (DO-55).
fn share(look: &Look<'_>) -> Option<Percent> {
    let patient = &look.content.patient;
    let age = u8::try_from(age_on(patient.born()?, look.on)).ok()?;
    let band = tier(look)?.band(age, patient.pregnant)?;
    let entitlement = look.content.additional_entitlement.as_ref().map(|stated| stated.code);
    let is_free = entitlement.is_some_and(AdditionalCode::lifts_copay);
    if is_free { Some(Percent::ZERO.rest()) } else { band.copay.map(Percent::rest) }
}

/// The whole limit with the payer's share; `None` where the list, or what is known of it, lacks one.
pub(super) fn terms(look: &Look<'_>) -> Option<Terms> {
    let limit = tier(look)?.repair_limit?;
    Some(Terms { kind: LimitKind::ForQuantity, limit, refund: share(look)? })
}

/// What an order for a device and one for its repair have in common.
fn as_order(content: &Content) -> device_order::Content {
    device_order::Content {
        place: content.place.clone(),
        prescriber: content.prescriber.clone(),
        patient: content.patient.clone(),
        right: content.right.clone(),
        additional_entitlement: content.additional_entitlement.clone(),
        ..device_order::Content::default()
    }
}

/// Everything that stands in the way of issuing this content; a branch of the payer has no prescriber.
pub fn check(look: &Look<'_>, is_by_branch: bool) -> Vec<Violation> {
    let groups: &[DeviceGroup] = look.group.map_or(&[], std::slice::from_ref);
    let circumstances = Circumstances { today: look.on, groups, is_paper: false };
    let people = form::check_people(&as_order(look.content), &circumstances).into_iter();
    let of_prescriber = |it: &Violation| {
        ["/content/place", "/content/prescriber"].iter().any(|part| it.pointer.starts_with(part))
    };
    let mut found: Vec<Violation> = people.filter(|it| !is_by_branch || !of_prescriber(it)).collect();
    found.extend(rule::broken(RULES, |check| check(look)));
    found
}

/// What nobody knows of the device, so that nothing is to be signed on it.
pub fn figures_unknown(look: &Look<'_>) -> Vec<Violation> {
    let mut found = rule::broken(RULES, |check| check(look));
    found.retain(|it| [LIMIT_UNKNOWN, SHARE_UNKNOWN].contains(&it.problem));
    found
}

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("repair orders: validations, submission, correction")).collect()
}
