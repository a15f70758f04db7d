//! The whole of an order, or the months that are left of it, are no longer to be had (DO-31, DO-32).

use super::events::DeviceOrderEvent;
use super::lifecycle::{
    Cancellation, Cancelled, Command, Confirmed, PeriodState, Periods, State, TailCancelled,
};
use super::model::DeviceOrder;
use super::refusals::{HELD, NOTHING_LEFT, admit_state};
use super::{DeviceOrderDecision, elapse};
use crate::decision::{Decided, admit};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};
use crate::values::YearMonth;
use chrono::{DateTime, Utc};

type Check = fn(&Confirmed) -> Vec<String>;

const RULES: &[Rule<Check>] = &[
    Rule {
        number: "DO-31",
        legal: "eZWM v2.1.6 pp. 42–44, 78–80",
        says: Sentence {
            pl: "Anuluje się zlecenie, którego żaden miesiąc nie jest pobrany; czyni to podmiot wystawiający albo oddział na wniosek pacjenta.",
            en: "An order is cancelled while no month of it is held; the issuing entity does it, or a branch at the patient's request.",
        },
        problem: HELD,
        broken_at: |confirmed| {
            let is_held = |state: PeriodState| match state {
                PeriodState::Verifying { .. }
                | PeriodState::Reserved { .. }
                | PeriodState::Confirming { .. } => true,
                PeriodState::Available
                | PeriodState::Realised { .. }
                | PeriodState::Lost
                | PeriodState::Cancelled => false,
            };
            whole(confirmed.periods.states().any(is_held))
        },
    },
    Rule {
        number: "DO-32",
        legal: "eZWM v2.1.6 p. 80",
        says: Sentence {
            pl: "Gdy część wydano, anuluje się miesiące po ostatnim zrealizowanym, do końca zlecenia.",
            en: "Once part was issued, the months after the last realised one are cancelled, to the end of the order.",
        },
        problem: NOTHING_LEFT,
        broken_at: |confirmed| whole(left(&confirmed.periods).next().is_none()),
    },
];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("cancellation")).collect()
}

/// What a cancellation takes: free months after the last one in which goods were issued.
fn left(periods: &Periods) -> impl Iterator<Item = Option<YearMonth>> {
    let last_realised = periods.last_realised();
    let months: Vec<Option<YearMonth>> = match periods {
        Periods::Monthly { periods } => periods
            .iter()
            .filter(|period| period.state == PeriodState::Available && Some(period.month) > last_realised)
            .map(|period| Some(period.month))
            .collect(),
        Periods::OneOff { state: PeriodState::Available, .. } => vec![None],
        Periods::OneOff { .. } => Vec::new(),
    };
    months.into_iter()
}

/// What stands in the way of a cancellation in a state that admits one.
pub fn faults(order: &DeviceOrder) -> Vec<Violation> {
    match &order.state {
        State::Positive(confirmed) => rule::broken(RULES, |check| check(confirmed)),
        _ => Vec::new(),
    }
}

/// Cancels the whole, or what is left once goods were issued of it.
pub fn cancel(order: DeviceOrder, cancellation: Cancellation, now: DateTime<Utc>) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Cancellation)?;
    admit(faults(&order))?;
    match order.state.clone() {
        State::Positive(confirmed) if confirmed.periods.states().any(PeriodState::is_realised) => {
            Ok(cancel_tail(order, confirmed, cancellation, now))
        }
        was => {
            let state = State::Cancelled(Box::new(Cancelled { cancellation, was }));
            let document = DeviceOrder { state, changed_at: now, ..order };
            Ok(Decided { document, events: vec![DeviceOrderEvent::OrderCancelled {}] })
        }
    }
}

fn cancel_tail(
    order: DeviceOrder,
    mut confirmed: Box<Confirmed>,
    cancellation: Cancellation,
    now: DateTime<Utc>,
) -> Decided<DeviceOrder, DeviceOrderEvent> {
    let left: Vec<Option<YearMonth>> = left(&confirmed.periods).collect();
    let from = left.iter().flatten().min().copied();
    confirmed.periods =
        confirmed.periods.clone().map(|month, _| left.contains(&month).then_some(PeriodState::Cancelled));
    confirmed.tail = from.map(|from| TailCancelled { from, cancellation });
    let (state, ended) = elapse::settle(confirmed);
    let events = [Some(DeviceOrderEvent::OrderTailCancelled {}), ended].into_iter().flatten().collect();
    Decided { document: DeviceOrder { state, changed_at: now, ..order }, events }
}
