//! Goods are issued of what is held, received, and taken back in error (DO-40 to DO-46, DO-58 to DO-61).

mod items;
mod products;
mod quote;
mod rules;
mod withdrawal;

pub use items::{Quote, amounts, quote};
pub use products::{NamedProduct, Words, listed_price, named};
pub use quote::{Quoted, quote_items};
pub use rules::entries;
pub use withdrawal::{Withdrawal, withdraw};

use super::events::DeviceOrderEvent;
use super::lifecycle::{Command, Confirmed, PeriodState, Periods, State};
use super::model::{
    DeviceOrder, IssuedItem, IssuedProduct, Method, Provider, Realisation, Receipt, Side, TakeUp, TakeUpState,
};
use super::money::Rounding;
use super::refusals::{NO_CONTRACT, NOT_REALISED, RECEIPT_LATE, RECEIPT_VERSION, admit_state, wrong_state};
use super::take_up::{change, find, find_mut, held};
use super::{DeviceOrderDecision, elapse};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::demand::model::Officer;
use crate::device_group::DeviceGroup;
use crate::ids::TakeUpId;
use crate::problem::Violation;
use crate::values::{DeviceCode, Text, YearMonth};
use chrono::{DateTime, Days, NaiveDate, Utc};
use rules::Covered;

/// What a provider says that it issued.
#[derive(Clone, Debug)]
pub struct Issuing {
    pub issued_on: NaiveDate,
    pub method: Method,
    pub staff: Text<120>,
    pub items: Vec<Item>,
    pub receipt: Option<Receipt>,
    /// The provider under a contract that is valid on the day of issue; none where there is none.
    pub provider: Option<Provider>,
    pub today: NaiveDate,
    pub rounding: Rounding,
}

/// What was issued of one code and side.
#[derive(Clone, Debug)]
pub struct Item {
    pub code: DeviceCode,
    pub tier: u32,
    pub side: Option<Side>,
    pub products: Vec<IssuedProduct>,
}

/// A receipt in the place of the one that there is.
#[derive(Clone, Debug)]
pub struct ReceiptCorrection {
    pub receipt: Receipt,
    /// The next one after `receipt_version` of the realisation.
    pub version: u32,
    /// The payer's «time set in the system» is not published: a setting.
    pub within_days: u32,
    /// An officer is bound by no time.
    pub by: Option<Officer>,
}

/// Confirms an issue of goods. What the months of the take-up that had passed by the day of issue would have brought is
/// lost (DO-50).
pub fn realise(
    order: DeviceOrder,
    id: TakeUpId,
    issuing: Issuing,
    shared: &[DeviceGroup],
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Realisation)?;
    let take_up = held(&order, id)?;
    let confirmed = order.state.confirmed().ok_or_else(wrong_state)?;
    let months = months_supplied(confirmed, id, issuing.issued_on);
    let last_day = confirmed.periods.last_day();
    admit(rules::broken(take_up, &issuing, shared, Covered { months, last_day }))?;
    let items = items::issued(take_up, &issuing, shared, months)?;
    let total = items::total(&items)?;
    let provider = issuing.provider.ok_or_else(|| vec![Violation::whole(NO_CONTRACT)])?;
    let event = DeviceOrderEvent::GoodsIssued { take_up: id, provider: take_up.provider.id };
    let first = YearMonth::of(issuing.issued_on);
    let realised = change(order, now, vec![event], |confirmed| {
        let lost = held_months(confirmed, id).filter(|month| *month < first).collect();
        confirmed.periods = confirmed.periods.clone().map(|month, state| {
            (state.take_up() == Some(id)).then(|| match month {
                Some(month) if month < first => PeriodState::Lost,
                Some(_) | None => PeriodState::Realised { take_up: id },
            })
        });
        find_mut(confirmed, id)?.state = TakeUpState::Realised {
            realisation: Box::new(Realisation {
                provider,
                issued_on: issuing.issued_on,
                method: issuing.method,
                staff: issuing.staff,
                items,
                amounts: total,
                receipt: issuing.receipt,
                receipt_version: 1,
                receipt_by: None,
                lost,
                confirmed_at: now,
            }),
        };
        Ok(())
    })?;
    Ok(settled(realised))
}

/// How many months goods of that day would be for; none where the order has nothing confirmed.
pub fn months_from(order: &DeviceOrder, id: TakeUpId, day: NaiveDate) -> u32 {
    order.state.confirmed().map_or(0, |confirmed| months_supplied(confirmed, id, day))
}

