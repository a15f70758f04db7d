//! How much, and over which months.

use super::{Circumstances, FormCheck};
use crate::device_group::{DeviceGroup, Profession, Supply, UsagePeriod};
use crate::device_order::content::{Content, Form, OrderedSupply, Ordination};
use crate::device_order::quantity::{Measure, band, is_lifted};
use crate::device_order::refusals::{
    CONTINUATION_MONTHS, LARGER_QUANTITY_JUSTIFICATION, MONTH_PAST, ONE_MONTH_ONLY, PIECES_COUNT,
    SHORT_FORM_IS_CONTINUATION, SHORT_FORM_NEEDS_PRIMARY, SUPPLY_DIFFERS, TOO_MANY_MONTHS,
};
use crate::problem::Sentence;
use crate::rule::{Rule, at};
use crate::values::YearMonth;

const SUPPLY: &str = "/content/supply";
const MOST_MONTHS: u32 = 12;
const MOST_MONTHS_ON_PAPER: u32 = 6;
const MOST_MONTHS_OF_NURSES: u32 = 6;
const MOST_PIECES: u32 = 9999;

pub(super) const RULES: &[Rule<FormCheck>] = &[
    Rule {
        number: "DO-9",
        legal: "refund act art. 38; NFZ notice on monthly supplies",
        says: Sentence {
            pl: "Zlecenie miesięczne obejmuje najwyżej 12 kolejnych miesięcy, papierowe najwyżej 6.",
            en: "A monthly order covers at most 12 consecutive months, on paper at most 6.",
        },
        problem: TOO_MANY_MONTHS,
        broken_at: |content, circumstances| {
            let most = if circumstances.is_paper { MOST_MONTHS_ON_PAPER } else { MOST_MONTHS };
            let is_broken = matches!(content.supply, Some(OrderedSupply::Monthly { months, .. })
                if !(1..=most).contains(&months));
            at("/content/supply/months", is_broken)
        },
    },
    Rule {
        number: "DO-10",
        legal: "inferred from DO-50",
        says: Sentence {
            pl: "Pierwszy miesiąc zaopatrzenia nie jest wcześniejszy niż miesiąc wystawienia.",
            en: "The first month of the supply is not before the month of issue.",
        },
        problem: MONTH_PAST,
        broken_at: |content, circumstances| {
            let is_broken = matches!(content.supply, Some(OrderedSupply::Monthly { from, .. })
                if from < YearMonth::of(circumstances.today));
            at("/content/supply/from", is_broken)
        },
    },
    Rule {
        number: "DO-12j",
        legal: "refund act art. 38(4)",
        says: Sentence {
            pl: "Zaopatrzenie jest miesięczne albo jednorazowe, jak stanowi wykaz.",
            en: "A supply is monthly or one-off, as the list has it.",
        },
        problem: SUPPLY_DIFFERS,
        broken_at: supply_is_that_of_the_group,
    },
    Rule {
        number: "DO-5a",
        legal: "eZWM v2.1.6 p. 12",
        says: Sentence {
            pl: "Skrócona forma podaje numer zlecenia pierwotnego.",
            en: "The short form gives the number of its primary order.",
        },
        problem: SHORT_FORM_NEEDS_PRIMARY,
        broken_at: |content, _| {
            let is_broken = matches!(
                &content.supply,
                Some(OrderedSupply::Monthly { form: Form::Short, primary_order: None, .. })
            );
            at("/content/supply/primaryOrder", is_broken)
        },
    },
    Rule {
        number: "DO-5b",
        legal: "eZWM v2.1.6 p. 12",
        says: Sentence { pl: "Skrócona forma jest kontynuacją.", en: "The short form is a continuation." },
        problem: SHORT_FORM_IS_CONTINUATION,
        broken_at: |content, _| {
            let is_broken = matches!(
                &content.supply,
                Some(OrderedSupply::Monthly { form: Form::Short, ordination: Ordination::Primary, .. })
            );
            at("/content/supply/form", is_broken)
        },
    },
    Rule {
        number: "DO-54",
        legal: "order-form regulation, field I.C.13",
        says: Sentence {
            pl: "Ilość większa niż w wykazie ma uzasadnienie medyczne.",
            en: "More than the list has is justified medically.",
        },
        problem: LARGER_QUANTITY_JUSTIFICATION,
        broken_at: larger_quantity_is_justified,
    },
    Rule {
        number: "DO-9b",
        legal: "eZWM v2.1.6 pp. 59–69; design",
        says: Sentence {
            pl: "Zlecenie jednorazowe obejmuje od 1 do 9999 sztuk.",
            en: "A one-off order is for 1 to 9999 pieces.",
        },
        problem: PIECES_COUNT,
        broken_at: |content, _| {
            let is_broken = matches!(content.supply, Some(OrderedSupply::OneOff { pieces })
                if !(1..=MOST_PIECES).contains(&pieces));
            at("/content/supply/pieces", is_broken)
        },
    },
    Rule {
        number: "DO-53",
        legal: "list of devices, W.01.02 and W.02.02",
        says: Sentence {
            pl: "Wyrób miesięczny, który wykaz przyznaje jednorazowo, zleca się na jeden miesiąc.",
            en: "A monthly device that the list has once is ordered for one month.",
        },
        problem: ONE_MONTH_ONLY,
        broken_at: |content, circumstances| {
            let is_once = content
                .items()
                .iter()
                .filter_map(|item| circumstances.group(&item.code))
                .any(|group| has_once(content, group, circumstances));
            let is_longer =
                matches!(content.supply, Some(OrderedSupply::Monthly { months, .. }) if months > 1);
            at("/content/supply/months", is_once && is_longer)
        },
    },
    Rule {
        number: "DO-3",
        legal: "nurses' act art. 15a",
        says: Sentence {
            pl: "Pielęgniarka i położna kontynuują zlecenie na wyroby do leczenia cukrzycy najwyżej na 6 miesięcy.",
            en: "Nurses and midwives continue an order for diabetes devices for at most 6 months.",
        },
        problem: CONTINUATION_MONTHS,
        broken_at: |content, _| {
            let by_nurse =
                matches!(content.prescriber.profession, Some(Profession::Nurse | Profession::Midwife));
            let is_longer = matches!(content.supply, Some(OrderedSupply::Monthly {
                ordination: Ordination::Continuation, months, .. }) if months > MOST_MONTHS_OF_NURSES);
            let is_for_diabetes = content.items().iter().any(|item| item.code.as_str().starts_with("R."));
            at("/content/supply/months", by_nurse && is_longer && is_for_diabetes)
        },
    },
];

