//! What is due from the payer: entries that are booked with an issue of goods and with what takes one back, and never change.

use super::DeviceOrder;
use super::model::{IssuedItem, Realisation, Side, TakeUp};
use super::money::LimitKind;
use super::take_up::entitlement_of;
use crate::calendar::warsaw_date;
use crate::device_order::content::AdditionalCode;
use crate::ids::{OrganisationId, TakeUpId};
use crate::problem::Sentence;
use crate::rule::RuleEntry;
use crate::values::{DeviceCode, DeviceOrderNumber, Grosze, Text, YearMonth};
use chrono::{DateTime, Utc};
use std::fmt;

/// Why an entry was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    Realised,
    /// An issue was taken back; pieces and amounts are negative.
    Withdrawn,
}

impl EntryKind {
    pub const ALL: [EntryKind; 2] = [Self::Realised, Self::Withdrawn];

    pub fn name(self) -> &'static str {
        match self {
            Self::Realised => "REALISED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An amount in grosze that may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Booked(i64);

impl Booked {
    pub fn of(grosze: i64) -> Self {
        Self(grosze)
    }

    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Booked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let grosze = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", grosze / 100, grosze % 100)
    }
}

/// One code, tier and side of one issue; nothing in it names a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub kind: EntryKind,
    /// Warsaw month in which it is made: a month that has ended changes no more.
    pub month: YearMonth,
    pub entered_at: DateTime<Utc>,
    pub provider: OrganisationId,
    /// Of the day of issue.
    pub contract: Text<40>,
    pub acts_for: Option<OrganisationId>,
    pub order_number: DeviceOrderNumber,
    pub take_up: TakeUpId,
    pub code: DeviceCode,
    pub tier: u32,
    pub side: Option<Side>,
    /// Of the confirmed line on whose terms it is borne.
    pub limit: Grosze,
    pub limit_kind: LimitKind,
    /// The payer's share in percent.
    pub share: u8,
    pub entitlement: Option<AdditionalCode>,
    pub issued_in: YearMonth,
    /// In hundredths, as the payer's report has them.
    pub pieces: i64,
    pub price: Booked,
    pub refund: Booked,
    pub copay: Booked,
}

/// What is booked of an issue, each item by itself (DO-66, DO-67).
pub fn entries(
    order: &DeviceOrder,
    take_up: &TakeUp,
    realisation: &Realisation,
    kind: EntryKind,
    now: DateTime<Utc>,
) -> Vec<Entry> {
    let Some(number) = &order.number else { return Vec::new() };
    let sign = match kind {
        EntryKind::Realised => 1,
        EntryKind::Withdrawn => -1,
    };
    let booked = |amount: Grosze| Booked::of(sign * amount.get());
    let entry = |item: &IssuedItem| Entry {
        kind,
        month: YearMonth::of(warsaw_date(now)),
        entered_at: now,
        provider: realisation.provider.id,
        contract: realisation.provider.contract.clone(),
        acts_for: realisation.provider.acts_for,
        order_number: number.clone(),
        take_up: take_up.id,
        code: item.code.clone(),
        tier: item.tier,
        side: item.side,
        limit: item.line.terms.limit,
        limit_kind: item.line.terms.kind,
        share: item.line.terms.refund.get(),
        entitlement: entitlement_of(order, take_up),
        issued_in: YearMonth::of(realisation.issued_on),
        pieces: sign * i64::from(item.pieces()) * 100,
        price: booked(item.amounts.price),
        refund: booked(item.amounts.refund),
        copay: booked(item.amounts.copay),
    };
    realisation.items.iter().map(entry).collect()
}

/// What the ledger keeps to; nothing is refused for it.
pub fn rules() -> [RuleEntry; 2] {
    [
        RuleEntry {
            operation: "realisation, realisation-withdrawal",
            number: "DO-66",
            legal: "design",
            says: Sentence {
                pl: "Każde wydanie i każde jego wycofanie jest zapisem w miesiącu, w którym je wpisano; miesiąc, który się skończył, już się nie zmienia.",
                en: "Every issue, and every one that is taken back, is booked in the month in which it is entered; a month that has ended changes no more.",
            },
            code: "–",
        },
        RuleEntry {
            operation: "realisation, realisation-withdrawal",
            number: "DO-67",
            legal: "design",
            says: Sentence {
                pl: "Zapisów się nie zmienia ani nie usuwa; wycofanie to osobne zapisy o przeciwnych kwotach.",
                en: "No entry is changed or removed; what takes one back is an entry of its own with the opposite amounts.",
            },
            code: "–",
        },
    ]
}
