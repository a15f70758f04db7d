//! One contracted provider takes a repair up, carries it out and settles it; what was an error is taken back.

use super::RepairOrderDecision;
use super::events::RepairOrderEvent;
use super::lifecycle::{Command, Confirmed, Held, Realised, State};
use super::model::{GivenBack, Hold, Repair, RepairOrder};
use super::refusals::{
    GUARANTEE, ISSUE_DATE, LEFT_UNKNOWN, NO_CONTRACT, NOT_HOLDER, PRICE, RECEIPT_DATE, TAKEN,
    WITHDRAWAL_LATE, admit_state, wrong_state,
};
use crate::calendar::{end_of_day_warsaw, warsaw_date};
use crate::decision::{Decided, admit};
use crate::demand::model::Officer;
use crate::device_order::model::{Method, Provider, Receipt};
use crate::device_order::money::{Amounts, Priced, Rounding, Terms, split};
use crate::device_order::take_up::reopened;
use crate::ids::{OrganisationId, TakeUpId};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::values::{Grosze, Text};
use chrono::{DateTime, Days, NaiveDate, Utc};

const LONGEST_GUARANTEE: u32 = 120;

/// What a provider asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: TakeUpId,
    pub provider: Provider,
    /// Whether a contract of that day covers the device (DO-35).
    pub has_contract: bool,
    /// For how many days the device may be given out.
    pub hold_days: u32,
    /// For how many days after that the confirmation may follow.
    pub confirmation_days: u32,
}

/// What was done, and given out.
#[derive(Clone, Debug)]
pub struct Repairing {
    pub provider: OrganisationId,
    /// The same under its contract of the day of issue, which may be another one than at the take-up; none where none covers
    /// the device on that day.
    pub contract: Option<Provider>,
    pub description: Text<1000>,
    pub price: Grosze,
    /// What is left of the limit by now (RO-84); none where another order of the patient cannot be read.
    pub left: Option<Grosze>,
    pub guarantee_months: u32,
    pub issued_on: NaiveDate,
    pub method: Method,
    pub staff: Text<120>,
    pub receipt: Receipt,
    pub today: NaiveDate,
    pub rounding: Rounding,
}

/// Who gives back, and why: a provider its own, or an officer of the payer any.
#[derive(Clone, Debug)]
pub struct Returning {
    pub provider: Option<OrganisationId>,
    pub reason: Text<500>,
    pub by: Option<Officer>,
    /// In which a provider may take a confirmation back; an officer always may.
    pub within_days: u64,
    /// For how long the provider has the repair then, so that it can confirm what is right.
    pub hold_days: u32,
}

type HoldCheck = fn(&Held, &Repairing) -> Vec<String>;

