//! The rules that a verification plays: competence, right, entitlement, quantity, period of use, duplicates.

use super::use_period::{Standing, is_once, standing};
use super::{Facts, Insurance, OtherOrder};
use crate::calendar::age_on;
use crate::device_group::{DeviceGroup, Issuer, specialty};
use crate::device_order::content::{
    Content, Form, OrderedItem, OrderedSupply, Ordination, RightProof, Until,
};
use crate::device_order::issue::ordered_months;
use crate::device_order::quantity::is_lifted;
use crate::device_order::refusals::{
    DUPLICATE, ENTITLEMENT_AGE, ENTITLEMENT_EXPIRED, GROUP_UNKNOWN, ISSUER_NOT_LISTED, NOT_SHORTENABLE,
    OTHERS_UNREADABLE, PESEL_OUTDATED, PRIMARY_ORDER_UNKNOWN, QUANTITY_EXCEEDED, QUANTITY_UNKNOWN,
    RIGHT_NOT_CONFIRMED, RIGHT_PROOF_EXPIRED, RIGHT_STATEMENT_OLD, SHORTENING_UNKNOWN,
    USE_PERIOD_NOT_ELAPSED, USE_PERIOD_UNKNOWN,
};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at};
use chrono::Days;

type Check = fn(&Content, &Facts) -> Vec<String>;

const DEVICE: &str = "/content/device";
/// How many days before the take-up a statement may have been made; no source says how near it is to be, and a week
/// lets it come by post.
const STATEMENT_DAYS: u64 = 7;

