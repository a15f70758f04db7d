//! The draw-down ledger of an approval: what was brought in and what was dispensed, in the approved unit.

mod draw;

pub use draw::Draw;

use crate::ids::{OrganisationId, RealisationId};
use crate::values::{BatchNumber, CountryCode, Quantity, Text};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RealisationKind {
    /// Brought into Poland by the wholesaler.
    Imported,
    /// Handed to the patient or the ward by the pharmacy.
    Dispensed,
}

impl RealisationKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Imported => "IMPORTED",
            Self::Dispensed => "DISPENSED",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Imported, Self::Dispensed].into_iter().find(|kind| kind.name() == name)
    }
}

/// One entry; it never changes, it can only be reversed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Realisation {
    pub id: RealisationId,
    pub kind: RealisationKind,
    pub recorded_by: OrganisationId,
    pub recorded_at: DateTime<Utc>,
    pub batch: BatchNumber,
    pub expires_on: NaiveDate,
    /// Whole packs.
    pub packs: i32,
    /// What one pack holds, in the approved unit.
    pub pack_size: Quantity,
    /// `packs × pack_size`.
    pub counted: Quantity,
    pub source_country: CountryCode,
    /// When it was brought in or dispensed (Warsaw date).
    pub done_on: NaiveDate,
    /// The last whole pack went beyond the approved quantity.
    pub rounded_up: bool,
    /// The pharmacy declared that nothing more will be dispensed.
    pub closes: bool,
    pub reversal: Option<Reversal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reversal {
    pub reason: Text<1000>,
    pub reversed_by: OrganisationId,
    pub reversed_at: DateTime<Utc>,
}

/// The sums of the entries that stand; reversed ones are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ledger {
    pub imported: Decimal,
    pub dispensed: Decimal,
    /// How many standing entries there are.
    pub entries: u32,
    /// The pharmacy closed the ledger below the approved quantity.
    pub closed: bool,
}

impl Ledger {
    pub fn is_untouched(&self) -> bool {
        self.entries == 0
    }

    pub fn sum(&self, kind: RealisationKind) -> Decimal {
        match kind {
            RealisationKind::Imported => self.imported,
            RealisationKind::Dispensed => self.dispensed,
        }
    }

    /// The ledger with one more standing entry.
    #[must_use]
    pub fn with(mut self, entry: &Realisation) -> Self {
        self.add(entry.kind, entry.counted.amount());
        self.entries = self.entries.saturating_add(1);
        self.closed |= entry.closes;
        self
    }

    /// The ledger without an entry that stood until now.
    #[must_use]
    pub fn without(mut self, entry: &Realisation) -> Self {
        self.add(entry.kind, -entry.counted.amount());
        self.entries = self.entries.saturating_sub(1);
        if entry.closes {
            self.closed = false;
        }
        self
    }

    /// Whether nothing is left to dispense.
    pub fn is_exhausted(&self, approved: &Quantity) -> bool {
        self.closed || self.dispensed >= approved.amount()
    }

    fn add(&mut self, kind: RealisationKind, amount: Decimal) {
        match kind {
            RealisationKind::Imported => self.imported += amount,
            RealisationKind::Dispensed => self.dispensed += amount,
        }
    }
}

/// What standing entries of a kind have drawn of a batch.
pub fn drawn_of_batch(entries: &[Realisation], kind: RealisationKind, batch: &BatchNumber) -> Decimal {
    let standing = entries.iter().filter(|entry| entry.reversal.is_none());
    let of_batch = standing.filter(|entry| entry.kind == kind && entry.batch == *batch);
    of_batch.map(|entry| entry.counted.amount()).sum()
}

/// How a further entry fits under the approved quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Within,
    /// Only the last whole pack reaches beyond: packs are not broken.
    RoundedUp,
    Beyond,
}

/// Packs cannot be split, so the last one may reach beyond the approved quantity, but no pack may begin there.
pub fn fit(drawn: Decimal, packs: i32, pack_size: &Quantity, approved: &Quantity) -> Fit {
    let after = drawn + pack_size.amount() * Decimal::from(packs);
    if after <= approved.amount() {
        Fit::Within
    } else if after - pack_size.amount() < approved.amount() {
        Fit::RoundedUp
    } else {
        Fit::Beyond
    }
}

#[cfg(test)]
mod tests;
