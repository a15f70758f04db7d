//! What the payer looks at once a repair order is issued. What is found is a result, not a refusal.

use super::RepairOrderDecision;
use super::content::{Content, Original};
use super::events::RepairOrderEvent;
use super::form::{self, Look};
use super::lifecycle::{Command, Confirmed, Negative, State};
use super::model::{Confirmation, RepairOrder, RepairTerms};
use super::refusals::{
    DUPLICATE, LIMIT_UNKNOWN, LIMIT_USED, ORIGINAL_UNKNOWN, RIGHT_NOT_CONFIRMED, admit_state, wrong_state,
};
use crate::decision::Decided;
use crate::device_order::model::{Right, Side};
use crate::device_order::money::Terms;
use crate::device_order::refusals::{OTHERS_UNREADABLE, RIGHT_UNANSWERED};
use crate::device_order::verification::{Finding, Insurance};
use crate::problem::Sentence;
use crate::rule::{self, Rule, RuleEntry, at};
use crate::values::{DeviceCode, DeviceOrderNumber, Grosze};
use chrono::{DateTime, Months, NaiveDate, Utc};

/// A device that the patient was supplied with, by which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    pub number: DeviceOrderNumber,
    pub code: DeviceCode,
    pub side: Option<Side>,
    pub issued_on: NaiveDate,
}

/// Another repair order of the patient for the same code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherRepair {
    pub side: Option<Side>,
    /// The order that supplied its device, where it names one.
    pub original: Option<DeviceOrderNumber>,
    pub is_open: bool,
    /// How much of the limit it used, on that day.
    pub used: Option<(NaiveDate, Grosze)>,
}

/// Everything that a verification looks at beside the content.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub insurance: Insurance,
    pub supplies: &'a [Supply],
    pub others: &'a [OtherRepair],
    /// Whether a document of the patient cannot be read.
    pub is_incomplete: bool,
}

/// The outcome of a look.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Positive { terms: RepairTerms, right: Right, warnings: Vec<Finding> },
    Negative { findings: Vec<Finding>, warnings: Vec<Finding> },
}

type Check = fn(&Look<'_>, &Facts<'_>) -> Vec<String>;

const RULES: &[Rule<Check>] = &[
    Rule {
        number: "RO-20",
        legal: "eZWM v2.1.6 p. 86",
        says: Sentence {
            pl: "Prawo do świadczeń potwierdza płatnik, a gdy nie potwierdzi – oświadczenie albo dokument (DO-28).",
            en: "The payer confirms the right to benefits; where it does not, a statement or document stands in (DO-28).",
        },
        problem: RIGHT_NOT_CONFIRMED,
        broken_at: |look, facts| {
            let is_confirmed = matches!(facts.insurance, Insurance::Confirmed { .. });
            at("/content/right", !is_confirmed && look.content.right.is_none())
        },
    },
    Rule {
        number: "RO-21",
        legal: "eZWM v2.1.6 pp. 100–106",
        says: Sentence {
            pl: "Zlecenie pierwotne jest zrealizowanym zleceniem tego pacjenta na ten wyrób i stronę.",
            en: "The original order is a realised order of this patient for this device and side.",
        },
        problem: ORIGINAL_UNKNOWN,
        broken_at: |look, facts| {
            let is_named = matches!(look.content.original, Some(Original::Known { .. }));
            at("/content/original/number", is_named && supply(look.content, facts.supplies).is_none())
        },
    },
    Rule {
        number: "RO-22",
        legal: "list of devices, column of repair limits",
        says: Sentence {
            pl: "Limit naprawy jest na cały okres użytkowania: liczy się to, co zostawiły wcześniejsze naprawy wyrobu.",
            en: "The repair limit is for the whole period of use: what counts is what earlier repairs of the device have left.",
        },
        problem: LIMIT_USED,
        broken_at: |look, facts| {
            let is_used = left(look, facts).is_some_and(|terms| terms.left.limit == Grosze::default());
            at("/content/device", is_used)
        },
    },
    Rule {
        number: "RO-23",
        legal: "eZWM v2.1.6 p. 11",
        says: Sentence {
            pl: "Pacjent nie ma innego otwartego zlecenia naprawy tego wyrobu i tej strony.",
            en: "The patient has no other open order for the repair of the device and side.",
        },
        problem: DUPLICATE,
        broken_at: |look, facts| {
            let side = side(look.content);
            let is_same = |other: &OtherRepair| other.is_open && is_on(side, other.side);
            at("/content/device", facts.others.iter().any(is_same))
        },
    },
    Rule {
        number: "RO-66",
        legal: "eZWM v2.1.6 p. 11; design",
        says: Sentence {
            pl: "Wszystkie zlecenia pacjenta można odczytać; z nieczytelnego nie wiadomo, co wydano i ile zostało z limitu (DO-88).",
            en: "Every order of the patient can be read; of one that cannot it is not known what was issued, or what is left of the limit (DO-88).",
        },
        problem: OTHERS_UNREADABLE,
        broken_at: |_, facts| at("/content/patient", facts.is_incomplete),
    },
];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("repair orders: verification")).collect()
}

fn side(content: &Content) -> Option<Side> {
    content.device.as_ref().and_then(|device| device.side)
}