const RULES: &[Rule<Check>] = &[
    Rule {
        number: "DO-21a",
        legal: "refund act art. 38(4)",
        says: Sentence {
            pl: "Kod jest w wykazie w dniu weryfikacji.",
            en: "The code stands in the list on the day of the look.",
        },
        problem: GROUP_UNKNOWN,
        broken_at: |content, facts| {
            at(DEVICE, content.items().iter().any(|item| facts.group(&item.code).is_none()))
        },
    },
    Rule {
        number: "DO-1",
        legal: "list of devices §1; nurses' act art. 15a",
        says: Sentence {
            pl: "Zleca ten, kogo wykaz wymienia przy wyrobie zawodem i specjalizacją; przy kontynuacji obowiązuje osobna lista (DO-4). Liczą się specjalizacje z katalogu osób, a gdy ich nie zna – podane w zleceniu. Gdy wykaz nie jest tu znany, nie ocenia się tego.",
            en: "Whom the list names for the device orders it, by profession and specialty; a continuation has a list of its own (DO-4). The directory's specialties count, and where it knows none, those stated in the order. What is not known of the list is not judged.",
        },
        problem: ISSUER_NOT_LISTED,
        broken_at: issuer_is_listed,
    },
    Rule {
        number: "DO-28",
        legal: "eZWM v2.1.6 p. 86",
        says: Sentence {
            pl: "Prawo do świadczeń potwierdza płatnik, a gdy nie potwierdzi – oświadczenie albo dokument.",
            en: "The payer confirms the right to benefits; where it does not, a statement or document stands in.",
        },
        problem: RIGHT_NOT_CONFIRMED,
        broken_at: |content, facts| {
            let is_confirmed = matches!(facts.insurance, Insurance::Confirmed { .. });
            at("/content/right", !is_confirmed && content.right.is_none())
        },
    },
    Rule {
        number: "DO-28b",
        legal: "eZWM v2.1.6 p. 86",
        says: Sentence {
            pl: "Dokument potwierdzający prawo do świadczeń jest ważny.",
            en: "The document that proves the right to benefits is valid.",
        },
        problem: RIGHT_PROOF_EXPIRED,
        broken_at: right_proof_is_valid,
    },
    Rule {
        number: "DO-28d",
        legal: "eZWM v2.1.6 pp. 49, 86",
        says: Sentence {
            pl: "Prawo do świadczeń potwierdza się przy pobraniu ponownie (DO-29): oświadczenie pochodzi z dnia pobrania albo z 7 dni przed nim.",
            en: "The right to benefits is proved anew at take-up (DO-29): a statement is of that day, or of the 7 days before it.",
        },
        problem: RIGHT_STATEMENT_OLD,
        broken_at: statement_is_of_the_day,
    },
    Rule {
        number: "DO-28c",
        legal: "eWUŚ status_cwu −1",
        says: Sentence { pl: "Numer PESEL jest aktualny.", en: "The PESEL is in use." },
        problem: PESEL_OUTDATED,
        broken_at: |_, facts| at("/content/patient/identifier", facts.insurance == Insurance::PeselOutdated),
    },
    Rule {
        number: "DO-51",
        legal: "benefits act art. 47(1a), (1b)",
        says: Sentence {
            pl: "Uprawnienie pasuje do wieku: 47ZN od 16 lat, 47ZND do 16, 47DN do 18.",
            en: "The entitlement fits the age: 47ZN from 16 years, 47ZND below 16, 47DN below 18.",
        },
        problem: ENTITLEMENT_AGE,
        broken_at: |content, facts| {
            let stated = content.additional_entitlement.as_ref().zip(content.patient.born());
            let is_broken =
                stated.is_some_and(|(stated, born)| !stated.code.fits_age(age_on(born, facts.on)));
            at("/content/additionalEntitlement/code", is_broken)
        },
    },
    Rule {
        number: "DO-14c",
        legal: "eZWM v2.1.6 p. 64",
        says: Sentence {
            pl: "Dokument uprawnienia jest ważny.", en: "The entitlement's document is valid."
        },
        problem: ENTITLEMENT_EXPIRED,
        broken_at: |content, facts| {
            let until = content.additional_entitlement.as_ref().and_then(|stated| stated.document.until);
            let is_broken = until.is_some_and(|until| !until.holds_on(facts.on));
            at("/content/additionalEntitlement/document/until", is_broken)
        },
    },
    Rule {
        number: "DO-21b",
        legal: "list of devices; benefits act art. 47(1a), (1b)",
        says: Sentence {
            pl: "Ilość mieści się w wykazie, także z tym, co pacjent miał w tych samych miesiącach, chyba że znosi ją uprawnienie 47ZN, 47ZND albo 47DN. Za sztukę wyrobu jednorazowego i za miesięczną kwotę liczy się jedna.",
            en: "The quantity is within the list, together with what the patient had in the same months, unless the entitlement 47ZN, 47ZND or 47DN lifts it. Of what is borne by the item, and of a month's amount, that is one.",
        },
        problem: QUANTITY_EXCEEDED,
        broken_at: |content, facts| {
            let is_larger = facts.is_first && !is_lifted(content) && facts.measure(content).exceeds();
            at("/content/supply", is_larger)
        },
    },
    Rule {
        number: "DO-21f",
        legal: "list of devices; design",
        says: Sentence {
            pl: "Największa miesięczna ilość wyrobu z limitem na sztukę musi być tu znana, chyba że znosi ją uprawnienie; nieznana nie znaczy, że jej nie ma.",
            en: "The largest monthly quantity of what is borne by the piece has to be known here, unless an entitlement lifts it; unknown does not mean that there is none.",
        },
        problem: QUANTITY_UNKNOWN,
        broken_at: |content, facts| {
            let is_unknown = facts.is_first && !is_lifted(content) && facts.measure(content).is_unbounded();
            at("/content/supply", is_unknown)
        },
    },
    Rule {
        number: "DO-21c",
        legal: "list of devices, column of periods",
        says: Sentence {
            pl: "Okres użytkowania poprzedniego wyrobu upłynął, chyba że znosi go uprawnienie albo skraca podstawa z wykazu.",
            en: "The period of use of the former device has elapsed, unless an entitlement lifts it or a ground of the list shortens it.",
        },
        problem: USE_PERIOD_NOT_ELAPSED,
        broken_at: |content, facts| {
            at(DEVICE, content.shortening.is_none() && standing(content, facts) == Standing::InUse)
        },
    },
    Rule {
        number: "DO-21e",
        legal: "list of devices, column of periods; design",
        says: Sentence {
            pl: "Gdy pacjent miał już ten wyrób, okres użytkowania musi być tu znany; nieznany nie znaczy, że go nie ma.",
            en: "Where the patient had the device before, its period of use has to be known here; unknown does not mean that there is none.",
        },
        problem: USE_PERIOD_UNKNOWN,
        broken_at: |content, facts| {
            at(DEVICE, content.shortening.is_none() && standing(content, facts) == Standing::Unknown)
        },
    },
    Rule {
        number: "DO-47",
        legal: "eZWM v2.1.6 p. 68",
        says: Sentence {
            pl: "Okres użytkowania skraca się tylko przy wyrobach, które wykaz tak oznacza.",
            en: "A period of use is shortened only for devices that the list marks so.",
        },
        problem: NOT_SHORTENABLE,
        broken_at: |content, facts| {
            let refuses = groups(content, facts).any(|group| group.shortenable == Some(false));
            at("/content/shortening", is_shortened(content, facts) && refuses)
        },
    },
    Rule {
        number: "DO-47b",
        legal: "eZWM v2.1.6 p. 68; design",
        says: Sentence {
            pl: "Czy okres użytkowania wyrobu można skrócić, musi być tu znane; nieznane ocenia urzędnik.",
            en: "It has to be known here whether the device's period of use may be shortened; an officer judges what is not.",
        },
        problem: SHORTENING_UNKNOWN,
        broken_at: |content, facts| {
            let is_unknown = groups(content, facts).any(|group| group.shortenable.is_none());
            at("/content/shortening", is_shortened(content, facts) && is_unknown)
        },
    },
    Rule {
        number: "DO-21d",
        legal: "eZWM v2.1.6 p. 11",
        says: Sentence {
            pl: "Pacjent nie ma innego otwartego zlecenia na ten wyrób albo wyrób o wspólnym limicie i te miesiące.",
            en: "The patient has no other open order for the device, or one that shares its limit, and the months.",
        },
        problem: DUPLICATE,
        broken_at: |content, facts| {
            let is_same = |other: &OtherOrder| is_same_supply(content, other, facts);
            at(DEVICE, facts.is_first && facts.others.iter().any(is_same))
        },
    },
    Rule {
        number: "DO-88",
        legal: "eZWM v2.1.6 p. 11; design",
        says: Sentence {
            pl: "Wszystkie zlecenia pacjenta można odczytać; z nieczytelnego nie wiadomo, co pacjent już ma. Przy pobraniu liczy się to tylko dla zlecenia jednorazowego.",
            en: "Every order of the patient can be read; of one that cannot it is not known what the patient has already. At take-up this counts for one-off orders only.",
        },
        problem: OTHERS_UNREADABLE,
        broken_at: |content, facts| {
            let is_one_off = matches!(content.supply, Some(OrderedSupply::OneOff { .. }));
            at("/content/patient", facts.is_incomplete && (facts.is_first || is_one_off))
        },
    },
    Rule {
        number: "DO-5",
        legal: "eZWM v2.1.6 p. 12",
        says: Sentence {
            pl: "Zlecenie pierwotne skróconej kontynuacji jest pozytywnym zleceniem tego pacjenta na ten wyrób.",
            en: "The primary order of a short continuation is a positive order of this patient for this device.",
        },
        problem: PRIMARY_ORDER_UNKNOWN,
        broken_at: primary_order_is_known,
    },
];

