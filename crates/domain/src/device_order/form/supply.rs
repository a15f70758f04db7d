//! How much, and over which months.

use super::{Circumstances, FormCheck};
use crate::device_group::{Largest, Supply};
use crate::device_order::content::{Content, Form, OrderedSupply, Ordination};
use crate::device_order::refusals::{
    LARGER_QUANTITY_JUSTIFICATION, MONTH_PAST, SHORT_FORM_IS_CONTINUATION, SHORT_FORM_NEEDS_PRIMARY,
    SUPPLY_DIFFERS, TOO_MANY_MONTHS,
};
use crate::problem::Sentence;
use crate::rule::{Rule, at};
use crate::values::YearMonth;

const SUPPLY: &str = "/content/supply";
const MOST_MONTHS: u32 = 12;
const MOST_MONTHS_ON_PAPER: u32 = 6;

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
];

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
    let lifts = content
        .additional_entitlement
        .as_ref()
        .is_some_and(|entitlement| entitlement.code.lifts_quantity_and_period());
    let items = content.items();
    let bounds = items.iter().filter_map(|item| circumstances.group(&item.code)?.largest);
    let is_larger = content
        .supply
        .as_ref()
        .is_some_and(|supply| bounds.into_iter().any(|largest| exceeds(supply, largest)));
    at("/content/grounds/largerQuantity", lifts && is_larger && content.grounds.larger_quantity.is_none())
}

/// Whether an order is for more than the list has. What the list counts over several months is compared with what
/// the order brings in as many.
pub fn exceeds(supply: &OrderedSupply, largest: Largest) -> bool {
    match supply {
        OrderedSupply::Monthly { pieces_a_month, .. } => {
            pieces_a_month.times(largest.months) > largest.pieces.to_hundredths()
        }
        OrderedSupply::OneOff { pieces } => i64::from(*pieces) * 100 > largest.pieces.to_hundredths(),
    }
}
