//! An officer records that the number of a paper order went back the way the paper came.

use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::device_order::view::DeviceOrderView;
use crate::device_order::write::{Change, OrderTarget};
use crate::failure::Failure;
use crate::{App, register};
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_order::Command;
use domain::device_order::paper::{Replying, reply};
use store::device_order::paper::find_scan;

impl App {
    /// On that day, or today where none is told.
    #[tracing::instrument(name = "reply_to_paper_order", skip_all)]
    pub async fn reply_to_paper_order(
        &self,
        caller: &Caller,
        target: OrderTarget,
        sent_on: Option<NaiveDate>,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Reply, "reply_to_paper_order");
        self.change_order(caller, change, target, write, render, move |work, found| {
            let today = warsaw_date(work.now);
            let asked = Replying {
                sent_on: sent_on.unwrap_or(today),
                by: register::officer(work.tx, work.caller)?,
                has_scan: find_scan(work.tx, found.id)?.is_some(),
                today,
            };
            Ok(reply(found, asked, work.now)?)
        })
        .await
    }
}