const RULES: &[Rule<HoldCheck>] = &[
    Rule {
        number: "RO-40",
        legal: "eZWM v2.1.6 p. 90",
        says: Sentence {
            pl: "Naprawę potwierdza ten, kto ją pobrał.",
            en: "Who took the repair up confirms it.",
        },
        problem: NOT_HOLDER,
        broken_at: |held, asked| whole(held.hold.provider.id != asked.provider),
    },
    Rule {
        number: "RO-41",
        legal: "eZWM v2.1.6 pp. 88–96",
        says: Sentence {
            pl: "Wyrób wydaje się od dnia pobrania do jego końca i w ciągu 12 miesięcy zlecenia (DO-16), najpóźniej dziś.",
            en: "The device is given out between the take-up and the end of the hold and within the order's 12 months (DO-16), today at the latest.",
        },
        problem: ISSUE_DATE,
        broken_at: |Held { confirmed, hold }, asked| {
            let last = hold.held_until.min(confirmed.last_day).min(asked.today);
            at("/issuedOn", !(warsaw_date(hold.taken_at)..=last).contains(&asked.issued_on))
        },
    },
    Rule {
        number: "RO-42",
        legal: "eZWM v2.1.6 p. 95",
        says: Sentence {
            pl: "Odbiór podaje się od razu (DO-43): nie wcześniej niż wydanie i nie później niż dziś, osobisty tego samego dnia.",
            en: "The receipt is given at once (DO-43): not before the issue nor after today, in person on the same day.",
        },
        problem: RECEIPT_DATE,
        broken_at: |_, asked| {
            let (received, issued) = (asked.receipt.received_on, asked.issued_on);
            let is_personal = asked.method == Method::InPerson;
            let is_late = received > asked.today || (is_personal && received != issued);
            at("/receipt/receivedOn", received < issued || is_late)
        },
    },
    Rule {
        number: "RO-43",
        legal: "eZWM v2.1.6 pp. 88–96",
        says: Sentence {
            pl: "Cena naprawy jest większa niż zero.",
            en: "The price of a repair is more than zero.",
        },
        problem: PRICE,
        broken_at: |_, asked| at("/price", asked.price == Grosze::default()),
    },
    Rule {
        number: "RO-44",
        legal: "eZWM v2.1.6 pp. 88–96; design",
        says: Sentence {
            pl: "Gwarancja na naprawę obejmuje od 0 do 120 miesięcy.",
            en: "The guarantee of a repair is of 0 to 120 months.",
        },
        problem: GUARANTEE,
        broken_at: |_, asked| at("/guaranteeMonths", asked.guarantee_months > LONGEST_GUARANTEE),
    },
    Rule {
        number: "RO-81",
        legal: "eZWM v2.1.6 p. 90",
        says: Sentence {
            pl: "Naprawiony wyrób wydaje się w ramach umowy ważnej w dniu wydania.",
            en: "A repaired device is given out under a contract that is valid on the day of issue.",
        },
        problem: NO_CONTRACT,
        broken_at: |_, asked| whole(asked.contract.is_none()),
    },
    Rule {
        number: "RO-85",
        legal: "NFZ notice on repairs of devices; design",
        says: Sentence {
            pl: "Naprawę rozlicza i wycenia się, gdy wiadomo, ile z limitu zostawiły inne naprawy: wszystkie zlecenia pacjenta można odczytać.",
            en: "A repair is settled and quoted where it is known what others have left of the limit: every order of the patient can be read.",
        },
        problem: LEFT_UNKNOWN,
        broken_at: |_, asked| whole(asked.left.is_none()),
    },
];

const HELD: RuleEntry = RuleEntry {
    operation: "repair orders: take-up",
    number: "RO-80",
    legal: "eZWM v2.1.6 p. 49",
    says: Sentence {
        pl: "Naprawę pobiera jeden realizator; do wygaśnięcia albo wycofania pobrania nie pobierze jej inny.",
        en: "One provider takes a repair up; until the hold runs out or is given back no other one does.",
    },
    code: TAKEN.code,
};

const CONTRACT: RuleEntry = RuleEntry {
    operation: "repair orders: take-up",
    number: "RO-30",
    legal: "eZWM v2.1.6 pp. 2, 84",
    says: Sentence {
        pl: "Naprawę pobiera realizator z umową obejmującą wyrób (DO-35).",
        en: "A provider with a contract that covers the device takes a repair up (DO-35).",
    },
    code: NO_CONTRACT.code,
};

const LATE: RuleEntry = RuleEntry {
    operation: "repair orders: realisation-withdrawal",
    number: "RO-50",
    legal: "eZWM v2.1.6 pp. 97–99",
    says: Sentence {
        pl: "Realizator wycofuje potwierdzenie w wyznaczonym czasie; potem może to urzędnik NFZ.",
        en: "A provider takes a confirmation back within the set time; after it an officer of the payer can.",
    },
    code: WITHDRAWAL_LATE.code,
};

pub fn entries() -> Vec<RuleEntry> {
    let realisation = RULES.iter().map(|rule| rule.entry("repair orders: realisation"));
    [CONTRACT, HELD].into_iter().chain(realisation).chain([LATE]).collect()
}

fn decided(
    order: RepairOrder,
    state: State,
    event: RepairOrderEvent,
    now: DateTime<Utc>,
) -> Decided<RepairOrder, RepairOrderEvent> {
    Decided { document: RepairOrder { state, changed_at: now, ..order }, events: vec![event] }
}

/// Whether it can be taken up, whoever asks: nobody holds it, and it was confirmed.
pub fn admit_take_up(order: &RepairOrder) -> Result<(), Vec<Violation>> {
    match order.state {
        State::Held(_) => Err(vec![Violation::whole(TAKEN)]),
        _ => admit_state(&order.state, Command::TakeUp),
    }
}