/// Where either does not tell sides apart, it is for both.
fn is_on(one: Option<Side>, other: Option<Side>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// By what the device was supplied: by the order that is named, else the latest one that fits.
fn supply<'a>(content: &Content, supplies: &'a [Supply]) -> Option<&'a Supply> {
    let fitting = fitting(content, supplies);
    match content.original.as_ref()? {
        Original::Known { .. } => {
            let number = content.original_number()?;
            fitting.filter(|it| it.number == number).max_by_key(|it| it.issued_on)
        }
        Original::Unknown { .. } => fitting.max_by_key(|it| it.issued_on),
    }
}

/// What the patient was supplied with of that code and side.
fn fitting<'a>(content: &Content, supplies: &'a [Supply]) -> impl Iterator<Item = &'a Supply> {
    let device = content.device.as_ref();
    supplies
        .iter()
        .filter(move |it| device.is_some_and(|device| it.code == device.code && is_on(device.side, it.side)))
}

/// Whether the other repair was of this very device: of the order that it names, else of what was supplied last before it.
/// Where nothing here supplied the device, all repairs of its code and side count.
fn is_of_same(other: &OtherRepair, on: NaiveDate, content: &Content, supplies: &[Supply]) -> bool {
    let Some(own) = supply(content, supplies) else { return true };
    let before = fitting(content, supplies).filter(|it| it.issued_on <= on);
    let named = before.filter(|it| other.original.as_ref().is_none_or(|number| *number == it.number));
    named.max_by_key(|it| it.issued_on) == Some(own)
}

/// The limit, and what earlier repairs of this very device have left of it.
fn left(look: &Look<'_>, facts: &Facts<'_>) -> Option<RepairTerms> {
    let whole = form::terms(look)?;
    let left = left_of(whole.limit, look.content, facts.supplies, facts.others);
    Some(RepairTerms { limit: whole.limit, left: Terms { limit: left, ..whole } })
}

fn left_of(limit: Grosze, content: &Content, supplies: &[Supply], others: &[OtherRepair]) -> Grosze {
    let side = side(content);
    let beside = others.iter().filter(|other| is_on(side, other.side));
    let used: i64 = beside
        .filter_map(|other| other.used.filter(|(on, _)| is_of_same(other, *on, content, supplies)))
        .map(|(_, used)| used.get())
        .sum();
    Grosze::new((limit.get() - used).max(0)).unwrap_or_default()
}

/// What is left of the limit by now: no more than the verification found, and less where another repair of the device has
/// been confirmed since, as after one that was taken back and is confirmed anew (RO-84).
pub fn left_by_now(
    terms: &RepairTerms,
    content: &Content,
    supplies: &[Supply],
    others: &[OtherRepair],
) -> Grosze {
    terms.left.limit.min(left_of(terms.limit, content, supplies, others))
}

/// Looks at a repair order's content as the facts have it.
pub fn look(look: &Look<'_>, facts: &Facts<'_>) -> Verdict {
    let mut findings: Vec<Finding> =
        rule::broken(RULES, |check| check(look, facts)).into_iter().map(Finding::from).collect();
    // That the register did not answer is told: nobody said no (DO-28).
    let is_outage = matches!(facts.insurance, Insurance::NotAsked { is_outage: true });
    let warnings = is_outage.then(|| Finding::of(RIGHT_UNANSWERED, "/content/right")).into_iter().collect();
    match left(look, facts) {
        Some(terms) if findings.is_empty() => {
            let right = match &facts.insurance {
                Insurance::Confirmed { operation } => Right::Confirmed { operation: operation.clone() },
                Insurance::NotConfirmed | Insurance::PeselOutdated | Insurance::NotAsked { .. } => {
                    Right::Proved
                }
            };
            Verdict::Positive { terms, right, warnings }
        }
        Some(_) => Verdict::Negative { findings, warnings },
        None => {
            findings.push(Finding::of(LIMIT_UNKNOWN, "/content/device/code"));
            Verdict::Negative { findings, warnings }
        }
    }
}

/// Keeps the outcome; a positive order can be taken up for twelve months (DO-16).
pub fn conclude(order: RepairOrder, verdict: Verdict, now: DateTime<Utc>) -> RepairOrderDecision {
    admit_state(&order.state, Command::VerificationResult)?;
    let State::Verifying(verifying) = order.state.clone() else { return Err(wrong_state()) };
    let issue = verifying.issue;
    let (state, positive) = match verdict {
        Verdict::Positive { terms, right, warnings } => {
            let last_day = issue.issued_on.checked_add_months(Months::new(12)).unwrap_or(issue.issued_on);
            let confirmation = Confirmation { terms, right, warnings, verified_at: now };
            let confirmed =
                Confirmed { issue, confirmation, last_day, given_back: Vec::new(), lapsed: Vec::new() };
            (State::Positive(Box::new(confirmed)), true)
        }
        Verdict::Negative { findings, warnings } => {
            (State::Negative(Box::new(Negative { issue, findings, warnings, verified_at: now })), false)
        }
    };
    let document = RepairOrder { state, changed_at: now, ..order };
    Ok(Decided { document, events: vec![RepairOrderEvent::RepairVerified { positive }] })
}
