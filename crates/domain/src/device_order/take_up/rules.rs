//! What has to hold so that a provider takes something up (DO-33 to DO-38).

use super::{Asked, MOST_MONTHS};
use crate::device_order::lifecycle::PeriodState;
use crate::device_order::refusals::{
    MONTH_TAKEN, MONTHS_OUTSIDE, NO_CONTRACT, NOT_AVAILABLE, PAPER_ELSEWHERE, TAKE_UP_PAST, TOO_MANY_AT_ONCE,
};
use crate::device_order::{Check, DeviceOrder};
use crate::problem::Sentence;
use crate::rule::{Rule, RuleEntry, at, whole};
use crate::values::YearMonth;

pub(super) const RULES: &[Rule<Check<Asked>>] = &[
    Rule {
        number: "DO-35",
        legal: "eZWM v2.1.6 pp. 2, 84",
        says: Sentence {
            pl: "Pobiera realizator z umową ważną w tym dniu; podwykonawca działa w ramach umowy jej posiadacza.",
            en: "A provider takes up with a contract that is valid on the day; a subcontractor acts under its holder's.",
        },
        problem: NO_CONTRACT,
        broken_at: |_, asked| whole(!asked.has_contract),
    },
    Rule {
        number: "DO-36a",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Miesiące należą do zlecenia; zlecenie jednorazowe ich nie ma.",
            en: "The months belong to the order; a one-off order has none.",
        },
        problem: MONTHS_OUTSIDE,
        broken_at: |order, asked| {
            let is_inside =
                order.state.confirmed().is_some_and(|it| it.periods.asked(asked.months).is_some());
            at("/months", !is_inside)
        },
    },
    Rule {
        number: "DO-36b",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Naraz pobiera się od 1 do 6 miesięcy.", en: "One take-up has 1 to 6 months."
        },
        problem: TOO_MANY_AT_ONCE,
        broken_at: |_, asked| {
            at("/months/count", asked.months.is_some_and(|months| !(1..=MOST_MONTHS).contains(&months.count)))
        },
    },
    Rule {
        number: "DO-36c",
        legal: "eZWM v2.1.6 p. 83",
        says: Sentence {
            pl: "Pierwszy miesiąc nie jest wcześniejszy niż bieżący.",
            en: "The first month is not before the present one.",
        },
        problem: TAKE_UP_PAST,
        broken_at: |_, asked| {
            let present = YearMonth::of(asked.today);
            at("/months/from", asked.months.is_some_and(|months| months.from < present))
        },
    },
    Rule {
        number: "DO-38",
        legal: "order of the NFZ president 98/2023/DSOZ",
        says: Sentence {
            pl: "Części e-zlecenia można realizować u różnych realizatorów, papierowego u jednego.",
            en: "Parts of an electronic order may go to several providers; a paper order to one.",
        },
        problem: PAPER_ELSEWHERE,
        broken_at: |order, asked| {
            let bound = order.state.issue().and_then(|issue| issue.paper.as_ref()).and_then(|it| it.bound_to);
            whole(bound.is_some_and(|bound| bound != asked.provider.id))
        },
    },
    Rule {
        number: "DO-33a",
        legal: "eZWM v2.1.6 p. 49",
        says: Sentence {
            pl: "Pobiera się tylko wolne miesiące; pobranie blokuje je dla innych.",
            en: "Only free months are taken up, and a take-up closes them to others.",
        },
        problem: MONTH_TAKEN,
        broken_at: |order, asked| at("/months", any_is(order, asked, is_taken)),
    },
    Rule {
        number: "DO-33b",
        legal: "eZWM v2.1.6 p. 49",
        says: Sentence {
            pl: "Miesiąca zrealizowanego, utraconego albo anulowanego nie można pobrać.",
            en: "A month that is realised, lost or cancelled cannot be taken up.",
        },
        problem: NOT_AVAILABLE,
        broken_at: |order, asked| at("/months", any_is(order, asked, PeriodState::is_over)),
    },
];

fn any_is(order: &DeviceOrder, asked: &Asked, is: fn(PeriodState) -> bool) -> bool {
    let states = order.state.confirmed().and_then(|it| it.periods.asked(asked.months));
    states.unwrap_or_default().into_iter().any(is)
}

pub(in crate::device_order) fn is_taken(state: PeriodState) -> bool {
    match state {
        PeriodState::Verifying { .. } | PeriodState::Reserved { .. } | PeriodState::Confirming { .. } => true,
        PeriodState::Available
        | PeriodState::Realised { .. }
        | PeriodState::Lost
        | PeriodState::Cancelled => false,
    }
}

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("take-ups")).collect()
}