/// The repair is the provider's alone until the hold ends.
pub fn take_up(order: RepairOrder, asked: Asked, now: DateTime<Utc>) -> RepairOrderDecision {
    admit_take_up(&order)?;
    let State::Positive(confirmed) = order.state.clone() else { return Err(wrong_state()) };
    admit(if asked.has_contract { Vec::new() } else { vec![Violation::whole(NO_CONTRACT)] })?;
    let held_until = (warsaw_date(now) + Days::new(u64::from(asked.hold_days))).min(confirmed.last_day);
    let event = RepairOrderEvent::RepairTakenUp { provider: asked.provider.id };
    let Asked { id, provider, confirmation_days, .. } = asked;
    let hold =
        Hold { id, provider, taken_at: now, held_until, confirmation_days, release_requests: Vec::new() };
    Ok(decided(order, State::Held(Box::new(Held { confirmed: *confirmed, hold })), event, now))
}

/// The repair limit that is left bears the price with the payer's share; the rest is the patient's.
pub fn realise(order: RepairOrder, asked: Repairing, now: DateTime<Utc>) -> RepairOrderDecision {
    admit_state(&order.state, Command::Realisation)?;
    let State::Held(before) = order.state.clone() else { return Err(wrong_state()) };
    admit(rule::broken(RULES, |check| check(&before, &asked)))?;
    let Held { confirmed, hold } = *before;
    let left = Terms { limit: known(asked.left)?, ..confirmed.confirmation.terms.left };
    let amounts = amounts(left, asked.price, asked.rounding)?;
    let hold = Hold { provider: asked.contract.unwrap_or(hold.provider), ..hold };
    let event = RepairOrderEvent::DeviceRepaired { provider: hold.provider.id };
    let repair = Repair {
        hold,
        description: asked.description,
        amounts,
        left: Some(left.limit),
        used: asked.price.min(left.limit),
        guarantee_months: asked.guarantee_months,
        issued_on: asked.issued_on,
        method: asked.method,
        staff: asked.staff,
        receipt: asked.receipt,
        confirmed_at: now,
        extension: None,
    };
    Ok(decided(order, State::Realised(Box::new(Realised { confirmed, repair })), event, now))
}

fn known(left: Option<Grosze>) -> Result<Grosze, Vec<Violation>> {
    left.ok_or_else(|| vec![Violation::whole(LEFT_UNKNOWN)])
}

/// The price as the terms split it: what is left of the limit bears it with the payer's share.
fn amounts(left: Terms, price: Grosze, rounding: Rounding) -> Result<Amounts, Vec<Violation>> {
    split(left, 1, &[Priced { price, pieces: 1 }], rounding)
        .map_err(|problem| vec![Violation::new(problem, "/price")])
}

/// What a repair at that price would cost whom, of an order that can be taken up or is held, with so much left of the limit.
pub fn quote(
    order: &RepairOrder,
    (price, left): (Grosze, Option<Grosze>),
    rounding: Rounding,
) -> Result<Amounts, Vec<Violation>> {
    let terms = match &order.state {
        State::Positive(confirmed) => confirmed.confirmation.terms,
        State::Held(held) => held.confirmed.confirmation.terms,
        State::Draft
        | State::Verifying(_)
        | State::Negative(_)
        | State::Realised(_)
        | State::Expired(_)
        | State::Cancelled(_) => return Err(wrong_state()),
    };
    admit(if price == Grosze::default() { vec![Violation::new(PRICE, "/price")] } else { Vec::new() })?;
    amounts(Terms { limit: known(left)?, ..terms.left }, price, rounding)
}

/// When a hold that is in the way ends by itself.
pub fn free_from(order: &RepairOrder) -> Option<DateTime<Utc>> {
    match &order.state {
        State::Held(held) => Some(end_of_day_warsaw(held.hold.confirmed_until())),
        State::Draft
        | State::Verifying(_)
        | State::Negative(_)
        | State::Positive(_)
        | State::Realised(_)
        | State::Expired(_)
        | State::Cancelled(_) => None,
    }
}

/// The hold of that id, or the one under which was repaired.
pub fn hold(order: &RepairOrder, id: TakeUpId) -> Option<&Hold> {
    order.state.hold().filter(|hold| hold.id == id)
}

fn is_theirs(hold: &Hold, asked: &Returning) -> Result<(), Vec<Violation>> {
    let is_other = asked.provider.is_some_and(|provider| provider != hold.provider.id);
    admit(if is_other { vec![Violation::whole(NOT_HOLDER)] } else { Vec::new() })
}