pub(super) fn broken(content: &Content, facts: &Facts) -> Vec<Violation> {
    rule::broken(RULES, |check| check(content, facts))
}

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("verification, take-ups")).collect()
}

/// A full continuation is like a primary order but for who may issue it (DO-4).
fn issuer_is_listed(content: &Content, facts: &Facts) -> Vec<String> {
    let lists = |group: &DeviceGroup| {
        issuers(content, group).is_none_or(|list| list.iter().any(|issuer| is_listed(content, facts, issuer)))
    };
    at("/content/prescriber", facts.is_first && groups(content, facts).any(|group| !lists(group)))
}

/// Who may order it; `None` where the list does not say.
fn issuers<'g>(content: &Content, group: &'g DeviceGroup) -> Option<&'g [Issuer]> {
    let is_continuation =
        matches!(content.supply, Some(OrderedSupply::Monthly { ordination: Ordination::Continuation, .. }));
    let list = if is_continuation { &group.issuers.continuation } else { &group.issuers.first };
    list.as_deref()
}

/// Whether it takes a specialty of this prescriber that the list names them.
pub(super) fn needs_specialty(content: &Content, facts: &Facts) -> bool {
    let is_theirs = |issuer: &&Issuer| content.prescriber.profession == Some(issuer.profession);
    groups(content, facts).any(|group| {
        let mut theirs = issuers(content, group).into_iter().flatten().filter(is_theirs).peekable();
        theirs.peek().is_some() && theirs.all(|issuer| !issuer.specialties.is_empty())
    })
}

