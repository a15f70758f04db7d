//! An entry against what it draws on: the checks that every approval and every consent has in common.

use super::{Fit, Ledger, Realisation, RealisationKind, fit};
use crate::rule::at;
use crate::values::{CountryCode, Quantity, QuantityUnit};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// An entry that somebody wants to record, and what it draws on.
#[derive(Clone, Copy, Debug)]
pub struct Draw<'a> {
    pub entry: &'a Realisation,
    /// What may be drawn in all; `None` while nothing is approved.
    pub approved: Option<Quantity>,
    /// The sums before the entry; `None` where nothing could be drawn yet.
    pub ledger: Option<&'a Ledger>,
    /// The first day on which anything may have been done.
    pub first_day: Option<NaiveDate>,
    /// The last one.
    pub last_day: NaiveDate,
}

impl Draw<'_> {
    /// What the entry draws; `None` when no quantity is that large, or that small.
    pub fn quantity(&self) -> Option<Quantity> {
        let size = &self.entry.pack_size;
        Quantity::new(size.amount() * Decimal::from(self.entry.packs), size.unit()).ok()
    }

    /// `None` when the entry counts in another unit or is of no pack, which other rules refuse.
    pub fn fit(&self) -> Option<Fit> {
        let size = &self.entry.pack_size;
        let approved = self.approved.filter(|approved| approved.unit() == size.unit())?;
        let drawn = self.ledger.map_or(Decimal::ZERO, |ledger| ledger.sum(self.entry.kind));
        let fits = || fit(drawn, self.entry.packs, size, &approved);
        (self.entry.packs >= 1).then(|| if self.quantity().is_some() { fits() } else { Fit::Beyond })
    }

    /// The entry with what it counts as.
    #[must_use]
    pub fn counted(&self) -> Realisation {
        let counted = self.quantity().unwrap_or(self.entry.counted);
        Realisation { counted, rounded_up: self.fit() == Some(Fit::RoundedUp), ..self.entry.clone() }
    }

    pub fn of_another_unit(&self) -> Vec<String> {
        let size = &self.entry.pack_size;
        at("/packSize/unit", self.approved.is_some_and(|approved| approved.unit() != size.unit()))
    }

    pub fn beyond_what_is_approved(&self) -> Vec<String> {
        at("/packs", self.fit() == Some(Fit::Beyond))
    }

    pub fn of_no_pack(&self) -> Vec<String> {
        at("/packs", self.entry.packs < 1)
    }

    /// Where the approval counts in packs, each counts as one.
    pub fn pack_of_several(&self) -> Vec<String> {
        let size = &self.entry.pack_size;
        let counts_packs = self.approved.is_some_and(|approved| approved.unit() == QuantityUnit::Pack);
        let is_one = size.unit() != QuantityUnit::Pack || size.amount() == Decimal::ONE;
        at("/packSize/amount", counts_packs && !is_one)
    }

    pub fn from_poland(&self) -> Vec<String> {
        at("/sourceCountry", self.entry.source_country == CountryCode::POLAND)
    }

    /// Done before the first or after the last day.
    pub fn out_of_time(&self) -> Vec<String> {
        let day = self.entry.done_on;
        at("/doneOn", day > self.last_day || self.first_day.is_some_and(|first| day < first))
    }

    /// The batch had expired when it was done (PF art. 4(8a), art. 66).
    pub fn of_an_expired_batch(&self) -> Vec<String> {
        at("/expiresOn", self.entry.expires_on < self.entry.done_on)
    }

    pub fn closed_by_an_import(&self) -> Vec<String> {
        at("/final", self.entry.closes && self.entry.kind != RealisationKind::Dispensed)
    }
}
