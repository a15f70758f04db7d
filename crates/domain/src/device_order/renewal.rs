//! The code of an order is drawn anew, because somebody may have found it out or the patient has lost it (DO-80, DO-81). Who
//! opened the order before keeps it; the former code opens nothing any more.

use super::DeviceOrderDecision;
use super::events::DeviceOrderEvent;
use super::lifecycle::{Command, Confirmed, State};
use super::model::{Access, DeviceOrder};
use super::refusals::{NO_CODE, RENEWAL_REASON, admit_state, wrong_state};
use crate::decision::{Decided, admit};
use crate::problem::Sentence;
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::values::{AccessCode, Text};
use chrono::{DateTime, Utc};

/// Who asks for another code, and why.
#[derive(Clone, Debug)]
pub struct Renewal {
    pub is_by_officer: bool,
    pub reason: Option<Text<500>>,
}

type Check = fn(&Confirmed, &Renewal) -> Vec<String>;

const RULES: &[Rule<Check>] = &[
    Rule {
        number: "DO-80",
        legal: "NFZ notice on orders",
        says: Sentence {
            pl: "Nowy kod dostępu dostaje zlecenie, które ma kod, czyli pacjenta z numerem PESEL (DO-17).",
            en: "Another access code is for an order that has one, which is that of a patient with a PESEL (DO-17).",
        },
        problem: NO_CODE,
        broken_at: |confirmed, _| whole(confirmed.access.code.is_none()),
    },
    Rule {
        number: "DO-81",
        legal: "design; RODO art. 15",
        says: Sentence {
            pl: "Urzędnik płatnika podaje powód, który pacjent widzi; wystawiający i pacjent nie muszą.",
            en: "An officer of the payer gives a reason that the patient sees; the issuer and the patient need none.",
        },
        problem: RENEWAL_REASON,
        broken_at: |_, asked| at("/reason", asked.is_by_officer && asked.reason.is_none()),
    },
];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("access-data/renewal")).collect()
}

/// The order with another code, which is unlike the former one and those of the patient's other open orders.
pub fn renew(
    order: DeviceOrder,
    asked: &Renewal,
    code: Option<AccessCode>,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::CodeRenewal)?;
    let State::Positive(confirmed) = &order.state else { return Err(wrong_state()) };
    admit(rule::broken(RULES, |check| check(confirmed, asked)))?;
    let document = DeviceOrder { changed_at: now, ..with_code(order, code) };
    Ok(Decided { document, events: vec![DeviceOrderEvent::AccessCodeRenewed {}] })
}

/// The code of an order that can be taken up.
pub fn open_code(order: &DeviceOrder) -> Option<&AccessCode> {
    match &order.state {
        State::Positive(confirmed) => confirmed.access.code.as_ref(),
        _ => None,
    }
}

/// The same with that code. Where none is free any more it has none, and the print is obligatory.
#[must_use]
pub fn with_code(order: DeviceOrder, code: Option<AccessCode>) -> DeviceOrder {
    let state = match order.state {
        State::Positive(mut confirmed) => {
            confirmed.access = Access { code };
            State::Positive(confirmed)
        }
        other => other,
    };
    DeviceOrder { state, ..order }
}
