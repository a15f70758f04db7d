//! What has to be true, from the answers alone: no request, no clock, no database.

use domain::values::YearMonth;

/// So much of one product was issued, and told to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Issued {
    pub(super) pieces: i64,
    /// Of one piece, in grosze.
    pub(super) price: i64,
    /// Months before it have brought nothing.
    pub(super) first: YearMonth,
}

/// The confirmed terms of a take-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    /// In grosze, of one piece or of a month.
    pub(super) limit: i64,
    pub(super) is_of_a_month: bool,
    /// The payer's share in percent.
    pub(super) share: i64,
    /// Hundredths of a piece, a month.
    pub(super) pieces: i64,
}

/// So many that their price comes above and below the amount of a month.
const BAGS_A_MONTH: i64 = 300;

/// In grosze.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Money {
    pub(super) price: i64,
    pub(super) refund: i64,
    pub(super) copay: i64,
}

impl Money {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            price: self.price + other.price,
            refund: self.refund + other.refund,
            copay: self.copay + other.copay,
        }
    }
}

/// What becomes of a take-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Held,
    GivenBack,
    Realised(Issued),
}

/// What was told of one take-up, in whatever order it happened: whoever supplies does one thing after the other, an officer
/// takes away only.
#[derive(Clone, Debug)]
pub(super) struct TakeUpFacts {
    pub(super) months: Vec<YearMonth>,
    pub(super) terms: Terms,
    issued: Vec<Issued>,
    taken_back: usize,
    given_back: usize,
}

impl TakeUpFacts {
    pub(super) fn new(months: Vec<YearMonth>, terms: Terms) -> Self {
        Self { months, terms, issued: Vec::new(), taken_back: 0, given_back: 0 }
    }

    pub(super) fn issue(&mut self, issued: Issued) {
        self.issued.push(issued);
    }

    /// How many there were, whether they stand or not.
    pub(super) fn issues(&self) -> usize {
        self.issued.len()
    }

    pub(super) fn take_back(&mut self) {
        self.taken_back += 1;
    }

    pub(super) fn give_back(&mut self) {
        self.given_back += 1;
    }

    /// How many months goods of that month are for.
    fn supplied(&self, first: YearMonth) -> i64 {
        self.months_from(first).count().try_into().unwrap_or_default()
    }

    pub(super) fn months_from(&self, first: YearMonth) -> impl Iterator<Item = YearMonth> + '_ {
        self.months.iter().copied().filter(move |month| *month >= first)
    }

    /// Whole pieces; of what is borne by the month as many as somebody buys.
    pub(super) fn most_pieces(&self, first: YearMonth) -> i64 {
        let a_month = if self.terms.is_of_a_month { BAGS_A_MONTH * 100 } else { self.terms.pieces };
        a_month * self.supplied(first) / 100
    }

    /// What the payer bears of it, half a grosz upwards, and what is left to the patient.
    pub(super) fn money(&self, issued: Issued) -> Money {
        let price = issued.pieces * issued.price;
        let within = if self.terms.is_of_a_month {
            price.min(self.terms.limit * self.supplied(issued.first))
        } else {
            issued.pieces * issued.price.min(self.terms.limit)
        };
        let refund = (within * self.terms.share + 50) / 100;
        Money { price, refund, copay: price - refund }
    }

    /// What the answers amount to; two that cannot both be true are a fault of the service.
    pub(super) fn fate(&self) -> Fate {
        let standing = self.issued.len().checked_sub(self.taken_back);
        match (standing, self.given_back, self.issued.last()) {
            (Some(0), 0, _) => Fate::Held,
            (Some(0), 1, _) => Fate::GivenBack,
            (Some(1), 0, Some(issued)) => Fate::Realised(*issued),
            _ => panic!("cannot all be true: {self:?}"),
        }
    }

    /// What its goods have brought by now.
    pub(super) fn due(&self) -> Money {
        match self.fate() {
            Fate::Realised(issued) => self.money(issued),
            Fate::Held | Fate::GivenBack => Money::default(),
        }
    }
}