/// How many months a supply of that day covers, of those that the take-up still has; a one-off supply counts as one.
fn months_supplied(confirmed: &Confirmed, id: TakeUpId, issued_on: NaiveDate) -> u32 {
    let first = YearMonth::of(issued_on);
    match confirmed.periods {
        Periods::OneOff { .. } => 1,
        Periods::Monthly { .. } => {
            let months = held_months(confirmed, id).filter(|month| *month >= first);
            u32::try_from(months.count()).unwrap_or_default()
        }
    }
}

fn held_months(confirmed: &Confirmed, id: TakeUpId) -> impl Iterator<Item = YearMonth> + '_ {
    let periods = match &confirmed.periods {
        Periods::OneOff { .. } => &[][..],
        Periods::Monthly { periods } => periods.as_slice(),
    };
    periods.iter().filter(move |period| period.state.take_up() == Some(id)).map(|period| period.month)
}

/// Goods that a courier brought were received, later (DO-43).
pub fn confirm_receipt(
    order: DeviceOrder,
    id: TakeUpId,
    (receipt, by): (Receipt, Option<Officer>),
    today: NaiveDate,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Receipt)?;
    let (take_up, realisation) = realised(&order, id)?;
    admit(rules::receipt_broken(realisation, &receipt, today))?;
    let event = DeviceOrderEvent::ReceiptConfirmed { take_up: id, provider: take_up.provider.id };
    change(order, now, vec![event], |confirmed| {
        if let TakeUpState::Realised { realisation } = &mut find_mut(confirmed, id)?.state {
            realisation.receipt = Some(receipt);
            realisation.receipt_by = by.or(realisation.receipt_by.take());
        }
        Ok(())
    })
}

/// A receipt that was entered wrongly is replaced by its next version (T19), in the same time as a confirmation may be
/// taken back; an officer is bound by no time.
pub fn correct_receipt(
    order: DeviceOrder,
    id: TakeUpId,
    correction: ReceiptCorrection,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Receipt)?;
    let (take_up, realisation) = realised(&order, id)?;
    let is_late = correction.by.is_none() && realisation.is_late(correction.within_days, today);
    let follows = realisation.receipt.is_some() && correction.version == realisation.receipt_version + 1;
    let mut violations = rules::receipt_day_broken(realisation, &correction.receipt, today);
    violations.extend(is_late.then(|| Violation::whole(RECEIPT_LATE)));
    violations.extend((!follows).then(|| Violation::new(RECEIPT_VERSION, "/version")));
    admit(violations)?;
    let event = DeviceOrderEvent::ReceiptConfirmed { take_up: id, provider: take_up.provider.id };
    change(order, now, vec![event], |confirmed| {
        if let TakeUpState::Realised { realisation } = &mut find_mut(confirmed, id)?.state {
            realisation.receipt = Some(correction.receipt);
            realisation.receipt_version = correction.version;
            realisation.receipt_by = correction.by.or(realisation.receipt_by.take());
        }
        Ok(())
    })
}

/// The confirmed realisation of a take-up.
pub fn realised(order: &DeviceOrder, id: TakeUpId) -> Result<(&TakeUp, &Realisation), Vec<Violation>> {
    let take_up = find(order, id).ok_or_else(|| vec![Violation::whole(NOT_REALISED)])?;
    match &take_up.state {
        TakeUpState::Realised { realisation } => Ok((take_up, realisation)),
        TakeUpState::Verifying
        | TakeUpState::Refused { .. }
        | TakeUpState::Held
        | TakeUpState::Withdrawn { .. }
        | TakeUpState::Lapsed { .. } => Err(vec![Violation::whole(NOT_REALISED)]),
    }
}

/// An order of which nothing is left has been realised.
fn settled(decided: Decided<DeviceOrder, DeviceOrderEvent>) -> Decided<DeviceOrder, DeviceOrderEvent> {
    let Decided { document, mut events } = decided;
    let State::Positive(confirmed) = document.state else { return Decided { document, events } };
    let (state, ended) = elapse::settle(confirmed);
    events.extend(ended);
    Decided { document: DeviceOrder { state, ..document }, events }
}

impl Realisation {
    /// Whether the provider's days to change something of it are over; the day of the confirmation is not counted.
    pub fn is_late(&self, within_days: u32, today: NaiveDate) -> bool {
        warsaw_date(self.confirmed_at) + Days::new(u64::from(within_days)) < today
    }
}

impl IssuedItem {
    pub fn pieces(&self) -> u32 {
        self.products.iter().fold(0, |sum, product| sum.saturating_add(product.pieces))
    }
}