fn has_once(content: &Content, group: &DeviceGroup, circumstances: &Circumstances) -> bool {
    let once = |usage: Option<UsagePeriod>| usage == Some(UsagePeriod::Once);
    let tiers = group.tiers.iter();
    group.supply == Supply::Monthly
        && tiers.filter_map(|tier| band(content, tier, circumstances.today)).any(|band| once(band.usage))
}

pub(super) fn is_short(content: &Content) -> bool {
    matches!(content.supply, Some(OrderedSupply::Monthly { form: Form::Short, .. }))
}

fn supply_is_that_of_the_group(content: &Content, circumstances: &Circumstances) -> Vec<String> {
    let ordered = content.supply.as_ref().map(|supply| match supply {
        OrderedSupply::Monthly { .. } => Supply::Monthly,
        OrderedSupply::OneOff { .. } => Supply::OneOff,
    });
    let differs = |ordered| {
        let items = content.items();
        let groups = items.iter().filter_map(|item| circumstances.group(&item.code));
        groups.into_iter().any(|group| group.supply != ordered)
    };
    at(SUPPLY, ordered.is_some_and(differs))
}

/// An order that exceeds the list without an entitlement is found negative later; one with it has to say why.
fn larger_quantity_is_justified(content: &Content, circumstances: &Circumstances) -> Vec<String> {
    let Circumstances { groups, today, .. } = *circumstances;
    let is_larger = Measure { content, groups, on: today, earlier: &[] }.exceeds();
    let is_silent = content.grounds.larger_quantity.is_none();
    at("/content/grounds/largerQuantity", is_lifted(content) && is_larger && is_silent)
}
