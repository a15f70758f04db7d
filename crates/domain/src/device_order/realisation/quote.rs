//! What products would cost of a take-up, before anything is written (DO-58 to DO-61).

use super::items::{issued, line_of};
use super::{Issuing, Item, rules};
use crate::device_group::DeviceGroup;
use crate::device_order::model::{ConfirmedLine, Method, TakeUp};
use crate::device_order::money::{Amounts, Rounding};
use crate::problem::Violation;
use crate::values::Text;
use chrono::NaiveDate;

/// One item with the line on whose terms it would be borne.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    pub line: ConfirmedLine,
    pub amounts: Amounts,
}

/// What these items would cost for so many months, each by itself and an amount for the whole quantity once. Whatever an issue of them would be
/// refused for is told, but for what only the issue has: its day, its contract and its receipt.
pub fn quote_items(
    (take_up, months): (&TakeUp, u32),
    items: &[Item],
    groups: &[DeviceGroup],
    on: NaiveDate,
    rounding: Rounding,
) -> Result<Vec<Quoted>, Vec<Violation>> {
    let issuing = Issuing {
        issued_on: on,
        method: Method::Courier,
        staff: Text::parse("–").map_err(|problem| vec![Violation::whole(problem)])?,
        items: items.to_vec(),
        receipt: None,
        provider: Some(take_up.provider.clone()),
        today: on,
        rounding,
    };
    let found = rules::broken_by_items(take_up, &issuing, groups, months);
    if !found.is_empty() {
        return Err(found);
    }
    let amounts = issued(take_up, &issuing, groups, months)?;
    let quoted = items.iter().zip(amounts).filter_map(|(item, issued)| {
        let line = line_of(take_up, item, groups)?.clone();
        Some(Quoted { line, amounts: issued.amounts })
    });
    Ok(quoted.collect())
}
