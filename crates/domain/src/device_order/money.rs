//! What the payer bears of a supply and what is left to the patient (DO-58 to DO-61). All in grosze, multiplied before
//! it is divided.

use super::refusals::AMOUNT_TOO_LARGE;
use crate::problem::ProblemType;
use crate::values::{Grosze, Percent};
use serde::{Deserialize, Serialize};

/// What a confirmed limit is for, with the payer's numbers of the kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LimitKind {
    /// 1: for the confirmed quantity, for a monthly order that of one month.
    ForQuantity,
    /// 2: for each piece.
    PerPiece,
}

impl LimitKind {
    pub fn nfz_number(self) -> u8 {
        match self {
            Self::ForQuantity => 1,
            Self::PerPiece => 2,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::ForQuantity => "FOR_QUANTITY",
            Self::PerPiece => "PER_PIECE",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::ForQuantity, Self::PerPiece].into_iter().find(|kind| kind.name() == name)
    }
}

/// The terms on which the payer bears one code and side, as the verification confirmed them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    pub kind: LimitKind,
    pub limit: Grosze,
    /// The payer's share of what lies within the limit.
    pub refund: Percent,
}

/// So many pieces of one product at one price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priced {
    pub price: Grosze,
    pub pieces: u32,
}

/// Where half a grosz is rounded up. No official rule is published: the line is the payer's field, so it is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Rounding {
    /// Once for each code and side.
    #[default]
    PerLine,
    /// For each piece, and then multiplied.
    PerPiece,
}

impl Rounding {
    pub const ALL: [Rounding; 2] = [Self::PerLine, Self::PerPiece];

    pub fn name(self) -> &'static str {
        match self {
            Self::PerLine => "PER_LINE",
            Self::PerPiece => "PER_PIECE",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rounding| rounding.name() == name)
    }
}

/// A price and who pays it; payer's and patient's parts are the whole of it, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Amounts {
    pub price: Grosze,
    pub refund: Grosze,
    pub copay: Grosze,
}

impl Amounts {
    /// Both together; refused beyond the greatest amount.
    pub fn plus(self, other: Self) -> Result<Self, &'static ProblemType> {
        let sum = |one: Grosze, two: Grosze| one.checked_add(two).ok_or(AMOUNT_TOO_LARGE);
        Ok(Self {
            price: sum(self.price, other.price)?,
            refund: sum(self.refund, other.refund)?,
            copay: sum(self.copay, other.copay)?,
        })
    }
}

/// Splits the price of what is issued of one code and side over so many months; a one-off supply counts as one.
pub fn split(
    terms: Terms,
    months: u32,
    issued: &[Priced],
    rounding: Rounding,
) -> Result<Amounts, &'static ProblemType> {
    let price = total(issued, |one| one.price.get())?;
    let refund = match terms.kind {
        LimitKind::PerPiece => refund_per_piece(terms, issued, rounding)?,
        LimitKind::ForQuantity => {
            let bound = i128::from(terms.limit.get()) * i128::from(months);
            half_up(price.min(bound) * share(terms), 100)
        }
    };
    let grosze = |amount: i128| {
        i64::try_from(amount).ok().and_then(|amount| Grosze::new(amount).ok()).ok_or(AMOUNT_TOO_LARGE)
    };
    Ok(Amounts { price: grosze(price)?, refund: grosze(refund)?, copay: grosze(price - refund)? })
}

/// Splits the price of what is issued on the terms of a line of which `before` was issued at the same time: a limit for
/// the whole quantity is there once, and all parts come to the grosz to what the whole would.
pub fn split_after(
    terms: Terms,
    months: u32,
    before: &[Priced],
    issued: &[Priced],
    rounding: Rounding,
) -> Result<Amounts, &'static ProblemType> {
    match terms.kind {
        LimitKind::PerPiece => split(terms, months, issued, rounding),
        LimitKind::ForQuantity => {
            let first = split(terms, months, before, rounding)?;
            let all = split(terms, months, &[before, issued].concat(), rounding)?;
            let rest = |whole: Grosze, part: Grosze| {
                Grosze::new(whole.get() - part.get()).map_err(|_| AMOUNT_TOO_LARGE)
            };
            Ok(Amounts {
                price: rest(all.price, first.price)?,
                refund: rest(all.refund, first.refund)?,
                copay: rest(all.copay, first.copay)?,
            })
        }
    }
}

fn refund_per_piece(
    terms: Terms,
    issued: &[Priced],
    rounding: Rounding,
) -> Result<i128, &'static ProblemType> {
    let within = |one: &Priced| one.price.get().min(terms.limit.get());
    match rounding {
        Rounding::PerLine => Ok(half_up(total(issued, within)? * share(terms), 100)),
        Rounding::PerPiece => Ok(issued
            .iter()
            .map(|one| half_up(i128::from(within(one)) * share(terms), 100) * i128::from(one.pieces))
            .sum()),
    }
}

fn share(terms: Terms) -> i128 {
    i128::from(terms.refund.get())
}

fn total(issued: &[Priced], of: impl Fn(&Priced) -> i64) -> Result<i128, &'static ProblemType> {
    issued
        .iter()
        .map(|one| i128::from(of(one)) * i128::from(one.pieces))
        .try_fold(0_i128, i128::checked_add)
        .ok_or(AMOUNT_TOO_LARGE)
}

/// Divides what is not negative, half upwards.
fn half_up(amount: i128, by: i128) -> i128 {
    (amount + by / 2) / by
}

#[cfg(test)]
mod tests;
