//! What is due from the payer: entries that are booked with an issue of goods and with what takes one back, and never change.

use super::model::{IssuedItem, Realisation, Side, TakeUp};
use super::money::LimitKind;
use super::take_up::entitlement_of;
use super::{DeviceOrder, KIND};
use crate::calendar::warsaw_date;
use crate::device_order::content::AdditionalCode;
use crate::device_repair_order;
use crate::ids::{DeviceOrderId, OrganisationId, RepairOrderId, TakeUpId};
use crate::problem::Sentence;
use crate::rule::RuleEntry;
use crate::values::{DeviceCode, DeviceOrderNumber, Grosze, Text, YearMonth};
use chrono::{DateTime, Utc};
use std::fmt;
use uuid::Uuid;

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

/// As what an organisation reads a month: whoever holds a contract answers to the payer for what its subcontractors issue under it
/// (DO-35), so that this is due to the holder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capacity {
    /// What is due to it: everything under the contracts that it holds, whoever issued.
    #[default]
    Holder,
    /// What it has issued itself, be it under another's contract.
    Supplier,
}

impl Capacity {
    pub const ALL: [Capacity; 2] = [Self::Holder, Self::Supplier];

    pub fn name(self) -> &'static str {
        match self {
            Self::Holder => "HOLDER",
            Self::Supplier => "SUPPLIER",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.name() == name)
    }
}

/// What is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SettledKind {
    DeviceOrder,
    RepairOrder,
}

impl SettledKind {
    pub const ALL: [SettledKind; 2] = [Self::DeviceOrder, Self::RepairOrder];

    /// The type of document, as rows name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DeviceOrder => KIND,
            Self::RepairOrder => device_repair_order::KIND,
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Of which order an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SettledOrder {
    Supply(DeviceOrderId),
    Repair(RepairOrderId),
}

impl SettledOrder {
    pub fn kind(self) -> SettledKind {
        match self {
            Self::Supply(_) => SettledKind::DeviceOrder,
            Self::Repair(_) => SettledKind::RepairOrder,
        }
    }

    pub fn parse(kind: &str, id: &str) -> Option<Self> {
        match SettledKind::parse(kind)? {
            SettledKind::DeviceOrder => DeviceOrderId::parse(id).map(Self::Supply),
            SettledKind::RepairOrder => RepairOrderId::parse(id).map(Self::Repair),
        }
    }

    pub fn id(self) -> Uuid {
        match self {
            Self::Supply(id) => id.0,
            Self::Repair(id) => id.0,
        }
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
    /// As it was called on the day of issue; not known of the oldest entries, nor is the place.
    pub provider_name: Option<Text<300>>,
    /// The place of issue, by its code in the contract.
    pub place: Option<Text<40>>,
    /// Of the day of issue.
    pub contract: Text<40>,
    pub acts_for: Option<OrganisationId>,
    pub order: SettledOrder,
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
        provider_name: Some(realisation.provider.name.clone()),
        place: Some(realisation.provider.place.clone()),
        contract: realisation.provider.contract.clone(),
        acts_for: realisation.provider.acts_for,
        order: SettledOrder::Supply(order.id),
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
pub fn rules() -> [RuleEntry; 3] {
    [
        RuleEntry {
            operation: "settlement-reports",
            number: "DO-68",
            legal: "eZWM v2.1.6 pp. 2, 84",
            says: Sentence {
                pl: "Z płatnikiem rozlicza się posiadacz umowy: należy mu się to, co w jej ramach wydali on i jego podwykonawcy, z miejscem i nazwą wydającego.",
                en: "The holder of the contract settles with the payer: what it and its subcontractors issue under it is due to the holder, with place and name of whoever issued.",
            },
            code: "–",
        },
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
