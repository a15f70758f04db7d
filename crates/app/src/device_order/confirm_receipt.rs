//! Goods that a courier brought were received, later, or a receipt was entered wrongly and its next version takes its place
//! (DO-42 to DO-44).

use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::calendar::warsaw_date;
use domain::device_order::Command;
use domain::device_order::model::Receipt;
use domain::device_order::realisation::{ReceiptCorrection, confirm_receipt, correct_receipt};
use domain::ids::{DeviceOrderId, TakeUpId};

/// Who took the goods, and which version of the receipt that is: the first one, or a correction.
#[derive(Clone, Debug)]
pub struct ConfirmReceipt {
    pub receipt: Receipt,
    pub version: u32,
}

/// A receipt that there was none before.
pub const FIRST_RECEIPT: u32 = 1;

impl App {
    #[tracing::instrument(name = "confirm_receipt", skip_all)]
    pub async fn confirm_receipt(
        &self,
        caller: &Caller,
        (order, id): (DeviceOrderId, TakeUpId),
        asked: ConfirmReceipt,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of_take_up(Command::Receipt, "confirm_receipt", id);
        let target = OrderTarget { id: order, if_match: None };
        self.change_order(caller, change, target, write, render, move |work, found| {
            work.take_up(&found, id)?;
            let (now, today) = (work.now, warsaw_date(work.now));
            let ConfirmReceipt { receipt, version } = asked.clone();
            if version == FIRST_RECEIPT {
                return Ok(confirm_receipt(found, id, receipt, today, now)?);
            }
            let correction = ReceiptCorrection {
                receipt,
                version,
                within_days: work.parts.take_ups.receipt_days,
                by_officer: work.is_officer(),
            };
            Ok(correct_receipt(found, id, correction, today, now)?)
        })
        .await
    }
}
