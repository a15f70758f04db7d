//! A trade product on a provider's list, with everything that was entered of it.

use crate::ids::{OrganisationId, ProviderProductId};
use crate::values::{Grosze, PayerCode, Text, TradeProductNumber};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What is supplied, and for how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The payer's code or the group's.
    pub code: PayerCode,
    pub maker: Text<250>,
    pub model: Text<250>,
    pub name: Text<500>,
    /// Gross, of one piece.
    pub price: Grosze,
}

/// What was entered once: an offer, or that there is none any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From 1, in the order in which they were made.
    pub number: i32,
    pub from: NaiveDate,
    /// The last day; none until further notice.
    pub to: Option<NaiveDate>,
    /// None where the product was withdrawn.
    pub offer: Option<Offer>,
    /// A later entry took its place before it held.
    pub is_replaced: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: ProviderProductId,
    pub provider: OrganisationId,
    pub contract: Text<40>,
    pub number: TradeProductNumber,
    /// Grows by one with every entry.
    pub revision: i64,
    pub entries: Vec<Entry>,
}

impl Entry {
    fn holds_on(&self, day: NaiveDate) -> bool {
        !self.is_replaced && self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

impl Product {
    /// The entry with the offer of a day; none where the product is not offered then.
    pub fn offered_on(&self, day: NaiveDate) -> Option<(&Entry, &Offer)> {
        let entry = self.entries.iter().find(|entry| entry.holds_on(day))?;
        entry.offer.as_ref().map(|offer| (entry, offer))
    }

    /// Whether anything is offered on the day or planned for later.
    pub fn is_offered_from(&self, day: NaiveDate) -> bool {
        let lasts = |entry: &&Entry| !entry.is_replaced && entry.to.is_none_or(|last| day <= last);
        self.entries.iter().filter(lasts).any(|entry| entry.offer.is_some())
    }

    /// Whether exactly this is offered from the day on and nothing else is planned.
    pub(super) fn is_already(&self, from: NaiveDate, to: Option<NaiveDate>, offer: &Offer) -> bool {
        let is_planned = self.entries.iter().any(|it| !it.is_replaced && from < it.from);
        let held = self.entries.iter().find(|it| it.holds_on(from));
        !is_planned && held.is_some_and(|it| it.to == to && it.offer.as_ref() == Some(offer))
    }

    /// With a further entry: what held before ends the day before, and what had been planned for later falls away.
    pub(super) fn with(mut self, from: NaiveDate, to: Option<NaiveDate>, offer: Option<Offer>) -> Self {
        for entry in self.entries.iter_mut().filter(|entry| !entry.is_replaced) {
            if from <= entry.from {
                entry.is_replaced = true;
            } else if entry.to.is_none_or(|last| from <= last) {
                entry.to = from.checked_sub_days(Days::new(1));
            }
        }
        let number = self.entries.iter().map(|entry| entry.number).max().unwrap_or_default() + 1;
        self.entries.push(Entry { number, from, to, offer, is_replaced: false });
        self.revision += 1;
        self
    }
}

#[cfg(test)]
mod tests;