fn given_back(hold: &Hold, asked: &Returning, amounts: Option<Amounts>, now: DateTime<Utc>) -> GivenBack {
    let (reason, by) = (asked.reason.clone(), asked.by.clone());
    GivenBack { provider: hold.provider.id, reason, amounts, by, at: now }
}

/// The provider gives the repair back, or an officer releases it.
pub fn withdraw(order: RepairOrder, asked: &Returning, now: DateTime<Utc>) -> RepairOrderDecision {
    admit_state(&order.state, Command::TakeUpWithdrawal)?;
    let State::Held(held) = order.state.clone() else { return Err(wrong_state()) };
    is_theirs(&held.hold, asked)?;
    let Held { mut confirmed, hold } = *held;
    confirmed.given_back.push(given_back(&hold, asked, None, now));
    let event = RepairOrderEvent::RepairGivenBack { provider: hold.provider.id };
    let freed = decided(order, State::Positive(Box::new(confirmed)), event, now);
    // Once the order's year has passed it is over with the hold.
    let elapsed = elapse(freed.document, now);
    Ok(Decided { document: elapsed.document, events: [freed.events, elapsed.events].concat() })
}

/// Whether only an officer can still take it back.
pub fn is_late(repair: &Repair, within_days: u64, today: NaiveDate) -> bool {
    today > warsaw_date(repair.confirmed_at) + Days::new(within_days)
}

/// A confirmation that was an error: the provider has the repair again.
pub fn withdraw_realisation(
    order: RepairOrder,
    asked: &Returning,
    now: DateTime<Utc>,
) -> RepairOrderDecision {
    admit_state(&order.state, Command::RealisationWithdrawal)?;
    let State::Realised(realised) = order.state.clone() else { return Err(wrong_state()) };
    let Realised { mut confirmed, repair } = *realised;
    is_theirs(&repair.hold, asked)?;
    let is_late = asked.by.is_none() && is_late(&repair, asked.within_days, warsaw_date(now));
    admit(if is_late { vec![Violation::whole(WITHDRAWAL_LATE)] } else { Vec::new() })?;
    confirmed.given_back.push(given_back(&repair.hold, asked, Some(repair.amounts), now));
    // As of goods (DO-46): what was an error is held again, so that the right thing can be given out and confirmed.
    let again = warsaw_date(now) + Days::new(u64::from(asked.hold_days));
    let before = (repair.hold.held_until, repair.hold.confirmation_days);
    let (held_until, confirmation_days) = reopened(before, again, Some(confirmed.last_day));
    let hold = Hold { held_until, confirmation_days, release_requests: Vec::new(), ..repair.hold };
    let event = RepairOrderEvent::RepairWithdrawn { provider: hold.provider.id };
    Ok(decided(order, State::Held(Box::new(Held { confirmed, hold })), event, now))
}

/// When time changes the order next; `None` where it never does.
pub fn last_day(order: &RepairOrder) -> Option<NaiveDate> {
    match &order.state {
        State::Positive(confirmed) => Some(confirmed.last_day),
        State::Held(held) => Some(held.hold.confirmed_until()),
        State::Draft
        | State::Verifying(_)
        | State::Negative(_)
        | State::Realised(_)
        | State::Expired(_)
        | State::Cancelled(_) => None,
    }
}

/// Applies whatever has run out: a hold that nobody used, then the year of the order.
pub fn elapse(order: RepairOrder, now: DateTime<Utc>) -> Decided<RepairOrder, RepairOrderEvent> {
    let today = warsaw_date(now);
    if last_day(&order).is_none_or(|last| today <= last) {
        return Decided { document: order, events: Vec::new() };
    }
    let (confirmed, mut events): (Confirmed, _) = match order.state.clone() {
        State::Held(held) => {
            let provider = held.hold.provider.id;
            let mut confirmed = held.confirmed;
            confirmed.lapsed.push(provider);
            (confirmed, vec![RepairOrderEvent::RepairHoldLapsed { provider }])
        }
        State::Positive(confirmed) => (*confirmed, Vec::new()),
        _ => return Decided { document: order, events: Vec::new() },
    };
    let is_over = confirmed.last_day < today;
    events.extend(is_over.then_some(RepairOrderEvent::RepairOrderExpired {}));
    let confirmed = Box::new(confirmed);
    let state = if is_over { State::Expired(confirmed) } else { State::Positive(confirmed) };
    Decided { document: RepairOrder { state, changed_at: now, ..order }, events }
}