/// The groups of what is ordered, as far as the list has them.
fn groups<'a>(content: &Content, facts: &Facts<'a>) -> impl Iterator<Item = &'a DeviceGroup> {
    let items = content.items();
    let is_ordered = move |group: &&DeviceGroup| items.iter().any(|item| item.code == group.code);
    facts.groups.iter().filter(is_ordered)
}

fn is_listed(content: &Content, facts: &Facts, issuer: &Issuer) -> bool {
    let prescriber = &content.prescriber;
    let specialties = facts.specialties.unwrap_or(&prescriber.specialties);
    let has = |wanted: &String| specialties.iter().any(|it| specialty::satisfies(it.as_str(), wanted));
    prescriber.profession == Some(issuer.profession)
        && (issuer.specialties.is_empty() || issuer.specialties.iter().any(has))
}

fn right_proof_is_valid(content: &Content, facts: &Facts) -> Vec<String> {
    if matches!(facts.insurance, Insurance::Confirmed { .. }) {
        return Vec::new();
    }
    let until: Option<Until> = match &content.right {
        Some(RightProof::Document { document } | RightProof::EuDocument { document, .. }) => document.until,
        Some(RightProof::Statement { .. }) | None => None,
    };
    at("/content/right/document/until", until.is_some_and(|until| !until.holds_on(facts.on)))
}

fn statement_is_of_the_day(content: &Content, facts: &Facts) -> Vec<String> {
    let made_on = match &content.right {
        Some(RightProof::Statement { made_on, .. }) => Some(*made_on),
        Some(RightProof::Document { .. } | RightProof::EuDocument { .. }) | None => None,
    };
    let is_needed = !facts.is_first && !matches!(facts.insurance, Insurance::Confirmed { .. });
    let first = facts.on - Days::new(STATEMENT_DAYS);
    let is_old = made_on.is_some_and(|made_on| !(first..=facts.on).contains(&made_on));
    at("/content/right/madeOn", is_needed && is_old)
}

/// Whether a period that has not elapsed, as far as one knows, is to be cut short.
fn is_shortened(content: &Content, facts: &Facts) -> bool {
    content.shortening.is_some() && standing(content, facts) != Standing::Free
}

fn is_same_supply(content: &Content, other: &OtherOrder, facts: &Facts) -> bool {
    let months_meet = match (ordered_months(content), other.months) {
        (Some(one), Some(two)) => one.overlap(two) || is_once(content, facts),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    let is_same = |one: &OrderedItem, two: &OrderedItem| {
        one.is_on(two.side) && (one.code == two.code || facts.share_limit(&one.code, &two.code))
    };
    let items = content.items();
    other.is_open && months_meet && items.iter().any(|one| other.items.iter().any(|two| is_same(one, two)))
}

fn has_same_item(content: &Content, other: &OtherOrder) -> bool {
    content.items().iter().any(|one| other.items.iter().any(|two| one.is_same_as(&two.code, two.side)))
}

fn primary_order_is_known(content: &Content, facts: &Facts) -> Vec<String> {
    let Some(OrderedSupply::Monthly { form: Form::Short, primary_order: Some(primary), .. }) =
        &content.supply
    else {
        return Vec::new();
    };
    let is_known = facts
        .others
        .iter()
        .any(|other| other.number == *primary && other.is_positive && has_same_item(content, other));
    at("/content/supply/primaryOrder", facts.is_first && !is_known)
}
