//! The rules in the order of their numbers.

mod counter;
mod issue;
mod money;
mod verification;

use crate::row::Row;

pub(crate) fn all() -> impl Iterator<Item = &'static Row> {
    [issue::ROWS, verification::ROWS, counter::ROWS, money::ROWS].into_iter().flatten()
}
